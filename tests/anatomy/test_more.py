"""What the anatomy detectors promise beyond single cases."""

from __future__ import annotations

import pytest

from catena.anatomy import find_dates, find_figures, find_languages, find_layout, find_names, to_key
from catena.lexicons.dates import load_dates
from catena.lexicons.figures import load_figures
from catena.lexicons.languages import identify
from catena.lexicons.layout import load_layout
from catena.lexicons.names import load_names
from catena.model import Block, Document, Origin, Span


def codes(text: str) -> list[list[str]]:
    return [[reason.code for reason in found.evidence] for found in find_dates(Document.of(text), load_dates())]


def test_a_pair_of_the_same_day_agrees() -> None:
    assert all("pair-agrees" in many for many in codes("20 Rajab 1436 AH / 9 May 2015"))


def test_a_pair_of_different_days_differs() -> None:
    assert all("pair-differs" in many for many in codes("20 Rajab 1436 AH / 19 May 2015"))


def test_with_the_document_date_an_open_date_is_the_latest_before_it() -> None:
    found = find_dates(Document.of("On July 28th they met."), load_dates(), document_date="2015-05-09")
    assert found[0].value("start") == "2014-07-28"


def test_yesterday_is_counted_from_the_document_date() -> None:
    found = find_dates(Document.of("They met yesterday."), load_dates(), document_date="2015-05-09")
    assert found[0].value("start") == "2015-05-08"


def test_what_the_file_states_counts_as_evidence() -> None:
    document = Document("A body that runs on and on.", Origin("a.html"), stated=(("title", "The Lake"),))
    found = [one for one in find_layout(document, load_layout()) if one.value("field") == "title"]
    assert [one.value("value") for one in found] == ["The Lake"]


def test_spellings_of_one_name_share_a_key() -> None:
    names = ("Khalid Kabulov", "Khaled Kabul-ov", "Halid Kaboulov", "Халид Кабулов", "خالد كابولوف")
    assert {to_key(name, load_names()) for name in names} == {"khalid kbuluf"}


@pytest.mark.parametrize(
    "spellings",
    [
        ("Salim Mansour", "Saleem Mansur", "سليم منصور", "سلیم منصور", "Салим Мансур"),
        ("Lina Brodik", "لينا بروديك", "Лина Бродик"),
        ("Mazen al-Khatib", "مازن الخطيب", "Мазен аль-Хатиб"),
        ("Abdul Rahman Noor", "Abd al-Rahman Nour", "عبد الرحمن نور", "Абдуррахман Нур"),
        ("Abdulrahim Noor", "عبد الرحيم نور"),
        ("Yusuf Tamer", "Youssef Tamer", "يوسف تامر", "Юсуф Тамер"),
        ("Mira Felder", "ميرا فيلدر"),
        ("Ömer Şahin", "Omar Shahin", "عمر شاهين"),
    ],
)
def test_spellings_share_a_key_across_scripts(spellings: tuple[str, ...]) -> None:
    assert len({to_key(name, load_names()) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Karim Noor", "Karam Noor"),
        ("كريم نور", "كرم نور"),
        ("Karim Noor", "Karim Nasir"),
        ("Hadi Noor", "Huda Noor"),
        ("هادي نور", "هدى نور"),
        ("Salim Noor", "سالم نور"),
        ("Samir Noor", "Samira Noor"),
        ("Amin Noor", "أمينة نور"),
        ("Omar Noor", "عمرو نور"),
        ("Hasan Noor", "Husayn Noor"),
        ("Anna Orlova", "Anna Orlov"),
        ("Jamal Noor", "Jamil Noor"),
        ("Hashim Noor", "Hasim Noor"),
        ("Alan Sand", "Elin Sand"),
    ],
)
def test_names_of_different_people_have_different_keys(one: str, other: str) -> None:
    assert to_key(one, load_names()) != to_key(other, load_names())


def test_a_key_says_what_each_word_rests_on() -> None:
    found = find_names(Document.of("They heard Khaled Brodik."), load_names())
    assert [reason.note for reason in found[0].evidence if reason.code == "key"] == [
        "khalid: table of names; brudik: letters"
    ]


def with_menu(text: str, menu: str) -> Document:
    place = text.index(menu)
    return Document(text, Origin("a.html"), blocks=(Block(Span(place, place + len(menu)), "boilerplate"),))


def test_a_menu_of_the_page_holds_no_names_dates_or_figures() -> None:
    text = "Home Statements Contact, 4 May 2015, 20 people\n\nThe talks ended with a promise to meet again."
    document = with_menu(text, "Home Statements Contact, 4 May 2015, 20 people")
    assert find_names(document, load_names()) == ()
    assert find_dates(document, load_dates()) == ()
    assert find_figures(document, load_figures()) == ()
    assert find_layout(document, load_layout()) == ()


def test_the_name_of_the_site_is_the_publisher_and_points_at_its_header() -> None:
    text = "Mill Courier\n\nThe Talks Ended\n\nNobody has seen the list that was promised in the spring."
    document = Document(
        text,
        Origin("a.html"),
        blocks=(Block(Span(0, 12), "boilerplate"),),
        stated=(("publisher", "Mill Courier"),),
    )
    found = [one for one in find_layout(document, load_layout()) if one.value("field") == "publisher"]
    assert [(one.text("content"), one.evidence[0].code) for one in found] == [("Mill Courier", "stated-name")]


def test_a_publisher_that_only_the_page_states_has_no_place() -> None:
    document = Document("A body that runs on and on.", Origin("a.html"), stated=(("publisher", "Mill Courier"),))
    found = [one for one in find_layout(document, load_layout()) if one.value("field") == "publisher"]
    assert [(one.roles, one.value("value")) for one in found] == [((), "Mill Courier")]


def test_an_article_shows_its_byline_and_its_periodical() -> None:
    text = "Who Pays?\nby Nadia Rowe\nCape Quarterly, 4 May 2015\nThe lamp at the cape has burned for a hundred years."
    genre = next(one for one in find_layout(Document.of(text), load_layout()) if one.value("field") == "genre")
    shown = [(reason.code, reason.span.of(text) if reason.span else "") for reason in genre.evidence]
    assert shown == [("byline-and-periodical", ""), ("byline", "Nadia Rowe"), ("periodical", "Cape Quarterly")]


def test_each_paragraph_has_its_language_and_short_ones_inherit() -> None:
    text = (
        "The council met in Varn and agreed on the text.\n\nYes.\n\nاجتمع المجلس في مدينة فارن واتفق على النص"
        "\n\nСовет собрался в городе и согласовал текст"
    )
    found = find_languages(Document.of(text), identify)
    assert [one.value("language") for one in found] == ["en", "en", "ar", "ru"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council met.", "en"),
        ("قال الوزير أمس", "ar"),
        ("لِمِثْلِ هَٰذَا فَلْيَعْمَلِ", "ar"),
        ("12 / 5", "und"),
        ("Sorin", "und"),
    ],
)
def test_a_short_text_by_itself_has_the_language_of_its_words_if_there_are_any(text: str, language: str) -> None:
    assert [one.value("language") for one in find_languages(Document.of(text), identify)] == [language]
