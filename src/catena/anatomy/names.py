"""Names of people: capitalised sequences, with or without a title, and names in Arabic script beside an office.

Small claims on purpose: a lone capitalised word is a name only after a title or when it ends a longer name of the same
document; a sequence that the document calls a thing ("the ferry Grey Heron", "the Grey Heron") is none, nor is one
that holds the head noun of a body. Menus of a page are left out. The key groups spellings: Khalid, Khaled and خالد
share one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catena.anatomy.lexicon import NameLexicon
from catena.anatomy.name_key import Speller, spell, to_key
from catena.anatomy.names_arabic import Hit, find_arabic_names
from catena.anatomy.scan import alternation, find_menus, is_in
from catena.model import Document, Evidence, Finding, MadeBy, Span, make_finding

_MADE_BY = MadeBy("names", "3")
_LONGEST = 5  # words of a name
_CAP = (
    r"(?:[A-ZÀ-ÖØ-ÞĞİŞ]['’ʿʾ]?[^\W\d_]*[a-zß-öø-ÿğışć][^\W\d_]*(?:[-'’][^\W\d_]+)*"
    r"|[A-ZА-ЯЁ]\.|[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*)"
)
_OPENER = re.compile(r"(?:[.!?…:;\n]\s*[“\"'(«]?|\A[“\"'(«]?)\Z")
_ARTICLE = re.compile(r"(?<!\w)[Tt]he\s\Z")
_IN = re.compile(r"(?<!\w)(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]ff|[Oo]utside|[Tt]owards?|[Bb]etween)\s\Z")
_SIGNED = re.compile(r"(?:^|\n)[ \t*_]*(?:For|On behalf of|Signed|Contact|Press contact|Enquiries)\b[^:\n]{0,45}:\s\Z")
_WRAPPED = 45  # code points: a shorter line ended on purpose
_BEFORE = 16  # code points before a name in which its article or noun stands
_POSSESSIVE = re.compile(r"['’]s?\Z")
_PATRONYMIC = re.compile(r"(?:ович|евич|ич|овн|евн|ичн|инич)(?:а|у|ем|ом|е|ы|ой)?$")
_GENITIVE = re.compile(r"[аяыи]$")
_PLURAL = re.compile(r"[а-яё]{3}[иы]$")
_RUSSIAN_SURNAME = re.compile(r"(?:[оеё]в|[иы]н)(?:а|у|ым|е|ой)?$")
_RUSSIAN_IN = re.compile(r"(?<!\w)(?:[Вв]о?|[Ии]з|близ|около|под|(?:г|гор|пос|дер)\.)\s\Z")
_RUSSIAN_ENDING = "[а-яё]{0,3}"

__all__ = ["find_names", "to_key"]


@dataclass(frozen=True, slots=True)
class _Lists:
    pattern: re.Pattern[str]
    office: re.Pattern[str]
    thing: re.Pattern[str]
    stops: frozenset[str]
    titles: frozenset[str]
    openings: frozenset[str]
    endings: frozenset[str]
    organisations: frozenset[str]
    stem: re.Pattern[str]
    works: frozenset[str]
    territories: frozenset[str]
    of_body: re.Pattern[str]


def find_names(document: Document, lexicon: NameLexicon, *, around: Sequence[Finding] = ()) -> tuple[Finding, ...]:
    """Findings "name" in order of place; roles `content` and, where printed, `title`; values `name` and `key`.

    `name` is the name as printed without its title. Findings with the same `key` hold spellings of what may be one
    name, within and across documents: a hint, not a claim that it is one person; the evidence `key` says what it rests
    on. A lone word has the key of the one longer name that it ends (evidence `last-name-again`), else `None`. `around`
    are findings of the layout: in a title every word may have a capital.
    """
    text = document.text
    menus = find_menus(document)
    full = [hit for hit in _full(text, lexicon) if not is_in(hit[1], menus)]
    full = _without_things(text, _without_openers(text, full), lexicon)
    full = _without_places(text, _without_titles(text, full, around, lexicon), lexicon)
    lasts = {span.of(text).split()[-1] for _, span, _ in full if " " in span.of(text)}
    again = _again(text, lasts, [span for _, span, _ in full], lexicon)
    found = full + [hit for hit in again if not is_in(hit[1], menus)]
    found += [hit for hit in find_arabic_names(text, lexicon) if not is_in(hit[1], menus)]
    found.sort(key=lambda one: one[1])
    longer = _longer(text, found)
    speller = spell(lexicon)
    return tuple(_finding(document, hit, longer, speller) for hit in found)


def _longer(text: str, hits: Sequence[Hit]) -> dict[str, Span]:
    """Last words with the first place of the one longer name they end; words that end several are left out."""
    places: dict[str, dict[str, Span]] = {}
    for _, span, _ in hits:
        words = span.of(text).split()
        if len(words) > 1:
            places.setdefault(words[-1], {}).setdefault(" ".join(words), span)
    return {last: next(iter(names.values())) for last, names in places.items() if len(names) == 1}


def _without_openers(text: str, full: list[Hit]) -> list[Hit]:
    """Words that stand before a name found elsewhere are not of it: "Recently Kaboulov", "Ostravian Anton Brisk"."""
    opens = [title is None and _OPENER.search(text, max(0, span.start - 4), span.start) for title, span, _ in full]
    lasts = {span.of(text).split()[-1] for (_, span, _), first in zip(full, opens, strict=True) if not first}
    whole = {tuple(span.of(text).split()) for _, span, _ in full}
    kept: list[Hit] = []
    for (title, span, rule), first in zip(full, opens, strict=True):
        words = span.of(text).split()
        if first and len(words) == 2 and words[1] in lasts and words[0] not in lasts:
            continue
        if title is None and len(words) > 2 and tuple(words[1:]) in whole:
            span = Span(span.start + text[span.start : span.end].index(words[1], len(words[0])), span.end)
        kept.append((title, span, rule))
    return kept


def _without_things(text: str, full: list[Hit], lexicon: NameLexicon) -> list[Hit]:
    """Sequences without those that the document mostly calls things: "the ferry Grey Heron", "the Grey Heron"."""
    thing = _lists(lexicon).thing
    called: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for title, span, _ in full:
        before = text[max(0, span.start - _BEFORE) : span.start]
        name = " ".join(span.of(text).split())
        counted[name] += 1
        called[name] += title is None and bool(_ARTICLE.search(before) or thing.search(before))
    return [hit for hit in full if hit[0] or 2 * called[name := " ".join(hit[1].of(text).split())] < counted[name]]


def _without_titles(text: str, full: list[Hit], around: Sequence[Finding], lexicon: NameLexicon) -> list[Hit]:
    """Sequences without those that the title alone prints and no given name begins: "Milestones Counted"."""
    titles = [
        span
        for one in around
        if one.kind == "layout" and one.value("field") == "title"
        for span in one.spans("content")
    ]
    outside = {_flat(span, text) for _, span, _ in full if not any(title.contains(span) for title in titles)}
    known = spell(lexicon).is_known
    return [
        hit
        for hit in full
        if hit[0]
        or not any(title.contains(hit[1]) for title in titles)
        or (name := _flat(hit[1], text)) in outside
        or known(name.split()[0])
    ]


def _without_places(text: str, full: list[Hit], lexicon: NameLexicon) -> list[Hit]:
    """Sequences without those that stand behind a preposition of place wherever they are printed: "at Dry Ford"."""
    elsewhere = {
        _flat(span, text)
        for title, span, _ in full
        if title or not _IN.search(text, max(0, span.start - 9), span.start)
    }
    known = spell(lexicon).is_known
    return [hit for hit in full if (name := _flat(hit[1], text)) in elsewhere or known(name.split()[0])]


def _flat(span: Span, text: str) -> str:
    return " ".join(span.of(text).split())


@lru_cache(maxsize=4)
def _lists(lexicon: NameLexicon) -> _Lists:
    latin = alternation(lexicon.titles)
    particles = "|".join(lexicon.particles)
    joined = rf"(?:(?:(?:{particles})[ -]){{1,2}}{_CAP}|{_CAP})"
    offices = "|".join(re.escape(stem) for stem in sorted(lexicon.russian_offices, key=len, reverse=True))
    stops = frozenset(lexicon.stops)
    titles = frozenset(word for title in lexicon.titles for word in title.split())
    return _Lists(
        pattern=re.compile(
            rf"(?<![\w-])(?:(?P<title>(?:{latin})(?:\s(?:{latin}))?)[ \u00a0])?"
            rf"(?P<name>{joined}(?:[ \u00a0]{joined}){{0,5}})(?![\w])"
        ),
        office=re.compile(
            rf"(?<![\w-])(?P<title>(?:{offices}){_RUSSIAN_ENDING}"
            r"(?:\s[а-яё-]+(?:ых|их|ого|его|ой|ей|ов|ев|ы|и|(?<!л)а|я|ел)){0,3})\s\Z",
            re.IGNORECASE,
        ),
        thing=re.compile(rf"(?<![\w-])(?:{alternation(lexicon.things)})\s[«“\"]?\Z"),
        stops=stops,
        titles=titles,
        openings=stops | titles,
        endings=stops | titles - frozenset(lexicon.surnames_too),
        organisations=frozenset(lexicon.organisations),
        stem=re.compile(rf"(?:{'|'.join(lexicon.organisation_stems)})(?!\w*(?:ов|ев)а?$){_RUSSIAN_ENDING}$"),
        works=frozenset(lexicon.works),
        territories=frozenset(lexicon.territories),
        of_body=re.compile(rf"(?<!\w)(?:{alternation(lexicon.organisations)})\s(?:of|for)\s(?:the\s)?\Z"),
    )


def _full(text: str, lexicon: NameLexicon) -> Iterator[Hit]:
    lists = _lists(lexicon)
    headings = find_headings(text)
    for match in lists.pattern.finditer(join_lines(text, headings)):
        words = [(word[0], match.start("name") + word.start()) for word in re.finditer(r"\S+", match["name"])]
        title = Span(*match.span("title")) if match["title"] else None
        title, words = _cut(words, title, lists)
        while words and words[0][0] in lists.openings and not title:
            words.pop(0)
        while words and words[-1][0] in lists.endings:
            words.pop()
        if not words or len(words) > _LONGEST or _is_other(" ".join(word for word, _ in words), lists):
            continue
        if not title and "А" <= words[0][0][0] <= "я":
            title, words = _russian(text, words, lists, lexicon)
        if title is None and lists.of_body.search(text, max(0, words[0][1] - 40), words[0][1]):
            continue  # "Office of the Hill Railway"
        if title is None and _RUSSIAN_IN.search(text, max(0, words[0][1] - 10), words[0][1]):
            continue  # "в Лесной Гавани"
        long = len([word for word, _ in words if len(word) > 2]) >= 2
        signed = long and _SIGNED.search(text, max(0, words[0][1] - 60), words[0][1])
        if title or (long and (signed or not headings[match.start()])):
            span = Span(words[0][1], words[-1][1] + len(words[-1][0]))
            yield title, span, "after-title" if title else "capitalised"


def _cut(words: list[tuple[str, int]], title: Span | None, lists: _Lists) -> tuple[Span | None, list[tuple[str, int]]]:
    """What follows a possessive or a title inside the sequence: "Ostravia's Anton Brisk", "Foreign Ministry Spokesman
    Anton Brisk"."""
    for place in range(len(words) - 2, -1, -1):
        word, start = words[place]
        if _POSSESSIVE.search(word) and len(word) > 2:
            return None, words[place + 1 :]
        if place and word in lists.titles and word not in lists.stops:
            return Span(start, start + len(word)), words[place + 1 :]
    return title, words


