"""What the taggers of other programs share: labelled spans in, attributions out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from catena.attribution import Tagged
from catena.attribution.tagger.decode import Piece
from catena.attribution.tagger.model import link_pieces
from catena.attribution.tagger.tokens import Tokens, tokenize
from catena.lexicons.tagger import TaggerError, shipped_tagger
from catena.model import Span

ROLES = ("source", "cue", "content")
Labelled = tuple[int, int, str]
"""First and last (half-open) code point, and the label as the other program gives it: source, B-CUE, Content …"""


@dataclass(frozen=True)
class LabellingTagger:
    """A tagger of another program that labels spans. `label` gets a paragraph and returns its spans.

    Spans become attributions by the same regression that joins those of the trained tagger.
    """

    name: str
    label: Callable[[str], Iterable[Labelled]]

    def tag(self, text: str, quoted: Sequence[Span]) -> tuple[Tagged, ...]:
        """The attributions of a text, paragraph by paragraph."""
        tokens = tokenize(text)
        pieces: list[Piece] = []
        for first, last in tokens.sequences:
            start, end = tokens.starts[first], tokens.ends[last - 1]
            found = ((start + a, start + b, role) for a, b, role in self.label(text[start:end]))
            pieces += to_pieces(tokens, (first, last), found)
        return link_pieces(text, tokens, quoted, pieces, shipped_tagger().links)

    def doubts(self, words: Sequence[str]) -> bool:
        """Nothing is known of single words."""
        return False


def to_pieces(tokens: Tokens, within: tuple[int, int], spans: Iterable[Labelled]) -> list[Piece]:
    """Spans as pieces of whole tokens in order; of those that overlap the first is kept, others than `ROLES` are not.

    A span that reaches past the paragraph is cut to it, so that nothing stands outside the text.
    """
    found: list[Piece] = []
    taken = within[0]
    for start, end, label in sorted(spans, key=lambda span: (span[0], -span[1])):
        role = label.rpartition("-")[2].lower()
        inside = [i for i in range(taken, within[1]) if tokens.starts[i] < end and start < tokens.ends[i]]
        if role in ROLES and inside:
            found.append(Piece(inside[0], inside[-1] + 1, role))
            taken = inside[-1] + 1
    return found


def needed(module: str, extra: str) -> Any:
    """The module of an optional package. Raises `TaggerError` with the extra to install."""
    try:
        return import_module(module)
    except ImportError as error:
        raise TaggerError(f"{module} is not installed. Next: pip install 'catena[{extra}]'") from error
