"""Lam-alef put back in order: some PDF files store the ligature, and give its two letters out the wrong way round.

The damage is all or nothing: a text in which one lam-alef is swapped has every one swapped. So it is undone only where
the quotation writes none in order while the passage has at least two; an article is then not taken for a negation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import product

from catena.verification.spelling import forms_of, letters_of
from catena.verification.words import QuotedWord, ReferenceWord

SWAPPED = "lam-alef-order"
LEAST = 2  # lam-alefs of the passage that are all missing
MOST = 4  # places in a word that may be swapped
_ORDERED = re.compile("ل[\u064b-\u0652]*[اأإآٱ]")
_TURNED = re.compile("([اأإآ])([\u064b-\u0652]*)ل")


def writes_none(quoted: Sequence[QuotedWord], reference: Sequence[ReferenceWord]) -> bool:
    """True when the passage has lam-alefs, and the quotation not one."""
    if not may_be_swapped(quoted):
        return False
    return sum(len(_ORDERED.findall(word.text)) for word in reference) >= LEAST


def may_be_swapped(quoted: Sequence[QuotedWord]) -> bool:
    """True when the quotation writes alef before lam, and never lam before alef."""
    return any(_TURNED.search(word.text) for word in quoted) and not any(_ORDERED.search(word.text) for word in quoted)


def restore(quoted: Sequence[QuotedWord], forms: Collection[str]) -> tuple[QuotedWord, ...]:
    """The words, those that are in none of `forms` with swaps undone when that makes them one of these."""
    return tuple(replace(word, text=_restored(word.text, forms)) for word in quoted)


def _restored(word: str, forms: Collection[str]) -> str:
    if not forms_of(word).keys().isdisjoint(forms):
        return word
    pieces = _TURNED.split(word)
    swaps = len(pieces) // 3
    if not 0 < swaps <= MOST:
        return word
    for choice in product((True, False), repeat=swaps):
        made = "".join(
            pieces[3 * n] + (f"ل{marks}{alef}" if turned else f"{alef}{marks}ل")
            for n, turned in enumerate(choice)
            for alef, marks in [(pieces[3 * n + 1], pieces[3 * n + 2])]
        )
        made += pieces[-1]
        if letters_of(made) and not forms_of(made).keys().isdisjoint(forms):
            return made
    return word
