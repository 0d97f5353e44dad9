"""Full-text search with exact places: FTS5 picks and ranks documents, the packed places lead back to the
text.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import cast

import apsw

from catena.model import Document, Span
from catena.store.query import Node, contributing, parse_query, phrases_of, to_fts5
from catena.store.tokens import find_tokens, pack_places, unpack_places

SNIPPET = 240  # code points around the first hit: about three lines of a list

Match = tuple[int, tuple[Span, ...]]


def register(connection: apsw.Connection) -> None:
    """Teach the connection to say where the phrases of a query stand."""
    connection.register_fts5_function("catena_places", _places)


def _places(api: apsw.FTS5ExtensionApi, *_: apsw.SQLiteValue) -> bytes:
    """For each phrase of the query: how many places, then the number of the token each begins at (uint32)."""
    numbers = array("I")
    for phrase in range(api.phrase_count):
        found = api.phrase_locations(phrase)[0]
        numbers.append(len(found))
        numbers.extend(found)
    return numbers.tobytes()


def index_version(connection: apsw.Connection, version: int, document: Document) -> None:
    """Put the words of a version into the index, in the caller's transaction."""
    tokens, spans = find_tokens(document.text)
    connection.execute("INSERT INTO search (rowid, folded) VALUES (?, ?)", (version, " ".join(tokens)))
    connection.execute("INSERT INTO offsets (version, places) VALUES (?, ?)", (version, pack_places(spans)))


def drop_version(connection: apsw.Connection, version: int) -> None:
    """Take a version out of the index: only current ones are found."""
    connection.execute("DELETE FROM search WHERE rowid = ?", (version,))
    connection.execute("DELETE FROM offsets WHERE version = ?", (version,))


def find_versions(connection: apsw.Connection, query: str) -> tuple[int, ...]:
    """Numbers of the versions that answer `query`, best first. Raises `QueryError`."""
    tree = parse_query(query)
    if tree is None:
        return ()
    rows = connection.execute("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank, rowid", (to_fts5(tree),))
    return tuple(row[0] for row in rows)


def find_matches(connection: apsw.Connection, query: str, limit: int, offset: int) -> tuple[int, tuple[Match, ...]]:
    """How many versions answer, and one page of them, best first, each with every hit.

    Raises `QueryError`.
    """
    tree = parse_query(query)
    if tree is None:
        return 0, ()
    written = to_fts5(tree)
    total = connection.execute("SELECT count(*) FROM search WHERE search MATCH ?", (written,)).get
    rows = connection.execute(
        "SELECT rowid, catena_places(search) FROM search WHERE search MATCH ? ORDER BY rank LIMIT ? OFFSET ?",
        (written, limit, offset),
    ).fetchall()
    page = cast("list[tuple[int, bytes]]", rows)
    return int(total), tuple((version, _spans(connection, version, tree, found)) for version, found in page)


def _spans(connection: apsw.Connection, version: int, tree: Node, found: bytes) -> tuple[Span, ...]:
    """The hits of one row as spans of the text, in order, each once."""
    places = _split(found)
    phrases = phrases_of(tree)
    packed = connection.execute("SELECT places FROM offsets WHERE version = ?", (version,)).get
    starts, ends = unpack_places(packed)
    spans = {
        Span(int(starts[at]), int(ends[at + len(phrases[number].tokens) - 1]))
        for number in contributing(tree, [bool(many) for many in places])
        for at in places[number]
    }
    return tuple(sorted(spans))


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
    """A stretch of about `size` code points around the first hit, cut at white space where there is some
    near.

    >>> choose_snippet("one two three", [Span(4, 7)], 9).of("one two three")
    'two'
    """
    hit = spans[0] if spans else Span(0, 0)
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
