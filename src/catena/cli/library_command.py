"""`catena library add | get | list | show | verify | remove`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from catena.cli.common import fail, json_option, print_json

folder_option = click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The library folder; default: the user's own.",
)


@click.group("library")
def command() -> None:
    """The reference texts that quotations are checked against."""


@command.command("add")
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--language", default="", help="Language code of the text: en, ar …; needed when the file does not say.")
@click.option("--format", "importer", help="The format; default: told from the content.")
@click.option("--work", default="", help="The work it is an edition of (bible, quran, hadith …); default: NAME.")
@click.option("--also-called", multiple=True, help="Another name by which statements cite the work.")
@click.option("--title", default="", help="The title of this edition.")
@click.option("--script", default="", help="ISO 15924 code of its script; default: told from the text.")
@click.option("--reading", default="", help="The reading it gives, such as Warsh.")
@click.option("--licence", default="", help="The licence of the text.")
@click.option("--source", default="", help="Where it was published, such as an address.")
@click.option("--notice", default="", help="Licence or notice to show with the text.")
@click.option("--numbering", multiple=True, help="A table that leads from its numbering to the canonical one.")
@click.option("--map", "fields", multiple=True, help="Fields of a table or JSON: ref=…,text=… (local=…, parent=…).")
@click.option("--only", multiple=True, help="Take only rows with FIELD=VALUE.")
@click.option("--members", default="", help="Which files of an archive or folder: '*.xml', '!*/drafts/*'.")
@click.option("--heading", default="", help="Regular expression of the lines that begin a passage of a document.")
@click.option("--leave-out", default="", help="Regular expression of lines of a document that are no text of it.")
@click.option("--level", type=click.IntRange(0, 6), default=0, help="Level of the Markdown headings that count.")
@click.option("--encoding", default="", help="Encoding of a file that is not Unicode, such as cp1256.")
@click.option("--skip-empty", is_flag=True, help="Leave out passages without text instead of refusing the file.")
@folder_option
@json_option
def add(name: str, file: Path, folder: Path | None, as_json: bool, importer: str | None, **given: Any) -> None:
    """Add FILE (a file, an archive or a folder) as the reference text NAME."""
    from catena import api
    from catena.library import ImportOptions, LibraryError, Said, parse_map, parse_only

    try:
        said = Said(
            work=given["work"], title=given["title"], language=given["language"], script=given["script"],
            reading=given["reading"], licence=given["licence"], url=given["source"], notice=given["notice"],
            names=given["also_called"], numbering=given["numbering"],
        )  # fmt: skip
        options = ImportOptions(
            fields=parse_map(given["fields"]), only=parse_only(given["only"]), members=given["members"],
            heading=given["heading"], leave_out=given["leave_out"], level=given["level"], encoding=given["encoding"],
            skip_empty=given["skip_empty"],
        )  # fmt: skip
        edition = api.add_to_library(name, file, folder=folder, format_name=importer, said=said, options=options)
    except LibraryError as error:
        raise fail(str(error)) from error
    _say_added(edition, as_json)


@command.command("get")
@click.argument("name", required=False)
@click.option("--yes", is_flag=True, help="Accept the licence without being asked.")
@click.option("--accept", default="", metavar="SHA256", help="Accept the file with this hash.")
@click.option("--trust-first", is_flag=True, help="Accept the hash that is seen first, and pin it.")
@click.option(
    "--catalogue",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="CATENA_CATALOGUE",
    help="Another catalogue than the program's own.",
)
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=30.0, help="Seconds without a byte before giving up."
)
@folder_option
@json_option
def get(
    name: str | None,
    yes: bool,
    accept: str,
    trust_first: bool,
    catalogue: Path | None,
    timeout: float,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Fetch the text NAME of the catalogue from its publisher; without NAME, list the catalogue."""
    from catena import api
    from catena.library import LibraryError, Patience, Trust, load_catalogue

    try:
        entries = load_catalogue(catalogue)
        if name is None:
            _list_catalogue(entries, as_json)
            return
        if name not in entries:
            raise fail(f"no text is called {name!r}; there are: {', '.join(entries)}")
        entry = entries[name]
        click.echo(f"{entry.title}\n{entry.publisher}, {entry.url}", err=True)
        click.echo(f"licence: {entry.licence} ({entry.licence_url})", err=True)
        if not yes:
            click.confirm("Do you accept this licence?", abort=True, err=True)
        trust, patience = Trust(accept, trust_first), Patience(silence=timeout)
        edition = api.get_for_library(entry, folder=folder, trust=trust, patience=patience)
    except LibraryError as error:
        raise fail(str(error)) from error
    _say_added(edition, as_json)


