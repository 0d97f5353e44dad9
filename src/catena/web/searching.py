"""Search and concordance pages."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import bidirectional
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from catena import counting
from catena.lexicons.affixes import load_affixes
from catena.model import Span
from catena.store import LEVELS, Corpus, Project, QueryError, SearchPage, Settings
from catena.web.api import change_project, get_number, get_person, open_project, read_form
from catena.web.keeping import Keeper
from catena.web.listed import to_hits_table
from catena.web.render import render
from catena.web.tables import Column, Table, export, export_links

HITS = 20
MOST_FORMS = 1000  # ticked forms kept with a search
MOST_HITS = 1_000_000  # documents of a search in one export
LINES = 100
MOST_LINES = 500
FACETS = ("genre", "publisher", "language", "verdict")
LINE_COLUMNS = (
    Column("document", "Document"), Column("date", "Date"), Column("start", "Start"), Column("end", "End"),
    Column("left", "Left"), Column("node", "Node"), Column("right", "Right"),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A search as the page's form gives it. `ticked` are the forms to search, `""` when the person chose none yet."""

    query: str
    level: str
    ticked: tuple[str, ...]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The same as parameters of an address."""
        level = [("level", self.level)] if self.level != "folded" else []
        return [("q", self.query), *level, *(("form", form) for form in self.ticked)]


def get_asked(request: Request) -> Asked:
    """What the address asks for. Raises `ValueError` for an unknown level."""
    level = request.query_params.get("level", "folded")
    if level not in LEVELS:
        raise ValueError(f"level={level[:20]!r} is unknown; allowed: {', '.join(LEVELS)}")
    ticked = tuple(request.query_params.getlist("form")) if level == "affixes" else ()
    return Asked(request.query_params.get("q", "").strip(), level, ticked)


Forms = dict[str, tuple[tuple[str, int, bool], ...]]
"""For each word its forms: the form, its count, whether it is searched."""


def find_forms(corpus: Corpus, asked: Asked) -> Forms:
    """The forms of each word with what is ticked; nothing chosen means all."""
    if asked.level != "affixes" or not asked.query:
        return {}
    found = counting.find_forms(corpus, asked.query, load_affixes())
    return {
        word: tuple((form, count, not asked.ticked or form in asked.ticked) for form, count in forms)
        for word, forms in found.items()
    }


def to_settings(asked: Asked, forms: Forms) -> Settings:
    """How the store is asked; a word of which every form is unticked is searched as it stands."""
    chosen = {word: tuple(form for form, _, on in many if on) or (word,) for word, many in forms.items()}
    return Settings(asked.level, chosen)


def search(request: Request) -> Response:
    """Documents that match, each with its first hits in their surroundings."""
    asked = get_asked(request)
    offset = get_number(request, "offset", 0, 10**9)
    given = request.query_params.get("format")
    hits, total, error = [], 0, None
    forms: Forms = {}
    facets: dict[str, list[tuple[str, int]]] = {}
    with open_project(request) as project:
        saved = project.searches()
        if asked.query:
            try:
                if asked.level == "affixes":
                    forms = find_forms(request.app.state.keeper.corpus(project), asked)
                settings = to_settings(asked, forms)
                limits = (MOST_HITS, 0) if given else (HITS, offset)
                page = project.search(asked.query, limit=limits[0], offset=limits[1], settings=settings)
                total, error = page.total, page.error
                facets = {} if given else _facets(request, project, page, asked.query, settings)
                for hit in page.hits:
                    text = project.text_of(hit.document.id)
                    hits.append((hit.document, len(hit.spans), to_pieces(text, hit.snippet, hit.spans)))
            except QueryError as problem:
                error = str(problem)
    table = to_hits_table(asked.query, hits)
    if given and not error:
        return export(table, given, "search")
    return render(
        request, "search.html", exports=export_links(request, table), query=asked.query, asked=asked,
        hits=hits, total=total, error=error, forms=forms,
        facets=_facet_links(asked, facets), later=_page(asked, offset + HITS) if total > offset + HITS else "",
        earlier=_page(asked, max(0, offset - HITS)) if offset else "", saved=saved,
        parameters=urlencode(asked.parameters), settings=urlencode(asked.parameters[1:]), levels=LEVELS,
        status=400 if error else 200,
    )  # fmt: skip


def _facets(
    request: Request, project: Project, page: SearchPage, query: str, settings: Settings
) -> dict[str, list[tuple[str, int]]]:
    """Facets of what answers, from the search itself where it knows all of it."""
    if page.error or not page.total:
        return {}
    versions = project.find_versions(query, settings) if page.versions is None else page.versions
    keeper: Keeper = request.app.state.keeper
    return keeper.facet_index(project).count(versions)


def _page(asked: Asked, offset: int) -> str:
    return "/search?" + urlencode([*asked.parameters, ("offset", str(offset))])


def _facet_links(
    asked: Asked, facets: dict[str, list[tuple[str, int]]]
) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """For each facet its values, each with the search that it narrows to."""
    found = []
    for name in FACETS:
        rows = []
        for value, count in facets.get(name, [])[:8]:
            plain = value.replace('"', " ")
            narrowed = [("q", f'{asked.query} {name}:"{plain}"'), *asked.parameters[1:]]
            rows.append((value, count, "/search?" + urlencode(narrowed)))
        if len(rows) > 1:
            found.append((name, rows))
    return found


def to_pieces(text: str, snippet: Span, spans: tuple[Span, ...]) -> list[tuple[str, bool]]:
    """The snippet in pieces, each with whether it is a hit; joined they are the snippet."""
    pieces = []
    at = snippet.start
    for span in spans:
        shown = span.intersect(snippet)
        if shown is None or shown.start < at:
            continue
        pieces += [(text[at : shown.start], False), (shown.of(text), True)]
        at = shown.end
    return [piece for piece in (*pieces, (text[at : snippet.end], False)) if piece[0]]


def find_lines(request: Request, project: Project, asked: Asked, order: str) -> counting.Lines:
    """The lines of a concordance, kept for the next request. Raises `QueryError` and `ValueError`."""
    keeper = request.app.state.keeper
    corpus = keeper.corpus(project)
    # Codes and people's layers change without the corpus: a search that names them is made anew each time.
    stamp = project.change_stamp() if ":" in asked.query else corpus.stamp

    def make() -> counting.Lines:
        settings = to_settings(asked, find_forms(corpus, asked))
        return counting.find_lines(project, corpus, asked.query, settings)

    # Who has opened what decides which lines there are.
    closed: frozenset[int] = getattr(project, "closed", frozenset())
    plain = keeper.get(("lines", stamp, closed, asked), make)
    found: counting.Lines = keeper.get(("lines", stamp, closed, asked, order), lambda: plain.sort(order))
    return found


def concordance(request: Request) -> Response:
    """Every hit in a line of its own, with what stands left and right of it."""
    asked = get_asked(request)
    order = request.query_params.get("sort", "place")
    offset = get_number(request, "offset", 0, 10**9)
    given = request.query_params.get("format")
    error, total, documents = None, 0, 0
    shown: tuple[counting.Line, ...] = ()
    forms: Forms = {}
    with open_project(request) as project:
        if asked.query:
            try:
                forms = find_forms(request.app.state.keeper.corpus(project), asked)
                lines = find_lines(request, project, asked, order)
                total, documents = len(lines.firsts), lines.matched
                shown = counting.show_lines(project, lines, 0 if given else offset, total if given else LINES)
            except QueryError as problem:
                error = str(problem)
    table = Table(f"Concordance of {asked.query}", LINE_COLUMNS, [_cells(line) for line in shown])
    if given and not error:
        return export(table, given, "concordance")
    kept = [*asked.parameters, ("sort", order)]
    pages = {
        "later": f"/concordance?{urlencode([*kept, ('offset', str(offset + LINES))])}"
        if total > offset + LINES
        else "",
        "earlier": f"/concordance?{urlencode([*kept, ('offset', str(max(0, offset - LINES)))])}" if offset else "",
    }
    orders = [(name, "/concordance?" + urlencode([*asked.parameters, ("sort", name)])) for name in counting.ORDERS]
    return render(
        request, "concordance.html", query=asked.query, asked=asked, error=error, lines=shown, total=total, order=order,
        documents=documents, orders=orders, offset=offset, exports=export_links(request, table), forms=forms,
        levels=LEVELS, parameters=urlencode(asked.parameters), status=400 if error else 200,
        direction=find_direction(shown), **pages,
    )  # fmt: skip


def find_direction(lines: tuple[counting.Line, ...]) -> str:
    """`rtl` when the first hit is written from right to left: what stands before it then belongs to the right."""
    kinds = (bidirectional(letter) for line in lines[:1] for letter in line.node)
    return "rtl" if next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L" else "ltr"


def _cells(line: counting.Line) -> tuple[str | int, ...]:
    return (
        line.document.path, line.document.date, line.span.start, line.span.end, line.left, line.node, line.right,
    )  # fmt: skip


def concordance_lines(request: Request) -> Response:
    """Lines of a concordance from `offset` on: `[document number, name, start, left, node, right]`."""
    asked = get_asked(request)
    order = request.query_params.get("sort", "place")
    offset, limit = get_number(request, "offset", 0, 10**9), get_number(request, "limit", LINES, MOST_LINES)
    with open_project(request) as project:
        lines = find_lines(request, project, asked, order)
        shown = counting.show_lines(project, lines, offset, limit)
    rows = [
        [
            line.document.number,
            line.document.title or line.document.path,
            line.span.start,
            line.left,
            line.node,
            line.right,
        ]
        for line in shown
    ]
    return JSONResponse({"total": len(lines.firsts), "offset": offset, "lines": rows})


async def save_search(request: Request) -> Response:
    """Keep a search under a name, with its level and its ticks, or forget it; then back to the search."""
    form = await read_form(request)
    name = form.get("name", "")
    forget = form.get("forget") == "yes"
    person = get_person(request)
    kept = parse_qsl(form.get("settings", ""), max_num_fields=MOST_FORMS)
    settings = urlencode([(key, value) for key, value in kept if key in ("level", "form")])

    def write(project: Project) -> None:
        if forget:
            project.forget_search(person, name)
        else:
            project.save_search(person, name, form.get("query", ""), settings)

    await change_project(request, write)
    return RedirectResponse(
        f"/search?{urlencode({'q': form.get('query', '')})}{'&' if settings else ''}{settings}", 303
    )
