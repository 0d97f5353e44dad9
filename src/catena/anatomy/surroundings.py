"""What stands around a place in a text, by the findings on it: whose word it is, and when and where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from catena.model import Evidence, Finding, Span, Value
from catena.text import find_sentences


@dataclass(frozen=True, slots=True)
class Told:
    """What the surroundings say of a place: the id of the voice, and roles, values and evidence for a finding."""

    voice: str | None = None
    roles: dict[str, Span] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


class Surroundings:
    """The sentences of a text with its attributions, dates and places, ready to be asked many times."""

    def __init__(self, text: str, around: Sequence[Finding]) -> None:
        self.text = text
        self._sentences: tuple[Span, ...] | None = None
        # "Answer: about 2,400" names a part of the document and nobody who speaks.
        labels = {one.place.start for one in around if one.kind == "section"}
        self.voices = [
            one
            for one in around
            if one.kind == "attribution"
            and not any(span.start in labels for span in _before_colon(text, one))
            and not any(reason.code == "turn-label" for reason in one.evidence)
        ]
        self.dates = [one for one in around if one.kind == "date" and is_day(one)]
        self.days = [span for one in around if one.kind == "date" for span in one.spans("content")]
        self.names = [one for one in around if one.kind == "name"]
        self.places = [one for one in around if one.kind == "name" and one.value("type") == "place"]

    def sentence(self, place: Span) -> Span:
        """The sentence in which `place` begins; the whole text when none holds it."""
        if self._sentences is None:
            self._sentences = find_sentences(self.text)
        number = bisect_right(self._sentences, place.start, key=lambda one: one.start) - 1
        if number >= 0 and place.start < self._sentences[number].end:
            return self._sentences[number]
        return Span(0, len(self.text))

    def voice(self, place: Span) -> tuple[Finding, Span] | None:
        """The innermost attribution whose content covers `place`, with that content."""
        covering = [
            (len(span), number, one, span)
            for number, one in enumerate(self.voices)
            for span in one.spans("content")
            if span.contains(place)
        ]
        if not covering:
            return None
        # Of two on the same words the later is the inner one: a voice that reports another comes before it.
        best = min(covering, key=lambda each: (each[0], -each[1]))
        return best[2], best[3]


def _before_colon(text: str, voice: Finding) -> tuple[Span, ...]:
    """The source of an attribution where a colon follows it."""
    return tuple(span for span in voice.spans("source") if text[span.end : span.end + 2].lstrip()[:1] in (":", "："))


def is_day(date: Finding) -> bool:
    """True for a date that says when something was: settled, no length, no deadline, and no longer than a year."""
    start, end = date.value("start"), date.value("end")
    if start is None or end is None or date.value("relation") in ("until", "before", "by", "since"):
        return False
    return date.value("rule") not in ("past-stretch", "coming-stretch") and str(start)[:3] == str(end)[:3]


def printed_days(around: Iterable[Finding]) -> frozenset[Span]:
    """The places of dates that the text prints in full: one counted from the document's own date proves nothing."""
    return frozenset(
        span
        for one in around
        if one.kind == "date" and not any(reason.code == "from-document-date" for reason in one.evidence)
        for span in one.spans("content")
    )


def look_up(surroundings: Surroundings, place: Span) -> Told:
    """Whose word `place` is, and the nearest date and place of its sentence, within the words reported."""
    held = surroundings.voice(place)
    reach = surroundings.sentence(place)
    roles: dict[str, Span] = {}
    values: dict[str, Value] = {}
    evidence: list[Evidence] = []
    if held is None:
        evidence.append(Evidence("no-voice", "nobody is named for it but the document itself"))
    else:
        voice, content = held
        reach = content.intersect(reach) or content
        values["voice"] = passed_on(surroundings, voice, content, place) or name_voice(voice, surroundings)
        evidence.append(Evidence("reported", "", next(iter(voice.spans("source")), None)))
    when = nearest(surroundings.dates, place, reach)
    if when is not None:
        roles["when"] = when.spans("content")[0]
        values |= {"when_start": when.value("start"), "when_end": when.value("end")}
    where = nearest(surroundings.places, place, reach)
    if where is not None:
        roles["where"] = where.spans("content")[0]
        values |= {"where": str(where.value("name")), "where_key": where.value("key")}
    return Told(held[0].id if held else None, roles, values, tuple(evidence))


_COMMA = re.compile(r"\s?[,،]\s?")
_FROM = re.compile(r"(?<!\w)عن\s\Z")
_THAT = re.compile(r"\s(?:أن|إن|بأن|أنه|أنها|بأنه|بأنها)(?!\w)")


def passed_on(surroundings: Surroundings, voice: Finding, content: Span, place: Span) -> str | None:
    """Whom an outlet passes on: "نقلت وكالة … عن مصدر في الإدارة أن" is the source's word; `None` where nobody is."""
    text = surroundings.text
    if not voice.spans("cue") or not _FROM.search(text, max(0, content.start - 6), content.start):
        return None
    that = _THAT.search(text, content.start, place.start)
    return " ".join(text[content.start : that.start()].split()) if that else None


def name_voice(voice: Finding, surroundings: Surroundings) -> str | None:
    """The name under which an attribution's voice is shown: its speaker, in the full form that the names show.

    A name around the source ("газета «Берег»"), or the person after the office that opens it, is the fuller form. What
    is a date ("two days ago") is no source, and the outlet takes its place. `None` when nobody is named.
    """
    if any(reason.code == "source-not-named" for reason in voice.evidence):
        return None
    source = next(iter(voice.spans("source")), None)
    if source is None:
        return str(voice.value("speaker") or "") or None
    if any(day.contains(source) for day in surroundings.days):
        return voice.text("outlet") or None
    for one in surroundings.names:
        place = one.spans("content")[0]
        opening = next(iter(one.spans("title")), place)
        if place.contains(source) or (opening.start == source.start and place.end == source.end):
            return str(one.value("name"))
    apposed = _apposed(surroundings, source)
    if apposed:
        return apposed
    return str(voice.value("speaker") or voice.text("source")) or None


def _apposed(surroundings: Surroundings, source: Span) -> str | None:
    """The person named between commas behind an office: "According to the minister, Viktor Lamm, it cost …"."""
    for one in surroundings.names:
        place = one.spans("content")[0]
        text = surroundings.text
        before, after = text[source.end : max(source.end, place.start)], text[place.end : place.end + 2]
        person = one.value("type") is None and " " in str(one.value("name"))
        if person and _COMMA.fullmatch(before) and _COMMA.match(after):
            return str(one.value("name"))
    return None


def nearest(findings: Iterable[Finding], place: Span, reach: Span) -> Finding | None:
    """The finding inside `reach` with the fewest characters between it and `place`; the later of two as near."""
    inside = [one for one in findings if reach.contains(one.place) and not one.place.overlaps(place)]
    return min(inside, key=lambda one: (gap(one.place, place), -one.place.start), default=None)


def gap(one: Span, other: Span) -> int:
    """Characters between two spans; 0 when they touch or overlap."""
    return max(0, one.start - other.end, other.start - one.end)
