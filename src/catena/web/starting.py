"""What the server does to its process while it runs, so that no answer waits for what is no part of it.

Python's garbage collector walks through everything that lives, again and again, while an answer is being made: what the
program consists of is taken out of its sight, and it looks less often. The compiled kernels, whose import takes half a
second, are loaded once nobody is waiting for an answer; until then the plain code does the work.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from catena.text.compiled import load_by

YOUNG = 50_000  # new objects after which the collector looks at the youngest; Python's 700 come with every answer
CALM = 1.0  # seconds without a question after which a person is reading


class Calm:
    """Whether anybody is waiting for an answer, and since when nobody is."""

    def __init__(self) -> None:
        self.waiting = 0
        self.since = time.monotonic()

    def wait(self) -> None:
        """Return when nobody has been waiting for `CALM` seconds."""
        while self.waiting or time.monotonic() - self.since < CALM:
            time.sleep(CALM / 4)


class Watch:
    """ASGI middleware: keeps count for `Calm`. All of it runs in the one thread of the event loop."""

    def __init__(self, app: ASGIApp, *, calm: Calm) -> None:
        self.app = app
        self.calm = calm

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        self.calm.waiting += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.calm.waiting -= 1
            self.calm.since = time.monotonic()


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """While the server runs: few pauses. Afterwards all is as it was."""
    calm: Calm = app.state.calm

    def aside(work: Callable[[], object]) -> None:
        def later() -> None:
            calm.wait()
            work()

        threading.Thread(target=later, name="kernels", daemon=True).start()

    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(YOUNG, *thresholds[1:])
    load_by(aside)
    try:
        yield
    finally:
        load_by(None)
        gc.set_threshold(*thresholds)
        gc.unfreeze()
