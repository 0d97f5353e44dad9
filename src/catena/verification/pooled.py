"""Which passage says the same in other words? All editions of a passage pooled into one ranking.

A translation that is not loaded shares few runs of letters with those that are, but most of its rare words with one or
other of them. So the words of all editions of a passage make one document, ranked by BM25 (Robertson and others, 1995),
with three changes, measured on three translations of the Qur'an, each left out in turn: rarity counts less (`RARITY`),
for a translator's choice of a rare word says little; words in brackets are the translator's own and count half; and a
passage of another length than the text counts less, for translations are about as long as each other.

Words are hashed by their first letters (`stem`), which joins most inflected forms of any script; pairs of neighbouring
words count too, as terms of their own. The index is flat arrays, built when first asked for.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from catena.verification.skeleton import fold_codes

STEM_ARABIC, STEM = 5, 4  # first letters of a word that are compared
SATURATION, LENGTH = 1.5, 0.95  # BM25's k1 and b
RARITY = 0.7  # the power of BM25's weight of rare terms
GLOSS = 0.5  # what a word in brackets counts beside another
UNLIKE = 0.4  # what the logarithm of the ratio of lengths costs, as a power of e
PAIR = 0.5  # what a pair of neighbouring words counts beside a single one
_PAIRED = np.uint32(1 << 31)  # the bit that tells pairs from words
_UNKNOWN, _BREAK, _INSIDE = 255, 1, 0
_APOSTROPHES = "'’ʼ‘ʻʾʿ`"
GLOSSES = re.compile(r"\\?\[[^\]]*\]|\([^)]*\)")

Hashes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score, in words that stand in one passage alone: how many would tell as much.

    `share` is that of the best score that any text of these words could have, 0 to 1.
    """

    reference: str
    work: str
    score: float
    share: float

    @property
    def telling(self) -> float:
        """Score times share: high when much is shared and little is not."""
        return self.score * self.share


@dataclass(frozen=True, slots=True, eq=False)
class PooledIndex:
    """The terms of the passages of one work. Term n, `terms[n]`, stands in `passages[starts[n]:starts[n + 1]]` with
    the `weights` there; `lengths` are the words of each passage in the mean of its editions."""

    work: str
    references: Sequence[str]
    terms: Hashes
    starts: NDArray[np.int64]
    passages: NDArray[np.int32]
    weights: NDArray[np.float32]
    lengths: NDArray[np.float32]
    stem: int = STEM

    def rank(self, text: str, limit: int) -> tuple[Ranked, ...]:
        """The passages that share most of the weight of the text's terms, best first."""
        every = terms_of([text], self.stem)[0]
        wanted = np.unique(every)
        if not len(wanted) or not len(self.terms):
            return ()
        plain = terms_of([GLOSSES.sub(" ", text)], self.stem)[0]
        at = self.terms.searchsorted(wanted)
        at = at[(at < len(self.terms)) & (self.terms[np.minimum(at, len(self.terms) - 1)] == wanted)]
        if not len(at):
            return ()
        counts = np.where(np.isin(self.terms[at], plain), 1.0, GLOSS)
        scores = np.zeros(len(self.references), dtype=np.float32)
        most = 0.0
        for number, count in zip(at.tolist(), counts.tolist(), strict=True):
            low, high = self.starts[number], self.starts[number + 1]
            scores[self.passages[low:high]] += count * self.weights[low:high]
            most += count * float(self.weights[low:high].max())
        words = max(1, int(((every & _PAIRED) == 0).sum()))
        scores *= np.exp(-UNLIKE * np.abs(np.log(words / self.lengths))).astype(np.float32)
        best = np.argpartition(-scores, min(limit, len(scores) - 1))[:limit]
        best = best[np.lexsort((best, -scores[best]))]
        rarest = float(_rarity(np.ones(1), len(self.references))[0])
        return tuple(
            Ranked(self.references[n], self.work, float(scores[n]) / rarest, float(scores[n]) / most)
            for n in best.tolist()
            if scores[n] > 0
        )

    def rarity(self, words: Sequence[str]) -> tuple[float, ...]:
        """For each word, how many bits it tells: the binary logarithm of all passages by those that hold it.

        0 for a word without letters; a word that stands nowhere tells as much as one that stands once.
        """
        found = [0.0] * len(words)
        terms, which = terms_of(words, self.stem)
        single = (terms & _PAIRED) == 0
        for term, owner in zip(terms[single].tolist(), which[single].tolist(), strict=True):
            at = int(self.terms.searchsorted(np.uint32(term)))
            known = at < len(self.terms) and int(self.terms[at]) == term
            held = int(self.starts[at + 1] - self.starts[at]) if known else 1
            found[owner] += math.log2(max(1, len(self.references)) / held)
        return tuple(found)


