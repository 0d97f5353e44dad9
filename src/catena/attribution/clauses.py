"""The text around a cue: its sentence, cut at the quotations beside it.

Vocabulary: a *level* is the inside of one quotation, or the running text; only what stands on the level of
a cue can
be its source or content. An *utterance* is a quotation that may be somebody's words (not a title or a
scare quote).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from catena.attribution.lexicon import Cue, CueLexicon, fold_word
from catena.attribution.regions import Word, find_paragraphs, find_stops, iter_words, unwrap
from catena.model import Document, Finding, Span

UTTERANCES = frozenset({"speech", "verse", "unknown"})
"""Uses that can be somebody's words."""

BLOCK_EDGE = " \t\n\u00a0>"
"""What stands between a colon and a block: breaks, and the sign of a quoted line."""
LONGEST_CLAUSE = 1200
"""Code points a sentence is followed from its cue; longer ones are text whose stops were lost."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in the text: words `first` to `last` (half-open) of the reading."""

    cue: Cue
    span: Span
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Level:
    """A stretch on one level with the utterances directly inside it, in order."""

    span: Span
    utterances: tuple[Finding, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def utterances_near(self, span: Span) -> tuple[Finding, ...]:
        """The utterances on this level that share characters with `span`."""
        low = bisect_right(self.ends, span.start)
        return self.utterances[low : bisect_left(self.starts, span.end)]


class Reading:
    """A document cut into words, sentences and levels, once; every look-up afterwards is a bisection.

    `text` is the document's text without the line breaks that only the page set; places are the same in both.
    """

    def __init__(self, document: Document, quotations: Sequence[Finding], lexicon: CueLexicon) -> None:
        self.document = document
        self.text = unwrap(document.text)
        self.lexicon = lexicon
        self.words = tuple(
            Word(word, fold_word(word), start, end) for word, start, end in iter_words(self.text, 0, len(self.text))
        )
        self.starts = [word.start for word in self.words]
        self.stops = find_stops(self.text, lexicon.abbreviations)
        self.paragraphs = find_paragraphs(document)
        self.paragraph_starts = [span.start for span in self.paragraphs]
        self.utterances = tuple(q for q in quotations if q.value("use") in UTTERANCES)
        self.closers: list[int] = []
        self._build_levels()

    def _build_levels(self) -> None:
        ids = {q.id for q in self.utterances}
        inside: dict[str, list[Finding]] = {}
        for quotation in self.utterances:
            key = quotation.parent if quotation.parent in ids else ""
            inside.setdefault(str(key), []).append(quotation)
        self.levels = {"": _level(Span(0, len(self.text)), inside.get("", []))}
        for quotation in self.utterances:
            self.levels[quotation.id] = _level(_extent(quotation), inside.get(quotation.id, []))

    def level_of(self, at: int) -> Level:
        """The innermost level that holds the offset `at`."""
        level = self.levels[""]
        while True:
            index = bisect_right(level.starts, at) - 1
            if index < 0 or level.ends[index] <= at:
                return level
            level = self.levels[level.utterances[index].id]

    def paragraph_of(self, at: int) -> Span:
        index = bisect_right(self.paragraph_starts, at) - 1
        return self.paragraphs[max(index, 0)] if self.paragraphs else Span(0, len(self.text))

    def words_in(self, start: int, end: int) -> tuple[int, int]:
        """Indexes of the words that start in `[start, end)`."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def gap(self, left: int, right: int) -> str:
        """The characters between word `left` and word `right`."""
        return self.text[self.words[left].end : self.words[right].start]

    def has_stop(self, start: int, end: int) -> bool:
        index = bisect_right(self.stops, start)
        return index < len(self.stops) and self.stops[index] <= end

    def sentence_end(self, level: Level, at: int) -> int:
        """Where the sentence around `at` ends on this level; a quotation in it is passed over whole."""
        limit = min(level.span.end, self.paragraph_of(at).end, at + LONGEST_CLAUSE)
        index = bisect_right(self.stops, at)
        while index < len(self.stops) and self.stops[index] < limit:
            stop = self.stops[index]
            inner = bisect_right(level.starts, stop - 1) - 1
            if inner < 0 or level.ends[inner] <= stop - 1 or level.starts[inner] < at:
                return stop
            if level.ends[inner] <= stop:
                return stop
            index = bisect_left(self.stops, level.ends[inner])
        return max(at, limit)

    def left_edge(self, level: Level, at: int) -> int:
        """The last sentence end, utterance end or paragraph start before `at`."""
        edge = max(level.span.start, self.paragraph_of(at).start, at - LONGEST_CLAUSE)
        index = bisect_right(self.stops, at) - 1
        if index >= 0:
            edge = max(edge, self.stops[index])
        inner = bisect_right(level.ends, at) - 1
        if inner >= 0:
            edge = max(edge, level.ends[inner])
        return min(edge, at)

    def right_edge(self, level: Level, at: int) -> int:
        """The next sentence end, utterance start or paragraph end after `at`."""
        edge = min(level.span.end, max(at, self.paragraph_of(max(at - 1, 0)).end), at + LONGEST_CLAUSE)
        index = bisect_right(self.stops, at)
        if index < len(self.stops):
            edge = min(edge, self.stops[index])
        inner = bisect_left(level.starts, at)
        if inner < len(level.starts):
            edge = min(edge, level.starts[inner])
        return max(edge, at)

    def before(self, level: Level, edge: int) -> Finding | None:
        """The utterance that ends at the left edge."""
        index = bisect_right(level.ends, edge) - 1
        return level.utterances[index] if index >= 0 and level.ends[index] == edge else None

    def after(self, level: Level, at: int) -> Finding | None:
        """The next utterance on the level that starts at or after `at`, if no sentence ends in between."""
        index = bisect_left(level.starts, at)
        if index >= len(level.starts) or level.starts[index] - at > 250:
            return None
        between = self.text[at : level.starts[index]].rstrip(BLOCK_EDGE)
        if self.has_stop(at, at + len(between) - between.endswith(":")):
            return None
        same = "\n\n" not in self.text[at : level.starts[index]] or between.endswith(":")
        return level.utterances[index] if same else None


def _level(span: Span, utterances: list[Finding]) -> Level:
    ordered: list[Finding] = []
    for quotation in sorted(utterances, key=lambda q: q.place):
        if not ordered or quotation.place.start >= ordered[-1].place.end:
            ordered.append(quotation)
    return Level(span, tuple(ordered), tuple(q.place.start for q in ordered), tuple(q.place.end for q in ordered))


def _extent(quotation: Finding) -> Span:
    pieces = quotation.spans("content")
    return Span(pieces[0].start, pieces[-1].end)


def find_cues(reading: Reading) -> tuple[Hit, ...]:
    """Every cue phrase in order; where two begin at one word, the longest."""
    known, clitics = reading.lexicon.by_first, reading.lexicon.grammars["ar"].clitics
    found = []
    done = 0
    for index, word in enumerate(reading.words):
        folded = word.folded
        if index < done or (folded not in known and folded[0] not in clitics):
            continue
        hit = _cue_at(reading, index, folded) or _without_clitic(reading, index, word)
        if hit is not None:
            found.append(hit)
            done = hit.last
    return tuple(found)


def _without_clitic(reading: Reading, index: int, word: Word) -> Hit | None:
    if len(word.folded) > 3 and word.folded[0] in reading.lexicon.grammars["ar"].clitics:
        return _cue_at(reading, index, word.folded[1:])
    return None


def _begins(wanted: str, word: str) -> bool:
    """True for the word itself, and for one that an Arabic preposition is joined to."""
    return word == wanted or (wanted in ("ل", "ب") and word.startswith(wanted))


def _cue_at(reading: Reading, index: int, first: str) -> Hit | None:
    for cue in reading.lexicon.by_first.get(first, ()):
        last = index + len(cue.words)
        if len(cue.words) == 1:
            return Hit(cue, Span(reading.words[index].start, reading.words[index].end), index, last)
        if last > len(reading.words) or not _begins(cue.words[1], reading.words[index + 1].folded):
            continue
        if any(reading.gap(i, i + 1).strip() for i in range(index, last - 1)):
            continue
        tail = [word.folded for word in reading.words[index + 1 : last]]
        if tail == list(cue.words[1:]):
            return Hit(cue, Span(reading.words[index].start, reading.words[last - 1].end), index, last)
        if (
            len(cue.words) > 1
            and cue.words[-1] in "لب"
            and tail[:-1] == list(cue.words[1:-1])
            and tail[-1][0] == cue.words[-1]
        ):
            joined = reading.words[last - 1]  # an attached preposition: the source begins in the same word
            size = 2 if joined.folded.startswith("لل") else 1
            return Hit(cue, Span(reading.words[index].start, joined.start + size), index, last - 1)
    return None
