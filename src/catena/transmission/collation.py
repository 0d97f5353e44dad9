"""Collation: the witnesses of a passage lined up word by word, with readings, omissions, additions and moved words.

Every witness is aligned with the base; words that it adds between two words of the base are lined up with what other
witnesses add there, the longest addition first. Which witness is the base decides where the columns come from, not
which reading is right: any witness can be chosen. The result does not depend on the order of the witnesses.

Vocabulary: a *siglum* names a witness; a *column* is one place of the text; a *reading* is what a witness has there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from catena.model import Document, Span
from catena.text import FoldTable, align_words, find_words, fold_each, fold_letters

AROUND = 64  # code points folded beside a passage, so that marks at its ends fold as they do inside the text
LEAST_MOVED = 2  # equal words running, left out in one place and put in at another, that count as moved

OPS = ("base", "equal", "variant", "omitted", "added", "moved", "joined", "absent")
"""What a witness does at a column: has the base's word; another one; none; one the base lacks; one that stands
elsewhere in the base; a part of the word before (written as one); or nothing, because its text starts later or ends
earlier."""


@dataclass(frozen=True, slots=True)
class Text:
    """One witness: its words as printed, folded, and their places in its document.

    `breaks` are numbers of words before which its document goes on to something else: what the base has there is
    absent, not left out.
    """

    siglum: str
    words: tuple[str, ...]
    folded: tuple[str, ...]
    spans: tuple[Span, ...]
    breaks: frozenset[int] = frozenset()

    @classmethod
    def of(cls, siglum: str, document: Document, span: Span, table: FoldTable) -> Text:
        """The words of `document` inside `span`."""
        return cls.of_pieces(siglum, document, (span,), table)

    @classmethod
    def of_pieces(cls, siglum: str, document: Document, pieces: Sequence[Span], table: FoldTable) -> Text:
        """The words of `document` inside `pieces`, which come in order and do not overlap; breaks between them."""
        spans = [word for piece in pieces for word in find_words(document.text, piece)]
        low, high = (max(0, pieces[0].start - AROUND), pieces[-1].end + AROUND) if pieces else (0, 0)
        view = fold_letters(document.text[low:high], table)
        folded = fold_each(view, [Span(word.start - low, word.end - low) for word in spans])
        kept = [(place, letters) for place, letters in zip(spans, folded, strict=True) if letters]
        starts = [place.start for place, _ in kept]
        return cls(
            siglum,
            tuple(place.of(document.text) for place, _ in kept),
            tuple(letters for _, letters in kept),
            tuple(place for place, _ in kept),
            frozenset(bisect_left(starts, piece.start) for piece in pieces[1:]),
        )

    def inside(self, span: Span) -> Text:
        """The words that lie inside `span`."""
        low = bisect_left([word.start for word in self.spans], span.start)
        high = max(low, bisect_right([word.end for word in self.spans], span.end))
        breaks = frozenset(at - low for at in self.breaks if low < at < high)
        return Text(self.siglum, self.words[low:high], self.folded[low:high], self.spans[low:high], breaks)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one witness has at one column: `op` is one of `OPS`; `start` and `end` number its words."""

    op: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Collation:
    """The table: `columns` run through the passage, each with one cell a witness, in the order of `texts`."""

    texts: tuple[Text, ...]
    base: int
    columns: tuple[tuple[Cell, ...], ...]

    def reading(self, column: int, witness: int) -> str:
        """The words of a witness at a column, as printed; empty when it has none."""
        cell = self.columns[column][witness]
        return " ".join(self.texts[witness].words[cell.start : cell.end])

    def readings(self, column: int) -> dict[str, tuple[str, ...]]:
        """Sigla by reading, the base's first, then by number of witnesses; spellings that fold alike are one.

        The reading "" is an omission; witnesses that are absent there are left out.
        """
        by_key: dict[str, list[int]] = {}
        for witness, cell in enumerate(self.columns[column]):
            if cell.op != "absent":
                key = "".join(self.texts[witness].folded[cell.start : cell.end]) + ("+" if cell.op == "joined" else "")
                by_key.setdefault(key, []).append(witness)
        groups = sorted(by_key.values(), key=lambda many: (self.base not in many, -len(many), self._sigla(many)))
        return {self.reading(column, many[0]): self._sigla(many) for many in groups}

    def apparatus(self) -> Iterator[tuple[int, dict[str, tuple[str, ...]]]]:
        """The columns where witnesses differ, with their readings."""
        for column in range(len(self.columns)):
            found = self.readings(column)
            if len(found) > 1:
                yield column, found

    def _sigla(self, many: Sequence[int]) -> tuple[str, ...]:
        return tuple(sorted(self.texts[witness].siglum for witness in many))


