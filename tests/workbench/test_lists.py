"""Lists on the screen: sorted, drawn, given away as they stand; one voice alone; texts side by side; kept searches."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.store.conftest import make_document
from tests.workbench.conftest import TEXTS

from catena.comparing import lay_out
from catena.model import MadeBy, Span, make_finding
from catena.store import FileResult, FileStamp, Project
from catena.voices import count_voices, list_said


def lines(client: TestClient, address: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in client.get(address).text.splitlines()]


def test_the_list_of_documents_and_the_hits_of_a_search_are_given_away_as_they_stand(client: TestClient) -> None:
    assert [row["path"] for row in lines(client, "/?genre=speech&format=jsonl")] == ["a.txt", "c.txt"]
    rows = lines(client, "/search?q=lakes&format=jsonl&offset=1")
    assert [(row["path"], row["hits"]) for row in rows] == [("a.txt", 2), ("b.txt", 1)]
    assert TEXTS["b.txt"] == rows[1]["words"]
    assert client.get("/search?q=%22lakes&format=csv").status_code == 400


def test_a_table_is_sorted_by_a_column_there_and_back_with_what_is_unknown_last(client: TestClient) -> None:
    def words(sort: str) -> list[object]:
        return [row["word"] for row in lines(client, f"/words?q=path:d.txt&format=jsonl&sort={sort}")]

    up = words("word")
    assert up == sorted(up, key=str)
    assert words("-word") == up[::-1]
    page = client.get("/words?q=path:d.txt&sort=-word").text
    assert 'aria-sort="descending"' in page
    assert "sort=word" in page
    assert client.get("/words?sort=colour").status_code == 400


def test_a_chart_is_drawn_on_this_machine_with_the_numbers_of_its_table(client: TestClient) -> None:
    pytest.importorskip("vl_convert")
    page = client.get("/words?q=path:d.txt").text
    assert "format=svg" in page
    assert "shade=dark" in page
    answer = client.get("/words?q=path:d.txt&format=svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    rows = lines(client, "/words?q=path:d.txt&format=jsonl")
    bars = re.findall(r'aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="bar"', answer.text)
    assert len(bars) == len(rows)
    assert str(rows[0]["word"]) in bars[0]
    assert client.get("/words?q=path:d.txt&format=png").content.startswith(b"\x89PNG")
    assert client.get("/words?q=path:d.txt&format=svg&shade=mauve").status_code == 400


def test_a_word_in_a_chart_stays_a_word(client: TestClient, path: Path) -> None:
    pytest.importorskip("vl_convert")
    with Project.open(path) as project:
        document = make_document('<script>alert(1)</script> &amp; "x"', "evil.txt", "e" * 64)
        project.add(FileResult(FileStamp("evil.txt", 1, 1), "e" * 64, "ok", "read", "", document, (), 0.1, "r1"))
    drawn = client.get("/words?q=path:evil.txt&format=svg").text
    assert "<script" not in drawn


def test_without_the_extra_the_page_draws_its_own_bars_and_says_what_to_install(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)  # as on a machine where it is not installed
    page = client.get("/words?q=path:d.txt").text
    assert '<svg viewBox="0 0 620' in page
    assert "format=svg" not in page
    answer = client.get("/words?q=path:d.txt&format=svg")
    assert answer.status_code == 400
    assert "catena[charts]" in answer.text


@pytest.fixture
def reported(path: Path) -> Path:
    """A project in which the Herald, once with its article, reports Ada Brisk."""
    text = 'The Herald wrote: Ada Brisk said the dues fall. According to the Herald, Brisk said "they fall".'
    with Project.open(path) as project:
        document = make_document(text, "h.txt", "f" * 64)

        def said(speaker: str, words: str, parent: str | None = None, outlet: str = "") -> object:
            roles = {"content": Span(text.index(words), text.index(words) + len(words))}
            if outlet:
                roles["outlet"] = Span(text.index(outlet), text.index(outlet) + len(outlet))
            values = {"speaker": speaker}
            return make_finding(document, "attribution", roles, MadeBy("rules"), values=values, parent=parent)

        outer = said("The Herald", "Ada Brisk said the dues fall")
        inner = said("Ada Brisk", "the dues fall", outer.id)  # type: ignore[attr-defined]
        again = said("Brisk", "they fall", outlet="the Herald")
        stamp = FileStamp("h.txt", len(text), 9)
        project.add(FileResult(stamp, "f" * 64, "ok", "read", "", document, (outer, inner, again), 0.1, "r1"))  # type: ignore[arg-type]
    return path


def test_one_voice_is_read_alone_and_as_another_reports_it(reported: Path, client: TestClient) -> None:
    with Project.open(reported) as project:
        assert [one.words for one in list_said(project, "ada brisk")] == [
            "the harbour dues will fall", "the dues fall", "they fall",
        ]  # fmt: skip
        found = list_said(project, "Ada Brisk", "Herald")
        assert [(one.words, one.reporters) for one in found] == [
            ("the dues fall", ("The Herald",)),
            ("they fall", ("The Herald",)),
        ]
        assert list_said(project, "Nobody") == ()
        (brisk,) = (one for one in count_voices(project).counts if one.name == "Ada Brisk")
        assert (brisk.passages, brisk.reporters) == (3, (("The Herald", 2),))
    rows = lines(client, "/said?voice=Ada+Brisk&by=The+Herald&format=jsonl")
    assert [row["words"] for row in rows] == ["the dues fall", "they fall"]
    page = client.get("/said?voice=Ada+Brisk&by=The+Herald").text
    assert "as reported by" in page
    assert '<option value="The Herald" selected>' in page


def test_a_name_is_described_by_the_words_around_it_in_the_mouth_of_each_voice(path: Path, client: TestClient) -> None:
    text = (
        "Tomas Eld said the honest Mara Quill kept the honest Mara Quill book. The stubborn Mara Quill left. "
        "A stubborn Mara Quill came back."
    )
    with Project.open(path) as project:
        document = make_document(text, "m.txt", "a1" * 32)
        start = text.index("the honest")
        roles = {"content": Span(start, text.index(" The stubborn"))}
        said = make_finding(document, "attribution", roles, MadeBy("rules"), values={"speaker": "Tomas Eld"})
        project.add(FileResult(FileStamp("m.txt", 1, 1), "a1" * 32, "ok", "read", "", document, (said,), 0.1, "r1"))
    rows = lines(client, "/words?show=described&q=Mara+Quill&left=1&format=jsonl")
    found = {(row["voice"], row["word"]): (row["mentions"], row["left"]) for row in rows}
    assert found["Tomas Eld", "honest"] == (2, 2)
    assert found["the document itself", "stubborn"] == (2, 2)
    assert ("Tomas Eld", "stubborn") not in found
    again = lines(client, '/words?show=described&q="Mara Quill"&left=1&format=jsonl')
    assert again == rows
    assert client.get("/words?show=described&format=csv").status_code == 400


def test_of_three_texts_a_word_of_the_first_is_marked_where_any_other_differs() -> None:
    base = "The lamps burn until dawn at the quay."
    panes = lay_out(base, [base.replace("dawn", "noon"), base.replace("lamps", "lights")])
    marked = [
        "".join(one.text for one in pane.blocks[0].side.stretches if one.differs)
        for pane in panes
        if pane.blocks[0].side
    ]
    assert marked == ["lamps dawn ", "noon ", "lights "]
    assert [pane.shared for pane in panes] == [0, 7, 7]


def test_what_a_text_lacks_is_said_once_for_each_gap_and_what_it_adds_answers_to_nothing() -> None:
    base = "The lamps burn.\n\nThe bell rings twice.\n\nThe book is kept.\n\nThe dues are paid."
    (_, other) = lay_out(base, ["The lamps burn.\n\nNobody asked me about that.\n\nThe dues are paid."])
    shown = [
        (block.row, "".join(one.text for one in block.side.stretches) if block.side else None) for block in other.blocks
    ]
    assert (0, "The lamps burn.") in shown
    assert (3, "The dues are paid.") in shown
    assert [row for row, words in shown if words is None] == [1]
    assert [row for row, words in shown if words == "Nobody asked me about that."] == [None]


def test_a_translation_is_not_marked_and_its_paragraphs_answer_by_number() -> None:
    first, other = lay_out("One lake.\n\nTwo boats.", ["بحيرة واحدة.\n\nقاربان."])
    assert (first.marked, other.marked) == (False, False)
    assert [block.row for block in other.blocks] == [0, 1]
    assert not any(one.differs for pane in (first, other) for block in pane.blocks for one in block.side.stretches)  # type: ignore[union-attr]


def test_an_older_text_of_a_document_is_compared_with_its_newer_one(path: Path, client: TestClient) -> None:
    with Project.open(path) as project:
        changed = make_document(TEXTS["d.txt"].replace("twice", "again"), "d.txt", "d" * 64)
        project.add(FileResult(FileStamp("d.txt", 5, 5), "d" * 64, "ok", "read", "", changed, (), 0.1, "r1"))
        number = project.document("d.txt").row.number
        assert len(project.texts_of(number)) == 2
    page = client.get(f"/compare?a={number}.1&b={number}").text
    assert "text 1 of 2" in page
    assert "<del>twice" in page
    assert "<ins>again" in page
    assert client.get(f"/compare?a={number}.3&b={number}").status_code == 404
    assert client.get(f"/compare?a={number}&b=1&c=2&d=3").text.count('class="pane"') == 4
    (row,) = lines(client, f"/compare?a={number}.1&b={number}&format=jsonl")
    assert (row["a"], row["a_differs"], row["b_differs"]) == (TEXTS["d.txt"], "twice.", "again.")


def test_a_kept_search_is_run_again_with_its_level_and_its_ticks(client: TestClient) -> None:
    form = {"name": "books", "query": "كتاب", "settings": "level=affixes&form=وكتابه&evil=1"}
    page = client.post("/searches", data=form).text
    assert "<mark>وكتابه</mark>" in page
    link = re.search(r'href="(/search\?q=[^"]*)"><bdi>books', page)
    assert link
    again = client.get(link[1].replace("&amp;", "&"))
    assert "evil" not in link[1]
    assert "<mark>وكتابه</mark>" in again.text
    assert "<mark>كتاب</mark>" not in again.text