def _is_other(name: str, lists: _Lists) -> bool:
    """True for a body, a cited work, a state or a city."""
    words = name.split()
    return (
        name in lists.works
        or _POSSESSIVE.sub("", name) in lists.territories
        or bool(lists.thing.search(f"{words[0].casefold()} "))
        or any(word in lists.stops or word in lists.organisations for word in words)
        or any(lists.stem.match(part) for word in words for part in (word.casefold(), *word.casefold().split("-")[1:]))
    )


def _russian(
    text: str, words: list[tuple[str, int]], lists: _Lists, lexicon: NameLexicon
) -> tuple[Span | None, list[tuple[str, int]]]:
    """An office in lower case before a Russian name, and the name without the country of the office: in "министр
    иностранных дел Кембара Салим аль-Хаддун" the first word is in the genitive and two words follow."""
    start = words[0][1]
    if len(words) > 2 and _RUSSIAN_SURNAME.search(words[0][0]) is None and lists.office.match(f"{words[0][0]} "):
        return Span(start, start + len(words[0][0])), words[1:]
    if len(words) == 2 and _PLURAL.search(words[0][0]) and _OPENER.search(text, max(0, start - 4), start):
        return None, words[1:]  # "Рыбаки Белой бухты"
    office = lists.office.search(text, max(0, start - 80), start)
    if office is None:
        return None, words
    first = words[0][0]
    country = len(words) > 2 and _GENITIVE.search(first) and not _PATRONYMIC.search(words[1][0])
    if country and not spell(lexicon).is_known(first):
        return Span(office.start("title"), start + len(first)), words[1:]
    return Span(*office.span("title")), words


