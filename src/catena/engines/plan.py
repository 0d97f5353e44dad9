"""The plan of the join, as data: the same steps for every engine, in one SQL dialect (DuckDB's) and one kernel.

Tables: `postings` (hash, doc, place) holds every seed; `docs` (doc, key, fresh) every document, with a number made of
its content that says which side of a pair is the first, and 1 when its pairs are wanted. A *unit* is a document that
holds a hash; `standing` is its rank among them. What may be joined is said in `catena.transmission.join`: the first
`ALL_PAIRS` units each with each, a later one with the first and with the one before it. It stands here as three joins
on equal keys, so that no engine ever pairs a frequent hash with itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from catena.transmission.join import ALL_PAIRS, MOST_REPEATS


@dataclass(frozen=True, slots=True)
class Query:
    """A table `name` made by `sql`; `reused` when several steps read it."""

    name: str
    sql: str
    reused: bool = False


@dataclass(frozen=True, slots=True)
class Map:
    """A table `name` made by `kernel` (`package.module:function`, Arrow to Arrow) from the rows of `source`.

    Rows that are equal in the columns `by` come to the same call. `columns` are the result's: name and SQL type.
    """

    name: str
    source: str
    kernel: str
    by: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]


Step = Query | Map

PLACES = Query(
    "placed",
    "SELECT hash, doc, place, row_number() OVER (PARTITION BY hash, doc ORDER BY place) AS turn FROM postings"
    " WHERE hash IN (SELECT hash FROM postings GROUP BY hash HAVING count(*) > 1)",
    reused=True,
)
UNITS = Query(
    "units",
    "SELECT hash, doc, row_number() OVER (PARTITION BY hash ORDER BY doc) AS standing,"
    " count(*) OVER (PARTITION BY hash) AS holders FROM placed WHERE turn = 1",
    reused=True,
)
SPREAD = Query(
    "spread",
    "SELECT p.doc AS doc, p.place AS place, u.holders AS holders FROM placed AS p"
    " JOIN units AS u ON p.hash = u.hash AND p.doc = u.doc",
)
CUT = Query("cut", f"SELECT doc, count(*) AS places FROM placed WHERE turn > {MOST_REPEATS} GROUP BY doc")
_LATER = "SELECT u.hash, u.doc, u.standing FROM units AS u JOIN docs AS d ON u.doc = d.doc WHERE d.fresh = 1"
LINKS = Query(
    "links",
    f"WITH later AS ({_LATER})"
    " SELECT r.hash AS hash, l.doc AS one, r.doc AS other, r.standing AS standing FROM later AS r"
    " JOIN units AS l ON l.hash = r.hash"
    f" WHERE l.standing <= {ALL_PAIRS} AND r.standing <= {ALL_PAIRS} AND l.standing < r.standing"
    " UNION ALL"
    " SELECT r.hash AS hash, l.doc AS one, r.doc AS other, r.standing AS standing FROM later AS r"
    " JOIN (SELECT hash, doc FROM units WHERE standing = 1) AS l ON l.hash = r.hash"
    f" WHERE r.standing > {ALL_PAIRS}"
    " UNION ALL"
    " SELECT r.hash AS hash, l.doc AS one, r.doc AS other, r.standing AS standing FROM later AS r"
    " JOIN (SELECT hash, doc, standing + 1 AS after FROM units) AS l ON l.hash = r.hash AND l.after = r.standing"
    f" WHERE r.standing > {ALL_PAIRS}",
)
ANCHORS = Query(
    "anchors",
    "SELECT CASE WHEN a.key > b.key THEN k.other ELSE k.one END AS first,"
    " CASE WHEN a.key > b.key THEN k.one ELSE k.other END AS second,"
    " CASE WHEN a.key > b.key THEN q.place ELSE p.place END AS place,"
    " CASE WHEN a.key > b.key THEN p.place ELSE q.place END AS other_place,"
    " k.standing AS spread"
    " FROM links AS k JOIN docs AS a ON k.one = a.doc JOIN docs AS b ON k.other = b.doc"
    f" JOIN (SELECT hash, doc, place FROM placed WHERE turn <= {MOST_REPEATS}) AS p"
    " ON p.hash = k.hash AND p.doc = k.one"
    f" JOIN (SELECT hash, doc, place FROM placed WHERE turn <= {MOST_REPEATS}) AS q"
    " ON q.hash = k.hash AND q.doc = k.other",
)
CHAINS = Map(
    "chains",
    "anchors",
    "catena.engines.kernels:chain_anchors",
    ("first", "second"),
    tuple(
        (name, "bigint")
        for name in ("first", "second", "start", "end", "other_start", "other_end", "anchors", "weight")
    ),
)

PLAN: tuple[Step, ...] = (PLACES, UNITS, SPREAD, CUT, LINKS, ANCHORS, CHAINS)
"""Every step, in order; a step reads tables of earlier ones. Wanted in the end: `spread`, `cut` and `chains`."""
WANTED = ("spread", "cut", "chains")
