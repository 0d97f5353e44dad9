"""The parts around the body of a statement: title, genre, publisher, date, author, sign-off and the rest.

Only the first `HEAD` and last `FOOT` lines are looked at, and most fields need a line of their own: a genre named
inside a sentence is not the genre of the document. What a page's own menu says (blocks of kind `boilerplate`) is no
part of the statement. Nothing is deleted; every field points at its characters.

Order of steps: labelled lines, genre, publisher, date, title (from what is left), then what the title itself says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from catena.anatomy.bodies import find_body
from catena.anatomy.dates import Dated, scan_dates
from catena.anatomy.genres import find_genre, find_issued, find_title_genre
from catena.anatomy.lexicon import LayoutLexicon
from catena.anatomy.publisher import Page, Said, find_publisher, is_issue
from catena.anatomy.scan import bare, find_lines, find_menus, is_in, plain
from catena.anatomy.sections import is_address
from catena.model import Document, Evidence, Finding, MadeBy, Span, Value, make_finding

FIELDS = (
    "title", "genre", "publisher", "office", "letterhead", "date", "author", "addressee", "translated",
    "reference-number", "dateline", "sign-off", "links", "furniture",
)  # fmt: skip
"""Every field, in the order in which the head of a page shows them."""
HEAD = 12  # lines that may be letterhead
FOOT = 12  # lines that may be sign-off and links
LONGEST_TITLE = 140  # code points
LINE = 90  # code points: a longer line is prose
_WRAPPED = 45  # code points: a page is seldom narrower, so that a shorter line ended on purpose
_MADE_BY = MadeBy("layout", "3")
_ENDS = re.compile(r"[.!?؟。…:؛;،,][\"'”’»)\]]*$")
_DATELINE = re.compile(
    r"^(?P<city>(?:[A-Z][\w.'’-]+(?:[ ,/]+(?=[A-Z]))?){1,5})(?:,\s(?P<date>[^()–—\n]{3,30}?))?\s?"
    r"(?:\((?P<agency>[^()\n]{2,40})\)\s?[–—-]|[–—]|--)\s"
)
_LABELLED = r"^[#*_\s]*(?:{})\**\s?[:：.]*\**\s*(?P<value>\S.*)$"
_INTO = re.compile(r"\b(?:into|на)\b|(?<!\w)(?:إلى|به)(?!\w)", re.IGNORECASE)
_LINK = re.compile(r"https?://|www\.|\S+@\S+\.\w|\+\d[\d ()-]{7,}")
_WORDS = re.compile(r"[^\W\d_]+")
_EDGE = "#*_ \t\u200e\u200f\u202b\u202c"


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of head and foot, those that are taken, and the place of the document's day."""

    head: tuple[Span, ...]
    foot: tuple[Span, ...]
    used: frozenset[Span]
    day: Span | None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the layout: its place, its value, the rule that found it, further reasons.

    `role` is an author's office, `language` the one that a text says it was translated from, each with its place.
    """

    name: str
    span: Span
    value: str
    rule: str
    reasons: tuple[Evidence, ...] = ()
    role: Span | None = None
    language: tuple[str, Span] | None = None


def find_layout(document: Document, lexicon: LayoutLexicon) -> tuple[Finding, ...]:
    """Findings "layout" in order of place; role `content`; values `field` and `value`; the rule is the evidence code.

    Fields: title, genre, publisher, office, date (ISO day), author (value and place `role` where one is told),
    translated (value `source_language`, ISO 639-1, and its place where one is told), reference-number, dateline,
    addressee, sign-off, links, furniture (what the pages repeat in head and foot: one finding with every place of it).
    Genre, publisher, date and title stand once at most. What the file states of itself has no place in the text: empty
    roles, evidence `stated`.
    """
    fields = sorted(_fields(document, lexicon), key=lambda field: (field.span, field.name))
    found = [_finding(document, one) for one in fields]
    found += _furniture(document)
    have = {one.name for one in fields}
    for name in ("title", "author", "date", "publisher"):
        stated = document.get_stated(name)
        if stated and name not in have:
            found.append(
                make_finding(document, "layout", {}, _MADE_BY, values={"field": name, "value": stated},
                             evidence=[Evidence("stated", "the file says so")])
            )  # fmt: skip
    return tuple(found)


def _finding(document: Document, one: Field) -> Finding:
    roles: dict[str, Span] = {"content": one.span}
    values: dict[str, Value] = {"field": one.name, "value": one.value}
    if one.role:
        roles["role"] = one.role
        values["role"] = " ".join(one.role.of(document.text).split())
    if one.language:
        values["source_language"], roles["source_language"] = one.language
    evidence = [Evidence(one.rule), *one.reasons]
    return make_finding(document, "layout", roles, _MADE_BY, values=values, evidence=evidence)


def _furniture(document: Document) -> Iterator[Finding]:
    """Running heads, running feet and page numbers as the reader of the file told them from the text.

    What differs in its digits alone is one.
    """
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for block in document.blocks:
        if block.kind in ("header", "footer") and block.span.of(document.text).strip():
            found[block.kind, re.sub(r"\d+", "#", bare(block.span.of(document.text)))].append(block.span)
    for (kind, _), spans in found.items():
        values: dict[str, Value] = {"field": "furniture", "value": " ".join(spans[0].of(document.text).split())}
        evidence = [Evidence(f"page-{kind}", f"stands {len(spans)} time{'' if len(spans) == 1 else 's'}")]
        yield make_finding(document, "layout", {"content": spans}, _MADE_BY, values=values, evidence=evidence)


def _fields(document: Document, lexicon: LayoutLexicon) -> Iterator[Field]:
    text = document.text
    menus = find_menus(document)
    lines = tuple(line for line in find_lines(text) if not is_in(line, menus))
    if not lines:
        return
    head, foot = lines[:HEAD], _foot(text, _own(document, lines))
    edges = (*head, *(line for line in foot if line not in head))
    found = [field for place in edges for field in _line_fields(text, place, lexicon, in_head=place in head)]
    used = {place for place in edges for field in found if place.contains(field.span)}
    offices = {place for place in edges for field in found if field.role and place.contains(field.role)} - used
    used |= offices
    found += _genre(text, edges, head, lexicon)
    found += _addressee(text, head, found, lexicon)
    used.update(
        place for place in edges for field in found if place.contains(field.span) and not _is_title(field, head)
    )
    masthead = tuple(place for place in _masthead(document, head) if place not in offices)
    page = Page(document, masthead, foot, tuple(place for place in lines if place not in offices))
    published = find_publisher(page, lexicon)
    found += (Field(*one) for one in published)
    used.update(place for place in edges for one in published if one[3] != "named-in-title" and place.contains(one[1]))
    spare = {head[0]} if any(_is_title(field, head) for field in found) else set()
    dated = tuple(_one_date(text, head, foot, used | spare, lexicon))
    found += dated
    used.update(line for line in head for one in dated if line.contains(one.span) and one.rule == "head-date")
    found += _title(document, Lines(head, foot, frozenset(used), dated[0].span if dated else None), lexicon, published)
    found += _dateline(text, head)
    found += _from_shape(document, found, lexicon)
    if foot:
        span = Span(foot[0].start, foot[-1].end)
        found.append(Field("sign-off", span, " ".join(span.of(text).split()), "trailing-lines"))
    yield from found


def _own(document: Document, lines: tuple[Span, ...]) -> tuple[Span, ...]:
    """`lines` without running heads and feet, which stand behind the text."""
    pages = sorted(block.span for block in document.blocks if block.kind in ("header", "footer"))
    if not pages:
        return lines
    before = (bisect_right(pages, line.start, key=lambda span: span.start) - 1 for line in lines)
    return tuple(line for line, at in zip(lines, before, strict=True) if at < 0 or pages[at].end <= line.start)


def _foot(text: str, lines: tuple[Span, ...]) -> tuple[Span, ...]:
    """The short lines after the last line that is a sentence; none when the text has no such line."""
    found: list[Span] = []
    for place in reversed(lines[-FOOT:]):
        line = place.of(text)
        if len(place) > LINE or (_ENDS.search(line) and not _LINK.search(line) and len(_WORDS.findall(line)) > 4):
            return tuple(reversed(found))
        found.append(place)
    return ()


def _masthead(document: Document, head: tuple[Span, ...]) -> tuple[Span, ...]:
    """The lines of the head before the first line of prose, headings left out: a heading is the title's."""
    headings = {block.span.start for block in document.blocks if block.kind == "heading"}
    found = []
    for place in head:
        line = place.of(document.text)
        words = _WORDS.findall(line)
        lower = sum(word[0].islower() for word in words)
        if len(place) > LINE or (len(words) > 8 and (_ENDS.search(line) or lower > 0.6 * len(words))):
            break
        if place.start not in headings and not line.startswith("# "):
            found.append(place)
    return tuple(found)


