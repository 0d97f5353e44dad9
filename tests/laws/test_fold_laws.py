"""What folding promises for every text."""

from __future__ import annotations

import importlib.util
import sys
import unicodedata
from itertools import permutations
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catena.lexicons.folding import load_fold_table
from catena.model import Document, Span, View, canonical
from catena.text import fold, fold_each, fold_letters, fold_skeleton

ROOT = Path(__file__).parent.parent.parent
TABLE = load_fold_table()
MARKS = "\u064b\u064e\u0651\u0652\u0654\u0670\u06d6\u06e5\u0301\u0308\u0345\u05b8\u05c1\u0483"
PIECES = [
    *"ابتكيىئؤإأآةهکیگپٱءـ", *"aZßİıøéǅ", *"яЁйѣ", *"σςΆᾳ", *"שםך", *MARKS, *"٠۴7½²", *" \n\t\u00a0\u3000",
    *".,،؟!“”’'«»—…", "\u200c", "\u200d", "\u00ad", "\u200e", "\u200f", "\u202b", "\u2067", "\u2069",
    "\ufeff",
    "ﻻ", "ﻟ", "ﷲ", "ﷺ", "﷽", "ﰲ", "ﹷ", "ﱞ", "ﬁ", "👩\u200d🚀", "🏳\ufe0f\u200d🌈", "👍🏽", "\x00",
    "\r\n", "漢", "한",
    "क़", "\U0001d400", "\U0001ee00", "\U000e0101", "\U0010fffd", "¨", "\u0378",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.characters(exclude_categories=["Cs"])), max_size=40).map(
    lambda pieces: canonical("".join(pieces))
)


@st.composite
def folded_ranges(draw: st.DrawFn) -> tuple[str, View, int, int]:
    text = draw(texts)
    view = fold(text, TABLE)
    low = draw(st.integers(0, len(view.text)))
    high = draw(st.integers(low, len(view.text)))
    return text, view, low, high


def yardstick() -> ModuleType:
    spec = importlib.util.spec_from_file_location("folding_benchmark", ROOT / "benchmarks" / "folding.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SLOW = yardstick()


@given(texts)
@example("\u064e\u200fا\u064e\u200f\u064e\u200f")
@example("\u202bﷺ\u064e\u202c")
def test_fast_and_slow_folding_give_the_same_view(text: str) -> None:
    assert SLOW.same(fold(text, TABLE), SLOW.fold_slowly(text, TABLE))


@given(texts, texts)
def test_the_fold_of_two_texts_put_together_is_the_two_folds_put_together(one: str, other: str) -> None:
    assert fold(one + other, TABLE).text == fold(one, TABLE).text + fold(other, TABLE).text


@given(folded_ranges())
def test_a_projected_span_folds_back_to_what_it_came_from(given_range: tuple[str, View, int, int]) -> None:
    text, view, low, high = given_range
    back = fold(view.project(Span(low, high)).of(text), TABLE).text
    # An expanded ligature is taken whole: widen to all characters that share a source character.
    while 0 < low < high and view.starts[low - 1] == view.starts[low]:
        low -= 1
    while low < high < len(view.text) and view.starts[high - 1] == view.starts[high]:
        high += 1
    assert back == view.text[low:high]


@given(texts)
def test_the_map_never_goes_back_and_stays_inside_the_source(text: str) -> None:
    for view in (fold(text, TABLE), fold_letters(text, TABLE), fold_skeleton(text, TABLE)):
        assert len(view.starts) == len(view.ends) == len(view.text)
        assert view.starts.dtype == view.ends.dtype == np.int32
        assert (np.diff(view.starts) >= 0).all()
        assert (np.diff(view.ends) >= 0).all()
        assert (view.starts < view.ends).all()
        assert view.source_length == len(text)
        if len(view.text):
            assert view.starts[0] >= 0
            assert view.ends[-1] <= len(text)


@given(texts)
def test_characters_of_the_view_never_overlap_unless_they_share_a_source(text: str) -> None:
    view = fold(text, TABLE)
    apart = np.flatnonzero(np.diff(view.starts))
    assert (view.ends[apart] <= view.starts[apart + 1]).all()
    together = np.flatnonzero(np.diff(view.starts) == 0)
    assert (view.ends[together] == view.ends[together + 1]).all()


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text, TABLE).text
    assert fold(once, TABLE).text == once


@given(texts)
def test_folding_never_changes_the_document(text: str) -> None:
    document = Document.of(text)
    identity, before = document.id, "".join(list(document.text))
    fold(document.text, TABLE)
    fold_letters(document.text, TABLE)
    assert document.text == before
    assert Document.of(before).id == identity == document.id


@given(st.sampled_from([*"ابكىσшשe"]), st.lists(st.sampled_from(MARKS), min_size=1, max_size=4, unique=True))
def test_marks_fold_the_same_in_any_order(base: str, marks: list[str]) -> None:
    folded = {fold(base + "".join(order), TABLE).text for order in permutations(marks)}
    assert folded == {fold(base, TABLE).text}


@given(texts)
def test_joiners_selectors_and_bidi_controls_never_reach_the_view(text: str) -> None:
    assert not set(fold(text, TABLE).text) & set(
        "\u200c\u200d\u00ad\ufe0f\u200e\u200f\u202b\u2067\u2069\ufeffـ" + MARKS
    )


@given(texts)
def test_a_span_never_grows_over_a_bidi_control_at_its_end(text: str) -> None:
    view = fold(text, TABLE)
    assert not {text[end - 1] for end in view.ends.tolist()} & set("\u200e\u200f\u202b\u2067\u2069")


@given(texts)
def test_letters_are_the_fold_without_the_rest(text: str) -> None:
    whole, letters, skeleton = fold(text, TABLE), fold_letters(text, TABLE), fold_skeleton(text, TABLE)
    assert skeleton.text == letters.text.replace("ا", "").replace("ء", "")
    assert letters.text == "".join(each for each in whole.text if TABLE.kinds[ord(each)])
    assert " " not in letters.text


@given(texts, st.data())
def test_locating_a_source_range_gives_the_characters_that_start_in_it(text: str, data: st.DataObject) -> None:
    low = data.draw(st.integers(0, len(text)))
    span = Span(low, data.draw(st.integers(low, len(text))))
    view = fold(text, TABLE)
    expected = "".join(view.text[at] for at, start in enumerate(view.starts.tolist()) if span.start <= start < span.end)
    assert view.locate(span).of(view.text) == expected
    assert fold_each(view, [span]) == (expected,)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@given(text=st.text(st.sampled_from("éüñçåĀỗйёїάϊאבשׁأإؤئآۀ ﻻﷲ"), max_size=12))
def test_composed_and_decomposed_letters_of_our_scripts_fold_the_same(form: str, text: str) -> None:
    assert fold(unicodedata.normalize(form, text), TABLE).text == fold(text, TABLE).text


@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_ascii_keeps_its_length(text: str) -> None:
    assert len(fold(text, TABLE).text) == len(text)
