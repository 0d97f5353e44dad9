"""One document that holds every kind of value of the anatomy, and what its margin must show, marked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.readers.builders import make_docx, paragraph, word_part

from catena.model import Finding, Span
from catena.store import Project

PARAGRAPHS = (
    "Union of Boatmen",
    "Information Office",
    "Press Release (Translated from Arabic)",
    "No. 118/2021",
    "The Harbour Must Stay Open",
    "To: Members of the Harbour Council",
    "By Elin Sand, Secretary of the Union of Boatmen",
    "VARN, 16 March 2021 (Norda News) – The Union of Boatmen (UB) asks the harbour to stay open through the spring.",
    "News:",
    "The mayor said that at least 31 people were injured near Varn on 4 March 2021, and that UB was told at once.",
    "The rules of the harbour say:",
    "> No boat is turned away while the light is burning.",
    "Comment:",
    "لن نعود إلى المحادثات في فارن حتى يوقع الطرفان اتفاق البحيرة وينشر نصه كاملا في جريدة المدينة.",
    "A harbour that is closed in March stays empty in May, and no list of dues will fill it again.",
    "With respect,",
    "Runa Vesk",
    "https://boatmen.example",
)
OTHERS = {
    "b.txt": "Notes\n\n1 March 2021\n\nThe letter No. 118/2021 was read aloud. The clerk wrote that 24 people were"
    " injured near Varn on 4 March 2021.\n",
}
QUOTED = "No boat is turned away while the light is burning."


def write_example(folder: Path) -> None:
    """The document as `a.docx`, with a running head, and another file that cites it."""
    parts = {"word/header1.xml": word_part(paragraph("Union of Boatmen, page 1"), "hdr")}
    body = "".join(paragraph(words.replace(">", "&gt;")) for words in PARAGRAPHS)
    (folder / "a.docx").write_bytes(make_docx(body, parts))
    for name, text in OTHERS.items():
        (folder / name).write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Shown:
    """One value: its kind (of layout: the field) and name, what it reads, the words it leads to; a correction."""

    kind: str
    name: str
    value: str
    words: str
    corrected: str

    @property
    def label(self) -> str:
        """The kind and the name of the value."""
        return f"{self.kind}, {self.name}"


def list_shown() -> Iterator[Shown]:
    """Every kind of value, each once."""
    for row in _ROWS:
        yield Shown(*row)


def find_shown(project: Path, want: Shown) -> tuple[Finding, Span]:
    """The finding of `a.docx` that holds the value, and the span of the words it leads to."""
    with Project.open(project) as opened:
        document = opened.document("a.docx").document
        for one in opened.findings(document.id):
            held = (one.kind, one.value("field"))
            if want.kind in held and str(one.value(want.name)).casefold() == want.value.casefold():
                for span in (span for _, spans in one.roles for span in spans):
                    if plain(span.of(document.text)) == plain(want.words):
                        return one, span
    raise AssertionError(f"no {want.label} reads {want.value!r} at {want.words!r}")


def plain(words: str) -> str:
    """`words` on one line."""
    return " ".join(words.split())


_SIGNED = "With respect, Runa Vesk https://boatmen.example"
_ROWS = (
    # layout, by its field
    ("title", "value", "The Harbour Must Stay Open", "The Harbour Must Stay Open", "The Harbour"),
    ("genre", "value", "press release", "Press Release", "leaflet"),
    ("publisher", "value", "Union of Boatmen", "Union of Boatmen", "Union of Rowers"),
    ("office", "value", "Information Office", "Information Office", "Press Office"),
    ("date", "value", "2021-03-16", "16 March 2021", "2021-03-17"),
    ("author", "value", "Elin Sand", "Elin Sand", "Elin Sund"),
    ("author", "role", "Secretary of the Union of Boatmen", "Secretary of the Union of Boatmen", "Treasurer"),
    ("addressee", "value", "Members of the Harbour Council", "Members of the Harbour Council", "The Mayor"),
    ("translated", "value", "translated from arabic", "(Translated from Arabic)", "translation"),
    ("translated", "source_language", "ar", "Arabic", "fa"),
    ("reference-number", "value", "118/2021", "118/2021", "119/2021"),
    ("dateline", "value", "VARN, 16 March 2021 (Norda News)", "VARN, 16 March 2021 (Norda News)", "VARN"),
    ("sign-off", "value", _SIGNED, _SIGNED, "Runa Vesk"),
    ("links", "value", "https://boatmen.example", "https://boatmen.example", "none"),
    ("furniture", "value", "Union of Boatmen, page 1", "Union of Boatmen, page 1", "none"),
    # the body
    ("section", "label", "news", "News:", "report"),
    ("quotation", "style", "block", QUOTED, "indented"),
    ("date", "start", "2021-03-04", "4 March 2021", "2021-03-05"),
    ("date", "calendar", "gregorian", "4 March 2021", "hijri"),
    ("name", "type", "organisation", "Union of Boatmen", "media"),
    ("name", "name", "UB", "UB", "UBS"),
    ("figure", "count", "31", "at least 31 people", "32"),
    ("figure", "bound", "at-least", "at least 31 people", "exact"),
    ("figure", "counted", "people", "at least 31 people", "boatmen"),
    ("figure", "voice", "The mayor", "at least 31 people", "The clerk"),
    ("figure", "where", "Varn", "Varn", "Lower Varn"),
    ("figure", "when_start", "2021-03-04", "4 March 2021", "2021-03-05"),
    ("event", "type", "casualties", "were injured near Varn on 4 March 2021", "accident"),
    ("event", "voice", "The mayor", "were injured near Varn on 4 March 2021", "The clerk"),
    ("language", "language", "ar", PARAGRAPHS[13], "fa"),
    ("dating", "not_before", "2021-03-04", "4 March 2021", "2021-03-06"),
    ("dating", "not_after", "2021-03-01", "4 March 2021", "2021-03-02"),
)  # fmt: skip