def _genre(text: str, edges: tuple[Span, ...], head: tuple[Span, ...], lexicon: LayoutLexicon) -> Iterator[Field]:
    """A line of its own anywhere in head or foot, else a line of the head that opens with it and names the body."""
    short = [place for place in edges if len(place) <= LINE]
    for place in short:
        own = find_genre(place.of(text), lexicon)
        if own:
            yield Field("genre", own[0].shift(place.start), own[1], "own-line")
            return
    for place in short:
        issued = find_issued(place.of(text), lexicon) if place in head else None
        if issued:
            yield Field("genre", issued[0].shift(place.start), issued[1], "opens-line")
            return


def _addressee(text: str, head: tuple[Span, ...], found: list[Field], lexicon: LayoutLexicon) -> Iterator[Field]:
    """Under a line that says it is a letter, a line that names whom it is to: "To the Members of the Council"."""
    letter = next((one.span for one in found if one.name == "genre" and one.value == "letter"), None)
    for above, line in pairwise(head):
        first = bare(line.of(text)).split()[:1]
        if letter and above.contains(letter) and len(line) <= LINE and first and first[0] in lexicon.addressee:
            yield Field("addressee", line, line.of(text), "under-letter")


def _is_title(field: Field, head: tuple[Span, ...]) -> bool:
    """True for a genre that opens the first line, "Statement of the Union of Boatmen": it is the title all the same."""
    return field.rule == "opens-line" and head[0].contains(field.span)


