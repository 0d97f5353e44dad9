"""What the dating of a collection remembers, so that added documents do not date the others again.

A document's bounds rest on its own findings, on the dates of documents that it names or whose words it reports, and on
those that do so with it: on its neighbours, and not on how these are dated themselves. So only what is new, what shares
something else than before, and their neighbours are dated again; a law holds it equal to dating everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catena.anatomy.mentions import Fields, Name, find_mentions, find_telling, keep_telling, opening_of

VERSION = 2  # of what is kept and of what dating looks at; another one means that everything is dated


Pair = tuple[str, str, Name]


@dataclass(frozen=True, slots=True)
class DatingMemory:
    """By document id: `stamps` change when a document is read again, `fields` are the names that it bears; `pairs` are
    (later, earlier, name): the one prints a name of the other."""

    stamps: Mapping[str, str]
    fields: Mapping[str, Fields]
    pairs: frozenset[Pair]

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
        before, telling = self.telling, find_telling(fields)
        known = {one for one in self.pairs if one[0] in kept and one[1] in kept and one[2] in telling}
        found = list(
            find_mentions(((key, texts[key]) for key in fresh if key in texts), keep_telling(fields, telling), fields)
        )
        # In texts that were looked through, new names: those of fresh documents, and those that too many bore before.
        others = {
            key: tuple(name for name in many if key in fresh or name not in before) for key, many in fields.items()
        }
        named = keep_telling(others, telling)
        if kept and named:
            found += find_mentions(_likely(((key, texts[key]) for key in kept if key in texts), named), named, fields)
        pairs = {(one.later, one.earlier, (one.field, one.value)) for one in found}
        return DatingMemory(stamps, fields, frozenset(known | pairs))

    @property
    def telling(self) -> frozenset[Name]:
        """The names that name a document."""
        return find_telling(self.fields)

    def partners(self, documents: Collection[str]) -> set[str]:
        """The documents that name one of these, or are named by it."""
        found = {earlier for later, earlier, _ in self.pairs if later in documents}
        return found | {later for later, earlier, _ in self.pairs if earlier in documents}

    def ends_apart(self, other: DatingMemory) -> set[str]:
        """The documents of the pairs that only one of the two holds."""
        return {end for later, earlier, _ in self.pairs ^ other.pairs for end in (later, earlier)}

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
        return cls(record["stamps"], fields, frozenset(_to_pair(*one) for one in record["pairs"]))


def _to_pair(later: str, earlier: str, name: Iterable[str]) -> Pair:
    field, value = name
    return later, earlier, (field, value)


def _likely(texts: Iterable[tuple[str, str]], named: Mapping[str, Fields]) -> Iterator[tuple[str, str]]:
    """The texts that hold the first words of a name: looking for words is far quicker than cutting a text into them."""
    openings = {opening_of(value) for many in named.values() for _, value in many}
    wanted = [sorted(words, key=len, reverse=True) for words in openings]
    for key, text in texts:
        if any(all(word in text for word in words) for words in wanted):
            yield key, text
