"""`catena serve P.catena`."""

from __future__ import annotations

from pathlib import Path

import click

from catena.accounts import Accounts
from catena.cli.common import fail


@click.command("serve")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--host", default="127.0.0.1", help="The address to listen at; your proxy with TLS stands before it.")
@click.option("--port", type=click.IntRange(1, 65535), default=8470, help="The port to listen at.")
@click.option("--name", "names", multiple=True, help="A host name under which people reach it, such as lake.example.")
@click.option("--plain-http", is_flag=True, help="Take passwords without TLS: in a network that you trust wholly.")
def command(project: Path, host: str, port: int, names: tuple[str, ...], plain_http: bool) -> None:
    """Serve PROJECT to a small team: everybody with an account (`catena accounts`), each on a layer of their own.

    Passwords are taken over HTTPS only, which your own proxy provides.
    """
    from catena.store import Project, StoreError
    from catena.web import serve_team

    try:
        if not Accounts.of(project).all():
            raise fail(f"there are no accounts; add one with: catena accounts add {project} NAME --role manage")
        Project.open(project).close()
        click.echo(f"Serving {project} at http://{host}:{port}. Stop with Ctrl+C.")
        serve_team(project, host=host, port=port, names=names, plain_http=plain_http)
    except (StoreError, OSError, ValueError, ImportError) as error:
        raise fail(str(error)) from error
