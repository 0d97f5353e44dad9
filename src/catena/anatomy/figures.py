"""Counts of people: a number, its bound, and who is counted.

A number is read only together with a counted word, so that prices, telephone numbers and article numbers stay out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from catena.anatomy.lexicon import FigureLexicon
from catena.anatomy.numbers import DIGITS, number_pattern, read_number
from catena.anatomy.scan import alternation, bare, find_menus, is_in, plain_digits
from catena.model import Document, Evidence, Finding, MadeBy, Span, make_finding

_MADE_BY = MadeBy("figures", "2")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_BEFORE_YEAR = re.compile(r"(?:\b(?:"
                          r"[Ii]n|[Ss]ince|[Oo]f|[Bb]y|[Uu]ntil|January|February|March|April|May|June|July|August|September"
                          r"|October|November|December),?|عام|سنة|سال)\s*$")  # fmt: skip
_TAIL = 40  # code points after the counted word in which its fate is looked for


@dataclass(frozen=True)
class _Patterns:
    figure: re.Pattern[str]
    fate: re.Pattern[str]
    blocker: re.Pattern[str]
    counted: Mapping[str, str]
    fates: Mapping[str, str]
    bounds: Mapping[str, str]
    numbers: Mapping[str, int]
    vague: Mapping[str, tuple[int, int]]


def find_figures(document: Document, lexicon: FigureLexicon) -> tuple[Finding, ...]:
    """Findings "figure" in order of place; roles `content` and `number`.

    Values: `count` (`None` for a range or a vague number), `low`, `high` (`None` where there is no limit), `bound`
    (exact, at-least, more-than, about, up-to, between), `counted`, and `fate` where one follows.
    """
    patterns = _patterns(lexicon)
    plain = plain_digits(document.text)
    menus = find_menus(document)
    found = (_figure(document, match, patterns, plain) for match in patterns.figure.finditer(plain))
    return tuple(one for one in found if one is not None and not is_in(one.place, menus))


@lru_cache(maxsize=4)
def _patterns(lexicon: FigureLexicon) -> _Patterns:
    words = alternation(word for word, _ in lexicon.numbers)
    number = number_pattern(word for word, _ in lexicon.numbers)
    bounds = alternation(word for word, _ in lexicon.bounds)
    vague = alternation(words for words, _, _ in lexicon.vague)
    counted = alternation(word for word, _ in lexicon.counted)
    fillers = alternation(lexicon.fillers)
    between = alternation(lexicon.between)
    source = (
        rf"(?<![\w$€£¥.,/:#+-])(?P<joined>[وفبل](?=[^\W\d_]))?(?:(?P<bound>{bounds})\s)?"
        rf"(?:(?:(?P<from>between|from|بين|ما بين|от)\s)?(?P<low>{number})(?:\s?(?:{between})\s?(?P<high>{number}))?"
        rf"|(?P<vague>{vague}))"
        rf"\s(?:(?:{fillers})\s){{0,2}}(?P<who>(?:ال)?(?:{counted}))(?!\w|[-’'])"
        rf"|(?P<verb>killing|wounding|injuring|detaining|arresting|displacing|killed|wounded|injured)\s"
        rf"(?:(?P<bound2>{bounds})\s)?(?P<alone>{DIGITS}|{words})(?=[.,;]|\s(?:in|at|near|on|and)\b)"
    )
    return _Patterns(
        figure=re.compile(source, re.IGNORECASE),
        fate=re.compile(rf"(?<!\w)(?:{alternation(word for word, _ in lexicon.fates)})(?!\w)", re.IGNORECASE),
        blocker=re.compile(rf"(?<!\w)(?:{alternation(lexicon.blockers)})\s?$", re.IGNORECASE),
        counted={bare(word): name for word, name in lexicon.counted},
        fates={bare(word): name for word, name in lexicon.fates},
        bounds={bare(word): name for word, name in lexicon.bounds},
        numbers={bare(word): number for word, number in lexicon.numbers},
        vague={bare(words): (low, high) for words, low, high in lexicon.vague},
    )


def _figure(document: Document, match: re.Match[str], patterns: _Patterns, plain: str) -> Finding | None:
    if patterns.blocker.search(plain[max(0, match.start() - 16) : match.start()]):
        return None
    number = "vague" if match["vague"] else "alone" if match["alone"] else "low"
    if _YEAR.fullmatch(match[number]) and _BEFORE_YEAR.search(plain[max(0, match.start() - 16) : match.start()]):
        return None
    bound = patterns.bounds.get(bare(match["bound"] or match["bound2"] or ""), "exact")
    limits = _limits(match, bound, patterns)
    if limits is None:
        return None
    count, low, high, bound = limits
    verb = match["verb"]
    who = "people" if verb else patterns.counted.get(bare(match["who"])) or patterns.counted[bare(match["who"])[2:]]
    values: dict[str, str | int | float | bool | None] = {
        "count": count, "low": low, "high": high, "bound": bound, "counted": who,
    }  # fmt: skip
    fate = _fate(match, patterns, plain)
    if fate:
        values["fate"] = fate
    span = Span(match.start() + len(match["joined"] or ""), match.end())  # وثلاثة: the conjunction is not of the number
    rule = "verb-number" if verb else "number-noun"
    roles = {"content": span, "number": Span(*match.span(number))}
    return make_finding(document, "figure", roles, _MADE_BY, values=values, evidence=[Evidence(rule)])


def _limits(
    match: re.Match[str], bound: str, patterns: _Patterns
) -> tuple[int | None, int | None, int | None, str] | None:
    """(count, low, high, bound), `None` when the number cannot be read."""
    if match["vague"]:
        low, high = patterns.vague[bare(match["vague"])]
        return (
            None,
            low,
            None if bound in ("at-least", "more-than") else high,
            "about" if bound == "exact" else bound,
        )
    count = read_number(match["alone"] or match["low"], patterns.numbers)
    if count is None:
        return None
    if match["high"]:
        high_count = read_number(match["high"], patterns.numbers)
        if high_count is None or high_count <= count:
            return None
        return None, count, high_count, "between"
    return {
        "exact": (count, count, count, bound),
        "at-least": (count, count, None, bound),
        "more-than": (count, count + 1, None, bound),
        "up-to": (count, None, count, bound),
    }.get(bound, (count, None, None, bound))


def _fate(match: re.Match[str], patterns: _Patterns, plain: str) -> str | None:
    if match["verb"]:
        stem = match["verb"].casefold()
        return next(fate for start, fate in _VERBS if stem.startswith(start))
    rest = re.split(r"[.;:!?\n،,]", plain[match.end() : match.end() + _TAIL])[0]
    found = patterns.fate.search(rest)
    return patterns.fates[bare(found[0])] if found else None


_VERBS = (("kill", "killed"), ("wound", "wounded"), ("injur", "wounded"), ("detain", "detained"),
          ("arrest", "detained"), ("displac", "displaced"))  # fmt: skip
