"""Voices of a collection: one person under several spellings, every statement with its place."""

from __future__ import annotations

from catena.attribution import find_attributions, find_quotations
from catena.lexicons.cues import load_cues
from catena.lexicons.marks import load_marks
from catena.margin import NOT_NAMED
from catena.model import Document, Finding
from catena.statements import find_voice, gather_voices

FIRST = "Lena Dahl said that the bridge would open. “The dues stay,” Dahl said. It was said that the captain slept."
SECOND = "The council denied that the cable was worn. Anton Dahl said that he saw it."


def rows() -> list[tuple[str, Finding, str]]:
    found = []
    for path, text in (("first.txt", FIRST), ("second.txt", SECOND)):
        document = Document.of(text, path)
        many = find_attributions(document, find_quotations(document, load_marks()), load_cues())
        found += [(path, one, text) for one in many]
    return found


def test_a_last_name_is_the_person_named_in_full_in_the_same_document() -> None:
    voice = find_voice(gather_voices(rows()), "Lena Dahl")
    assert voice is not None
    assert voice.names == ("Lena Dahl", "Dahl")
    assert [(one.path, one.mode, one.words) for one in voice.statements] == [
        ("first.txt", "indirect", "the bridge would open"),
        ("first.txt", "direct", "The dues stay,"),
    ]


def test_the_place_of_a_statement_is_its_place_in_the_text() -> None:
    for voice in gather_voices(rows()):
        for one in voice.statements:
            text = FIRST if one.path == "first.txt" else SECOND
            assert text[one.start : one.end] == one.words


def test_the_modality_stands_beside_the_statement() -> None:
    voice = find_voice(gather_voices(rows()), "the council")
    assert voice is not None
    assert [one.modality for one in voice.statements] == ["denied"]


def test_statements_without_a_name_are_a_voice_of_their_own() -> None:
    voice = find_voice(gather_voices(rows()), NOT_NAMED)
    assert voice is not None
    assert [one.words for one in voice.statements] == ["the captain slept"]


def test_a_name_that_two_people_bear_finds_nobody() -> None:
    voices = [voice for voice in gather_voices(rows()) if voice.voice.endswith("Dahl")]
    assert find_voice([voice for voice in voices if "Dahl" not in voice.names], "Dahl") is not None
    assert len(voices) == 2
    assert find_voice(gather_voices(rows()), "Marek") is None


def test_those_who_say_most_come_first() -> None:
    assert gather_voices(rows())[0].voice == "Lena Dahl"


def test_no_findings_have_no_voices() -> None:
    assert gather_voices([]) == ()
