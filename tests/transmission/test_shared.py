"""What documents share is found on both sides, with the differences, and never blows up."""

from __future__ import annotations

from catena.lexicons.folding import load_fold_table
from catena.model import Document, check_finding
from catena.transmission import find_shared

SAID = "we will not return to the talks in Port Varn until the lake accord is signed by both parties and published"
FIRST = Document.of(f"The council met on Monday. It said that {SAID}. Nothing else was said.")
ALTERED = Document.of(f"Norda reports: “{SAID.replace('not ', '')},” they wrote yesterday.")
OTHER = Document.of("The weather in the valley stays mild, and the ferry runs every hour until the evening bell.")


def shared(*documents: Document, **more: object):  # type: ignore[no-untyped-def]
    return find_shared(documents, [f"{n}.txt" for n in range(len(documents))], load_fold_table(), **more)


def test_a_shared_passage_is_found_on_both_sides_with_a_dropped_word() -> None:
    found = shared(FIRST, ALTERED, OTHER)
    assert set(found) == {FIRST.id, ALTERED.id}
    (here,), (there,) = found[FIRST.id], found[ALTERED.id]
    check_finding(here, FIRST)
    assert here.text("content") == SAID
    assert here.value("kind") == "altered"
    assert [step.quoted for step in here.diff if step.op == "insert"] == ["not"]
    assert there.value("other") == FIRST.id
    assert there.value("other_text") == SAID


def test_offsets_of_the_other_side_read_its_text() -> None:
    (here,) = shared(FIRST, ALTERED)[FIRST.id]
    assert ALTERED.text[here.value("other_start") : here.value("other_end")] == here.value("other_text")


def test_documents_of_unlike_wording_share_nothing() -> None:
    assert shared(FIRST, OTHER) == {}


def test_marks_and_tatweel_do_not_hide_a_passage() -> None:
    plain = "لن نعود إلى المحادثات في فارن حتى يوقع الطرفان اتفاق البحيرة وينشر نصه كاملا"
    marked = "قال: لن نَعودَ إلى المُحادثـات في فارن حتى يوقع الطرفان اتفاقَ البحيرة وينشر نصه كاملا اليوم"
    first, second = Document.of(plain), Document.of(marked)
    (finding,) = shared(first, second)[first.id]
    assert finding.text("content") == plain
    assert finding.value("kind") == "identical"


def test_copies_are_linked_to_the_first_and_the_neighbour_only() -> None:
    copies = [Document.of(FIRST.text + " " * n) for n in range(50)]
    found = shared(*copies)
    assert sum(map(len, found.values())) == 2 * (49 + 48)
    assert {one.value("kind") for many in found.values() for one in many} == {"whole-document"}


def test_wording_of_very_many_documents_is_said_and_not_paired() -> None:
    words = [
        "amber",
        "birch",
        "cedar",
        "delta",
        "elder",
        "fjord",
        "grove",
        "haven",
        "inlet",
        "jetty",
        "karst",
        "ledge",
        "marsh",
        "north",
        "ocean",
        "plain",
    ]
    letters = [f"{SAID} {' '.join(words[n % 16 :] + words[: n % 16])} {n} {n * 7919}" for n in range(24)]
    found = shared(*map(Document.of, letters))
    said = [one for many in found.values() for one in many if one.value("kind") == "common-wording"]
    assert len(said) == 24


def test_no_order_is_claimed_without_dates() -> None:
    (finding,) = shared(FIRST, ALTERED)[FIRST.id]
    assert finding.value("first") is None


def test_with_dates_the_earlier_one_is_named() -> None:
    dates = {FIRST.id: "2015-05-09", ALTERED.id: "2015-05-10"}
    assert shared(FIRST, ALTERED, dates=dates)[FIRST.id][0].value("first") == "this"
