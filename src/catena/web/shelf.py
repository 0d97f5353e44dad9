"""The library page: the editions that quotations are compared with, under what terms, and where they lie."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from starlette.requests import Request

from catena.library import Edition, describe_editions, package_problems, read_shelf
from catena.places import libraries_for

_SIZES = ("B", "kB", "MB", "GB")


@dataclass(frozen=True, slots=True)
class Shelved:
    """An edition with what the page adds: the link's name, the size of its source, whether the project knew it."""

    edition: Edition
    anchor: str
    size: str
    built_with: bool


def folders_of(request: Request) -> tuple[Path, ...]:
    """The library folders of the project that is open: beside it, and the user's own."""
    return libraries_for(None, request.app.state.project_path)


def shelve(folders: Sequence[Path], built_with: Sequence[str]) -> list[tuple[str, list[Shelved]]]:
    """Works by name, each with its editions in order. `built_with` are the editions as the project names them."""
    known = [
        Shelved(edition, anchor_of(edition.name), size_of(Path(edition.path)), _was_there(edition, built_with))
        for edition in describe_editions(folders)
    ]
    ordered = sorted(known, key=lambda one: one.edition.work)
    return [(work, list(editions)) for work, editions in groupby(ordered, key=lambda one: one.edition.work)]


def problems(folders: Sequence[Path]) -> tuple[str, ...]:
    """Why an edition is left out, one sentence each."""
    return (*package_problems(), *read_shelf(folders)[1])


def terms(folders: Sequence[Path]) -> dict[str, str]:
    """Edition -> the licence to name beside its text, or the first line of its notice; none when nothing is known."""
    return {
        edition.name: edition.licence or edition.notice.partition("\n")[0]
        for edition in describe_editions(folders)
        if edition.licence or edition.notice
    }


def anchor_of(name: str) -> str:
    """The name of an edition as a link's.

    >>> anchor_of("Quran (Tanzil Uthmani 1.0.2)")
    'edition-quran-tanzil-uthmani-1-0-2'
    """
    return "edition-" + re.sub(r"[\W_]+", "-", name.casefold()).strip("-")


def size_of(path: Path) -> str:
    """The size of a file for people: `1.4 MB`; `gone` when there is none."""
    try:
        size = float(path.stat().st_size)
    except OSError:
        return "gone"
    at = 0
    while size >= 1000 and at < len(_SIZES) - 1:
        size, at = size / 1000, at + 1
    return f"{size:.0f} B" if at == 0 else f"{size:.1f} {_SIZES[at]}"


def _was_there(edition: Edition, built_with: Sequence[str]) -> bool:
    return any(line.startswith(edition.name) and edition.sha256[:12] in line for line in built_with)
