"""Counts and amounts: a number, its bound, what is counted, when and where, and on whose word.

A number is read only together with a counted word, a unit or a sign of money, so that telephone numbers and numbers
of articles stay out. Lengths of time are dates (`dates.lengths`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from catena.anatomy.lexicon import FigureLexicon
from catena.anatomy.numbers import DIGITS, number_pattern, read_amount
from catena.anatomy.scan import alternation, bare, find_menus, is_in, plain_digits
from catena.anatomy.surroundings import Surroundings, Told, look_up
from catena.anatomy.telling import find_teller
from catena.model import Document, Evidence, Finding, MadeBy, Span, Value, make_finding

_MADE_BY = MadeBy("figures", "3")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_BEFORE_YEAR = re.compile(r"(?:\b(?:"
                          r"[Ii]n|[Ss]ince|[Oo]f|[Bb]y|[Uu]ntil|January|February|March|April|May|June|July|August|September"
                          r"|October|November|December),?|عام|سنة|سال)\s*$")  # fmt: skip
_TAIL = 40  # code points after the counted word in which its fate is looked for
_SHORT = re.compile(r"(?<=\d)\s?(?:m|mn|bn)(?!\w)")
_SHORTS = {"m": 10**6, "mn": 10**6, "bn": 10**9}

Amount = int | float


@dataclass(frozen=True)
class _Patterns:
    figure: re.Pattern[str]
    price: re.Pattern[str]
    short: re.Pattern[str]
    fate: re.Pattern[str]
    blocker: re.Pattern[str]
    counted: Mapping[str, str]
    groups: Mapping[str, str]
    symbols: Mapping[str, str]
    fates: Mapping[str, str]
    bounds: Mapping[str, str]
    numbers: Mapping[str, int]
    vague: Mapping[str, tuple[int, int]]


def find_figures(document: Document, lexicon: FigureLexicon, *, around: Sequence[Finding] = ()) -> tuple[Finding, ...]:
    """Findings "figure" in order of place; roles `content` and `number`, and where they are told `when` and `where`.

    Values: `count` (`None` for a range or a vague number), `low`, `high` (`None` where there is no limit), `bound`
    (exact, at-least, more-than, about, up-to, between), `counted`, `measure` when it is not people (things, money,
    share, measure), and `fate` where one follows. `around` are findings of the document: the innermost attribution
    whose content covers the figure is its parent and gives `voice`; a date in its sentence gives `when_start` and
    `when_end`. Without such an attribution the subject of a verb that gives counts is the voice (`telling`); without
    that the evidence is `no-voice`: nobody is named for it but the document.
    """
    patterns = _patterns(lexicon)
    plain = plain_digits(document.text)
    menus = find_menus(document)
    surroundings = Surroundings(document.text, around)
    counts = [*_counts(patterns, plain), *_prices(patterns, plain)]
    counts += _shortened(patterns, plain, counts, surroundings)
    found = sorted(counts, key=lambda one: one[0]["content"])
    return tuple(
        _finding(document, roles, values, rule, _told(document.text, roles["content"], surroundings, lexicon))
        for roles, values, rule in found
        if not is_in(roles["content"], menus)
    )


@lru_cache(maxsize=4)
def _patterns(lexicon: FigureLexicon) -> _Patterns:
    words = alternation(word for word, _ in lexicon.numbers)
    number = number_pattern(word for word, _ in lexicon.numbers)
    bounds = alternation(word for word, _ in lexicon.bounds)
    vague = alternation(words for words, _, _ in lexicon.vague)
    signs = alternation(word for word, _ in lexicon.counted if not word[0].isalpha())
    counted = alternation(word for word, _ in lexicon.counted if word[0].isalpha())
    symbols = alternation(sign for sign, _ in lexicon.symbols)
    fillers = alternation(lexicon.fillers)
    between = alternation(lexicon.between)
    tellers = alternation(lexicon.tellers)
    # An English plural that no list knows; the one adjective before it may be any.
    adjective = rf"(?!(?:{alternation(lexicon.not_between)})\b)(?-i:[a-z]{{3,}}[^s\W])\s"
    noun = rf"(?P<other>(?!(?:{alternation(lexicon.not_counted)})\b)(?-i:[a-z]{{3,}}s))"
    other = rf"(?:{adjective})?{noun}(?![\w’'-])"
    opening = rf"(?<![\w$€£¥.,/:#+-])(?P<joined>[وفبل](?=[^\W\d_]))?(?:(?P<bound>{bounds})\s)?"
    source = (
        rf"{opening}"
        rf"(?:(?:(?P<from>between|from|بين|ما بين|от)\s)?(?P<low>{number})(?:\s?(?:{between})\s?(?P<high>{number}))?"
        rf"|(?P<vague>{vague}))"
        rf"(?:\s(?:(?:{fillers})\s){{0,2}}(?:(?-i:[A-Z][a-z]+(?:n|sh|ese|i))\s)?(?P<who>(?:ال)?(?:{counted})(?!\w|[-’'])|{other})"
        rf"|\s?(?P<sign>{signs}))"
        rf"|(?P<verb>killing|wounding|injuring|detaining|arresting|displacing|killed|wounded|injured)\s"
        rf"(?:(?P<bound2>{bounds})\s)?(?P<alone>{DIGITS}|{words})(?=[.,;]|\s(?:in|at|near|on|and)\b)"
    )
    price = rf"{opening}(?P<symbol>{symbols})\s?(?P<low>(?:{DIGITS})(?:\s?(?:m|mn|bn)(?!\w)|\s(?:{words})(?!\w))?)"
    return _Patterns(
        figure=re.compile(source, re.IGNORECASE),
        price=re.compile(price, re.IGNORECASE),
        short=re.compile(
            rf"(?<![\w$€£¥.,/:#+-])(?:(?P<bound>{bounds})|{tellers})\s(?P<low>{number})(?=[.;!?؟؛](?:\s|\Z)|\s*\Z)",
            re.IGNORECASE,
        ),
        fate=re.compile(rf"(?<!\w)(?:{alternation(word for word, _ in lexicon.fates)})(?!\w)", re.IGNORECASE),
        blocker=re.compile(rf"(?<!\w)(?:{alternation(lexicon.blockers)})\s?$", re.IGNORECASE),
        counted={bare(word): name for word, name in lexicon.counted},
        groups=dict(lexicon.groups),
        symbols={bare(sign): name for sign, name in lexicon.symbols},
        fates={bare(word): name for word, name in lexicon.fates},
        bounds={bare(word): name for word, name in lexicon.bounds},
        numbers={bare(word): number for word, number in lexicon.numbers},
        vague={bare(words): (low, high) for words, low, high in lexicon.vague},
    )


_Found = tuple[dict[str, Span], dict[str, Value], str]


def _counts(patterns: _Patterns, plain: str) -> Iterator[_Found]:
    for match in patterns.figure.finditer(plain):
        before = plain[max(0, match.start() - 16) : match.start()]
        number = "vague" if match["vague"] else "alone" if match["alone"] else "low"
        if patterns.blocker.search(before) or (_YEAR.fullmatch(match[number]) and _BEFORE_YEAR.search(before)):
            continue
        bound = patterns.bounds.get(bare(match["bound"] or match["bound2"] or ""), "exact")
        limits = _limits(match, bound, patterns)
        if limits is None:
            continue
        values: dict[str, Value] = {**limits, "counted": _who(match, patterns)}
        group = "things" if match["other"] else patterns.groups.get(str(values["counted"]), "people")
        if group != "people":
            values["measure"] = group
        fate = _fate(match, patterns, plain)
        if fate:
            values["fate"] = fate
        yield _roles(match, number), values, "verb-number" if match["verb"] else "number-noun"


def _shortened(
    patterns: _Patterns, plain: str, counts: Sequence[_Found], surroundings: Surroundings
) -> Iterator[_Found]:
    """A number that ends a clause behind a bound or a verb that gives counts ("fewer than 20", "the police counted
    340"): it counts what was counted before in its sentence."""
    for match in patterns.short.finditer(plain):
        span = Span(match.start("bound" if match["bound"] else "low"), match.end())
        before = Span(surroundings.sentence(span).start, span.start)
        told = [one for one in counts if before.contains(one[0]["content"])]
        amount = read_amount(match["low"], patterns.numbers)
        if not told or amount is None or any(one[0]["content"].overlaps(span) for one in counts):
            continue
        like = max(told, key=lambda one: one[0]["content"])[1]
        if like.get("measure") in ("money", "share"):
            continue
        kept = {key: like[key] for key in ("counted", "measure") if key in like}
        bound = patterns.bounds[bare(match["bound"])] if match["bound"] else "exact"
        roles = {"content": span, "number": Span(*match.span("low"))}
        yield roles, _bounded(_whole(amount), bound) | kept, "number-of-the-same"


def _prices(patterns: _Patterns, plain: str) -> Iterator[_Found]:
    for match in patterns.price.finditer(plain):
        short = _SHORT.search(match["low"])
        amount = read_amount(match["low"][: short.start()] if short else match["low"], patterns.numbers)
        if amount is None:
            continue
        amount *= _SHORTS[short[0].strip().casefold()] if short else 1
        limits = _bounded(_whole(amount), patterns.bounds.get(bare(match["bound"] or ""), "exact"))
        values = {**limits, "counted": patterns.symbols[bare(match["symbol"])], "measure": "money"}
        yield _roles(match, "low"), values, "sign-number"


def _roles(match: re.Match[str], number: str) -> dict[str, Span]:
    start = match.start() + len(match["joined"] or "")  # وثلاثة: the conjunction is not of the number
    return {"content": Span(start, match.end()), "number": Span(*match.span(number))}


def _who(match: re.Match[str], patterns: _Patterns) -> str:
    if match["verb"]:
        return "people"
    if match["other"]:
        return bare(match["other"])
    word = bare(match["who"] or match["sign"])
    return patterns.counted.get(word) or patterns.counted[word[2:]]


def _limits(match: re.Match[str], bound: str, patterns: _Patterns) -> dict[str, Value] | None:
    """Values `count`, `low`, `high` and `bound`; `None` when the number cannot be read."""
    if match["vague"]:
        low, high = patterns.vague[bare(match["vague"])]
        if low == high:
            return _bounded(low, bound)
        top = None if bound in ("at-least", "more-than") else high
        return {"count": None, "low": low, "high": top, "bound": "about" if bound == "exact" else bound}
    amount = read_amount(match["alone"] or match["low"], patterns.numbers)
    if amount is None:
        return None
    if match["high"]:
        last = read_amount(match["high"], patterns.numbers)
        if last is None or last <= amount:
            return None
        return {"count": None, "low": _whole(amount), "high": _whole(last), "bound": "between"}
    return _bounded(_whole(amount), bound)


def _whole(amount: float) -> Amount:
    return int(amount) if amount == int(amount) else amount


def _bounded(count: Amount, bound: str) -> dict[str, Value]:
    over = count + 1 if isinstance(count, int) else count
    low, high = {
        "exact": (count, count),
        "at-least": (count, None),
        "more-than": (over, None),
        "up-to": (None, count),
    }.get(bound, (None, None))
    return {"count": count, "low": low, "high": high, "bound": bound}


def _fate(match: re.Match[str], patterns: _Patterns, plain: str) -> str | None:
    if match["verb"]:
        stem = match["verb"].casefold()
        return next(fate for start, fate in _VERBS if stem.startswith(start))
    rest = re.split(r"[.;:!?\n،,]", plain[match.end() : match.end() + _TAIL])[0]
    found = patterns.fate.search(rest)
    return patterns.fates[bare(found[0])] if found else None


def _told(text: str, place: Span, surroundings: Surroundings, lexicon: FigureLexicon) -> Told:
    """What the surroundings say of a figure; without an attribution, the subject of a verb that gives counts."""
    told = look_up(surroundings, place)
    teller = find_teller(text, place, surroundings, lexicon, surroundings.voices)
    if teller is None:
        return told
    if told.voice is not None:
        held = surroundings.voice(place)
        if held is None or teller.reason.span is None or not held[1].contains(teller.reason.span):
            return told  # the attribution's own verb, or one outside of what it reports
        teller = replace(teller, parent=told.voice)  # "The mayor said that fishermen spoke of 100 boats"
    others = tuple(reason for reason in told.evidence if reason.code != "no-voice")
    return Told(teller.parent, told.roles, {**told.values, "voice": teller.voice}, (*others, teller.reason))


def _finding(document: Document, roles: dict[str, Span], values: dict[str, Value], rule: str, told: Told) -> Finding:
    return make_finding(
        document, "figure", {**roles, **told.roles}, _MADE_BY,
        values={**values, **told.values}, parent=told.voice, evidence=[Evidence(rule), *told.evidence],
    )  # fmt: skip


_VERBS = (("kill", "killed"), ("wound", "wounded"), ("injur", "wounded"), ("detain", "detained"),
          ("arrest", "detained"), ("displac", "displaced"))  # fmt: skip
