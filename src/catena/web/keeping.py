"""What the reader keeps between requests: the corpus, and the latest concordances. All can be made again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from catena.store import Corpus, Project

HELD = 8  # results; one of 100,000 lines takes about 2 MB
CORPORA = 3  # who has opened other restricted documents counts other words; six million words take about 100 MB
Made = TypeVar("Made")


class Keeper:
    """Values by key, the least used forgotten first. Two requests never make the same value at once."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._corpora: OrderedDict[str, Corpus] = OrderedDict()
        self._held: OrderedDict[Hashable, Any] = OrderedDict()

    def corpus(self, project: Project) -> Corpus:
        """The corpus of the project as it is now."""
        with self._lock:
            stamp = project.corpus_stamp()
            if stamp not in self._corpora:
                kept = [held for held in self._corpora if held.partition(" ")[0] == stamp.partition(" ")[0]]
                if not kept:  # the project has changed: nothing that was made before is right
                    self._held.clear()
                older = kept[-(CORPORA - 1) :]
                self._corpora = OrderedDict((held, self._corpora[held]) for held in older)
                self._corpora[stamp] = project.corpus()
            self._corpora.move_to_end(stamp)
            return self._corpora[stamp]

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
