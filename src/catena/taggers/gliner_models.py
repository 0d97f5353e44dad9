"""GLiNER models: `gliner:PATH`; they are asked for “source”, “cue” and “content” by name."""

from __future__ import annotations

from typing import Any

from catena.lexicons.tagger import TaggerError
from catena.taggers.base import ROLES, Labelled, LabellingTagger, needed

LEAST = 0.5
"""Score from which a span is taken: what GLiNER itself takes where nothing is said."""


def open_gliner(where: str) -> LabellingTagger:
    """The model in the folder (or of the name) `where`. Raises `TaggerError` when it cannot be loaded."""
    library = needed("gliner", "gliner")
    try:
        model = library.GLiNER.from_pretrained(where)
    except (OSError, ValueError, RuntimeError) as error:
        raise TaggerError(f"gliner:{where}: {error}. Next: give the folder of a GLiNER model.") from error
    return from_model(model, f"gliner:{where}")


def from_model(model: Any, name: str) -> LabellingTagger:
    """A loaded model, anything with its `predict_entities`, as a tagger."""

    def label(text: str) -> list[Labelled]:
        found = model.predict_entities(text, list(ROLES), threshold=LEAST)
        return [(int(one["start"]), int(one["end"]), str(one["label"])) for one in found]

    return LabellingTagger(name, label)
