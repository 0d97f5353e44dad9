"""Which passages a dossier holds: by search, code, verdict or document; each with what stands in its margin.

Vocabulary: a *choice* is one thing that the person asked for; a *stretch* is a paragraph, or the part of a long one,
around what was found; its *marks* are the very words found. Stretches of several choices that touch are one passage,
which says why it is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from catena.exporters.w3c import to_annotation
from catena.margin import LEADS, PARTS, Card, to_cards
from catena.model import Finding, Span
from catena.store import DocumentRow, Project, to_paths

KINDS = ("query", "code", "verdict", "document")
MOST = 500  # passages: more is a corpus, not a dossier
LONG = 1200  # code points of a stretch; a longer paragraph is cut at white space
_FIELDS = {"code": "code", "verdict": "verdict"}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person asked for: `kind` is one of `KINDS`. Raises `ValueError` for another kind or blank words."""

    kind: str
    words: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a dossier is not chosen by {self.kind!r}; allowed: {', '.join(KINDS)}")
        if not self.words.strip():
            raise ValueError(f"the {self.kind} of a dossier is blank")

    @property
    def query(self) -> str:
        """The same in the language of searches; "" for a document."""
        if self.kind == "query":
            return self.words
        return f'{_FIELDS[self.kind]}:"{self.words}"' if self.kind in _FIELDS else ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a person noted on a passage: the path of the code, the relation of a link, or "" for a memo."""

    person: str
    code: str
    memo: str
    words: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one text. `pieces` are its words in order with whether they are marked; joined they are `words`.

    `annotations` are the findings of its cards as W3C annotations.
    """

    span: Span
    pieces: tuple[tuple[str, bool], ...]
    why: tuple[Choice, ...]
    cards: tuple[Card, ...]
    notes: tuple[Note, ...]
    annotations: tuple[dict[str, Any], ...] = field(default=(), compare=False)

    @property
    def words(self) -> str:
        """The stretch as it stands in the text."""
        return "".join(words for words, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A document with its chosen passages in order. `sha256` is of the file's bytes, `row.id` of the text."""

    row: DocumentRow
    sha256: str
    media_type: str
    url: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything on the page. `counts` are documents found by each choice; `left_out` passages beyond the limit."""

    title: str
    made: str
    project: str
    source: str
    recipe: str
    counts: tuple[tuple[Choice, int], ...]
    documents: tuple[Quoted, ...]
    libraries: tuple[str, ...]
    notices: tuple[str, ...]
    left_out: int = 0

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return sum(len(document.passages) for document in self.documents)


def choose(
    project: Project, choices: Sequence[Choice], *, title: str = "", made: str = "", most: int = MOST
) -> Dossier:
    """The dossier of what `choices` find, by path and place. `made` is the time to print.

    Raises `ValueError` for no choice, `QueryError` for a search that does not parse, `NotFound` for a document.
    """
    if not choices:
        raise ValueError("say what the dossier should hold: a query, code, verdict or document")
    found: dict[int, list[tuple[Span, Choice]]] = {}
    rows: dict[int, DocumentRow] = {}
    counts = []
    for choice in choices:
        places = _find(project, choice, rows)
        counts.append((choice, len(places)))
        for number, spans in places.items():
            found.setdefault(number, []).extend((span, choice) for span in spans)
    paths = to_paths(project.codes(deleted=True))
    documents: list[Quoted] = []
    room, left_out = most, 0
    for number in sorted(found, key=lambda number: rows[number].path):
        quoted = _quote(project, rows[number], found[number], paths)
        kept = quoted.passages[:room]
        left_out += len(quoted.passages) - len(kept)
        room -= len(kept)
        if kept:
            documents.append(Quoted(quoted.row, quoted.sha256, quoted.media_type, quoted.url, kept))
    return Dossier(
        title=title.strip() or "Dossier",
        made=made,
        project=project.path.name,
        source=project.get_meta("source") or "",
        recipe=_recipe(project),
        counts=tuple(counts),
        documents=tuple(documents),
        libraries=tuple((project.get_meta("libraries") or "").splitlines()),
        notices=tuple(notice for notice in (project.get_meta("notices") or "").split("\f") if notice),
        left_out=left_out,
    )


def _recipe(project: Project) -> str:
    recipes = {state.pipeline_version for state in project.file_states().values() if state.status == "ok"}
    return ", ".join(sorted(recipes))


def _find(project: Project, choice: Choice, rows: dict[int, DocumentRow]) -> dict[int, list[Span]]:
    """Places by document number; a document found as a whole gives its whole text."""
    if choice.kind == "document":
        stored = project.document(choice.words)
        rows[stored.row.number] = stored.row
        return {stored.row.number: [Span(0, len(stored.document.text))]}
    matches = project.find_all(choice.query)
    by_version = project.rows_of_versions([match.version for match in matches])
    found = {}
    for match in matches:
        row = by_version[match.version]
        rows[row.number] = row
        found[row.number] = list(match.spans) or [Span(0, row.characters)]
    return found


def _quote(project: Project, row: DocumentRow, found: Sequence[tuple[Span, Choice]], paths: dict[str, str]) -> Quoted:
    document = project.document(row.number).document
    findings = project.findings(row.number)
    cards = to_cards(one for one in findings if one.kind not in PARTS)
    notes = project.annotations(document.id)
    passages = []
    for stretch, inside in _join(document.text, found):
        whole = any(span == Span(0, len(document.text)) for span, _ in inside)
        marks = sorted({span for span, _ in inside if span != Span(0, len(document.text))})
        shown = tuple(card for card in cards if _belongs(card, stretch, marks, whole=whole))
        passages.append(
            Passage(
                span=stretch,
                pieces=_cut(document.text, stretch, marks),
                why=tuple(dict.fromkeys(choice for _, choice in inside)),
                cards=shown,
                notes=tuple(_note(note, paths) for note in notes if note.place.overlaps(stretch)),
                annotations=tuple(to_annotation(row.path, one, document.text) for one in _findings(shown)),
            )
        )
    origin = document.origin
    return Quoted(row, origin.sha256, origin.media_type, document.get_stated("url") or "", tuple(passages))


def _findings(cards: Sequence[Card]) -> list[Finding]:
    """What the cards show, each finding once."""
    found = [
        finding
        for card in cards
        for finding in (
            card.lead, *(voice.finding for voice in card.voices), *card.verdicts, *card.citations, *card.chains
        )
    ]  # fmt: skip
    return list({finding.id: finding for finding in found}.values())


def _belongs(card: Card, stretch: Span, marks: Sequence[Span], *, whole: bool) -> bool:
    """Quotations and verdicts of the whole stretch; other findings where they are marked, or all is wanted."""
    if not card.place.overlaps(stretch):
        return False
    return whole or card.lead.kind in LEADS or any(card.place.overlaps(mark) for mark in marks)


def _note(note: Finding, paths: dict[str, str]) -> Note:
    person = note.made_by.name.removeprefix("person:")
    memo = str(note.value("memo") or note.value("text") or "")
    if note.kind == "link":
        there = f"“{note.value('other_text')}”" if note.value("other_text") else "a whole document"
        return Note(person, f"{note.value('relation')} →", f"{there} {memo}".strip(), note.text("content"))
    return Note(person, paths.get(str(note.value("code")), ""), memo, note.text("content"))


def _join(text: str, found: Iterable[tuple[Span, Choice]]) -> list[tuple[Span, list[tuple[Span, Choice]]]]:
    """Stretches in order, each with what was found in it; those that touch are one."""
    joined: list[tuple[Span, list[tuple[Span, Choice]]]] = []
    for span, choice in sorted(found, key=lambda pair: (pair[0], pair[1].kind, pair[1].words)):
        stretch = find_stretch(text, span)
        if joined and stretch.start <= joined[-1][0].end:
            last, inside = joined[-1]
            joined[-1] = (Span(last.start, max(last.end, stretch.end)), [*inside, (span, choice)])
        else:
            joined.append((stretch, [(span, choice)]))
    return joined


def find_stretch(text: str, span: Span, longest: int = LONG) -> Span:
    """The paragraph or paragraphs that `span` stands in, without blank ends; a long one is cut at white space.

    >>> find_stretch("One.\\n\\nTwo and three.\\n\\nFour.", Span(10, 13)).of("One.\\n\\nTwo and three.\\n\\nFour.")
    'Two and three.'
    """
    before, after = text.rfind("\n\n", 0, span.start), text.find("\n\n", span.end)
    start, end = 0 if before < 0 else before + 2, len(text) if after < 0 else after
    room = max(0, longest - len(span)) // 2
    if end - start > max(longest, len(span)):
        low, high = max(start, span.start - room), min(end, span.end + room)
        start = low if low == start else _next_space(text, low, span.start)
        end = high if high == end else max(text.rfind(" ", span.end, high), text.rfind("\n", span.end, high), span.end)
    while start < span.start and text[start].isspace():
        start += 1
    while end > span.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _next_space(text: str, low: int, latest: int) -> int:
    found = [at for at in (text.find(space, low, latest) for space in " \n") if at >= 0]
    return min(found) + 1 if found else low


def _cut(text: str, stretch: Span, marks: Sequence[Span]) -> tuple[tuple[str, bool], ...]:
    pieces: list[tuple[str, bool]] = []
    at = stretch.start
    for mark in marks:
        shown = mark.intersect(stretch)
        if shown is None or shown.end <= at:
            continue
        first = max(at, shown.start)
        pieces += [(text[at:first], False), (text[first : shown.end], True)]
        at = shown.end
    pieces.append((text[at : stretch.end], False))
    return tuple(piece for piece in pieces if piece[0])
