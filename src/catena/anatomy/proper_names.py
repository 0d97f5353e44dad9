"""Names of places, organisations, states and media inside running text, beside the people of `names`.

What shows it: the head noun ("Union of Boatmen", "Lakeside Courier", "صحيفة مرآة الميناء"), or a preposition of place
before a capital ("in Merrow"). What was shown once to be a place is one wherever it stands again. Words that are part
of a person's name, of a title of a text ("Charter") or of a heading are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catena.anatomy.lexicon import NameLexicon, PlaceLexicon
from catena.anatomy.name_key import Speller, spell
from catena.anatomy.names import find_headings, join_lines
from catena.anatomy.scan import alternation, bare, find_menus
from catena.anatomy.scan import plain as flat
from catena.anatomy.territories import Territory, find_territories, is_demonym
from catena.model import Document, Evidence, Finding, MadeBy, Span, make_finding

MADE_BY = MadeBy("proper-names", "2")
_CAP = r"[A-ZÀ-ÞĞİŞ][\w’'-]*\w"
_LINK = r"(?:(?:of|for|de|du|des)(?:[ \u00a0](?:the|la))?[ \u00a0]|d['’]|de[ \u00a0]l['’])"
_SEQUENCE = re.compile(rf"(?<![\w’'-]){_CAP}(?:['’]?[ \u00a0]{_LINK}?{_CAP})*")
_OF = re.compile(r"(?:of|for|de|du|des)\Z|[dl]['’]\w")
_POSSESSIVE = re.compile(r"['’]s?$")
_ARABIC = r"[\u0621-\u06d3\u064b-\u0655\u0670\u200c]"
_COUNTED = re.compile(r"[\d٠-٩۰-۹]\s\Z")
_DATED = re.compile(r"[\s*_#]*(?:(?:г|гор|пос|дер|с)\.\s?)?([^\W\d_][^\d,،\n]{1,30}?)\s*[,،]\s*")
_ACRONYM = re.compile(r"(?:[Tt]he\s)?([A-ZÀ-ÞА-ЯЁ]{2,6})")
_BRACKET = re.compile(r"\s?\(([A-ZÀ-Þ](?:\.?[A-ZÀ-Þ]){1,7}\.?)\)")
_RUSSIAN_PLACE = re.compile(
    r"(?<!\w)(?:[Вв]о?|[Ии]з|близ|около|под|у)\s([А-ЯЁ][а-яё]{2,}(?:[\s-][А-ЯЁ][а-яё]{2,})?)(?!\w)(?!\s[А-ЯЁ])"
)
_CASES = re.compile(
    r"(?<=[а-яё]{3})(?:ого|его|ому|ему|ыми|ими|ами|ями|ой|ей|ом|ем|ым|им|ам|ям|ах|ях|ых|их|ов|ев|ия|ии|ий|ию|[аеиоуыьюяй])$"
)
_ACRONYM_LENGTH = 7  # code points below which a word in capitals may be an acronym
_STATE = re.compile(r"(?:Republic|Kingdom|Emirate|Principality|Sultanate|Duchy)\sof\s(?:the\s)?\S+\Z")
_STATE_INSIDE = re.compile(
    r"(?<![\w-])(?P<state>(?:Republic|Kingdom|Emirate|Principality|Sultanate|Duchy)[ \n]of[ \n](?:the[ \n])?[A-Z][\w-]+"
    r"|(?:جمهورية|مملكة|إمارة|سلطنة|جمهوری|پادشاهی)[ \n][\u0620-\u06d3]+)"
)
_AND_PLACE = re.compile(r"(?:,\sand\s|,\s|\sand\s)([A-Z][a-zà-ÿ]{2,})(?=[\s.,;:!?])(?!\s[A-Z])")
_TAIL = re.compile(r"\sof\s(?:the\s)?([A-Z][\w-]+)\Z")
_SHORTEST = 3  # code points of a place of one word that is looked for again


@dataclass(frozen=True, slots=True)
class _Lists:
    before: re.Pattern[str]
    no_places: frozenset[str]
    media_openers: frozenset[str]
    heads: frozenset[str]
    openers: frozenset[str]
    states: frozenset[str]
    media: frozenset[str]
    organisations: frozenset[str]
    stops: frozenset[str]
    arabic: tuple[tuple[str, re.Pattern[str]], ...]
    arabic_bodies: frozenset[str]
    quoted: re.Pattern[str]
    russian: re.Pattern[str]
    russian_nouns: re.Pattern[str]


@lru_cache(maxsize=4)
def _lists(lexicon: PlaceLexicon) -> _Lists:
    stops = alternation(lexicon.arabic_stops)
    word = rf"[ \u00a0](?!(?:{stops})(?!\w))(?!ي{_ARABIC}{{3}}|[وف]ي{_ARABIC}{{3}}){_ARABIC}+"
    counted = alternation((*lexicon.arabic_stops, *lexicon.arabic_ordinals))
    definite = rf"[ \u00a0](?!(?:{counted})(?!\w))(?:ال|لل){_ARABIC}+"

    def headed(words: Sequence[str], follow: str) -> re.Pattern[str]:
        head = alternation(words)
        # With its own article the head is followed by adjectives alone: المكتب الإعلامي.
        return re.compile(
            rf"(?<!\w)(?<!كل )(?<!هر )(?<!أي )(?<!این )(?<!آن )(?<!هذه )(?<!هذا )(?:[وفبلك]|لل)?"
            rf"(?P<name>(?P<head>{head}){follow}|(?:ال|ل)(?:{head})(?:{definite})+)(?!\w)"
        )

    tail = rf"{word}(?:{definite})*"
    return _Lists(
        before=re.compile(rf"(?<!\w)(?i:{alternation(lexicon.before)})\s(?:the\s)?\Z"),
        no_places=frozenset(lexicon.no_places),
        media_openers=frozenset(lexicon.media_openers),
        heads=frozenset(lexicon.place_heads),
        openers=frozenset(lexicon.place_openers),
        states=frozenset(lexicon.states),
        media=frozenset(lexicon.media),
        organisations=frozenset(lexicon.organisations),
        stops=frozenset(lexicon.stops),
        arabic_bodies=frozenset(map(bare, lexicon.arabic_bodies)),
        arabic=(
            ("media", headed([word for word in lexicon.media if _is_arabic(word)], tail)),
            ("organisation", headed(lexicon.arabic_bodies, tail)),
            ("place", headed(lexicon.nouns, rf"{word}(?:{definite})?")),
        ),
        quoted=re.compile(
            rf"(?<!\w)(?P<name>(?:{alternation(filter(_is_russian, lexicon.media))})\s«[^»\n]{{2,40}}»)",
            re.IGNORECASE,
        ),
        russian_nouns=re.compile(
            rf"(?<!\w)(?:{alternation(lexicon.russian_nouns)})\s(?P<name>[А-ЯЁ][а-яё]{{2,}}(?:[\s-][А-ЯЁ][а-яё]{{2,}})?)(?!\w)"
        ),
        russian=re.compile(
            rf"(?<!\w)(?P<name>(?:{'|'.join(stem.capitalize() for stem in lexicon.russian_bodies)})[а-яё]{{0,4}}"
            # Genitives follow (Комитет защиты озера), and no verb in the past (Партия заявила).
            r"(?:\s(?![а-яё]+(?:ла|ли|лась|лись)(?!\w))[а-яё]{3,}(?:а|я|ов|ев|ых|их|ого|ей|и|ы)(?!\w)){0,2}"
            r"(?:\s[А-ЯЁ][а-яё]+){0,3})(?!\w)"
        ),
    )


def _is_arabic(word: str) -> bool:
    return bool(re.match(_ARABIC, word))


def _is_russian(word: str) -> bool:
    return bool(re.match("[а-я]", word))


def find_proper_names(
    document: Document, lexicon: PlaceLexicon, names: NameLexicon, *, around: Sequence[Finding] = ()
) -> tuple[Finding, ...]:
    """Findings "name" in order of place with the value `type`: place, organisation, state or media; role `content`.

    Values: `name` as printed on one line, `key` (of a place its spelling key, equal across scripts; of the others
    their words in lower case without articles), `type`. `around` are findings of the document: the names of people
    are taken already, and a line with place and day shows a place.
    """
    taken = [span for one in around if one.kind == "name" for span in one.spans("content")] + list(find_menus(document))
    found: dict[Span, tuple[str, str]] = {}
    shown: Sequence[_Shown] = (
        *_datelines(document.text, around, _lists(lexicon)),
        *_latin(document.text, lexicon),
        *_others(document.text, lexicon),
    )
    listed = {one.span: one for one in find_territories(document.text, lexicon)}
    shown = _without_listed(shown, listed, document.text, lexicon)
    for span, kind, rule in (
        *shown,
        *_publishers(around),
        *((span, one.kind, "listed") for span, one in listed.items()),
    ):
        if kind == "publisher":  # it may be a medium or a state, as its head noun showed
            inside = {found[other][0] for other in found if span.contains(other) and other.start == span.start}
            kind = min(inside, default="organisation")
            found = {other: held for other, held in found.items() if not span.overlaps(other)}
        if any(span.overlaps(other) for other in (*taken, *found)):
            continue
        found[span] = kind, rule
    for span in tuple(_tails(document.text, found)):
        if not any(span.overlaps(other) for other in (*taken, *found)):
            found[span] = "place", "people-of"
    for span in tuple(_coordinated(document.text, found, _lists(lexicon))):
        if not any(span.overlaps(other) for other in (*taken, *found)):
            found[span] = "place", "and-a-place"
    for span in _again(document.text, found):
        if not any(span.overlaps(other) for other in (*taken, *found)):
            found[span] = "place", "place-again"
    speller = spell(names)
    acronyms = dict(_acronyms(document.text, found))
    for span, full in _mentions(document.text, acronyms):
        if not any(span.overlaps(other) for other in (*taken, *found)):
            found[span] = found[full][0], "acronym"
    for span in _speaking(document.text, around):
        if not any(span.overlaps(other) for other in (*taken, *found)):
            found[span] = "organisation", "acronym-speaks"
    found |= {span: ("state", "in-longer-name") for span in _nested(document.text, found) if span not in found}
    longer = _longer_bodies(document.text, found)
    full_names = longer | {
        span: acronyms[span.of(document.text)] for span, (_, rule) in found.items() if rule == "acronym"
    }
    made = (
        _finding(
            document, span, *found[span], speller, full_names.get(span),
            listed.get(span) if found[span][1] == "listed" else None,
        )
        for span in sorted(found)
    )  # fmt: skip
    return tuple(made)


_Shown = tuple[Span, str, str]


def _nested(text: str, found: Mapping[Span, tuple[str, str]]) -> tuple[Span, ...]:
    """The state that the name of a body holds: "Ministry of Health of the Kingdom of Aldria"."""
    bodies = [span for span, (kind, _) in found.items() if kind == "organisation"]
    return tuple(
        Span(*match.span("state"))
        for body in bodies
        for match in _STATE_INSIDE.finditer(text, body.start, body.end)
        if match.start("state") > body.start
    )


def _longer_bodies(text: str, found: Mapping[Span, tuple[str, str]]) -> dict[Span, Span]:
    """The one longer name that each shorter one begins: "Railway Office" of "Railway Office of Osmar"."""
    bodies = {" ".join(span.of(text).split()): span for span, (kind, _) in found.items() if kind == "organisation"}
    longer = {}
    for name in bodies:
        wholes = [whole for whole in bodies if whole.startswith((f"{name} of ", f"{name} for "))]
        if " " in name and len(wholes) == 1:
            longer[name] = bodies[wholes[0]]
    return {
        span: longer[name]
        for span, (kind, rule) in found.items()
        if kind == "organisation" and rule != "acronym" and (name := " ".join(span.of(text).split())) in longer
    }


def _without_listed(
    shown: Sequence[_Shown], listed: Mapping[Span, Territory], text: str, lexicon: PlaceLexicon
) -> list[_Shown]:
    """`shown` without what a preposition alone shows where the list says more: "in Iraq", "in Iraqi waters"."""
    return [
        (span, kind, rule)
        for span, kind, rule in shown
        if rule not in ("preposition", "dateline")
        or not (any(span.overlaps(other) for other in listed) or is_demonym(span.of(text), lexicon))
    ]


def _datelines(text: str, around: Sequence[Finding], lists: _Lists) -> Iterator[tuple[Span, str, str]]:
    """The words before the day on the line that dates the document: "Port Varn, 4 May 2015"."""
    for one in around:
        if one.kind == "layout" and one.value("field") == "date" and one.spans("content"):
            start = one.place.start
            begin = text.rfind("\n", 0, start) + 1
            match = _DATED.fullmatch(text[begin:start])
            if match:
                words = match[1].split()
                kind = "organisation" if bare(words[0]) in lists.arabic_bodies else _kind(words, lists)
                yield Span(*match.span(1)).shift(begin), kind if kind not in ("", "-") else "place", "dateline"


def _publishers(around: Sequence[Finding]) -> Iterator[tuple[Span, str, str]]:
    """The body that the layout shows as publisher, where it is printed."""
    for one in around:
        if one.kind == "layout" and one.value("field") == "publisher" and one.spans("content"):
            yield one.spans("content")[0], "publisher", "publisher"


def _latin(text: str, lexicon: PlaceLexicon) -> Iterator[tuple[Span, str, str]]:
    lists = _lists(lexicon)
    headings = find_headings(text)
    flat_text = join_lines(text, headings)
    for match in _SEQUENCE.finditer(flat_text):
        words = [(word[0], match.start() + word.start()) for word in re.finditer(r"\S+", match[0])]
        while (
            words and (words[0][0] in lists.stops or words[0][0] in lexicon.links) and words[0][0] not in lists.states
        ):
            words.pop(0)
        while words and words[-1][0] in lexicon.links:
            words.pop()
        if not words:
            continue
        if headings[words[0][1]]:
            continue  # in a heading every word has a capital; letterhead and dateline are read apart
        yield from _read(flat_text, words, lists)


_Words = list[tuple[str, int]]


def _read(text: str, words: _Words, lists: _Lists) -> Iterator[tuple[Span, str, str]]:
    """The name that a capitalised sequence holds: whole, or behind one of its links ("Members of the Harbour Council",
    "Professor Brun of the University of Sund")."""
    end = words[-1][1] + len(_POSSESSIVE.sub("", words[-1][0]))
    links = [place for place, (word, _) in enumerate(words) if word in ("of", "for")]
    if links and _introduced(text, words[0][1], end):
        yield Span(words[0][1], end), "organisation", "acronym-follows"
        return
    for begin in (0, *(place + 1 for place in links)):
        part = words[begin:]
        while part and part[0][0] == "the":
            part = part[1:]
        kind = _kind([word for word, _ in part], lists) if len(part) > 1 else ""
        if kind not in ("", "-"):
            yield Span(part[0][1], end), kind, "head-noun"
            return
    start = words[0][1]
    if _introduced(text, start, end):
        yield Span(start, end), "organisation", "acronym-follows"
    elif words[0][0].isupper() and len(words) == 1 and len(words[0][0]) < _ACRONYM_LENGTH:
        return  # "in ABC" may be a body as well
    elif _kind([word for word, _ in words], lists) == "" and lists.before.search(text, max(0, start - 20), start):
        yield Span(start, end), "place", "preposition"


def _kind(words: list[str], lists: _Lists) -> str:
    """The type that the head noun shows; "" when none does, "-" when it shows that it is something else."""
    bare_words = [_POSSESSIVE.sub("", word) for word in words]
    cut = next((place for place, word in enumerate(bare_words) if _OF.match(word)), len(words))
    head = bare_words[cut - 1] if cut else ""
    if bare_words[0] in lists.states and cut == 1 and len(words) > 1:
        return "state"
    for kind, heads in (("media", lists.media), ("organisation", lists.organisations)):
        if head in heads and len(words) > 1:
            return kind
    if bare_words[0] in lists.media_openers and len(words) > 1:
        return "media"
    if any(word in lists.no_places for word in bare_words):
        return "-"
    by_place = len(words) > 1 and (head in lists.heads or bare_words[0] in lists.openers)
    return "place" if by_place else ""


def _others(text: str, lexicon: PlaceLexicon) -> Iterator[tuple[Span, str, str]]:
    lists = _lists(lexicon)
    for match in lists.russian.finditer(text):
        if " " in match["name"]:
            yield Span(*match.span("name")), "organisation", "head-noun"
    for kind, pattern in lists.arabic:
        for match in pattern.finditer(text):
            if kind == "place" and _COUNTED.search(text, max(0, match.start() - 8), match.start()):
                continue  # "20 قرية بقيت": villages that are counted
            stated = match["head"] is not None and bare(match["head"]) in lexicon.arabic_states
            yield Span(*match.span("name")), "state" if stated else kind, "head-noun"
    for match in lists.russian_nouns.finditer(text):
        yield Span(*match.span("name")), "place", "head-noun"
    for match in _RUSSIAN_PLACE.finditer(text):
        if match[1].split()[0] not in lists.stops and match[1] not in lists.no_places:
            yield Span(*match.span(1)), "place", "preposition"
    for match in lists.quoted.finditer(text):
        yield Span(*match.span("name")), "media", "head-noun"


def _tails(text: str, found: Mapping[Span, tuple[str, str]]) -> Iterator[Span]:
    """The town in "Toll Authority of Merle" where people are said to be of it too: "Residents of Merle", "O cutters of
    Olm!". One of both alone may be of a trade or a cause."""
    names = (span.of(text) for span, (kind, _) in found.items() if kind in ("organisation", "state"))
    bodies = [(name, match[1]) for name in names if (match := _TAIL.search(name))]
    tails = {tail for _, tail in bodies}
    for tail in {tail for name, tail in bodies if _STATE.search(name)}:
        # A state's name alone is the place: "Republic of Osmar", then "between Osmar and Linden".
        pattern = rf"(?<![\w-]){re.escape(tail)}(?![\w-])"
        yield from (Span(*match.span()) for match in re.finditer(pattern, text))
    for tail in sorted(tails):
        pattern = rf"(?<!\w)[^\W\d_]{{2,}}(?<!ss)s\sof\s({re.escape(tail)})(?!\w)(?!\s[A-Z])"
        yield from (Span(*match.span(1)) for match in re.finditer(pattern, text))


