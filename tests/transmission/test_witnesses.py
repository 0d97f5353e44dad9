"""From a project: who carries a passage, what they read, and which came first as far as dates say."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from catena.building import build
from catena.cli import cli
from catena.engines import ENGINES
from catena.exporters.graphs import NETWORKS
from catena.model import Span
from catena.store import Project
from catena.witnesses import find_edges, find_witnesses, to_graph

SAID = "The harbour of Port Varn will not be closed to any ship of the river states while the treaty holds."
FILES = {
    "first.txt": f"Port Varn, 4 May 2015\n\nPress Release\n\n{SAID} The council meets again in autumn.\n",
    "second.txt": f"Lakeside Courier, 6 May 2015\n\nThey say this: {SAID.replace('not ', '')} Nobody was surprised.\n",
    "third.txt": "Weather, 7 May 2015\n\nThe valley stays mild and the ferry runs every hour until the bell.\n",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("witnesses")
    (root / "texts").mkdir()
    for name, text in FILES.items():
        (root / "texts" / name).write_text(text, encoding="utf-8")
    build(root / "texts", root / "p.catena", engine=ENGINES["here"](1))
    return root / "p.catena"


def test_the_witnesses_of_a_range_hold_the_words_that_answer_to_it(project: Path) -> None:
    start = FILES["first.txt"].find("will not be closed")
    with Project.open(project, read_only=True) as opened:
        held = find_witnesses(opened, "first.txt", Span(start, start + len("will not be closed")))
    assert [(one.path, one.text.words) for one in held] == [
        ("first.txt", ("will", "not", "be", "closed")),
        ("second.txt", ("will", "be", "closed")),
    ]


def test_dates_put_the_witnesses_in_order(project: Path) -> None:
    with Project.open(project, read_only=True) as opened:
        held = find_witnesses(opened, "second.txt")
        (edge,) = find_edges(held)
    paths = {one.carrier.document: one.path for one in held}
    assert (paths[edge.first], paths[edge.second], edge.status) == ("first.txt", "second.txt", "dated")


def test_the_command_prints_the_readings(project: Path) -> None:
    result = CliRunner().invoke(cli, ["collate", str(project), "first.txt", "--base", "second"])
    assert result.exit_code == 0, result.output
    assert "(left out): second | not: first" in result.output


def test_the_command_names_the_witnesses_when_the_base_is_none_of_them(project: Path) -> None:
    result = CliRunner().invoke(cli, ["collate", str(project), "first.txt", "--base", "ninth"], standalone_mode=False)
    assert "first, second" in str(result.exception)


@pytest.mark.parametrize("name", NETWORKS)
def test_a_graph_holds_every_document_and_edge(project: Path, name: str) -> None:
    with Project.open(project, read_only=True) as opened:
        held = find_witnesses(opened, "first.txt")
    written = NETWORKS[name](to_graph(held, find_edges(held))).decode()
    assert "dated" in written
    if name == "csv":
        assert written.splitlines()[1].startswith("first.txt,2015-05-04,second.txt,2015-05-06,true,1,dated,")
    else:
        kinds = [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(written).iter()]
        assert (kinds.count("node"), kinds.count("edge")) == (2, 1)
