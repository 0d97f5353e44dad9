"""REFI-QDA projects as other programs write them: small files in their manner, with our own words.

How NVivo and QualCoder write was read from a sample of the one and the source of the other; the programs were not run.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.workbench.test_exchange import make_zip

from catena import coding
from catena.exchange import import_qdpx
from catena.exporters.refi_import import Imported, read_qdpx
from catena.store import open_or_create

TEXT = "😀 The council met.\nThe lakes stay open, she said.\n\nسيبقى الميناء مفتوحا."
CODE, OTHER, USER, SOURCE, NOTE, FILE = (f"{digit}0000000-aaaa-4bbb-8ccc-00000000000{digit}" for digit in range(1, 7))
HEAD = '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="{}" origin="{}">'
USERS = f'<Users><User guid="{USER}" name="Ada" id="A"/></Users>'
CODES = (
    f'<CodeBook><Codes><Code guid="{CODE}" isCodable="true" name="Water"><Code guid="{OTHER}" isCodable="true"'
    ' name="Lakes"/></Code></Codes></CodeBook>'
)


def select(start: int, end: int, code: str, name: str = "", inside: str = "") -> str:
    """A selection with one coding, as these programs write it."""
    return (
        f'<PlainTextSelection guid="{start:08x}-0000-4000-8000-{end:012x}" name="{name}" startPosition="{start}"'
        f' endPosition="{end}" creatingUser="{USER}">{inside}<Coding guid="{end:08x}-1111-4000-8000-{start:012x}"'
        f' creatingUser="{USER}"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
    )


def pack(origin: str, sources: str, text: bytes, *, folder: str = "sources", more: str = "") -> io.BytesIO:
    """A project file of one source."""
    qde = f"{HEAD.format('Harbour', origin)}{USERS}{CODES}<Sources>{sources}</Sources>{more}</Project>"
    return make_zip({"project.qde": qde.encode(), f"{folder}/{FILE}.txt": text, f"{folder}/.root": b""})


def source(inside: str, kind: str = "TextSource", path: str = "plainTextPath") -> str:
    return (
        f'<{kind} guid="{SOURCE}" name="letter" {path}="internal://{FILE}.txt"'
        f' richTextPath="internal://{FILE}.docx" creatingUser="{USER}">{inside}</{kind}>'
    )


def coded(read: Imported) -> list[tuple[str, str]]:
    """(id of the code, words) of every coding, and ("memo", words) of memos."""
    (held,) = read.sources
    return [
        (note.code or "memo", held.text[slice(*note.place)] if note.place else "whole document") for note in held.notes
    ]


def places(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def test_a_project_as_nvivo_for_windows_writes_it_has_every_coding_at_its_words() -> None:
    """Byte order mark, CR LF counted as two, selections without names, rich text beside the plain."""
    windows = TEXT.replace("\n", "\r\n")
    inside = select(*places("lakes stay open", windows), OTHER) + select(*places("الميناء", windows), CODE)
    read = read_qdpx(pack("NVivo 15.0.0", source(inside), b"\xef\xbb\xbf" + windows.encode(), folder="Sources"))
    assert coded(read) == [(OTHER, "lakes stay open"), (CODE, "الميناء")]
    assert read.sources[0].text == TEXT
    assert [(code.name, code.parent) for code in read.codes] == [("Water", None), ("Lakes", CODE)]


def test_a_project_as_qualcoder_writes_it_has_every_coding_memo_and_annotation() -> None:
    """Byte order mark not counted, memos as descriptions, annotations as notes that name their own place."""
    inside = (
        "<Description>A memo on the letter</Description>"
        + select(*places("lakes stay open"), OTHER, "lakes stay open", "<Description>As in May</Description>")
        + select(*places("سيبقى الميناء مفتوحا"), CODE, "سيبقى الميناء مفتوحا")
        + f'<NoteRef targetGUID="{NOTE}"/>'
    )
    start, end = places("The council met")
    notes = (
        f'<Notes><Note guid="{NOTE}" creatingUser="{USER}"><PlainTextContent>Which council?</PlainTextContent>'
        f'<PlainTextSelection guid="{CODE[::-1]}" startPosition="{start}" endPosition="{end}"/></Note></Notes>'
    )
    read = read_qdpx(pack("QualCoder 3.6", source(inside), b"\xef\xbb\xbf" + TEXT.encode(), more=notes))
    assert coded(read) == [
        (OTHER, "lakes stay open"),
        (CODE, "سيبقى الميناء مفتوحا"),
        ("memo", "whole document"),
        ("memo", "The council met"),
    ]
    assert [note.memo for note in read.sources[0].notes] == ["As in May", "", "A memo on the letter", "Which council?"]
    assert {note.person for note in read.sources[0].notes} == {"Ada"}


def test_the_plain_text_of_a_pdf_is_read_with_its_codings_and_boxes_on_pages_are_counted() -> None:
    plain = (
        f'<Representation guid="{NOTE}" name="letter" plainTextPath="internal://{FILE}.txt" creatingUser="{USER}">'
        f"{select(*places('lakes stay open'), OTHER, 'lakes stay open')}</Representation>"
    )
    box = f'<PDFSelection guid="{CODE}" page="0" firstX="1" firstY="1" secondX="9" secondY="9"/>'
    read = read_qdpx(pack("QualCoder 3.6", source(box + plain, "PDFSource", "path"), TEXT.encode()))
    assert coded(read) == [(OTHER, "lakes stay open")]
    assert read.sources[0].name == "letter"
    assert read.skipped == ("1 selections on pages of a PDF",)


@pytest.mark.parametrize(
    ("counted", "written"),
    [
        pytest.param(TEXT, "\ufeff" + TEXT.replace("\n", "\r\n"), id="a line end of two letters counts as one"),
        pytest.param("\ufeff" + TEXT, "\ufeff" + TEXT, id="the byte order mark counts"),
        pytest.param(TEXT.replace("\n", "\r\n"), TEXT.replace("\n", "\r\n"), id="a line end counts as it is long"),
    ],
)
@pytest.mark.parametrize("past", [0, 1])
def test_what_positions_count_is_told_from_the_words_that_selections_carry(
    counted: str, written: str, past: int
) -> None:
    inside = "".join(
        select(start, end - past, code, words)
        for words, code in (("lakes stay open", OTHER), ("الميناء مفتوحا", CODE))
        for start, end in [places(words, counted)]
    )
    read = read_qdpx(pack("another program", source(inside), written.encode()))
    assert coded(read) == [(OTHER, "lakes stay open"), (CODE, "الميناء مفتوحا")]


def test_names_that_are_no_words_of_the_text_change_nothing() -> None:
    inside = select(*places("lakes stay open"), OTHER, "selection 1") + select(*places("الميناء"), CODE, "(3, 4)")
    read = read_qdpx(pack("another program", source(inside), b"\xef\xbb\xbf" + TEXT.encode()))
    assert coded(read) == [(OTHER, "lakes stay open"), (CODE, "الميناء")]


def test_what_was_read_stands_in_the_project_under_its_coders_name(tmp_path: Path) -> None:
    inside = select(*places("lakes stay open"), OTHER, "lakes stay open", "<Description>As in May</Description>")
    with open_or_create(tmp_path / "new.catena") as project:
        import_qdpx(project, pack("QualCoder 3.6", source(inside), b"\xef\xbb\xbf" + TEXT.encode()), "Ben")
        (found,) = coding.list_codings(project)
        assert (found.code, found.person, found.finding.text("content")) == ("Water > Lakes", "Ada", "lakes stay open")
        assert found.finding.value("memo") == "As in May"


def test_a_file_of_wide_letters_is_read() -> None:
    read = read_qdpx(pack("NVivo 12", source(select(*places("lakes"), CODE)), TEXT.encode("utf-16")))
    assert coded(read) == [(CODE, "lakes")]
