"""`catena figures P.catena`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catena.cli.common import fail, json_option, open_reading, print_json, restricted_option

if TYPE_CHECKING:
    from catena.anatomy import LedgerEvent


@click.command("figures")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--differ", is_flag=True, help="Only the events whose counts differ.")
@restricted_option
@json_option
def command(project: Path, differ: bool, open_restricted: bool, as_json: bool) -> None:
    """List the counts of one event side by side, by voice, wording and date."""
    from catena import api
    from catena.store import StoreError

    try:
        with open_reading(project, open_restricted) as opened:
            events = [event for event in api.ledger(opened) if event.differs or not differ]
    except StoreError as error:
        raise fail(str(error)) from error
    if as_json:
        print_json(map(to_row, events))
        return
    _print(events)


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
                "finding": count.finding.id,
            }
            for count in event.counts
        ],
    }


def _print(events: list[LedgerEvent]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from catena.cli.terminal import isolate

    console = Console()
    if not events:
        click.echo("no event here is counted more than once")
    for event in events:
        days = "" if not event.when else event.when[0] if event.when[0] == event.when[1] else " to ".join(event.when)
        head = ", ".join(part for part in (event.what, days, event.where) if part)
        console.print(Text(f"{head}{': counts differ' if event.differs else ''}", style="bold"))
        table = Table("Date", "Words", "On the word of", "Document", box=None)
        for count in event.counts:
            voice = str(count.finding.value("voice") or "the document itself")
            words = " ".join(count.finding.text("content").split())
            cells = (count.source.date or "", isolate(words), isolate(voice), isolate(count.source.name))
            table.add_row(*map(Text, cells))
        console.print(table)
