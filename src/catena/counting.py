"""Concordance and counts of a project: what `measures` says, with the words and places put back.

Everything works on the numbered words of a `Corpus`, which is loaded once and can be kept; texts are only read for the
lines that are shown. Rates are per million words of the part that is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from catena.measures import (
    Collocate,
    Dispersion,
    Keyword,
    count_ngrams,
    find_collocates,
    measure_dispersion,
    per_million,
)
from catena.measures.forms import Affixes, match_forms
from catena.measures.keyness import compare
from catena.model import Span
from catena.store import Corpus, DocumentName, Project, Settings, parse_query, single_words, split_fields

CONTEXT = 60  # code points shown on each side of a line
KEYS = 3  # words that decide the order of lines; with equal ones they stay in the order of the documents
ORDERS = ("place", "left", "right", "node")
PERIODS = {"year": 4, "month": 7}  # characters of an ISO date


@dataclass(frozen=True)
class Lines:
    """Every hit of a query. Hit n begins at word `firsts[n]` of the corpus and has `lengths[n]` words.

    `documents` are places in the corpus' list of documents, `starts` and `ends` code points of their texts. Made by
    `find_lines`, in order of the documents.
    """

    corpus: Corpus
    query: str
    documents: NDArray[np.int64]
    firsts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @cached_property
    def matched(self) -> int:
        """How many documents have a hit."""
        return len(np.unique(self.documents))

    def sort(self, by: str = "place") -> Lines:
        """The lines by the words after the node (`right`), before it (`left`), the node itself, or their place.

        Raises `ValueError` for another order.
        """
        if by not in ORDERS:
            raise ValueError(f"order {by!r} is unknown; allowed: {', '.join(ORDERS)}")
        if by == "place" or not len(self.firsts):
            return self
        if by == "left":
            keys = [self._ranks(self.firsts - step) for step in range(1, KEYS + 1)]
        elif by == "right":
            keys = [self._ranks(self.firsts + self.lengths + step) for step in range(KEYS)]
        else:
            keys = [self._ranks(self.firsts + step) for step in range(KEYS)]
        order = np.lexsort(keys[::-1])  # the last key given is the first to decide
        return self._take(order)

    def choose(self, kept: Sequence[bool]) -> Lines:
        """Those of the lines that are `kept`."""
        return self._take(np.flatnonzero(np.array(kept, bool)))

    def _take(self, numbers: NDArray[np.int64]) -> Lines:
        columns = (self.documents, self.firsts, self.lengths, self.starts, self.ends)
        return Lines(self.corpus, self.query, *(column[numbers] for column in columns))

    def _ranks(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The alphabetical ranks of the words at `places`; -1 outside of the line's own document."""
        low, high = self.corpus.bounds[self.documents], self.corpus.bounds[self.documents + 1]
        inside = (places >= low) & (places < high)
        return np.where(inside, self.corpus.rank[self.corpus.words[np.where(inside, places, low)]], -1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a concordance. `span` is the place of `node` in the document, in code points."""

    document: DocumentName
    span: Span
    left: str
    node: str
    right: str


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word or run of words with its count, rate per million words, and the number of documents it stands in."""

    words: str
    count: int
    rate: float
    documents: int | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A collocate with its word; see `catena.measures.Collocate`."""

    word: str
    scores: Collocate


@dataclass(frozen=True, slots=True)
class Period:
    """Hits in the documents of one year or month: `words` are all words of that time."""

    name: str
    count: int
    words: int
    documents: int
    rate: float


def find_lines(project: Project, corpus: Corpus, query: str, settings: Settings | None = None) -> Lines:
    """Every hit of `query`, in order of documents and places. Raises `QueryError`."""
    matches = [match for match in project.find_all(query, settings or Settings()) if match.version in corpus.position]
    matches.sort(key=lambda match: corpus.position[match.version])
    rows = [  # hits of a field alone have no words, and give no line
        (corpus.position[match.version], first, length, span.start, span.end)
        for match in matches
        for first, length, span in zip(match.firsts, match.lengths, match.spans, strict=False)
    ]
    documents, firsts, lengths, starts, ends = np.array(rows, np.int64).reshape(-1, 5).T.copy()
    return Lines(corpus, query, documents, firsts + corpus.bounds[documents], lengths, starts, ends)


def show_lines(project: Project, lines: Lines, offset: int, limit: int, context: int = CONTEXT) -> tuple[Line, ...]:
    """The lines from `offset` on, at most `limit`, with `context` code points on each side."""
    chosen = range(offset, min(len(lines.firsts), offset + limit))
    versions = [int(lines.corpus.versions[lines.documents[number]]) for number in chosen]
    sources = project.sources_of(set(versions))
    found = []
    for number, version in zip(chosen, versions, strict=True):
        name, text = sources[version]
        span = Span(int(lines.starts[number]), int(lines.ends[number]))
        left, right = text[max(0, span.start - context) : span.start], text[span.end : span.end + context]
        found.append(Line(name, span, _flat(left), _flat(span.of(text)), _flat(right)))
    return tuple(found)


def _flat(words: str) -> str:
    """One line: line ends and tabs become spaces, one for one, so that nothing moves."""
    return words.translate({10: " ", 9: " ", 0: "\ufffd"})


def find_forms(corpus: Corpus, query: str, affixes: Sequence[Affixes]) -> dict[str, tuple[tuple[str, int], ...]]:
    """For each single word of `query` its forms in the corpus with their counts, most frequent first.

    Words inside phrases and NEAR are not expanded. Raises `QueryError`.
    """
    text, _ = split_fields(parse_query(query))
    found = {}
    for word in single_words(text):
        near = [form for form in corpus.vocabulary if word[:-1] in form] if len(word) > 1 else [word]
        forms = match_forms(word, near, affixes)
        counted = [(form, int(corpus.frequencies[corpus.numbers[form]])) for form in forms if form in corpus.numbers]
        found[word] = tuple(sorted((pair for pair in counted if pair[1]), key=lambda pair: (-pair[1], pair[0])))
    return found


def list_words(corpus: Corpus, versions: Collection[int] | None = None, limit: int = 500) -> tuple[WordCount, ...]:
    """The most frequent words, of these versions or of all."""
    counts, size = (corpus.frequencies, len(corpus.words)) if versions is None else corpus.count_in(versions)
    order = np.lexsort((corpus.rank, -counts))[:limit]
    return tuple(
        WordCount(
            corpus.vocabulary[number],
            int(counts[number]),
            per_million(int(counts[number]), size),
            int(corpus.ranges[number]) if versions is None else None,
        )
        for number in order
        if counts[number]
    )


def find_ngrams(corpus: Corpus, length: int, limit: int = 500, least: int = 3) -> tuple[WordCount, ...]:
    """The most frequent runs of `length` words."""
    return tuple(
        WordCount(" ".join(corpus.vocabulary[word] for word in run), count, per_million(count, len(corpus.words)))
        for run, count in count_ngrams(corpus.words, corpus.bounds, length, least, limit)
    )


def find_keywords(
    corpus: Corpus, target: Collection[int], reference: Collection[int] | None = None, *, least: int = 5
) -> tuple[Keyword, ...]:
    """Words that the versions of `target` use more than those of `reference` (default: all others), then less.

    Versions in both count for the target only. Raises `ValueError` when a part has no words.
    """
    mine = set(target)
    others = (set(map(int, corpus.versions)) if reference is None else set(reference)) - mine
    counts, size = corpus.count_in(mine)
    against, against_size = corpus.count_in(others)
    chosen = np.flatnonzero(counts + against >= least)
    rows = ((corpus.vocabulary[number], int(counts[number]), int(against[number])) for number in chosen)
    return compare(rows, size, against_size, least=least)


def find_neighbours(
    corpus: Corpus, lines: Lines, *, left: int = 5, right: int = 5, least: int = 3
) -> tuple[Neighbour, ...]:
    """Words near the hits, by logDice."""
    found = find_collocates(
        corpus.words, corpus.bounds, lines.firsts, lines.lengths, left=left, right=right, least=least
    )
    return tuple(Neighbour(corpus.vocabulary[one.word], one) for one in found)


def find_dispersion(lines: Lines) -> Dispersion | None:
    """How evenly the hits are spread over the documents; `None` when there are none."""
    counts = np.bincount(lines.documents, minlength=len(lines.corpus.versions))
    return measure_dispersion([int(count) for count in counts], [int(size) for size in lines.corpus.sizes])


def find_trend(lines: Lines, by: str = "year") -> tuple[Period, ...]:
    """Hits by time in order; documents without a date come first, with the name "". Raises `ValueError`."""
    if by not in PERIODS:
        raise ValueError(f"period {by!r} is unknown; allowed: {', '.join(PERIODS)}")
    names = [date[: PERIODS[by]] for date in lines.corpus.dates]
    counts = np.bincount(lines.documents, minlength=len(names))
    totals: dict[str, list[int]] = {}
    for name, count, size in zip(names, counts, lines.corpus.sizes, strict=True):
        row = totals.setdefault(name, [0, 0, 0])
        row[0] += int(count)
        row[1] += int(size)
        row[2] += 1
    return tuple(
        Period(name, count, size, documents, per_million(count, size))
        for name, (count, size, documents) in sorted(totals.items())
    )
