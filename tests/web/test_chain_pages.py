"""Where else a passage stands: the chain on its axis, the collation with any base, and both as files."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from catena.kit import load_kit
from catena.model import Document, MadeBy, Origin, Span, make_finding
from catena.relating import relate_project
from catena.store import FileResult, FileStamp, open_or_create
from catena.web import create_app

ORIGIN = "http://127.0.0.1:8000"
SAID = "The harbour of Port Varn will not be closed to any ship of the river states while the treaty holds."
TOLD = "لن نعود إلى المحادثات في فارن حتى يوقع الطرفان اتفاق البحيرة وينشر نصه كاملا في جريدة المدينة"
TEXTS = {
    "early.txt": ("2015-05-04", f"Press Release of the council.\n\n{SAID} It meets again in autumn.\n"),
    "late.txt": ("2016-07", f"They said this on the quay. {SAID.replace('not ', '')} Nobody stirred.\n"),
    "undated.txt": ("", f"{SAID}\n\nSo it stands in a letter without a day, found among papers.\n"),
    "أول.txt": ("2015-05-04", f"بيان قصير من القرية.\n\n{TOLD}\n"),
    "ثان.txt": ("2015-06-01", f"رسالة أخرى.\n\n{TOLD.replace('كاملا ', '')}\n"),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    path = tmp_path_factory.mktemp("chain") / "p.catena"
    with open_or_create(path) as project:
        for number, (name, (date, text)) in enumerate(TEXTS.items()):
            document = Document(text, Origin(name, f"{number:064x}"))
            values = {"field": "date", "value": date}
            dated = make_finding(document, "layout", {"content": Span(0, 5)}, MadeBy("layout"), values=values)
            stamp = FileStamp(name, len(text), number)
            found = (dated,) if date else ()
            project.add(FileResult(stamp, document.origin.sha256, "ok", "read", "", document, found, 0.0, "r1"))
        project.set_meta("relate", "pending")
        relate_project(project, load_kit())
    app = create_app(path, token="t", host="127.0.0.1", port=8000)
    found_client = TestClient(app, base_url=ORIGIN)
    found_client.get("/?token=t")
    return found_client


def query(name: str, words: str) -> str:
    number = list(TEXTS).index(name) + 1
    start = TEXTS[name][1].index(words)
    return f"{number}?start={start}&end={start + len(words)}"


def test_dated_witnesses_stand_in_order_of_time_and_undated_ones_apart(client: TestClient) -> None:
    page = client.get(f"/where/{query('late.txt', 'Port Varn will be closed to any ship')}").text
    dated, _, undated = page.partition("<h2>Without a date</h2>")
    assert re.findall(r'<li id="w(\d)".*?\n.*?<bdi>(\S+)</bdi>', dated) == [("1", "early.txt"), ("2", "late.txt")]
    assert "undated.txt" in undated
    assert "undated.txt" not in dated


def test_an_edge_says_its_reasons_and_opens_the_difference(client: TestClient) -> None:
    page = client.get(f"/where/{query('late.txt', 'Port Varn will be closed to any ship')}").text
    link, pair = re.findall(r'<li><a href="(/collation/[^"]+)"><span class="pair">([^<]+)</span> dated', page)[0]
    assert pair == "1 → 2"
    assert "early.txt: 2015-05-04 or before; late.txt: later" in page
    difference = client.get(link.replace("&amp;", "&")).text
    assert "<bdi>not</bdi>" in difference
    assert "undated" not in re.findall(r"<tbody>.*</tbody>", difference, re.DOTALL)[0]


def test_two_documents_without_dates_between_them_get_no_arrow(client: TestClient) -> None:
    page = client.get(f"/where/{query('undated.txt', SAID)}").text
    rest = page.partition("No direction known")[2]
    assert re.findall(r'class="pair">([^<]+)<', rest) == ["1 — 3", "2 — 3"]
    assert "→" not in rest


def test_the_picture_has_a_point_for_each_dated_witness_and_an_arrow(client: TestClient) -> None:
    page = client.get(f"/where/{query('early.txt', SAID)}").text
    drawn = ElementTree.fromstring(re.findall(r"<svg.*?</svg>", page, re.DOTALL)[0])
    assert [text.text for text in drawn.iter("text") if text.get("class") == "who"] == ["1", "2"]
    (edge,) = [line for line in drawn.iter("line") if str(line.get("class")).startswith("edge")]
    assert float(edge.get("x1", "")) < float(edge.get("x2", ""))
    assert edge.get("marker-end") == "url(#tip)"


def test_the_reader_chooses_the_base(client: TestClient) -> None:
    asked = query("early.txt", SAID)
    assert (
        '<bdi>not</bdi> <span class="quiet"><bdi>early, undated</bdi></span>' in client.get(f"/collation/{asked}").text
    )
    page = client.get(f"/collation/{asked}&base=2").text
    readings = re.findall(r'<li id="v\d+".*?</li>', page)
    assert len(readings) == 1
    assert re.findall(r"<bdi>(.*?)</bdi>", readings[0]) == ["<i>left out</i>", "late", "not", "early, undated"]


def test_an_arabic_passage_runs_from_right_to_left(client: TestClient) -> None:
    page = client.get(f"/collation/{query('أول.txt', TOLD)}").text
    assert '<table class="collation" dir="rtl">' in page
    assert '<p class="base" dir="rtl">' in page
    assert '<bdi>كاملا</bdi> <span class="quiet"><bdi>أول</bdi>' in page


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_the_chain_is_a_network_file(client: TestClient, name: str) -> None:
    answer = client.get(f"/where/{query('early.txt', SAID)}&format={name}")
    root = ElementTree.fromstring(answer.content)
    assert len([one for one in root.iter() if one.tag.endswith("}node")]) == 3
    assert f'filename="chain.{name}"' in answer.headers["content-disposition"]


def test_the_chain_and_the_collation_are_tables(client: TestClient) -> None:
    asked = query("early.txt", SAID)
    rows = list(csv.reader(io.StringIO(client.get(f"/where/{asked}&format=csv").text)))
    assert sorted(row[rows[0].index("status")] for row in rows[1:]) == ["dated", "undetermined", "undetermined"]
    table = list(csv.reader(io.StringIO(client.get(f"/collation/{asked}&format=csv").text)))
    assert table[0] == ["place", "early", "undated", "late"]  # the one that shares more stands before
    assert [row[1:] for row in table if row[1] == "not"] == [["not", "not", ""]]


def test_where_else_is_answered_as_data(client: TestClient) -> None:
    found = client.get(f"/api/documents/{query('early.txt', SAID)}".replace("?", "/elsewhere?")).json()["places"]
    assert [(one["path"], one["date"]) for one in found] == [("undated.txt", ""), ("late.txt", "2016-07")]
    start, end = found[0]["spans"][0]
    assert TEXTS["undated.txt"][1][start:end].rstrip(".") == SAID.rstrip(".")


@pytest.mark.parametrize(
    "asked", ["1?start=9&end=9", "1?start=0&end=99999", "1?start=x", "1?format=dot", "1?start=5&end=2"]
)
def test_a_range_outside_the_text_and_an_unknown_format_are_refused(client: TestClient, asked: str) -> None:
    assert client.get(f"/where/{asked}").status_code == 400


@pytest.mark.parametrize("more", ["base=4", "only=1", "only=1,99", "only=1,<b>", "format=xls"])
def test_what_is_no_witness_is_refused(client: TestClient, more: str) -> None:
    assert client.get(f"/collation/{query('early.txt', SAID)}&{more}").status_code == 400


def test_the_margin_leads_to_the_chain(client: TestClient) -> None:
    assert re.search(r'<a href="/where/1\?start=\d+&amp;end=\d+">where else</a>', client.get("/doc/1").text)
