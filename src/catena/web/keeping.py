"""What the reader keeps between requests: the corpus, and the latest concordances. All can be made again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from catena.store import Corpus, Project

HELD = 8  # results; one of 100,000 lines takes about 2 MB
Made = TypeVar("Made")


class Keeper:
    """Values by key, the least used forgotten first. Two requests never make the same value at once."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._corpus: Corpus | None = None
        self._held: OrderedDict[Hashable, Any] = OrderedDict()

    def corpus(self, project: Project) -> Corpus:
        """The corpus of the project as it is now."""
        with self._lock:
            stamp = project.corpus_stamp()
            if self._corpus is None or self._corpus.stamp != stamp:
                self._held.clear()
                self._corpus = project.corpus()
            return self._corpus

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The value of `key`, made when there is none."""
        with self._lock:
            if key not in self._held:
                self._held[key] = make()
                while len(self._held) > HELD:
                    self._held.popitem(last=False)
            self._held.move_to_end(key)
            found: Made = self._held[key]
            return found
