"""A small trained tagger for English: who says what, by spans of source, cue and content.

Order: `tokens` cuts a paragraph -> `features` turns words into numbers -> `network` gives a score for each label ->
`decode` takes the best sequence -> `link` joins spans into attributions -> `model` gives them as places. The weights
are arrays handed in; nothing here opens a file.
"""

from catena.attribution.tagger.features import Vocabulary
from catena.attribution.tagger.model import SpanTagger, Tagged, Tagger, tag
from catena.attribution.tagger.network import LABELS

__all__ = ["LABELS", "SpanTagger", "Tagged", "Tagger", "Vocabulary", "tag"]
