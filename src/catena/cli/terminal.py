"""Cards and word diffs as text for the terminal. Differences are told in marks, not in colour alone."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from catena.margin import NOT_NAMED, Card, Piece, narrators, to_sides
from catena.model import Finding, Operation

# First strong isolate and its end: a value keeps its own direction inside a line of another.
_ISOLATE, _END = "\u2068", "\u2069"
_TOLD = ("quotation", "attribution", "isnad", "verification")  # kinds whose values the rows above already tell
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


def to_card(card: Card) -> RenderableType:
    """One card as a small table: what, words, speaker, on whose word, verdict, where else."""
    table = Table.grid(padding=(0, 1))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    whole = " ".join(text for _, texts in card.lead.texts for text in texts)
    content = card.lead.text("content") or card.lead.text("chain") or whole
    use = card.lead.value("use")
    label = f"{card.lead.kind} ({use})" if use and use != "unknown" else card.lead.kind
    table.add_row(label, Text(isolate(shorten(content, 400)), style="bold"))
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
        if value not in (None, ""):
            table.add_row(name, isolate(str(value)))
    return table
