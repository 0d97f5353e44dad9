"""The index of an edition in its mapped file: shared by processes, whole or not at all, never used for another text."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from catena.library import index_cache
from catena.library.index_cache import cache_path, read_cache, write_cache
from catena.library.model import Edition
from catena.verification import Edition as EditionView
from catena.verification import LoadedEdition, load_edition, skeleton

VIEW = EditionView("charter", "Lake Charter", "Charter of the Three Lakes", "en")
MANIFEST = Edition(
    name="charter", work="Lake Charter", language="en", importer="ref-tab", kind="numbered-passages", passages=2,
    sha256="a" * 64, source="charter.tsv",
)  # fmt: skip
ARTICLES = [
    ("Lake Charter 1", "The waters of the Three Lakes belong to all the states that lie on their shores."),
    ("Lake Charter 2", "No member state shall close the passage between the lakes."),
]


@pytest.fixture
def charter() -> LoadedEdition:
    return load_edition(VIEW, ARTICLES)


def large() -> LoadedEdition:
    """About thirty megabytes of index: long enough in writing to be caught at it."""
    draw = random.Random(1)
    words = ["".join(draw.choices("abcdefghijklmnop", k=6)) for _ in range(5000)]
    return load_edition(VIEW, [(f"Lake Charter {n}", " ".join(draw.choices(words, k=25))) for n in range(10_000)])


ASK = """
import sys
from pathlib import Path
from catena.library import load_library
from catena.verification.candidates import sought_stretches
print("ready", flush=True)
sys.stdin.readline()
library = load_library((Path(sys.argv[1]),))
(loaded,) = library.of_work("Lake Charter")
found = sought_stretches(library, "close the passage between the lakes")
print([loaded.references[one.first] for one in found], loaded.texts[1], library.problems, flush=True)
"""

REWRITE = """
import sys
from pathlib import Path
from tests.library.test_index_cache import large
from catena.library.index_cache import write_cache
loaded = large()
print("ready", flush=True)
sys.stdin.readline()
write_cache(Path(sys.argv[1]), loaded)
"""


def start(code: str, argument: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(argument)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize("built_before", [False, True])
def test_four_processes_open_one_index_at_once(built_before: bool, tmp_path: Path) -> None:
    from catena.library import add_edition

    source = tmp_path / "charter.tsv"
    source.write_text("\n".join(f"Art. {n}\t{text}" for n, (_, text) in enumerate(ARTICLES, 1)), encoding="utf-8")
    add_edition(tmp_path / "library", "Lake Charter", source, language="en")
    cache = tmp_path / "cache"
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    rounds = 2 if built_before else 1
    for _ in range(rounds):
        processes = [start(ASK, tmp_path / "library", environment) for _ in range(4)]
        for process in processes:  # all are ready: now they open it together
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.communicate(timeout=60)[0] for process in processes]
        assert said == [f"['Lake Charter 2'] {ARTICLES[1][1]} ()\n"] * 4
        assert not list(cache.rglob(f"{index_cache.DRAFT}*"))


def test_a_build_killed_half_way_leaves_the_old_index_in_use(charter: LoadedEdition, tmp_path: Path) -> None:
    path = tmp_path / "charter.index"
    write_cache(path, charter)
    kept = path.read_bytes()
    process = start(REWRITE, path, dict(os.environ))
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    caught = 0
    deadline = time.monotonic() + 60
    while not caught and time.monotonic() < deadline:
        caught = sum(part.stat().st_size for part in tmp_path.glob(f"{index_cache.DRAFT}*/*"))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert caught  # it was writing
    assert list(tmp_path.glob(f"{index_cache.DRAFT}*"))  # and had no time to finish or to clean up
    assert path.read_bytes() == kept
    found = read_cache(path, VIEW)
    assert found is not None
    assert found.texts == charter.texts


def test_readers_keep_the_index_that_they_opened_when_a_new_one_takes_its_place(
    charter: LoadedEdition, tmp_path: Path
) -> None:
    path = tmp_path / "charter.index"
    write_cache(path, charter)
    opened = read_cache(path, VIEW)
    assert opened is not None
    write_cache(path, load_edition(VIEW, [("Lake Charter 1", "Another charter altogether.")]))
    assert opened.texts == charter.texts
    again = read_cache(path, VIEW)
    assert again is not None
    assert again.texts == ("Another charter altogether.",)


def test_an_index_says_the_same_as_the_edition_it_was_written_from(charter: LoadedEdition, tmp_path: Path) -> None:
    path = tmp_path / "charter.index"
    write_cache(path, charter)
    found = read_cache(path, VIEW)
    assert found is not None
    assert (found.references, found.texts, found.edition) == (charter.references, charter.texts, VIEW)
    for ours, theirs in ((found.index, charter.index), (found.scan, charter.scan)):
        assert (ours.k, ours.every, ours.entries.tolist()) == (theirs.k, theirs.every, theirs.entries.tolist())
        assert ours.candidates("closethepassage") == theirs.candidates("closethepassage")


@pytest.mark.parametrize(
    "other",
    [
        replace(MANIFEST, sha256="b" * 64),
        replace(MANIFEST, files=(("passages.jsonl", "c" * 64),)),
        replace(MANIFEST, importer="csv"),
        replace(MANIFEST, work="River Charter"),
    ],
)
def test_another_text_or_reading_of_it_has_another_index(other: Edition) -> None:
    assert cache_path(other) != cache_path(MANIFEST)


def test_a_change_of_the_title_alone_keeps_the_index() -> None:
    assert cache_path(replace(MANIFEST, title="The Charter", notice="ours")) == cache_path(MANIFEST)


@pytest.mark.parametrize(
    ("table", "changed"),
    [("_SAME", {ord("ة"): "ت"}), ("OTHER_SEED", 9), ("ARABIC_SCAN", 6), ("SKELETON_VERSION", "next")],
)
def test_another_fold_table_or_seed_has_another_index(
    table: str, changed: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = cache_path(MANIFEST)
    monkeypatch.setattr(skeleton, table, changed)
    assert cache_path(MANIFEST) != before


def test_drafts_of_killed_runs_are_swept_away_after_an_hour(charter: LoadedEdition, tmp_path: Path) -> None:
    for name, age in (("old", 4000), ("new", 10)):
        draft = tmp_path / f"{index_cache.DRAFT}{name}"
        draft.mkdir()
        (draft / "charter.index").write_bytes(b"half")
        os.utime(draft, (time.time() - age, time.time() - age))
    write_cache(tmp_path / "charter.index", charter)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{index_cache.DRAFT}new", "charter.index"]
