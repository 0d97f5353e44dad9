"""On whose word a count stands where no attribution covers it: the subject of a verb that gives counts.

"Local fishermen spoke of more than 100 boats" reports no words, and yet the number is theirs. Read within one clause,
by the verbs of the word list: subject first, or verb first in Arabic. "According to her" goes back to the last voice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from catena.anatomy.lexicon import FigureLexicon
from catena.anatomy.scan import alternation, bare
from catena.anatomy.surroundings import Surroundings, name_voice
from catena.model import Evidence, Finding, Span

_REACH = 70  # code points between such a verb and its number
_BACK = 500  # code points back to the voice that "according to her" means
_ARABIC = re.compile("[\u0620-\u06d3]")
_WORD = r"[^\W\d_][\w'’.-]*"


@dataclass(frozen=True, slots=True)
class Teller:
    """Who gives a count: the name shown, the reason with its place, and the attribution it comes from, if any."""

    voice: str
    reason: Evidence
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class _Patterns:
    subject_first: re.Pattern[str]
    verb_first: re.Pattern[str]
    again: re.Pattern[str]
    nobody: frozenset[str]


@lru_cache(maxsize=4)
def _patterns(lexicon: FigureLexicon) -> _Patterns:
    verbs = alternation(word for word in lexicon.tellers if not _ARABIC.match(word))
    arabic = alternation(word for word in lexicon.tellers if _ARABIC.match(word))
    joints = alternation(lexicon.clause_joints)
    stops = alternation(lexicon.subject_stops)
    return _Patterns(
        # The greedy beginning takes the last clause that fits.
        subject_first=re.compile(
            rf"(?:.*(?:[;:,]\s+|\s(?:{joints})\s))?(?P<who>{_WORD}(?:\s{_WORD}){{0,8}}?)\s"
            rf"(?:(?:has|have|had)\s)?(?P<verb>{verbs})\s(?P<rest>[^;:,]{{0,{_REACH}}})\Z",
            re.DOTALL | re.IGNORECASE,
        ),
        verb_first=re.compile(
            rf"(?:.*[\s،؛])?[وف]?(?P<verb>{arabic})\s(?P<who>(?!(?:{stops})\s)[^\W\d_]+"
            rf"(?:\s(?!(?:{stops})\s)[^\W\d_]+){{0,4}})\s(?P<rest>(?:{stops})\s[^؛،:]{{0,{_REACH}}})\Z",
            re.DOTALL,
        ),
        again=re.compile(rf"(?<!\w)(?:{alternation(lexicon.voices_again)})(?!\w)", re.IGNORECASE),
        nobody=frozenset(lexicon.no_subjects),
    )


def find_teller(
    text: str, figure: Span, surroundings: Surroundings, lexicon: FigureLexicon, voices: Sequence[Finding]
) -> Teller | None:
    """Who gives the count at `figure`, when its own clause says so; `None` when it names nobody.

    `voices` are the attributions of the document. A subject such as "we" or "nobody" is no voice.
    """
    patterns = _patterns(lexicon)
    sentence = surroundings.sentence(figure)
    before = text[sentence.start : figure.start]
    for pattern in (patterns.subject_first, patterns.verb_first):
        match = pattern.match(before)
        if match and not _is_nobody(match["who"], patterns):
            span = Span(*match.span("who")).shift(sentence.start)
            return Teller(" ".join(span.of(text).split()), Evidence("count-verb", bare(match["verb"]), span))
    again = patterns.again.search(sentence.of(text))
    if again is None:
        return None
    last = max(
        (one for one in voices if 0 <= sentence.start - one.place.end <= _BACK and one.spans("source")),
        key=lambda one: one.place.end,
        default=None,
    )
    name = name_voice(last, surroundings) if last is not None else None
    if last is None or name is None:
        return None
    return Teller(name, Evidence("voice-again", again[0], Span(*again.span()).shift(sentence.start)), last.id)


def _is_nobody(who: str, patterns: _Patterns) -> bool:
    return any(bare(word) in patterns.nobody for word in who.split())
