"""`catena timeline P.catena`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catena.cli.common import fail, json_option, open_reading, print_json, restricted_option

if TYPE_CHECKING:
    from catena.anatomy import TimelineEvent


@click.command("timeline")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@restricted_option
@json_option
def command(project: Path, open_restricted: bool, as_json: bool) -> None:
    """List the events that the documents report, by day, each with its reports and the voices they rest on."""
    from catena import api
    from catena.store import StoreError

    try:
        with open_reading(project, open_restricted) as opened:
            events = api.timeline(opened)
    except StoreError as error:
        raise fail(str(error)) from error
    if as_json:
        print_json(map(to_row, events))
        return
    _print(events)


def to_row(event: TimelineEvent) -> dict[str, Any]:
    """One event as JSON, each report with its place in the text."""
    return {
        "type": event.type,
        "status": event.status,
        "start": event.when[0] if event.when else None,
        "end": event.when[1] if event.when else None,
        "where": event.where,
        "participants": list(event.participants),
        "voices": list(event.voices),
        "reasons": [reason.code for reason in event.reasons],
        "reports": [
            {
                "document": report.source.name,
                "date": report.source.date,
                "words": report.finding.text("content"),
                "place": [report.finding.place.start, report.finding.place.end],
                "voice": report.finding.value("voice"),
                "finding": report.finding.id,
            }
            for report in event.reports
        ],
    }


def _print(events: tuple[TimelineEvent, ...]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from catena.cli.terminal import isolate

    table = Table("Day", "Event", "Where", "Reported in", "On the word of", box=None)
    for event in events:
        days = "" if not event.when else event.when[0] if event.when[0] == event.when[1] else " to ".join(event.when)
        names = dict.fromkeys(report.source.name for report in event.reports)
        what = event.type if event.status == "happened" else f"{event.type} (announced)"
        voices = "; ".join(map(isolate, event.voices))
        cells = (days, what, isolate(event.where or ""), ", ".join(map(isolate, names)), voices)
        table.add_row(*map(Text, cells))
    Console().print(table)