@command.command("list")
@folder_option
@json_option
def list_(folder: Path | None, as_json: bool) -> None:
    """List the editions that checks compare with."""
    from catena.library import read_shelf

    editions = _editions(folder)
    for problem in read_shelf(_folders(folder))[1]:
        click.echo(f"note: {problem}", err=True)
    if as_json:
        print_json(editions)
        return
    for edition in editions:
        work = "" if edition.work == edition.name else f" of {edition.work}"
        click.echo(
            f"{edition.name}: {edition.language}, {edition.passages} passages{work}, sha256 {edition.sha256[:12]}"
        )
    if not editions:
        click.echo("no reference texts; add one with: catena library add NAME FILE --language CODE")


@command.command("show")
@click.argument("name")
@click.argument("reference", required=False)
@folder_option
@json_option
def show(name: str, reference: str | None, folder: Path | None, as_json: bool) -> None:
    """Show where the edition NAME comes from, or its passage REFERENCE."""
    from catena.library import LibraryError, find_passage, load_passages

    edition = next((edition for edition in _editions(folder) if edition.name == name), None)
    if edition is None:
        raise fail(f"no edition is called {name!r}; see: catena library list")
    if reference is None:
        print_json([edition]) if as_json else click.echo(_described(edition))
        return
    try:
        passage = find_passage(load_passages(edition), reference)
    except LibraryError as error:
        raise fail(str(error)) from error
    if passage is None:
        raise fail(f"{name} has no passage {reference!r}; its references are like those of: catena library show --json")
    if as_json:
        print_json([{key: value for key, value in asdict(passage).items() if key != "place"}])
        return
    local = f" (in the file: {', '.join(passage.local)})" if passage.local else ""
    click.echo(f"{passage.reference}{local}\n{passage.text}")


@command.command("verify")
@click.argument("name", required=False)
@folder_option
@json_option
def verify(name: str | None, folder: Path | None, as_json: bool) -> None:
    """Hash the stored files of every edition, or of NAME, again, and say what changed."""
    from catena.api import read_for_library
    from catena.library import LibraryError, find_changes, verify_editions

    folders = _folders(folder)
    try:
        broken = verify_editions(folders, name, read_for_library)
    except LibraryError as error:
        raise fail(str(error)) from error
    if as_json:
        print_json(find_changes(folders, name, read_for_library))
    for line in () if as_json else broken:
        click.echo(line, err=True)
    if broken:
        raise fail(f"{len(broken)} of the reference texts changed since they were added; add them again")
    if not as_json:
        click.echo(f"{name or 'every reference text'} is as it was added")


@command.command("remove")
@click.argument("name")
@folder_option
@json_option
def remove(name: str, folder: Path | None, as_json: bool) -> None:
    """Remove the edition NAME from the library folder."""
    from catena.library import LibraryError, remove_edition, user_library

    try:
        remove_edition(folder or user_library(), name)
    except LibraryError as error:
        raise fail(str(error)) from error
    print_json([{"removed": name}]) if as_json else click.echo(f"removed {name}")


def _say_added(edition: Any, as_json: bool) -> None:
    if as_json:
        print_json([edition])
        return
    click.echo(f"added {edition.name}: {edition.passages} passages, sha256 {edition.sha256[:12]}")
    if edition.left_out:
        click.echo("left out: " + ", ".join(f"{number} {what}" for what, number in edition.left_out))


def _described(edition: Any) -> str:
    """What is known of an edition, one line each, then its notice."""
    names = {
        "work": edition.work, "title": edition.title, "language": edition.language, "script": edition.script,
        "reading": edition.reading, "passages": str(edition.passages), "sha256": edition.sha256,
        "format": edition.importer, "source": edition.source, "published at": edition.url, "licence": edition.licence,
        "also called": ", ".join(edition.names), "numbering": ", ".join(edition.numbering),
        "options": "; ".join(f"{key}: {value}" for key, value in edition.options),
        "left out": ", ".join(f"{number} {what}" for what, number in edition.left_out),
    }  # fmt: skip
    lines = [edition.name, *(f"{name}: {value}" for name, value in names.items() if value)]
    return "\n".join((*lines, "", edition.notice or "no notice"))


def _list_catalogue(entries: Any, as_json: bool) -> None:
    if as_json:
        print_json(entries.values())
        return
    for entry in entries.values():
        click.echo(f"{entry.name}: {entry.title} ({entry.language}), {entry.publisher}\n  licence: {entry.licence}")


def _folders(folder: Path | None) -> tuple[Path, ...]:
    from catena.library import library_folders

    return (folder,) if folder else library_folders(None)


def _editions(folder: Path | None):  # type: ignore[no-untyped-def]
    from catena.library import LibraryError, describe_editions

    try:
        return describe_editions(_folders(folder))
    except LibraryError as error:
        raise fail(str(error)) from error
