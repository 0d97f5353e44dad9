"""A document as a page for the terminal: paragraphs with their cards beside or below."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from catena.cli.terminal import isolate, to_card
from catena.margin import Card, to_cards
from catena.model import Finding
from catena.store import StoredDocument
from catena.text import find_paragraphs

NARROW = 100  # columns below which the margin goes under its paragraph


class _Page:
    """Chooses between margin beside and margin below by the width at hand."""

    def __init__(self, head: RenderableType, rows: list[tuple[str, list[Card]]]) -> None:
        self.head, self.rows = head, rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.head
        beside = options.max_width >= NARROW
        for paragraph, cards in self.rows:
            margin = Group(*(to_card(card) for card in cards))
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


def to_page(stored: StoredDocument, findings: Sequence[Finding]) -> RenderableType:
    """The whole text in its paragraphs, each with the cards that begin in it."""
    document = stored.document
    head = Table.grid(padding=(0, 2))
    head.add_column(style="dim")
    head.add_column()
    head.add_row("document", isolate(stored.row.path))
    for finding in findings:
        if finding.kind == "layout":
            head.add_row(str(finding.value("field")), isolate(str(finding.value("value"))))
    for warning in document.warnings:
        head.add_row("note", warning)
    cards = to_cards(findings)
    rows = []
    for paragraph in find_paragraphs(document.text):
        mine = [card for card in cards if paragraph.start <= card.place.start < paragraph.end]
        rows.append((paragraph.of(document.text), mine))
    return _Page(Group(head, Rule()), rows)