def _coordinated(text: str, found: Mapping[Span, tuple[str, str]], lists: _Lists) -> Iterator[Span]:
    """Capitalised words joined to a place that a preposition shows: "between Osmar and Linden", "of Brimm, Sallow and
    Netherby"."""
    for span, (kind, rule) in found.items():
        at = span.end
        while kind == "place" and rule == "preposition" and (match := _AND_PLACE.match(text, at)):
            if match[1] in lists.stops or match[1] in lists.no_places or match[1] in lists.organisations:
                break
            yield Span(*match.span(1))
            at = match.end()


def _again(text: str, found: dict[Span, tuple[str, str]]) -> Iterator[Span]:
    """Other mentions of the places found."""
    names = {" ".join(span.of(text).split()) for span, (kind, _) in found.items() if kind == "place"}
    names = {name for name in names if len(name) >= _SHORTEST}
    if names:
        pattern = re.compile(
            rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?![\w-])"
        )
        for match in pattern.finditer(text):
            yield Span(*match.span())


def _speaking(text: str, around: Sequence[Finding]) -> Iterator[Span]:
    """Every place of an acronym that is said to speak somewhere in the document: who speaks in capitals is a body."""
    sources = (span.of(text) for one in around if one.kind == "attribution" for span in one.spans("source"))
    acronyms = {match[1] for source in sources if (match := _ACRONYM.fullmatch(source))}
    for acronym in sorted(acronyms):
        for match in re.finditer(rf"(?<![\w.-]){re.escape(acronym)}(?![\w-])", text):
            yield Span(*match.span())


