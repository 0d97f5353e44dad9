"""A dossier holds what was chosen, once, with its margin and hashes, and nothing in it runs or loads."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient
from tests.workbench.conftest import TEXTS, fill
from tests.workbench.test_coding import mark

from catena.cli import cli
from catena.dossier import Choice, choose, to_html
from catena.dossier.choosing import find_stretch
from catena.model import Code, Span
from catena.store import NotFound, Project, QueryError, new_code, open_or_create

EVIL = '</blockquote><script>alert(1)</script><img src=x onerror=alert(2)> "said" <!-- ]]>'


def page_of(project: Project, *choices: Choice, title: str = "") -> LexborHTMLParser:
    return LexborHTMLParser(to_html(choose(project, choices, title=title, made="2026-01-02T03:04Z")))


def words(page: LexborHTMLParser) -> list[str]:
    return [block.text().strip() for block in page.css(".passage > blockquote")]


@pytest.fixture
def calm(project: Project) -> Code:
    code = new_code("Calm")
    project.put_codes("Ada", code)
    return code


def test_passages_are_chosen_by_search_and_their_words_are_marked(project: Project) -> None:
    page = page_of(project, Choice("query", '"harbour dues"'))
    assert [mark.text() for mark in page.css("mark")] == ["harbour dues", "Harbour dues"]
    assert words(page) == [TEXTS["a.txt"], TEXTS["b.txt"]]


def test_passages_are_chosen_by_code_with_the_note_and_its_person(project: Project, calm: Code) -> None:
    mark(project, "a.txt", "The Lakes are calm", calm, "Ada")
    page = page_of(project, Choice("code", "Calm"))
    assert [mark.text() for mark in page.css("mark")] == ["The Lakes are calm"]
    margin = page.css(".margin")[0].text()
    assert "Calm" in margin
    assert "noted by Ada" in margin


def test_a_whole_document_is_chosen_by_its_name(project: Project) -> None:
    page = page_of(project, Choice("document", "c.txt"))
    assert words(page) == [TEXTS["c.txt"]]
    assert not page.css("mark")


def test_what_is_chosen_twice_stands_once_and_says_why(project: Project) -> None:
    found = choose(project, [Choice("query", "calm"), Choice("query", "dues")])
    both = next(one for one in found.documents if one.row.path == "a.txt")
    assert len(both.passages) == 1
    assert [choice.words for choice in both.passages[0].why] == ["dues", "calm"]


def test_every_document_is_named_with_the_hash_of_its_text(project: Project) -> None:
    page = page_of(project, Choice("document", "c.txt"))
    assert hashlib.sha256(TEXTS["c.txt"].encode()).hexdigest() in [code.text() for code in page.css("code")]


def test_what_stands_in_the_margin_is_shown_with_its_voice(project: Project) -> None:
    page = page_of(project, Choice("query", "dues"))
    assert [card.css("strong")[0].text() for card in page.css(".card")] == ["Ada Brisk", "Tomas Eld"]


def test_annotations_in_it_point_at_the_words_in_the_text(project: Project) -> None:
    page = page_of(project, Choice("query", "dues"))
    block = page.css('script[type="application/ld+json"]')
    assert len(block) == 1
    items = json.loads(block[0].text())["items"]
    place, quote = items[0]["target"]["selector"]
    assert quote["exact"] == "the harbour dues will fall"
    assert TEXTS["a.txt"][place["start"] : place["end"]] == quote["exact"]


def test_nothing_in_a_text_name_or_heading_becomes_part_of_the_page(tmp_path: Path) -> None:
    with open_or_create(tmp_path / "p.catena") as project:
        fill(project, {"<img src=x>.txt": EVIL})
        page = page_of(project, Choice("document", "1"), title=EVIL)
    assert words(page) == [EVIL]
    assert not page.css("img, script:not([type='application/ld+json'])")
    assert page.css("h1")[0].text() == EVIL


def test_the_page_may_load_nothing_but_its_own_style(project: Project) -> None:
    written = to_html(choose(project, [Choice("query", "lakes")]))
    page = LexborHTMLParser(written)
    policy = page.css("meta[http-equiv]")[0].attributes["content"]
    assert policy
    style = re.search(r"<style>(.*?)</style>", written, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert not re.search(r"(src|href)=\"(?!#)", written)


def test_more_than_the_limit_is_left_out_and_counted(project: Project) -> None:
    found = choose(project, [Choice("query", "lakes OR harbour OR council")], most=2)
    assert (found.passages, found.left_out) == (2, 1)
    assert "1 more passages were left out" in to_html(found)


def test_nothing_chosen_and_mistakes_are_told(project: Project) -> None:
    with pytest.raises(ValueError, match="say what"):
        choose(project, [])
    with pytest.raises(ValueError, match="allowed: query"):
        Choice("colour", "red")
    with pytest.raises(QueryError):
        choose(project, [Choice("query", "(lakes")])
    with pytest.raises(NotFound):
        choose(project, [Choice("document", "nowhere.txt")])


def test_a_long_paragraph_is_cut_at_white_space_around_what_was_found() -> None:
    text = "word " * 1000
    stretch = find_stretch(text, Span(2500, 2504), 100)
    assert 60 <= len(stretch) <= 100
    assert stretch.contains(Span(2500, 2504))
    assert text[stretch.start - 1] == " "
    assert text[stretch.end] == " "


def test_the_command_writes_the_file(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "d.html"
    done = CliRunner().invoke(cli, ["dossier", str(path), "-o", str(out), "--query", "lakes", "--title", "Lakes"])
    assert done.exit_code == 0, done.output
    assert done.output == f"{out}: 2 passages of 2 documents\n"
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert CliRunner().invoke(cli, ["dossier", str(path), "-o", str(out)]).exit_code == 1


def test_the_reader_shows_how_much_it_is_and_gives_the_file(client: TestClient) -> None:
    assert "2 passages of 2 documents" in client.get("/dossier?query=lakes").text
    answer = client.get("/dossier?query=lakes&format=html")
    assert answer.headers["content-disposition"] == 'attachment; filename="dossier.html"'
    assert answer.text.startswith("<!doctype html>")
    assert client.get("/dossier?query=(lakes").status_code == 400
    assert client.get("/dossier").status_code == 200