def find_headings(text: str) -> bytearray:
    """1 for each character of a line in which most words are capitalised: there a capital says nothing."""
    flags = bytearray(len(text))
    for line in re.finditer(r"[^\n]+", text):
        words = re.findall(r"[^\W\d_]{3,}", line[0])
        if (
            words
            and len(line[0]) < 120
            and sum(word[0].isupper() for word in words) > 0.6 * len(words) > 1.8
            and (not line[0].rstrip().endswith((".", "”", "!", "?")))
        ):
            flags[line.start() : line.end()] = b"\1" * len(line[0])
    return flags


def join_lines(text: str, headings: bytearray) -> str:
    """`text`, of the same length, with a space where a line of prose was broken: a name may stand over the break."""

    letters = list(text)
    for match in re.finditer(r"\n(?=\S)", text):
        at = match.start()
        line = at - 1 - text.rfind("\n", 0, at)
        if line >= _WRAPPED and not headings[at - 1]:
            letters[at] = " "
    return "".join(letters)


def _again(text: str, lasts: set[str], taken: list[Span], lexicon: NameLexicon) -> Iterator[Hit]:
    """Later mentions by the last word of a longer name."""
    stops = frozenset(lexicon.stops)
    starts = {place for span in taken for place in range(span.start, span.end)}
    wanted = {last for last in lasts if last[0].isupper() and last not in stops and len(last) > 3}
    for match in re.finditer(r"(?<![\w-])[^\W\d_](?:[^\W\d_]|[-'’](?=[^\W\d_]))+", text):
        word = match[0][:-2] if match[0].endswith(("'s", "’s")) else match[0]
        if word in wanted and match.start() not in starts:
            yield None, Span(match.start(), match.start() + len(word)), "last-name-again"


def _finding(document: Document, hit: Hit, longer: dict[str, Span], speller: Speller) -> Finding:
    title, span, rule = hit
    text = span.of(document.text)
    trimmed = text[:-2] if text.endswith(("'s", "’s")) else text
    span = Span(span.start, span.start + len(trimmed))
    name = " ".join(trimmed.split())
    evidence = [Evidence(rule)]
    full = None if " " in name else longer.get(name)
    key = speller.key(" ".join(full.of(document.text).split()) if full else name)
    if full:
        evidence = [Evidence(rule if rule == "last-name-again" else "after-title"),
                    Evidence("ends-longer-name", full.of(document.text), full)]  # fmt: skip
    if key.is_full:
        words = (f"{word}: {'table of names' if known else 'letters'}"
                 for word, known in zip(key.text.split(), key.known, strict=True))  # fmt: skip
        evidence.append(Evidence("key", "; ".join(words)))
    return make_finding(
        document,
        "name",
        {"content": span, "title": title} if title else {"content": span},
        _MADE_BY,
        values={"name": name, "key": key.text if key.is_full else None},
        evidence=evidence,
    )
