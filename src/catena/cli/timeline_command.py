"""`catena timeline P.catena`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catena.cli.common import json_option, restricted_option, show_collected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from catena.anatomy import TimelineEvent


@click.command("timeline")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@restricted_option
@json_option
def command(project: Path, open_restricted: bool, as_json: bool) -> None:
    """List the events that the documents report, by day, each with its reports and the voices they rest on."""
    from catena import api

    show_collected(project, api.timeline, to_row, _print, open_restricted=open_restricted, as_json=as_json)


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


def _print(events: list[TimelineEvent]) -> None:
    from rich.console import Console

    Console().print(to_table(events))


def to_table(events: Sequence[TimelineEvent]) -> Table:
    """Events for the terminal, one a row."""
    from rich.table import Table
    from rich.text import Text

    from catena.cli.terminal import isolate, to_days

    table = Table("Day", "Event", "Where", "Who took part", "Reported in", "On the word of", box=None)
    for event in events:
        places = dict.fromkeys(f"{report.source.name} at {report.finding.place.start}" for report in event.reports)
        what = event.type if event.status == "happened" else f"{event.type} (announced)"
        lists = (event.participants, places, event.voices)
        people, documents, voices = ("; ".join(map(isolate, each)) for each in lists)
        cells = (to_days(event.when), what, isolate(event.where or ""), people, documents, voices)
        table.add_row(*map(Text, cells))
    return table