def _introduced(text: str, start: int, end: int) -> bool:
    """True when an acronym of the words stands in brackets behind them."""
    return any(True for _ in _acronyms(text, {Span(start, end): ("", "")}))


def _acronyms(text: str, found: dict[Span, tuple[str, str]]) -> Iterator[tuple[str, Span]]:
    """Acronyms introduced in brackets behind a name whose words they begin: "Friends of the Quay (FQ)"."""
    for span in sorted(found):
        match = _BRACKET.match(text, span.end)
        if match is None:
            continue
        letters = match[1].replace(".", "").casefold()
        words = [word[0].casefold() for word in span.of(text).split()]
        capitals = [word[0].casefold() for word in span.of(text).split() if word[0].isupper()]
        if letters in ("".join(words), "".join(capitals)):
            yield match[1], span


def _mentions(text: str, acronyms: dict[str, Span]) -> Iterator[tuple[Span, Span]]:
    """Every place of each acronym, with the name it stands for."""
    for acronym, full in acronyms.items():
        for match in re.finditer(rf"(?<![\w.]){re.escape(acronym)}(?!\w)", text):
            yield Span(*match.span()), full


def to_plain_key(name: str) -> str:
    """`name` in lower case without articles and marks: one key for the spellings of one script.

    >>> to_plain_key("The Harbour  Office")
    'harbour office'
    """
    words = (flat(_POSSESSIVE.sub("", word)).casefold().strip("«»“”\"'") for word in name.split())
    kept = [_stem(word.removeprefix("ال") if len(word) > 4 else word) for word in words]
    return " ".join(kept[1:] if kept and kept[0] == "the" else kept)


