"""What a project keeps, lists and answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.store.conftest import first_word, make_document, make_failure, make_result

from catena.model import Block, Document, Finding, MadeBy, Origin, Span, make_finding
from catena.store import FileResult, FileStamp, FileState, NotFound, Project, QueryError, StoreError

HARD = "a\x00b 😀 e\u0301 \u200fسَلام\u200e ﷺ\n\n\tend "


def with_layout(**values: str) -> Callable[[Document], tuple[Finding, ...]]:
    def make(document: Document) -> tuple[Finding, ...]:
        return tuple(
            make_finding(document, "layout", {}, MadeBy("layout"), values={"field": name, "value": value})
            for name, value in values.items()
        )

    return make


def test_a_document_comes_back_as_it_went_in(project: Project) -> None:
    document = Document(
        HARD,
        Origin("x.html", "ab", "text/html", "html", "2", "cp1256", ("decoded cp1256", "line ends CRLF to LF")),
        (Block(Span(0, 3), "heading", "/h1", "rtl", "ar"), Block(Span(4, 5), "page", "1")),
        (("title", "A title"), ("date", "2021-05-09")),
        ("a warning",),
    )
    finding = make_finding(document, "name", {"content": [Span(0, 3), Span(4, 5)]}, MadeBy("n", "1", (("k", 2),)))
    stamp = FileStamp("x.html", 9, 7)
    project.add(FileResult(stamp, "ab", "ok", "", "", document, (finding,), 0.1, "r1"))
    assert project.document(1).document == document
    assert project.document(1).document.text == HARD
    assert project.findings(document.id) == (finding,)
    assert list(project.all_findings()) == [("x.html", finding, HARD)]


def test_a_row_shows_layout_first_then_what_the_file_states_then_the_first_line(project: Project) -> None:
    project.add(
        make_result("First line\nmore", "a.txt", findings=with_layout(genre="press release", date="2021-05-09"))
    )
    (row,) = project.documents()
    assert (row.title, row.genre, row.date, row.publisher) == (
        "First line",
        "press release",
        "2021-05-09",
        "",
    )
    assert (row.characters, row.counts, row.versions, row.status) == (15, {"layout": 2}, 1, "ok")


def test_one_text_under_two_paths_is_one_text_and_two_documents(project: Project) -> None:
    project.add_many([make_result("Same words", "a.txt"), make_result("Same words", "b.txt")])
    assert [row.path for row in project.documents()] == ["a.txt", "b.txt"]
    assert project._connection.execute("SELECT count(*) FROM texts").get == 1


def test_a_changed_file_is_a_new_version_and_the_old_one_stays(project: Project) -> None:
    project.add(make_result("Old words", findings=first_word, sha256="01"))
    project.add(make_result("New words", findings=first_word, sha256="02"))
    (row,) = project.documents()
    assert row.versions == 2
    assert project.document("a.txt").document.text == "New words"
    kept = project._connection.execute("SELECT text FROM texts ORDER BY text").fetchall()
    assert kept == [("New words",), ("Old words",)]
    assert project._connection.execute("SELECT count(*) FROM findings").get == 2


def test_the_same_bytes_with_another_recipe_give_new_findings_in_the_same_version(project: Project) -> None:
    project.add(make_result("One two", findings=first_word))
    project.add(make_result("One two", version="r2"))
    (row,) = project.documents()
    assert (row.versions, row.counts) == (1, {})
    assert project.file_states() == {"a.txt": FileState(7, 7, "00", "ok", "r2")}


def test_a_failure_is_in_the_ledger_and_keeps_what_was_read_before(project: Project) -> None:
    project.add(make_result("Good words"))
    project.add(make_failure("a.txt"))
    project.add(make_failure("b.pdf", "crash"))
    assert [(row.path, row.stage, row.status, row.reason) for row in project.ledger(failed_only=True)] == [
        ("a.txt", "open", "rejected", "it is cut short"),
        ("b.pdf", "open", "crash", "it is cut short"),
    ]
    assert project.document("a.txt").row.status == "rejected"
    with pytest.raises(NotFound):
        project.document("b.pdf")


def test_a_file_that_is_gone_is_listed_as_missing_and_its_document_stays(project: Project) -> None:
    project.add(make_result("Good words"))
    project.mark_missing(["a.txt"])
    project.mark_missing(["a.txt"])
    assert project.document("a.txt").row.status == "missing"
    assert [row.status for row in project.ledger()] == ["missing", "ok"]
    assert project.ledger(failed_only=True) == ()
    assert [event.what for event in project.history()] == ["file.missing", "file.add"]
    project.add(make_result("Good words"))
    assert [row.status for row in project.ledger()] == ["ok"]


def test_a_batch_is_kept_whole_or_not_at_all(project: Project) -> None:
    good = make_result("Good words")
    foreign = make_result("Other words", "b.txt", findings=lambda document: first_word(make_document("Third words")))
    with pytest.raises(StoreError, match="belongs to document"):
        project.add_many([good, foreign])
    assert project.documents() == ()
    assert project.file_states() == {}


def test_findings_come_in_order_of_place_and_by_kind(project: Project) -> None:
    def make(document: Document) -> tuple[Finding, ...]:
        return tuple(
            make_finding(document, kind, {"content": Span(at, at + 2)}, MadeBy("m"), verdict=verdict)
            for kind, at, verdict in (("name", 6, None), ("verification", 3, "altered"), ("name", 0, None))
        )

    project.add(make_result("ab cd ef", findings=make))
    id_ = project.document("a.txt").document.id
    assert [finding.place.start for finding in project.findings(id_)] == [0, 3, 6]
    assert [finding.place.start for finding in project.findings(1, kinds={"name"})] == [0, 6]
    assert project.documents()[0].verdicts == {"altered": 1}
    assert project.facets()["verdict"] == [("altered", 1)]


def test_a_finding_that_no_longer_fits_its_text_fails_loudly(project: Project) -> None:
    project.add(make_result("One two", findings=first_word))
    project._connection.execute("UPDATE findings SET record = replace(record, '\"One\"', '\"Ono\"')")
    with pytest.raises(StoreError, match="no longer reads 'Ono'"):
        project.findings(1)


def test_a_text_that_was_changed_behind_our_back_fails_loudly(project: Project) -> None:
    project.add(make_result("One two"))
    project._connection.execute("UPDATE texts SET text = 'One tow'")
    with pytest.raises(StoreError, match="has changed"):
        project.document(1)


def test_replacing_findings_of_a_maker_leaves_those_of_others(project: Project) -> None:
    project.add_many([make_result("Same words", path, findings=first_word) for path in ("a.txt", "b.txt")])
    document = make_document("Same words")
    reuse = make_finding(document, "reuse", {"content": Span(0, 4)}, MadeBy("shared"))
    project.replace_findings("shared", {document.id: [reuse]})
    project.replace_findings("shared", {document.id: [reuse]})
    assert [row.counts for row in project.documents()] == [{"name": 1, "reuse": 1}] * 2
    project.replace_findings("shared", {})
    assert [row.counts for row in project.documents()] == [{"name": 1}] * 2
    with pytest.raises(ValueError, match="was made by 'shared'"):
        project.replace_findings("names", {document.id: [reuse]})


def test_facets_narrow_the_list(project: Project) -> None:
    project.add(make_result("One a", "a.txt", findings=with_layout(genre="leaflet", publisher="Harbour Courier")))
    project.add(make_result("Two b", "b.txt", findings=with_layout(genre="leaflet")))
    project.add(make_result("Three c", "c.txt", findings=with_layout(genre="article")))
    assert project.facets()["genre"] == [("leaflet", 2), ("article", 1)]
    assert project.facets()["publisher"] == [("Harbour Courier", 1)]
    assert project.facets()["status"] == [("ok", 3)]
    rows = project.documents(facets={"genre": "leaflet", "status": "ok"}, text_query="two OR three")
    assert [row.path for row in rows] == ["b.txt"]
    with pytest.raises(ValueError, match="facet 'colour' is unknown; allowed: genre"):
        project.documents(facets={"colour": "red"})


def test_facets_of_some_documents_count_these_and_each_once(project: Project) -> None:
    def twice(document: Document) -> tuple[Finding, ...]:
        return tuple(
            make_finding(document, "verification", {"content": Span(at, at + 1)}, MadeBy("m"), verdict="altered")
            for at in (0, 1)
        )

    for number, genre in enumerate(("speech", "speech", "letter", "")):

        def told(document: Document, genre: str = genre) -> tuple[Finding, ...]:
            values = {"field": "genre", "value": genre}
            said = (make_finding(document, "layout", {"content": Span(0, 1)}, MadeBy("layout"), values=values),)
            return (*(said if genre else ()), *twice(document))

        project.add(make_result(f"One {number}", f"{number}.txt", findings=told, sha256=f"{number:02}"))
    index = project.facet_index()
    versions = project.find_versions("one")
    assert len(versions) == 4
    assert index.count(versions)["genre"] == [("speech", 2), ("letter", 1)]
    assert index.count(versions)["verdict"] == [("altered", 4)]
    assert index.count(project.find_versions("2"))["genre"] == [("letter", 1)]
    assert index.count([]) == {"genre": [], "publisher": [], "language": [], "verdict": []}


def test_the_list_has_orders_pages_and_a_query(project: Project) -> None:
    dates = {"a.txt": "", "b.txt": "2021-02-01", "c.txt": "2021-01-01"}
    for path, date in dates.items():
        times = 5 if path == "c.txt" else 1
        project.add(make_result("talks " * times + path, path, findings=with_layout(date=date)))
    assert [row.path for row in project.documents(order="date")] == ["c.txt", "b.txt", "a.txt"]
    assert [row.path for row in project.documents(order="newest")] == ["b.txt", "c.txt", "a.txt"]
    assert [row.path for row in project.documents(limit=1, offset=1)] == ["b.txt"]
    assert project.documents(text_query="talks", order="relevance", limit=1)[0].path == "c.txt"
    assert project.documents(text_query="nothing") == ()
    with pytest.raises(QueryError):
        project.documents(text_query="(")
    with pytest.raises(ValueError, match="order 'size' is unknown"):
        project.documents(order="size")


@pytest.mark.parametrize("ref", [2, "2", "2021/b.txt", "b.txt", "b"])
def test_a_document_answers_to_number_path_name_and_stem(project: Project, ref: str | int) -> None:
    project.add_many([make_result("One a", "2021/a.txt"), make_result("Two b", "2021/b.txt")])
    assert project.document(ref).row.path == "2021/b.txt"


def test_a_document_answers_to_six_digits_of_its_id(project: Project) -> None:
    project.add_many([make_result("One a", "a.txt"), make_result("One a", "b.txt")])
    id_ = project.document("a.txt").document.id
    assert project.document(id_[:6]).row.path == "a.txt"
    assert project.document(id_.upper()).row.path == "a.txt"
    with pytest.raises(NotFound):
        project.document(id_[:5])


def test_an_unknown_name_gives_close_matches(project: Project) -> None:
    project.add(make_result("One a", "2021/harbour-talks.txt"))
    with pytest.raises(NotFound, match=r"did you mean 2021/harbour-talks\.txt") as caught:
        project.document("harbor-talks.txt")
    assert caught.value.close == ("2021/harbour-talks.txt",)


def test_a_name_that_fits_two_documents_lists_both(project: Project) -> None:
    project.add_many([make_result("One a", "2020/a.txt"), make_result("Two b", "2021/a.txt")])
    with pytest.raises(NotFound, match=r"names 2 documents: 2020/a\.txt, 2021/a\.txt"):
        project.document("a.txt")


def test_settings_are_kept(project: Project) -> None:
    assert project.get_meta("source") is None
    project.set_meta("source", "statements")
    project.set_meta("source", "papers")
    assert project.get_meta("source") == "papers"
    assert project.meta == {"source": "papers"}


def test_a_reader_sees_the_last_commit_while_another_writes(tmp_path: Path, project: Project) -> None:
    project.add(make_result("One a"))
    with Project.open(project.path, read_only=True) as reader:
        project._connection.execute("BEGIN IMMEDIATE")
        project._connection.execute("UPDATE documents SET title = 'x'")
        assert reader.documents()[0].title == "One a"
        project._connection.execute("ROLLBACK")
        with pytest.raises(StoreError, match="for reading only"):
            reader.set_meta("a", "b")
