"""What stands around a date: "this year" behind it, "early" or "since" before it, a weekday beside it, a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from catena.anatomy.dates.types import Dated
from catena.anatomy.lexicon import DateLexicon
from catena.anatomy.scan import alternation, bare
from catena.model import Evidence, Span

_CLAUSE = re.compile(r"[.!?:;؟؛\n“«\"]")
_BEFORE = 40  # code points before a date in which "since the beginning of" stands
_REACH = 300  # code points of a clause that are searched for its verb
_OPENING = 3  # words before a date that opens its clause, whose verb then follows
_COARSE = ("month", "year", "decade", "century", "season")
_BESIDE = re.compile(r"[\s,،(]*(?:the|den|dem|le|то есть)?\s*")
_BLOCKED = 12  # code points before a weekday in which "every" stands


@dataclass(frozen=True, slots=True)
class _Around:
    suffix: re.Pattern[str]
    part: re.Pattern[str]
    relation: re.Pattern[str]
    blocker: re.Pattern[str]
    future: re.Pattern[str]
    past: re.Pattern[str]
    suffixes: Mapping[str, str]
    parts: Mapping[str, str]
    relations: Mapping[str, str]


@lru_cache(maxsize=4)
def _around(lexicon: DateLexicon) -> _Around:
    def before(words: str) -> re.Pattern[str]:
        return re.compile(
            rf"(?<!\w)[وف]?(?P<word>(?i:{words}))[\s-]*(?:the|of the|des|der|du|le|la|عام|سنة|شهر|يوم)?\s*\Z"
        )

    return _Around(
        suffix=re.compile(rf"[\s,،]+(?P<word>(?i:{alternation(word for word, _ in lexicon.suffixes)}))(?!\w)"),
        part=before(alternation(word for word, _ in lexicon.parts)),
        relation=before(alternation(word for word, _ in lexicon.relations)),
        blocker=re.compile(rf"(?<!\w)(?i:{alternation(lexicon.weekday_blockers)})\s+(?:\w{{1,4}}\s)?\Z"),
        future=re.compile(rf"(?<!\w)(?:(?i:{alternation(lexicon.future)})(?!\w)|[وف]?{lexicon.future_prefix})"),
        past=re.compile(rf"(?<!\w)(?:(?i:{alternation(lexicon.past)})|(?:{lexicon.past_pattern}))(?!\w)"),
        suffixes={bare(word): name for word, name in lexicon.suffixes},
        parts={bare(word): name for word, name in lexicon.parts},
        relations={bare(word): name for word, name in lexicon.relations},
    )


def look_around(found: list[Dated], plain: str, lexicon: DateLexicon) -> list[Dated]:
    """The dates of `found` (in order of place) with what their surroundings add; recurring weekdays are dropped."""
    around = _around(lexicon)
    kept = _without_weekdays(_dated_events(found, plain), plain, around)
    numbers = [place for place, one in enumerate(kept) if one.open is None or one.open.means not in ("duration", "age")]
    for place in numbers:
        one = _suffix(kept[place], plain, around)
        one = _prefix(one, plain, around)
        kept[place] = _tense(one, plain, around)
    return [one for place, one in enumerate(kept) if not place or one.span.start >= kept[place - 1].span.end]


def _dated_events(found: list[Dated], plain: str) -> list[Dated]:
    """ "Since the flood of 2013": the year dates the event, so that one date is left, since that year."""
    kept: list[Dated] = []
    for one in found:
        event = kept[-1] if kept and kept[-1].rule == "since-event" and one.rule == "year" else None
        if event and not plain[event.span.end : one.span.start].strip():
            kept[-1] = replace(one, relation="since")
        else:
            kept.append(one)
    return kept


def _suffix(one: Dated, plain: str, around: _Around) -> Dated:
    """ "28 February this year": the suffix belongs to the date and says which year."""
    if one.open is None or one.open.means not in ("day", "month", "range") or one.open.direction != "near":
        return one
    match = around.suffix.match(plain, one.span.end)
    if match is None:
        return one
    waiting = replace(one.open, direction=around.suffixes[bare(match["word"])])
    return replace(one, span=Span(one.span.start, match.end("word")), open=waiting)


def _prefix(one: Dated, plain: str, around: _Around) -> Dated:
    """ "early 2014", "since March": words before the date, or at the beginning of its span ("since 2014")."""
    at = one.span.start
    if one.rule == "year":
        at = one.span.end - len(re.search(r"\d.*\Z", plain[: one.span.end][-12:], re.DOTALL)[0])  # type: ignore[index]
    if one.precision in _COARSE:
        match = around.part.search(plain, max(0, at - _BEFORE), at)
        if match is not None:
            at = match.start("word")
            span = Span(min(one.span.start, at), one.span.end)
            one = replace(one, span=span, more=(*one.more, ("part", around.parts[bare(match["word"])])))
    match = around.relation.search(plain, max(0, at - _BEFORE), at)
    if match is not None and one.relation == "at":
        one = replace(one, relation=around.relations[bare(match["word"])])
    return one


def _tense(one: Dated, plain: str, around: _Around) -> Dated:
    if one.open is None or one.start is not None:
        return one
    lead = _CLAUSE.split(plain[max(0, one.span.start - _REACH) : one.span.start])[-1]
    if len(lead.split()) <= _OPENING:
        lead += _CLAUSE.split(plain[one.span.end : one.span.end + _REACH])[0]
    tense = "future" if around.future.search(lead) else "past" if around.past.search(lead) else ""
    return replace(one, open=replace(one.open, tense=tense))


def _without_weekdays(found: list[Dated], plain: str, around: _Around) -> list[Dated]:
    """Weekdays without those that recur ("every Friday") and those beside a day, which are held against it."""
    kept: list[Dated] = []
    for place, one in enumerate(found):
        if not _is_bare(one):
            kept.append(one)
            continue
        if around.blocker.search(plain, max(0, one.span.start - _BLOCKED), one.span.start):
            continue
        beside = next(iter(_beside(found, place, plain)), None)
        if beside is None:
            kept.append(one)
    weekdays = {one.span: one for one in found if _is_bare(one)}
    return [_check(one, found, plain, weekdays) for one in kept]


def _is_bare(one: Dated) -> bool:
    """True for a weekday alone: "last Tuesday" is a date of its own."""
    return one.rule == "weekday" and one.open is not None and one.open.direction == "near"


def _beside(found: list[Dated], place: int, plain: str) -> Iterator[Dated]:
    """The neighbours of the date at `place` that name a day, with nothing but a comma or an article between."""
    for other in found[max(0, place - 1) : place] + found[place + 1 : place + 2]:
        left, right = sorted((found[place], other), key=lambda each: each.span)
        if other.day and other.rule != "range" and _BESIDE.fullmatch(plain[left.span.end : right.span.start]):
            yield other


def _check(one: Dated, found: list[Dated], plain: str, weekdays: Mapping[Span, Dated]) -> Dated:
    """A day with its weekday printed beside it: do they agree?"""
    if one.start is None or one.start != one.end or not one.day:
        return one
    for other in _beside_weekday(one, plain, weekdays):
        agrees = other.open is not None and one.start.weekday() + 1 == other.open.number
        code = "weekday-agrees" if agrees else "weekday-differs"
        return replace(one, notes=(*one.notes, Evidence(code, "", other.span)))
    return one


def _beside_weekday(one: Dated, plain: str, weekdays: Mapping[Span, Dated]) -> Iterator[Dated]:
    for span, other in weekdays.items():
        left, right = sorted((one.span, span))
        if left.end <= right.start and _BESIDE.fullmatch(plain[left.end : right.start]):
            yield other
