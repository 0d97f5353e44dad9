"""What a page paints, piece by piece: a unit is one glyph, or one span whose text the file states as a whole.

A unit keeps its text as the file gives it, in logical order: files hold base and marks of a cluster together, and
taking such a string apart is what damages the text in other programs.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

# Hebrew to Arabic Extended-A, and the presentation forms but for the ornate brackets, which any script may use.
_RTL = "\u0590-\u08ff\ufb1d-\ufd3d\ufd40-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
RTL = re.compile(f"[{_RTL}]")
_FORMS = re.compile("[\ufb00-\ufb06\ufb1d-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf1\ufdf3-\ufdf9\ufdfc\ufe70-\ufefc]+")
_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SEPARATORS = ("ES", "CS", "ET")


@dataclass(slots=True, eq=False)
class Unit:
    """A piece of text with its place on the page, in points.

    `left` and `right` bound the advance, `ink_left` and `ink_right` what is painted; `start` is where the pen was;
    `place` counts units in the order of painting. `stated` units come from a span with ActualText. A `filler` shows ink
    that is no text: the strokes with which programs stretch a line.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    place: float
    start: float
    ink_left: float
    ink_right: float
    stated: bool = False
    mark: bool = False
    space: bool = False
    filler: bool = False
    marks: list[Unit] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """The middle of the ink."""
        return (self.ink_left + self.ink_right) / 2


def is_marks(text: str) -> bool:
    """True for combining marks and nothing else."""
    return bool(text) and all(unicodedata.category(character) == "Mn" for character in text)


def clean(text: str) -> str:
    """`text` without NULs, direction controls and byte order marks: signs for programs that the page does not show."""
    return _CONTROLS.sub("", text.replace("\0", ""))


def unfold_forms(text: str) -> str:
    """Presentation forms as the letters they stand for; whole words such as ﷺ and ﷲ stay one character.

    >>> unfold_forms("ﻻ")
    'لا'
    """
    return _FORMS.sub(lambda forms: unicodedata.normalize("NFKC", forms[0]), text)


def compose(unit: Unit) -> str:
    """The unit's text with its marks, each behind its letter. A ligature's box is shared out from right to left."""
    if not unit.marks:
        return unit.text
    letters = [place for place, character in enumerate(unit.text) if unicodedata.category(character) != "Mn"]
    if len(letters) <= 1:
        return unit.text + "".join(mark.text for mark in sorted(unit.marks, key=lambda mark: mark.place))
    width = (unit.right - unit.left) / len(letters)
    added = dict.fromkeys(letters, "")
    for mark in unit.marks:
        nth = int((unit.right - mark.middle) / width) if width > 0 else 0
        added[letters[max(0, min(len(letters) - 1, nth))]] += mark.text
    return "".join(character + added.get(place, "") for place, character in enumerate(unit.text))


@lru_cache(maxsize=8192)
def direction(text: str) -> str:
    """`R` or `L` for letters, `N` for digits, `S` for signs that stand in numbers, else `O`: by the first that tells.

    >>> direction("قا"), direction("7"), direction("/"), direction("«")
    ('R', 'N', 'S', 'O')
    """
    classes = [unicodedata.bidirectional(character) for character in text]
    for one in classes:
        if one in ("R", "AL"):
            return "R"
        if one in ("L", "EN", "AN"):
            return "L" if one == "L" else "N"
    if any(one in _SEPARATORS for one in classes):
        return "S"
    return "R" if any(one == "NSM" for one in classes) and RTL.search(text) else "O"
