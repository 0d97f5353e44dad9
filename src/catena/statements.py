"""Who speaks in a collection, and what each voice says: attributions gathered by speaker.

A voice is a printed name, folded. A single word that ends one longer name of the same document is that person: after
“Lena Dahl”, “Dahl” is she. Statements without a named speaker are gathered under `source not named`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from catena.attribution.voices import longer_names, voice_key
from catena.margin import NOT_NAMED
from catena.model import Finding


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a voice says: `start` to `end` are code points of the document at `path`."""

    path: str
    start: int
    end: int
    mode: str
    modality: str
    cue: str
    words: str
    finding: str


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """A voice with its statements in order of documents and places. `names` are its spellings, the fullest first."""

    voice: str
    names: tuple[str, ...]
    documents: int
    statements: tuple[Statement, ...]

    def count(self, mode: str) -> int:
        """Statements of one mode: direct, indirect or reported."""
        return sum(statement.mode == mode for statement in self.statements)


def gather_voices(rows: Iterable[tuple[str, Finding, str]]) -> tuple[VoiceRow, ...]:
    """The voices of a collection, those with most statements first. `rows` are (document path, finding, text)."""
    said: dict[str, list[tuple[str, Finding]]] = defaultdict(list)
    for path, finding, _ in rows:
        if finding.kind == "attribution":
            said[path].append((_printed(finding), finding))
    found: dict[str, list[tuple[str, str, Finding]]] = defaultdict(list)
    for path, many in said.items():
        longer = longer_names(name for name, _ in many if name != NOT_NAMED)
        for name, finding in many:
            found[voice_key(longer.get(voice_key(name), name))].append((name, path, finding))
    made = [_row(many) for many in found.values()]
    return tuple(sorted(made, key=lambda row: (-len(row.statements), row.voice)))


def find_voice(voices: Iterable[VoiceRow], name: str) -> VoiceRow | None:
    """The voice that is called `name` in any of its spellings, or the only one that holds it as a word."""
    wanted, everything = voice_key(name), tuple(voices)
    whole = next((row for row in everything if wanted in map(voice_key, row.names)), None)
    parts = [row for row in everything if any(wanted in voice_key(other).split() for other in row.names)]
    return whole or (parts[0] if len(parts) == 1 else None)


def _printed(finding: Finding) -> str:
    named = finding.value("source_type") in ("named", "pronoun")
    speaker = str(finding.value("speaker") or "")
    return " ".join((speaker if named else speaker or finding.text("source")).split()) or NOT_NAMED


def _row(many: list[tuple[str, str, Finding]]) -> VoiceRow:
    spellings = Counter(name for name, _, _ in many)
    names = tuple(name for name, _ in sorted(spellings.items(), key=lambda item: (-len(item[0].split()), -item[1])))
    statements = tuple(_statement(path, finding) for _, path, finding in many)
    return VoiceRow(names[0], names, len({path for _, path, _ in many}), statements)


def _statement(path: str, finding: Finding) -> Statement:
    spans = finding.spans("content")
    place = spans[0] if spans else finding.place
    return Statement(
        path=path,
        start=place.start,
        end=spans[-1].end if spans else place.end,
        mode=str(finding.value("mode") or ""),
        modality=str(finding.value("modality") or "asserted"),
        cue=finding.text("cue"),
        words=" ".join(finding.text("content").split()),
        finding=finding.id,
    )