def _line_fields(text: str, place: Span, lexicon: LayoutLexicon, *, in_head: bool) -> Iterator[Field]:
    line = place.of(text)
    if (len(place) <= LINE and _LINK.search(line)) or (
        len(place) <= LINE and bare(line).startswith(lexicon.links) and ":" in line
    ):
        yield Field("links", place, line, "link-line")
        return
    yield from _translated(text, place, lexicon)
    if len(place) > LINE:
        return
    for name, pattern in _labelled(lexicon):
        match = pattern.match(line)
        if match is None:
            continue
        value, role = match["value"].rstrip(_EDGE), None
        start = place.start + match.start("value")
        if name == "author":
            value, role = _cut_role(text, Span(start, start + len(value)), place, lexicon)
        if _fits(name, value, line[: match.start("value")], in_head=in_head):
            yield Field(name, Span(start, start + len(value)), value, "labelled-line", role=role)
    written = _WRITTEN_FOR.match(line)
    if written:
        yield Field("author", Span(*written.span("by")).shift(place.start), written["by"], "written-for")


_WRITTEN_FOR = re.compile(
    r"[*_\s]*(?:[Ww]ritten|[Pp]repared|[Tt]ranslated)\sfor\s(?:the\s)?.{3,60}?\sby\s(?P<by>[A-Z][\w.'’-]+(?:\s[\w.'’-]+){1,4})[*_\s.]*$"
)


@lru_cache(maxsize=4)
def _labelled(lexicon: LayoutLexicon) -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = (
        ("author", lexicon.author),
        ("reference-number", lexicon.reference),
        ("addressee", lexicon.addressee),
    )
    return tuple(
        (
            name,
            re.compile(_LABELLED.format("|".join(map(re.escape, sorted(words, key=len, reverse=True)))), re.I),
        )
        for name, words in lists
    )


def _cut_role(text: str, named: Span, line: Span, lexicon: LayoutLexicon) -> tuple[str, Span | None]:
    """The author's name of a byline, and the office behind it: "Elin Sand, Secretary of the League", or under it."""
    value = named.of(text)
    parted = re.match(r"(?P<name>[^,،(–—]{4,60}?)\s*[,،(–—]\s*(?P<role>[^()]{3,90}?)\)?$", value)
    if parted:  # "By Elin Sand, Sorin" tells a place behind the name, and no office
        told = Span(*parted.span("role")).shift(named.start)
        return parted["name"], told if _is_role(parted["role"], lexicon) else None
    under = re.match(r"\n[#*_ \t]*(?P<role>[^\n]{3,90}?)[*_ \t]*(?:\n|\Z)", text[line.end : line.end + 2 * LINE])
    below = under is not None and _is_role(under["role"], lexicon) and not _ENDS.search(under["role"])
    return value, Span(*under.span("role")).shift(line.end) if under and below else None


