"""Documents as references: each format says what is known, and hostile titles stay words."""

from __future__ import annotations

import io
import json

import pytest

from catena import api
from catena.exporters.bibliography import Reference, to_bibtex, to_csl, to_ris
from catena.store import Project

ONE = Reference(
    3, "ab12", "Lakes & {boats}:\n50 % open", "2016-07-09", "The Herald", "en", "2016/a.txt", "https://herald.example/a"
)
BARE = Reference(4, "cd34", "", "2015", "", "", "b.txt")


def test_ris_has_one_tag_a_line_and_ends_each_entry() -> None:
    assert to_ris([ONE, BARE]).decode().split("\r\n") == [
        "TY  - GEN", "ID  - catena-3", "TI  - Lakes & {boats}: 50 % open", "DA  - 2016/07/09/", "PY  - 2016",
        "PB  - The Herald", "LA  - en", "UR  - https://herald.example/a", "L1  - 2016/a.txt",
        "N1  - SHA-256 of the text: ab12", "ER  - ", "",
        "TY  - GEN", "ID  - catena-4", "TI  - b.txt", "DA  - 2015///", "PY  - 2015", "L1  - b.txt",
        "N1  - SHA-256 of the text: cd34", "ER  - ", "",
    ]  # fmt: skip


def test_bibtex_escapes_what_would_end_a_field() -> None:
    written = to_bibtex([ONE]).decode()
    assert written.startswith("@misc{catena-3,\n  title = {Lakes \\& \\{boats\\}: 50 \\% open},\n")
    assert written.replace("\\{", "").replace("\\}", "").count("{") == written.replace("\\}", "").replace(
        "\\{", ""
    ).count("}")


def test_ris_is_read_back_by_a_second_program() -> None:
    rispy = pytest.importorskip("rispy")
    first, second = rispy.loads(to_ris([ONE, BARE]).decode())
    assert (first["id"], first["title"], first["date"]) == ("catena-3", "Lakes & {boats}: 50 % open", "2016/07/09/")
    assert (first["publisher"], first["language"], first["year"]) == ("The Herald", "en", "2016")
    assert (second["title"], second["year"]) == ("b.txt", "2015")


def test_bibtex_is_read_back_by_a_second_program() -> None:
    bibtexparser = pytest.importorskip("bibtexparser")
    found = bibtexparser.parse_string(to_bibtex([ONE, BARE]).decode())
    assert not found.failed_blocks
    entries = {entry.key: entry for entry in found.entries}
    assert set(entries) == {"catena-3", "catena-4"}
    assert entries["catena-3"]["title"] == "Lakes \\& \\{boats\\}: 50 \\% open"
    assert entries["catena-3"]["publisher"] == "The Herald"


def test_csl_is_json_with_the_parts_of_the_date() -> None:
    first, second = json.loads(to_csl([ONE, BARE]))
    assert (first["type"], first["issued"], first["publisher"]) == (
        "document",
        {"date-parts": [[2016, 7, 9]]},
        "The Herald",
    )
    assert (second["title"], second["issued"], "publisher" in second) == ("b.txt", {"date-parts": [[2015]]}, False)


def test_every_document_of_a_project_is_a_reference(project: Project) -> None:
    out = io.BytesIO()
    assert api.export(project.path, "csl", out)[-1] == "the texts and everything found in them"
    found = json.loads(out.getvalue())
    assert len(found) == 4
    assert found[0]["issued"] == {"date-parts": [[2015, 3, 1]]}
