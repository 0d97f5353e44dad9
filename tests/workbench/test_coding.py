"""Codebook, codings, memos: nothing a person does is lost, and everything can be taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.workbench.conftest import TEXTS

from catena import coding
from catena.exporters.codebooks import CODEBOOKS, read_codebook
from catena.model import Code, Span
from catena.store import Project, StoreError, new_code

JSON = {"accept": "application/json"}
TONE = Code("11111111-1111-4111-8111-111111111111", "Tone", definition="How it is said", position=0)
MEASURED = Code("22222222-2222-4222-8222-222222222222", "Measured", parent=TONE.id, color="#1d6b3a", key="1")
WATER = Code("33333333-3333-4333-8333-333333333333", "Water", examples="“the lakes”", position=1, key="w")


@pytest.fixture
def coded(project: Project) -> Project:
    project.put_codes("Ada", TONE, MEASURED, WATER)
    return project


def mark(project: Project, path: str, words: str, code: Code, person: str) -> None:
    document = project.document(path).document
    at = document.text.index(words)
    project.add_annotation(person, coding.make_coding(document, Span(at, at + len(words)), code.id, person))


def names(project: Project) -> list[str]:
    return [code.name for code in project.codes()]


def test_the_codebook_reads_as_a_tree_and_a_code_is_found_by_path_name_or_id(coded: Project) -> None:
    assert names(coded) == ["Tone", "Measured", "Water"]
    assert coded.code("tone > measured") == coded.code("Measured") == coded.code(MEASURED.id) == MEASURED


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (replace(TONE, parent=MEASURED.id), "cannot stand below itself"),
        (new_code("tone"), "there is a code 'Tone' at this place"),
        (new_code("Other", key="w"), "the key 'w' belongs to 'Water'"),
        (new_code("Lost", parent="nowhere"), "not there"),
    ],
)
def test_a_code_that_would_break_the_tree_is_refused_and_nothing_changes(coded: Project, code: Code, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        coded.put_codes("Ada", code)
    assert names(coded) == ["Tone", "Measured", "Water"]


@pytest.mark.parametrize("facts", [{"name": " "}, {"name": "x", "color": "red"}, {"name": "x", "key": "ab"}])
def test_a_code_has_a_name_a_written_colour_and_one_key(facts: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"name|colour|key"):
        new_code(**facts)


def test_everything_is_undone_and_redone_in_order_whatever_it_was(coded: Project) -> None:
    mark(coded, "a.txt", "lakes", WATER, "Ada")
    coded.put_codes("Ada", replace(WATER, name="Lakes"))
    (held,) = coded.annotations(coded.document("a.txt").document.id, "Ada")
    coded.replace_annotation("Ada", held.id)

    def state() -> tuple[list[str], int]:
        return names(coded), len(coded.annotations(coded.document("a.txt").document.id))

    steps = [state()]
    while coded.undo("Ada"):
        steps.append(state())
    assert steps == [
        (["Tone", "Measured", "Lakes"], 0),
        (["Tone", "Measured", "Lakes"], 1),
        (["Tone", "Measured", "Water"], 1),
        (["Tone", "Measured", "Water"], 0),
        ([], 0),
    ]
    back = [state()]
    while coded.redo("Ada"):
        back.append(state())
    assert back == steps[::-1]


def test_undo_does_not_write_over_what_somebody_else_changed_since(coded: Project) -> None:
    coded.put_codes("Ada", replace(WATER, name="Lakes"))
    coded.put_codes("Ben", replace(coded.code(WATER.id), name="Rivers"))
    with pytest.raises(StoreError, match="changed since"):
        coded.undo("Ada")
    assert names(coded) == ["Tone", "Measured", "Rivers"]


def test_a_deleted_code_keeps_its_name_for_what_was_coded_with_it(coded: Project) -> None:
    mark(coded, "a.txt", "lakes", WATER, "Ada")
    coded.put_codes("Ada", replace(WATER, active=False))
    assert names(coded) == ["Tone", "Measured"]
    assert [one.code for one in coding.list_codings(coded)] == ["Water"]


def test_the_same_passage_coded_twice_alike_is_one_coding_and_differently_two(coded: Project) -> None:
    for code in (WATER, WATER, MEASURED):
        mark(coded, "a.txt", "lakes stay", code, "Ada")
    assert sorted(one.code for one in coding.list_codings(coded)) == ["Tone > Measured", "Water"]


def test_codings_are_found_by_code_with_those_below_and_by_person(coded: Project) -> None:
    mark(coded, "a.txt", "lakes stay", WATER, "Ada")
    mark(coded, "a.txt", "harbour dues", MEASURED, "Ada")
    mark(coded, "b.txt", "lakes close", WATER, "Ben")
    assert [hit.document.path for hit in coded.search("code:Tone").hits] == ["a.txt"]
    assert [hit.document.path for hit in coded.search("code:water person:Ben").hits] == ["b.txt"]
    (hit,) = coded.search("code:water lakes NOT person:Ben").hits
    assert [span.of(TEXTS["a.txt"]) for span in hit.spans] == ["lakes"]
    assert len(coding.list_codings(coded, code=TONE.id)) == 1


@pytest.mark.parametrize(
    ("start", "end", "words"), [(5, 13, "lakes stay"), (3, 10, "lakes"), (13, 18, "stay open"), (0, 2, "The")]
)
def test_a_selection_snaps_to_whole_words(start: int, end: int, words: str) -> None:
    assert coding.snap(TEXTS["a.txt"], Span(start, end)).of(TEXTS["a.txt"]) == words


def test_an_emoji_or_a_mark_alone_can_be_selected() -> None:
    assert coding.snap("so 😀 far", Span(3, 4)) == Span(3, 4)


@pytest.mark.parametrize("name", CODEBOOKS)
def test_a_codebook_comes_back_from_every_format(name: str) -> None:
    codes = (
        replace(TONE, name="=Tone & “more”", definition="When, and\nwhen not", examples="one\ntwo"),
        MEASURED if name != "qdc" else replace(MEASURED, key=""),
        replace(WATER, name="ماء 😀", key="" if name == "qdc" else "w"),
    )
    assert read_codebook(CODEBOOKS[name].write(codes)) == codes


def test_a_table_with_names_alone_is_a_codebook() -> None:
    found = read_codebook(b"name,parent\nCalm,Tone\nTone,\n")
    assert [(code.name, code.parent) for code in found] == [("Tone", None), ("Calm", found[0].id)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"title\nTone\n", "needs the column name"),
        (b"name,parent\nA,B\nB,A\n", "below itself"),
        (b"name,parent\nA,Gone\n", "row 1: there is no code 'Gone'"),
        (b"<CodeBook", "no XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type declaration"),
        (b"[1]", "no JSON array of codes"),
    ],
)
def test_a_codebook_that_cannot_be_read_says_why(data: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_codebook(data)


def test_a_passage_is_coded_through_the_page_and_undone(client: TestClient) -> None:
    client.post("/codes", data={"act": "add", "name": "Water", "key": "w", "plain": "yes"})
    found = client.post(
        "/doc/1/code", data={"code": "Water", "start": "5", "end": "8", "memo": "why not"}, headers=JSON
    )
    (note,) = found.json()["notes"]
    assert (note["start"], note["end"], note["words"], note["name"], note["memo"], note["person"]) == (
        4, 9, "lakes", "Water", "why not", "Ada",
    )  # fmt: skip
    assert client.get("/api/documents/1/notes").json()["notes"] == [note]
    assert client.post("/undo", data={"document": "1"}, headers=JSON).json() == {
        "said": "undone: annotation add “lakes”", "notes": [],
    }  # fmt: skip
    assert len(client.post("/redo", data={"document": "1"}, headers=JSON).json()["notes"]) == 1


def test_the_forms_alone_code_a_document_write_a_memo_and_remove_it(client: TestClient) -> None:
    client.post("/codes", data={"act": "add", "name": "Water"})
    page = client.post("/doc/1/code", data={"code": "Water"}).text
    assert "whole document" in page
    page = client.post("/doc/1/memo", data={"text": "<b>Look</b> again"}).text
    assert "&lt;b&gt;Look&lt;/b&gt; again" in page
    id_ = client.get("/api/documents/1/notes").json()["notes"][0]["id"]
    client.post("/doc/1/change", data={"id": id_, "remove": "yes"})
    assert len(client.get("/api/documents/1/notes").json()["notes"]) == 1


def test_a_memo_and_a_code_can_be_changed_and_the_change_undone(client: TestClient) -> None:
    client.post("/codes", data={"act": "add", "name": "Water"})
    client.post("/codes", data={"act": "add", "name": "Tone"})
    note = client.post("/doc/1/code", data={"code": "Water", "start": "4", "end": "9"}, headers=JSON).json()["notes"][0]
    changed = client.post("/doc/1/change", data={"id": note["id"], "code": "Tone", "memo": "yes"}, headers=JSON).json()
    assert [(one["name"], one["memo"], one["words"]) for one in changed["notes"]] == [("Tone", "yes", "lakes")]
    back = client.post("/undo", data={"document": "1"}, headers=JSON).json()["notes"]
    assert [one["name"] for one in back] == ["Water"]


@pytest.mark.parametrize(
    "form",
    [
        {"code": "Nothing"},
        {"code": "Water", "start": "9", "end": "4"},
        {"code": "Water", "start": "0", "end": "99999"},
        {"code": "Water", "start": "-1", "end": "x"},
    ],
)
def test_a_coding_that_cannot_be_is_refused_in_words(client: TestClient, form: dict[str, str]) -> None:
    client.post("/codes", data={"act": "add", "name": "Water"})
    answer = client.post("/doc/1/code", data=form, headers=JSON)
    assert answer.status_code in (400, 404)
    assert 'role="alert"' in answer.text
    assert client.get("/api/documents/1/notes").json()["notes"] == []


def test_a_page_never_leads_to_another_site_after_a_form(client: TestClient) -> None:
    for back in ("//elsewhere.example/", "https://elsewhere.example", "/\\elsewhere.example"):
        answer = client.post("/undo", data={"back": back}, follow_redirects=False)
        assert answer.headers["location"] == "/codes"


def test_the_codebook_page_adds_edits_deletes_imports_and_exports(client: TestClient) -> None:
    client.post("/codes", data={"act": "import", "text": CODEBOOKS["csv"].write((TONE, MEASURED, WATER)).decode()})
    page = client.get("/codes").text
    assert page.count('class="code-name"') == 3
    client.post("/codes", data={"act": "edit", "id": WATER.id, "name": "Lakes", "parent": TONE.id, "plain": "yes"})
    client.post("/codes", data={"act": "delete", "id": TONE.id})
    assert [code.name for code in read_codebook(client.get("/codes?format=json").content)] == ["Measured", "Lakes"]


def test_a_second_coder_is_not_shown_the_first_ones_codings(path: Path, client: TestClient) -> None:
    with Project.open(path) as project:
        project.put_codes("Ben", WATER)
        mark(project, "a.txt", "lakes", WATER, "Ben")
    assert client.get("/api/documents/1/notes").json()["notes"] == []
    assert len(client.get("/api/documents/1/notes?layers=all").json()["notes"]) == 1


def test_agreement_is_measured_where_both_coded_and_leads_to_the_differences(coded: Project) -> None:
    for person in ("Ada", "Ben"):
        mark(coded, "a.txt", "lakes stay", WATER, person)
    mark(coded, "a.txt", "harbour dues", MEASURED, "Ada")
    mark(coded, "b.txt", "lakes close", WATER, "Ada")
    mark(coded, "b.txt", "lakes close in", WATER, "Ben")
    mark(coded, "c.txt", "الوزير", MEASURED, "Ada")  # Ben never opened it: no disagreement
    mark(coded, "d.txt", "council", WATER, "Ada")
    coded.add_annotation("Ben", coding.make_done(coded.document("d.txt").document, "Ben"))  # he did, and marked nothing
    documents = coding.collect(coded, ["Ada", "Ben"])
    assert [one.row.path for one in documents] == ["a.txt", "b.txt", "d.txt"]
    everything, measured, water = coding.measure_agreement(documents, ["Ada", "Ben"], coded.codes())
    assert everything.counts == {"agreed": 1, "boundary": 1, "missed": 2}
    assert water.counts == {"agreed": 1, "boundary": 1, "missed": 1}
    assert (measured.code, measured.counts) == (MEASURED.id, {"missed": 1})
    # Presence of water in three documents: both, both, Ada only.
    assert water.kappa == pytest.approx(0)
    found = [(one.document.path, one.found.kind) for one in coding.find_differences(documents, ["Ada", "Ben"])]
    assert found == [("a.txt", "missed"), ("b.txt", "boundary"), ("d.txt", "missed")]


def test_agreement_needs_two_coders(coded: Project) -> None:
    with pytest.raises(ValueError, match="needs two coders"):
        coding.collect(coded, ["Ada"])


def test_the_page_of_agreement_shows_numbers_sources_and_places(path: Path, client: TestClient) -> None:
    with Project.open(path) as project:
        project.put_codes("Ben", WATER)
        for person, words in (("Ada", "lakes stay"), ("Ben", "lakes")):
            mark(project, "a.txt", words, WATER, person)
    page = client.get("/agreement").text
    assert "Krippendorff" in page
    assert "other ends" in page
    assert "/doc/1#at-4" in page
    assert client.get("/agreement?format=csv").text.startswith("code,kappa,alpha,")


def test_a_difference_is_settled_on_a_layer_of_its_own_and_leaves_the_list(path: Path, client: TestClient) -> None:
    with Project.open(path) as project:
        project.put_codes("Ben", WATER)
        for person, words in (("Cid", "lakes stay"), ("Ben", "lakes")):
            mark(project, "a.txt", words, WATER, person)
        document = project.document("a.txt").document.id
        (ben,), (cid,) = project.annotations(document, "Ben"), project.annotations(document, "Cid")
        form = {"document": "1", "ids": f"{ben.id} {cid.id}", "keep": cid.id, "coders": "Ben\x1fCid"}
        assert "other ends" in client.get("/agreement?coder=Ben&coder=Cid").text
        page = client.post("/decide", data=form).text
        assert "Nowhere that is not settled." in page
        assert "Cid’s holds: Ada (decided)" in page
        page = client.get("/agreement").text  # the layer of decisions is no coder
        assert "<option selected>Ben</option>" in page
        assert "<option selected>Cid</option>" in page
        listed = client.get("/agreement?format=jsonl&list=differences").text
        assert json.loads(listed)["settled"] == "Cid’s holds: Ada (decided)"
        assert json.loads(listed)["first_words"] == "lakes"
        (decided,) = project.annotations(document, "Ada (decided)")
        assert (decided.text("content"), decided.value("code")) == ("lakes stay", WATER.id)
        assert project.annotations(document, "Ben") == (ben,)
        back = {"layer": "decided", "back": "/agreement?coder=Ben&coder=Cid"}
        page = client.post("/undo", data=back).text
        assert "other ends" in page
        assert "Settled" not in page
        assert "neither holds: Ada (decided)" in client.post("/decide", data={**form, "keep": ""}).text
        client.post("/undo", data=back)
        assert client.post("/decide", data={**form, "keep": "nobody"}).status_code == 400
