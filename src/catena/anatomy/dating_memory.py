"""What the dating of a collection remembers, so that added documents do not date the others again.

A document's bounds rest on its own findings, on the dates of documents that it names or whose words it reports, and on
those that do so with it: on its neighbours, and not on how these are dated themselves. So only what is new, what shares
something else than before, and their neighbours are dated again; a law holds it equal to dating everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catena.anatomy.dating import Fields, find_mentions, opening_of

VERSION = 1  # of what is kept and of what dating looks at; another one means that everything is dated


@dataclass(frozen=True, slots=True)
class DatingMemory:
    """By document id: `stamps` change when a document is read again, `fields` are what it may be named by; `pairs` are
    (later, earlier): the one prints a name of the other."""

    stamps: Mapping[str, str]
    fields: Mapping[str, Fields]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def empty(cls) -> DatingMemory:
        """The state before any dating."""
        return cls({}, {}, frozenset())

    def find_fresh(self, stamps: Mapping[str, str]) -> set[str]:
        """What is new or was read again: all of it when a document is gone."""
        if not stamps.keys() >= self.stamps.keys():
            return set(stamps)
        return {key for key, stamp in stamps.items() if self.stamps.get(key) != stamp}

    def and_more(
        self, stamps: Mapping[str, str], fresh: Mapping[str, Fields], texts: Mapping[str, str]
    ) -> DatingMemory:
        """The state with the fields of fresh documents; `texts` holds every document by id."""
        kept = {key: self.fields[key] for key in stamps if key in self.fields and key not in fresh}
        fields = kept | dict(fresh)
        known = {pair for pair in self.pairs if pair[0] in kept and pair[1] in kept}
        found = find_mentions(((key, texts[key]) for key in fresh if key in texts), fields, fields)
        pairs = {(one.later, one.earlier) for one in found}
        if kept:
            likely = _likely(((key, texts[key]) for key in kept if key in texts), fresh)
            pairs |= {(one.later, one.earlier) for one in find_mentions(likely, fresh, fields)}
        return DatingMemory(stamps, fields, frozenset(known | pairs))

    def partners(self, documents: Collection[str]) -> set[str]:
        """The documents that name one of these, or are named by it."""
        found = {earlier for later, earlier in self.pairs if later in documents}
        return found | {later for later, earlier in self.pairs if earlier in documents}

    def to_record(self) -> dict[str, Any]:
        """The state as JSON holds it."""
        return {"version": VERSION, "stamps": self.stamps, "fields": self.fields, "pairs": sorted(self.pairs)}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> DatingMemory:
        """The state that `to_record` gave out; the empty one for another version. Raises `KeyError` for a missing
        part."""
        if record["version"] != VERSION:
            return cls.empty()
        fields = {key: tuple((field, value) for field, value in many) for key, many in record["fields"].items()}
        return cls(record["stamps"], fields, frozenset((later, earlier) for later, earlier in record["pairs"]))


def _likely(texts: Iterable[tuple[str, str]], named: Mapping[str, Fields]) -> Iterator[tuple[str, str]]:
    """The texts that hold the first words of a name: looking for words is far quicker than cutting a text into them."""
    openings = {opening_of(value) for many in named.values() for _, value in many}
    wanted = [sorted(words, key=len, reverse=True) for words in openings]
    for key, text in texts:
        if any(all(word in text for word in words) for words in wanted):
            yield key, text
