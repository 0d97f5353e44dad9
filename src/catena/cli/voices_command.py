"""`catena voices P.catena`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from catena.cli.common import fail, json_option, open_reading, print_json, restricted_option

if TYPE_CHECKING:
    from catena.statements import VoiceRow


@click.command("voices")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--only", metavar="NAME", help="Every statement of this voice, in the order of documents.")
@restricted_option
@json_option
def command(project: Path, only: str | None, open_restricted: bool, as_json: bool) -> None:
    """List who speaks in PROJECT, and how often directly, indirectly, or as an act or attitude."""
    from catena import api
    from catena.statements import find_voice
    from catena.store import StoreError

    try:
        with open_reading(project, open_restricted) as opened:
            voices = api.voices(opened)
    except StoreError as error:
        raise fail(str(error)) from error
    if only is None:
        if as_json:
            print_json(_short(row) for row in voices)
        else:
            _print_table(voices)
        return
    voice = find_voice(voices, only)
    if voice is None:
        raise fail(f"nobody called {only!r} speaks here, or several do. Next: catena voices {project} lists the names")
    if as_json:
        print_json(voice.statements)
    else:
        _print_statements(voice)


def _short(row: VoiceRow) -> dict[str, object]:
    return {
        "voice": row.voice,
        "names": list(row.names),
        "documents": row.documents,
        "statements": len(row.statements),
        **{mode: row.count(mode) for mode in ("direct", "indirect", "reported")},
    }


def _print_table(voices: tuple[VoiceRow, ...]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from catena.cli.terminal import isolate

    table = Table("Voice", "Statements", "Direct", "Indirect", "Reported", "Documents", box=None)
    for row in voices:
        counts = (len(row.statements), *(row.count(mode) for mode in ("direct", "indirect", "reported")), row.documents)
        table.add_row(Text(isolate(row.voice)), *(Text(str(count)) for count in counts))
    Console().print(table)


def _print_statements(voice: VoiceRow) -> None:
    from catena.cli.terminal import isolate

    path = ""
    for one in voice.statements:
        if one.path != path:
            path = one.path
            click.echo(isolate(path))
        modality = "" if one.modality == "asserted" else f", {one.modality}"
        click.echo(f"  {one.start}-{one.end}  {one.mode}{modality}  {isolate(one.cue)}  {isolate(one.words)}")
