"""Taggers of other programs in the place of the trained one: spaCy, GLiNER, Hugging Face, a language model.

`CATENA_TAGGER=NAME:WHERE` chooses one, for example `spacy:my_pipeline` or `chat:http://localhost:8080/v1#my-model`. A
package adds one through the entry-point group `catena.taggers`: a function that takes what stands after the colon and
returns a `SpanTagger`. None is loaded before it is asked for, none is installed with the program, and none comes with a
model. Their spans are checked: what does not stand in the text is left out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from pathlib import Path

from catena.attribution import SpanTagger
from catena.lexicons.tagger import VARIABLE, TaggerError, load_tagger
from catena.taggers.chat import open_chat
from catena.taggers.gliner_models import open_gliner
from catena.taggers.hugging_face import open_hugging_face
from catena.taggers.spacy_pipelines import open_spacy

GROUP = "catena.taggers"
Opener = Callable[[str], SpanTagger]
OPENERS: Mapping[str, Opener] = {
    "chat": open_chat,
    "gliner": open_gliner,
    "hugging-face": open_hugging_face,
    "spacy": open_spacy,
}
"""The members of the family by the name before the colon."""


def open_tagger(given: str | None = None) -> SpanTagger:
    """The tagger that `given` (else `CATENA_TAGGER`) names; the trained one when it names a file or nothing.

    Raises `TaggerError` when nothing goes by that name, or what it needs is not installed.
    """
    wanted = os.environ.get(VARIABLE, "") if given is None else given
    name, colon, where = wanted.partition(":")
    if not colon or Path(wanted).exists():
        return load_tagger()
    found = {point.name: point for point in entry_points(group=GROUP)}
    if name in OPENERS:
        return OPENERS[name](where)
    if name in found:
        opener: Opener = found[name].load()
        return opener(where)
    known = ", ".join(sorted({*OPENERS, *found}))
    raise TaggerError(f"{wanted}: no tagger goes by {name!r}. Next: set {VARIABLE} to a model file or one of {known}.")


__all__ = ["GROUP", "OPENERS", "open_tagger"]
