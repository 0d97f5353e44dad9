"""How a voice stands to what it says."""

from __future__ import annotations

import pytest

from catena.attribution import find_attributions, find_quotations
from catena.lexicons.cues import load_cues
from catena.lexicons.marks import load_marks
from catena.model import Document, Finding


def find(text: str) -> Finding:
    document = Document.of(text)
    (found,) = find_attributions(document, find_quotations(document, load_marks()), load_cues())
    return found


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The council said that the bridge was open.", "asserted"),
        ("The council denied that the cable had been worn.", "denied"),
        ("Salim promised that the dues would stay.", "intended"),
        ("Salim suggested that the captain slept.", "hypothetical"),
        ("“When will the bridge open?” Dahl asked.", "asked"),
        ("“Will it open in June?” Dahl said.", "asked"),
        ("Salim might say that the dues are fair.", "hypothetical"),
        ("ونفى المجلس أن السد يعمل.", "denied"),
        ("وأعلن المجلس أن السد يعمل.", "asserted"),
    ],
)
def test_the_reporting_word_tells_the_modality(text: str, modality: str) -> None:
    assert find(text).value("modality") == modality


def test_the_reason_for_a_modality_is_named() -> None:
    assert ("modal-cue", "denied") in [
        (one.code, one.note) for one in find("The council denied that the cable had been worn.").evidence
    ]
    plain = find("The council said that the bridge was open.")
    assert not {"modal-cue", "conditional-cue", "question-mark"} & {one.code for one in plain.evidence}


def test_a_negation_inside_a_report_is_not_lost() -> None:
    text = "The council said that the bridge would not open and that nobody was hurt."
    inside = [one for one in find(text).evidence if one.code == "negation-inside"]
    assert [one.note for one in inside] == ["not", "nobody"]
    assert [one.span.of(text) for one in inside if one.span] == ["not", "nobody"]


def test_a_negated_saying_is_told_apart_from_a_denial() -> None:
    found = find("The council did not say that the bridge was open.")
    assert found.value("modality") == "asserted"
    assert "negated-cue" in [one.code for one in found.evidence]


def test_a_condition_of_the_sentence_before_does_not_count() -> None:
    assert find("It could. Salim said that the dues stay.").value("modality") == "asserted"
