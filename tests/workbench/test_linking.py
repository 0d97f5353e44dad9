"""Links: how one passage stands to another, of the same document or of another one, and nothing of it is lost."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient
from tests.store.conftest import make_document
from tests.workbench.conftest import TEXTS, fill
from tests.workbench.test_coding import JSON, MEASURED, TONE, WATER, mark
from tests.workbench.test_exchange import HARD, assert_valid, export

from catena import carrying, linking
from catena.exchange import collect_project, import_qdpx
from catena.exporters import EXPORTERS
from catena.exporters.refi import DIALECTS, losses
from catena.exporters.refi_import import read_qdpx
from catena.model import Document, Finding, Span
from catena.store import (
    FileResult,
    FileStamp,
    NotFound,
    Project,
    Restricted,
    StoreError,
    open_careful,
    open_or_create,
    set_patterns,
)

SCHEMA = {"t": "urn:QDA-XML:project:1.0"}


def at(project: Project, path: str, words: str = "") -> tuple[Document, Span | None]:
    """The end of a link: these words of a document, or the whole of it."""
    document = project.document(path).document
    start = document.text.index(words)
    return document, Span(start, start + len(words)) if words else None


def link(
    project: Project, here: tuple[str, str], there: tuple[str, str], relation: str, person: str = "Ada", memo: str = ""
) -> Finding:
    found = linking.make_link(at(project, *here), at(project, *there), relation, person, memo)
    project.add_annotation(person, found)
    return found


def picture(project: Project) -> set[tuple[str, str, str, str, str]]:
    """(person, words, relation, words there, memo) of every link."""
    return {
        (one.person, one.origin.words, one.relation, one.target.words, one.memo) for one in linking.list_links(project)
    }


def change_file(project: Project, path: str, text: str, number: int) -> None:
    document = make_document(text, path, f"{number:064x}")
    stamp = FileStamp(path, len(text), number)
    project.add(FileResult(stamp, document.origin.sha256, "ok", "read", "", document, (), 0.1, "r1"))


def test_a_link_stands_at_both_of_its_ends(project: Project) -> None:
    link(project, ("b.txt", "Harbour dues rise"), ("a.txt", "harbour dues will fall"), "contradicts", memo="see May")
    for path in ("a.txt", "b.txt"):
        (found,) = linking.list_links(project, document=project.document(path).document.id)
        assert (found.origin.words, found.target.words) == ("Harbour dues rise", "harbour dues will fall")
        assert (found.relation, found.person, found.memo) == ("contradicts", "Ada", "see May")
        assert (found.origin.place.path, found.target.place.path) == ("b.txt", "a.txt")  # type: ignore[union-attr]
        assert (found.origin.state, found.target.state) == ("", "")
    assert linking.list_links(project, document=project.document("c.txt").document.id) == ()


def test_a_link_inside_one_document_and_between_whole_documents(project: Project) -> None:
    link(project, ("a.txt", "The Lakes are calm"), ("a.txt", "lakes stay open"), "same claim")
    link(project, ("c.txt", ""), ("b.txt", ""), "translates")
    assert picture(project) == {
        ("Ada", "The Lakes are calm", "same claim", "lakes stay open", ""), ("Ada", "", "translates", "", ""),
    }  # fmt: skip


def test_offsets_of_both_ends_are_code_points_of_their_own_texts(project: Project) -> None:
    found = link(project, ("c.txt", "الكتابَ مفتوح"), ("c.txt", "😀"), "marks")
    assert linking.target_span(found) == Span(72, 73)
    assert TEXTS["c.txt"][72:73] == "😀"


def test_a_link_is_undone_and_redone_like_every_step_and_stays_on_its_persons_layer(project: Project) -> None:
    link(project, ("b.txt", "winter"), ("a.txt", "stay open"), "contradicts")
    link(project, ("b.txt", "winter"), ("a.txt", "stay open"), "contradicts", "Ben")
    project.undo("Ada")
    assert {one.person for one in linking.list_links(project)} == {"Ben"}
    project.redo("Ada")
    assert {one.person for one in linking.list_links(project)} == {"Ada", "Ben"}
    assert [one.person for one in linking.list_links(project, person="Ben")] == ["Ben"]


@pytest.mark.parametrize(
    ("there", "relation", "said"),
    [
        (("b.txt", "winter"), "  ", "how the two passages stand"),
        (("b.txt", "winter"), "x" * 121, "at most 120 letters"),
        (("a.txt", "lakes"), "answers", "the same passage"),
    ],
)
def test_a_link_that_says_nothing_is_refused(
    project: Project, there: tuple[str, str], relation: str, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        link(project, ("a.txt", "lakes"), there, relation)
    assert linking.list_links(project) == ()


def test_a_link_to_a_text_that_is_not_here_or_reads_otherwise_is_refused(project: Project) -> None:
    here = at(project, "a.txt", "lakes")
    elsewhere = Document.of("Words that stand nowhere in the project.")
    with pytest.raises(NotFound, match="does not hold"):
        project.add_annotation("Ada", linking.make_link(here, (elsewhere, Span(0, 5)), "answers", "Ada"))
    false = linking.make_link(here, at(project, "b.txt", "winter"), "answers", "Ada")
    values = tuple((name, "summer" if name == "other_text" else value) for name, value in false.values)
    with pytest.raises(StoreError, match="no longer reads 'summer'"):
        project.add_annotation("Ada", replace(false, values=values))


def test_relations_are_offered_the_most_used_first(project: Project) -> None:
    link(project, ("b.txt", "winter"), ("a.txt", "stay open"), "contradicts")
    link(project, ("b.txt", "lake"), ("a.txt", "lakes"), "answers")
    link(project, ("b.txt", "cold"), ("a.txt", "calm"), "contradicts")
    link(project, ("b.txt", "cold"), ("a.txt", "open"), "follows", "Ben")
    assert project.relations("Ada") == ("contradicts", "answers")
    assert project.relations() == ("contradicts", "answers", "follows")


# ---- files that change ----


def test_a_link_whose_first_end_changed_waits_for_a_person_and_is_told_once_when_it_came_over(project: Project) -> None:
    link(project, ("b.txt", "lakes close"), ("a.txt", "lakes stay"), "contradicts")
    change_file(project, "b.txt", "A second version. " + TEXTS["b.txt"], 90)
    (one,) = linking.list_links(project, document=project.document("a.txt").document.id)
    assert (one.origin.state, one.target.state) == ("older text", "")
    (waiting,) = carrying.propose(project, project.document("b.txt").row.number)
    assert (waiting.state, waiting.words) == ("carried", "lakes close")
    assert carrying.take_over(project, "Ada", [waiting]) == 1
    (one,) = linking.list_links(project)
    assert one.origin.span == Span(18 + 39, 18 + 50)
    assert (one.origin.words, one.origin.state, one.relation, one.target.words) == (
        "lakes close", "", "contradicts", "lakes stay",
    )  # fmt: skip
    project.undo("Ada")
    assert [one.origin.state for one in linking.list_links(project)] == ["older text"]


def test_a_file_that_gets_its_older_text_back_has_its_link_back(project: Project) -> None:
    link(project, ("b.txt", "lakes close"), ("a.txt", "lakes stay"), "contradicts")
    change_file(project, "b.txt", "A second version. " + TEXTS["b.txt"], 90)
    carrying.take_over(project, "Ada", carrying.propose(project, project.document("b.txt").row.number))
    change_file(project, "b.txt", TEXTS["b.txt"], 91)
    assert [one.origin.span for one in linking.list_links(project) if not one.origin.state] == [Span(39, 50)]


def test_a_link_whose_other_end_changed_keeps_its_words_and_is_flagged(project: Project, client: TestClient) -> None:
    link(project, ("b.txt", "lakes close"), ("a.txt", "lakes stay"), "contradicts")
    change_file(project, "a.txt", "Altered. " + TEXTS["a.txt"], 90)
    (one,) = linking.list_links(project)
    assert (one.target.words, one.target.span, one.target.state) == ("lakes stay", Span(4, 14), "older text")
    assert linking.list_links(project, document=project.document("a.txt").document.id) == ()
    (note,) = client.get("/api/documents/2/notes").json()["notes"]
    assert (note["other"]["state"], note["other"]["number"]) == ("older text", None)
    assert "older text" in client.get("/doc/2").text


# ---- the pages ----


def test_a_link_is_made_through_the_page_seen_at_both_ends_changed_removed_and_undone(client: TestClient) -> None:
    form = {"origin": "b.txt", "origin_start": "1", "origin_end": "10", "start": "33", "end": "41"}
    answer = client.post("/doc/1/link", data={**form, "relation": " contradicts ", "memo": "why not"}, headers=JSON)
    (note,) = answer.json()["notes"]
    assert (note["kind"], note["name"], note["memo"], note["words"]) == (
        "link",
        "contradicts",
        "why not",
        "said the harbour",
    )
    assert note["other"] == {
        "direction": "from", "number": 2, "title": TEXTS["b.txt"], "start": 0, "end": 12, "words": "Harbour dues",
        "state": "",
    }  # fmt: skip
    (other,) = client.get("/api/documents/2/notes").json()["notes"]
    assert (other["id"], other["words"], other["other"]["direction"]) == (note["id"], "Harbour dues", "to")
    assert 'href="/doc/1#at-31-47"' in client.get("/doc/2").text
    assert 'href="/doc/2#at-0-12"' in client.get("/doc/1").text
    assert '<option value="contradicts">' in client.get("/doc/3").text
    changed = client.post("/doc/2/change", data={"id": note["id"], "relation": "answers"}, headers=JSON).json()["notes"]
    assert [(one["name"], one["memo"], one["other"]["words"]) for one in changed] == [
        ("answers", "why not", "said the harbour")
    ]
    client.post("/doc/1/change", data={"id": changed[0]["id"], "remove": "yes"})
    assert client.get("/api/documents/1/notes").json()["notes"] == []
    said = client.post("/undo", data={"document": "1"}, headers=JSON).json()
    assert [one["name"] for one in said["notes"]] == ["answers"]


def test_the_form_alone_links_whole_documents_without_a_script(client: TestClient) -> None:
    page = client.post("/doc/1/link", data={"origin": "b.txt", "relation": "<b>answers</b>"}).text
    assert "&lt;b&gt;answers&lt;/b&gt;" in page
    assert "whole document" in page


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"origin": "gone.txt", "relation": "answers"}, 404),
        ({"origin": "", "relation": "answers"}, 404),
        ({"origin": "b.txt", "relation": ""}, 400),
        ({"origin": "a.txt", "relation": "answers"}, 400),
        ({"origin": "b.txt", "origin_text": "0" * 64, "relation": "answers"}, 400),
        ({"origin": "b.txt", "origin_start": "0", "origin_end": "9999", "relation": "answers"}, 400),
    ],
)
def test_a_link_that_cannot_be_is_refused_in_words(client: TestClient, form: dict[str, str], status: int) -> None:
    answer = client.post("/doc/1/link", data=form, headers=JSON)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert client.get("/api/documents/1/notes").json()["notes"] == []


def test_a_second_coder_is_not_shown_the_first_ones_links(project: Project, client: TestClient) -> None:
    link(project, ("b.txt", "winter"), ("a.txt", "stay open"), "contradicts", "Ben")
    assert client.get("/api/documents/1/notes").json()["notes"] == []
    assert '<option value="contradicts">' not in client.get("/doc/1").text
    assert len(client.get("/api/documents/1/notes?layers=all").json()["notes"]) == 1


def test_the_list_of_links_shows_both_ends_and_exports_itself(project: Project, client: TestClient) -> None:
    link(project, ("b.txt", "lakes close"), ("a.txt", "lakes stay"), "contradicts", memo="in winter")
    link(project, ("c.txt", "مفتوح"), ("b.txt", ""), "answers", "Ben")
    page = client.get("/links?relation=contradicts").text
    assert "lakes close" in page
    assert "مفتوح" not in page
    rows = [json.loads(line) for line in client.get("/links?format=jsonl").text.splitlines()]
    assert rows[0] == {
        "document": "b.txt", "words": "lakes close", "start": 39, "end": 50, "relation": "contradicts",
        "other": "a.txt", "other_words": "lakes stay", "other_start": 4, "other_end": 14, "person": "Ada",
        "memo": "in winter", "state": "", "other_state": "",
    }  # fmt: skip
    assert (rows[1]["words"], rows[1]["other"], rows[1]["other_start"]) == ("مفتوح", "b.txt", None)
    assert client.get("/links?person=Ben&format=csv").text.count("answers") == 1


def test_a_link_to_a_restricted_document_tells_nothing_of_it(project: Project, path: Path) -> None:
    link(project, ("b.txt", "lakes close"), ("a.txt", "lakes stay"), "contradicts")
    set_patterns(project, ["a.txt"], "Ada")
    with open_careful(path) as careful:
        assert linking.list_links(careful) == ()
        assert careful.annotations(careful.document("b.txt").document.id) == ()
        assert list(careful.people_findings()) == []
        assert careful.relations() == ()
        with pytest.raises(Restricted):
            careful.document("a.txt")
    set_patterns(project, ["b.txt"], "Ada")
    with open_careful(path) as careful:
        assert linking.list_links(careful) == ()


def test_a_dossier_says_how_a_passage_is_linked(project: Project, client: TestClient) -> None:
    link(project, ("b.txt", "lakes close"), ("a.txt", "lakes stay"), "contradicts")
    page = client.get("/dossier?query=winter&format=html").text
    assert "contradicts →" in page
    assert "“lakes stay”" in page


# ---- other programs, and copies ----


@pytest.fixture
def linked(project: Project) -> Project:
    fill(project, HARD)
    project.put_codes("Ada", TONE, MEASURED, WATER)
    mark(project, "a.txt", "lakes stay", WATER, "Ada")
    link(project, ("e.txt", "end 😀 of"), ("a.txt", "lakes stay"), "answers", memo="after the line end")
    link(project, ("c.txt", "الكتابَ مفتوح"), ("e.txt", "lakes"), "same claim", "Ben")
    link(project, ("c.txt", ""), ("d.txt", ""), "follows", "Ben")
    link(project, ("a.txt", "calm"), ("a.txt", "Ada Brisk"), "is said of")
    return project


@pytest.mark.parametrize("dialect", DIALECTS)
def test_links_in_a_qdpx_are_valid_and_come_back_between_the_same_words(
    linked: Project, dialect: str, tmp_path: Path
) -> None:
    data = export(linked, dialect)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert_valid("qdpx", archive.read("project.qde"))
    with open_or_create(tmp_path / "new.catena") as other:
        report = import_qdpx(other, io.BytesIO(data), "Cid")
        assert (report.links, report.codings, report.memos, report.skipped[1:]) == (4, 1, 0, ())
        unsigned = {("Cid", "", "follows", "", "")}  # the format has no place for who made it
        expected = picture(linked) - {("Ben", "", "follows", "", "")} | unsigned
        assert picture(other) == expected
        import_qdpx(other, io.BytesIO(data), "Cid")
        assert picture(other) == expected


def test_a_link_in_a_qdpx_leads_to_the_selection_that_its_person_coded(linked: Project) -> None:
    with zipfile.ZipFile(io.BytesIO(export(linked))) as archive:
        root = etree.fromstring(archive.read("project.qde"))
    (coded,) = root.xpath("//t:PlainTextSelection[t:Coding]", namespaces=SCHEMA)
    (answer,) = root.xpath("//t:Link[@name='answers']", namespaces=SCHEMA)
    assert (answer.get("targetGUID"), answer.get("direction")) == (coded.get("guid"), "OneWay")


def test_a_qdpx_says_which_links_lead_out_of_it(linked: Project) -> None:
    said = [one for one in losses(collect_project(linked)) if "links" in one]
    assert said == ["who made 1 links between whole documents"]
    change_file(linked, "a.txt", "Altered. " + TEXTS["a.txt"], 90)
    assert "1 links to a text that is not in the file, such as an older one" in losses(collect_project(linked))
    export(linked)


def test_links_of_other_programs_are_read_or_counted() -> None:
    out = io.BytesIO()
    guid = "0000000{}-0000-4000-8000-000000000000".format
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "project.qde",
            '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Sources>'
            f'<TextSource guid="{guid(1)}" name="one"><PlainTextContent>The lamps burn.</PlainTextContent>'
            f'<PlainTextSelection guid="{guid(3).upper()}" startPosition="4" endPosition="9"/></TextSource>'
            f'<TextSource guid="{guid(2)}" name="two"><PlainTextContent>They burn.</PlainTextContent></TextSource>'
            f'</Sources><Links><Link guid="{guid(4)}" originGUID="{guid(3)}" targetGUID="{guid(2)}"/>'
            f'<Link guid="{guid(5)}" name="lost" originGUID="{guid(3)}" targetGUID="{guid(9)}"/></Links></Project>',
        )
    read = read_qdpx(out)
    (found,) = read.links
    assert (found.person, found.relation) == ("", "linked")
    assert [(end.source, end.place) for end in found.ends] == [(0, (4, 9)), (1, None)]
    assert read.skipped == ("1 links to what is not read, or of a passage with itself",)


def test_a_web_annotation_of_a_link_names_both_passages(project: Project) -> None:
    link(project, ("b.txt", "lakes close"), ("a.txt", "lakes stay"), "contradicts")
    out = io.BytesIO()
    EXPORTERS["w3c"].write(project.people_findings(), out)
    (item,) = json.loads(out.getvalue())["items"]
    assert item["motivation"] == "linking"
    assert item["target"]["selector"][1]["exact"] == "lakes close"
    assert item["body"][0]["value"] == "link: contradicts"
    there = item["body"][2]
    assert (there["purpose"], there["source"]["id"]) == (
        "linking", f"urn:sha256:{project.document('a.txt').document.id}",
    )  # fmt: skip
    assert there["selector"] == [
        {"type": "TextPositionSelector", "start": 4, "end": 14}, {"type": "TextQuoteSelector", "exact": "lakes stay"},
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_lists_of_notes_hold_links(project: Project, name: str) -> None:
    link(project, ("b.txt", "lakes close"), ("a.txt", "lakes stay"), "contradicts")
    out = io.BytesIO()
    assert EXPORTERS[name].write(project.people_findings(), out) == 1
    assert "contradicts" in out.getvalue().decode()
    assert "lakes stay" in out.getvalue().decode()


def test_copies_bring_their_links_together_with_nothing_lost_or_doubled(tmp_path: Path) -> None:
    with Project.create(tmp_path / "one.catena") as ada, Project.create(tmp_path / "two.catena") as ben:
        for copy in (ada, ben):
            fill(copy)
        link(ada, ("b.txt", "winter"), ("a.txt", "stay open"), "contradicts")
        link(ben, ("b.txt", "winter"), ("a.txt", "stay open"), "answers", "Ben", "milder")
        together = picture(ada) | picture(ben)
        assert len(together) == 2
        assert ada.merge(ben, "two").notes == 1
        assert ada.merge(ben, "two").notes == 0
        assert picture(ada) == together


def test_a_text_that_only_a_link_leads_to_comes_with_it(project: Project, tmp_path: Path) -> None:
    link(project, ("b.txt", "winter"), ("a.txt", "stay open"), "contradicts")
    with Project.create(tmp_path / "small.catena") as small:
        assert small.merge(project, "big").documents == 2
        (one,) = linking.list_links(small)
        assert (one.target.words, one.target.state, small.document("a.txt").document.text) == (
            "stay open", "", TEXTS["a.txt"],
        )  # fmt: skip
