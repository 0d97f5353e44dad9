"""The page of names, and corrections of what stands in the margin."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from catena.building import build
from catena.engines import Here
from catena.lexicons.proper_names import load_own_aliases, load_places
from catena.store import Project
from catena.web import create_app

ORIGIN = "http://127.0.0.1:8000"
TEXTS = {
    "a.txt": (
        "Union of Boatmen\nPress Release\n\nThe Dues Are Too High\n\nVarn, 4 May 2015\n\n"
        "The Union of Boatmen (UB) said that 24 people were injured near Varn on 3 May 2015. UB asks for a talk."
    ),
    "b.txt": "Last week the mayor met the Boatmen's Union in Varn and promised an answer before the end of the month.",
}


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    build(folder, tmp_path / "p.catena", engine=Here())
    app = create_app(tmp_path / "p.catena", token="t", host="127.0.0.1", port=8000, person="Ada")
    found = TestClient(app, base_url=ORIGIN, headers={"origin": ORIGIN})
    found.get("/?token=t")
    return found


def test_every_entity_shows_its_forms_its_evidence_and_its_places(client: TestClient) -> None:
    page = client.get("/names?type=organisation&q=UB").text
    assert "<bdi>Union of Boatmen</bdi> <span" in page
    assert "<bdi>UB</bdi>" in page
    assert "the acronym is introduced in brackets" in page
    start = TEXTS["a.txt"].index("UB asks")
    assert f'<a href="/doc/1#at-{start}"><bdi>UB</bdi></a>' in page


def test_the_names_go_away_as_a_table_with_a_row_for_each_form_and_document(client: TestClient) -> None:
    rows = client.get("/names?format=csv").text.splitlines()
    assert rows[0] == "entity,type,form,mentions,document,path,evidence"
    assert "Varn,place,Varn,2,1,a.txt,same-key" in rows
    assert "Varn,place,Varn,1,2,b.txt,same-key" in rows


def test_an_alias_file_in_the_library_folder_joins_what_spelling_cannot(client: TestClient, tmp_path: Path) -> None:
    assert "Boatmen's Union,organisation,Boatmen's Union,1,2" in client.get("/names?format=csv").text
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "names.yaml").write_text('aliases:\n  - [Union of Boatmen, "Boatmen\'s Union"]\n')
    rows = client.get("/names?format=csv").text.splitlines()
    joined = [row for row in rows if row.startswith("Union of Boatmen,organisation,Boatmen's Union,1,2,b.txt")]
    assert ["alias-list" in row for row in joined] == [True]


def test_an_alias_that_is_no_list_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text("aliases:\n  - Union of Boatmen\n")
    with pytest.raises(ValueError, match=r"names\.yaml: alias 1 reads 'Union of Boatmen'"):
        load_own_aliases(tmp_path)
    assert load_places(()).aliases == load_places((tmp_path / "none",)).aliases


FIELDS = (
    ("layout", "value", "Union of Rowers"),
    ("date", "start", "2015-05-02"),
    ("name", "name", "Union of Rowers"),
    ("figure", "count", "25"),
    ("event", "where", "Lower Varn"),
    ("attribution", "speaker", "Union of Rowers"),
)


@pytest.mark.parametrize(("kind", "field", "value"), FIELDS)
def test_each_value_can_be_corrected_on_ones_own_layer_and_undone(
    client: TestClient, tmp_path: Path, kind: str, field: str, value: str
) -> None:
    with Project.open(tmp_path / "p.catena") as project:
        found = next(one for one in project.findings(1) if one.kind == kind and one.value(field) is not None)
    form = {"finding": found.id, "field": field, "value": value}
    assert client.post("/doc/1/correct", data=form, follow_redirects=False).status_code == 303
    shown = f'<span class="corrected">corrected to <strong><bdi>{value}</bdi></strong></span>'
    assert shown in client.get("/doc/1").text
    with Project.open(tmp_path / "p.catena") as project:
        assert next(one for one in project.findings(1) if one.id == found.id) == found
        notes = project.annotations(found.document, "Ada")
        assert [(note.parent, note.value("value"), note.value("was")) for note in notes] == [
            (found.id, value, str(found.value(field)))
        ]
    client.post("/undo", data={"back": "/doc/1"})
    assert shown not in client.get("/doc/1").text
    client.post("/redo", data={"back": "/doc/1"})
    assert shown in client.get("/doc/1").text
    client.post("/doc/1/correct", data={**form, "remove": "yes"})
    assert shown not in client.get("/doc/1").text


def test_a_second_correction_takes_the_place_of_the_first(client: TestClient, tmp_path: Path) -> None:
    with Project.open(tmp_path / "p.catena") as project:
        found = next(one for one in project.findings(1) if one.kind == "figure")
    for value in ("25", "26"):
        client.post("/doc/1/correct", data={"finding": found.id, "field": "count", "value": value})
    page = client.get("/doc/1").text
    assert re.findall(r"corrected to <strong><bdi>(\d+)</bdi>", page) == ["26"]


def test_a_value_that_a_finding_does_not_have_cannot_be_corrected(client: TestClient, tmp_path: Path) -> None:
    with Project.open(tmp_path / "p.catena") as project:
        found = next(one for one in project.findings(1) if one.kind == "figure")
    answer = client.post("/doc/1/correct", data={"finding": found.id, "field": "weather", "value": "fair"})
    assert answer.status_code == 400
    assert "is no value of this figure" in answer.text
    same = {"finding": found.id, "field": "count", "value": str(found.value("count"))}
    assert client.post("/doc/1/correct", data=same).status_code == 400
    assert client.post("/doc/1/correct", data={**same, "finding": "nothing"}).status_code == 404
