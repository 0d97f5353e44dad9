"""What the list shows of each document: title, date, genre, publisher, language, from its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from catena.model import Document, Finding

TITLE_LENGTH = 160  # code points: two lines of the list


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one document as strings; "" for what is not known.

    `date` is ISO 8601 where a finding gives it so.
    """

    title: str
    date: str
    genre: str
    publisher: str
    language: str


def find_facts(document: Document, findings: Iterable[Finding]) -> Facts:
    """What layout and language findings say, then what the file states of itself; a title falls back to the
    first line.
    """
    everything = tuple(findings)
    layout = {
        str(f.value("field")): str(f.value("iso") or f.value("value") or f.text("content"))
        for f in reversed(everything)
        if f.kind == "layout" and f.value("field")
    }
    first = next((line.strip() for line in document.text.split("\n") if line.strip()), "")

    def choose(field: str, stated: str, otherwise: str = "") -> str:
        return " ".join((layout.get(field) or document.get_stated(stated) or otherwise).split())

    return Facts(
        title=choose("title", "title", first)[:TITLE_LENGTH],
        date=choose("date", "date"),
        genre=choose("genre", "genre"),
        publisher=choose("publisher", "publisher"),
        language=_language(everything) or choose("language", "language"),
    )


def _language(findings: Iterable[Finding]) -> str:
    """The language of the most characters."""
    sizes: Counter[str] = Counter()
    for finding in findings:
        if finding.kind == "language":
            code = finding.value("language") or finding.value("code") or finding.value("value")
            if code:
                # A finding on the whole document has no place; it still outweighs nothing.
                sizes[str(code)] += max(1, sum(len(span) for _, spans in finding.roles for span in spans))
    return sizes.most_common(1)[0][0] if sizes else ""
