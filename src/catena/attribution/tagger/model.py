"""The tagger as one value: what it knows, and a text in, attributions out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from catena.attribution.tagger.decode import Piece, best_labels, to_pieces
from catena.attribution.tagger.features import Features, Vocabulary, make_features, quote_states
from catena.attribution.tagger.link import Coefficients, Layout, join
from catena.attribution.tagger.network import Weights, score
from catena.attribution.tagger.tokens import Tokens, normalise, tokenize
from catena.model import Span, trim

CUE_LEAST = 3
"""Level of a word from which the rules need nobody to agree: a cue in three of ten places in the training texts."""
COMMON = 3000
"""Number of the last common word: of rarer ones the training texts do not show how often they are cues."""
ENGLISH_LEAST = 0.7
"""Share of a paragraph's words that the tagger must know; German and French paragraphs stay under .4."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One attribution as places in the text. `source` and `cue` may be missing; `surety` is that of the link."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    surety: float


class SpanTagger(Protocol):
    """What `find_attributions` asks of a tagger, the trained one or one of another program.

    `name` goes into the findings. `tag` gives the attributions of a text by first content; every span lies in the text
    and none is empty. `doubts` is true when a reporting word of these (small) words is mostly something else, so that a
    statement which only the rules see is left out.
    """

    @property
    def name(self) -> str: ...

    def tag(self, text: str, quoted: Sequence[Span]) -> tuple[Tagged, ...]: ...

    def doubts(self, words: Sequence[str]) -> bool: ...


@dataclass(frozen=True)
class Tagger:
    """The trained tagger. `links` are the weights of the regression that joins spans."""

    name: str
    vocabulary: Vocabulary
    weights: Weights
    links: Coefficients

    def tag(self, text: str, quoted: Sequence[Span]) -> tuple[Tagged, ...]:
        """The attributions in the English paragraphs of `text`; see `tag`."""
        return tag(text, quoted, self)

    def doubts(self, words: Sequence[str]) -> bool:
        """True for common words that were seldom cues in the training texts (states, rules, claims)."""
        known, plain = self.vocabulary, [normalise(word) for word in words]
        return all(0 < known.words.get(word, 0) <= COMMON and known.cues.get(word, 0) < CUE_LEAST for word in plain)


def tag(text: str, quoted: Sequence[Span], tagger: Tagger) -> tuple[Tagged, ...]:
    """The attributions in the English paragraphs of `text`, by first content.

    `text` is the document's without line breaks of the page (same length), `quoted` the contents of its quotations.
    """
    tokens = tokenize(text)
    tokens = _english(tokens, tagger.vocabulary)
    if not tokens.sequences:
        return ()
    return link_pieces(text, tokens, quoted, find_pieces(tokens, quoted, tagger), tagger.links)


def link_pieces(
    text: str, tokens: Tokens, quoted: Sequence[Span], pieces: Sequence[Piece], links: Coefficients
) -> tuple[Tagged, ...]:
    """The attributions that some pieces of a text make up, joined by the regression `links`."""
    return tuple(_placed(Layout(tokens, pieces, quote_states(tokens, quoted)), text, links))


def find_pieces(tokens: Tokens, quoted: Sequence[Span], tagger: Tagger) -> list[Piece]:
    """Sources, cues and contents in order."""
    return label_pieces(tokens, make_features(tokens, quoted, tagger.vocabulary), tagger.weights)


def label_pieces(tokens: Tokens, features: Features, weights: Weights) -> list[Piece]:
    """The pieces of the best labels, sequence by sequence."""
    scores = score(features, tokens.sequences, weights)
    best = best_labels(scores, tokens.sequences, weights["steps"], weights["begin"])
    return [
        piece for (first, _), labels in zip(tokens.sequences, best, strict=True) for piece in to_pieces(labels, first)
    ]


def _english(tokens: Tokens, vocabulary: Vocabulary) -> Tokens:
    """The tokens with the sequences left out that are in another language."""

    def knows(begin: int, end: int) -> bool:
        words = [word.lower() for word in tokens.words[begin:end] if word.isalpha()]
        small = [word for word in words if word in vocabulary.words]
        return bool(words) and len(small) >= ENGLISH_LEAST * len(words)

    kept = tuple(pair for pair in tokens.sequences if knows(*pair))
    return Tokens(tokens.words, tokens.starts, tokens.ends, tokens.opens, kept)


def _placed(layout: Layout, text: str, links: Coefficients) -> Iterator[Tagged]:
    tokens = layout.tokens

    def place(index: int) -> Span:
        piece = layout.pieces[index]
        return trim(text, Span(tokens.starts[piece.first], tokens.ends[piece.last - 1]))

    for joined in join(layout, links):
        yield Tagged(
            None if joined.source is None else place(joined.source),
            None if joined.cue is None else place(joined.cue),
            tuple(place(index) for index in joined.contents),
            joined.surety,
        )
