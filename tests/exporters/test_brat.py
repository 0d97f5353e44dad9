"""The brat archive: read back by the reader of the corpus whose layout it has, nothing is lost."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.exporters.samples import NAME, TEXT, make_rows

from catena.attribution import find_attributions, find_quotations
from catena.exporters import EXPORTERS
from catena.lexicons.cues import load_cues
from catena.lexicons.marks import load_marks
from catena.model import Document, Finding
from catena.training.polnear import read_articles
from catena.training.scoring import Said, Tally, tally

RELEASE = """The council of Merrow said that the bridge would open in May.

“The dues stay as they are,” Lena Dahl said, “and the list is public.”
"""


def write(rows: list[tuple[str, Finding, str]]) -> tuple[int, bytes]:
    out = io.BytesIO()
    return EXPORTERS["brat"].write(rows, out), out.getvalue()


def rows_of(text: str) -> list[tuple[str, Finding, str]]:
    document = Document.of(text, "release.txt")
    found = find_attributions(document, find_quotations(document, load_marks()), load_cues())
    return [("release.txt", finding, text) for finding in found]


def test_each_document_has_its_text_and_its_marks() -> None:
    written, data = write(make_rows())
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert written == 1
    assert archive.namelist() == ["text/0001-orsk-statement.txt.txt", "attributions/0001-orsk-statement.txt_catena.ann"]
    assert archive.read(archive.namelist()[0]).decode() == TEXT
    assert NAME.endswith("orsk, statement.txt")
    # the emoji before the words counts as one; the line break inside them is a blank in the copy beside the offsets
    assert archive.read(archive.namelist()[1]).decode().splitlines() == [
        "T1\tSource 0 16;17 26\tForeign Minister … Lena Orsk",
        "T2\tCue 27 31\ttold",
        "T3\tContent 56 88\tWe will not sign, and we say so.",
        "T4\tAttribution 27 31\ttold",
        "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3",
        "#1\tAnnotatorNotes E1\tspeaker=Lena Orsk; mode=direct",
    ]


def test_the_scorer_reads_back_every_attribution(tmp_path: Path) -> None:
    rows = rows_of(RELEASE)
    _, data = write(rows)
    zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path)
    (article,) = read_articles(tmp_path)
    wanted = [
        tuple(tuple((span.start, span.end) for span in finding.spans(role)) for role in ("source", "cue", "content"))
        for _, finding, _ in rows
    ]
    assert [(one.source, one.cue, one.content) for one in article.attributions] == wanted
    said = [Said(*(frozenset(part) for part in one)) for one in wanted]
    into = Tally()
    tally(said, said, into)
    assert into.numbers()["with source"] == 1.0


def test_the_same_findings_give_the_same_bytes() -> None:
    assert write(make_rows()) == write(make_rows())


def test_no_findings_make_an_empty_archive() -> None:
    written, data = write([])
    assert written == 0
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == []
