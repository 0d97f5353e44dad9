"""Formats that need a library or hold a part: each is read back by a second program, offsets and all."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest
from tests.exporters.samples import NAME, TEXT, make_rows
from tests.workbench.conftest import TEXTS, fill
from tests.workbench.test_coding import mark

from catena import api
from catena.exporters import ARCHIVES, EXPORTERS, FURTHER, PROJECT_FORMATS
from catena.exporters.archives import Description, Member
from catena.exporters.brat_import import read_brat
from catena.exporters.losses import HELD, SAID, losses
from catena.model import KINDS
from catena.store import Project, new_code, open_or_create

DOCS = Path(__file__).parents[2] / "docs" / "reference"
ABOUT = Description("five lakes", "2026-01-02", "Two statements.", ("Lake Charter (en)",))
MEMBERS = (
    Member("texts/a b.txt", "text/plain", "a", "البحيرات 😀".encode()),
    Member("findings.jsonl", "application/jsonl", "found", b"{}\n"),
)


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    with open_or_create(tmp_path / "p.catena") as project:
        fill(project)
        code = new_code("Calm")
        project.put_codes("Ada", code)
        mark(project, "c.txt", "كتاب", code, "Ada")
    return tmp_path / "p.catena"


def write(name: str) -> bytes:
    out = io.BytesIO()
    FURTHER[name].write(iter(make_rows()), out)
    return out.getvalue()


def unpack(data: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return folder


def test_parquet_is_read_back_with_types_and_every_finding() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = parquet.read_table(io.BytesIO(write("parquet"))).to_pylist()
    assert [row["finding_id"] for row in rows] == [finding.id for _, finding, _ in make_rows()]
    said = rows[1]
    assert said["document"] == NAME
    assert {role["role"]: role["texts"] for role in said["roles"]}["source"] == ["Foreign Minister", "Lena Orsk"]
    spans = next(role["spans"] for role in said["roles"] if role["role"] == "content")
    assert [TEXT[span["start"] : span["end"]] for span in spans] == ["We will not\nsign, and we say so."]
    assert (said["evidence"][0]["code"], said["start"]) == ("cue-before", 0)
    assert json.loads(said["values"])["speaker"] == "Lena Orsk"


def test_a_cas_is_read_back_with_places_after_an_emoji_where_they_were() -> None:
    cassis = pytest.importorskip("cassis")
    with zipfile.ZipFile(io.BytesIO(write("uima"))) as archive:
        system = cassis.load_typesystem(archive.open("TypeSystem.xml"))
        cas = cassis.load_cas_from_xmi(archive.open("0001-orsk-statement.txt.xmi"), typesystem=system)
    assert cas.sofa_string == TEXT
    found = {(one.kind, one.role): one.get_covered_text() for one in cas.select("catena.Finding")}
    assert found["attribution", "content"] == "We will not\nsign, and we say so."
    assert found["verification", "content"] == "وَذَكِّرْ فَإِنَّ الذِّكْرَىٰ تَنْفَعُ"
    assert {one.verdict for one in cas.select("catena.Finding") if one.kind == "verification"} == {"shortened"}


def test_characters_that_xml_cannot_hold_move_nothing_in_a_cas() -> None:
    cassis = pytest.importorskip("cassis")
    from tests.store.conftest import first_word, make_document

    document = make_document("\0one\x07 two")
    out = io.BytesIO()
    FURTHER["uima"].write([("a.txt", finding, document.text) for finding in first_word(document)], out)
    with zipfile.ZipFile(out) as archive:
        system = cassis.load_typesystem(archive.open("TypeSystem.xml"))
        cas = cassis.load_cas_from_xmi(archive.open("0001-a.txt.xmi"), typesystem=system)
    assert [one.get_covered_text() for one in cas.select("catena.Finding")] == ["\ufffdone\ufffd"]


def test_followthemoney_has_a_document_and_a_mention_for_each_name() -> None:
    entities = [json.loads(line) for line in write("ftm").splitlines()]
    assert [entity["schema"] for entity in entities] == ["Document", "Mention"]
    document, mention = entities
    assert document["properties"]["fileName"] == ["orsk, statement.txt"]
    assert mention["properties"]["document"] == [document["id"]]
    assert mention["properties"]["name"] == ["=SUM(A1)"]
    assert mention["properties"]["detectedSchema"] == ["Person"]
    values = [value for entity in entities for many in entity["properties"].values() for value in many]
    assert all(isinstance(value, str) and value for value in values)


def test_a_bag_is_valid_by_the_library_of_its_makers(tmp_path: Path) -> None:
    bagit = pytest.importorskip("bagit")
    out = io.BytesIO()
    assert ARCHIVES["bagit"](ABOUT, MEMBERS, out) == 2
    folder = unpack(out.getvalue(), tmp_path) / "five-lakes"
    bag = bagit.Bag(str(folder))
    bag.validate()
    assert bag.info["Bagging-Date"] == "2026-01-02"
    (folder / "data" / "findings.jsonl").write_text("[]\n")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(folder)).validate()


def test_a_crate_is_read_back_by_the_library_of_its_makers(tmp_path: Path) -> None:
    crates = pytest.importorskip("rocrate.rocrate")
    out = io.BytesIO()
    ARCHIVES["ro-crate"](ABOUT, MEMBERS, out)
    crate = crates.ROCrate(unpack(out.getvalue(), tmp_path))
    assert crate.name == "five lakes"
    files = {entity.id: entity for entity in crate.data_entities}
    assert set(files) == {"texts/a%20b.txt", "findings.jsonl"}
    assert files["findings.jsonl"]["contentSize"] == "3"
    assert (tmp_path / "texts" / "a b.txt").read_text(encoding="utf-8") == "البحيرات 😀"


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_of_a_project_holds_texts_findings_notes_and_codebook(coded: Path, name: str) -> None:
    out = io.BytesIO()
    api.export(coded, name, out)
    with zipfile.ZipFile(out) as archive:
        names = {path.removeprefix("p/data/") for path in archive.namelist()}
        texts = [archive.read(path).decode() for path in archive.namelist() if "/" in path and "texts/" in path]
    assert {"documents.jsonl", "findings.jsonl", "notes.jsonl", "codebook.qdc"} <= names
    assert sorted(texts) == sorted(TEXTS.values())
    again = io.BytesIO()
    api.export(coded, name, again)
    assert again.getvalue() == out.getvalue()


@pytest.mark.parametrize("name", [*EXPORTERS, *FURTHER, *PROJECT_FORMATS])
def test_every_format_is_documented_and_says_what_it_cannot_hold(coded: Path, name: str) -> None:
    page = (DOCS / "records.md").read_text(encoding="utf-8") + (DOCS / "commands.md").read_text(encoding="utf-8")
    assert f"`{name}`" in page
    lost = api.export(coded, name, io.BytesIO())
    assert all(sentence.strip() for sentence in lost)
    assert name in ("jsonl", "w3c", "parquet", "timeline-csv") or lost


def test_losses_name_known_formats_and_kinds_and_count() -> None:
    formats = {*EXPORTERS, *FURTHER, *PROJECT_FORMATS}
    assert set(SAID) <= formats
    assert set(HELD) <= formats
    assert {kind for held in HELD.values() for kind in held or ()} <= set(KINDS)
    assert losses("ris", {"quotation": 1}) == (
        "1 finding of the kind quotation",
        "the texts and everything found in them",
    )
    assert losses("jsonl", {"quotation": 1}) == ()


@pytest.mark.parametrize(("name", "package", "extra"), [("parquet", "pyarrow", "parquet"), ("uima", "cassis", "uima")])
def test_without_the_extra_the_message_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, package: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ImportError, match=rf"catena\[{extra}\]"):
        write(name)


def make_zip(files: dict[str, str]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    out.seek(0)
    return out


def test_brat_files_become_texts_codes_and_codings(tmp_path: Path) -> None:
    text = "😀 The lakes stay\r\nopen. Ada Brisk agreed."
    annotations = (
        "T1\tPlace 2 11\tThe lakes\nT2\tSpeaker 24 33\tAda Brisk\nT3\tPlace 6 11;12 16\tlakes stay\n"
        "R1\tSays Arg1:T2 Arg2:T1\nE1\tSaying:T1 Who:T2\n#1\tAnnotatorNotes T2\twho is she?\nT9\tPlace 90 99\toutside\n"
    )
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("set/one.txt", text)
        archive.writestr("set/one.ann", annotations)
    report = api.import_project(tmp_path / "p.catena", tmp_path / "b.zip", person="Ada")
    assert (report.documents, report.codes, report.codings) == (1, 2, 3)
    assert set(report.skipped) == {
        "1 annotations outside of their text", "1 events", "1 relations",
        "1 gaps inside annotations (the whole stretch is coded)",
    }  # fmt: skip
    with Project.open(tmp_path / "p.catena") as project:
        notes = project.annotations(project.document("one.txt").document.id)
        codes = {code.id: code.name for code in project.codes()}
    found = [(codes[str(note.value("code"))], note.text("content"), note.value("memo")) for note in notes]
    assert found == [
        ("Place", "The lakes", None), ("Place", "lakes stay", None), ("Speaker", "Ada Brisk", "who is she?"),
    ]  # fmt: skip


def test_our_own_brat_export_can_be_taken_in_again() -> None:
    out = io.BytesIO()
    EXPORTERS["brat"].write(make_rows(), out)
    read = read_brat(out)
    places = {code.name: note for note in read.sources[0].notes for code in read.codes if code.id == note.code}
    start, end = places["Content"].place or (0, 0)
    assert read.sources[0].text[start:end] == "We will not\nsign, and we say so."
    assert read.sources[0].notes[0].person == "catena"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.ann": "T1\tPlace 0 1\tx"}, "holds no .txt"),
        ({"a.txt": "0" * 3_000_000}, "unpacks to"),
    ],
)
def test_what_is_no_brat_or_too_much_is_refused(files: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_brat(make_zip(files))
    with pytest.raises(ValueError, match="no zip"):
        read_brat(io.BytesIO(b"not a zip"))


def test_names_in_a_zip_of_brat_files_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.zip").write_bytes(make_zip({"../../evil.txt": "words"}).getvalue())
    api.import_project(tmp_path / "in" / "p.catena", tmp_path / "in" / "b.zip", person="Ada")
    assert sorted(path.name for path in tmp_path.rglob("*.txt")) == []
    with Project.open(tmp_path / "in" / "p.catena") as project:
        assert [row.path for row in project.documents()] == ["imported/evil.txt"]
