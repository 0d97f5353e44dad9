"""`catena check TEXT-OR-FILE ...`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from catena.cli.common import ExitCode, fail, json_option, library_option, print_json

if TYPE_CHECKING:
    from catena.model import Document


@click.command("check")
@click.argument("given", metavar="TEXT-OR-FILE...", nargs=-1, required=True)
@library_option
@json_option
@click.pass_context
def command(context: click.Context, given: tuple[str, ...], libraries: tuple[Path, ...], as_json: bool) -> None:
    """Print every quotation of TEXT-OR-FILE with speaker, source and verdict, with the word diff.

    TEXT-OR-FILE is a file's path, a sentence in quotes, or - for standard input; several may be given, such as the
    answers of a language model. Each is printed as soon as it is checked. No project is made.
    """
    from catena import api

    failed = 0
    for document in _documents(given):
        if isinstance(document, Exception):
            failed += 1
            click.echo(f"error: {document}", err=True)
        elif as_json:
            _print_records(document, libraries)
        else:
            _print_cards(document, libraries, heading=len(given) > 1)
    if failed == len(given):
        raise fail("nothing could be read")
    for problem in api.library_problems(libraries):
        click.echo(f"note: {problem}", err=True)
    if not as_json:
        _print_libraries(api.libraries(libraries))
    if failed:
        context.exit(ExitCode.SOME_FILES_FAILED)


def _documents(given: tuple[str, ...]) -> Iterator[Document | Exception]:
    """Each document, or why it could not be read."""
    from catena.readers import ReaderError

    for one in given:
        try:
            yield _read(one)
        except ReaderError as error:
            yield error


def _print_records(document: Document, libraries: tuple[Path, ...]) -> None:
    from catena import api
    from catena.model import to_record

    found = api.check(document, libraries=libraries)
    print_json(to_record(finding, document.origin.name, document.text) for finding in found)


def _print_cards(document: Document, libraries: tuple[Path, ...], *, heading: bool) -> None:
    from rich.console import Console

    from catena import api
    from catena.cli.terminal import to_card
    from catena.margin import LEADS, to_cards

    console = Console()
    if heading:
        console.rule(document.origin.name)
    cards = [
        card for card in to_cards(api.check(document, libraries=libraries)) if card.lead.kind in (*LEADS, "problem")
    ]
    for card in cards:
        console.print(to_card(card))
        console.print()
    if not cards:
        console.print("no quotation, report or citation found")
    for warning in document.warnings:
        click.echo(f"note: {warning}", err=True)


def _print_libraries(lines: tuple[str, ...]) -> None:
    from rich.console import Console

    for line in lines:
        Console().print(f"checked against {line}", style="dim", markup=False)
    if not lines:
        click.echo("no reference texts are loaded; add some with: catena library add NAME FILE", err=True)


def _read(given: str) -> Document:
    from catena import api
    from catena.model import Document

    if given == "-":
        return api.read_bytes(sys.stdin.buffer.read(), "standard input")
    try:
        is_file = Path(given).is_file()
    except (OSError, ValueError):  # a long sentence is no path
        is_file = False
    return api.read(Path(given)) if is_file else Document.of(given, "argument")
