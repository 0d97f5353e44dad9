"""Expressions of time in words, by the forms of `date-phrases.yaml`.

A form is a little pattern with slots (`{n} {u} ago`); `_compile` turns it into a regular expression once a lexicon.
`scan_phrases` tries the forms in the order of the file over the text with plain digits; what an earlier form took is
left alone by the later ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from catena.anatomy.dates.explicit import guess_calendar
from catena.anatomy.dates.lengths import to_length
from catena.anatomy.dates.stretches import (
    nth_weekday,
    read_century,
    read_decade,
    read_part_of_year,
    read_range,
    read_season_year,
)
from catena.anatomy.dates.types import Dated, Open
from catena.anatomy.lexicon import DateLexicon, DatePhrase
from catena.anatomy.numbers import MASK, MONTH_MASK, Masked
from catena.anatomy.scan import MARKS, alternation, bare
from catena.model import Span

_SPACE = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"
_TOKEN = re.compile(r"\{(?P<slot>\w+)\}|(?P<gap> > )|(?P<raw>\[[^\]]*\]|\\.)|(?P<sign>[()|?])|(?P<space> )|(?P<char>.)")
_ARABIC = re.compile("[\u0621-\u064a\u067e-\u06d3]")
_START = r"(?<![\w./:+-])(?:[وفبل](?=[\u0621-\u064a\ue000]{3}))?"
_END = r"(?![\w]|[-/]\d|[.,]\d)"
_HIJRI = re.compile(r"الهجري|هجری| AH\b")
_BRACKETS = re.compile(r"\([^()]*\)\??|\[[^\]]*\]\??|\{\w+\}|\\.\??|\w\?")
_CHOICE = re.compile(r"(?<![)\w])\(([^()]*)\)(?!\?)(?![^()]*\)\?)")
_MASKED = ("m", "n")
_RARE = ("cu", "m", "s", "w", "wb", "dual", "dec", "v", "e", "y", "dd", "u", "n")
_SLOT = re.compile(r"\{(" + "|".join(_RARE) + r")\}")
_LITERAL = re.compile(r"[^\W\d_]+")
_NEAR = 160  # code points before and after a month or word within which its form lies; none is nearly as long
_MONTHS = re.compile(rf"{MONTH_MASK}+")
_MARK = re.compile(f"{MARKS[:-1]}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ROMAN = {"I": 1, "V": 5, "X": 10}
_FALL = (3, "gregorian")  # not in the list of seasons: the word is too often a fall of another kind
LONGEST_YEARS = 3000  # a longer stretch is a number of something else


@dataclass(frozen=True, slots=True)
class Form:
    """One form, ready for use.

    It can match only a text that holds one word of each of `needs` (as `bare` leaves it) and something for each of its
    `slots`. `masked`: it holds numbers or months, and is tried over the masked text.
    """

    phrase: DatePhrase
    source: str
    needs: tuple[tuple[str, ...], ...]
    slots: tuple[str, ...]
    masked: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """The lists of a lexicon as maps, keyed by `bare` forms."""

    forms: tuple[Form, ...]
    slots: Mapping[str, re.Pattern[str]]
    months: Mapping[str, tuple[str, int]]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[int, str]]
    units: Mapping[str, str]
    duals: Mapping[str, str]
    owners: Mapping[str, str]
    vague: Mapping[str, tuple[int, int]]
    ordinals: Mapping[str, int]
    decades: Mapping[str, int]
    relative: Mapping[str, tuple[str, int, str]]
    current: Mapping[str, tuple[str, str]]
    fixed: re.Pattern[str]


def scan_phrases(masked: Masked, lexicon: DateLexicon, busy: bytearray, means: tuple[str, ...]) -> Iterator[Dated]:
    """The phrases of these `means`, form by form; `busy` marks code points that are taken, and is marked."""
    plain = masked.plain
    tables = read_tables(lexicon)
    letters = bare(plain)
    held: dict[str, bool] = {}
    there: dict[tuple[str, ...], bool] = {}
    around = _Windows(masked)
    for form in tables.forms:
        if form.phrase.means not in means:
            continue
        for need in form.needs:
            if need not in there:
                there[need] = any(word in letters for word in need)
        if not all(there[need] for need in form.needs):
            continue
        if "m" in form.slots and MONTH_MASK not in masked.text:
            continue
        if not all(
            held.setdefault(slot, bool(tables.slots[slot].search(plain))) for slot in form.slots if slot not in _MASKED
        ):
            continue
        text = masked.text if form.masked else plain
        pattern = _compile(form.source)
        for match in (match for low, high in around.windows(form) for match in pattern.finditer(text, low, high)):
            start, end = match.span("body")
            if any(busy[start:end]):
                continue
            read = _read(form.phrase, match, tables, masked)
            if read is not None:
                if form.phrase.means == "this-unit":
                    start = match.start()  # "since the beginning of the year" is no event that began
                busy[start:end] = b"\1" * (end - start)
                yield read


class _Windows:
    """Where in a text a form can stand: near its months, or near its rarest word.

    Trying each form at every place of a text took most of the time of finding dates.
    """

    def __init__(self, masked: Masked) -> None:
        self._whole = [(0, len(masked.plain))]
        self._plain = masked.plain
        lower = masked.plain.lower()
        # Only while places in both are the same: a few letters change their number, and marks stand inside words.
        self._lower = lower if len(lower) == len(masked.plain) and not _MARK.search(lower) else ""
        self._months = [match.start() for match in _MONTHS.finditer(masked.text)]
        self._held: dict[tuple[str, ...], list[int]] = {}

    def windows(self, form: Form) -> list[tuple[int, int]]:
        """Stretches of the text (start, end), in order and apart."""
        if "m" in form.slots:
            return self._spread(self._months)
        if form.phrase.means == "since-event":  # what the event befell may run on
            return self._whole
        places = [found for need in form.needs if (found := self._find(need))]
        return self._spread(min(places, key=len)) if places else self._whole

    def _find(self, need: tuple[str, ...]) -> list[int]:
        if need not in self._held:
            self._held[need] = sorted(place for word in need for place in _places(self._lower, word))
        return self._held[need]

    def _spread(self, places: list[int]) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for place in places:
            low, high = max(0, place - _NEAR), min(len(self._plain), place + _NEAR)
            if found and low <= found[-1][1]:
                found[-1] = found[-1][0], high
            else:
                found.append((low, high))
        return found


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def scan_fixed(plain: str, lexicon: DateLexicon, busy: bytearray) -> Iterator[Dated]:
    """Fixed words such as "yesterday" and "last week"."""
    tables = read_tables(lexicon)
    for match in tables.fixed.finditer(plain):
        if any(busy[match.start("body") : match.end("body")]):
            continue
        unit, back, calendar = tables.relative[bare(match["body"])]
        span = Span(*match.span("body"))
        busy[span.start : span.end] = b"\1" * len(span)
        yield Dated(
            span, "relative", unit, "relative", open=Open("unit", unit=unit, low=back, high=back, calendar=calendar)
        )


@lru_cache(maxsize=4)
def read_tables(lexicon: DateLexicon) -> Tables:
    """The maps and compiled forms of `lexicon`, made once."""
    slots = _slots(lexicon)
    stops = alternation(lexicon.fixed_stops)
    fixed = alternation(words for words, _, _, _ in lexicon.relative)
    return Tables(
        forms=tuple(
            Form(
                phrase,
                _source(form, slots),
                _needs(form),
                tuple(dict.fromkeys(_SLOT.findall(form))),
                "{n}" in form or "{m" in form,
            )
            for phrase in lexicon.phrases
            for form in phrase.forms
        ),
        slots={name: re.compile(rf"(?<!\w)(?i:{slots[name]})") for name in _RARE if name not in _MASKED},
        months={bare(name): (calendar, number) for name, calendar, number in lexicon.months},
        weekdays={bare(name): number for name, number, _ in lexicon.weekdays},
        seasons={bare(name): (number, language) for name, number, language in lexicon.seasons},
        units={bare(word): unit for word, unit in lexicon.units},
        duals={bare(word): unit for word, unit in lexicon.duals},
        owners={bare(word): calendar for word, calendar in lexicon.unit_calendars},
        vague={bare(words): (low, high) for words, low, high in lexicon.vague},
        ordinals={bare(word): number for word, number in lexicon.ordinals},
        decades={bare(word): number for word, number in lexicon.decades},
        relative={bare(words): (unit, back, calendar) for words, unit, back, calendar in lexicon.relative},
        current={bare(words): (unit, calendar) for words, unit, calendar in lexicon.current_units},
        fixed=re.compile(
            rf"(?<![\w-])(?:[وف](?=[\u0621-\u064a]{{3}}))?(?P<body>(?i:{fixed}))(?![\w-])(?!\s(?:{stops})(?!\w))"
        ),
    )


def _slots(lexicon: DateLexicon) -> dict[str, str]:
    weekday = alternation(name for name, _, _ in lexicon.weekdays)
    bare_weekday = alternation(name for name, _, alone in lexicon.weekdays if alone)
    owner = alternation(word for word, _ in lexicon.unit_calendars)
    unit = alternation(word for word, _ in lexicon.units)
    ordinal = alternation(word for word, _ in lexicon.ordinals)
    day = r"\d{1,2}(?!\d)(?:st|nd|rd|th|er|-?го|\.)?"
    to = rf"(?:\s?[-–—]\s?|{_SPACE}(?:{alternation(lexicon.range_words)}){_SPACE})"
    return {
        "n": rf"(?:ال(?:ـ\s?)?)?(?P<n>{MASK}+|\d{{1,3}}(?:[,٬]\d{{3}})+|\d{{1,4}})(?![\d]|[.,]\d)",
        "u": rf"(?:(?P<h>{owner})\s)?(?:ال)?(?P<u>{unit})(?!\w)(?:\s(?P<h2>{owner})(?!\w))?",
        "cu": rf"(?P<cu>{alternation(words for words, _, _ in lexicon.current_units)})(?!\w|{_SPACE}(?:of|in|that)\b)",
        "dual": rf"(?:ال)?(?P<dual>{alternation(word for word, _ in lexicon.duals)})",
        "v": rf"(?P<v>{alternation(words for words, _, _ in lexicon.vague)})",
        "w": rf"(?-i:(?P<w>{weekday}))",
        "wb": rf"(?-i:(?P<w>{bare_weekday}))",
        "m": rf"(?P<m>{MONTH_MASK}+)",
        "m2": rf"(?P<m2>{MONTH_MASK}+)",
        "d": rf"(?P<d>{day})",
        "d2": rf"(?P<d2>{day})",
        "s": rf"(?P<s>{alternation(name for name, _, _ in lexicon.seasons)})(?!\w)",
        "y": r"(?P<y>\d{4})(?!\d)",
        "y2": r"(?P<y2>\d{4})(?!\d)",
        "dd": r"(?P<dd>\d{3}0|\d0)",
        "dec": rf"(?P<dec>{alternation(word for word, _ in lexicon.decades)})(?!\w)",
        "o": rf"(?P<o>\d{{1,2}}(?:st|nd|rd|th|ème|er|e|\.|-[а-я]{{1,2}})?|(?-i:[IVX]{{1,5}})e?|{ordinal})",
        "e": rf"(?P<e>{alternation(lexicon.events)})(?!\w)",
        "x": r"(?P<x>(?:the\s)?\w+(?:\s(?:of\s(?:the\s)?|في\s)?(?-i:[A-ZА-Я]|ال)\w+)*)",
        "to": to,
    }  # fmt: skip


def _source(form: str, slots: Mapping[str, str]) -> str:
    """The source of the regular expression of a form; its group `body` is the date."""
    parts = [_START, "(?i:"]
    opened = " > " in form
    if not opened:
        parts.append("(?P<body>")
    for token in _TOKEN.finditer(form):
        if token["slot"]:
            parts.append(slots[token["slot"]])
        elif token["gap"]:
            parts.append(f"{_SPACE}(?P<body>")
        elif token["sign"]:
            parts.append("(?:" if token["sign"] == "(" else token["sign"])
        elif token["space"]:
            parts.append(_SPACE)
        else:
            char = token["char"]
            parts.append(token["raw"] or re.escape(char) + (MARKS if _ARABIC.match(char) else ""))
    return "".join((*parts, "))", _END))


@lru_cache(maxsize=2048)
def _compile(source: str) -> re.Pattern[str]:
    """Compiled when a text first asks for it: most texts need few of the forms, and compiling all takes a second."""
    return re.compile(source)


def _needs(form: str) -> tuple[tuple[str, ...], ...]:
    """Words that a form cannot do without, as `bare` leaves them: one of each tuple must be in the text."""
    choices = (choice for choice in _CHOICE.findall(form) if "{" not in choice and "?" not in choice)
    needs = [tuple(bare(word) for word in choice.split("|")) for choice in choices]
    count = 1
    while count:
        form, count = _BRACKETS.subn(" ", form)
    return (*needs, *((bare(word),) for word in _LITERAL.findall(form)))


def _read(phrase: DatePhrase, match: re.Match[str], tables: Tables, masked: Masked) -> Dated | None:
    """What a match says, or `None` when it is no date after all."""
    span = Span(*match.span("body"))
    there = [name for name, text in match.groupdict().items() if text is not None]
    got = {name: masked.plain[slice(*match.span(name))] for name in there}
    amount = masked.read(match.span("n")) if "n" in got else None
    one = _by_means(phrase, span, got, tables, masked.plain, amount)
    return one and replace(one, relation=phrase.relation)


def _by_means(
    phrase: DatePhrase, span: Span, got: dict[str, str], tables: Tables, plain: str, amount: int | None
) -> Dated | None:
    means = phrase.means
    if means in ("ago", "past-stretch", "coming-stretch", "duration", "age"):
        return _counted(means, span, got, tables, amount)
    if means == "weekday":
        number = tables.weekdays[bare(got["w"])]
        return Dated(span, "relative", "day", means, open=Open(means, phrase.direction, number=number))
    if means == "month":
        calendar, month = tables.months[bare(got["m"])]
        return Dated(span, calendar, "month", means, month=month, open=Open(means, phrase.direction, month=month))
    if means == "season":
        number, calendar = tables.seasons[bare(got["s"])] if "s" in got else _FALL
        return Dated(span, calendar, means, means, open=Open(means, phrase.direction, number=number))
    if means == "this-unit":
        unit, calendar = tables.current[bare(got["cu"])]
        return Dated(span, "relative", unit, means, open=Open("unit", unit=unit, calendar=calendar))
    if means == "nth-weekday":
        return _nth_weekday(span, got, tables)
    if means == "since-event":
        return Dated(span, "relative", "event", means, open=Open(means))
    if means == "range":
        return read_range(span, got, tables.months, guess_calendar(int(got.get("y") or 0), plain))
    if means == "decade":
        return read_decade(span, got, tables.decades, plain)
    number = _ordinal(got["o"], tables) if "o" in got else 0
    if means == "century":
        return read_century(span, number, hijri=bool(_HIJRI.search(got["body"])))
    year = int(got["y"])
    if means == "season-year":
        return read_season_year(span, *(tables.seasons[bare(got["s"])] if "s" in got else _FALL), year=year)
    return read_part_of_year(span, means, number, year, guess_calendar(year, plain))


def _nth_weekday(span: Span, got: dict[str, str], tables: Tables) -> Dated | None:
    calendar, month = tables.months[bare(got["m"])]
    nth = _ordinal(got["o"], tables)
    if not 1 <= nth <= 5 or calendar != "gregorian":
        return None
    waiting = Open("nth-weekday", number=tables.weekdays[bare(got["w"])], month=month, low=nth)
    year = int(got.get("y") or 0)
    one = Dated(span, calendar, "day", "nth-weekday", year, month, open=waiting)
    if not year:
        return one
    found = nth_weekday(year, waiting)
    return replace(one, start=found[0], end=found[1]) if found else None


def _counted(means: str, span: Span, got: dict[str, str], tables: Tables, amount: int | None) -> Dated | None:
    """A number of units: counted back or forth, or a length."""
    low = high = 1
    if "n" in got:
        if amount is None or not 0 < amount <= LONGEST_YEARS:
            return None
        low = high = amount
    elif "v" in got:
        low, high = tables.vague[bare(got["v"])]
    unit = "year"
    if "dual" in got:
        unit, low, high = tables.duals[bare(got["dual"])], 2, 2
    elif "u" in got:
        unit = tables.units[bare(got["u"])]
    owner = tables.owners.get(bare(got.get("h") or got.get("h2") or ""), "")
    if means in ("duration", "age"):
        if (unit, low) == ("day", 1):
            return None  # "one day he left"
        return to_length(span, means, unit, low, high, owner)
    return Dated(span, "relative", unit, means, open=Open(means, unit=unit, low=low, high=high, calendar=owner))


def _ordinal(text: str, tables: Tables) -> int:
    """The number of an ordinal in words, digits or Roman numerals; 0 when it is none."""
    known = tables.ordinals.get(bare(text))
    if known:
        return known
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits[0])
    total = 0
    values = [_ROMAN[letter] for letter in text.rstrip("e") if letter in _ROMAN]
    for place, value in enumerate(values):
        total += -value if any(value < later for later in values[place + 1 : place + 2]) else value
    return total
