"""Hugging Face token classifiers: `hugging-face:PATH`, labels source, cue, content with or without `B-` and `I-`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from catena.lexicons.tagger import TaggerError
from catena.taggers.base import Labelled, LabellingTagger, needed

Predict = Callable[[str], Iterable[Mapping[str, Any]]]
"""As a pipeline with `aggregation_strategy` answers: `start`, `end`, `entity_group`."""


def open_hugging_face(where: str) -> LabellingTagger:
    """The classifier in the folder (or of the name) `where`. Raises `TaggerError` when it cannot be loaded."""
    library = needed("transformers", "hugging-face")
    try:
        predict = library.pipeline("token-classification", model=where, aggregation_strategy="simple")
    except (OSError, ValueError, RuntimeError, ImportError) as error:
        raise TaggerError(f"hugging-face:{where}: {error}. Next: give the folder of a token classifier.") from error
    return from_predictions(predict, f"hugging-face:{where}")


def from_predictions(predict: Predict, name: str) -> LabellingTagger:
    """Anything that answers as such a pipeline does, as a tagger."""

    def label(text: str) -> list[Labelled]:
        return [(int(one["start"]), int(one["end"]), str(one["entity_group"])) for one in predict(text)]

    return LabellingTagger(name, label)
