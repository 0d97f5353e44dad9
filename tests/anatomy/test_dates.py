"""What the expressions of time promise beyond single cases."""

from __future__ import annotations

import pytest

from catena.anatomy import find_dates, find_layout
from catena.anatomy.lexicon import DatePhrase
from catena.lexicons.dates import load_dates
from catena.lexicons.layout import load_layout
from catena.model import Document, Finding


def dates(text: str, on: str | None = None) -> tuple[Finding, ...]:
    return find_dates(Document.of(text), load_dates(), document_date=on)


def codes(found: Finding) -> list[str]:
    return [reason.code for reason in found.evidence]


@pytest.mark.parametrize("phrase", load_dates().phrases, ids=lambda phrase: f"{phrase.means} {phrase.direction}")
def test_the_example_of_each_phrase_is_found(phrase: DatePhrase) -> None:
    text, found = phrase.example
    assert [one.text("content") for one in dates(text)] == [found]


def test_without_a_document_date_a_relative_date_says_that_it_is_open() -> None:
    assert codes(dates("They met three weeks ago.")[0]) == ["ago", "unresolved", "no-document-date"]


def test_an_event_that_the_document_does_not_date_says_so() -> None:
    assert "event-not-dated" in codes(dates("Since the fall of Varn nobody asks.", "2021-03-16")[0])


def test_a_weekday_beside_a_day_is_held_against_it() -> None:
    assert "weekday-agrees" in codes(dates("On Tuesday, 16 March 2021, they met.")[0])
    assert "weekday-differs" in codes(dates("On Monday, 16 March 2021, they met.")[0])


def test_the_date_of_the_layout_settles_open_dates() -> None:
    document = Document.of("Port Varn, 4 May 2015\n\nThe council met last Tuesday, and all who came to it were heard.")
    layout = find_layout(document, load_layout())
    found = find_dates(document, load_dates(), layout=layout)
    assert [one.value("start") for one in found] == ["2015-05-04", "2015-04-28"]


def test_years_ago_lie_between_both_calendars_where_the_document_counts_in_hijri_years() -> None:
    found = dates("It was 100 years ago. They met in Rajab 1442 AH.", "2021-03-16")[0]
    assert (found.value("start"), found.value("end")) == ("1921-01-01", "1924-09-02")


def test_the_nearest_year_is_taken_where_no_verb_says_past_or_future() -> None:
    found = dates("A list for June.", "2021-03-16"), dates("The list of June.", "2021-03-16")
    assert found[0] == ()
    assert (found[1][0].value("start"), codes(found[1][0])[-1]) == ("2021-06-01", "nearest-assumed")


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_a_document_date_at_the_end_of_the_calendar_breaks_nothing(on: str) -> None:
    text = "a century ago, next year, last spring, 3 May, two decades ago, next Tuesday, سال گذشته"
    assert len(dates(text, on)) == 7


def test_of_a_day_that_the_calendar_lacks_only_the_month_is_a_date() -> None:
    assert [one.text("content") for one in dates("On 31 February 2021 they met.")] == ["February 2021"]
