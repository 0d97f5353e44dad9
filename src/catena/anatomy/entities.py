"""Names of the whole collection grouped to entities, by evidence that is shown: never by likeness alone.

Two forms are one entity when they share a spelling key (within and across scripts), when one is the acronym that a
document introduces behind the other, or when the alias list says so. Types never mix: a state that shares its name
with a group stays another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from catena.anatomy.collection import Source
from catena.anatomy.lexicon import PlaceLexicon
from catena.anatomy.proper_names import to_plain_key
from catena.model import Evidence, Finding


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, place, organisation, state or medium: `name` is its fullest common form, `forms` all as printed.

    `mentions` are its findings in order of document and place.
    """

    type: str
    name: str
    forms: tuple[str, ...]
    mentions: tuple[tuple[Source, Finding], ...]
    reasons: tuple[Evidence, ...]


def group_names(sources: Sequence[Source], lexicon: PlaceLexicon) -> tuple[Entity, ...]:
    """The entities of a collection, those with most mentions first.

    A name without a key (a lone word that no longer name explains) is an entity of its document alone.
    """
    aliases = {to_plain_key(form): to_plain_key(group[0]) for group in lexicon.aliases for form in group}
    groups: dict[tuple[str, str], list[tuple[Source, Finding]]] = defaultdict(list)
    reasons: dict[tuple[str, str], dict[str, Evidence]] = defaultdict(dict)
    for source in sources:
        for one in source.of("name"):
            kind, name = str(one.value("type") or "person"), str(one.value("name"))
            own = to_plain_key(name)
            key = str(one.value("key") or f"{own} {source.id}")
            home = kind, aliases.get(own, key if own not in aliases.values() else own)
            groups[home].append((source, one))
            code = "alias-list" if own in aliases else _reason(one)
            reasons[home].setdefault(code, Evidence(code, name))
    found = [_entity(kind, many, tuple(reasons[kind, key].values())) for (kind, key), many in groups.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.mentions), one.name)))


def _reason(name: Finding) -> str:
    codes = {reason.code for reason in name.evidence}
    return next(
        (code for code in ("acronym", "last-name-again", "ends-longer-name", "begins-longer-name") if code in codes),
        "same-key",
    )


def _entity(kind: str, mentions: list[tuple[Source, Finding]], reasons: tuple[Evidence, ...]) -> Entity:
    counted = Counter(str(one.value("name")) for _, one in mentions)
    best = max(counted, key=lambda form: (len(form.split()), counted[form], form))
    return Entity(kind, best, tuple(counted), tuple(mentions), reasons)