def _stem(word: str) -> str:
    """A Russian word without its case: "комитета" and "комитет" are one body's."""
    return _CASES.sub("", word) if len(word) > _SHORTEST and _is_russian(word) else word


def _place_key(name: str, speller: Speller) -> str:
    """The spelling key of a place without the noun before it (مدينة فارن)."""
    words = name.split()
    kept = words[1:] if len(words) > 1 and _is_arabic(words[0]) else words
    return speller.key(" ".join(kept)).text or to_plain_key(name)


def _finding(
    document: Document,
    span: Span,
    kind: str,
    rule: str,
    speller: Speller,
    full: Span | None = None,
    listed: Territory | None = None,
) -> Finding:
    """A finding; `full` is the name that an acronym stands for, whose key it has, `listed` the entry of a list."""
    name = " ".join(span.of(document.text).split())
    whole = " ".join((full or span).of(document.text).split())
    key = _place_key(whole, speller) if kind == "place" else to_plain_key(whole)
    evidence = Evidence(rule)
    if full is not None and rule != "acronym":
        evidence = Evidence("begins-longer-name", whole, full)
    if listed is not None:  # one key for the names of all languages
        key = _place_key(listed.key, speller) if kind == "place" else to_plain_key(listed.key)
        evidence = Evidence(rule, f"{listed.code} in the list of states, cities and bodies")
    values = {"name": name, "key": key, "type": kind}
    return make_finding(document, "name", {"content": span}, MADE_BY, values=values, evidence=[evidence])
