"""What can go wrong with a project file, in words for the person who opened it."""

from __future__ import annotations

from collections.abc import Sequence


class StoreError(Exception):
    """A project file that cannot be opened, read or written; the message says what to do next."""


class NotFound(StoreError):
    """No document answers to a reference. `close` holds the nearest paths, best first."""

    def __init__(self, message: str, close: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.close = tuple(close)


class QueryError(StoreError, ValueError):
    """A search query that does not parse: what is wrong, where (`position`, a code point), and a `hint`."""

    def __init__(self, problem: str, position: int, hint: str) -> None:
        super().__init__(f"{problem} at character {position + 1}; {hint}")
        self.problem = problem
        self.position = position
        self.hint = hint
