"""Events: what is reported to have happened, with when, where, who took part, and on whose word.

An event is claimed only where a verb or noun of `events.yaml` stands in a sentence together with a date or a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catena.anatomy.dates import read_document_date
from catena.anatomy.lexicon import EventLexicon
from catena.anatomy.scan import alternation, bare, find_menus, is_in, plain
from catena.anatomy.surroundings import Surroundings, Told, look_up, printed_days
from catena.model import Document, Evidence, Finding, MadeBy, Span, Value, cover, make_finding

MADE_BY = MadeBy("events", "1")
_LEAD = 40  # code points before a verb in which "will" or "not" is looked for
_BREAK = re.compile(r"[.!?;:؟؛\n]")


@dataclass(frozen=True, slots=True)
class _Patterns:
    trigger: re.Pattern[str]
    announced: re.Pattern[str]
    denied: re.Pattern[str]
    types: dict[str, str]


@lru_cache(maxsize=4)
def _patterns(lexicon: EventLexicon) -> _Patterns:
    words = alternation(form for form, _ in lexicon.forms)
    return _Patterns(
        trigger=re.compile(rf"(?<![\w-])(?:[وف]?(?:ال)?)?(?P<cue>(?i:{words}))(?![\w-])"),
        announced=re.compile(rf"(?<!\w)(?i:{alternation(lexicon.announced)})(?!\w)"),
        denied=re.compile(rf"(?<!\w)(?i:{alternation(lexicon.denied)})(?!\w)"),
        types={bare(form): kind for form, kind in lexicon.forms},
    )


def find_events(document: Document, lexicon: EventLexicon, *, around: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings "event" in order of place; roles `content`, `cue`, and where told `when`, `where`, `participants`.

    Values: `type`, `status` (happened, announced), `when_start` and `when_end` (ISO days), `where`, `voice`. Parent:
    the attribution on whose word it is told. `around` are findings of the document: attributions, dates and names.
    A denied event is none.
    """
    patterns = _patterns(lexicon)
    surroundings = Surroundings(document.text, around)
    menus = find_menus(document)
    today = read_document_date(document, around)
    printed = printed_days(around)
    people = [one for one in around if one.kind == "name" and one.value("type") != "place"]
    found: dict[tuple[Span, str], Finding] = {}
    for match in patterns.trigger.finditer(document.text):
        cue = Span(*match.span("cue"))
        kind = patterns.types[bare(match["cue"])]
        if plain(match[0]) in lexicon.not_events:
            continue
        key = surroundings.sentence(cue), kind
        if key in found or is_in(cue, menus):
            continue
        lead = _BREAK.split(document.text[max(0, cue.start - _LEAD) : cue.start])[-1]
        if patterns.denied.search(lead):
            continue
        told = look_up(surroundings, cue)
        if "when" not in told.roles and "where" not in told.roles:
            continue
        later = today is not None and str(told.values.get("when_start") or "") > today.isoformat()
        if kind in lexicon.never_announced:
            # A printed later day is told all the same: a conflict for who dates the document. A counted one is no day.
            later = later and told.roles["when"] not in printed
            if later or patterns.announced.search(lead):
                continue
            later = False
        status = "announced" if later or patterns.announced.search(lead) else "happened"
        found[key] = _finding(document, cue, (kind, status), told, list(_participants(people, key[0], told)))
    return tuple(sorted(found.values(), key=lambda one: (one.place, one.id)))


def _participants(people: Sequence[Finding], sentence: Span, told: Told) -> Iterator[Span]:
    """Names in the sentence, but the voice that reports: to tell of an event is not to take part in it."""
    voice = bare(str(told.values.get("voice") or "")).removeprefix("the ")
    for one in people:
        if sentence.contains(one.place) and bare(str(one.value("name"))) not in (*voice.split(", "), voice):
            yield one.spans("content")[0]


def _finding(document: Document, cue: Span, what: tuple[str, str], told: Told, participants: list[Span]) -> Finding:
    values: dict[str, Value] = {"type": what[0], "status": what[1], **told.values}
    roles: dict[str, Span | list[Span]] = {"content": cover((cue, *told.roles.values())), "cue": cue, **told.roles}
    if participants:
        roles["participants"] = participants
    return make_finding(
        document, "event", roles, MADE_BY, values=values, parent=told.voice,
        evidence=[Evidence("trigger", bare(cue.of(document.text)), cue), *told.evidence],
    )  # fmt: skip
