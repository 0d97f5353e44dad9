"""Speakers that only the form of the page names."""

from __future__ import annotations

from catena.attribution import find_attributions, find_quotations
from catena.lexicons.cues import load_cues
from catena.lexicons.marks import load_marks
from catena.model import Document, Finding


def find(text: str) -> list[Finding]:
    document = Document.of(text)
    return list(find_attributions(document, find_quotations(document, load_marks()), load_cues()))


def voices(text: str) -> list[tuple[object, str]]:
    return [(one.value("speaker"), one.text("content")) for one in find(text)]


TALK = """Harbour Hour, 4 May

ANNA DAHL: Good evening. Will the bridge open?

TAREK SALIM: We will open it in June.

ANNA DAHL: And the dues?"""


def test_each_turn_of_a_transcript_is_the_word_of_its_speaker() -> None:
    assert voices(TALK) == [
        ("ANNA DAHL", "Good evening. Will the bridge open?"),
        ("TAREK SALIM", "We will open it in June."),
        ("ANNA DAHL", "And the dues?"),
    ]


def test_turns_may_open_with_a_mark_that_never_closes() -> None:
    talk = TALK.replace("ANNA", "“ANNA").replace("TAREK", "“TAREK")
    assert [speaker for speaker, _ in voices(talk)] == ["ANNA DAHL", "TAREK SALIM", "ANNA DAHL"]


def test_names_in_small_letters_are_speakers_when_they_come_again() -> None:
    talk = "Dahl: Will the bridge open?\n\nSalim: In June.\n\nDahl: And the dues?\n\nSalim: They stay."
    assert [speaker for speaker, _ in voices(talk)] == ["Dahl", "Salim", "Dahl", "Salim"]


def test_headings_of_a_letter_are_no_transcript() -> None:
    assert voices("Place: Merrow\n\nDate: 9 May\n\nSubject: The dues of the harbour\n\nCopies: Two") == []


def test_two_labelled_lines_are_no_transcript() -> None:
    assert voices("MERROW: the harbour is open.\n\nPORT VEDA: the harbour is closed.") == []


def test_a_name_under_a_quotation_is_its_speaker() -> None:
    (found,) = find("“The dues are fair, and they will stay.”\n\n― Lena Dahl, harbour pilot\n\nThe list goes on.")
    assert (found.value("speaker"), found.text("source")) == ("Lena Dahl", "Lena Dahl, harbour pilot")
    assert found.evidence[0].code == "name-under-quotation"


def test_a_name_after_a_dash_on_the_same_line_is_its_speaker() -> None:
    (found,) = find("“The dues are fair, and they will stay.” - Tarek Salim")
    assert found.value("speaker") == "Tarek Salim"


def test_the_first_item_of_a_list_is_no_speaker() -> None:
    (found,) = find("“The union asks for four things in the spring.”\n\n– Open Harbours\n– Lower Dues\n– Safe Boats")
    assert found.value("speaker") == ""


def test_a_sentence_after_a_dash_is_no_name() -> None:
    found = find("“The dues are fair, and they will stay.” – Salim said this on Monday in Merrow.")
    assert all(one.text("source") != "Salim said this on Monday in Merrow" for one in found)


def test_a_paragraph_wholly_in_marks_goes_on_with_the_speaker_before() -> None:
    text = (
        "“The ferry is old but it is safe,” Lena Dahl said.\n\n“We shall keep it for another year and then ask again.”"
    )
    first, second = find(text)
    assert (first.value("speaker"), second.value("speaker")) == ("Lena Dahl", "Lena Dahl")
    assert "same-speaker" in [reason.code for reason in second.evidence]


def test_the_answer_to_a_question_is_not_the_asker_s() -> None:
    text = "“Will the ferry sail in the winter too?” Lena Dahl asked.\n\n“That depends on the ice and on the cable.”"
    first, second = find(text)
    assert (first.value("speaker"), second.value("speaker")) == ("Lena Dahl", "")


def test_another_voice_in_between_ends_the_speech() -> None:
    text = (
        "“The ferry is old but it is safe,” Lena Dahl said. The pilots added that it leaks.\n\n"
        "“We shall keep it for another year and then ask again.”"
    )
    found = [one for one in find(text) if one.value("mode") == "direct"]
    assert [one.value("speaker") for one in found] == ["Lena Dahl", ""]


def test_names_under_quotations_of_a_list_end_with_their_line() -> None:
    text = (
        "“One harbour is enough for all of us on this side of the lake, and for our boats.” ―\u00a0Pamela Brisk\n"
        "“We have waited long enough for it, and we shall wait no longer than June.” ― Jan Toub\n"
    )
    assert [one.value("speaker") for one in find(text)] == ["Pamela Brisk", "Jan Toub"]
