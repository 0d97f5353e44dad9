"""The language identifier: py3langid, loaded when it is first asked, one copy for each set of languages."""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import Any


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # here: unpacking takes half a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _identifier(allowed: tuple[str, ...]) -> Any:
    identifier = copy(_model())
    identifier.set_languages(list(allowed))
    return identifier


def identify(text: str, allowed: tuple[str, ...]) -> tuple[str, float]:
    """The likeliest of `allowed` (ISO 639-1 codes) for `text`, with its probability among them."""
    code, confidence = _identifier(allowed).classify(text)
    return str(code), float(confidence)
