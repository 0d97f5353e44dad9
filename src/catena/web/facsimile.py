"""The pages of a PDF beside its text: painted from the file it was read from, as long as that is the same file."""

from __future__ import annotations

import hashlib
import re
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catena.listing import find_holder, open_members
from catena.model import Document, Span
from catena.readers import Limits, paint_isolated
from catena.store import Project
from catena.web.api import open_project

Box = tuple[int, int, int, int]
_PAGE = re.compile(r"page (\d+)")
_BOX = re.compile(r"(\d{1,5}),(\d{1,5}),(\d{1,5}),(\d{1,5})")
_ROOM = 3  # points around lines
_COLUMN = 0.6  # share of the page's text from which lines are no column of it


class NoSource(Exception):
    """The file cannot be shown; the message says why, in plain words."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is shown beside its text: its number, and `start`, where its text begins, in code points."""

    number: int
    start: int


@dataclass(frozen=True, slots=True)
class Print:
    """Lines as they are printed: the number of their page, and the part of it that holds them."""

    number: int
    box: Box

    @property
    def query(self) -> str:
        """The box as an address has it."""
        return ",".join(map(str, self.box))

    @property
    def width(self) -> int:
        """Points across."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> int:
        """Points down."""
        return self.box[3] - self.box[1]


def has_pages(document: Document) -> bool:
    """True when the document was read from the pages of a PDF."""
    return document.origin.media_type == "application/pdf" and bool(document.pages)


def sheets_by_row(document: Document, starts: Sequence[int]) -> dict[int, tuple[Sheet, ...]]:
    """For each row of the reading page (by its start) the pages whose text begins in it."""
    held: dict[int, list[Sheet]] = {}
    for block in document.pages:
        number = _PAGE.match(block.locator)
        if number and starts:
            row = starts[max(0, bisect_right(starts, block.span.start) - 1)]
            held.setdefault(row, []).append(Sheet(int(number[1]), block.span.start))
    return {row: tuple(sheets) for row, sheets in held.items()}


def find_cuts(document: Document) -> tuple[int, ...]:
    """Where passages begin that are shown beside their print: paragraphs, and lines of pages without any."""
    paragraphs = [block.span.start for block in document.blocks if block.kind == "paragraph"]
    cuts = set(paragraphs)
    for page in document.pages:
        nearest = bisect_left(paragraphs, page.span.start)
        if nearest == len(paragraphs) or paragraphs[nearest] >= page.span.end:
            cuts.update(_lines(document.text, page.span)[0])
        cuts.add(page.span.start)
    return tuple(sorted(cuts))


def prints_by_row(document: Document, rows: Sequence[Span]) -> dict[int, tuple[Print, ...]]:
    """For each row of the reading page (by its start) how its lines stand in print; several where it runs over pages.

    Rows whose place on the page is not known have none.
    """
    held: dict[int, list[Print]] = {}
    for block in document.pages:
        number = _PAGE.match(block.locator)
        if not number or not block.boxes:
            continue
        starts, ends = _lines(document.text, block.span)
        sides = _widest(block.boxes)
        for row in rows:
            first, last = bisect_right(ends, row.start), bisect_left(starts, row.end)
            box = _join(block.boxes[first:last], sides)
            if box is not None:
                held.setdefault(row.start, []).append(Print(int(number[1]), box))
    return {row: tuple(prints) for row, prints in held.items()}


def _lines(text: str, page: Span) -> tuple[list[int], list[int]]:
    """Where the lines of a page begin, and where they end."""
    starts, ends = [page.start], []
    for place in range(page.start, page.end):
        if text[place] == "\n":
            ends.append(place)
            starts.append(place + 1)
    return starts, [*ends, page.end]


def _widest(boxes: Sequence[Box]) -> tuple[int, int]:
    """How far the lines of a page reach to the left and to the right."""
    shown = [box for box in boxes if box[2] > box[0]] or [(0, 0, 0, 0)]
    return min(box[0] for box in shown), max(box[2] for box in shown)


def _join(boxes: Sequence[Box], sides: tuple[int, int]) -> Box | None:
    """The part of a page that holds these lines, with a little room; as wide as the page's text, but for a column."""
    shown = [box for box in boxes if box[2] > box[0]]
    if not shown:
        return None
    left, right = min(box[0] for box in shown), max(box[2] for box in shown)
    if right - left > _COLUMN * (sides[1] - sides[0]):
        left, right = sides
    low, high = min(box[1] for box in shown), max(box[3] for box in shown)
    return max(0, left - _ROOM), max(0, low - _ROOM), right + _ROOM, high + _ROOM


def page_picture(request: Request) -> Response:
    """One page as PNG, or with `box=left,bottom,right,top` (points) a part of it."""
    number, page = request.path_params["number"], request.path_params["page"]
    box = _read_box(request.query_params.get("box", ""))
    with open_project(request) as project:
        stored = project.document(number)
        try:
            data = load_source(project, stored.row.path, stored.document)
        except NoSource as error:
            raise HTTPException(404, str(error)) from error
    key = ("page", stored.document.origin.sha256, page, box)
    picture, reason = request.app.state.pictures.get(key, lambda: paint_isolated(data, page, box=box))
    if picture is None:
        raise HTTPException(404, f"{stored.row.path}: {reason}")
    return Response(picture, media_type="image/png")


def _read_box(given: str) -> Box | None:
    """The edges in an address; `None` for none. Raises `HTTPException` for anything else."""
    if not given:
        return None
    found = _BOX.fullmatch(given)
    if not found:
        raise HTTPException(400, f"box={given[:40]!r} is no box; give left,bottom,right,top in whole points")
    left, bottom, right, top = map(int, found.groups())
    return left, bottom, right, top


def why_not(project: Project, path: str, document: Document) -> str:
    """Why the pages cannot be shown; "" when they can."""
    try:
        load_source(project, path, document)
    except NoSource as error:
        return str(error)
    return ""


def load_source(project: Project, path: str, document: Document) -> bytes:
    """The bytes of the file that a document was read from. Raises `NoSource` when it is gone or has changed."""
    root = project.get_meta("source")
    if not root:
        raise NoSource("the project does not say which folder it was built from")
    file = Path(root) / path
    if ".." in Path(path).parts or Path(path).is_absolute():
        raise NoSource(f"{path} leads out of the folder and is not opened")
    try:
        data = file.read_bytes() if file.is_file() else _from_container(Path(root), path)
    except OSError as error:
        raise NoSource(f"{file} cannot be read: {error.strerror or error}") from error
    if hashlib.sha256(data).hexdigest() != document.origin.sha256:
        raise NoSource(f"{file} is no longer the file that was read; build again to see its pages")
    return data


def _from_container(root: Path, path: str) -> bytes:
    """The bytes of a member of an archive."""
    holder = find_holder(root, path)
    if holder is None:
        raise NoSource(f"{root / path} is no longer there; the pages are shown from the file itself")
    with tempfile.TemporaryDirectory(prefix="catena-") as scratch:
        found = open_members(root, (path,), Path(scratch), Limits()).get(path)
        if found is None:
            raise NoSource(f"{root / holder} no longer holds {path}")
        return Path(found.source).read_bytes()


ROUTES = (Route("/doc/{number:int}/page/{page:int}.png", page_picture),)
"""The routes of this module, for the application's list."""
