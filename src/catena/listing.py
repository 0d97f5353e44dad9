"""What a folder holds: files, and the members of containers among them.

A member is a file like any other, called `talks.zip/speech.txt`. It lies unpacked in a scratch folder until it was
read; its stamp has the container's time, so that a container that has not changed is not opened again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from catena.readers import FIELDS, Limits, unpack_isolated
from catena.readers.containers import Facts, may_be_container
from catena.readers.saved_pages import find_page_folders
from catena.store import FileStamp


@dataclass(frozen=True, slots=True)
class MemberFile:
    """A member of a container: its stamp, where it lies unpacked ("": it could not be, for `reason`)."""

    stamp: FileStamp
    source: str
    stated: Facts = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a container held. `status`, `stage` and `reason` go into the ledger beside its name."""

    members: tuple[MemberFile, ...]
    status: str
    stage: str
    reason: str


def list_files(folder: Path, *, avoid: Sequence[Path] = ()) -> Iterator[FileStamp]:
    """Every file under `folder` in order of path, but hidden ones, project files and what lies in `avoid`.

    Paths are relative to `folder`, with `/`. The parts that a browser saved beside a page are left out; a field map
    counts as part of its table. A file that cannot be looked at is listed with size -1, so that the ledger can say why.
    """
    if not folder.is_dir():
        yield _stamp(folder, folder.name)
        return
    skip = {path.resolve() for path in avoid}
    for root, folders, names in os.walk(folder):  # Path.walk came with Python 3.12
        parent = Path(root)
        parts = find_page_folders(names)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in parts and (parent / name).resolve() not in skip
        )
        here = set(names)
        for name in sorted(names):
            path = parent / name
            if name.startswith(".") or ".catena" in path.suffixes or name.endswith((".catena-wal", ".catena-shm")):
                continue
            if name.endswith(FIELDS) and name.removesuffix(FIELDS) in here:
                continue
            if path.resolve() not in skip:
                yield _stamp(path, path.relative_to(folder).as_posix())


def _stamp(path: Path, name: str) -> FileStamp:
    try:
        facts = path.stat()
    except OSError:
        return FileStamp(name, -1, 0)
    try:
        fields = path.with_name(path.name + FIELDS).stat()
    except OSError:
        return FileStamp(name, facts.st_size, facts.st_mtime_ns)
    return FileStamp(name, facts.st_size + fields.st_size, max(facts.st_mtime_ns, fields.st_mtime_ns))


def open_container(path: Path, stamp: FileStamp, scratch: Path, limits: Limits) -> Opened | None:
    """The members of the file at `path`, unpacked into `scratch`, a new folder; `None` when it is no container."""
    try:
        if stamp.size < 0 or not path.is_file() or not may_be_container(path):
            return None
    except OSError:
        return None
    scratch.mkdir()
    outcome = unpack_isolated(path, stamp.path, scratch, limits)
    if outcome.status == "ok" and outcome.unpacked is None:
        return None
    if outcome.unpacked is None:
        return Opened((), outcome.status, outcome.stage, outcome.reason)
    members = []
    for member in outcome.unpacked.members:
        size = member.file.stat().st_size if member.file else 0
        inside = FileStamp(f"{stamp.path}/{member.label}", size, stamp.mtime_ns)
        members.append(MemberFile(inside, str(member.file or ""), member.stated, member.reason))
    cut, notes = outcome.unpacked.cut, "; ".join(outcome.unpacked.notes)
    if cut:
        return Opened(tuple(members), "error", "open", f"{cut}; get it again")
    return Opened(tuple(members), "ok", "open", notes)


def open_members(root: Path, paths: Iterable[str], scratch: Path, limits: Limits) -> dict[str, MemberFile]:
    """Of `paths` in the ledger those that lie in containers under `root`, unpacked into `scratch`, by path."""
    wanted = {path for path in paths if not (root / path).exists()}
    holders = {holder for path in wanted if (holder := find_holder(root, path))}
    found: dict[str, MemberFile] = {}
    for number, holder in enumerate(sorted(holders)):
        opened = open_container(root / holder, _stamp(root / holder, holder), scratch / str(number), limits)
        members = opened.members if opened else ()
        found.update({one.stamp.path: one for one in members if one.source and one.stamp.path in wanted})
    return found


def find_holder(root: Path, path: str) -> str | None:
    """The file above `path` in the ledger, when one of its parents is a file; never one outside of `root`."""
    given = PurePosixPath(path)
    if given.is_absolute() or ".." in given.parts:
        return None
    return next((str(above) for above in given.parents if (root / above).is_file()), None)
