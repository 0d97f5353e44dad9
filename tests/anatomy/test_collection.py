"""Figures and events of several documents: whose word they are, and what is put together."""

from __future__ import annotations

from catena.anatomy import LedgerEvent, Source, TimelineEvent, make_ledger, make_timeline, to_sources
from catena.kit import load_kit
from catena.model import Document, Finding
from catena.pipeline import analyse, relate

KIT = load_kit()
STEPS = ("layout", "quotations", "attributions", "dates", "names", "proper names", "figures", "events")


def sources(*texts: str) -> tuple[Source, ...]:
    """Documents called a, b, c …, read and compared as a build does."""
    documents = {name: Document.of(text, name) for name, text in zip("abcdef", texts, strict=False)}
    found = {name: analyse(document, KIT, STEPS) for name, document in documents.items()}
    shared = relate(tuple(documents.values()), tuple(documents), KIT)
    rows = [
        (name, finding, document.text)
        for name, document in documents.items()
        for finding in (*found[name], *shared.get(document.id, ()))
    ]
    return to_sources(rows)


def only(text: str, kind: str) -> tuple[Finding, ...]:
    return tuple(one for one in analyse(Document.of(text), KIT, STEPS) if one.kind == kind)


def words(events: tuple[LedgerEvent, ...]) -> list[list[str]]:
    return [[count.finding.text("content") for count in event.counts] for event in events]


def reports(events: tuple[TimelineEvent, ...]) -> list[list[str]]:
    return [[report.source.name for report in event.reports] for event in events]


def test_a_figure_stands_on_the_word_of_the_innermost_voice() -> None:
    text = "The Varn Courier reported that the envoy had said that 12 people were injured in Varn on 4 May 2015."
    figure = only(text, "figure")[0]
    assert figure.value("voice") == "the envoy"
    assert (figure.value("when_start"), figure.value("where")) == ("2015-05-04", "Varn")


def test_a_figure_that_nobody_reports_has_no_voice() -> None:
    figure = only("On 4 May 2015 12 people were injured in Varn.", "figure")[0]
    assert (figure.value("voice"), figure.parent, figure.evidence[-1].code) == (None, None, "no-voice")


def test_a_date_outside_of_the_reported_words_is_not_the_figures() -> None:
    text = "On 9 May 2015 the Varn Courier reported that 12 people were injured in Varn on 4 May 2015."
    assert only(text, "figure")[0].value("when_start") == "2015-05-04"


def test_counts_of_one_event_stand_side_by_side_and_differ() -> None:
    found = make_ledger(
        sources(
            "On 4 May 2015 the ferry ran aground near Varn, and 12 people were injured near Varn on 4 May 2015.",
            "The Mill League said that at least 20 people were injured near Varn on 4 May 2015.",
        )
    )
    assert words(found) == [["12 people", "at least 20 people"]]
    assert found[0].differs


def test_counts_that_one_number_fits_do_not_differ() -> None:
    found = make_ledger(
        sources(
            "The mayor said that 24 people were injured near Varn on 4 May 2015.",
            "The Mill League said that at least 20 people were injured near Varn on 4 May 2015.",
        )
    )
    assert [event.differs for event in found] == [False]


def test_counts_of_other_days_are_kept_apart() -> None:
    found = make_ledger(
        sources(
            "The mayor said that 24 people were injured near Varn on 4 May 2015.",
            "The Mill League said that at least 20 people were injured near Varn on 4 June 2015.",
        )
    )
    assert found == ()


def test_a_second_count_without_a_verb_takes_what_befell_them_from_the_first() -> None:
    found = make_ledger(
        sources(
            "The mayor said that 24 people were injured near Varn on 4 May 2015. "
            "The Harbour Office spoke of no more than 20 people."
        )
    )
    assert words(found) == [["24 people", "no more than 20 people"]]


def test_a_count_that_changed_on_its_way_stands_beside_the_first() -> None:
    passage = (
        "The council of the mills met in the long hall and heard {} witnesses from every village on the river, "
        "and it promised to print the list of dues before the summer, so that every miller can read it at home."
    )
    found = make_ledger(sources(passage.format("14"), passage.format("more than 40")))
    assert words(found) == [["14 witnesses", "more than 40 witnesses"]]
    assert [reason.code for reason in found[0].reasons] == ["same-passage"]


def test_an_event_has_day_place_and_voice() -> None:
    event = only("The Varn Courier reported that the ferry ran aground near Varn on 4 May 2015.", "event")[0]
    assert (event.value("type"), event.value("when_start"), event.value("where")) == ("accident", "2015-05-04", "Varn")
    assert event.value("voice") == "Varn Courier"


def test_what_will_be_is_announced_and_what_was_denied_is_no_event() -> None:
    announced = only("The envoys, she said, will hold a conference in Varn on 4 May 2015.", "event")[0]
    assert announced.value("status") == "announced"
    assert only("The ferry never ran aground near Varn.", "event") == ()


def test_a_verb_without_day_and_place_is_no_event() -> None:
    assert only("They met and agreed.", "event") == ()


def test_one_event_in_two_documents_is_grouped_with_its_reasons() -> None:
    found = make_timeline(
        sources(
            "The ferry ran aground near Varn on 4 May 2015.",
            "The Mill League said that a ferry ran aground near Varn on 4 May 2015.",
            "A ferry ran aground near Olm on 4 May 2015.",
        )
    )
    assert reports(found) == [["a", "b"], ["c"]]
    assert [reason.code for reason in found[0].reasons] == ["same-days", "same-place"]


def test_one_event_is_grouped_across_scripts() -> None:
    found = make_timeline(
        sources(
            "The engineers met in Qasrun on 4 May 2015.",
            "قصرون، 9 أيار 2015\n\nاجتمع المهندسون في قصرون يوم 4 أيار 2015.",
        )
    )
    assert reports(found) == [["b", "a"]]  # the dated one first
