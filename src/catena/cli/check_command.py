"""`catena check TEXT-OR-FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from catena.cli.common import fail, json_option, library_option, print_json


@click.command("check")
@click.argument("text_or_file")
@library_option
@json_option
def command(text_or_file: str, libraries: tuple[Path, ...], as_json: bool) -> None:
    """Print every quotation of TEXT-OR-FILE with speaker, source and verdict, with the word diff.

    TEXT-OR-FILE is a file's path, a sentence in quotes, or - for standard input. No project is made.
    """
    from catena import api
    from catena.model import to_record
    from catena.readers import ReaderError

    try:
        document = _read(text_or_file)
        findings = api.check(document, libraries=libraries)
    except ReaderError as error:
        raise fail(str(error)) from error
    if as_json:
        print_json(to_record(finding, document.origin.name) for finding in findings)
        return
    from rich.console import Console

    from catena.cli.terminal import to_card
    from catena.margin import LEADS, to_cards

    console = Console()
    cards = [card for card in to_cards(findings) if card.lead.kind in (*LEADS, "problem")]
    for card in cards:
        console.print(to_card(card))
        console.print()
    if not cards:
        console.print("no quotation, report or citation found")
    for line in api.libraries(libraries):
        console.print(f"checked against {line}", style="dim", markup=False)
    for warning in document.warnings:
        click.echo(f"note: {warning}", err=True)
    if not api.libraries(libraries):
        click.echo("no reference texts are loaded; add some with: catena library add NAME FILE", err=True)


def _read(given: str):  # type: ignore[no-untyped-def]
    from catena import api
    from catena.model import Document

    if given == "-":
        return api.read_bytes(sys.stdin.buffer.read(), "standard input")
    try:
        is_file = Path(given).is_file()
    except (OSError, ValueError):  # a long sentence is no path
        is_file = False
    return api.read(Path(given)) if is_file else Document.of(given, "argument")
