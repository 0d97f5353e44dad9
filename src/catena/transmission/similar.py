"""Similar wording: sentences of two documents that share so many telling words that one may restate the other.

Sentences that share rare words are compared by the cosine of their words, weighed by how few sentences of the two
documents hold them (tf-isf), and by the share of words in common (Dice), after Sanchez-Perez, Sidorov and Gelbukh
(PAN 2014). Pairs of sentences that lie near each other make a passage. This is likeness of wording and no more: it
is never called a copy. What a pair gives depends on the two documents and those before them, not on later ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catena.model import Span
from catena.transmission.chain import sort_order, starts_of
from catena.transmission.sentences import Sentences

MOST_HOLDERS = 64  # sentences of the collection up to which a word leads from one to another
SMALL = 10_000  # the same times documents so far: in a small collection more frequent words lead on
LEAST_RARE = 2  # such words that two sentences must share
RARE_SHARE = 0.2  # and of the distinct words of the shorter one
BLOCK = 250_000  # meetings of sentences looked at together: what bounds the memory, and what the cache holds
MOST_ALIKE = 8  # earlier sentences that one is said to be like: a formula in every document is no news each time
NEAR_COPY = 0.85  # Dice above which sentences are found word for word, and need no likeness
LEAST_COSINE = 0.30
LEAST_DICE = 0.33
LEAST_WHOLE = 0.34  # cosine of the whole passages
LEAST_LENGTH = 150  # code points, on the shorter side
KNOWN = 0.3  # of a sentence: when so much was found word for word, likeness says nothing more
LEAST_NEWS = 80  # code points of such sentences
SENTENCE_GAP = 4  # sentences between pairs of one passage, on either side

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Words = NDArray[np.uint32]
_PAIRS = 50_000  # of sentences, whose words are laid side by side at a time
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Similar:
    """Sentences `[start, end)` of document `first` resemble `[other_start, other_end)` of `second`; `first < second`.

    `cosine` is that of the whole passages. Sentences are numbered from 0 within their document; `pairs` are those
    that resemble each other.
    """

    first: int
    second: int
    start: int
    end: int
    other_start: int
    other_end: int
    cosine: float
    pairs: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """All sentences end to end. `words` of sentence n are `bounds[n]:bounds[n + 1]`, each once, in order, `times` each.

    `holders[d, w]` (as a sorted key d * `many` + w in `keys`, and its count) is the number of sentences of document d
    with word w. Document d has `lengths[d]` sentences, sentence n has `sizes[n]` words.
    """

    owner: Ints
    firsts: Ints
    lengths: Ints
    bounds: Ints
    sizes: Ints
    words: Ints
    times: Ints
    many: int
    keys: Ints
    holders: Ints


def find_similar(documents: Sequence[Sentences], *, since: int = 0) -> tuple[Similar, ...]:
    """The similar passages of any two documents, in order; with `since`, those whose second has that number or more."""
    table = _tabulate(documents)
    empty = np.empty(0, np.int64)
    parts = [(empty, empty), *(_alike(table, left, right) for left, right in _candidates(table, since))]
    left, right = (np.concatenate(side) for side in zip(*parts, strict=True))
    return tuple(_gather(table, documents, left, right))


def _alike(table: _Table, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Those of the pairs of sentences that are alike enough; all pairs of a right sentence are among those given."""
    dice = _in_parts(_dice, table, left, right)
    good = (dice >= LEAST_DICE) & (dice < NEAR_COPY)  # first: weights cost more than counts
    left, right = left[good], right[good]
    cosine = _in_parts(_cosine, table, left, right)
    good = cosine >= LEAST_COSINE
    return _closest(left[good], right[good], cosine[good])


def _closest(left: Ints, right: Ints, cosine: Floats) -> tuple[Ints, Ints]:
    """For each sentence the `MOST_ALIKE` earlier ones that are most like it."""
    order = np.lexsort((left, -cosine, right))
    left, right = left[order], right[order]
    heads = starts_of(right)
    rank = np.arange(len(right)) - np.repeat(heads, np.diff(np.append(heads, len(right))))
    return left[rank < MOST_ALIKE], right[rank < MOST_ALIKE]


