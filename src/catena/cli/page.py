"""A document as a page for the terminal: paragraphs with their cards beside or below."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from catena.cli.terminal import Corrected, isolate, to_bounds, to_card, to_corrected, to_line
from catena.margin import Card, to_cards, to_head
from catena.model import Finding
from catena.store import StoredDocument
from catena.text import find_paragraphs

NARROW = 100  # columns below which the margin goes under its paragraph


class _Page:
    """Chooses between margin beside and margin below by the width at hand."""

    def __init__(self, head: RenderableType, rows: list[tuple[str, list[Card]]], corrected: Corrected) -> None:
        self.head, self.rows, self.corrected = head, rows, corrected

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.head
        beside = options.max_width >= NARROW
        for paragraph, cards in self.rows:
            margin = Group(*(to_card(card, self.corrected) for card in cards))
            if not beside:
                yield Text(paragraph)
                if cards:
                    yield margin
                yield Text("")
                continue
            table = Table.grid(padding=(0, 3), expand=True)
            table.add_column(ratio=3)
            table.add_column(ratio=2)
            table.add_row(Text(paragraph + "\n"), margin)
            yield table


def to_page(stored: StoredDocument, findings: Sequence[Finding], notes: Sequence[Finding] = ()) -> RenderableType:
    """The whole text in its paragraphs, each with the cards that begin in it; every value with its place in the text.

    `notes` are what people wrote: their corrections stand under what they correct.
    """
    document = stored.document
    corrected = to_corrected(notes)
    cards = to_cards(findings)
    rows = []
    for paragraph in find_paragraphs(document.text):
        mine = [card for card in cards if paragraph.start <= card.place.start < paragraph.end]
        rows.append((paragraph.of(document.text), mine))
    return _Page(Group(_head(stored, findings, corrected), Rule()), rows, corrected)


def _head(stored: StoredDocument, findings: Sequence[Finding], corrected: Corrected) -> Table:
    head = Table.grid(padding=(0, 2))
    head.add_column(style="dim")
    head.add_column(overflow="fold")
    head.add_row("document", isolate(stored.row.path))
    for finding in to_head(findings):
        if finding.kind == "dating":
            head.add_row("written", to_bounds(finding))
        else:
            head.add_row(str(finding.value("field")), to_line(finding))
        for line in corrected.get(finding.id, ()):
            head.add_row("", line)
    for line in corrected.get("", ()):
        head.add_row("added", line)
    for warning in stored.document.warnings:
        head.add_row("note", warning)
    return head
