"""`catena mcp P.catena`."""

from __future__ import annotations

from pathlib import Path

import click

from catena.cli.common import fail


@click.command("mcp")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(project: Path) -> None:
    """Serve PROJECT to a language model over standard input and output (Model Context Protocol), for reading only.

    Its tools are search, read, check_quotation and chain. Needs the extra `mcp`.
    """
    from catena.mcp_server import make_server
    from catena.store import Project, StoreError

    try:
        Project.open(project, read_only=True).close()
        server = make_server(project)
    except (StoreError, ImportError) as error:
        raise fail(str(error)) from error
    server.run("stdio")
