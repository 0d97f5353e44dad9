"""spaCy pipelines: `spacy:NAME`, a package or folder whose entities or spans are labelled source, cue and content."""

from __future__ import annotations

from typing import Any

from catena.lexicons.tagger import TaggerError
from catena.taggers.base import Labelled, LabellingTagger, needed


def open_spacy(where: str) -> LabellingTagger:
    """The pipeline that `where` names. Raises `TaggerError` when spaCy or the pipeline is not there."""
    try:
        pipeline = needed("spacy", "spacy").load(where)
    except OSError as error:
        raise TaggerError(f"spacy:{where}: {error}. Next: give the name or folder of an installed pipeline.") from error
    return from_pipeline(pipeline, f"spacy:{where}")


def from_pipeline(pipeline: Any, name: str) -> LabellingTagger:
    """A loaded pipeline as a tagger: its entities, and the spans of all its span groups."""

    def label(text: str) -> list[Labelled]:
        document = pipeline(text)
        spans = [*document.ents, *(span for group in document.spans.values() for span in group)]
        return [(span.start_char, span.end_char, span.label_) for span in spans]

    return LabellingTagger(name, label)
