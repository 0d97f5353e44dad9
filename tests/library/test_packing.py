"""Compressed files, archives and folders as the source of one edition."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from catena.library import ImportOptions, LibraryError, add_edition, load_passages
from catena.library import packing as limits
from catena.library.packing import unpack

BOOKS = {
    "lake/2-EXO.usfm": b"\\id EXO\n\\c 1\n\\p\n\\v 1 Now these are the names.\n",
    "lake/10-GEN.usfm": b"\\id GEN\n\\c 1\n\\p\n\\v 1 In the beginning.\n",
    "lake/readme.txt": b"Nothing to import.\n",
    "__MACOSX/lake/._2-EXO.usfm": b"junk",
}


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in BOOKS.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _tar_gz() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, data in BOOKS.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def test_a_compressed_file_is_unpacked_and_stored_as_it_came(tmp_path: Path) -> None:
    packed = gzip.compress(b"Art. 1\tThe lakes are open.\n")
    file = tmp_path / "charter.txt.gz"
    file.write_bytes(packed)
    edition = add_edition(tmp_path / "library", "Lake Charter", file, language="en")
    assert [one.text for one in load_passages(edition)] == ["The lakes are open."]
    assert Path(edition.path).read_bytes() == packed


@pytest.mark.parametrize(("name", "data"), [("lake.zip", _zip()), ("lake.tar.gz", _tar_gz())], ids=["zip", "tar"])
def test_the_files_of_an_archive_are_one_edition_in_natural_order(name: str, data: bytes, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    options = ImportOptions(members="*.usfm")
    edition = add_edition(tmp_path / "library", "Lake Bible", file, language="en", options=options)
    assert [(one.reference, one.text) for one in load_passages(edition)] == [
        ("Exod 1:1", "Now these are the names."),
        ("Gen 1:1", "In the beginning."),
    ]


def test_a_folder_is_one_edition_and_depends_on_names_and_bytes_only(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        for name, data in BOOKS.items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    options = ImportOptions(members="*.usfm,!*EXO*")
    one = add_edition(tmp_path / "library", "One", tmp_path / "one", language="en", options=options)
    two = add_edition(tmp_path / "library", "Two", tmp_path / "two", language="en", options=options)
    assert [passage.reference for passage in load_passages(one)] == ["Gen 1:1"]
    assert one.sha256 == two.sha256


def test_a_broken_member_is_refused_with_its_name_and_line(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lake.zip", "w") as archive:
        archive.writestr("1.usfm", "\\id GEN\n\\c 1\n\\v 1 one\n")
        archive.writestr("2.usfm", "\\id GEN\n\\v 1 one\n")
    with pytest.raises(LibraryError, match=r"2\.usfm, line 2: verse 1 stands before"):
        add_edition(tmp_path / "library", "Lake", tmp_path / "lake.zip", language="en")
    assert not (tmp_path / "library").exists()


def test_a_verse_in_two_members_is_refused_with_both(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lake.zip", "w") as archive:
        archive.writestr("1.usfm", "\\id GEN\n\\c 1\n\\v 1 one\n")
        archive.writestr("2.usfm", "\\id GEN\n\\c 1\n\\v 1 two\n")
    with pytest.raises(LibraryError) as raised:
        add_edition(tmp_path / "library", "Lake", tmp_path / "lake.zip", language="en")
    assert "2.usfm, line 3: Gen 1:1 is there already, in 1.usfm, line 3" in str(raised.value)
    assert "Next: leave one of the files out, such as with --members '!2.usfm'." in str(raised.value)


def test_the_preface_of_a_bible_in_an_archive_is_left_out_and_counted(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lake.zip", "w") as archive:
        archive.writestr("00-FRT.usfm", "\\id FRT\n\\mt1 Preface\n\\p This print follows the old harbour copy.\n")
        archive.writestr("02-GEN.usfm", "\\id GEN\n\\c 1\n\\p\n\\v 1 In the beginning.\n")
        archive.writestr("106-GLO.usfm", "\\id GLO\n\\p \\k Lake\\k* still water\n")
    edition = add_edition(tmp_path / "library", "Lake", tmp_path / "lake.zip", language="en")
    assert [one.reference for one in load_passages(edition)] == ["Gen 1:1"]
    assert dict(edition.left_out) == {"files of front and back matter": 2}


def test_an_archive_in_which_no_file_fits_is_refused() -> None:
    with pytest.raises(LibraryError, match=r"holds no file that fits '\*\.xml'"):
        unpack(_zip(), "lake.zip", "*.xml")


@pytest.mark.parametrize(
    "data", [_zip()[:-30], _tar_gz()[:60], gzip.compress(b"x" * 9999)[:20]], ids=["zip", "tar", "gzip"]
)
def test_a_damaged_archive_is_refused(data: bytes) -> None:
    with pytest.raises(LibraryError, match="damaged archive"):
        unpack(data, "lake", "")


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED", 50)
    for data in (gzip.compress(b"x" * 51), _zip(), _tar_gz()):
        with pytest.raises(LibraryError, match="unpacks to more than 50 bytes"):
            unpack(data, "lake", "")


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBERS", 2)
    with pytest.raises(LibraryError, match="holds too much"):
        unpack(_zip(), "lake.zip", "")


def test_an_office_file_is_a_document_and_no_archive() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "<x/>")
    assert unpack(buffer.getvalue(), "speech.docx", "") == (("speech.docx", buffer.getvalue()),)
