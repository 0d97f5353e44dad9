"""A document searched for unmarked passages: what is found, what is not, and that no shortcut changes it."""

from __future__ import annotations

import random

import numpy as np
import pytest

from catena.lexicons.formulae import load_check_lexicon
from catena.model import Document
from catena.text import compiled
from catena.verification import Edition, LoadedLibrary, find_passages, load_edition, make_library
from catena.verification.skeleton import LONG, skeleton_codes

ARTICLES = (
    "The waters of the Three Lakes belong to all the states that lie on their shores.",
    "No member state shall close the passage between the lakes to the boats of another in time of peace.",
    "The Council of Harbours shall publish every decision within thirty days of the meeting that took it.",
    "Dues for the use of a quay shall be the same for the boats of every member state and of every size.",
    "A state that wishes to leave this charter shall say so in writing one year before it takes effect.",
)


@pytest.fixture(scope="module")
def charter() -> LoadedLibrary:
    view = Edition("charter", "Lake Charter", "Charter of the Three Lakes", "en")
    return make_library([load_edition(view, [(f"Lake Charter {n}", text) for n, text in enumerate(ARTICLES, 1)])])


def found(text: str, library: LoadedLibrary) -> list[tuple[str, str, str]]:
    """The words, the passage and the verdict of each."""
    document = Document.of(text)
    return [
        (
            one.span.of(document.text),
            library.editions[one.match.stretch.edition].references[one.match.comparison.passages[0]],
            one.match.verdict,
        )
        for one in find_passages(document, library, load_check_lexicon())
    ]


def test_a_passage_in_running_text_is_found_with_its_place(charter: LoadedLibrary) -> None:
    text = f"The envoy rose. {ARTICLES[1][:-1]}, and then he sat down."
    assert found(text, charter) == [(ARTICLES[1][:-1], "Lake Charter 2", "exact")]


def test_a_passage_without_blanks_is_found(charter: LoadedLibrary) -> None:
    fused = ARTICLES[2][:-1].replace(" ", "")
    assert found(f"The envoy rose: {fused} he said.", charter) == [(fused, "Lake Charter 3", "exact-spelling")]


def test_a_passage_inside_a_text_without_any_blank_is_cut_at_its_letters(charter: LoadedLibrary) -> None:
    fused = ARTICLES[2][:-1].replace(" ", "")
    (one,) = found(f"Theenvoyroseandspokeforawhile{fused}thenhewentaway", charter)
    assert one[0] == fused


def test_a_passage_with_a_misprint_in_every_tenth_letter_is_found(charter: LoadedLibrary) -> None:
    draw = random.Random(4)
    for number, article in enumerate(ARTICLES, 1):
        garbled = "".join("q" if char.isalpha() and draw.random() < 0.1 else char for char in article)
        assert [one[1] for one in found(f"He read: {garbled} Then tea.", charter)] == [f"Lake Charter {number}"]


def test_seven_words_of_a_passage_are_no_report(charter: LoadedLibrary) -> None:
    assert found("He said that the boats of every member state and town were late.", charter) == []


def test_unrelated_text_is_no_report(charter: LoadedLibrary) -> None:
    text = "The market of Quillhaven opens at six. Fish is sold until noon, bread all day, and boats lie two deep."
    assert found(text * 5, charter) == []


def test_what_is_checked_already_is_left_out(charter: LoadedLibrary) -> None:
    text = f"The envoy rose. {ARTICLES[1]}"
    document = Document.of(text)
    (one,) = find_passages(document, charter, load_check_lexicon())
    assert find_passages(document, charter, load_check_lexicon(), taken=(one.span,)) == ()


def test_the_kernels_report_the_same_passages(charter: LoadedLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("catena.text.kernels")
    draw = random.Random(2)
    pieces = [
        draw.choice(ARTICLES) if draw.random() < 0.4 else "Tea was served at four on the quay." for _ in range(80)
    ]
    text = " ".join("".join(c if draw.random() > 0.03 else draw.choice("aeiou ") for c in piece) for piece in pieces)
    monkeypatch.setattr(compiled, "COMPILED_FROM", 10**15)
    plain = found(text, charter)
    monkeypatch.setattr(compiled, "COMPILED_FROM", 0)
    assert len(plain) > 20
    assert found(text, charter) == plain


def test_the_filter_lets_every_seed_of_its_editions_pass(
    charter: LoadedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sieve,) = charter.filters
    letters, _ = skeleton_codes(" ".join(ARTICLES))
    known = set((charter.editions[0].scan.entries >> np.uint64(32)).tolist())
    monkeypatch.setattr(compiled, "COMPILED_FROM", 10**15)
    hashes, places = sieve.passing(letters)
    assert known <= set(hashes.tolist())
    if compiled._imported() is not None:
        monkeypatch.setattr(compiled, "COMPILED_FROM", 0)
        again, same = sieve.passing(letters)
        assert (again.tolist(), same.tolist()) == (hashes.tolist(), places.tolist())


@pytest.mark.parametrize(
    "text",
    [
        " ".join(ARTICLES),
        "قالت المندوبة إنّ البحيرات الثلاث مفتوحة للجميع، 1924. " * 8,
        "Straße, ﬁsh and ﷺ: one sign of several letters. " * 8,  # compiled code hands it back
        "!? … " * 100,
    ],
)
def test_letters_found_in_compiled_code_are_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(text) >= LONG
    monkeypatch.setattr(compiled, "COMPILED_FROM", 10**15)
    letters, places = skeleton_codes(text)
    if compiled._imported() is not None:
        monkeypatch.setattr(compiled, "COMPILED_FROM", 0)
        again, same = skeleton_codes(text)
        assert (again.tolist(), same.tolist()) == (letters.tolist(), places.tolist())
        assert (again.dtype, same.dtype) == (letters.dtype, places.dtype)
