"""Cards and word diffs as text for the terminal. Differences are told in marks, not in colour alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from catena.correcting import INNER
from catena.margin import NOT_NAMED, Card, Piece, narrators, to_confidence, to_sides
from catena.model import Finding, Operation, Span

Corrected: TypeAlias = Mapping[str, Sequence[Text]]
"""What people said of findings, by their ids."""

# First strong isolate and its end: a value keeps its own direction inside a line of another.
_ISOLATE, _END = "\u2068", "\u2069"
_PLACES = 4  # places of one value that a line names
_TOLD = (
    "quotation",
    "attribution",
    "isnad",
    "verification",
    "language",
)  # kinds whose values the rows above already tell
_VERDICT_STYLE = {
    "exact": "green",
    "exact-spelling": "green",
    "other-edition": "green",
    "formula": "dim",
    "variant": "yellow",
    "not-found": "yellow",
    "ambiguous": "yellow",
    "unreadable": "yellow",
}


def isolate(value: str) -> str:
    """`value` on one line, isolated from the direction of the text around it."""
    return f"{_ISOLATE}{' '.join(value.split())}{_END}"


def shorten(value: str, width: int = 160) -> str:
    """`value` on one line, cut in the middle of nothing: whole up to `width` characters, else with … at the end."""
    flat = " ".join(value.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def to_days(days: tuple[str, str] | None) -> str:
    """An interval of ISO days; a single day once, "" when none is told."""
    return "" if not days else days[0] if days[0] == days[1] else " to ".join(days)


def to_diff(steps: tuple[Operation, ...]) -> RenderableType:
    """Both wordings, one under the other: `{+words+}` stand in the quotation alone, `[-words-]` in the reference alone.

    Each side is isolated, so that a right-to-left passage keeps its order beside left-to-right labels.
    """
    sides = to_sides(steps)
    table = Table.grid(padding=(0, 1))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("quoted", _side(sides.quoted, "{+", "+}", "bold green"))
    table.add_row("reference", _side(sides.reference, "[-", "-]", "red"))
    return table


def _side(pieces: tuple[Piece, ...], opening: str, closing: str, style: str) -> Text:
    line = Text(_ISOLATE)
    for number, piece in enumerate(pieces):
        line.append(" " if number else "")
        if piece.differs:
            line.append(f"{opening}{isolate(piece.text)}{closing}", style=style)
            line.append(f" ({piece.what})" if piece.what else "", style="dim")
        else:
            line.append(piece.text)
    return line.append(_END)


def to_verdict(finding: Finding) -> RenderableType:
    """The verdict with its reference, the passage beside it, the diff and the evidence."""
    verdict = finding.verdict or ""
    head = Text(verdict, style=_VERDICT_STYLE.get(verdict, "bold red"))
    if finding.reference:
        head.append(f"  {isolate(finding.reference)}", style="bold")
    cited = finding.value("cited")
    if cited and cited != finding.reference:
        head.append(f"  cited as {isolate(str(cited))}")
    if finding.value("edition"):
        head.append(f"  in {isolate(str(finding.value('edition')))}", style="dim")
    lines: list[RenderableType] = [head]
    if any(step.op != "equal" for step in finding.diff):
        lines.append(to_diff(finding.diff))
    lines += [Text(f"· {reason.note or reason.code}", style="dim") for reason in finding.evidence]
    return Group(*lines)


def to_chain(finding: Finding) -> str:
    """The narrators of a chain, from who tells to on whose word, with the collection that is cited."""
    line = " ← ".join(map(isolate, narrators(finding)))
    collection = finding.value("collection")
    return f"{line}  (in {isolate(str(collection))})" if collection else line


def to_place(finding: Finding, *spans: Span) -> str:
    """Where the words of a finding stand, in code points: `at 12-40`; "" without a place in the text."""
    held = spans or finding.spans("content") or ((finding.place,) if finding.roles else ())
    return "at " + ", ".join(f"{span.start}-{span.end}" for span in held[:_PLACES]) if held else ""


def to_line(finding: Finding) -> Text:
    """A line of the head: the value with what belongs to it, where it stands, and why."""
    line = Text(isolate(str(finding.value("value"))))
    for name, value in finding.values:
        if name not in ("field", "value") and value not in (None, ""):
            line.append(f"  {name.replace('_', ' ')} {isolate(str(value))}")
            line.append(f"  {to_place(finding, *finding.spans(name))}" if finding.spans(name) else "", style="dim")
    reasons = "; ".join(reason.note or reason.code for reason in finding.evidence)
    return line.append(f"  {to_place(finding)}  · {reasons}", style="dim")


def to_bounds(finding: Finding) -> Text:
    """Between which days a document was written, each bound with its reason and place; conflicts are said first."""
    bounds = (("not before", finding.value("not_before")), ("not after", finding.value("not_after")))
    line = Text(", ".join(f"{name} {day}" for name, day in bounds if day))
    if finding.value("conflict"):
        line.append("  CONFLICT", style="bold red")
    for reason in finding.evidence:
        at = f"  {to_place(finding, reason.span)}" if reason.span else ""
        line.append(f"\n· {reason.code} {isolate(reason.note)}{at}", style="dim")
    return line


def to_corrected(notes: Iterable[Finding]) -> Corrected:
    """The corrections among notes, in words, by the finding they correct ("": lines added to the head)."""
    found: dict[str, list[Text]] = defaultdict(list)
    for note in notes:
        person = note.made_by.name.split(":", 1)[-1]
        field = str(note.value("corrects")) if note.parent is None else str(note.value("corrects")).replace("_", " ")
        words = f"{field} corrected to {isolate(str(note.value('value') or 'none'))} by {isolate(person)}"
        found[note.parent or ""].append(Text(words, style="bold"))
    return found


def to_card(card: Card, corrected: Corrected | None = None) -> RenderableType:
    """One card as a small table: what, words, place, speaker, on whose word, verdict, where else, why.

    `corrected` holds what people said of findings, by their ids.
    """
    table = Table.grid(padding=(0, 1))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    whole = " ".join(text for _, texts in card.lead.texts for text in texts)
    content = card.lead.text("content") or card.lead.text("chain") or whole
    use = card.lead.value("use")
    told = [str(use)] if use and use != "unknown" else []
    told += ["block"] if card.lead.value("style") == "block" else []
    label = f"{card.lead.kind} ({', '.join(told)})" if told else card.lead.kind
    table.add_row(label, _words(card, content))
    if card.run:
        table.add_row("language", f"{card.lead.value('language')}, confidence {to_confidence(card.run)}")
    if card.voices:
        first, *others = card.voices
        table.add_row("speaker", isolate(first.speaker) + (f"  ({isolate(first.cue)})" if first.cue else ""))
        word = dict.fromkeys([*(voice.speaker for voice in others), *(v.outlet for v in card.voices if v.outlet)])
        table.add_row("on whose word", " ← ".join(isolate(name) for name in word) or "the document's own")
        media = [voice.medium for voice in card.voices if voice.medium]
        if media:
            table.add_row("medium", ", ".join(isolate(name) for name in media))
    elif card.lead.kind == "quotation":
        table.add_row("speaker", NOT_NAMED)
    for citation in card.citations:
        table.add_row("cited", isolate(citation.text("content")))
    for chain in (card.lead,) if card.lead.kind == "isnad" else card.chains:
        table.add_row("handed down", to_chain(chain))
    for verdict in card.verdicts:
        table.add_row("verdict", to_verdict(verdict))
    if card.lead.kind == "quotation" and not card.verdicts:
        table.add_row("verdict", Text("no reference text claimed or found", style="dim"))
    for other in card.reuse:
        table.add_row("also in", f"{isolate(str(other.value('other_name')))} at {other.value('other_start')}")
    if card.lead.kind == "translation":
        table.add_row(
            "possible", Group(*(Text(f"· {one.code}: {one.note}", style="dim") for one in card.lead.evidence))
        )
    for name, value in card.lead.values if card.lead.kind not in _TOLD else ():
        if value not in (None, "", " ".join(content.split())) and name not in INNER:
            spans = card.lead.spans(name.removesuffix("_start"))
            line = Text(isolate(str(value)))
            table.add_row(
                name.replace("_", " "), line.append(f"  {to_place(card.lead, *spans)}" if spans else "", "dim")
            )
    if card.lead.spans("participants"):
        people = Text(isolate(card.lead.text("participants")))
        place = to_place(card.lead, *card.lead.spans("participants"))
        table.add_row("participants", people.append(f"  {place}", style="dim"))
    for reason in card.lead.evidence if card.lead.kind not in _TOLD else ():
        at = f"  {to_place(card.lead, reason.span)}" if reason.span else ""
        table.add_row("", Text(f"· {reason.note or reason.code}{at}", style="dim"))
    findings = (card.lead, *card.run[1:], *(voice.finding for voice in card.voices), *card.verdicts)
    for id_ in dict.fromkeys(finding.id for finding in findings):
        for line in (corrected or {}).get(id_, ()):
            table.add_row("", line)
    return table


def _words(card: Card, content: str) -> Text:
    """The words of a card with their place; of a run of passages how many and how far, of a section its heading."""
    if card.run:
        many = f"{len(card.run)} passage{'' if len(card.run) == 1 else 's'}"
        return Text(many, style="bold").append(
            f"  at {card.place.start}-{card.run[-1].place.end}", style="not bold dim"
        )
    if card.lead.kind == "section":
        content = card.lead.text("heading")
    place = to_place(card.lead)
    return Text(isolate(shorten(content, 400)), style="bold").append(f"  {place}", style="not bold dim")
