"""Pair quotation marks, paragraph by paragraph, with a stack.

Vocabulary: a *mark* is one printed mark with what its neighbours allow (open, close, either); an *open*
mark waits on
the stack; a *pair* is a quotation with one content piece for each paragraph it runs through. A mark that
finds no
partner is *stray*. Each paragraph is read once, so the time is linear in the text.

Order: find marks -> pair in the paragraph -> carry what is open into the next paragraphs -> repair strays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from catena.attribution.lexicon import MarkPair, MarkTable
from catena.model import Span

CARRY = 4
"""Paragraphs that a quotation not opened again may run on: longer ones in our material were damage."""
REACH = 4000
"""Code points such a quotation may run on past its paragraph; beyond it, an unclosed mark is the likelier
reading."""
DEEPEST = 6
"""Quotations within quotations; deeper nesting was noise, and a bound keeps a line of opening marks
linear."""
_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3\ufb50-\ufdfb\ufe70-\ufefc]")
_ELIDED = re.compile(r"\d\ds?\b|[^\W\d_]+")
_LEAD = re.compile(r"[\s>\-–—•*]*")
_AFTER = ".,;:!?)]}؟،؛…"


@dataclass(frozen=True, slots=True)
class Mark:
    """One printed mark; `family` joins marks that can pair; `side` is open, close or either."""

    start: int
    end: int
    family: str
    side: str
    pair: MarkPair
    shape: str = ""


@dataclass(slots=True)
class Pair:
    """A quotation in the making: private to this package, mutable until it is closed."""

    opens: list[Span]
    contents: list[Span]
    mark: Mark
    close: Span | None = None
    parent: Pair | None = None
    notes: list[str] = field(default_factory=list)
    begin: int = 0


@dataclass(slots=True)
class _State:
    stack: list[Pair] = field(default_factory=list)
    done: list[Pair] = field(default_factory=list)
    strays: list[Mark] = field(default_factory=list)
    lost: list[Pair] = field(default_factory=list)


def pair_marks(text: str, paragraphs: tuple[Span, ...], table: MarkTable) -> tuple[list[Pair], list[Pair], list[Mark]]:
    """(closed pairs, unclosed pairs, stray closing marks) of `text`, each in order of their start."""
    scanner = Scanner(table)
    marks = [scanner.scan(text, paragraph) for paragraph in paragraphs]
    state = _State()
    for index, paragraph in enumerate(paragraphs):
        here = _without_inches(text, marks[index]) if marks[index] else []
        _carry(text, state, paragraphs, marks, index, here)
        for mark in here:
            _step(text, state, mark)
        _end_paragraph(state, paragraph)
    state.lost += state.stack
    _forget(state.lost, state.done)
    state.done.sort(key=lambda pair: (pair.opens[0].start, -_close_end(pair)))
    return state.done, state.lost, state.strays


class Scanner:
    """Finds the marks of a table in a paragraph and what each may do there."""

    def __init__(self, table: MarkTable) -> None:
        self.table = table
        self.opens = {pair.open: pair for pair in table.pairs}
        self.closes = {pair.close: pair for pair in reversed(table.pairs)}
        shapes = sorted({*self.opens, *self.closes, "”", "’"}, key=len, reverse=True)
        self.pattern = re.compile("|".join(re.escape(shape) for shape in shapes))

    def scan(self, text: str, paragraph: Span) -> list[Mark]:
        """The marks of one paragraph, in order; apostrophes, bullets and feet are left out."""
        found = []
        for match in self.pattern.finditer(text, paragraph.start, paragraph.end):
            mark = self._mark(text, match[0], match.start(), paragraph)
            if mark is not None:
                found.append(mark)
        return _drop_apostrophes(text, found)

    def _mark(self, text: str, shape: str, at: int, paragraph: Span) -> Mark | None:
        end = at + len(shape)
        before = text[at - 1] if at > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        pair = self.opens.get(shape) or self.closes.get(shape)
        if pair is None or (shape == "»" and at == paragraph.start and after.isspace()):
            return None  # » as a bullet
        side = self._side(shape, pair, before, after)
        if pair.single and shape in "'’‘":
            side = self._single_side(text, shape, end, before, after)
        return None if side == "" else Mark(at, end, _family(pair, shape), side, pair, shape)

    def _side(self, shape: str, pair: MarkPair, before: str, after: str) -> str:
        if pair.open == pair.close or pair.swapped:
            return _by_context(before, after)
        return "open" if shape == pair.open else "close"

    def _single_side(self, text: str, shape: str, end: int, before: str, after: str) -> str:
        """Apostrophes must not open: inside a word, after a digit, before an elided word."""
        opens = not (before.isalnum() or after.isspace() or after in _AFTER) and shape != "’"
        if opens:
            word = _ELIDED.match(text, end)
            short = word[0].casefold() if word else ""
            if short in self.table.elisions or (word and word[0][0].isdigit()):
                return ""
            return "open"
        return "close" if shape != "‘" and not before.isspace() and not after.isalnum() else ""


def _family(pair: MarkPair, shape: str) -> str:
    if shape in '“”„"':
        return "double" if shape != '"' else "straight"
    if shape in ("``", "''"):
        return "''"
    return pair.open


def _by_context(before: str, after: str) -> str:
    can_open = not (after.isspace() or after in _AFTER)
    can_close = not (before.isspace() or before in "([{")
    return "either" if can_open == can_close else ("open" if can_open else "close")


def _drop_apostrophes(text: str, marks: list[Mark]) -> list[Mark]:
    """Keep single marks only in pairs; of several possible closers the first that is no possessive
    (ministers')."""
    if not any(mark.pair.single for mark in marks):
        return marks
    keep: set[int] = set()
    opened: int | None = None
    maybe: int | None = None
    for index, mark in enumerate(marks):
        if not mark.pair.single:
            continue
        if mark.side == "open":
            keep |= {opened, maybe} if opened is not None and maybe is not None else set()
            opened, maybe = index, None
        elif opened is not None and marks[opened].family == mark.family:
            possessive = text[mark.start - 1] in "sS" and re.match(r"\s+[a-z]", text[mark.end : mark.end + 4])
            if possessive:
                maybe = maybe if maybe is not None else index
                continue
            keep |= {opened, index}
            opened, maybe = None, None
    if opened is not None and maybe is not None:
        keep |= {opened, maybe}
    return [mark for index, mark in enumerate(marks) if not mark.pair.single or index in keep]


def _without_inches(text: str, marks: list[Mark]) -> list[Mark]:
    """Drop 12" when the straight marks of the paragraph do not pair up otherwise."""
    straight = [mark for mark in marks if mark.family == "straight"]
    if len(straight) % 2 == 0:
        return marks
    for mark in straight:
        if (
            mark.start
            and text[mark.start - 1].isdigit()
            and re.match(r"\s+[^\W\d_]|\s*[x×]|[.,]?$|\)", text[mark.end : mark.end + 3])
        ):
            return [other for other in marks if other is not mark]
    return marks


def _carry(
    text: str,
    state: _State,
    paragraphs: tuple[Span, ...],
    marks: list[list[Mark]],
    index: int,
    here: list[Mark],
) -> None:
    """Decide for each mark still open whether it runs on into this paragraph; drop a mark that opens it
    again."""
    if not state.stack:
        return
    outer = state.stack[0]
    state.lost += state.stack[1:]
    state.stack = []
    lead = _LEAD.match(text, paragraphs[index].start)
    first = lead.end() if lead else paragraphs[index].start
    again = here[0] if here and here[0].start in (first, paragraphs[index].start) else None
    if again is not None and again.shape == outer.mark.shape and again.side != "close":
        outer.opens.append(Span(again.start, again.end))
        outer.begin = again.end
        outer.notes.append("opened-again")
        state.stack = [outer]
        here.pop(0)
        return
    if _closes_later(outer, marks, paragraphs, index):
        outer.begin = paragraphs[index].start
        outer.notes.append("runs-on")
        state.stack = [outer]
        return
    state.lost.append(outer)


def _closes_later(outer: Pair, marks: list[list[Mark]], paragraphs: tuple[Span, ...], index: int) -> bool:
    """True when the next mark of the family closes, near enough, with none opening before it."""
    shape = outer.mark.pair
    for ahead in range(index, min(index + CARRY, len(paragraphs))):
        if paragraphs[ahead].start - outer.mark.start > REACH:
            return False
        for mark in marks[ahead]:
            if mark.family == outer.mark.family:
                return mark.side == "close" or (shape.swapped and mark.shape != outer.mark.shape)
    return False


def _step(text: str, state: _State, mark: Mark) -> None:
    """Open or close with one mark."""
    if _opens(state, mark):
        pair = Pair([Span(mark.start, mark.end)], [], mark, parent=state.stack[-1] if state.stack else None)
        pair.begin = mark.end
        state.stack.append(pair)
        if len(state.stack) > DEEPEST:
            state.lost.append(state.stack.pop(0))
        return
    for depth in range(len(state.stack) - 1, max(-1, len(state.stack) - 6), -1):
        if _matches(state.stack[depth].mark, mark):
            state.lost += state.stack[depth + 1 :]
            pair = state.stack[depth]
            del state.stack[depth:]
            pair.contents.append(Span(pair.begin, mark.start))
            pair.close = Span(mark.start, mark.end)
            if _accepts(text, pair):
                state.done.append(pair)
            return
    if not mark.pair.single and not mark.pair.script:
        state.strays.append(mark)


def _opens(state: _State, mark: Mark) -> bool:
    waiting = [pair.mark for pair in state.stack[-6:] if pair.mark.family == mark.family]
    if mark.pair.swapped:
        return mark.side != "close" and not any(other.shape != mark.shape for other in waiting)
    if mark.shape == "“" and waiting and waiting[-1].shape == "„":
        return False  # „ … “
    if mark.side == "either":
        return not waiting
    return mark.side == "open"


def _matches(opened: Mark, mark: Mark) -> bool:
    if opened.family == mark.family:
        return True
    return {opened.family, mark.family} == {"double", "straight"} and mark.side == "close"


def _accepts(text: str, pair: Pair) -> bool:
    inside = text[pair.contents[0].start : pair.contents[-1].end]
    if pair.mark.pair.script and not _ARABIC.search(inside[:400]):
        return False
    return bool(inside.strip())


def _end_paragraph(state: _State, paragraph: Span) -> None:
    for pair in state.stack:
        if pair.begin <= paragraph.end:
            pair.contents.append(Span(pair.begin, paragraph.end))


def _forget(lost: list[Pair], done: list[Pair]) -> None:
    """A quotation inside an unclosed mark stands on its own."""
    gone = {id(pair) for pair in lost}
    closed = {id(pair) for pair in done}
    for pair in done:
        while pair.parent is not None and (id(pair.parent) in gone or id(pair.parent) not in closed):
            pair.parent = pair.parent.parent


def _close_end(pair: Pair) -> int:
    return pair.close.end if pair.close else pair.contents[-1].end
