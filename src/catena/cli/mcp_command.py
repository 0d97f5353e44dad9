"""`catena mcp P.catena`."""

from __future__ import annotations

from pathlib import Path

import click

from catena.cli.common import fail, open_reading, restricted_option


@click.command("mcp")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@restricted_option
def command(project: Path, open_restricted: bool) -> None:
    """Serve PROJECT to a language model over standard input and output (Model Context Protocol), for reading only.

    Its tools are search, read, check_quotation and chain. Needs the extra `mcp`. A model is told title and date of
    restricted documents, unless they are opened on purpose.
    """
    from catena.mcp_server import make_server
    from catena.store import StoreError

    try:
        with open_reading(project, open_restricted):
            server = make_server(project, open_restricted=open_restricted)
    except (StoreError, ImportError) as error:
        raise fail(str(error)) from error
    server.run("stdio")
