"""The pages of a PDF beside its text, and damaged lines beside their repair."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.readers.builders import make_pdf, make_zip

from catena.building import build
from catena.engines import Here
from catena.lexicons.repair import load_mark_model
from catena.model import Block, Document, Origin, Span
from catena.store import Project
from catena.store.careful import set_patterns
from catena.text.repair import repair_text
from catena.web import create_app
from catena.web.facsimile import prints_by_row
from catena.web.repaired_pages import to_lines

COLUMNS = Path(__file__).parent.parent / "readers" / "fixtures" / "columns.pdf"
DAMAGED = "قال الوزير.\nَذا َفْلَيْعَمِل اْلَعاِملُونَ ﴿  ﴾لِِمْثِل َهَٰ\nوانتهى البيان."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    shutil.copy(COLUMNS, made / "a.pdf")
    (made / "b.zip").write_bytes(make_zip({"inner/c.pdf": make_pdf("The talks ended.", "The lakes stay open.")}))
    (made / "d.txt").write_text(DAMAGED, encoding="utf-8")
    return made


@pytest.fixture
def client(folder: Path, tmp_path: Path) -> TestClient:
    build(folder, tmp_path / "p.catena", engine=Here())
    app = create_app(tmp_path / "p.catena", token="t", host="127.0.0.1", port=8000)
    found = TestClient(app, base_url="http://127.0.0.1:8000")
    found.get("/?token=t")
    return found


def numbers(client: TestClient) -> dict[str, int]:
    return {row["path"]: row["number"] for row in client.get("/api/documents").json()["documents"]}


def test_a_pdf_has_its_pages_beside_its_text_when_asked_for(client: TestClient) -> None:
    number = numbers(client)["a.pdf"]
    assert f'href="/doc/{number}?pages"' in client.get(f"/doc/{number}").text
    assert f'src="/doc/{number}/page/1.png"' in client.get(f"/doc/{number}?pages").text
    picture = client.get(f"/doc/{number}/page/1.png")
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert int.from_bytes(picture.content[16:20]) == 1000  # dots across


def test_pictures_of_pages_are_hidden_until_one_or_all_are_asked_for(client: TestClient) -> None:
    number = numbers(client)["b.zip/inner/c.pdf"]
    hidden, shown = client.get(f"/doc/{number}?pages").text, client.get(f"/doc/{number}?pages=shown").text
    assert hidden.count('<details class="sheet">') == 2
    assert "Show all pages" in hidden
    assert shown.count('<details class="sheet" open>') == 2
    assert "Hide all pages" in shown


def test_a_page_of_a_pdf_in_an_archive_is_shown_too(client: TestClient) -> None:
    number = numbers(client)["b.zip/inner/c.pdf"]
    assert client.get(f"/doc/{number}?pages").text.count('class="sheet"') == 2
    assert client.get(f"/doc/{number}/page/2.png").status_code == 200
    assert client.get(f"/doc/{number}/page/3.png").status_code == 404


def test_other_texts_have_no_pages(client: TestClient) -> None:
    number = numbers(client)["d.txt"]
    assert "?pages" not in client.get(f"/doc/{number}").text


def test_a_file_that_changed_or_went_away_is_not_shown_and_the_page_says_why(client: TestClient, folder: Path) -> None:
    number = numbers(client)["a.pdf"]
    (folder / "a.pdf").write_bytes(make_pdf("Something else."))
    page = client.get(f"/doc/{number}?pages").text
    assert "no longer the file that was read" in page
    assert 'class="sheet"' not in page
    assert client.get(f"/doc/{number}/page/1.png").status_code == 404
    (folder / "a.pdf").unlink()
    assert "is no longer there" in client.get(f"/doc/{number}?pages").text
    (folder / "b.zip").write_bytes(make_zip({"other.txt": "x"}))
    inner = numbers(client)["b.zip/inner/c.pdf"]
    assert "no longer holds" in client.get(f"/doc/{inner}?pages").text


def test_damaged_lines_are_shown_as_printed_and_repaired_with_the_steps_named(client: TestClient) -> None:
    number = numbers(client)["d.txt"]
    assert f"/doc/{number}/repaired" in client.get(f"/doc/{number}").text
    page = client.get(f"/doc/{number}/repaired").text
    assert DAMAGED.split("\n")[1] in page
    assert "لِمِثْلِ هَٰذَا فَلْيَعْمَلِ الْعَامِلُونَ" in page
    assert "<h2>What was done</h2>" in page
    whole = numbers(client)["a.pdf"]
    assert "No line of this text is damaged." in client.get(f"/doc/{whole}/repaired").text


def test_each_damaged_line_stands_beside_its_own_repair() -> None:
    lines = to_lines(DAMAGED, repair_text(DAMAGED, load_mark_model()))
    assert [(line.start, line.printed) for line in lines] == [(12, DAMAGED.split("\n")[1])]
    assert "لِمِثْلِ" in lines[0].repaired


def test_pages_and_repairs_of_a_restricted_document_stay_closed(client: TestClient, tmp_path: Path) -> None:
    known = numbers(client)
    with Project.open(tmp_path / "p.catena") as project:
        set_patterns(project, ["*"], "Ada")
    assert client.get(f"/doc/{known['a.pdf']}/page/1.png").status_code == 403
    assert client.get(f"/doc/{known['d.txt']}/repaired").status_code == 403


def test_each_passage_of_a_right_to_left_pdf_has_its_lines_as_printed_beside_it(client: TestClient) -> None:
    number = numbers(client)["a.pdf"]
    assert f'href="/doc/{number}?lines"' in client.get(f"/doc/{number}?pages").text
    page = client.get(f"/doc/{number}?lines").text
    prints = re.findall(rf'src="(/doc/{number}/page/1\.png\?box=(\d+),(\d+),(\d+),(\d+))"', page)
    assert len(prints) >= 4
    for address, *edges in prints:
        left, bottom, right, top = map(int, edges)
        assert 0 < left < right < 420  # A5 is 420 points wide and 595 high
        assert 0 < bottom < top < 595
        picture = client.get(address).content
        assert picture.startswith(b"\x89PNG")
        assert int.from_bytes(picture[16:20]) == pytest.approx(2.5 * (right - left), abs=2)
        assert int.from_bytes(picture[20:24]) == pytest.approx(2.5 * (top - bottom), abs=2)
    bottoms = [int(one[2]) for one in prints]
    assert bottoms[0] == max(bottoms)  # the heading stands at the top


@pytest.mark.parametrize("box", ["1,2,3", "a", "-1,0,5,5", "1,2,3,4,5", "999999,1,2,3"])
def test_an_address_with_no_box_is_refused(client: TestClient, box: str) -> None:
    assert client.get(f"/doc/{numbers(client)['a.pdf']}/page/1.png?box={box}").status_code == 400


def test_a_box_beside_the_page_has_no_picture_and_says_so(client: TestClient) -> None:
    number = numbers(client)["a.pdf"]
    assert client.get(f"/doc/{number}/page/1.png?box=9000,9000,9100,9100").status_code == 404
    assert client.get(f"/doc/{number}/page/1.png?box=100,100,50,50").status_code == 404


def test_the_print_of_a_row_holds_its_own_lines_and_no_others() -> None:
    text = "one\ntwo\n\nthree\nfour"
    boxes = ((10, 80, 90, 90), (10, 60, 90, 70), (0, 0, 0, 0))
    pages = (
        Block(Span(0, 8), "page", "page 1", boxes=boxes),
        Block(Span(9, 19), "page", "page 2", boxes=((10, 80, 90, 90), (10, 60, 40, 70))),
    )
    document = Document(text, Origin("a.pdf", media_type="application/pdf"), pages)
    prints = prints_by_row(document, [Span(0, 4), Span(4, 9), Span(9, 15), Span(15, 19)])
    assert {start: [(one.number, one.box) for one in many] for start, many in prints.items()} == {
        0: [(1, (7, 77, 93, 93))],
        4: [(1, (7, 57, 93, 73))],
        9: [(2, (7, 77, 93, 93))],
        15: [(2, (7, 57, 43, 73))],
    }
    across = prints_by_row(document, [Span(4, 15)])
    assert [one.number for one in across[4]] == [1, 2]
