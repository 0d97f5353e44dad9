"""What the reader keeps between requests: the corpus, and the latest concordances. All can be made again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeAlias, TypeVar

from catena.store import Corpus, FacetIndex, Project

HELD = 8  # results; one of 100,000 lines takes about 2 MB
CORPORA = 3  # who has opened other restricted documents counts other words; six million words take about 100 MB
Made = TypeVar("Made")
Facets: TypeAlias = dict[str, list[tuple[str, int]]]


class Keeper:
    """Values by key, the least used forgotten first. Two requests never make the same value at once."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._counting = threading.Lock()
        self._corpora: OrderedDict[str, Corpus] = OrderedDict()
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._facets: tuple[int, Facets] = (-1, {})
        self._index: tuple[int, FacetIndex] | None = None
        self._stamps: tuple[int, dict[frozenset[int], str]] = (-1, {})

    def corpus(self, project: Project) -> Corpus:
        """The corpus of the project as it is now."""
        with self._lock:
            stamp = self._stamp(project)
            if stamp not in self._corpora:
                kept = [held for held in self._corpora if held.partition(" ")[0] == stamp.partition(" ")[0]]
                if not kept:  # the project has changed: nothing that was made before is right
                    self._held.clear()
                older = kept[-(CORPORA - 1) :]
                self._corpora = OrderedDict((held, self._corpora[held]) for held in older)
                self._corpora[stamp] = project.corpus()
            self._corpora.move_to_end(stamp)
            return self._corpora[stamp]

    def _stamp(self, project: Project) -> str:
        """The stamp of the project's corpus, asked for again after each change: it looks at every document."""
        change = project.change_stamp()
        closed: frozenset[int] = getattr(project, "closed", frozenset())
        if self._stamps[0] != change:
            self._stamps = (change, {})
        if closed not in self._stamps[1]:
            self._stamps[1][closed] = project.corpus_stamp()
        return self._stamps[1][closed]

    def facets(self, project: Project) -> Facets:
        """The facets of all documents, counted again after each change."""
        with self._counting:  # a lock of its own: the list of documents never waits for a corpus to be loaded
            stamp = project.change_stamp()
            if self._facets[0] != stamp:
                self._facets = (stamp, project.facets())
            return self._facets[1]

    def facet_index(self, project: Project) -> FacetIndex:
        """What the facets of a search count, read again after each change."""
        with self._counting:
            stamp = project.change_stamp()
            if self._index is None or self._index[0] != stamp:
                self._index = (stamp, project.facet_index())
            return self._index[1]

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
