"""Reading brat stand-off: a zip (or one pair of files in it) of `NAME.txt` with `NAME.ann`.

Text-bound annotations become codings, their types the codebook; notes on them become memos of the coding. Relations,
events, attributes and normalisations have no place here and are counted. Names in the zip are looked up, never written
to disk; sizes are limited.
"""

from __future__ import annotations

import re
import uuid
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import BinaryIO

from catena.exporters.refi_import import MOST_SOURCES, Imported, ImportedNote, ImportedSource, unpack_member
from catena.model import Code, canonical

_NAMES = uuid.UUID("0f0c2b0a-5d0e-4f1e-8a53-3f4e6b1f7c11")  # namespace of codes: a type is the same in every import
_SPAN = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t")
_NOTE = re.compile(r"#\S*\t\S+ (T\S+)\t(.*)")
_OTHERS = {"R": "relations", "E": "events", "A": "attributes", "M": "attributes", "N": "normalisations", "*": "equals"}


def read_brat(data: BinaryIO, name: str = "brat") -> Imported:
    """The texts and annotations in a zip of brat files. Raises `ValueError` with what is wrong."""
    try:
        with zipfile.ZipFile(data) as archive:
            return _read(archive, name)
    except zipfile.BadZipFile as error:
        raise ValueError(f"the file is no zip of brat files: {error}") from error


def _read(archive: zipfile.ZipFile, name: str) -> Imported:
    texts = [member for member in archive.namelist() if member.endswith(".txt")]
    if not texts:
        raise ValueError("the zip holds no .txt; brat files come as NAME.txt with NAME.ann")
    if len(texts) > MOST_SOURCES:
        raise ValueError(f"more than {MOST_SOURCES} texts")
    skipped: Counter[str] = Counter()
    codes: dict[str, Code] = {}
    sources = []
    for member in texts:
        written = _decode(unpack_member(archive, member), member)
        notes: list[ImportedNote] = []
        for found in _annotations_of(archive, member):
            notes += _notes(_decode(unpack_member(archive, found), found), written, found, codes, skipped)
        sources.append(ImportedSource(PurePosixPath(member).name, canonical(written), tuple(notes)))
    left = tuple(f"{count} {what}" for what, count in sorted(skipped.items()))
    return Imported(name, tuple(codes.values()), tuple(sources), left)


def _annotations_of(archive: zipfile.ZipFile, text: str) -> list[str]:
    """The `.ann` beside a text, or, as our own export and its model lay them out, in `attributions/`."""
    stem = PurePosixPath(text).stem
    beside = str(PurePosixPath(text).with_suffix(".ann"))
    names = archive.namelist()
    if beside in names:
        return [beside]
    return [name for name in names if name.endswith(".ann") and PurePosixPath(name).name.startswith(stem + "_")]


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{name[:80]!r} is not in UTF-8: {error}") from error


def _notes(written: str, text: str, name: str, codes: dict[str, Code], skipped: Counter[str]) -> list[ImportedNote]:
    person = PurePosixPath(name).stem.rpartition("_")[2] or "brat"
    memos: dict[str, list[str]] = {}
    spans: list[tuple[str, str, str]] = []
    for line in written.splitlines():
        if found := _SPAN.match(line):
            spans.append((found[1], found[2], found[3]))
        elif found := _NOTE.match(line):
            memos.setdefault(found[1], []).append(found[2])
        elif line.strip():
            skipped[_OTHERS.get(line[0], "lines that are no brat annotation")] += 1
    notes = []
    for key, kind, places in spans:
        pieces = [(int(start), int(end)) for start, end in (piece.split(" ") for piece in places.split(";"))]
        if any(not 0 <= start < end <= len(text) for start, end in pieces):
            skipped["annotations outside of their text"] += 1
            continue
        if len(pieces) > 1:
            skipped["gaps inside annotations (the whole stretch is coded)"] += 1
        code = codes.setdefault(kind, Code(str(uuid.uuid5(_NAMES, kind)), kind.replace("_", " "), position=len(codes)))
        place = _in_canonical(text, pieces)
        notes.append(ImportedNote(person, code.id, " · ".join(memos.get(key, ())), place))
    return notes


def _in_canonical(text: str, pieces: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The stretch over all pieces, in code points of the text as we keep it."""
    start, end = min(low for low, _ in pieces), max(high for _, high in pieces)
    return len(canonical(text[:start])), len(canonical(text[:end]))
