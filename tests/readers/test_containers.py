"""Files of files: each member comes out under a safe name, and no container takes more than its share."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest
from tests.readers.builders import make_docx, make_record, make_sample_docx, make_tar, make_warc, make_zip, paragraph

from catena.readers import CONTAINERS, Limits, unpack_isolated
from catena.readers.containers import Unpacked

TWO = {"talks/a.txt": "The talks ended.", "talks/b.txt": "The lakes stay open."}
PAGE = "<!doctype html><p>The council met.</p>"
SAMPLES = {
    "zip": make_zip(TWO),
    "tar": make_tar(TWO, packing="gz"),
    "warc": make_warc(make_record("https://example.org/a", PAGE)),
    "packed": gzip.compress(b"The talks ended."),
}


def opened(data: bytes, tmp_path: Path, name: str = "in.zip") -> Unpacked:
    path = tmp_path / name
    path.write_bytes(data)
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    outcome = unpack_isolated(path, name, shelf)
    assert outcome.status == "ok", outcome.reason
    assert outcome.unpacked is not None
    return outcome.unpacked


def held(data: bytes, tmp_path: Path, name: str = "in.zip") -> dict[str, str]:
    members = opened(data, tmp_path, name).members
    return {one.label: one.file.read_text(encoding="utf-8") if one.file else one.reason for one in members}


@pytest.mark.parametrize("kind", CONTAINERS)
def test_every_container_gives_the_same_members_twice(kind: str, tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    assert held(SAMPLES[kind], tmp_path / "1") == held(SAMPLES[kind], tmp_path / "2")


@pytest.mark.parametrize("kind", CONTAINERS)
@pytest.mark.parametrize("share", [0.3, 0.6])
def test_a_container_that_is_cut_short_says_so(kind: str, share: float, tmp_path: Path) -> None:
    path = tmp_path / "cut"
    path.write_bytes(SAMPLES[kind][: int(len(SAMPLES[kind]) * share)])
    (tmp_path / "shelf").mkdir()
    outcome = unpack_isolated(path, "cut", tmp_path / "shelf")
    said = outcome.reason or (outcome.unpacked.cut if outcome.unpacked else "")
    assert any(word in said for word in ("damaged", "cut short")), said


def test_a_tar_archive_cut_inside_a_member_keeps_those_before(tmp_path: Path) -> None:
    unpacked = opened(make_tar({"a.txt": "one", "b.txt": "x" * 5000})[:3000], tmp_path, "a.tar")
    assert [one.label for one in unpacked.members] == ["a.txt"]
    assert "cut short" in unpacked.cut


@pytest.mark.parametrize("packing", ["", "gz", "bz2", "xz"])
def test_tar_archives_are_read_however_they_are_packed(packing: str, tmp_path: Path) -> None:
    assert held(make_tar(TWO, packing=packing), tmp_path) == TWO


@pytest.mark.parametrize(
    ("pack", "name"), [(gzip.compress, "a.txt.gz"), (bz2.compress, "a.txt.bz2"), (lzma.compress, "a.txt.xz")]
)
def test_a_packed_file_is_one_member_called_as_before(pack, name: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert held(pack(b"The talks ended."), tmp_path, name) == {"a.txt": "The talks ended."}


@pytest.mark.parametrize(
    "name", ["../../etc/a.txt", "/etc/a.txt", "C:\\etc\\a.txt", "..\\..\\etc\\a.txt", "etc/./a.txt"]
)
def test_no_name_leads_out_of_the_archive(name: str, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), "The talks ended.")
    members = opened(packed.getvalue(), tmp_path).members
    assert [one.label for one in members] == ["etc/a.txt"]
    assert members[0].file is not None
    assert members[0].file.parent == tmp_path / "shelf"


def test_links_in_an_archive_are_not_followed(tmp_path: Path) -> None:
    unpacked = opened(make_tar(TWO, links={"talks/c.txt": "/etc/passwd"}), tmp_path)
    assert [one.label for one in unpacked.members] == list(TWO)
    assert unpacked.notes == ("talks/c.txt is a link and was not followed",)


def test_names_that_come_twice_are_numbered(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.txt"), "one")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(zipfile.ZipInfo("a.txt"), "two")
    assert held(packed.getvalue(), tmp_path) == {"a.txt": "one", "a (2).txt": "two"}


def test_what_systems_leave_in_archives_is_no_member(tmp_path: Path) -> None:
    assert held(make_zip({**TWO, "__MACOSX/talks/._a.txt": "x", ".DS_Store": "x", "Thumbs.db": "x"}), tmp_path) == TWO


def test_archives_in_archives_are_opened_down_to_the_third(tmp_path: Path) -> None:
    third = make_zip({"c.txt": "three", "deeper.zip": make_zip({"d.txt": "four"})})
    second = make_tar({"b.txt": "two", "third.zip": third}, packing="gz")
    members = opened(make_zip({"a.txt": "one", "second.tgz": second}), tmp_path).members
    assert [one.label for one in members] == [
        "a.txt", "second.tgz/b.txt", "second.tgz/third.zip/c.txt", "second.tgz/third.zip/deeper.zip",
    ]  # fmt: skip


def test_a_damaged_archive_inside_costs_only_itself(tmp_path: Path) -> None:
    found = held(make_zip({"a.txt": "one", "b.zip": make_zip(TWO)[:60]}), tmp_path)
    assert found["a.txt"] == "one"
    assert "damaged ZIP" in found["b.zip"]


def test_a_member_with_a_password_is_listed_with_the_reason(tmp_path: Path) -> None:
    data = bytearray(make_zip({"a.txt": "one"}))
    data[6] |= 1  # the flag stands in the member's own head and in the list at the end
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in held(bytes(data), tmp_path)["a.txt"]


def test_office_files_are_documents_and_no_containers(tmp_path: Path) -> None:
    for name, data in (("a.docx", make_sample_docx()), ("b.docx", make_docx(paragraph("x")))):
        (tmp_path / name).write_bytes(data)
        outcome = unpack_isolated(tmp_path / name, name, tmp_path)
        assert (outcome.status, outcome.unpacked) == ("ok", None)


@pytest.mark.parametrize(
    "bomb",
    [
        make_zip({"a.txt": b" " * 300_000_000}),
        gzip.compress(b" " * 300_000_000),
        make_zip({"a.zip": make_zip({"b.txt": b" " * 100_000_000})}),
    ],
    ids=["zip", "gzip", "zip in zip"],
)
def test_a_bomb_is_refused_before_it_fills_the_disk(bomb: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(bomb)
    (tmp_path / "shelf").mkdir()
    outcome = unpack_isolated(path, "bomb", tmp_path / "shelf", Limits(seconds=20))
    assert (outcome.status, outcome.stage) == ("rejected", "check")
    assert "bomb" in outcome.reason
    laid = sum(file.stat().st_size for file in (tmp_path / "shelf").iterdir())
    assert laid <= 150 * len(bomb) + 2_100_000


def test_the_parts_of_a_saved_page_are_left_out(tmp_path: Path) -> None:
    unpacked = opened(
        make_zip({"n/Talks.html": PAGE, "n/Talks_files/a.js": "x", "n/Talks_files/b.html": "x"}), tmp_path
    )
    assert [one.label for one in unpacked.members] == ["n/Talks.html"]
    assert unpacked.notes == ("2 parts of saved pages (pictures, styles) left out",)


def test_a_web_archive_gives_pages_and_documents_with_address_and_time(tmp_path: Path) -> None:
    data = make_warc(
        make_record("https://example.org/news/9?lang=ar", PAGE),
        make_record("https://example.org/", PAGE, kind="text/html; charset=utf-8"),
        make_record("https://example.org/logo", b"\x89PNG", kind="image/png"),
        make_record("https://example.org/gone", "no", status="404 Not Found"),
        make_record("https://example.org/p.html", gzip.compress(PAGE.encode()), head="Content-Encoding: gzip\r\n"),
    )
    unpacked = opened(data, tmp_path, "crawl.warc.gz")
    assert [one.label for one in unpacked.members] == [
        "example.org/news/9_lang=ar.html", "example.org/index.html", "example.org/p.html",
    ]  # fmt: skip
    assert unpacked.members[0].stated == (
        ("url", "https://example.org/news/9?lang=ar"), ("captured", "2024-03-05T10:00:00Z"),
    )  # fmt: skip
    assert unpacked.members[2].file is not None
    assert unpacked.members[2].file.read_text() == PAGE
    assert set(unpacked.notes) == {"1 records left out: image/png", "1 records left out: status 404"}


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_cut_inside_a_record_is_read_up_to_there(packed: bool, tmp_path: Path) -> None:
    records = [make_record(f"https://example.org/{number}", PAGE) for number in range(4)]
    unpacked = opened(make_warc(*records, packed=packed)[:-70], tmp_path, "crawl.warc")
    assert len(unpacked.members) == 3
    assert "cut short" in unpacked.cut


def test_a_packaged_web_archive_is_compared_with_its_list(tmp_path: Path) -> None:
    warc = make_warc(make_record("https://example.org/a", PAGE))
    package = (
        '{"resources": [{"path": "archive/data.warc.gz", "bytes": %d}, {"path": "archive/more.warc.gz", "bytes": 9}]}'
    )
    parts = {"datapackage.json": package % len(warc), "archive/data.warc.gz": warc, "pages/pages.jsonl": "{}"}
    unpacked = opened(make_zip(parts), tmp_path, "site.wacz")
    assert [one.label for one in unpacked.members] == ["archive/data.warc.gz/example.org/a.html"]
    assert unpacked.cut == "archive/more.warc.gz is missing"
