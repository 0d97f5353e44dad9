"""Full-text search with exact places: FTS5 picks and ranks documents, the packed places lead back to the text.

Three levels decide which spellings are one word: *exact* (the very characters), *folded* (case, vowel marks and letter
forms make no difference), and with *affixes*, where the caller gives the forms of each word (`Settings.forms`). The
index itself holds folded words only; nothing is stemmed.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

import apsw
import numpy as np
from numpy.typing import NDArray

from catena.model import Document, Span
from catena.store.codec import encode
from catena.store.fields import Pairs, Selected, are_passages, combine
from catena.store.query import (
    Node,
    Phrase,
    contributing,
    expand,
    has_near,
    parse_query,
    phrases_of,
    split_fields,
    to_fts5,
)
from catena.store.tokens import (
    Places,
    locate_tokens,
    pack_numbers,
    pack_places,
    unpack_all,
    unpack_numbers,
    unpack_places,
)
from catena.text import find_words

SNIPPET = 240  # code points around the first hit: about three lines of a list
LEVELS = ("exact", "folded", "affixes")
TOGETHER = 500  # documents whose places are unpacked at once; those of a thousand words each take about 12 MB
SATURATION, LENGTH_SHARE = 1.2, 0.75  # k1 and b of BM25 (Robertson and Zaragoza 2009), as FTS5 has them


@dataclass(frozen=True, slots=True)
class Settings:
    """How words are matched: `level` is one of `LEVELS`, `forms` the forms to search for each folded word."""

    level: str = "folded"
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"level {self.level!r} is unknown; allowed: {', '.join(LEVELS)}")


FOLDED = Settings()


@dataclass(frozen=True, slots=True)
class Match:
    """A version that answers a query. Hit n is `lengths[n]` words from word `firsts[n]` on, at `spans[n]`.

    For a query of fields alone the hits are passages; they have no words, and `firsts` and `lengths` are empty.
    """

    version: int
    firsts: tuple[int, ...]
    lengths: tuple[int, ...]
    spans: tuple[Span, ...]


def register(connection: apsw.Connection) -> None:
    """Teach the connection to say where the phrases of a query stand."""
    connection.register_fts5_function("catena_places", _places)
    connection.register_fts5_function("catena_score", _score)


def _places(api: apsw.FTS5ExtensionApi, *_: apsw.SQLiteValue) -> bytes:
    """For each phrase of the query: how many places, then the number of the token each begins at (uint32)."""
    numbers = array("I")
    for phrase in range(api.phrase_count):
        found = api.phrase_locations(phrase)[0]
        numbers.append(len(found))
        numbers.extend(found)
    return numbers.tobytes()


def _score(api: apsw.FTS5ExtensionApi, *_: apsw.SQLiteValue) -> float:
    """The order of FTS5's own `rank` for a query of one phrase, the best lowest.

    How rare a phrase is weighs the same for every row, so that nothing has to be counted beforehand: FTS5 runs a query
    a second time for that, which doubles the work for a prefix of many words.
    """
    average: float | None = api.aux_data
    if average is None:
        average = api.aux_data = api.column_total_size() / api.row_count
    count: int = api.inst_count
    return -count / (count + SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * api.column_size() / average))


def index_version(
    connection: apsw.Connection, version: int, document: Document, known: dict[str, int] | None = None
) -> None:
    """Put the words of a version into the index, in the caller's transaction.

    `known` are rows of the vocabulary that the caller has seen before; what is looked up is added to it. Rows are only
    ever added, so that it holds as long as no transaction is taken back.
    """
    tokens, places = locate_tokens(document.text)
    connection.execute("INSERT INTO search (rowid, folded) VALUES (?, ?)", (version, " ".join(tokens)))
    connection.execute(
        "INSERT INTO offsets (version, places, words) VALUES (?, ?, ?)",
        (version, pack_places(places), pack_numbers(_number(connection, tokens, known))),
    )


def _number(connection: apsw.Connection, tokens: Sequence[str], known: dict[str, int] | None) -> list[int]:
    """The row of each token in the vocabulary; new ones are added."""
    numbers = {} if known is None else known
    if fresh := set(tokens).difference(numbers):
        distinct = encode(sorted(fresh))
        connection.execute("INSERT OR IGNORE INTO words (word) SELECT value FROM json_each(?)", (distinct,))
        rows: Any = connection.execute(
            "SELECT w.word, w.number FROM json_each(?) j JOIN words w ON w.word = j.value", (distinct,)
        ).fetchall()
        numbers.update(rows)
    return [numbers[token] for token in tokens]


def drop_version(connection: apsw.Connection, version: int) -> None:
    """Take a version out of the index: only current ones are found."""
    connection.execute("DELETE FROM search WHERE rowid = ?", (version,))
    connection.execute("DELETE FROM offsets WHERE version = ?", (version,))


def find_versions(
    connection: apsw.Connection, query: str, settings: Settings = FOLDED, *, ranked: bool = True
) -> tuple[int, ...]:
    """Numbers of the versions that answer `query`, best first, or in any order. Raises `QueryError`."""
    text, selected = _plan(connection, query, settings)
    if text is None and selected is None:
        return ()
    if _needs_places(settings, selected) and text is not None:
        return tuple(match.version for match in find_all(connection, query, settings))
    if text is None:
        return tuple(sorted(selected or ()))
    where, values = _where(text, selected)
    order = " ORDER BY rank, rowid" if ranked else ""
    rows = connection.execute(f"SELECT rowid FROM search WHERE {where}{order}", values)
    return tuple(row[0] for row in rows)


def find_matches(
    connection: apsw.Connection, query: str, limit: int, offset: int, settings: Settings = FOLDED
) -> tuple[int, tuple[Match, ...], tuple[int, ...] | None]:
    """How many versions answer, one page of them, best first, each with every hit; and all of them in any order.

    The last is `None` where the index did not have to name them all. Raises `QueryError`.
    """
    text, selected = _plan(connection, query, settings)
    if text is None or _needs_places(settings, selected):
        found = list(_matches(connection, text, selected, settings))
        return len(found), tuple(found[offset : offset + limit]), tuple(match.version for match in found)
    where, values = _where(text, selected)
    if has_near(text):  # only the index knows which places are near enough
        total = connection.execute(f"SELECT count(*) FROM search WHERE {where}", values).get
        return int(total), tuple(_matches(connection, text, selected, settings, limit, offset)), None
    # One pass ranks and counts; two of them, and a third for the places, took twice as long for a prefix.
    score = "catena_score(search)" if isinstance(text, Phrase) and text.prefix else "rank"
    rows: Any = connection.execute(f"SELECT {score}, rowid FROM search WHERE {where}", values)
    versions: list[int] = []

    def note(row: tuple[float, int]) -> tuple[float, int]:
        versions.append(row[1])
        return row

    # Row by row: thousands of rows held at once would set the garbage collector to work.
    best = [version for _, version in nsmallest(offset + limit, map(note, rows))[offset:]]
    packed = _packed(connection, best)
    begun = find_phrases(connection, phrases_of(text), best)
    page = tuple(_to_matches(text, {version: begun[version] for version in best}, packed))
    return len(versions), page, tuple(versions)


def find_all(connection: apsw.Connection, query: str, settings: Settings = FOLDED) -> tuple[Match, ...]:
    """Every version that answers, best first, with every hit. Raises `QueryError`."""
    return tuple(_matches(connection, *_plan(connection, query, settings), settings))


def _plan(connection: apsw.Connection, query: str, settings: Settings) -> tuple[Node | None, Selected | None]:
    """What the text index is asked, and what the fields select; both `None` for a blank query."""
    text, fields = split_fields(parse_query(query))
    if text is not None and settings.level == "affixes":
        text = expand(text, settings.forms)
    within = None
    if text is not None and are_passages(fields):
        rows = connection.execute("SELECT rowid FROM search WHERE search MATCH ?", (to_fts5(text),))
        within = str([row[0] for row in rows])
    return text, combine(connection, fields, within)


def _needs_places(settings: Settings, selected: Selected | None) -> bool:
    """True when hits must be looked at before they can be counted."""
    return settings.level == "exact" or any(passages is not None for passages in (selected or {}).values())


def _where(text: Node, selected: Selected | None) -> tuple[str, tuple[str, ...]]:
    if selected is None:
        return "search MATCH ?", (to_fts5(text),)
    # The plus keeps SQLite from running the text query once for each version; it took a hundred times as long.
    return "search MATCH ? AND +rowid IN (SELECT value FROM json_each(?))", (to_fts5(text), str(list(selected)))


def _matches(
    connection: apsw.Connection,
    text: Node | None,
    selected: Selected | None,
    settings: Settings,
    limit: int = -1,
    offset: int = 0,
) -> Iterator[Match]:
    if text is None:
        for version in sorted(selected or ()):
            yield Match(version, (), (), tuple(Span(*pair) for pair in (selected or {})[version] or ()))
        return
    where, values = _where(text, selected)
    rows = connection.execute(
        f"SELECT rowid, catena_places(search) FROM search WHERE {where} ORDER BY rank LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()
    surface = _surfaces(text) if settings.level == "exact" else None
    answers = cast("list[tuple[int, bytes]]", rows)
    for at in range(0, len(answers), TOGETHER):
        places = {version: _split(found) for version, found in answers[at : at + TOGETHER]}
        for match in _to_matches(text, places, _packed(connection, list(places)), selected):
            kept = _keep_exact(connection, match, surface) if surface is not None else match
            if kept.spans:
                yield kept


def _packed(connection: apsw.Connection, versions: Sequence[int]) -> dict[int, bytes]:
    """The packed places of the words of these versions."""
    rows: Any = connection.execute(
        "SELECT version, places FROM offsets WHERE version IN (SELECT value FROM json_each(?))", (str(list(versions)),)
    )
    return dict(rows)


def _to_matches(
    tree: Node,
    places: Mapping[int, Sequence[Sequence[int]]],
    packed: Mapping[int, bytes],
    selected: Selected | None = None,
) -> Iterator[Match]:
    """The hits of each row in order, each once, inside the passages of `selected` when given; rows as in `places`.

    `places` are the first words of each phrase's places; rows without a hit inside are left out.
    """
    hits = [_to_hits(tree, found) for found in places.values()]
    starts, ends, bounds = unpack_all([packed[version] for version in places])
    counts = [len(many) for many in hits]
    rows = np.repeat(np.arange(len(counts)), counts)
    flat = np.array([hit for many in hits for hit in many], np.int64).reshape(-1, 2)
    words = bounds[rows] + flat[:, 0]
    found = np.column_stack([flat, starts[words], ends[words + flat[:, 1] - 1]])
    if selected is not None:
        kept = _inside(rows, found[:, 2], found[:, 3], [selected[version] for version in places])
        rows, found = rows[kept], found[kept]
    versions = list(places)
    for row, many in groupby(zip(rows.tolist(), found.tolist(), strict=True), key=itemgetter(0)):
        firsts, lengths, lows, highs = zip(*(hit for _, hit in many), strict=True)
        yield Match(versions[row], firsts, lengths, tuple(map(Span, lows, highs)))


def _inside(rows: Places, lows: Places, highs: Places, passages: Sequence[Pairs | None]) -> NDArray[np.bool_]:
    """Which hits lie inside a passage of their row; `None` for a row is all of it.

    All rows lie one after the other on one line; the furthest end of what begins before a hit must reach over it.
    """
    far = 1 + int(max(highs.max(initial=0), max((end for many in passages for _, end in many or ()), default=0)))
    line = [
        (row * far + start, row * far + end)
        for row, many in enumerate(passages)
        for start, end in (((0, far - 1),) if many is None else many)
    ]
    begins, reaches = np.array(line, np.int64).reshape(-1, 2).T
    before = np.searchsorted(begins, rows * far + lows, "right")
    furthest = np.concatenate([[-1], np.maximum.accumulate(reaches)])
    return furthest[before] >= rows * far + highs


def _to_hits(tree: Node, places: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """(first word, how many words) of every hit in order, each once."""
    if isinstance(tree, Phrase):
        return [(at, len(tree.tokens)) for at in places[0]]
    phrases = phrases_of(tree)
    return sorted(
        {
            (at, len(phrases[number].tokens))
            for number in contributing(tree, [bool(many) for many in places])
            for at in places[number]
        }
    )


def places_of_version(connection: apsw.Connection, version: int) -> tuple[Places, Places]:
    """Starts and ends of the words of a version, in code points."""
    packed = connection.execute("SELECT places FROM offsets WHERE version = ?", (version,)).get
    return unpack_places(cast("bytes", packed))


def find_phrases(
    connection: apsw.Connection, phrases: Sequence[Phrase], versions: Sequence[int]
) -> dict[int, list[list[int]]]:
    """For each version and phrase the numbers of the words where it begins, from the words themselves."""
    size = int(connection.execute("SELECT coalesce(max(number), 0) FROM words").get) + 1
    wanted = [[_to_lookup(numbers, size) for numbers in _numbers_of(connection, phrase)] for phrase in phrases]
    rows: Any = connection.execute(
        "SELECT version, words FROM offsets WHERE version IN (SELECT value FROM json_each(?))", (str(list(versions)),)
    )
    found = {}
    for version, packed in rows:
        words = unpack_numbers(packed)
        found[version] = [_begin(words, numbers) for numbers in wanted]
    return found


def _numbers_of(connection: apsw.Connection, phrase: Phrase) -> list[NDArray[np.uint32]]:
    """For each word of a phrase the rows of the vocabulary that answer to it."""
    found = []
    for at, token in enumerate(phrase.tokens):
        begins = phrase.prefix and at == len(phrase.tokens) - 1
        rows: Any = connection.execute(
            f"SELECT number FROM words WHERE word {'BETWEEN ? AND ?' if begins else '= ?'}",
            (token, token + chr(sys.maxunicode)) if begins else (token,),
        ).fetchall()
        found.append(np.array([number for (number,) in rows], np.uint32))
    return found


def _to_lookup(numbers: NDArray[np.uint32], size: int) -> NDArray[np.bool_]:
    """For each row of the vocabulary whether it is one of `numbers`."""
    found = np.zeros(size, bool)
    found[numbers] = True
    return found


def _begin(words: NDArray[np.uint32], wanted: Sequence[NDArray[np.bool_]]) -> list[int]:
    """Where words that answer to `wanted`, one after the other, begin."""
    room = len(words) - len(wanted) + 1
    if room <= 0:
        return []
    fits = np.ones(room, bool)
    for at, answers in enumerate(wanted):
        fits &= answers[words[at : at + room]]
    return [int(place) for place in np.flatnonzero(fits)]


def _keep(match: Match, kept: Sequence[bool]) -> Match:
    def choose(values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(value for value, keep in zip(values, kept, strict=True) if keep)

    return Match(match.version, choose(match.firsts), choose(match.lengths), choose(match.spans))


def _surfaces(text: Node) -> frozenset[tuple[str, ...]]:
    """The words of each phrase as they were typed. Prefixes are only begun."""
    return frozenset(tuple(phrase.typed) for phrase in phrases_of(text))


def _keep_exact(connection: apsw.Connection, match: Match, surfaces: frozenset[tuple[str, ...]]) -> Match:
    text = cast("str", connection.execute(
        "SELECT unpack(t.text) FROM versions v JOIN texts t ON t.hash = v.text WHERE v.number = ?", (match.version,)
    ).get)  # fmt: skip
    return _keep(match, [_reads(span.of(text), surfaces) for span in match.spans])


def _reads(words: str, surfaces: frozenset[tuple[str, ...]]) -> bool:
    found = tuple(span.of(words) for span in find_words(words))
    return any(
        found == wanted or (wanted[-1].endswith("*") and _begins(found, wanted)) for wanted in surfaces if wanted
    )


def _begins(found: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return found[:-1] == wanted[:-1] and len(found) == len(wanted) and found[-1].startswith(wanted[-1].rstrip("*"))


def _split(found: bytes) -> list[Sequence[int]]:
    numbers = array("I", found)
    places: list[Sequence[int]] = []
    at = 0
    while at < len(numbers):
        count = numbers[at]
        places.append(numbers[at + 1 : at + 1 + count])
        at += 1 + count
    return places


def choose_snippet(text: str, spans: Sequence[Span], size: int = SNIPPET) -> Span:
    """A stretch of about `size` code points around the first hit, cut at white space where there is some near.

    >>> choose_snippet("one two three", [Span(4, 7)], 9).of("one two three")
    'two'
    """
    hit = spans[0] if spans else Span(0, 0)
    if len(hit) > size:
        hit = Span(hit.start, hit.start + size)
    room = max(0, size - len(hit)) // 3
    start = max(0, hit.start - room)
    end = min(len(text), max(hit.end, start + size))
    if start:
        start = _after_space(text, start, hit.start)
    if end < len(text):
        cut = max(text.rfind(space, hit.end, end + 1) for space in " \n")
        end = cut if cut > 0 else end
    return Span(start, max(end, hit.end))


def _after_space(text: str, start: int, latest: int) -> int:
    found = [at for at in (text.find(space, start, latest) for space in " \n") if at >= 0]
    return min(found) + 1 if found else start
