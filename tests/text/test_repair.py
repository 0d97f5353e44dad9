"""A second reading of damaged vocalised text. The verses are Qur'an 18:20 and 37:61; the model has seen neither."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catena.lexicons.repair import load_mark_model
from catena.model import Span
from catena.text.repair import Edit, MarkModel, Step, find_damage, is_damaged, repair_text, replay
from catena.text.repair.damage import _may_stand
from catena.text.repair.letters import may_stand, split_clusters

KAHF = "﴿إِنَّهُمْ إِن يَظْهَرُوا عَلَيْكُمْ يَرْجُمُوكُمْ أَوْ يُعِيدُوكُمْ فِي مِلَّتِهِمْ وَلَن تُفْلِحُوا إِذًا أَبَدًا﴾"
KAHF_TORN = "ُهْم إِن َيْظَهُروا َعَلْيُكْم َيْرُجُموُكْم أَْو ُيِعيُدوُكْم فِي ِملَِّتِهْم َوَلن ُتْفلُِحوا إًِذا أََبًدا﴿   ﴾إِنَّ"
SAFFAT = "﴿لِمِثْلِ هَٰذَا فَلْيَعْمَلِ الْعَامِلُونَ﴾"
SAFFAT_TORN = "َذا َفْلَيْعَمِل اْلَعاِملُونَ ﴿  ﴾لِِمْثِل َهَٰ"


@pytest.mark.parametrize(("torn", "verse"), [(KAHF_TORN, KAHF), (SAFFAT_TORN, SAFFAT)])
def test_a_verse_whose_marks_and_brackets_wandered_is_read_as_it_stands_in_the_book(torn: str, verse: str) -> None:
    found = repair_text(torn, load_mark_model())
    assert unicodedata.normalize("NFC", found.text) == unicodedata.normalize("NFC", verse)


def test_the_steps_are_named_and_replaying_them_gives_the_same_reading() -> None:
    found = repair_text(KAHF_TORN, load_mark_model())
    assert [step.name for step in found.steps] == ["verses put between their brackets", "marks put on their letters"]
    assert replay(KAHF_TORN, found.steps) == found


def test_every_letter_of_the_reading_leads_back_to_that_letter_in_the_text() -> None:
    text = f"The letter says:\n{KAHF_TORN}\nand ends."
    found = repair_text(text, load_mark_model())
    letters = [place for place, character in enumerate(found.text) if character.isalpha()]
    assert [text[found.sources[place]] for place in letters] == [found.text[place] for place in letters]
    start = found.text.index("ends")
    assert found.project(Span(start, start + 4)).of(text) == "ends"


@pytest.mark.parametrize(
    "text",
    [
        KAHF,
        SAFFAT,
        "قال المندوب إن القائمة معلقة في كل ميناء.",
        "قال: ﴿ … ﴾ ثم سكت",
        "The talks ended.",
        "",
        # torn into pieces: which letters belong together is lost, so that no mark can be placed
        "َق َال تعالى: ﴿ َوالْ ُموفُ َون ِبعَ ْه ِد ِه ْم ِإذَا َعا َهدُوا﴾",
    ],
)
def test_undamaged_and_hopeless_text_stays_as_it_is(text: str) -> None:
    found = repair_text(text, load_mark_model())
    assert (found.text, found.steps) == (text, ())


def test_text_whose_letters_run_backwards_is_left_alone() -> None:
    backwards = KAHF_TORN[::-1]
    assert repair_text(backwards, load_mark_model()).steps == ()


def test_damaged_lines_are_found_with_their_places_and_no_others() -> None:
    text = f"{SAFFAT}\n{SAFFAT_TORN}\nplain"
    (found,) = find_damage(text)
    assert found.span.of(text) == SAFFAT_TORN
    assert (found.words, found.odd) == (5, 4)


def test_a_span_is_damaged_when_a_line_that_it_touches_is() -> None:
    text = f"{KAHF}\n{SAFFAT_TORN}\nplain"
    line = text.index(SAFFAT_TORN)
    assert is_damaged(text, Span(line + 3, line + 9))
    assert is_damaged(text, Span(2, line + 1))
    assert not is_damaged(text, Span(2, 9))
    assert not is_damaged(text, Span(len(text) - 3, len(text)))


def test_a_single_slip_of_the_pen_in_a_long_line_is_no_damage() -> None:
    assert find_damage(KAHF.replace("فِي", "ِفي")) == ()


def test_swapped_lam_and_alef_change_back_where_no_other_word_is_possible() -> None:
    found = repair_text("َوَلن ُتْفلُِحوا االتحاد األول ال نطلب", load_mark_model())
    assert found.text.endswith("الاتحاد الأول لا نطلب")
    assert found.steps[0].name == "lam and alef put in order"


def test_presentation_forms_and_direction_controls_go_in_damaged_lines_only() -> None:
    text = "\ufefb \u202b\n\u202bَوَلن ُتْفلُِحوا \ufefb\u202c"
    found = repair_text(text, load_mark_model())
    assert found.text.startswith("\ufefb \u202b\n")
    assert found.text.endswith(" لا")


def test_a_direction_mark_beside_a_stop_is_kept_and_one_inside_a_word_goes() -> None:
    found = repair_text("َوَلن ُتْفل\u200fُِحوا\u200f.\u200f", load_mark_model())
    assert found.text == "وَلَن تُفْلِحُوا\u200f.\u200f"


def test_a_small_yeh_stands_behind_the_vowel_of_its_letter() -> None:
    assert repair_text("َجَبِلِۦه َجَبِلِۦه", load_mark_model()).text == "جَبَلِهِۦ جَبَلِهِۦ"


def test_no_mark_is_given_up_where_each_can_stand() -> None:
    assert repair_text("أََنِس أََنِس", load_mark_model()).text == "أَنَسِ أَنَسِ"


def test_a_model_of_one_word_puts_a_mark_where_that_word_has_it() -> None:
    model = MarkModel.of([("كَتَبَ", 3)])
    assert repair_text("َكَتَب َكَتَب", model).text == "كَتَبَ كَتَبَ"


def test_edits_that_overlap_or_run_past_the_text_are_refused() -> None:
    twice = Step("twice", (Edit(0, 2, "", ()), Edit(1, 2, "", ())))
    with pytest.raises(ValueError, match="twice: the edit at 1"):
        replay("abc", (twice,))
    with pytest.raises(ValueError, match="past the text"):
        replay("abc", (Step("far", (Edit(2, 9, "", ()),)),))
    with pytest.raises(ValueError, match="one each"):
        Edit(0, 1, "ab", (0,))


@given(st.text(alphabet="ابلموني ﴿﴾\u064e\u0650\u0652\u0651\u0670ـ\n", max_size=60))
def test_any_text_keeps_its_letters_and_its_steps_can_be_replayed(text: str) -> None:
    found = repair_text(text, load_mark_model())
    assert sorted(filter(str.isalpha, found.text.replace("ـ", ""))) == sorted(
        filter(str.isalpha, text.replace("ـ", ""))
    )
    assert replay(text, found.steps) == found
    assert len(found.sources) == len(found.text)


@given(st.text(alphabet="بتم\u064e\u064f\u0650\u0651\u0652\u0670 \n﴿﴾", max_size=60), st.data())
def test_a_span_is_damaged_when_a_damaged_line_holds_part_of_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    touched = Span(low, high if high >= 0 else len(text))
    assert is_damaged(text, Span(start, end)) == any(touched.contains(one.span) for one in find_damage(text))


@given(st.text(alphabet="بتم\u064e\u064f\u0650\u0651\u0652\u0670", min_size=1, max_size=12))
def test_a_word_is_odd_when_a_letter_bears_marks_that_cannot_stand_together(word: str) -> None:
    odd = any(not may_stand(marks) for _, marks in split_clusters(word)[1])
    assert _may_stand(word) == (not odd)


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        (
            "إن الاتفاق لا يغي ّر حدود البحيرة وإن الأعضاء جميع ًا متساوون في كل ميناء",
            "إن الاتفاق لا يغيّر حدود البحيرة وإن الأعضاء جميعًا متساوون في كل ميناء",
        ),
        (
            "ولم ي ُسأل أحد من أصحاب القوارب وذك ّر الرئيس الحاضرين في ختام الجلسة",
            "ولم يُسأل أحد من أصحاب القوارب وذكّر الرئيس الحاضرين في ختام الجلسة",
        ),
    ],
)
def test_a_word_broken_before_its_mark_is_closed_where_hardly_any_word_has_marks(torn: str, whole: str) -> None:
    found = repair_text(torn, load_mark_model())
    assert found.text == whole
    assert [step.name for step in found.steps] == ["words closed before their marks"]
    assert "".join(torn[place] for place in found.sources) == whole


def test_a_mark_behind_a_letter_that_is_lost_stays_where_it_is() -> None:
    text = "يأخذ در\x00\x00\u064bا من القارب أو \x00\x00\u0651م القائمة إلى مجلس البحيرة"
    assert repair_text(text, load_mark_model()).text == text