def _is_role(words: str, lexicon: LayoutLexicon) -> bool:
    """True for words that begin with an office ("Secretary of …", "deputy head of …")."""
    first = bare(words).split()[:3]
    return any(" ".join(first[:length]).startswith(lexicon.roles) for length in (1, 2, 3)) and len(words.split()) <= 12


def _fits(name: str, value: str, label: str, *, in_head: bool) -> bool:
    """Whether the rest of a labelled line is what the label promises."""
    if name == "reference-number":
        return len(value) <= 40 and any(c.isdigit() for c in value) and len(value.split()) <= 4
    words = _WORDS.findall(value)
    if name == "addressee":
        return in_head and ":" in label and 1 <= len(words) <= 12
    capital = all(not word[0].islower() for word in words)
    return label[-1:].isspace() and 2 <= len(words) <= 6 and capital and not _ENDS.search(value)


def _translated(text: str, place: Span, lexicon: LayoutLexicon) -> Iterator[Field]:
    line = place.of(text)
    for part in re.finditer(r"[(\[]([^()\[\]\n]{4,40})[)\]]", line):
        if _says_translated(bare(part[1]), lexicon):
            span = Span(*part.span()).shift(place.start)
            yield Field("translated", span, bare(part[1]), "in-brackets", language=_language(text, span, lexicon))
    if _says_translated(bare(line).strip(" .*_"), lexicon):
        told = _language(text, place, lexicon)
        yield Field("translated", place, bare(line).strip(" .*_"), "own-line", language=told)


def _language(text: str, place: Span, lexicon: LayoutLexicon) -> tuple[str, Span] | None:
    """The language that a remark on translation names, and where: "(Translated from Persian)", not "into"."""
    if _INTO.search(place.of(text)):
        return None
    codes = dict(lexicon.languages)
    for word in re.finditer(r"[^\W\d_]+(?:[-\u200c][^\W\d_]+)*", place.of(text)):
        if bare(word[0]) in codes:
            return codes[bare(word[0])], Span(*word.span()).shift(place.start)
    return None


def _says_translated(remark: str, lexicon: LayoutLexicon) -> bool:
    return remark in lexicon.translated or (len(remark) <= 60 and remark.startswith(lexicon.translated_from))


def _one_date(
    text: str, head: tuple[Span, ...], foot: tuple[Span, ...], used: set[Span], lexicon: LayoutLexicon
) -> Iterator[Field]:
    """The day of the document: a line of the head that is little more than a date, a line of letterhead that holds
    one, a dateline, and last the foot."""
    places = [(place, "head-date") for place in head] + [(place, "imprint-date") for place in head if place in used]
    places += [(place, "dateline-date") for place in head] + [(place, "sign-off-date") for place in foot]
    places += [(place, "title-date") for place in head]
    for place, rule in places:
        line = place.of(text)
        opening = _DATELINE.match(line) if rule == "dateline-date" else None
        if opening:
            line = opening[0]
        elif len(place) > LINE or rule == "dateline-date":
            continue
        dated = [one for one in scan_dates(line, lexicon.dates) if one.precision == "day" and one.start]
        if rule == "title-date":
            dated = dated if dated and _ends_title(line, dated, lexicon) else []
        elif rule not in ("imprint-date", "dateline-date") and not _is_short(line, dated, lexicon):
            continue
        if not dated:
            continue
        best = next((one for one in dated if one.calendar == "gregorian"), dated[0])
        span = Span(dated[0].span.start, dated[-1].span.end).shift(place.start)
        yield Field("date", span, _middle(best), rule)
        return


def _ends_title(line: str, dated: list[Dated], lexicon: LayoutLexicon) -> bool:
    """True for a genre and a body with the day at the end: "Leaflet of the Reed Cutters, 1 September 2016"."""
    before = line[: dated[0].span.start].rstrip()
    after = line[dated[-1].span.end :].strip(" .)*_")
    return not after and before.endswith((",", "،")) and find_title_genre(line, lexicon) is not None


def _is_short(line: str, dated: list[Dated], lexicon: LayoutLexicon) -> bool:
    """True when little is left of the line without its dates: a place, a day of the week, a label."""
    rest = "".join(line[a:b] for a, b in _gaps([one.span for one in dated], len(line)))
    labels = bare(rest).strip(" :،,()|-–—/.#*")
    return len(_WORDS.findall(rest)) <= 3 or any(labels.startswith(label) for label in lexicon.date_labels)


