"""brat stand-off: a zip with `text/NAME.txt` and `attributions/NAME_catena.ann` for each document.

The layout and the names of roles are those of the PolNeAR corpus, so that its tools and brat itself read them: spans
`Source`, `Cue`, `Content`, events `Attribution`. Offsets are code points. Only attributions are written.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePosixPath
from typing import BinaryIO

from catena.exporters.base import Rows
from catena.model import Finding, Span

ROLES = ("source", "cue", "content")
_FIRST = (1980, 1, 1, 0, 0, 0)
"""The time of every member: the same findings give the same bytes, and nothing is packed."""


class Brat:
    """Attributions as brat stand-off, one pair of files a document."""

    name = "brat"
    suffix = ".brat.zip"
    media_type = "application/zip"

    def write(self, rows: Rows, out: BinaryIO) -> int:
        """Write an archive; returns how many attributions."""
        written = 0
        with zipfile.ZipFile(out, "w") as archive:
            documents = groupby(rows, key=lambda row: row[1].document)
            for number, (_, many) in enumerate(documents, 1):
                given = list(many)
                name = file_name(number, given[0][0])
                lines = list(_lines(finding for _, finding, _ in given if finding.kind == "attribution"))
                written += sum(line.startswith("E") for line in lines)
                add_member(archive, f"text/{name}.txt", given[0][2])
                add_member(archive, f"attributions/{name}_catena.ann", "".join(lines))
        return written


def add_member(archive: zipfile.ZipFile, name: str, text: str) -> None:
    """Write one file into the archive; the same text gives the same bytes."""
    archive.writestr(zipfile.ZipInfo(name, _FIRST), text.encode())


def file_name(number: int, document: str) -> str:
    """Safe on every system, and no two alike."""
    return f"{number:04d}-" + (re.sub(r"[^\w.-]+", "-", PurePosixPath(document).name)[:80] or "document")


def _lines(findings: Iterable[Finding]) -> Iterator[str]:
    """`T` lines for spans, an `E` line for each attribution, notes with speaker, mode and modality."""
    spans = 0
    for event, finding in enumerate(findings, 1):
        arguments = []
        for role in ROLES:
            places = finding.spans(role)
            if places:
                spans += 1
                arguments.append(f"{role.capitalize()}:T{spans}")
                yield _span(spans, role.capitalize(), places, finding.text(role))
        spans += 1
        anchor = finding.spans("cue") or finding.spans("content")[:1] or (finding.place,)
        yield _span(spans, "Attribution", anchor, finding.text("cue") or finding.text("content"))
        yield f"E{event}\tAttribution:T{spans} {' '.join(arguments)}\n"
        facts = [f"{name}={finding.value(name)}" for name in ("speaker", "mode", "modality") if finding.value(name)]
        yield f"#{event}\tAnnotatorNotes E{event}\t{_flat('; '.join(facts))}\n"


def _span(number: int, role: str, places: tuple[Span, ...], text: str) -> str:
    where = ";".join(f"{place.start} {place.end}" for place in places)
    return f"T{number}\t{role} {where}\t{_flat(text)}\n"


def _flat(text: str) -> str:
    return " ".join(text.split())
