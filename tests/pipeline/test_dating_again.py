"""Dating after documents were added equals dating of all, and leaves alone what is not connected with them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from catena.anatomy import DatingMemory
from catena.kit import load_kit
from catena.model import Document, Finding, Origin
from catena.pipeline import analyse
from catena.relating import relate_project
from catena.store import FileResult, FileStamp, Project, open_or_create

KIT = load_kit()
RELEASE = "Mill League\nPress Release\n\nNo. 118/2015\n\nVarn, 4 May 2015\n\nThe League asks for a list of all dues."
SAID = "he wooden bridges over the mill stream will be mended before the spring, and nobody may cross them by night"
FILLER = "The summer was dry, the herons left early, and the price of salt rose twice before anybody spoke of it. " * 3
TEXTS = {
    "a-release.txt": RELEASE,
    "b-cites.txt": "The League asked for a list in its press release No. 118/2015, and nobody answered.",
    "c-dated.txt": "Varn, 9 May 2015\n\nNobody has answered the press release No. 118/2015 of the League so far.",
    "d-event.txt": "The ferry ran aground near Varn on 4 May 2015. Nobody has seen the list since.",
    "e-own.txt": f"Lakeside Courier\n\nVarn, 12 May 2015\n\n{FILLER}\n\nT{SAID}.\n\n© Lakeside Courier",
    "f-reports.txt": f"The Lakeside Courier reported that t{SAID}. So much for the ferry.",
    "g-second.txt": "Mill League\nPress Release\n\nNo. 121/2015\n\nThe League sees No. 118/2015 as done with.",
    "h-cites-both.txt": "Varn, 2 June 2015\n\nThe releases No. 118/2015 and No. 121/2015 say nothing of the ferry.",
    # Eight may bear one title and be named by it; the ninth makes it a name of none.
    **{
        f"j-bulletin-{day}.txt": f"Weekly bulletin of the harbour council\n\nVarn, {day} June 2015\n\nThe dues stay."
        for day in range(1, 10)
    },
    "k-names-bulletin.txt": "Nobody answered the Weekly bulletin of the harbour council, and the ferry left.",
    "i-alone.txt": "Varn, 3 June 2015\n\nThe weather stays mild in the valley, and the herons are back.",
}


def add(project: Project, names: Sequence[str], recipe: str = "r1") -> None:
    for name in names:
        document = Document(TEXTS[name], Origin(name, f"{len(TEXTS[name]):064x}"))
        stamp = FileStamp(name, len(TEXTS[name]), 1)
        found = analyse(document, KIT)
        project.add(FileResult(stamp, document.origin.sha256, "ok", "read", "", document, found, 0.0, recipe))
    project.set_meta("relate", "pending")
    relate_project(project, KIT)


def datings(path: Path) -> set[tuple[str, Finding, str]]:
    with Project.open(path) as project:
        return {(name, one, repr(one.evidence)) for name, one, _ in project.all_findings(["dating"])}


def build(path: Path, parts: Sequence[Sequence[str]]) -> set[tuple[str, Finding, str]]:
    for part in parts:
        with open_or_create(path) as project:
            add(project, part)
    return datings(path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, Finding, str]]:
    return build(tmp_path_factory.mktemp("whole") / "p.catena", [list(TEXTS)])


def test_the_collection_has_bounds_of_every_kind(whole: set[tuple[str, Finding, str]]) -> None:
    said = " ".join(evidence for *_, evidence in whole)
    assert all(code in said for code in ("event-told", "names-reference-number", "reports-words"))


@pytest.mark.parametrize("seed", range(6))
def test_in_any_parts_the_bounds_are_those_of_one_run(
    tmp_path: Path, whole: set[tuple[str, Finding, str]], seed: int
) -> None:
    names = list(TEXTS)
    random.Random(seed).shuffle(names)
    cuts = sorted(random.Random(seed + 100).sample(range(1, len(names)), 3))
    parts = [names[low:high] for low, high in zip([0, *cuts], [*cuts, len(names)], strict=True)]
    assert build(tmp_path / "p.catena", parts) == whole


def test_a_document_that_nobody_names_dates_no_other_again(tmp_path: Path) -> None:
    path = tmp_path / "p.catena"
    build(path, [[name for name in TEXTS if name != "i-alone.txt"], ["i-alone.txt"]])
    with Project.open(path) as project:
        event = next(event for event in project.history() if event.subject == "dating")
    assert event.detail["documents"] == 1


def test_a_document_read_again_is_dated_again(tmp_path: Path, whole: set[tuple[str, Finding, str]]) -> None:
    path = tmp_path / "p.catena"
    build(path, [list(TEXTS)])
    with open_or_create(path) as project:
        add(project, ["a-release.txt", "f-reports.txt"], recipe="r2")
    assert datings(path) == whole


BULLETINS = [name for name in TEXTS if "bulletin" in name]


def test_a_ninth_bearer_of_a_title_takes_back_what_the_title_said(tmp_path: Path) -> None:
    path = tmp_path / "p.catena"
    some = build(path, [[name for name in BULLETINS if "-9" not in name]])
    assert "k-names-bulletin.txt" in {name for name, *_ in some}
    assert build(path, [["j-bulletin-9.txt"]]) == set()


def test_a_title_that_lost_a_bearer_names_again() -> None:
    title = ("title", "Weekly bulletin of the harbour council")
    texts = {str(number): f"{title[1]}\n\nThe dues stay." for number in range(9)} | {"b": f"Read the {title[1]}!"}
    fields = {key: (title,) if key != "b" else () for key in texts}
    many = DatingMemory.empty().and_more(dict.fromkeys(texts, "r1"), fields, texts)
    assert (many.pairs, many.telling) == (frozenset(), frozenset())
    stamps = dict.fromkeys(texts, "r1") | {"8": "r2"}  # read again, and without its title now
    few = many.and_more(stamps, {"8": ()}, texts)
    assert few.pairs == {("b", str(number), title) for number in range(8)} | {
        ("8", str(number), title) for number in range(8)
    }
    assert few.ends_apart(many) == set(texts)
    assert DatingMemory.from_record(json.loads(json.dumps(few.to_record()))) == few


def test_a_document_that_changed_bounds_nobody_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.catena"
    build(path, [["a-release.txt", "b-cites.txt"]])
    monkeypatch.setitem(TEXTS, "a-release.txt", "Nothing is printed here that anybody could name or cite.")
    assert build(path, [["a-release.txt"]]) == set()
