"""The second reading of damaged text, step by step. Each step takes the text of the step before.

1. Embeddings, and direction marks inside words, go, and presentation forms become letters.
2. Lam and alef that changed places change back, in words that cannot be Arabic otherwise.
3. A verse whose brackets stand together in the middle of its line (`X﴿ ﴾Y`) is put between them (`﴿YX﴾`).
4. In lines with few marks, a word that was broken before its mark (`يغي ّر`) is closed (`يغيّر`).
5. The marks of every vocalised word are shared out among its letters anew.

Text in which letters themselves are out of order, or words torn, is left alone: it could only get worse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from catena.text.repair.damage import find_damage
from catena.text.repair.letters import LETTER, MARK, SHADDA, TANWIN, WORD, has_marks, skeleton
from catena.text.repair.marks import repair_word
from catena.text.repair.model import MarkModel
from catena.text.repair.steps import Edit, Repaired, Step, replay

# Extractors put embeddings about their lines. Single direction marks beside stops and quotes are a writer's own;
# inside a word nobody needs one.
_INSIDE = f"(?<=[{LETTER}{MARK}])[\u061c\u200e\u200f]+(?=[{LETTER}{MARK}])"
_CONTROLS = re.compile(f"[\u202a-\u202e\u2066-\u2069\ufeff]|{_INSIDE}")
_FORMS = re.compile("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf1\ufdf3-\ufdf9\ufdfc\ufe70-\ufefc]")
# No Arabic word begins with alef alef lam or with a hamza on alef before the article's lam; alone, lam alef is "no".
_BEGIN, _END = f"(?<![{LETTER}{MARK}])", f"(?![{LETTER}{MARK}])"
_SWAPPED = re.compile(f"{_BEGIN}([وفبك]?)ا([اأإآ])ل(?=[{LETTER}])|{_BEGIN}ال{_END}")
_ARTICLES = ("ال", "وال", "فال", "بال", "كال")
_ARABIC = f"[{LETTER}{MARK} ]"
_CUT = re.compile(f"({_ARABIC}+?)[ ]*(?:\ufd3f\\s*\ufd3e|\ufd3e\\s*\ufd3f)[ ]*({_ARABIC}*)")
_TAIL, _HEAD = re.compile(f"[{LETTER}{MARK}]*$"), re.compile(f"[{LETTER}{MARK}]*")
_RARE = 2  # forms: a joined word as rare as this is not preferred to two known ones
_TORN = 0.12  # share of words of one letter in damaged lines from which on they are torn
_MOST_TORN = 0.33  # up to here repair still gains, when at least `_KNOWN` of the longer words are known
_KNOWN = 0.5
_SPARSE = 1 / 3  # share of vocalised words below which a line is hardly vocalised
# A mark behind a blank that is the word's before it: no word begins with a doubled letter or is a tanwin and an alef
# alone, and none has one letter.
_BROKEN = re.compile(
    f"(?<=[{LETTER}]) +(?=[{MARK}]*{SHADDA}|{TANWIN}\u0627?{_END})|(?<=(?<![{LETTER}{MARK}])[{LETTER}]) +(?=[{MARK}])"
)
_LOST = ("\x00", "\ufffd")  # what some programs put for a letter that they cannot name: the mark behind it is its own
_FEW = 3  # words by which forwards and backwards are compared
_Finder = Callable[[str, MarkModel], Iterator[Edit]]


def repair_text(text: str, model: MarkModel) -> Repaired:
    """Another reading of `text`, which stays as it is when nothing in it is damaged."""
    damaged = find_damage(text)
    if not damaged or not _is_whole([damage.span.of(text) for damage in damaged], model):
        return replay(text, ())
    steps: list[Step] = []
    now = text
    for name, find in _STEPS:
        edits = tuple(find(now, model))
        if edits:
            step = Step(name, edits)
            steps.append(step)
            now = replay(now, (step,)).text
    return replay(text, steps)


def _is_whole(lines: Sequence[str], model: MarkModel) -> bool:
    """True when the letters of damaged lines stand in the order of writing and their words are whole, but for those
    broken before a mark where all lines have few marks.

    Known words and articles tell the order. Words of a single letter hardly exist: many of them are torn words, and
    marks shared out in pieces of words land wrong.
    """
    read = (_BROKEN.sub("", line) for line in lines) if all(map(_is_sparse, lines)) else lines
    words = [word for found in WORD.findall("\n".join(read)) if (word := skeleton(found))]
    torn = sum(len(word) == 1 for word in words)
    long = [word for word in words if len(word) > 1]
    if torn > max(1, _TORN * len(words)):
        known = sum(map(model.knows, long))
        if torn > _MOST_TORN * len(words) or known < _KNOWN * len(long):
            return False
    forward = sum(model.knows(word) or word.startswith(_ARTICLES) for word in long)
    backward = sum(model.knows(word[::-1]) or word[::-1].startswith(_ARTICLES) for word in long)
    return forward >= backward and (forward > 0 or len(long) < _FEW)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Damaged lines: where each starts, and its text."""
    for damage in find_damage(text):
        yield damage.span.start, damage.span.of(text)


