"""What goes to other programs and comes back: valid by their schemas, and nothing moved."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import networkx
import pytest
from click.testing import CliRunner
from lxml import etree
from tests.workbench.conftest import TEXTS, fill
from tests.workbench.test_coding import MEASURED, TONE, WATER, mark

from catena import coding
from catena.cli import cli
from catena.exchange import collect_project, import_qdpx
from catena.exporters import EXPORTERS
from catena.exporters.codebooks import CODEBOOKS
from catena.exporters.graphs import to_gexf, to_graphml
from catena.exporters.refi import DIALECTS, losses, write_qdpx
from catena.exporters.refi_import import read_qdpx
from catena.model import Span
from catena.store import Project, new_code, open_or_create
from catena.voices import count_voices, to_graph

SCHEMAS = Path(__file__).parent.parent / "exporters" / "schemas"
HARD = {"e.txt": "A 😀 line\nof the lakes\n\nand the end 😀 of it.", "f.txt": "bell \x07 here, and lakes"}


PUBLISHED = {"qdpx": "refi-project.xsd", "qdc": "refi-codebook.xsd", "gexf": "gexf.xsd"}


def assert_valid(name: str, data: bytes) -> None:
    """`data` is what our schema of the format allows, and the publisher's where a folder of those is given."""
    document = etree.fromstring(data)
    etree.RelaxNG(etree.parse(str(SCHEMAS / f"{name}.rng"))).assertValid(document)
    if folder := os.environ.get("CATENA_SCHEMAS"):
        etree.XMLSchema(etree.parse(str(Path(folder) / PUBLISHED[name]))).assertValid(document)


@pytest.fixture
def coded(project: Project) -> Project:
    fill(project, HARD)
    project.put_codes("Ada", TONE, MEASURED, WATER)
    mark(project, "a.txt", "lakes stay", WATER, "Ada")
    mark(project, "c.txt", "الكتابَ مفتوح", MEASURED, "Ben")
    mark(project, "e.txt", "lakes", WATER, "Ada")
    mark(project, "e.txt", "end 😀 of", TONE, "Ada")
    mark(project, "f.txt", "bell \x07 here", TONE, "Ben")
    document = project.document("b.txt").document
    project.add_annotation("Ben", coding.make_coding(document, None, WATER.id, "Ben"))
    project.add_annotation("Ben", coding.make_memo(document, Span(0, 12), "Compare the other one", "Ben"))
    return project


def export(project: Project, dialect: str = "standard") -> bytes:
    out = io.BytesIO()
    write_qdpx(collect_project(project), out, dialect)
    return out.getvalue()


def picture(project: Project) -> set[tuple[str, str, str, str]]:
    """(person, code, words, memo) of everything noted."""
    found = set()
    for row in project.coded_documents():
        for note in project.annotations(row.id):
            words = note.text("content") or row.id
            found.add((coding.person_of(note), str(note.value("code") or ""), words, str(note.value("text") or "")))
    return found


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_qdpx_is_valid_by_the_standards_schema_in_every_dialect(coded: Project, dialect: str) -> None:
    with zipfile.ZipFile(io.BytesIO(export(coded, dialect))) as archive:
        assert_valid("qdpx", archive.read("project.qde"))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_selection_of_a_qdpx_reads_the_words_that_were_coded(coded: Project, dialect: str) -> None:
    with zipfile.ZipFile(io.BytesIO(export(coded, dialect))) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        words = set()
        for source in root.iterfind("{*}Sources/{*}TextSource"):
            name = source.get("plainTextPath").removeprefix("internal://")
            text = archive.read(f"{DIALECTS[dialect].folder}/{name}").decode()
            for selection in source.iterfind("{*}PlainTextSelection"):
                words.add(text[int(selection.get("startPosition")) : int(selection.get("endPosition"))])
    assert words == {"lakes stay", "الكتابَ مفتوح", "lakes", "end 😀 of", "bell \x07 here", "Harbour dues"}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_qdpx_read_into_a_new_project_has_every_note_at_its_words(
    coded: Project, dialect: str, tmp_path: Path
) -> None:
    with open_or_create(tmp_path / "new.catena") as other:
        report = import_qdpx(other, io.BytesIO(export(coded, dialect)), "Cid")
        assert (report.documents, report.codes, report.codings, report.memos) == (6, 3, 6, 1)
        assert picture(other) == picture(coded)
        assert [code.name for code in other.codes()] == ["Tone", "Measured", "Water"]
        again = import_qdpx(other, io.BytesIO(export(coded, dialect)), "Cid")
        assert (again.documents, again.codes) == (0, 0)
        assert picture(other) == picture(coded)


