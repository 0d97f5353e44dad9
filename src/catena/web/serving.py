"""Starting the reader on loopback, with a token made for this start."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn
from starlette.middleware import Middleware

from catena.accounts import Accounts
from catena.store import Project
from catena.web.app import create_app
from catena.web.team import TeamGuard

HOST = "127.0.0.1"


def serve(
    project_path: Path,
    *,
    port: int = 0,
    person: str = "reader",
    open_browser: bool = True,
    on_ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve the project until interrupted. `port` 0 takes a free one; notes go on the layer
    of `person`; `on_ready` gets the address to open.

    Raises `OSError` when the port is taken.
    """
    token = secrets.token_urlsafe(24)
    # The protocol is named because asyncio sends at once (TCP_NODELAY) only where it is; otherwise the body of every
    # answer waits 40 ms for the browser to acknowledge the head.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(64)
        bound = listener.getsockname()[1]
        url = f"http://{HOST}:{bound}/?token={token}"
        app = create_app(project_path, token=token, host=HOST, port=bound, person=person)
        server = _Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False), url)
        server.ready = on_ready
        server.browse = open_browser
        server.run(sockets=[listener])


def serve_team(
    project_path: Path, *, host: str, port: int, names: Sequence[str] = (), plain_http: bool = False
) -> None:
    """Serve the project to everybody with an account until interrupted; see `team`.

    `names` are the host names under which people reach it through their proxy; `host:port` itself is always one.
    """

    def note(who: str, what: str, subject: str) -> None:
        with Project.open(project_path) as project:
            project.note_event(who, what, subject)

    known = {f"{host}:{port}", f"localhost:{port}", *names}
    guard = Middleware(TeamGuard, accounts=Accounts.of(project_path), names=known, note=note, plain_http=plain_http)
    app = create_app(project_path, guard=guard)
    # The proxy on this machine says which address and scheme it was asked under; nobody else is believed.
    uvicorn.run(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False, proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
    )  # fmt: skip


class _Server(uvicorn.Server):
    """Tells the address once requests are answered."""

    ready: Callable[[str], None]
    browse: bool

    def __init__(self, config: uvicorn.Config, url: str) -> None:
        super().__init__(config)
        self.url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready(self.url)
        if self.browse:
            webbrowser.open(self.url)
