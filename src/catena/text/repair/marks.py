"""The marks of one word, put back on their letters: a known form of the word, else the likeliest way to share them.

The marks between two letters may belong to either. All ways to share them along a word are weighed by a Viterbi
search over the model's counts.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import combinations

from catena.text.repair.letters import DAGGER, has_marks, may_stand, skeleton, sort_marks, split_clusters
from catena.text.repair.model import MarkModel

_DROPPED = -12.0  # for giving up a mark that stands twice: nearly as bad as marks that no letter there was seen with
_STAY = -0.3  # for each mark left on the letter before it, once marks are known to stand too early
_MOST_MARKS = 6  # between two letters; words with more are left alone
_MOST_LETTERS = 40
_TATWEEL = "\u0640"

_State = tuple[str, str]


def repair_word(word: str, model: MarkModel) -> str:
    """`word` in NFC with its marks on their letters; as it is when it has no marks or no way to share them.

    >>> repair_word("\u064eب", MarkModel.of([("ب\u064e", 1)])) == "ب\u064e"
    True
    """
    if _TATWEEL in word:
        return _repair_drawn_out(word, model)
    lead, clusters = split_clusters(word)
    if not clusters or len(clusters) > _MOST_LETTERS or not has_marks(word):
        return word
    runs = [lead, *(marks for _, marks in clusters)]
    if max(map(len, runs)) > _MOST_MARKS:
        return word
    known = _known_form(word, "".join(runs), model)
    if known is not None:
        return known
    shared = _share([letter for letter, _ in clusters], runs, model)
    if shared is None:
        return word
    letters = "".join(letter + marks for (letter, _), marks in zip(clusters, shared, strict=True))
    return unicodedata.normalize("NFC", letters)


def _repair_drawn_out(word: str, model: MarkModel) -> str:
    """A word with tatweels, which stand there to bear a dagger alef; one that bears none leaves the word as it is."""
    plain = word.replace(_TATWEEL, "")
    better = repair_word(plain, model)
    if not plain or better.count(DAGGER) != word.count(_TATWEEL):
        return word
    return better.replace(DAGGER, _TATWEEL + DAGGER)


def _known_form(word: str, marks: str, model: MarkModel) -> str | None:
    """A form with the same letters and marks."""
    wanted = sort_marks(marks)
    for form in model.forms(skeleton(word)):
        _, clusters = split_clusters(form)
        if sort_marks("".join(held for _, held in clusters)) == wanted:
            return form
    return None


def _share(letters: list[str], runs: list[str], model: MarkModel) -> list[str] | None:
    """The likeliest marks of each letter, or `None` when no way is left."""
    early = bool(runs[0])
    states: dict[_State, tuple[float, list[str]]] = {("", runs[0]): (0.0, [])}
    for place, letter in enumerate(letters):
        last = place + 1 == len(letters)
        before = letters[place - 1] if place else "^"
        after = "$" if last else letters[place + 1]
        reached: dict[_State, tuple[float, list[str]]] = {}
        for (marks_before, carried), (score, path) in states.items():
            for own, rest in [(runs[place + 1], "")] if last else _splits(runs[place + 1]):
                marks, cost = _bear(carried + own)
                if marks is None:
                    continue
                cost += _STAY * len(own) if early or carried else 0.0
                total = score + cost + model.rate(before, marks_before, letter, after, marks)
                if (marks, rest) not in reached or total > reached[marks, rest][0]:
                    reached[marks, rest] = (total, [*path, marks])
        states = reached
    return max(states.values(), key=lambda one: one[0])[1] if states else None


@lru_cache(maxsize=4096)
def _bear(marks: str) -> tuple[str | None, float]:
    """`marks` as one letter can bear them, and what that costs; `None` when it cannot."""
    marks = sort_marks(marks)
    if may_stand(marks):
        return marks, 0.0
    once = "".join(dict.fromkeys(marks))
    return (once, _DROPPED) if may_stand(once) else (None, 0.0)


@lru_cache(maxsize=4096)
def _splits(run: str) -> tuple[tuple[str, str], ...]:
    """All ways to share `run` between the letter before it and the letter after it."""
    places = range(len(run))
    found: dict[tuple[str, str], None] = {}
    for count in range(len(run) + 1):
        for chosen in combinations(places, count):
            own = "".join(run[place] for place in chosen)
            found[own, "".join(run[place] for place in places if place not in chosen)] = None
    return tuple(found)
