"""Up to four texts side by side: documents, translations, or the older texts of one document.

A text is named by the number of its document, or by `NUMBER.TEXT` for an older one: `7.1` is the first text that
document 7 had.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catena.comparing import Pane, lay_out
from catena.store import DocumentRow, NotFound, Project
from catena.web.api import open_project
from catena.web.render import render
from catena.web.tables import Cell, Column, Table, export, export_links

NAMES = {"a": "First", "b": "Second", "c": "Third (or none)", "d": "Fourth (or none)"}
LEAST = 2
_OLDER = re.compile(r"(\d{1,9})\.(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Held:
    """A text that is compared: its name in the address, its document, and which text of how many it is."""

    ref: str
    row: DocumentRow
    text: str
    which: int
    of: int

    @property
    def is_current(self) -> bool:
        """True for the text that the document has now: only there places lead to the reading page."""
        return self.which == self.of


def compare(request: Request) -> Response:
    """Two to four texts, paragraph by paragraph, with the words that differ from the first; they scroll together."""
    wanted = {name: request.query_params.get(name, "") for name in NAMES}
    with open_project(request) as project:
        choices = list_choices(project)
        held = [find_text(project, ref) for ref in wanted.values() if ref]
    if len(held) < LEAST:
        return render(request, "compare.html", choices=choices, names=NAMES, wanted=wanted, panes=[])
    panes = lay_out(held[0].text, [one.text for one in held[1:]])
    table = to_table(panes)
    if given := request.query_params.get("format"):
        return export(table, given, "compared")
    wanted = {name: held[at].ref if at < len(held) else "" for at, name in enumerate(NAMES)}
    return render(
        request, "compare.html", choices=choices, names=NAMES, wanted=wanted,
        panes=list(zip(held, panes, strict=True)), exports=export_links(request, table),
    )  # fmt: skip


def to_table(panes: Sequence[Pane]) -> Table:
    """A row for each paragraph of the first text, with what answers to it, and what answers to none where it stands."""
    rows: dict[tuple[int, int], dict[int, tuple[str, str]]] = {}
    for number, pane in enumerate(panes):
        place = (-1, 0)
        for block in pane.blocks:
            place = (place[0], place[1] + 1) if block.row is None else (block.row, 0)
            if block.side:
                differs = [one.text.strip() for one in block.side.stretches if one.differs and pane.marked]
                words = "".join(one.text for one in block.side.stretches)
                rows.setdefault(place, {})[number] = (words, " … ".join(differs))
    names = list(NAMES)[: len(panes)]
    columns = [Column("paragraph", "Paragraph")]
    columns += [column for name in names for column in (Column(name, name), Column(f"{name}_differs", "differs"))]
    cells: list[tuple[Cell, ...]] = [
        (place[0] + 1, *(cell for at in range(len(panes)) for cell in held.get(at, ("", ""))))
        for place, held in sorted(rows.items())
    ]
    return Table("Compared", tuple(columns), cells)


def list_choices(project: Project) -> list[tuple[str, str]]:
    """(name in the address, words) of every text that can be chosen, a document's older texts after it."""
    found = []
    for row in project.documents():
        label = f"{(row.title or row.path)[:70]} ({row.path})" if row.path else row.title
        found.append((str(row.number), label))
        older = project.texts_of(row.number)[:-1] if row.versions > 1 else ()
        found += [(f"{row.number}.{at}", f"– its text {at}, read {made[:10]}") for at, (_, made) in enumerate(older, 1)]
    return found


def find_text(project: Project, ref: str) -> Held:
    """The text that `ref` names. Raises `NotFound`, and `Restricted` for a closed document."""
    older = _OLDER.fullmatch(ref)
    number = older[1] if older else ref
    stored = project.document(int(number) if number.isdecimal() and len(number) < 10 else number)
    texts = project.texts_of(stored.row.number)
    if not older:
        return Held(str(stored.row.number), stored.row, stored.document.text, len(texts), len(texts))
    which = int(older[2])
    if not 0 < which <= len(texts):
        raise NotFound(f"document {number} has had {len(texts)} texts; there is no {which}")
    if which == len(texts):
        return find_text(project, number)
    return Held(ref, stored.row, project.text_of(texts[which - 1][0]), which, len(texts))


ROUTES = (Route("/compare", compare),)
"""The route of this page, for the application's list."""
