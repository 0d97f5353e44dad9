"""The pages of a PDF beside its text: painted from the file it was read from, as long as that is the same file."""

from __future__ import annotations

import hashlib
import re
import tempfile
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catena.listing import find_holder, open_members
from catena.model import Document
from catena.readers import Limits, paint_isolated
from catena.store import Project
from catena.web.api import open_project

_PAGE = re.compile(r"page (\d+)")


class NoSource(Exception):
    """The file cannot be shown; the message says why, in plain words."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is shown beside its text: its number, and `start`, where its text begins, in code points."""

    number: int
    start: int


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


def page_picture(request: Request) -> Response:
    """One page as PNG."""
    number, page = request.path_params["number"], request.path_params["page"]
    with open_project(request) as project:
        stored = project.document(number)
        try:
            data = load_source(project, stored.row.path, stored.document)
        except NoSource as error:
            raise HTTPException(404, str(error)) from error
    key = ("page", stored.document.origin.sha256, page)
    picture, reason = request.app.state.pictures.get(key, lambda: paint_isolated(data, page))
    if picture is None:
        raise HTTPException(404, f"{stored.row.path}: {reason}")
    return Response(picture, media_type="image/png")


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