def find_news(
    similar: Sequence[Similar], sentences: Sequence[Sentences], known: Mapping[int, Mapping[int, Sequence[Span]]]
) -> Iterator[Similar]:
    """Those of `similar` of which the shared passages do not say enough, in order of documents and place.

    `known[this][other]` are the passages of a document that are known to stand in another. Sentences say nothing new
    when one is known to stand in the other document, or both in the same third one.
    """
    held: dict[tuple[int, int], frozenset[int]] = {}

    def holders(this: int, number: int) -> frozenset[int]:
        if (this, number) not in held:
            others = known.get(this, {}).items()
            found = (other for other, spans in others if sentences[this].covered(number, spans) >= KNOWN)
            held[this, number] = frozenset((this, *found))
        return held[this, number]

    for one in sorted(similar, key=lambda one: (one.first, one.second, one.start, one.other_start)):
        left = sentences[one.first]
        fresh = {here for here, there in one.pairs if not holders(one.first, here) & holders(one.second, there)}
        if sum(int(left.ends[here] - left.starts[here]) for here in fresh) >= LEAST_NEWS:
            yield one


def _tabulate(documents: Sequence[Sentences]) -> _Table:
    sizes = [len(one) for one in documents]
    owner = np.repeat(np.arange(len(documents)), sizes)
    lengths = np.concatenate([np.empty(0, np.int64), *(np.diff(one.bounds) for one in documents)])
    hashes = np.concatenate([np.empty(0, np.uint32), *(one.words[one.bounds[0] : one.bounds[-1]] for one in documents)])
    _, words = np.unique(hashes, return_inverse=True)
    many = int(words.max()) + 1 if len(words) else 1
    tokens, times = np.unique(np.repeat(np.arange(len(owner)), lengths) * many + words, return_counts=True)
    sentence = tokens // many
    bounds = np.searchsorted(sentence, np.arange(len(owner) + 1))
    keys, holders = np.unique(owner[sentence] * many + tokens % many, return_counts=True)
    firsts = np.cumsum([0, *sizes])
    return _Table(
        owner, firsts, np.diff(firsts), bounds, np.diff(bounds), tokens % many, times, many, keys, holders
    )  # fmt: skip