def build_pooled(work: str, editions: Sequence[tuple[Sequence[str], Sequence[str]]], stem: int = STEM) -> PooledIndex:
    """The index over the passages of `(references, texts)` of each edition; one reference is one document."""
    numbers: dict[str, int] = {}
    terms: list[Hashes] = []
    owners: list[NDArray[np.int64]] = []
    holders: list[NDArray[np.int64]] = []
    for references, texts in editions:
        mine = np.array([numbers.setdefault(reference, len(numbers)) for reference in references], dtype=np.int64)
        found, which = terms_of(texts, stem)
        terms.append(found)
        owners.append(mine[which] if len(mine) else which)
        holders.append(mine)
    every, whose = np.concatenate(terms), np.concatenate(owners)
    pairs = (every.astype(np.uint64) << np.uint64(32)) | whose.astype(np.uint64)
    held, counts = np.unique(pairs, return_counts=True)
    passages = (held & np.uint64(0xFFFFFFFF)).astype(np.int32)
    known, starts = np.unique((held >> np.uint64(32)).astype(np.uint32), return_index=True)
    bounds = np.append(starts, len(held)).astype(np.int64)
    weights = _weights(counts, passages, bounds, known, len(numbers))
    words = np.bincount(whose[(every & _PAIRED) == 0], minlength=len(numbers))
    lengths = np.maximum(1, words) / np.maximum(1, np.bincount(np.concatenate(holders), minlength=len(numbers)))
    return PooledIndex(work, tuple(numbers), known, bounds, passages, weights, lengths.astype(np.float32), stem)


def _weights(
    counts: NDArray[np.int64], passages: NDArray[np.int32], bounds: NDArray[np.int64], known: Hashes, many: int
) -> NDArray[np.float32]:
    """BM25's weight of each term in each passage."""
    lengths = np.bincount(passages, weights=counts, minlength=many)
    mean = max(1.0, float(lengths.mean()))
    frequency = np.diff(bounds)
    rarity = _rarity(frequency, many)
    damped = counts / (counts + SATURATION * (1 - LENGTH + LENGTH * lengths[passages] / mean))
    rarity *= np.where(known & _PAIRED, PAIR, 1.0)
    return (np.repeat(rarity, frequency) * damped).astype(np.float32)


def _rarity(frequency: NDArray[np.int64] | NDArray[np.float64], many: int) -> NDArray[np.float64]:
    """What a term of so many out of `many` passages weighs."""
    weight: NDArray[np.float64] = np.log1p((many - frequency + 0.5) / (frequency + 0.5)) ** RARITY
    return weight


def terms_of(texts: Sequence[str], stem: int = STEM) -> tuple[Hashes, NDArray[np.int64]]:
    """The terms of all `texts`, words by their first `stem` letters and pairs of neighbouring words, and the text that
    each stands in.
    """
    found: list[Hashes] = []
    owners: list[NDArray[np.int64]] = []
    for low in range(0, len(texts), 4096):
        terms, which = _terms(texts[low : low + 4096], stem)
        found.append(terms)
        owners.append(which + low)
    if not found:
        return np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.int64)
    return np.concatenate(found), np.concatenate(owners)


def _terms(texts: Sequence[str], stem: int) -> tuple[Hashes, NDArray[np.int64]]:
    source = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    letters = fold_codes(source)
    breaks = _breaks(source)
    places = (letters != 0).nonzero()[0]
    if not len(places):
        return np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.int64)
    word = np.cumsum(breaks)[places]
    new = np.append(True, word[1:] != word[:-1])
    starts = new.nonzero()[0]
    within = np.arange(len(places)) - starts.repeat(np.diff(starts, append=len(places)))
    powers = np.cumprod(np.append(np.uint32(1), np.full(stem, 0x9E3779B1, dtype=np.uint32)), dtype=np.uint32)
    mixed = letters[places].view(np.uint32) * powers[np.minimum(within, stem)]
    mixed[within >= stem] = 0
    words = np.add.reduceat(mixed, starts, dtype=np.uint32)
    words = ((words ^ (words >> np.uint32(15))) * np.uint32(0x2C1B3C6D)) >> np.uint32(1)
    ends = np.cumsum(np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts)))
    owners = np.searchsorted(ends, places[starts], side="right")
    beside = owners[1:] == owners[:-1]
    pairs = (words[:-1] * np.uint32(31) + words[1:])[beside] | _PAIRED
    return np.concatenate((words, pairs)), np.concatenate((owners, owners[:-1][beside]))


def _breaks(source: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """1 for each character that parts words."""
    table = _break_table()
    values = table.take(source)
    if len(values) and int(values.max()) == _UNKNOWN:
        for code in np.unique(source[values == _UNKNOWN]).tolist():
            char = chr(code)
            parts = char not in _APOSTROPHES and unicodedata.category(char)[0] in "ZPSC"
            table[code] = _BREAK if parts else _INSIDE
        values = table.take(source)
    return values


@cache
def _break_table() -> NDArray[np.uint8]:
    return np.full(0x110000, _UNKNOWN, dtype=np.uint8)
