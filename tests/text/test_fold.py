"""Folding: what becomes what, and which characters of the source each one stands for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from catena.lexicons.folding import load_fold_table
from catena.model import Span
from catena.text import FoldTable, find_words, fold, fold_each, fold_letters, fold_skeleton

ROOT = Path(__file__).parent.parent.parent
TABLE = load_fold_table()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("وَمَا خَلَقْتُ", "وما خلقت"),
        ("ٱلسَّلَـٰمُ", "السلم"),
        ("إسلام أمة آية", "اسلام امه ايه"),
        ("هدى على", "هدي علي"),
        ("مسؤول سئل ماء", "مسوول سيل ماء"),
        ("الســـلام", "السلام"),
        ("کتاب یکی", "كتاب يكي"),
        ("پیچیدہ گاؤں", "پيچيده گاون"),
        ("ښځه ټول ګټه", "ښځه ٹول گٹه"),
        ("ﻻ ﺇﻟﻪ", "لا اله"),
        ("ﷺ", "صلي الله عليه وسلم"),
        ("﷽", "بسم الله الرحمن الرحيم"),
        ("قُلْ ۖ هُوَ ۚ", "قل  هو "),
        ("١٢٣ ۴۵۶", "123 456"),
        ("٤٫٥٪ ١٬٠٠٠", "4.5% 1,000"),
        ("لماذا؟ نعم، حسنًا؛", "لماذا? نعم, حسنا;"),
    ],
)
def test_arabic_script_folds(text: str, folded: str) -> None:
    assert fold(text, TABLE).text == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße, Œuvre, Łódź, Ærø", "strasse, oeuvre, lodz, aero"),
        ("İzmir ısı", "izmir isi"),
        ("ﬁnal ²", "final 2"),
        ("Qurʾan Qur’an Qur'an", "qur'an qur'an qur'an"),
        ("“Yes” «no» – wait…", '"yes" "no" - wait...'),
        ("Ёлка Йод вѣра", "елка иод вера"),
        ("Ἀρχὴ λόγος ᾳ", "αρχη λογοσ α"),
        ("שָׁלוֹם ארץ צה״ל", 'שלומ ארצ צה"ל'),
        ("a\tb\nc\u00a0d", "a b c d"),
        ("co\u00adoperate", "cooperate"),
        ("nul\x00nul", "nul\x00nul"),
        ("👩\u200d🚀 ❤\ufe0f", "👩🚀 ❤"),
        ("", ""),
    ],
)
def test_other_scripts_and_signs_fold(text: str, folded: str) -> None:
    assert fold(text, TABLE).text == folded


@pytest.mark.parametrize("pair", ["پب", "چج", "ژز", "گك", "طت", "سص", "ءا"])
def test_letters_that_tell_words_apart_stay_apart(pair: str) -> None:
    assert fold(pair[0], TABLE).text != fold(pair[1], TABLE).text


def test_a_mark_belongs_to_the_letter_before_it() -> None:
    view = fold("مَنّ.", TABLE)
    assert view.text == "من."
    assert view.starts.tolist() == [0, 2, 4]
    assert view.ends.tolist() == [2, 4, 5]


def test_a_bidi_control_belongs_to_nobody() -> None:
    view = fold("من\u200f. ب\u064e\u200e", TABLE)
    assert view.text == "من. ب"
    assert view.starts.tolist() == [0, 1, 3, 4, 5]
    assert view.ends.tolist() == [1, 2, 4, 5, 7]


def test_a_mark_after_a_bidi_control_still_belongs_to_its_letter() -> None:
    view = fold("ب\u200e\u064eت", TABLE)
    assert view.ends.tolist() == [3, 4]


def test_marks_at_the_very_start_stand_for_nothing() -> None:
    view = fold("\u064e\u0651بت", TABLE)
    assert view.text == "بت"
    assert view.starts.tolist() == [2, 3]


def test_every_letter_of_an_expanded_ligature_stands_for_the_whole_ligature() -> None:
    view = fold("قال ﷺ\u064e:", TABLE)
    assert view.text == "قال صلي الله عليه وسلم:"
    assert view.project(Span(8, 12)) == Span(4, 6)
    assert view.project(Span(22, 23)) == Span(6, 7)


def test_a_text_of_marks_alone_folds_to_nothing() -> None:
    view = fold("\u064e\u200f", TABLE)
    assert view.text == ""
    assert view.project(Span(0, 0)) == Span(2, 2)


def test_letters_leave_out_spaces_and_punctuation() -> None:
    view = fold_letters("قَالَ: «نعم»", TABLE)
    assert view.text == "قالنعم"
    assert view.project(Span(3, 6)) == Span(8, 11)


def test_the_skeleton_is_the_same_in_both_spellings_of_a_verse() -> None:
    one = fold_skeleton("ٱلسَّمَـٰوَٰتِ", TABLE).text
    other = fold_skeleton("السماوات", TABLE).text
    assert one == other == "لسموت"


def test_words_are_folded_each_on_its_own() -> None:
    text = "«قَالَ ﷺ» Don’t!"
    assert fold_each(fold(text, TABLE), find_words(text)) == ("قال", "صلي الله عليه وسلم", "don't")
    assert fold_each(fold(text, TABLE), ()) == ()


def test_the_table_file_is_what_the_yaml_says() -> None:
    tool = ROOT / "tools" / "make_fold_table.py"
    result = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_the_table_is_read_once() -> None:
    assert load_fold_table() is TABLE


def test_the_table_cannot_be_changed_by_accident() -> None:
    with pytest.raises(ValueError, match="read-only"):
        TABLE.values[65] = 66


@pytest.mark.parametrize(("data", "message"), [(b"something else", "not a fold table"), (None, "cut short")])
def test_a_wrong_table_file_is_refused(data: bytes | None, message: str) -> None:
    if data is None:
        data = (ROOT / "src/catena/data/folding/table.bin").read_bytes()[:-4]
    with pytest.raises(ValueError, match=message):
        FoldTable.from_bytes(data)
