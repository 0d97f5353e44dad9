"""The words of all current documents as numbers, for counting: loaded once, kept by whoever asks again.

A text under two paths is counted for each path.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from catena.store.tokens import unpack_all_numbers

AT_ONCE = (
    500_000  # words counted at once: getting memory for all of six million took ten times as long as counting them
)


@dataclass(frozen=True)
class Corpus:
    """`words` of document n are `words[bounds[n]:bounds[n + 1]]`, numbers of `vocabulary` (number 0 is no word).

    `versions` and `documents` give each document's version and number; `dates` its date or "". `stamp` changes with
    the content.
    """

    stamp: str
    versions: NDArray[np.int64]
    documents: NDArray[np.int64]
    dates: tuple[str, ...]
    words: NDArray[np.uint32]
    bounds: NDArray[np.int64]
    vocabulary: tuple[str, ...]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.vocabulary) if number}

    @cached_property
    def rank(self) -> NDArray[np.int64]:
        """The place of each word number in the order of the words."""
        order = sorted(range(len(self.vocabulary)), key=self.vocabulary.__getitem__)
        ranks = np.zeros(len(order), np.int64)
        ranks[order] = np.arange(len(order))
        return ranks

    @cached_property
    def frequencies(self) -> NDArray[np.int64]:
        """How often each word number stands in the corpus."""
        return _count(self.words, len(self.vocabulary))

    @cached_property
    def owners(self) -> NDArray[np.int64]:
        """The document that each word belongs to."""
        return np.repeat(np.arange(len(self.versions)), np.diff(self.bounds))

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """Words in each document."""
        return np.diff(self.bounds)

    @cached_property
    def position(self) -> dict[int, int]:
        """The place of each version among the documents."""
        return {int(version): at for at, version in enumerate(self.versions)}

    @cached_property
    def ranges(self) -> NDArray[np.int64]:
        """In how many documents each word number stands."""
        size = len(self.vocabulary)
        found = np.zeros(size, np.int64)
        for first, last in self._parts():
            words = self.words[self.bounds[first] : self.bounds[last]]
            narrow = (last - first) * size < 2**32  # half the bytes are sorted in half the time
            kind = np.dtype(np.uint32 if narrow else np.int64)
            owners = np.repeat(np.arange(last - first, dtype=kind), self.sizes[first:last])
            pairs = np.sort(owners * kind.type(size) + words)  # much faster than numpy's unique
            fresh = np.concatenate([[True], pairs[1:] != pairs[:-1]])[: len(pairs)]
            found += np.bincount(pairs[fresh] % size, minlength=size)
        return found

    def _parts(self) -> Iterator[tuple[int, int]]:
        """The documents from the first to the last in ranges of about `AT_ONCE` words; one document at least."""
        first = 0
        while first < len(self.versions):
            last = int(np.searchsorted(self.bounds, self.bounds[first] + AT_ONCE, "right")) - 1
            last = min(max(first + 1, last), len(self.versions))
            yield first, last
            first = last

    def count_in(self, versions: Collection[int]) -> tuple[NDArray[np.int64], int]:
        """How often each word number stands in these versions, and how many words they have together."""
        chosen = np.zeros(len(self.versions), bool)
        chosen[[self.position[version] for version in versions if version in self.position]] = True
        inside = self.words[np.repeat(chosen, self.sizes)]
        return _count(inside, len(self.vocabulary)), len(inside)

    def without(self, versions: Collection[int], mark: str) -> Corpus:
        """The corpus without these versions; `mark` goes on the stamp. The numbers of the words stay."""
        kept = ~np.isin(self.versions, list(versions))
        return Corpus(
            stamp=self.stamp + mark,
            versions=self.versions[kept],
            documents=self.documents[kept],
            dates=tuple(date for date, keep in zip(self.dates, kept, strict=True) if keep),
            words=self.words[np.repeat(kept, self.sizes)],
            bounds=np.concatenate([[0], np.cumsum(self.sizes[kept])]).astype(np.int64),
            vocabulary=self.vocabulary,
        )

    def count_by_document(self, number: int) -> Sequence[int]:
        """How often one word stands in each document."""
        found = np.bincount(self.owners[self.words == number], minlength=len(self.versions))
        return [int(count) for count in found]


def _count(words: NDArray[np.uint32], size: int) -> NDArray[np.int64]:
    """How often each number below `size` stands in `words`."""
    found = np.zeros(size, np.int64)
    for at in range(0, len(words), AT_ONCE):
        found += np.bincount(words[at : at + AT_ONCE], minlength=size)
    return found


def find_stamp(connection: apsw.Connection) -> str:
    """A value that changes whenever an indexed version comes or goes."""
    # Current versions are the indexed ones; counting them where the words lie would read past all of these.
    row: Any = connection.execute("SELECT count(version), coalesce(max(version), 0) FROM documents").fetchone()
    return f"{row[0]}-{row[1]}"


def load_corpus(connection: apsw.Connection) -> Corpus:
    """The words of every current version, in order of the documents' numbers."""
    stamp = find_stamp(connection)
    rows: Any = connection.execute(
        "SELECT d.number, d.version, d.date, o.words FROM documents d JOIN offsets o ON o.version = d.version"
        " ORDER BY d.number"
    ).fetchall()
    words, bounds = unpack_all_numbers([packed for *_, packed in rows])
    last = connection.execute("SELECT coalesce(max(number), 0) FROM words").get
    vocabulary = [""] * (int(last) + 1)
    for number, word in connection.execute("SELECT number, word FROM words"):
        vocabulary[number] = word
    return Corpus(
        stamp=stamp,
        versions=np.array([row[1] for row in rows], np.int64),
        documents=np.array([row[0] for row in rows], np.int64),
        dates=tuple(row[2] for row in rows),
        words=words,
        bounds=bounds,
        vocabulary=tuple(vocabulary),
    )
