"""A worker process: `python -m catena.engines.worker`. Reads `(task, item)` from its input, answers on its output.

Started as a plain program, not through multiprocessing, so that it never imports the caller's main module: the same
call works from a shell, a notebook and a script without a guard.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from catena.engines.base import describe, find_task
from catena.engines.wire import receive, send


def main() -> None:
    """Answer `(result, error)` for each request until the input closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints must not garble the answers
    while True:
        try:
            task, item = receive(sys.stdin.buffer)
        except EOFError:
            return
        answer: tuple[Any, str | None]
        try:
            answer = (find_task(task)(item), None)
        except Exception as error:  # noqa: BLE001  reported to the parent, which writes it to the ledger
            answer = (None, describe(error))
        send(answers, answer)


if __name__ == "__main__":
    main()
