"""What the anatomy detectors promise beyond single cases."""

from __future__ import annotations

from catena.anatomy import find_dates, find_languages, find_layout, to_key
from catena.lexicons.dates import load_dates
from catena.lexicons.languages import identify
from catena.lexicons.layout import load_layout
from catena.lexicons.names import load_names
from catena.model import Document, Origin


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


def test_different_names_have_different_keys() -> None:
    assert to_key("Karim Noor", load_names()) != to_key("Karim Nasir", load_names())


def test_each_paragraph_has_its_language_and_short_ones_inherit() -> None:
    text = (
        "The council met in Varn and agreed on the text.\n\nYes.\n\nاجتمع المجلس في مدينة فارن واتفق على النص"
        "\n\nСовет собрался в городе и согласовал текст"
    )
    found = find_languages(Document.of(text), identify)
    assert [one.value("language") for one in found] == ["en", "en", "ar", "ru"]