def _middle(one: Dated) -> str:
    """The ISO day of a date; of a Hijri day, which is known to ±2 days only, the day in the middle."""
    if not one.start or not one.end:
        return ""
    return (one.start + (one.end - one.start) / 2).isoformat()


def _gaps(spans: list[Span], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for span in spans:
        yield at, span.start
        at = span.end
    yield at, length


def _has_masthead(published: tuple[Said, ...]) -> bool:
    return any(said[0] == "publisher" and said[3] in ("letterhead", "opens-line", "labelled") for said in published)


def _title(document: Document, lines: Lines, lexicon: LayoutLexicon, published: tuple[Said, ...]) -> Iterator[Field]:
    """A heading block, the line equal to the stated title, else a short line without a full stop.

    When the masthead does not name a body, the line right under it comes first, and a first line left above
    it is the letterhead's own, hence the publisher's; else the first free line is the title.
    """
    text = document.text
    stated = bare(document.get_stated("title") or "")
    headings = {block.span.start for block in document.blocks if block.kind == "heading"}
    free = [place for place in lines.head if place not in lines.used and place not in lines.foot]
    alike = [place for place in free if _looks_like_title(text, place, lexicon)]
    alike.sort(key=lambda place: lines.day is not None and place.contains(lines.day))  # a line with the day comes last
    under = {line for above, line in pairwise(lines.head) if above in lines.used}
    below = ("under-letterhead", [place for place in alike if place in under and len(place) <= LONGEST_TITLE])
    first = ("first-free-line", alike)
    candidates = (
        ("equals-stated-title", [place for place in free if stated and bare(place.of(text)).strip("# ") == stated]),
        ("heading", [place for place in free if place.start in headings or place.of(text).startswith("# ")]),
        *((first, below) if _has_masthead(published) else (below, first)),
    )
    rule, place = next(((rule, many[0]) for rule, many in candidates if many), ("", None))
    if place is None:
        return
    line = place.of(text)
    span = Span(place.start + len(line) - len(line.lstrip("#* ")), place.start + len(line.rstrip("* ")))
    yield Field("title", span, " ".join(span.of(text).split()), rule)
    top = lines.head[0]
    if rule == "under-letterhead" and not published and top in alike and top != place and lines.head[1] in lines.used:
        yield Field("publisher", top, top.of(text), "letterhead-top")


def _looks_like_title(text: str, place: Span, lexicon: LayoutLexicon) -> bool:
    line = place.of(text)
    words = _WORDS.findall(line)
    if not 2 <= len(words) <= 30 or re.search(r"[.:،,;؛][\"'”’»)\]]*$", line):
        return False
    if plain(bare(line)).startswith(lexicon.invocations) or is_issue(line, lexicon):
        return False
    return not (_DATELINE.match(line) or _runs_on(text, place) or is_address(line, lexicon))


def _runs_on(text: str, place: Span) -> bool:
    """True for a line of prose that was cut where the page ended, not where the sentence does."""
    after = re.match(r"\n([^\n]+)", text[place.end : place.end + 2 * LINE])
    return bool(after and len(place) > _WRAPPED and (after[1][0].islower() or len(after[1]) > 0.8 * len(place)))


def _from_shape(document: Document, found: list[Field], lexicon: LayoutLexicon) -> Iterator[Field]:
    """A genre that no line names: the title opens with it, or a byline and the name of a periodical make an article."""
    have = {field.name: field for field in found}
    if "genre" in have:
        return
    title, author, publisher = have.get("title"), have.get("author"), have.get("publisher")
    opened = find_title_genre(title.span.of(document.text), lexicon) if title else None
    if title and opened:
        yield Field("genre", opened[0].shift(title.span.start), opened[1], "opens-title")
    elif author and publisher:
        body = find_body(publisher.value, lexicon)
        if body and body[1] == "periodical":
            reasons = (
                Evidence("byline", author.value, author.span),
                Evidence("periodical", publisher.value, publisher.span),
            )
            yield Field("genre", author.span, "article", "byline-and-periodical", reasons)


def _dateline(text: str, head: tuple[Span, ...]) -> Iterator[Field]:
    for place in head:
        match = _DATELINE.match(place.of(text))
        if match and (match["agency"] or match["city"].isupper() or match["date"]):
            span = Span(place.start, place.start + match.end()).of(text).rstrip(" –—-")
            yield Field("dateline", Span(place.start, place.start + len(span)), span, "city-and-agency")
            return