def test_the_same_project_gives_the_same_file(coded: Project) -> None:
    assert export(coded) == export(coded)


def test_what_a_qdpx_cannot_hold_is_said(coded: Project) -> None:
    said = losses(collect_project(coded))
    assert "the keys of 2 codes" in said
    assert any(line.startswith("what the program itself found") for line in said)


def test_a_qdc_is_valid_by_the_standards_schema(coded: Project) -> None:
    assert_valid("qdc", CODEBOOKS["qdc"].write(coded.codes()))


def make_zip(files: dict[str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out


QDE = '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Sources>{}</Sources></Project>'


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"readme.txt": b"x"}, "no project.qde"),
        ({"project.qde": b"<Project"}, "no XML"),
        ({"project.qde": b'<!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;</p>'}, "document type"),
        ({"project.qde": b"<a>" + b" " * 30_000_000 + b"</a>"}, "unpacks to"),
        (
            {
                "project.qde": QDE.format('<TextSource guid="a" name="b" plainTextPath="internal://t.txt"/>').encode(),
                "sources/t.txt": b"caf\xe9",
            },
            "not in utf-8",
        ),
    ],
)
def test_a_hostile_or_damaged_qdpx_is_refused_in_words(files: dict[str, bytes], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_qdpx(make_zip(files))
    with pytest.raises(ValueError, match=r"no \.qdpx"):
        read_qdpx(io.BytesIO(b"not a zip"))


def test_a_name_in_a_qdpx_never_becomes_a_path_outside(tmp_path: Path) -> None:
    inside = "<PlainTextContent>words</PlainTextContent>"
    named = f'<TextSource guid="a" name="../../evil">{inside}</TextSource>'
    with open_or_create(tmp_path / "n.catena") as project:
        import_qdpx(project, make_zip({"project.qde": QDE.format(named).encode()}), "Ada")
        assert [row.path for row in project.documents()] == ["imported/evil"]
    outside = f'<TextSource guid="a" name="b" plainTextPath="internal://../../t.txt">{inside}</TextSource>'
    read = read_qdpx(make_zip({"project.qde": QDE.format(outside).encode(), "t.txt": b"outside"}))
    assert [one.text for one in read.sources] == ["words"]


def test_line_ends_of_other_programs_do_not_move_the_codings() -> None:
    source = (
        '<TextSource guid="a" name="b" plainTextPath="internal://t.txt">'
        '<PlainTextSelection guid="c" startPosition="8" endPosition="12"><Coding guid="d"><CodeRef targetGUID="e"/>'
        "</Coding></PlainTextSelection></TextSource>"
    )
    read = read_qdpx(
        make_zip({"project.qde": QDE.format(source).encode(), "Sources/T.txt": "one\r\n😀\r\nlake".encode()})
    )
    (found,) = read.sources
    assert found.text == "one\n😀\nlake"
    (note,) = found.notes
    assert note.place is not None
    assert found.text[slice(*note.place)] == "lake"


def test_the_network_of_voices_is_valid_gexf_and_both_formats_read_back(project: Project, tmp_path: Path) -> None:
    graph = to_graph(count_voices(project))
    assert sorted(node.label for node in graph.nodes) == ["Ada Brisk", "Tomas Eld"]
    gexf = to_gexf(graph)
    assert_valid("gexf", gexf)
    (tmp_path / "g.graphml").write_bytes(to_graphml(graph))
    read = networkx.read_graphml(tmp_path / "g.graphml")
    assert sorted(read.nodes[node]["label"] for node in read.nodes) == ["Ada Brisk", "Tomas Eld"]
    assert {read.nodes[node]["passages"] for node in read.nodes} == {1}


def test_web_annotations_find_their_words_by_position_and_by_quote(coded: Project) -> None:
    out = io.BytesIO()
    written = EXPORTERS["w3c"].write(coded.people_findings(), out)
    page = json.loads(out.getvalue())
    assert (page["@context"], page["type"], len(page["items"])) == (
        "http://www.w3.org/ns/anno.jsonld", "AnnotationPage", written,
    )  # fmt: skip
    texts = {coded.document(path).document.id: text for path, text in {**TEXTS, **HARD}.items()}
    seen = 0
    for item in page["items"]:
        assert {"id", "type", "motivation", "creator", "body", "target"} <= set(item)
        target = item["target"]
        if "selector" not in target:
            continue
        position, quote = target["selector"]
        text = texts[target["source"]["id"].removeprefix("urn:sha256:")]
        assert text[position["start"] : position["end"]] == quote["exact"]
        seen += 1
    assert seen == 6


def test_an_empty_export_is_still_a_file_of_its_kind() -> None:
    for name in ("w3c", "tei"):
        out = io.BytesIO()
        assert EXPORTERS[name].write((), out) == 0
        json.loads(out.getvalue()) if name == "w3c" else etree.fromstring(out.getvalue())


def test_tei_keeps_the_text_and_its_spans_point_at_their_words(coded: Project) -> None:
    out = io.BytesIO()
    EXPORTERS["tei"].write(coded.people_findings(), out)
    root = etree.fromstring(out.getvalue())
    names = {"t": "http://www.tei-c.org/ns/1.0"}
    bodies = {tei.findtext(".//t:title", namespaces=names): tei for tei in root.iterfind("t:TEI", names)}
    assert set(bodies) == {"a.txt", "b.txt", "c.txt", "e.txt", "f.txt"}
    for path, tei in bodies.items():
        text = "".join(tei.find(".//t:ab", names).itertext())
        assert text == {**TEXTS, **HARD}[path].replace("\x07", "")
        anchors = {
            anchor.get("{http://www.w3.org/XML/1998/namespace}id") for anchor in tei.iterfind(".//t:anchor", names)
        }
        for span in tei.iterfind(".//t:span", names):
            assert {span.get("from")[1:], span.get("to")[1:]} <= anchors


def test_conllu_words_stand_at_their_places_and_carry_their_codings(coded: Project) -> None:
    out = io.BytesIO()
    EXPORTERS["conllu"].write(coded.people_findings(), out)
    document, marked = "", []
    for line in out.getvalue().decode().splitlines():
        if line.startswith("# newdoc id = "):
            document = line.removeprefix("# newdoc id = ")
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        assert len(cells) == 10
        facts = dict(part.split("=") for part in cells[9].split("|"))
        words = {**TEXTS, **HARD}[document][int(facts["Start"]) : int(facts["End"])]
        assert words == cells[1]
        if "Coding" in facts:
            marked.append(words)
    assert marked == ["lakes", "stay", "الكتابَ", "مفتوح", "lakes", "end", "😀", "of", "bell", "\x07", "here"]


def test_conllu_is_read_back_by_a_second_program(coded: Project) -> None:
    conllu = pytest.importorskip("conllu")
    out = io.BytesIO()
    EXPORTERS["conllu"].write(coded.people_findings(), out)
    sentences = conllu.parse(out.getvalue().decode())
    words = [token["form"] for sentence in sentences for token in sentence if "Coding" in (token["misc"] or {})]
    assert words == ["lakes", "stay", "الكتابَ", "مفتوح", "lakes", "end", "😀", "of", "bell", "\x07", "here"]


# ---- merging ----


@pytest.fixture
def copies(coded: Project, tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of the coded project, as two coders take them home."""
    for name in ("one", "two"):
        with Project.create(tmp_path / f"{name}.catena") as copy:
            fill(copy, {**TEXTS, **HARD})
            copy.put_codes("Ada", TONE, MEASURED, WATER)
    return tmp_path / "one.catena", tmp_path / "two.catena"


def test_the_work_of_two_coders_comes_together_with_nothing_lost_or_doubled(copies: tuple[Path, Path]) -> None:
    one, two = copies
    with Project.open(one) as ada, Project.open(two) as ben:
        mark(ada, "a.txt", "lakes stay", WATER, "Ada")
        mark(ben, "a.txt", "lakes", WATER, "Ben")
        mark(ben, "b.txt", "winter", MEASURED, "Ben")
        ben.save_search("Ben", "water", "lakes")
        together = picture(ada) | picture(ben)
        first = ada.merge(ben, "two")
        assert (first.notes, first.withdrawn, first.documents, first.people) == (2, 0, 0, {"Ben"})
        assert picture(ada) == together
        assert ada.searches() == (("water", "lakes", "Ben", ""),)
        again = ada.merge(ben, "two")
        assert (again.notes, again.codes, again.documents, again.searches, again.decided) == (0, 0, 0, 0, [])
        assert picture(ada) == together


def test_what_was_taken_back_in_one_copy_is_taken_back_in_both_and_the_later_change_holds(
    copies: tuple[Path, Path],
) -> None:
    one, two = copies
    with Project.open(one) as ada, Project.open(two) as ben:
        mark(ben, "a.txt", "lakes", WATER, "Ben")
        ada.merge(ben, "two")
        (held,) = ben.annotations(ben.document("a.txt").document.id, "Ben")
        ben.replace_annotation("Ben", held.id)
        assert ada.merge(ben, "two").withdrawn == 1
        assert picture(ada) == set()


def test_a_text_that_only_the_other_copy_holds_comes_with_its_document(coded: Project, tmp_path: Path) -> None:
    with Project.create(tmp_path / "small.catena") as small:
        report = small.merge(coded, "big")
        assert report.documents == 5  # d.txt has no notes
        assert picture(small) == picture(coded)
        assert [hit.document.path for hit in small.search("harbour winter").hits] == ["b.txt"]


def test_two_different_codes_of_one_name_both_stay_and_it_is_said(copies: tuple[Path, Path]) -> None:
    one, two = copies
    with Project.open(one) as ada, Project.open(two) as ben:
        ada.put_codes("Ada", new_code("Promise", key="p"))
        ben.put_codes("Ben", new_code("Promise", key="p"))
        report = ada.merge(ben, "two")
        assert [code.name for code in ada.codes()] == ["Promise", "Promise (two)", "Tone", "Measured", "Water"]
        assert len(report.decided) == 2


def test_the_commands_do_the_same(copies: tuple[Path, Path], tmp_path: Path) -> None:
    one, two = copies
    with Project.open(two) as ben:
        mark(ben, "a.txt", "lakes", WATER, "Ben")
    with Project.open(one) as ada:
        mark(ada, "a.txt", "lakes stay", WATER, "Ada")

    def run(*arguments: object) -> str:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    assert "1 notes of Ben" in run("merge", one, two)
    assert "Water" in run("agree", one)
    assert "Tone > Measured" in run("codes", one)
    assert run("codes", one, "--export", "csv").startswith("id,parent,name")
    assert "a.txt" in run("find", one, "lakes")
    assert "[lakes]" in run("find", one, "lakes", "--lines", "--sort", "right")
    assert run("count", one, "words").startswith("words,count,rate,documents")
    assert "Ada Brisk" in run("count", one, "voices")
    qdpx = tmp_path / "x.qdpx"
    assert "not in the file" in run("export", one, "qdpx", "-o", qdpx)
    assert "2 codings" in run("import", tmp_path / "new.catena", qdpx)
    assert '"kind": "coding"' in run("export", one, "jsonl", "--layer", "people")
    assert "<gexf" in run("export", one, "gexf")
