"""Code points and UTF-16 units: the one place in Python where the two meet. `static/offsets.js` is its twin."""

from __future__ import annotations


def to_utf16(text: str, offset: int) -> int:
    """The UTF-16 offset of a code point offset of `text`.

    >>> to_utf16("a😀b", 2)
    3
    """
    return offset + sum(character > "\uffff" for character in text[:offset])


def from_utf16(text: str, units: int) -> int:
    """The code point offset of a UTF-16 offset; one inside a character counts as its start.

    >>> from_utf16("a😀b", 3)
    2
    """
    passed = 0
    for offset, character in enumerate(text):
        width = 2 if character > "\uffff" else 1
        if passed + width > units:
            return offset
        passed += width
    return len(text)
