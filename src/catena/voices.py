"""Who speaks, how often, and on whose word: counts by voice and the network of who reports whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from catena.attribution.voices import longer_names, voice_key
from catena.exporters.graphs import Edge, Graph, Node
from catena.lexicons.credits import load_credits
from catena.model import Span
from catena.store import DocumentRow, Project
from catena.store.types import Attribution


@dataclass(frozen=True, slots=True)
class VoiceCount:
    """One voice. `name` is the fullest spelling; `passages` and `documents` count what it says.

    `reporters` are the voices and outlets on whose word that stands, most frequent first.
    """

    name: str
    passages: int
    documents: int
    reporters: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """Everybody who is said to speak, most frequent first, and (reporter, speaker) pairs with their counts."""

    counts: tuple[VoiceCount, ...]
    pairs: tuple[tuple[str, str, int], ...]
    unnamed: int


def count_voices(project: Project) -> Voices:
    """Every attribution of the current versions. Names that differ in case, marks, letter forms or an article in front
    (“the Herald”, “the newspaper Herald”) are one voice, and so are a last name and the one longer name of its document
    that ends with it.
    """
    rows = project.attributions()
    passages: Counter[str] = Counter()
    documents: dict[str, set[int]] = defaultdict(set)
    pairs: Counter[tuple[str, str]] = Counter()
    for row, who, reporters in _tell(rows):
        passages[who] += 1
        documents[who].add(row.document)
        for reporter in reporters:
            pairs[reporter, who] += 1
    order = sorted(passages, key=lambda name: (-passages[name], name))
    return Voices(
        tuple(VoiceCount(name, passages[name], len(documents[name]), _reporters(pairs, name)) for name in order),
        tuple(
            (first, second, count) for (first, second), count in sorted(pairs.items(), key=lambda one: (-one[1], one))
        ),
        sum(not row.speaker for row in rows),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """One passage that a voice says: where it stands, its words, how it is introduced, and on whose word."""

    document: DocumentRow
    span: Span
    words: str
    cue: str
    reporters: tuple[str, ...]


def list_said(project: Project, voice: str, by: str = "") -> tuple[Said, ...]:
    """What `voice` says, by date, path and place; with `by` only what stands on the word of that voice or outlet.

    Names are those of `count_voices`, so that as many passages come as are counted there. Nobody so called: nothing.
    """
    key, other = name_key(voice), name_key(by)
    wanted: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row, who, reporters in _tell(project.attributions()):
        if name_key(who) == key and (not other or other in map(name_key, reporters)):
            wanted[row.document][row.id] = reporters
    rows = {row.number: row for row in project.documents()}
    order = sorted(wanted.items(), key=lambda one: (not rows[one[0]].date, rows[one[0]].date, rows[one[0]].path))
    return tuple(
        Said(
            rows[number], finding.spans("content")[0] if finding.spans("content") else finding.place,
            finding.text("content"), finding.text("cue"), held[finding.id],
        )
        for number, held in order
        for finding in project.findings(rows[number].id, {"attribution"})
        if finding.id in held
    )  # fmt: skip


def find_speakers(project: Project, hits: Sequence[tuple[int, Span]]) -> tuple[str, ...]:
    """Who says each of some passages, given as number of the document and span.

    The voice of the narrowest report around it; "" for the document itself.
    """
    wanted: dict[int, list[int]] = defaultdict(list)
    for at, (number, _) in enumerate(hits):
        wanted[number].append(at)
    names = {(row.document, row.id): who for row, who, _ in _tell(project.attributions()) if row.document in wanted}
    found = [""] * len(hits)
    for number, places in wanted.items():
        said = [
            (span, names[number, one.id])
            for one in project.findings(number, {"attribution"})
            if (number, one.id) in names
            for span in one.spans("content")
        ]
        for at in places:
            hit = hits[at][1]
            around = [(len(span), who) for span, who in said if span.start <= hit.start and hit.end <= span.end]
            found[at] = min(around)[1] if around else ""
    return tuple(found)


def _tell(rows: Sequence[Attribution]) -> Iterator[tuple[Attribution, str, tuple[str, ...]]]:
    """Each attribution with a speaker, with the voice it is, and the voices on whose word it stands, by name."""
    shown = _shown(rows)
    speakers = {(row.document, row.id): row.speaker for row in rows}
    for row in rows:
        if row.speaker:
            who = shown[row.document, row.speaker]
            outer = speakers.get((row.document, row.parent or ""), "")
            reporters = {shown[row.document, name] for name in (outer, row.outlet) if name} - {who}
            yield row, who, tuple(sorted(reporters))


def name_key(name: str) -> str:
    """What spellings of one voice share: folded, without an article or a word such as “newspaper” in front."""
    key = voice_key(name)
    return next((key.removeprefix(f"{one} ") for one in _articles() if key.startswith(f"{one} ")), key)


@cache
def _articles() -> tuple[str, ...]:
    return tuple(sorted(map(voice_key, load_credits().articles), key=len, reverse=True))


def _shown(rows: Sequence[Attribution]) -> dict[tuple[int, str], str]:
    """(document, printed name) -> the spelling of that voice that is shown: the fullest, then the most frequent."""
    printed: dict[int, Counter[str]] = defaultdict(Counter)
    for row in rows:
        printed[row.document].update(name for name in (row.speaker, row.outlet) if name)
    keys: dict[tuple[int, str], str] = {}
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for document, names in printed.items():
        longer = longer_names(names)
        for name, count in names.items():
            key = name_key(longer.get(voice_key(name), name))
            keys[document, name] = key
            spellings[key][name] += count
    best = {
        key: min(names, key=lambda name: (-len(name_key(name).split()), -names[name], name))
        for key, names in spellings.items()
    }
    return {place: best[key] for place, key in keys.items()}


def _reporters(pairs: Counter[tuple[str, str]], name: str) -> tuple[tuple[str, int], ...]:
    found = [(first, count) for (first, second), count in pairs.items() if second == name]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))


def to_graph(voices: Voices) -> Graph:
    """The network: an arrow from who reports to who is reported."""
    known = {one.name: one for one in voices.counts}
    names = list(dict.fromkeys([*known, *(name for first, second, _ in voices.pairs for name in (first, second))]))
    ids = {name: f"v{number}" for number, name in enumerate(names)}
    nodes = tuple(Node(ids[name], name, {"passages": known[name].passages if name in known else 0}) for name in names)
    edges = tuple(Edge(ids[first], ids[second], count, {"kind": "reports"}) for first, second, count in voices.pairs)
    return Graph("Who is reported by whom", nodes, edges)