def collate(texts: Sequence[Text], base: int = 0) -> Collation:
    """Line up `texts` with the one numbered `base`. Raises `IndexError` when there is no such text.

    >>> from catena.lexicons.folding import load_fold_table
    >>> def text(name, words):
    ...     return Text.of(name, Document.of(words), Span(0, len(words)), load_fold_table())
    >>> table = collate([text("A", "we will not return"), text("B", "we will return")])
    >>> [readings for _, readings in table.apparatus()]
    [{'not': ('A',), '': ('B',)}]
    """
    if not 0 <= base < len(texts):
        raise IndexError(f"there is no text {base}; give a number from 0 to {len(texts) - 1}")
    main = texts[base]
    rows = [_row(text, main) for text in texts]
    columns: list[tuple[Cell, ...]] = []
    for place in range(len(main.words) + 1):
        columns += _added(texts, [row.added.get(place, (0, 0)) for row in rows])
        if place < len(main.words):
            columns.append(tuple(row.cells[place] for row in rows))
    cells = [_mark_moved(text, [column[n] for column in columns], main, n == base) for n, text in enumerate(texts)]
    return Collation(tuple(texts), base, tuple(zip(*cells, strict=True)) if columns else ())


@dataclass(frozen=True, slots=True)
class _Row:
    """One witness against the base: a cell for each word of the base, and ranges of words added before a word."""

    cells: tuple[Cell, ...]
    added: Mapping[int, tuple[int, int]]


def _row(text: Text, main: Text) -> _Row:
    if text is main:
        return _Row(tuple(Cell("base", n, n + 1) for n in range(len(main.words))), {})
    cells: list[Cell] = []
    added: dict[int, tuple[int, int]] = {}
    for step in align_words(text.folded, main.folded):
        (start, end), (low, high) = step.quoted, step.reference
        if step.op == "equal":
            cells += [Cell("equal", start + n, start + n + 1) for n in range(high - low)]
        elif step.op == "omit":
            cells += [Cell("omitted", start, start)] * (high - low)
        elif step.op == "insert":
            added[low] = (added.get(low, (start, end))[0], end)
        else:
            cells.append(Cell("variant", start, end))
            cells += [Cell("joined", end, end)] * (high - low - 1)
    present = [n for n, cell in enumerate(cells) if cell.op != "omitted"]
    first, last = (present[0], present[-1]) if present else (len(cells), -1)
    trimmed = [
        replace(cell, op="absent")
        if cell.op == "omitted" and (cell.start in text.breaks or not first < n < last)
        else cell
        for n, cell in enumerate(cells)
    ]
    return _Row(tuple(trimmed), added)


def _added(texts: Sequence[Text], ranges: Sequence[tuple[int, int]]) -> list[tuple[Cell, ...]]:
    """The columns of what witnesses add at one place, lined up with the longest addition, then with what is left."""
    left = {n: part for n, part in enumerate(ranges) if part[1] > part[0]}
    if not left:
        return []
    parts = {n: texts[n].folded[low:high] for n, (low, high) in left.items()}
    lead = min(left, key=lambda n: (-len(parts[n]), parts[n], texts[n].siglum))
    slots: list[dict[int, Cell]] = [{} for _ in range(2 * len(parts[lead]) + 1)]  # odd: words of the longest
    rest: list[dict[int, tuple[int, int]]] = [{} for _ in range(len(parts[lead]) + 1)]
    for n, (low, _) in left.items():
        for step in align_words(parts[n], parts[lead]):
            start, end = step.quoted[0] + low, step.quoted[1] + low
            at, stop = step.reference
            if step.op == "insert":
                rest[at][n] = (rest[at].get(n, (start, end))[0], end)
                continue
            for turn in range(stop - at):
                if step.op == "equal":
                    slots[2 * (at + turn) + 1][n] = Cell("added", start + turn, start + turn + 1)
                elif step.op != "omit":
                    own = (start, end) if turn == 0 else (end, end)
                    slots[2 * (at + turn) + 1][n] = Cell("added" if turn == 0 else "joined", *own)
    columns = []
    for place in range(len(parts[lead]) + 1):
        columns += _added(texts, [rest[place].get(n, (0, 0)) for n in range(len(texts))])
        if place < len(parts[lead]):
            slot = slots[2 * place + 1]
            columns.append(tuple(slot.get(n, Cell("omitted", 0, 0)) for n in range(len(texts))))
    return columns


def _mark_moved(text: Text, cells: Sequence[Cell], main: Text, is_base: bool) -> list[Cell]:
    """`added` words that the same witness leaves out elsewhere, `LEAST_MOVED` or more running, are `moved`."""
    if is_base:
        return list(cells)
    kept = {cell.start + n for cell in cells if cell.op == "equal" for n in range(cell.end - cell.start)}
    spoken = set(zip(*(main.folded[n:] for n in range(LEAST_MOVED)), strict=False))
    moved: set[int] = set()
    for start in range(len(text.folded) - LEAST_MOVED + 1):
        run = range(start, start + LEAST_MOVED)
        if not kept & set(run) and text.folded[start : start + LEAST_MOVED] in spoken:
            moved |= set(run)
    return [
        replace(cell, op="moved") if cell.op == "added" and set(range(cell.start, cell.end)) <= moved else cell
        for cell in cells
    ]
