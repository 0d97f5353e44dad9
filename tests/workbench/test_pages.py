"""Pages of search and counts: whole without JavaScript, exported as they are, and safe with hostile words."""

from __future__ import annotations

import csv
import io
import json

import pytest
from starlette.testclient import TestClient


def rows_of(body: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body)))


def test_a_search_shows_hits_facets_and_ways_on(client: TestClient) -> None:
    page = client.get("/search", params={"q": "lakes"})
    assert page.status_code == 200
    assert "<mark>lakes</mark>" in page.text
    assert "/concordance?q=lakes" in page.text
    assert "genre%3A%22speech%22" in page.text


def test_a_mistake_is_told_with_its_place_and_keeps_what_was_typed(client: TestClient) -> None:
    for address in ("/search", "/concordance"):
        page = client.get(address, params={"q": 'lakes OR genre:"news'})
        assert page.status_code == 400
        assert "at character" in page.text
        assert "lakes OR genre:" in page.text


def test_forms_are_offered_with_their_counts_and_keep_their_ticks(client: TestClient) -> None:
    page = client.get("/search", params={"q": "كتاب", "level": "affixes"}).text
    assert page.count('name="form"') == 4
    assert page.count("checked") == 5  # the level and four forms
    page = client.get("/search?level=affixes&q=كتاب&form=وكتابه").text
    assert "<mark>وكتابه</mark>" in page
    assert "<mark>كتاب</mark>" not in page


def test_an_unknown_level_order_or_list_is_refused_in_words(client: TestClient) -> None:
    for address in ("/search?level=deep", "/concordance?q=lakes&sort=up", "/words?show=all", "/words?format=exe"):
        page = client.get(address)
        assert page.status_code == 400, address
        assert "allowed" in page.text


def test_a_concordance_exports_every_line_as_csv_and_json(client: TestClient) -> None:
    answer = client.get("/concordance?q=lakes&format=csv")
    table = rows_of(answer.text)
    assert table[0] == ["document", "date", "start", "end", "left", "node", "right"]
    assert [row[5] for row in table[1:]] == ["lakes", "Lakes", "lakes"]
    assert "attachment" in answer.headers["content-disposition"]
    lines = [json.loads(line) for line in client.get("/concordance?q=lakes&format=jsonl").text.splitlines()]
    assert [line["node"] for line in lines] == ["lakes", "Lakes", "lakes"]


def test_lines_come_in_pieces_for_the_rolling_list(client: TestClient) -> None:
    found = client.get("/api/concordance?q=lakes&sort=right&offset=1&limit=1").json()
    assert (found["total"], found["offset"], len(found["lines"])) == (3, 1, 1)
    assert found["lines"][0][4] == "lakes"


def test_a_formula_in_a_text_stays_words_in_a_spreadsheet(client: TestClient) -> None:
    table = rows_of(client.get("/concordance?q=formulas&format=csv").text)
    assert table[1][4] == "'=1+1 "


def test_every_count_has_a_page_a_chart_and_exports(client: TestClient) -> None:
    asked = {
        "frequency": {},
        "keyness": {"target": "genre:speech", "least": "1"},
        "collocates": {"q": "lakes", "least": "1"},
        "ngrams": {"n": "2"},
        "trend": {"q": "lakes"},
    }
    for show, given in asked.items():
        page = client.get("/words", params={"show": show, **given})
        assert page.status_code == 200, page.text
        exported = rows_of(client.get("/words", params={"show": show, "format": "csv", **given}).text)
        if show == "ngrams":
            continue  # nothing stands three times
        assert 'class="chart"' in page.text
        assert len(exported) > 1
        chart = client.get("/words", params={"show": show, "format": "vega", **given}).json()
        assert chart["mark"] == "bar"
        assert chart["data"]["values"]


def test_the_method_and_its_source_stand_beside_the_numbers(client: TestClient) -> None:
    page = client.get("/words?show=keyness&target=genre:speech&least=1").text
    assert "Hardie 2014" in page
    assert "Dunning" in page
    assert "Gries 2008" in client.get("/words?show=trend&q=lakes").text


def test_words_of_a_search_are_counted_alone(client: TestClient) -> None:
    table = rows_of(client.get("/words?q=path:d.txt&format=csv").text)
    assert ["council", "1"] in [row[:2] for row in table]
    assert "lakes" not in [row[0] for row in table]


def test_a_search_is_kept_under_a_name_and_forgotten(client: TestClient) -> None:
    evil = "<script>alert(1)</script>"
    client.post("/searches", data={"name": evil, "query": "lakes"})
    page = client.get("/search").text
    assert evil not in page
    assert "&lt;script&gt;" in page
    client.post("/searches", data={"name": evil, "query": "lakes", "forget": "yes"})
    assert "&lt;script&gt;" not in client.get("/search").text


def test_a_form_from_another_site_changes_nothing(client: TestClient) -> None:
    answer = client.post("/searches", data={"name": "x", "query": "y"}, headers={"origin": "http://elsewhere.example"})
    assert answer.status_code == 403
    assert client.post("/searches", content=b"x", headers={"content-type": "text/plain"}).status_code == 400


def test_every_chart_is_a_specification_that_its_makers_accept_and_can_draw(client: TestClient) -> None:
    altair = pytest.importorskip("altair")
    drawer = pytest.importorskip("vl_convert")
    asked = {"frequency": {}, "keyness": {"target": "genre:speech", "least": "1"}, "ngrams": {"n": "2"},
             "collocates": {"q": "lakes", "least": "1"}, "trend": {"q": "lakes"}}  # fmt: skip
    for show, more in asked.items():
        given = client.get("/words", params={"show": show, "format": "vega", **more}).json()
        chart = altair.Chart.from_dict(given)  # raises for what its schema does not know
        assert chart.to_dict()["mark"] in ("bar", {"type": "bar"})
        if given["data"]["values"]:
            assert "<svg" in drawer.vegalite_to_svg(given)
