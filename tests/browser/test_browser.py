"""The reader in a real Chromium, on the bundled examples."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.anatomy.presented import find_shown, list_shown, write_example

from catena.web.offsets import from_utf16, to_utf16

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
pytestmark = pytest.mark.browser


def need(found: bool, what: str) -> None:
    """Skip with a plain word on a person's machine; fail where the tests are the gate."""
    if not found:
        message = f"browser tests did not run: {what} is missing; use ./test"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a reader serving the examples."""
    yield from serve(ROOT / "examples" / "statements", tmp_path_factory.mktemp("reader") / "examples.catena")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a reader serving PDFs."""
    yield from serve(ROOT / "tests" / "readers" / "fixtures", tmp_path_factory.mktemp("reader") / "printed.catena")


def serve(folder: Path, project: Path) -> Iterator[str]:
    need(shutil.which("chromium") is not None, "chromium")
    need(shutil.which("node") is not None, "node")
    need((HERE / "node_modules").is_dir(), "tests/browser/node_modules")
    build = [sys.executable, "-m", "catena", "build", str(folder), "-o", str(project)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    command = [sys.executable, "-u", "-m", "catena", "open", str(project), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        try:
            assert reader.stdout is not None
            yield reader.stdout.readline().removeprefix("Reading at ").strip()
        finally:
            reader.terminate()


def test_a_person_can_walk_from_list_to_margin(address: str) -> None:
    command = ["node", "--test", "--test-reporter=tap", str(HERE / "walk.test.mjs")]
    environment = os.environ | {"READER": address}
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE, env=environment, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "# pass 16" in done.stdout, done.stdout[-2000:]


def test_a_person_can_search_count_code_and_undo(address: str) -> None:
    command = ["node", "--test", "--test-reporter=tap", str(HERE / "workbench.test.mjs")]
    environment = os.environ | {"READER": address}
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE, env=environment, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "# pass 11" in done.stdout, done.stdout[-2000:]


def test_a_right_to_left_pdf_is_read_beside_its_pages(printed: str) -> None:
    command = ["node", "--test", "--test-reporter=tap", str(HERE / "facsimile.test.mjs")]
    environment = os.environ | {"READER": printed}
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE, env=environment, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "# pass 3" in done.stdout, done.stdout[-2000:]


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
            environment = os.environ | {"READER": f"http://127.0.0.1:{port}/", "PASSWORD": password}
            command = ["node", "--test", "--test-reporter=tap", str(HERE / "team.test.mjs")]
            done = subprocess.run(
                command, capture_output=True, text=True, cwd=HERE, env=environment, timeout=300, check=False
            )
        finally:
            server.terminate()
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "# pass 4" in done.stdout, done.stdout[-2000:]


def wait_for(port: int) -> None:
    """Until somebody listens there; fails after 30 seconds."""
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    pytest.fail(f"nobody listens at {port}")


def test_a_person_can_follow_a_name_and_correct_a_value(address: str) -> None:
    command = ["node", "--test", "--test-reporter=tap", str(HERE / "names.test.mjs")]
    environment = os.environ | {"READER": address}
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE, env=environment, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "# pass 3" in done.stdout, done.stdout[-2000:]


def test_every_value_of_the_anatomy_leads_to_its_characters_and_is_corrected_and_undone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_example(tmp_path / "in")
    project = tmp_path / "p.catena"
    with contextlib.contextmanager(serve)(tmp_path / "in", project) as found:
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
        walk = ["node", "--test", "--test-reporter=tap", str(HERE / "anatomy.test.mjs")]
        environment = os.environ | {"READER": found, "SHOWN": json.dumps(shown)}
        done = subprocess.run(walk, capture_output=True, text=True, cwd=HERE, env=environment, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert f"# pass {len(shown) + 2}" in done.stdout, done.stdout[-2000:]


def test_the_pictures_of_the_readme_can_be_taken(address: str, printed: str, tmp_path: Path) -> None:
    for script, reader in (("shoot.mjs", address), ("shoot_pages.mjs", printed)):
        subprocess.run(["node", str(HERE / script), reader, str(tmp_path)], check=True, cwd=HERE, timeout=120)
    taken = sorted(path.name for path in tmp_path.iterdir() if path.stat().st_size > 20_000)
    assert taken == sorted(path.name for path in (ROOT / "docs" / "images").iterdir())


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
    need(shutil.which("chromium") is not None, "chromium")
    need(shutil.which("node") is not None, "node")
    need((HERE / "node_modules").is_dir(), "tests/browser/node_modules")
    (tmp_path / "in").mkdir()
    for name, text in CARRIED.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    project = tmp_path / "p.catena"
    build = [sys.executable, "-m", "catena", "build", str(tmp_path / "in"), "-o", str(project)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    command = [sys.executable, "-u", "-m", "catena", "open", str(project), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        try:
            assert reader.stdout is not None
            found = reader.stdout.readline().removeprefix("Reading at ").strip()
            walk = ["node", "--test", "--test-reporter=tap", str(HERE / "chain.test.mjs")]
            environment = os.environ | {"READER": found}
            done = subprocess.run(
                walk, capture_output=True, text=True, cwd=HERE, env=environment, timeout=600, check=False
            )
        finally:
            reader.terminate()
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "# pass 5" in done.stdout, done.stdout[-2000:]
