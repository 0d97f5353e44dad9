"""`catena open [FOLDER]`."""

from __future__ import annotations

from pathlib import Path

import click

from catena.cli.common import account_name, engine_option, fail, json_option, library_option, print_json, workers_option
from catena.cli.progress import build_with_progress, print_report
from catena.places import SUFFIX, examples_folder, project_file


@click.command("open")
@click.argument("folder", required=False, type=click.Path(exists=True, path_type=Path))
@library_option
@engine_option
@workers_option
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0 takes a free one.")
@click.option("--person", default=None, help="Whose notes are read and written; default: the name of this account.")
@click.option("--browser/--no-browser", default=True, help="Open the browser, or only print the address.")
@json_option
def command(
    folder: Path | None,
    libraries: tuple[Path, ...],
    engine: str,
    workers: int,
    port: int,
    person: str | None,
    browser: bool,
    as_json: bool,
) -> None:
    """Read what is new in FOLDER, then serve the reader on this machine and open the browser.

    Without FOLDER the bundled examples are opened; a project file is opened as it is.
    """
    from catena.web import serve

    try:
        if folder is not None and folder.is_file() and folder.suffix == SUFFIX:
            project = folder
        else:
            source = folder or examples_folder()
            project = project_file(source)
            report = build_with_progress(source, project, libraries=libraries, engine=engine, workers=workers)
            if as_json:
                print_json([report])
            else:
                print_report(report)
    except OSError as error:
        raise fail(str(error)) from error

    def ready(url: str) -> None:
        if as_json:
            print_json([{"url": url, "project": str(project)}])
        else:
            click.echo(f"Reading at {url}\nStop with Ctrl+C.")

    serve(project, port=port, person=person or account_name(), open_browser=browser, on_ready=ready)
