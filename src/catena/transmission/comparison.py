"""The comparison of a collection: what its documents share, in letters and sentences, before anything is said of it.

Documents of the same letters are one here, under the first of them. What is remembered of earlier documents is taken
over; only pairs with a new document are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from catena.model import Document, Span
from catena.text import FoldTable
from catena.transmission.common import Run, find_common
from catena.transmission.memory import Memory, digest
from catena.transmission.passages import Join, Passages, find_candidates, join_here, select
from catena.transmission.seeds import Seeds, find_seeds
from catena.transmission.sentences import Sentences, split_sentences
from catena.transmission.similar import Similar, find_news, find_similar
from catena.transmission.witness import Witness

Piece = tuple[int, int, int, int]
"""Letters of one document and of the other."""


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What a collection shares.

    `groups` are witnesses of the same letters, the first of which stands for all; the other fields speak of these
    first ones by number. `pairs` are passages that lie near each other in two documents; `common` is per document, and
    so is `repeats_cut`: how many places of repeated wording were not compared.
    """

    groups: tuple[tuple[Witness, ...], ...]
    pairs: tuple[tuple[int, int, tuple[Piece, ...]], ...]
    common: tuple[tuple[Run, ...], ...]
    sentences: tuple[Sentences, ...]
    similar: tuple[Similar, ...]
    repeats_cut: tuple[int, ...]


def compare_documents(
    documents: Sequence[Document], names: Sequence[str], table: FoldTable, memory: Memory, join: Join = join_here
) -> tuple[Comparison, Memory]:
    """What these documents share, and what to remember; `said` is left empty. `join` says where the work is done.

    Documents that `memory` knows keep their numbers, new ones follow in the order given. When one that it knows is
    gone, nothing of it is used.
    """
    by_id = {document.id: document for document in documents}
    if not by_id.keys() >= set(memory.ids):
        memory = Memory.empty()
    seeds, letters, groups = _group(documents, names, table, memory, by_id)
    since = len(memory.ids)
    joined = join(seeds, since)
    candidates = memory.candidates.and_more(find_candidates(seeds, joined.chains))
    passages = select(candidates, seeds, joined.spread)
    heads = [group[0] for group in groups]
    fresh = [split_sentences(head.document, head.seeds) for head in heads[since:]]
    sentences = (*memory.sentences, *fresh)
    similar = (*memory.similar, *find_similar(sentences, since=since))
    kept = tuple((seed.hashes, seed.places, seed.size) for seed in seeds)
    remembered = Memory(
        tuple(head.document.id for head in heads), letters, kept, sentences, candidates, similar, {}
    )  # fmt: skip
    pairs = tuple(to_pieces(passages))
    common = tuple(find_common(seeds, passages.spread))
    news = tuple(_news(heads, sentences, similar, pairs))
    return Comparison(groups, pairs, common, sentences, news, tuple(joined.repeats_cut.tolist())), remembered


def _group(
    documents: Sequence[Document], names: Sequence[str], table: FoldTable, memory: Memory, by_id: dict[str, Document]
) -> tuple[list[Seeds], tuple[str, ...], tuple[tuple[Witness, ...], ...]]:
    """Seeds and digests of the documents with distinct letters, and the groups."""
    known = dict(zip(memory.ids, memory.recall(by_id, table), strict=True))
    seeds = list(known.values())
    letters = list(memory.letters)
    number_of = {key: number for number, key in enumerate(letters)}
    home = {key: number for number, key in enumerate(memory.ids)}
    groups: list[list[Witness]] = [[] for _ in letters]
    for document, name in zip(documents, names, strict=True):
        own = known.get(document.id) or find_seeds(document, table)
        number = home.get(document.id, -1)
        if number < 0:
            key = digest(own.view.text)
            number = number_of.setdefault(key, len(letters))
            if number == len(letters):
                letters.append(key)
                seeds.append(own)
                groups.append([])
        groups[number].append(Witness(document, name, own))
    for number, key in enumerate(memory.ids):  # the one remembered stands first, wherever it is given now
        groups[number].sort(key=lambda witness: witness.document.id != key)
    return seeds, tuple(letters), tuple(tuple(group) for group in groups)


def to_pieces(passages: Passages) -> Iterator[tuple[int, int, tuple[Piece, ...]]]:
    """Passages that lie near each other in both documents, pair by pair, in order of place in the first document."""
    chains = passages.chains
    columns = (
        chains.first, chains.second, passages.cluster, chains.start, chains.end, chains.other_start, chains.other_end,
    )  # fmt: skip
    rows = sorted(zip(*(column.tolist() for column in columns), strict=True))
    for (first, second, _), many in groupby(rows, key=lambda row: row[:3]):
        yield first, second, tuple(row[3:] for row in many)


def _news(
    heads: Sequence[Witness],
    sentences: Sequence[Sentences],
    similar: Sequence[Similar],
    pairs: Sequence[tuple[int, int, tuple[Piece, ...]]],
) -> Iterator[Similar]:
    """The similar passages of which the shared ones do not say enough, in order of documents and place."""
    known: dict[int, dict[int, list[Span]]] = {}
    wanted = {number for one in similar for number in (one.first, one.second)}

    def add(this: int, other: int, start: int, end: int) -> None:
        if this in wanted:
            span = heads[this].seeds.view.project(Span(start, end))
            known.setdefault(this, {}).setdefault(other, []).append(span)

    for first, second, many in pairs:
        for a, b, c, d in many:
            add(first, second, a, b)
            add(second, first, c, d)
    return find_news(similar, sentences, known)