def _candidates(table: _Table, since: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of sentences of different documents that share rare words, each sentence among a word's first holders.

    Some right sentences at a time, each with all of its pairs.
    """
    sentence = np.repeat(np.arange(len(table.owner)), table.sizes)
    fresh = np.flatnonzero(_first_of_its_words(table)[sentence])
    order = fresh[sort_order((table.words[fresh], sentence[fresh]))]
    word, sentence = table.words[order], sentence[order]
    owner = table.owner[sentence]
    heads = _repeat_heads(starts_of(word), len(word))
    leads = np.arange(len(word)) - heads < np.maximum(MOST_HOLDERS, SMALL // (owner + 1))
    earlier = _repeat_heads(starts_of(word, owner), len(word)) - heads  # holders in documents before
    right = np.flatnonzero(leads & (earlier > 0) & (owner >= since))
    right = right[sort_order((sentence[right],))]
    led = np.bincount(sentence[leads], minlength=len(table.owner))
    holders = sentence.astype(np.uint32)
    for low, high in _blocks(sentence[right], earlier[right]):
        part = right[low:high]
        yield _meet(table, holders, led, sentence[part], heads[part], earlier[part])


def _repeat_heads(heads: Ints, total: int) -> Ints:
    """For each of `total` sorted rows where its group starts, when groups start at `heads`."""
    return np.repeat(heads, np.diff(np.append(heads, total)))


def _first_of_its_words(table: _Table) -> NDArray[np.bool_]:
    """True for each sentence whose words no earlier sentence has just so: copies are found word for word."""
    count = len(table.owner)
    mixed = (table.words.astype(np.uint64) + np.uint64(1)) * _MIX ^ table.times.astype(np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(31))) * _MIX
    filled = np.flatnonzero(np.diff(table.bounds))
    keys = np.arange(count, dtype=np.uint64)  # a sentence without words is like no other
    keys[filled] = np.add.reduceat(mixed, table.bounds[filled]) if len(filled) else 0
    first = np.zeros(count, dtype=bool)
    first[np.unique(keys, return_index=True)[1]] = True
    return first


def _blocks(sentence: Ints, links: Ints) -> Iterator[tuple[int, int]]:
    """Ranges of about `BLOCK` links that part no sentence."""
    total = np.cumsum(links)
    low = 0
    while low < len(sentence):
        done = total[low - 1] if low else 0
        last = min(int(np.searchsorted(total, done + BLOCK)), len(sentence) - 1)
        high = int(np.searchsorted(sentence, sentence[last], side="right"))
        yield low, high
        low = high


def _meet(table: _Table, holders: Words, led: Ints, right: Ints, heads: Ints, earlier: Ints) -> tuple[Ints, Ints]:
    """Pairs of sentences that share enough rare words; row n joins `right[n]` to `earlier[n]` holders, from `heads[n]`.

    Rows come sorted by `right`; `led[s]` is the number of words of sentence s that lead to all their earlier holders.
    What two sentences share is counted by sorting (Pair-Count of Sarawagi and Kirpal, SIGMOD 2004): a meeting is one
    number, the right sentence above the left one. A pair that its other words could not make alike is left out before
    they are compared (as in PPJoin, Xiao, Wang, Lin and Yu, WWW 2008).
    """
    base = int(right[0])
    many = int(right[-1]) + 1
    kind = np.uint32 if (many - base) * many < 1 << 32 else np.int64
    turn = np.arange(int(earlier.sum())) + np.repeat(heads - np.cumsum(earlier) + earlier, earlier)
    keys = np.repeat(((right - base) * many).astype(kind), earlier)
    keys += holders[turn]
    keys.sort()
    twice = np.flatnonzero(keys[LEAST_RARE - 1 :] == keys[: len(keys) - LEAST_RARE + 1])  # most pairs meet once
    keys = keys[twice].astype(np.int64)
    first = starts_of(keys)
    shared = np.diff(np.append(first, len(keys))) + LEAST_RARE - 1
    left, right = keys[first] % many, keys[first] // many + base
    size, other = table.sizes[left], table.sizes[right]
    # Shared at most: the words that led here, and of the others as many as both can have.
    most = shared + np.minimum(size - shared, other - led[right])
    enough = shared >= np.maximum(LEAST_RARE, RARE_SHARE * np.minimum(size, other))
    enough &= 2 * most / (size + other) >= LEAST_DICE
    return left[enough], right[enough]


def _in_parts(measure: Callable[[_Table, Ints, Ints], Floats], table: _Table, left: Ints, right: Ints) -> Floats:
    """What `measure` gives for pairs of sentences, a few at a time."""
    parts = [measure(table, left[low : low + _PAIRS], right[low : low + _PAIRS]) for low in range(0, len(left), _PAIRS)]
    return np.concatenate([np.empty(0), *parts])


def _dice(table: _Table, left: Ints, right: Ints) -> Floats:
    """The share of distinct words that pairs of sentences have in common."""
    pair, word, _ = _spread(table, left)
    other_pair, other_word, _ = _spread(table, right)
    both, _ = _in_both(pair * table.many + word, other_pair * table.many + other_word)
    shared = np.bincount(pair[both], minlength=len(left))
    found: Floats = 2 * shared / np.maximum(table.sizes[left] + table.sizes[right], 1)
    return found


def _cosine(table: _Table, left: Ints, right: Ints) -> Floats:
    """The cosine of the weighed words of pairs of sentences."""
    pair, word, times = _spread(table, left)
    other_pair, other_word, other_times = _spread(table, right)
    weight = _weigh(table, left[pair], right[pair], word) * times
    other_weight = _weigh(table, left[other_pair], right[other_pair], other_word) * other_times
    both, at = _in_both(pair * table.many + word, other_pair * table.many + other_word)
    count = len(left)
    dot = np.bincount(pair[both], weight[both] * other_weight[at[both]], minlength=count)
    norm = np.bincount(pair, weight**2, minlength=count) * np.bincount(other_pair, other_weight**2, minlength=count)
    found: Floats = dot / np.sqrt(np.maximum(norm, 1e-12))
    return found


def _in_both(keys: Ints, other: Ints) -> tuple[NDArray[np.bool_], Ints]:
    """Which of `keys` stand in `other` too, and where; both are sorted, each key once."""
    at = np.searchsorted(other, keys)
    at[at == len(other)] = 0
    return (other[at] == keys if len(other) else np.zeros(len(keys), bool)), at


def _spread(table: _Table, sentences: Ints) -> tuple[Ints, Ints, Ints]:
    """Pair number, word and times for every word of the sentences given."""
    sizes = table.sizes[sentences]
    pair = np.repeat(np.arange(len(sentences)), sizes)
    at = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(table.bounds[sentences], sizes)
    return pair, table.words[at], table.times[at]


def _weigh(table: _Table, left: Ints, right: Ints, word: Ints) -> Floats:
    """How telling a word is within two documents: the logarithm of their sentences by those that hold it."""
    held = np.zeros(len(word), dtype=np.int64)
    for sentence in (left, right):
        keys = table.owner[sentence] * table.many + word
        at = np.minimum(np.searchsorted(table.keys, keys), len(table.keys) - 1)
        held += np.where(table.keys[at] == keys, table.holders[at], 0)
    total = table.lengths[table.owner[left]] + table.lengths[table.owner[right]]
    found: Floats = np.log(total / np.maximum(held, 1)) + 0.01
    return found


def _gather(table: _Table, documents: Sequence[Sentences], left: Ints, right: Ints) -> list[Similar]:
    """Passages of neighbouring pairs of sentences, long enough and alike as wholes."""
    order = sort_order((table.owner[left], table.owner[right], left, right))
    left, right = left[order], right[order]
    heads = starts_of(table.owner[left], table.owner[right])
    found = []
    for low, high in zip(heads.tolist(), np.append(heads, len(left))[1:].tolist(), strict=True):
        for group in _split(np.stack([left[low:high], right[low:high]], axis=1)):
            one = _passage(table, documents, group)
            if one is not None:
                found.append(one)
    return sorted(found, key=lambda one: (one.first, one.second, one.start, one.other_start))


def _split(pairs: Ints, side: int = 0, whole: int = 0) -> list[Ints]:
    """Parts whose sentences lie within `SENTENCE_GAP` on both sides: cut on one side and the other until none is."""
    pairs = pairs[np.argsort(pairs[:, side], kind="stable")]
    parts = np.split(pairs, np.flatnonzero(np.diff(pairs[:, side]) > SENTENCE_GAP) + 1)
    if len(parts) == 1:
        return parts if whole else _split(pairs, 1 - side, 1)
    return [found for part in parts for found in _split(part, 1 - side, 0)]


def _passage(table: _Table, documents: Sequence[Sentences], pairs: Ints) -> Similar | None:
    low, high = pairs.min(axis=0), pairs.max(axis=0) + 1
    first, second = (int(table.owner[low[side]]) for side in (0, 1))
    here, there = low - table.firsts[[first, second]], high - table.firsts[[first, second]]
    lengths = [
        int(documents[number].ends[there[side] - 1] - documents[number].starts[here[side]])
        for side, number in enumerate((first, second))
    ]
    cosine = _whole_cosine(table, low, high)
    if min(lengths) < LEAST_LENGTH or cosine < LEAST_WHOLE:
        return None
    alike = tuple(sorted((int(a), int(b)) for a, b in pairs - table.firsts[[first, second]]))
    return Similar(first, second, int(here[0]), int(there[0]), int(here[1]), int(there[1]), cosine, alike)


def _whole_cosine(table: _Table, low: Ints, high: Ints) -> float:
    """The cosine of two stretches of sentences: the sum of the normed vectors of each."""
    sides: list[dict[int, float]] = []
    for side in (0, 1):
        total: dict[int, float] = {}
        for sentence in range(int(low[side]), int(high[side])):
            part = slice(int(table.bounds[sentence]), int(table.bounds[sentence + 1]))
            words = table.words[part]
            weights = _weigh(table, np.full(len(words), low[0]), np.full(len(words), low[1]), words) * table.times[part]
            norm = float(np.sqrt((weights**2).sum())) or 1.0
            for word, weight in zip(words.tolist(), (weights / norm).tolist(), strict=True):
                total[word] = total.get(word, 0.0) + weight
        sides.append(total)
    dot = sum(weight * sides[1].get(word, 0.0) for word, weight in sides[0].items())
    norms = [sum(weight**2 for weight in side.values()) ** 0.5 or 1.0 for side in sides]
    return dot / (norms[0] * norms[1])
