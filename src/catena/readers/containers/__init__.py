"""Files of files: ZIP, TAR, packed files, WARC and WACZ, each member a document of its own.

A container is taken apart in a process with limits, into a folder of ours; its members are then read like any file.
Adding one is a module, a line in `CONTAINERS`, a test and a row in docs/reference/readers.md.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from catena.readers.base import ReaderError
from catena.readers.containers.base import (
    FIELDS,
    MAX_DEPTH,
    Account,
    Container,
    Facts,
    Member,
    Shelf,
    Unpacked,
    allowance,
)
from catena.readers.containers.packed import Packed
from catena.readers.containers.tars import Tar
from catena.readers.containers.warcs import Warc
from catena.readers.containers.zips import Zip
from catena.readers.fields import parse_fields
from catena.readers.records import split_records
from catena.readers.saved_pages import find_page_folders, is_within

CONTAINERS: dict[str, Container] = {"zip": Zip(), "tar": Tar(), "warc": Warc(), "packed": Packed()}
"""Every container by name, in the order in which they are asked."""

__all__ = ["CONTAINERS", "FIELDS", "Container", "Facts", "Member", "Unpacked", "may_be_container", "unpack"]


def may_be_container(path: Path) -> bool:
    """True when the first bytes of a file say that it may hold files, or a field map beside it. Raises `OSError`."""
    if path.with_name(path.name + FIELDS).is_file():
        return True
    with path.open("rb") as file:
        head = file.read(512)
    return any(container.sniff(head) for container in CONTAINERS.values())


def unpack(path: Path, label: str, folder: Path) -> Unpacked | None:
    """Lay the members of the container `path`, called `label`, into `folder`; `None` when it is none after all.

    Raises `ReaderError` for a bomb, for too many members, and for a container that cannot be opened.
    """
    shelf = Shelf(folder, Account(allowance(path.stat().st_size)), _open_inner)
    if not _open(path, label, shelf):
        return None
    if not shelf.members and not shelf.cuts:
        raise ReaderError("open", "it holds no files", "check that it was saved whole")
    members = _set_aside(shelf)
    return Unpacked(members, tuple(shelf.notes), "; ".join(shelf.cuts))


def _open(path: Path, label: str, shelf: Shelf) -> bool:
    if _split_table(path, label, shelf):
        return True
    with path.open("rb") as file:
        head = file.read(512)
    fitting = (container for container in CONTAINERS.values() if container.sniff(head))
    return any(container.unpack(path, label, shelf) for container in fitting)


def _split_table(path: Path, label: str, shelf: Shelf) -> bool:
    """Lay each record of a table whose field map says that every record is a document."""
    beside = path.with_name(path.name + FIELDS)
    fields = parse_fields(beside.read_bytes()) if beside.is_file() else None
    if fields is None or fields.each != "document":
        return False
    for name, words, facts in split_records(path.read_bytes(), label, fields):
        shelf.lay(name, (words.encode(),), facts)
    return True


def _open_inner(path: Path, label: str, shelf: Shelf) -> bool:
    """Open a member that is a container itself; False when it is none. A damaged one costs only itself."""
    if not may_be_container(path):
        return False
    if shelf.depth >= MAX_DEPTH:
        return False  # its reader says that it is an archive
    try:
        return _open(path, label, shelf.inner(label))
    except ReaderError as error:
        if error.stage == "check":
            raise
        shelf.members.append(Member(label, None, reason=f"{error.reason}; {error.next_step}"))
        return True


def _set_aside(shelf: Shelf) -> tuple[Member, ...]:
    """The members that are documents: field maps go beside their tables, parts of saved pages are left out."""
    by_label = {member.label: member for member in shelf.members}
    folders = find_page_folders(by_label)
    kept = []
    parts = 0
    for member in shelf.members:
        table = by_label.get(member.label.removesuffix(FIELDS)) if member.label.endswith(FIELDS) else None
        if table is not None and table.file is not None and member.file is not None:
            member.file.rename(table.file.with_name(table.file.name + FIELDS))
        elif is_within(member.label, folders):
            parts += 1
        else:
            kept.append(member)
    if parts:
        shelf.notes.append(f"{parts} parts of saved pages (pictures, styles) left out")
    return tuple(one for member in kept for one in _split_member(member, shelf))


def _split_member(member: Member, shelf: Shelf) -> tuple[Member, ...]:
    """The member, or its records where its field map says that each is a document."""
    inner = replace(shelf.inner(member.label), members=[])
    if member.file is None or not _split_table(member.file, member.label, inner):
        return (member,)
    return tuple(inner.members)
