"""Who said what: quotations, cues, sources, outlets and voices within voices."""

from catena.attribution.attributions import find_attributions
from catena.attribution.lexicon import Cue, CueLexicon, Grammar, MarkPair, MarkTable
from catena.attribution.quotations import find_quotations
from catena.attribution.tagger import SpanTagger, Tagged, Tagger

__all__ = [
    "Cue", "CueLexicon", "Grammar", "MarkPair", "MarkTable", "SpanTagger", "Tagged", "Tagger", "find_attributions",
    "find_quotations",
]  # fmt: skip
