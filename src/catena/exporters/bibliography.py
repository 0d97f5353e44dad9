"""The documents themselves as references: RIS, BibTeX and CSL-JSON, for reference managers.

Each has title, date, publisher, language, the address when the file states one, the path in the collection, and the
hash of the text. The kind is always a document: we do not say that a page is a newspaper article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """One document. `date` is ISO 8601, may be a year or month only, or ""; the others are "" when not known."""

    number: int
    id: str
    title: str
    date: str
    publisher: str
    language: str
    path: str
    url: str = ""


def to_ris(references: Sequence[Reference]) -> bytes:
    """RIS: lines end with CR LF, as the format wants."""
    lines: list[str] = []
    for one in references:
        day = "/".join([*one.date.split("-"), "", ""][:3]) + "/" if one.date else ""
        facts = (
            ("TY", "GEN"), ("ID", f"catena-{one.number}"), ("TI", one.title or one.path), ("DA", day),
            ("PY", one.date[:4]), ("PB", one.publisher), ("LA", one.language), ("UR", one.url), ("L1", one.path),
            ("N1", f"SHA-256 of the text: {one.id}"),
        )  # fmt: skip
        lines += [f"{tag}  - {_line(value)}" for tag, value in facts if value]
        lines += ["ER  - ", ""]
    return "\r\n".join(lines).encode()


_SPECIAL = re.compile(r"([\\{}%&$#_^~])")
_ESCAPES = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def to_bibtex(references: Sequence[Reference]) -> bytes:
    """BibTeX in UTF-8, one `@misc` a document."""
    entries = []
    for one in references:
        facts = (
            ("title", one.title or one.path), ("date", one.date), ("year", one.date[:4]), ("publisher", one.publisher),
            ("language", one.language), ("url", one.url), ("file", one.path),
            ("note", f"SHA-256 of the text: {one.id}"),
        )  # fmt: skip
        body = ",\n".join(f"  {name} = {{{_escape(value)}}}" for name, value in facts if value)
        entries.append(f"@misc{{catena-{one.number},\n{body}\n}}\n")
    return "\n".join(entries).encode()


def to_csl(references: Sequence[Reference]) -> bytes:
    """CSL-JSON: an array of items of the type `document`."""
    items = []
    for one in references:
        item: dict[str, object] = {"id": f"catena-{one.number}", "type": "document", "title": one.title or one.path}
        if parts := [int(part) for part in one.date.split("-") if part.isdecimal()]:
            item["issued"] = {"date-parts": [parts]}
        facts = {"publisher": one.publisher, "language": one.language, "URL": one.url}
        item |= {name: value for name, value in facts.items() if value}
        item["note"] = f"path: {one.path}; SHA-256 of the text: {one.id}"
        items.append(item)
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()


def _line(value: str) -> str:
    return " ".join(value.split())


def _escape(value: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[1], "\\" + found[1]), _line(value))


BIBLIOGRAPHIES: dict[str, Callable[[Sequence[Reference]], bytes]] = {
    "ris": to_ris,
    "bibtex": to_bibtex,
    "csl": to_csl,
}
"""Every format for references by name."""
