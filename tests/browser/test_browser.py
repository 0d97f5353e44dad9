"""The reader in a real Chromium, on the bundled examples."""

from __future__ import annotations

import importlib.util
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Route
from tests.anatomy.presented import find_shown, list_shown, write_example
from tests.browser.serving import HERE, ROOT, need, serve, wait_for, walk
from tools.screenshots import code_examples, shoot

from catena.store import Project
from catena.web import create_app
from catena.web.offsets import from_utf16, to_utf16

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a reader serving the examples."""
    with serve(ROOT / "examples" / "statements", tmp_path_factory.mktemp("reader") / "examples.catena") as found:
        yield found


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a reader serving PDFs."""
    with serve(ROOT / "tests" / "readers" / "fixtures", tmp_path_factory.mktemp("reader") / "printed.catena") as found:
        yield found


def test_a_person_can_walk_from_list_to_margin(address: str) -> None:
    walk("walk.test.mjs", address)


def test_a_person_can_search_count_code_and_undo(address: str) -> None:
    walk("workbench.test.mjs", address)


def test_a_right_to_left_pdf_is_read_beside_its_pages_once_they_are_asked_for(printed: str) -> None:
    walk("facsimile.test.mjs", printed)


ASKED = (
    "/search?q=lakes", "/search?q=lake&level=affixes", "/concordance?q=the", "/words?show=collocates&q=lake",
    "/words?show=keyness&target=language:ar&least=1", "/words?show=ngrams&n=2", "/words?show=trend&q=lake",
    "/compare?a=1&b=2", "/compare?a=7&b=8&c=10", "/said?voice=Runa+Vesk", "/words?show=described&q=harbour&least=1",
    "/ledger?show=dates", "/dossier?query=harbour", "/doc/1?pages",
)  # fmt: skip
"""Pages that show more when they are asked something."""


def list_pages(project: Path) -> list[str]:
    """An address for every page of the application, from its own list of routes."""
    app = create_app(project, token="t", host="127.0.0.1", port=1)
    paths = [route.path for route in app.routes if isinstance(route, Route) and "GET" in (route.methods or ())]
    pages = [path.replace("{number:int}", "1") for path in paths if not path.startswith("/api/")]
    return [page for page in pages if not page.endswith(".png")]


def test_no_page_of_the_application_has_a_serious_accessibility_fault(address: str, tmp_path: Path) -> None:
    Project.create(tmp_path / "p.catena").close()
    pages = list_pages(tmp_path / "p.catena")
    assert len(pages) >= 24
    walk("pages.test.mjs", address, PAGES=json.dumps([*pages, *ASKED]))


def test_a_team_logs_in_and_opens_what_is_restricted_with_the_keyboard_alone(address: str, tmp_path: Path) -> None:
    need(importlib.util.find_spec("argon2") is not None, "the extra serve")
    project, password = tmp_path / "P.catena", "harbour lamps at nine"
    catena = [sys.executable, "-u", "-m", "catena"]
    source = [*catena, "build", str(ROOT / "examples" / "statements"), "-o", str(project)]
    subprocess.run(source, check=True, stdout=subprocess.DEVNULL)
    add = [*catena, "accounts", "add", str(project), "Mona", "--role", "manage"]
    subprocess.run(add, check=True, input=password + "\n", text=True, stdout=subprocess.DEVNULL)
    subprocess.run([*catena, "restrict", str(project), "*-ar.txt"], check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([*catena, "serve", str(project), "--port", str(port), "--plain-http"]) as server:
        try:
            wait_for(port)
            walk("team.test.mjs", f"http://127.0.0.1:{port}/", PASSWORD=password)
        finally:
            server.terminate()


def test_a_person_can_follow_a_name_and_correct_a_value(address: str) -> None:
    walk("names.test.mjs", address)


def test_every_value_of_the_anatomy_leads_to_its_characters_and_is_corrected_and_undone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_example(tmp_path / "in")
    project = tmp_path / "p.catena"
    with serve(tmp_path / "in", project) as found:
        shown = [
            {
                "label": want.label,
                "name": want.name,
                "start": span.start,
                "words": want.words,
                "corrected": want.corrected,
                "id": finding.id,
            }
            for want in list_shown()
            for finding, span in [find_shown(project, want)]
        ]
        walk("anatomy.test.mjs", found, SHOWN=json.dumps(shown))


def test_the_pictures_of_readme_and_docs_can_be_taken_and_each_is_shown(
    address: str, printed: str, tmp_path: Path
) -> None:
    images = tmp_path / "images"
    images.mkdir()
    for script, reader in (("shoot.mjs", address), ("shoot_pages.mjs", printed)):
        subprocess.run(["node", str(HERE / script), reader, str(images)], check=True, cwd=HERE, timeout=240)
    shoot(code_examples(tmp_path), "shoot_work.mjs", images)
    taken = sorted(path.name for path in images.iterdir() if path.stat().st_size > 20_000)
    assert taken == sorted(path.name for path in (ROOT / "docs" / "images").iterdir())
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md"))
    assert [name for name in taken if f"images/{name})" not in pages] == []


def test_the_scripts_hold_to_their_types() -> None:
    need((HERE / "node_modules").is_dir(), "tests/browser/node_modules")
    tsc = HERE / "node_modules" / "typescript" / "bin" / "tsc"
    done = subprocess.run(["node", str(tsc), "-p", str(HERE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_offsets_agree_with_their_python_twin() -> None:
    need(shutil.which("node") is not None, "node")
    text = "a😀b\u0301 👩\u200d👧 ﷺ"
    script = (
        f"import {{ toUtf16, fromUtf16 }} from '{(ROOT / 'src/catena/web/static/offsets.js').as_uri()}';"
        f"const text = {json.dumps(text)};"
        f"const places = [...Array({len(text) + 1}).keys()];"
        "console.log(JSON.stringify(places.map((i) => [toUtf16(text, i), fromUtf16(text, i)])));"
    )
    command = ["node", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [[to_utf16(text, i), from_utf16(text, i)] for i in range(len(text) + 1)]


CARRIED = {
    "letter.txt": "Harbour letter\n\n4 May 2015\n\nThe harbour of Port Varn will not be closed to any ship of the river"
    " states while the treaty holds. It meets again in autumn.\n",
    "courier.txt": "On the quay\n\n9 July 2016\n\nThey said this. The harbour of Port Varn will be closed to any ship"
    " of the river states while the treaty holds. Nobody stirred.\n",
    "a.txt": "بيان القرية\n\n4 مايو 2015\n\nلن نعود إلى المحادثات في فارن حتى يوقع الطرفان اتفاق البحيرة وينشر نصه"
    " كاملا في جريدة المدينة.\n",
    "b.txt": "رسالة\n\n9 يوليو 2016\n\nلن نعود إلى المحادثات في فارن حتى يوقع الطرفان اتفاق البحيرة وينشر نصه في جريدة"
    " المدينة.\n",
}


def test_a_person_can_see_where_else_a_passage_stands(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in CARRIED.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    with serve(tmp_path / "in", tmp_path / "p.catena") as found:
        walk("chain.test.mjs", found)
