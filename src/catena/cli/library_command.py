"""`catena library add | list | show | verify | remove`."""

from __future__ import annotations

from pathlib import Path

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
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", required=True, help="Language code of the text: en, ar …")
@click.option("--format", "importer", help="ref-tab or tanzil; default: told from the file.")
@click.option("--also-called", multiple=True, help="Another name by which statements cite the work.")
@click.option("--work", default="", help="The work it is an edition of (bible, quran …); default: NAME.")
@click.option("--notice", default="", help="Licence or notice to show with the text.")
@folder_option
def add(
    name: str,
    file: Path,
    language: str,
    importer: str | None,
    also_called: tuple[str, ...],
    work: str,
    notice: str,
    folder: Path | None,
) -> None:
    """Add FILE as the reference text NAME."""
    from catena.library import LibraryError, add_edition, user_library

    try:
        edition = add_edition(
            folder or user_library(),
            name,
            file,
            language=language,
            importer=importer,
            names=also_called,
            work=work,
            notice=notice,
        )
    except LibraryError as error:
        raise fail(str(error)) from error
    click.echo(f"added {edition.name}: {edition.passages} passages, sha256 {edition.sha256[:12]}")


@command.command("list")
@folder_option
@json_option
def list_(folder: Path | None, as_json: bool) -> None:
    """List the editions that checks compare with."""
    editions = _editions(folder)
    if as_json:
        print_json(editions)
        return
    for edition in editions:
        click.echo(f"{edition.name}: {edition.language}, {edition.passages} passages, sha256 {edition.sha256[:12]}")
    if not editions:
        click.echo("no reference texts; add one with: catena library add NAME FILE --language CODE")


@command.command("show")
@click.argument("name")
@folder_option
@json_option
def show(name: str, folder: Path | None, as_json: bool) -> None:
    """Show where the edition NAME comes from, with its notice."""
    edition = next((edition for edition in _editions(folder) if edition.name == name), None)
    if edition is None:
        raise fail(f"no edition is called {name!r}; see: catena library list")
    if as_json:
        print_json([edition])
        return
    click.echo(f"{edition.name}\nlanguage: {edition.language}\npassages: {edition.passages}")
    click.echo(f"sha256: {edition.sha256}\nsource: {edition.source}\n\n{edition.notice or 'no notice'}")


@command.command("verify")
@folder_option
def verify(folder: Path | None) -> None:
    """Check that every stored text still has the hash it was added with."""
    from catena.library import verify_editions

    broken = verify_editions(_folders(folder))
    for line in broken:
        click.echo(line, err=True)
    if broken:
        raise fail(f"{len(broken)} of the reference texts changed since they were added; add them again")
    click.echo("every reference text is as it was added")


@command.command("remove")
@click.argument("name")
@folder_option
def remove(name: str, folder: Path | None) -> None:
    """Remove the edition NAME from the library folder."""
    from catena.library import LibraryError, remove_edition, user_library

    try:
        remove_edition(folder or user_library(), name)
    except LibraryError as error:
        raise fail(str(error)) from error
    click.echo(f"removed {name}")


def _folders(folder: Path | None) -> tuple[Path, ...]:
    from catena.library import library_folders

    return (folder,) if folder else library_folders(None)


def _editions(folder: Path | None):  # type: ignore[no-untyped-def]
    from catena.library import describe_editions

    return describe_editions(_folders(folder))
