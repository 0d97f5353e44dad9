"""`catena figures P.catena`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catena.cli.common import json_option, restricted_option, show_collected

if TYPE_CHECKING:
    from rich.console import RenderableType

    from catena.anatomy import LedgerEvent


@click.command("figures")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--differ", is_flag=True, help="Only the events whose counts differ.")
@restricted_option
@json_option
def command(project: Path, differ: bool, open_restricted: bool, as_json: bool) -> None:
    """List the counts of one event side by side, by voice, wording and date."""
    from catena import api

    show_collected(
        project, lambda opened: (event for event in api.ledger(opened) if event.differs or not differ), to_row, _print,
        open_restricted=open_restricted, as_json=as_json,
    )  # fmt: skip


def to_row(event: LedgerEvent) -> dict[str, Any]:
    """One event as JSON: what is counted, days, place, and each count with its place in the text."""
    return {
        "what": event.what,
        "start": event.when[0] if event.when else None,
        "end": event.when[1] if event.when else None,
        "where": event.where,
        "differs": event.differs,
        "reasons": [reason.code for reason in event.reasons],
        "counts": [
            {
                "document": count.source.name,
                "date": count.source.date,
                "words": count.finding.text("content"),
                "place": [count.finding.spans("content")[0].start, count.finding.spans("content")[0].end],
                "voice": count.finding.value("voice"),
                **{name: count.finding.value(name) for name in ("count", "low", "high", "bound", "counted")},
                "change": change,
                "finding": count.finding.id,
            }
            for count, change in zip(event.counts, event.changes, strict=True)
        ],
    }


def _print(events: list[LedgerEvent]) -> None:
    from rich.console import Console

    console = Console()
    if not events:
        click.echo("no event here is counted more than once")
    for event in events:
        console.print(*to_tables(event), sep="\n")


def to_tables(event: LedgerEvent) -> tuple[RenderableType, RenderableType]:
    """One event for the terminal: its head, and its counts in order of their documents' dates."""
    from rich.table import Table
    from rich.text import Text

    from catena.cli.terminal import isolate, to_days

    head = ", ".join(part for part in (event.what, to_days(event.when), event.where) if part)
    table = Table("Date", "Words", "Against the one before", "On the word of", "Document", box=None)
    for count, change in zip(event.counts, event.changes, strict=True):
        voice = str(count.finding.value("voice") or "the document itself")
        words = " ".join(count.finding.text("content").split())
        place = f"{count.source.name} at {count.finding.spans('content')[0].start}"
        cells = (count.source.date or "", isolate(words), change, isolate(voice), isolate(place))
        table.add_row(*map(Text, cells))
    return Text(f"{head}{': counts differ' if event.differs else ''}", style="bold"), table
