"""What pairing translations remembers: the profile of each document, and a digest of what was said of it.

Pairs are found anew after every change, since a new document may be a better match for an old one; that is quick, for
candidates share rare keys. Reading a document's findings for its profile is what is spared.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from catena.model import Finding
from catena.transmission.memory import digest
from catena.transmission.translations import Key, Profile

VERSION = 1  # of the profiles; another one means that they are made again


@dataclass(frozen=True, slots=True)
class TranslationMemory:
    """By document id: profiles, and digests of the findings that were written."""

    profiles: Mapping[str, Profile]
    said: Mapping[str, str]

    @classmethod
    def empty(cls) -> TranslationMemory:
        """The state before any pairing."""
        return cls({}, {})

    def without(self, documents: Collection[str]) -> TranslationMemory:
        """The state without what was read again."""
        return TranslationMemory(
            {key: one for key, one in self.profiles.items() if key not in documents},
            {key: one for key, one in self.said.items() if key not in documents},
        )

    def to_record(self) -> dict[str, Any]:
        """The state as JSON holds it."""
        profiles = {
            key: [one.language, one.length, one.paragraphs, [[k.kind, k.text, k.start, k.end] for k in one.keys]]
            for key, one in self.profiles.items()
        }
        return {"version": VERSION, "profiles": profiles, "said": self.said}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> TranslationMemory:
        """The state that `to_record` gave out; the empty one for another version. Raises `KeyError` for a missing
        part."""
        if record["version"] != VERSION:
            return cls.empty()
        profiles = {
            key: Profile(key, language, length, paragraphs, tuple(Key(*one) for one in keys))
            for key, (language, length, paragraphs, keys) in record["profiles"].items()
        }
        return cls(profiles, record["said"])


def find_said(found: Mapping[str, tuple[Finding, ...]]) -> dict[str, str]:
    """A digest of the findings of each document: two equal ones say the same, reasons included."""
    return {key: digest(sorted(map(repr, many))) for key, many in found.items() if many}
