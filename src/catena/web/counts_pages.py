"""Frequencies, keywords, collocates, runs of words, spread and trend: one page, each list with its chart and export."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from catena import api, counting
from catena.store import Corpus, Project, QueryError
from catena.web.api import get_number, open_project
from catena.web.render import render
from catena.web.searching import find_lines, get_asked
from catena.web.sorting import sort_table
from catena.web.tables import Column, Table, chart_links, export, export_links, to_bars

_ASKED = re.compile(r"[\"“”«»:()*]|\b(OR|AND|NOT|NEAR)\b")  # a search, and no plain name
SHOWN = 200
MOST = 5000
Maker: TypeAlias = Callable[[Request, Project, Corpus], Table]


def frequencies(request: Request, project: Project, corpus: Corpus) -> Table:
    """The most frequent words, of the documents that a search chooses or of all."""
    part = request.query_params.get("q", "").strip()
    versions = project.find_versions(part) if part else None
    rows = counting.list_words(corpus, versions, MOST)
    columns = [Column("word", "Word"), Column("count", "Count"), Column("per_million", "Per million words", 1)]
    cells: list[tuple[str | int | float | None, ...]] = [(row.words, row.count, row.rate) for row in rows]
    if versions is None:
        columns.append(Column("documents", "Documents"))
        cells = [(*cell, row.documents) for cell, row in zip(cells, rows, strict=True)]
    return Table(
        f"Words in {part or 'all documents'}", tuple(columns), cells,
        "Folded words: case, vowel marks and letter forms make no difference. A text under two paths counts twice.",
        ("word", "per_million"),
    )  # fmt: skip


def keywords(request: Request, project: Project, corpus: Corpus) -> Table:
    """Words that one part uses more than another."""
    target, reference = (request.query_params.get(name, "").strip() for name in ("target", "reference"))
    if not target:
        raise ValueError('give the part to describe, such as genre:speech or speaker:"Ada Brisk"')
    versions = project.find_versions(target)
    others = project.find_versions(reference) if reference else None
    least = max(1, get_number(request, "least", 5, 1000))
    found = counting.find_keywords(corpus, versions, others, least=least)[:MOST]
    rows = [
        (w.word, w.log_ratio, w.low, w.high, w.g2, w.target, w.reference, w.target_rate, w.reference_rate)
        for w in found
    ]
    return Table(
        f"Keywords of {target} against {reference or 'all other documents'}",
        (
            Column("word", "Word"), Column("log_ratio", "Log ratio", 2, "1 means twice as frequent"),
            Column("low", "from", 2), Column("high", "to", 2), Column("g2", "G²", 1), Column("target", "Count here"),
            Column("reference", "Count there"), Column("target_per_million", "Per million here", 1),
            Column("reference_per_million", "Per million there", 1),
        ),
        rows,
        "Log ratio (Hardie 2014) with its 95 % interval (Katz et al. 1978), ordered by the lower end; G² after Dunning"
        " (1993) and Rayson and Garside (2000). A count of 0 counts as one half. Over-use first, then under-use.",
        ("word", "log_ratio"),
    )  # fmt: skip


def collocates(request: Request, project: Project, corpus: Corpus) -> Table:
    """Words near the hits of a search."""
    asked = get_asked(request)
    if not asked.query:
        raise ValueError("give a word or phrase whose neighbours to count")
    left, right = get_number(request, "left", 5, 20), get_number(request, "right", 5, 20)
    least = max(1, get_number(request, "least", 3, 1000))
    lines = find_lines(request, project, asked, "place")
    found = counting.find_neighbours(corpus, lines, left=left, right=right, least=least)[:MOST]
    rows = [
        (one.word, s.log_dice, s.left + s.right, s.left, s.right, s.frequency, s.mi, s.t, s.g2)
        for one in found
        for s in (one.scores,)
    ]
    return Table(
        f"Words near {asked.query}, {left} before to {right} after",
        (
            Column("word", "Word"), Column("log_dice", "logDice", 2), Column("together", "Together"),
            Column("left", "Before"), Column("right", "After"), Column("count", "In the corpus"),
            Column("mi", "MI", 2), Column("t", "t", 2), Column("g2", "G²", 1),
        ),
        rows,
        f"{len(lines.firsts)} hits. logDice (Rychlý 2008), at most 14; mutual information (Church and Hanks 1990),"
        " t-score (Church et al. 1991), G² (Dunning 1993). Windows stay within a document.",
        ("word", "log_dice"),
    )  # fmt: skip


def described(request: Request, project: Project, _: Corpus) -> Table:
    """The words around a name, by who says them."""
    asked = get_asked(request)
    if not asked.query:
        raise ValueError('give a name, or a search such as "Ada Brisk" OR Brisk')
    if not _ASKED.search(asked.query):
        asked = replace(asked, query=f'"{asked.query}"')
    window, least = get_number(request, "left", 3, 20), max(1, get_number(request, "least", 2, 1000))
    found = api.describe(project, find_lines(request, project, asked, "place"), window=window, least=least)[:MOST]
    rows = [
        (
            one.neighbour.word,
            one.voice or "the document itself",
            one.mentions,
            s.left + s.right,
            s.left,
            s.right,
            s.log_dice,
        )
        for one in found
        for s in (one.neighbour.scores,)
    ]
    return Table(
        f"How {asked.query} is described, {window} words to each side",
        (
            Column("word", "Word"), Column("voice", "Who says so"), Column("mentions", "Names it"),
            Column("together", "Together"), Column("left", "Before"), Column("right", "After"),
            Column("log_dice", "logDice", 2),
        ),
        rows,
        "Who names it most stands first, the words of each by logDice (Rychlý 2008). A voice is that of the narrowest"
        " report around the name.",
    )  # fmt: skip


def ngrams(request: Request, _: Project, corpus: Corpus) -> Table:
    """The most frequent runs of words."""
    length = min(max(2, get_number(request, "n", 3, 8)), 8)
    rows = [(row.words, row.count, row.rate) for row in counting.find_ngrams(corpus, length, MOST)]
    columns = (Column("words", "Words"), Column("count", "Count"), Column("per_million", "Per million words", 1))
    return Table(f"Runs of {length} words", columns, rows, "Within one document, at least 3 times.", ("words", "count"))


def trend(request: Request, project: Project, _: Corpus) -> Table:
    """Hits over time."""
    asked = get_asked(request)
    if not asked.query:
        raise ValueError("give a word or phrase to follow through time")
    by = request.query_params.get("by", "year")
    lines = find_lines(request, project, asked, "place")
    spread = counting.find_dispersion(lines)
    rows = [
        (one.name or "no date", one.rate, one.count, one.words, one.documents) for one in counting.find_trend(lines, by)
    ]
    said = (
        f" Spread over documents: in {spread.range} of {spread.parts}; DP {spread.dp:.2f},"
        f" normalised {spread.dp_norm:.2f} (Gries 2008; Lijffijt and Gries 2012; 0 is even);"
        f" Juilland's D {spread.juilland:.2f}."
        if spread
        else ""
    )
    return Table(
        f"{asked.query} by {by}",
        (
            Column("period", "Time"), Column("per_million", "Per million words", 1), Column("count", "Hits"),
            Column("words", "Words of that time"), Column("documents", "Documents"),
        ),
        rows,
        "By the date of the document. Hits per million words of all documents of that time." + said,
        ("period", "per_million"),
    )  # fmt: skip


MAKERS: dict[str, tuple[str, Maker]] = {
    "frequency": ("Frequency", frequencies),
    "keyness": ("Keywords", keywords),
    "collocates": ("Neighbours", collocates),
    "described": ("How a name is described", described),
    "ngrams": ("Runs of words", ngrams),
    "trend": ("Through time", trend),
}


def words(request: Request) -> Response:
    """The page of counts. The list is chosen with `show`; what it needs is asked for in a form."""
    show = request.query_params.get("show", "frequency")
    if show not in MAKERS:
        raise ValueError(f"show={show[:20]!r} is unknown; allowed: {', '.join(MAKERS)}")
    table, error = Table("", (), ()), None
    with open_project(request) as project:
        try:
            table = MAKERS[show][1](request, project, request.app.state.keeper.corpus(project))
        except (QueryError, ValueError) as problem:
            error = str(problem)
    table, heads = sort_table(request, table) if table.rows else (table, ())
    given = request.query_params.get("format")
    if given and not error:
        return export(table, given, show, request.query_params.get("shade", "light"))
    asked_at_all = len(request.query_params) > 1
    return render(
        request, "words.html", table=table, show=show, makers=MAKERS, error=error, asked_at_all=asked_at_all,
        parameters=request.query_params, exports=export_links(request, table), bars=to_bars(table), shown=SHOWN,
        heads=heads, picture=chart_links(request, table),
        status=400 if error and asked_at_all else 200,
    )  # fmt: skip