def _drop_controls(text: str, model: MarkModel) -> Iterator[Edit]:
    for start, line in _lines(text):
        for found in _CONTROLS.finditer(line):
            yield Edit(start + found.start(), start + found.end(), "", ())


def _unfold_forms(text: str, model: MarkModel) -> Iterator[Edit]:
    for start, line in _lines(text):
        for found in _FORMS.finditer(line):
            plain = unicodedata.normalize("NFKC", found[0])
            at = start + found.start()
            yield Edit(at, at + 1, plain, (at,) * len(plain))


def _swap_lam_alef(text: str, model: MarkModel) -> Iterator[Edit]:
    for start, line in _lines(text):
        for found in _SWAPPED.finditer(line):
            at = start + found.start()
            if found[2] is None:
                yield Edit(at, at + 2, "لا", (at + 1, at))
            else:
                at += len(found[1]) + 1
                yield Edit(at, at + 2, f"ل{found[2]}", (at + 1, at))


def _close_brackets(text: str, model: MarkModel) -> Iterator[Edit]:
    for start, line in _lines(text):
        for found in _CUT.finditer(line):
            (begin, middle), (second, end) = found.span(1), found.span(2)
            before, after = line[begin:middle], line[second:end]
            joint = " " if after.strip() and before.strip() and not _is_one_word(after, before, model) else ""
            body = [*range(second, second + len(after.rstrip()))]
            kept = len(before) - len(before.lstrip())
            tail = [*range(begin + kept, begin + len(before.rstrip()))]
            opening, closing = sorted(
                (place for place in range(middle, second) if line[place] in "\ufd3e\ufd3f"),
                key=lambda place: line[place] != "\ufd3f",
            )
            places = [opening, *body, *([middle] if joint else []), *tail, closing]
            written = "\ufd3f" + "".join(line[place] for place in body) + joint
            written += "".join(line[place] for place in tail) + "\ufd3e"
            lead = before[:kept]
            yield Edit(
                start + begin, start + end, lead + written,
                (*range(start + begin, start + begin + kept), *(start + place for place in places)),
            )  # fmt: skip


def _is_one_word(first: str, second: str, model: MarkModel) -> bool:
    """Whether the cut went through a word: the joined word is known, and better than its two halves."""
    tail, head = _TAIL.search(first.rstrip()), _HEAD.match(second.lstrip())
    left, right = skeleton(tail[0] if tail else ""), skeleton(head[0] if head else "")
    joined = left + right
    if not left or not right or not model.knows(joined):
        return False
    return not (model.knows(left) and model.knows(right) and len(model.forms(joined)) < _RARE)


def _close_words(text: str, model: MarkModel) -> Iterator[Edit]:
    for start, line in _lines(text):
        for found in _BROKEN.finditer(line) if _is_sparse(line) else ():
            yield Edit(start + found.start(), start + found.end(), "", ())


def _is_sparse(line: str) -> bool:
    """True when so few words have marks that a mark behind a blank tells nothing of the order of marks and letters."""
    words = WORD.findall(line)
    return sum(map(has_marks, words)) < _SPARSE * len(words)


def _share_marks(text: str, model: MarkModel) -> Iterator[Edit]:
    for start, line in _lines(text):
        for found in WORD.finditer(line):
            if not has_marks(found[0]) or line[: found.start()].endswith(_LOST):
                continue
            word = unicodedata.normalize("NFC", found[0])
            better = repair_word(word, model)
            if better != word:
                at = start + found.start()
                yield Edit(at, start + found.end(), better, _trace(found[0], better, at))


def _trace(old: str, new: str, start: int) -> tuple[int, ...]:
    """For each character of `new`, the first place of the same one in `old` that is not taken, else of the nearest."""
    free: dict[str, list[int]] = {}
    for place, character in enumerate(old):
        free.setdefault(character, []).append(place)
    last = 0
    places = []
    for character in new:
        spots = free.get(character)
        last = spots.pop(0) if spots else last
        places.append(start + last)
    return tuple(places)


_STEPS: tuple[tuple[str, _Finder], ...] = (
    ("direction controls dropped", _drop_controls),
    ("presentation forms to letters", _unfold_forms),
    ("lam and alef put in order", _swap_lam_alef),
    ("verses put between their brackets", _close_brackets),
    ("words closed before their marks", _close_words),
    ("marks put on their letters", _share_marks),
)
