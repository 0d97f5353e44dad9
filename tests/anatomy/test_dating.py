"""Dating by constraints: each bound with its evidence, conflicts shown, never a point."""

from __future__ import annotations

from catena.anatomy import Dating, date_documents, to_sources
from catena.kit import load_kit
from catena.model import Document
from catena.pipeline import analyse, date_collection, relate

KIT = load_kit()


def datings(**texts: str) -> dict[str, Dating]:
    documents = {name: Document.of(text, name) for name, text in texts.items()}
    shared = relate(tuple(documents.values()), tuple(documents), KIT)
    rows = [
        (name, finding, document.text)
        for name, document in documents.items()
        for finding in (*analyse(document, KIT), *shared.get(document.id, ()))
    ]
    return {one.basis.name: one for one in date_documents(to_sources(rows))}


def test_an_event_told_as_past_bounds_an_undated_document_from_below() -> None:
    found = datings(a="The ferry ran aground near Varn on 4 May 2015. Nobody has seen the list since.")["a"]
    assert (found.day("not-before"), found.day("not-after")) == ("2015-05-04", None)
    assert [bound.evidence.code for bound in found.bounds] == ["event-told"]


def test_an_announced_event_bounds_nothing() -> None:
    assert datings(a="The engineers will hold a conference in Varn on 4 May 2015.") == {}


def test_the_later_of_two_events_is_the_bound() -> None:
    text = "The ferry ran aground near Varn on 4 May 2015. The council met in Varn on 9 June 2015."
    assert datings(a=text)["a"].day("not-before") == "2015-06-09"


CITED = "Mill League\nPress Release\n\nNo. 118/2015\n\nVarn, 4 May 2015\n\nThe League asks for a list of all the dues."


def test_who_cites_a_dated_document_is_not_before_it() -> None:
    found = datings(a=CITED, b="The League asked for a list in its press release No. 118/2015, and nobody answered.")
    assert found["b"].day("not-before") == "2015-05-04"
    assert [bound.evidence.code for bound in found["b"].bounds] == ["names-reference-number"]


def test_a_document_cited_by_a_dated_one_is_not_after_it() -> None:
    undated = CITED.replace("Varn, 4 May 2015\n\n", "")
    later = "Varn, 9 May 2015\n\nThe League asked for a list in its press release No. 118/2015, and nobody answered it."
    assert datings(a=undated, b=later)["a"].day("not-after") == "2015-05-09"


def test_a_name_that_many_documents_bear_names_none_of_them() -> None:
    bulletin = (
        "Weekly bulletin of the harbour council\n\nVarn, {} May 2015\n\nThe dues stay as they are, says the council."
    )
    citing = "Nobody answered the Weekly bulletin of the harbour council, and the ferry left without a word."
    few = {f"a{day}": bulletin.format(day) for day in range(1, 9)}
    assert datings(**few, b=citing)["b"].day("not-before") == "2015-05-08"
    assert "b" not in datings(**few, a9=bulletin.format(9), b=citing)


def test_of_many_bounds_the_tightest_are_kept_and_the_others_counted() -> None:
    days = "\n\n".join(f"The council met in Varn on {day} May 2015." for day in range(1, 13))
    (dating,) = datings(a=f"{days}\n\nNobody has seen the list since.").values()
    assert [bound.day for bound in dating.bounds] == [f"2015-05-{day:02}" for day in range(12, 4, -1)]
    assert dating.further == (("not-before", 4),)


def test_a_document_that_tells_of_a_later_day_than_it_bears_is_a_conflict() -> None:
    found = datings(a="Varn, 4 May 2015\n\nThe ferry ran aground near Varn on 4 June 2016, and nobody has said why.")
    assert found["a"].conflicts == ("it bears the date 2015-05-04, yet tells of 2016-06-04",)
    assert datings(a="Varn, 4 May 2015\n\nNobody came to the hall, and nobody asked.") == {}


def test_a_citation_from_before_the_day_a_document_bears_is_a_conflict() -> None:
    early = "Varn, 1 May 2015\n\nThe League asked for a list in its press release No. 118/2015, and nobody answered it."
    found = datings(a=CITED, b=early)
    assert found["b"].conflicts == ("it bears the date 2015-05-01, yet tells of 2015-05-04",)


def test_the_finding_points_at_the_characters() -> None:
    document = Document.of("The ferry ran aground near Varn on 4 May 2015. Nobody has seen the list since.", "a")
    rows = [("a", finding, document.text) for finding in analyse(document, KIT)]
    (finding,) = date_collection([document], to_sources(rows))[document.id]
    assert finding.text("content") == "4 May 2015"
    assert (finding.value("not_before"), finding.value("not_after"), finding.value("conflict")) == (
        "2015-05-04",
        None,
        False,
    )
