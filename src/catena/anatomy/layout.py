"""The parts around the body of a statement: title, genre, publisher, date, author, sign-off and the rest.

Only the first `HEAD` and last `FOOT` lines are looked at, and most fields need a line of their own: a genre named
inside a sentence is not the genre of the document. Nothing is deleted; every field points at its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from catena.anatomy.dates import scan_dates
from catena.anatomy.lexicon import LayoutLexicon
from catena.anatomy.scan import bare, find_lines
from catena.model import Document, Evidence, Finding, MadeBy, Span, make_finding

HEAD = 12  # lines that may be letterhead
FOOT = 12  # lines that may be sign-off and links
LONGEST_TITLE = 140  # code points
LINE = 90  # code points: a longer line is prose
_MADE_BY = MadeBy("layout", "1")
_ENDS = re.compile(r"[.!?؟。…:؛;،,][\"'”’»)\]]*$")
_DATELINE = re.compile(
    r"^(?P<city>(?:[A-Z][\w.'’-]+(?:[ ,/]+(?=[A-Z]))?){1,5})(?:,\s(?P<date>[^()–—\n]{3,30}?))?\s?"
    r"(?:\((?P<agency>[^()\n]{2,40})\)\s?[–—-]|[–—]|--)\s"
)
_LABELLED = r"^[#*\s]*(?:{})\s?[:：.]*\s*(?P<value>\S.*)$"
_LINK = re.compile(r"https?://|www\.|\S+@\S+\.\w|\+\d[\d ()-]{7,}")
_WORDS = re.compile(r"[^\W\d_]+")

Field = tuple[str, Span, str, str]
"""Name of the field, its place, its value, and the rule that found it."""


def find_layout(document: Document, lexicon: LayoutLexicon) -> tuple[Finding, ...]:
    """Findings "layout" in order of place; role `content`; values `field` and `value`; the rule is the evidence code.

    Fields: title, genre, publisher, date (ISO day), author, translated, reference-number, dateline, addressee,
    sign-off, links. What the file states of itself has no place in the text: empty roles, evidence `stated`.
    """
    fields = sorted(_fields(document, lexicon), key=lambda field: (field[1], field[0]))
    found = [
        make_finding(document, "layout", {"content": place}, _MADE_BY, values={"field": name, "value": value},
                     evidence=[Evidence(rule)])
        for name, place, value, rule in fields
    ]  # fmt: skip
    have = {name for name, *_ in fields}
    for name in ("title", "author", "date"):
        stated = document.get_stated(name)
        if stated and name not in have:
            found.append(
                make_finding(document, "layout", {}, _MADE_BY, values={"field": name, "value": stated},
                             evidence=[Evidence("stated", "the file says so")])
            )  # fmt: skip
    return tuple(found)


def _fields(document: Document, lexicon: LayoutLexicon) -> Iterator[Field]:
    text = document.text
    lines = find_lines(text)
    if not lines:
        return
    head, foot = lines[:HEAD], _foot(text, lines)
    used: set[Span] = set()
    for place in (*head, *(line for line in foot if line not in head)):
        for field in _line_fields(text, place, lexicon, in_head=place in head):
            used.add(place)
            yield field
    for name, span, value, rule in _one_date(text, head, foot, lexicon):
        used.update(line for line in head if line.contains(span))
        yield (name, span, value, rule)
    yield from _title(document, head, foot, used)
    yield from _dateline(text, head)
    if foot:
        span = Span(foot[0].start, foot[-1].end)
        yield ("sign-off", span, " ".join(span.of(text).split()), "trailing-lines")


def _foot(text: str, lines: tuple[Span, ...]) -> tuple[Span, ...]:
    """The short lines after the last line that is a sentence; none when the text has no such line."""
    found: list[Span] = []
    for place in reversed(lines[-FOOT:]):
        line = place.of(text)
        if len(place) > LINE or (_ENDS.search(line) and not _LINK.search(line) and len(_WORDS.findall(line)) > 4):
            return tuple(reversed(found))
        found.append(place)
    return ()


def _line_fields(text: str, place: Span, lexicon: LayoutLexicon, *, in_head: bool) -> Iterator[Field]:
    line = place.of(text)
    if (len(place) <= LINE and _LINK.search(line)) or (
        len(place) <= LINE and bare(line).startswith(lexicon.links) and ":" in line
    ):
        yield ("links", place, line, "link-line")
        return
    yield from _translated(text, place, lexicon)
    if len(place) > LINE:
        return
    offset = place.start
    for part in re.finditer(r"[^|\n]+", line):
        key = bare(part[0]).strip(" #*:.-–—_[]()")
        genre = dict(lexicon.genres).get(key)
        if genre:
            start = offset + part.start() + len(part[0]) - len(part[0].lstrip(" #*"))
            yield ("genre", Span(start, offset + part.start() + len(part[0].rstrip())), genre, "own-line")
    for name, pattern in _labelled(lexicon):
        match = pattern.match(line)
        if match and _fits(name, match, line, in_head=in_head):
            value = Span(offset + match.start("value"), offset + match.end("value"))
            yield (name, value, match["value"].strip(), "labelled-line")
    if _is_publisher(line, lexicon):
        yield ("publisher", place, line.strip("#* "), "letterhead" if in_head else "sign-off-line")


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


def _fits(name: str, match: re.Match[str], line: str, *, in_head: bool) -> bool:
    """Whether the rest of a labelled line is what the label promises."""
    value = match["value"]
    label = line[: match.start("value")]
    if name == "reference-number":
        return len(value) <= 40 and any(c.isdigit() for c in value) and len(value.split()) <= 4
    words = _WORDS.findall(value)
    if name == "addressee":
        return in_head and ":" in label and 1 <= len(words) <= 12
    capital = all(not word[0].islower() for word in words)
    return label[-1:].isspace() and 2 <= len(words) <= 6 and capital and not _ENDS.search(value)


def _is_publisher(line: str, lexicon: LayoutLexicon) -> bool:
    key = bare(line).strip(" #*")
    if _ENDS.search(line) or len(key.split()) > 12:
        return False
    return any(key.startswith((word + " ", "the " + word)) or key == word or key.endswith(" " + word)
               for word in lexicon.publishers)  # fmt: skip


def _translated(text: str, place: Span, lexicon: LayoutLexicon) -> Iterator[Field]:
    line = place.of(text)
    for part in re.finditer(r"[(\[]([^()\[\]\n]{4,40})[)\]]", line):
        if bare(part[1]) in lexicon.translated:
            yield (
                "translated",
                Span(place.start + part.start(), place.start + part.end()),
                bare(part[1]),
                "in-brackets",
            )
    if bare(line).strip(" .*_") in lexicon.translated:
        yield ("translated", place, bare(line), "own-line")


def _one_date(text: str, head: tuple[Span, ...], foot: tuple[Span, ...], lexicon: LayoutLexicon) -> Iterator[Field]:
    """The day of the document: a line that is little more than a date, in the head first, then in the foot."""
    for place in (*head, *foot):
        if len(place) > LINE:
            continue
        line = place.of(text)
        dated = [one for one in scan_dates(line, lexicon.dates) if one.precision == "day" and one.start]
        rest = "".join(line[a:b] for a, b in _gaps([one.span for one in dated], len(line)))
        labels = bare(rest).strip(" :،,()|-–—/.#*")
        short = len(_WORDS.findall(rest)) <= 3 or any(labels.startswith(label) for label in lexicon.date_labels)
        if dated and short:
            best = next((one for one in dated if one.calendar == "gregorian"), dated[0])
            span = Span(dated[0].span.start, dated[-1].span.end).shift(place.start)
            iso = best.start.isoformat() if best.start else ""
            yield ("date", span, iso, "head-date" if place in head else "sign-off-date")
            return


def _gaps(spans: list[Span], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for span in spans:
        yield at, span.start
        at = span.end
    yield at, length


def _title(document: Document, head: tuple[Span, ...], foot: tuple[Span, ...], used: set[Span]) -> Iterator[Field]:
    """A heading block, the line equal to the stated title, else a short line without a full stop: the one right under
    the letterhead first. A first line left above the title is the letterhead's own, hence the publisher's."""
    text = document.text
    stated = bare(document.get_stated("title") or "")
    headings = {block.span.start for block in document.blocks if block.kind == "heading"}
    free = [place for place in head if place not in used and place not in foot]
    lines = {place: place.of(text) for place in free}
    alike = [place for place in free if _looks_like_title(lines[place])]
    under = {line for above, line in pairwise(head) if above in used}
    candidates = (
        (
            "equals-stated-title",
            [place for place in free if stated and bare(lines[place]).strip("# ") == stated],
        ),
        ("heading", [place for place in free if place.start in headings or lines[place].startswith("# ")]),
        ("under-letterhead", [place for place in alike if place in under and len(place) <= LONGEST_TITLE]),
        ("first-free-line", alike),
    )
    rule, place = next(((rule, many[0]) for rule, many in candidates if many), ("", None))
    if place is None:
        return
    skip = len(lines[place]) - len(lines[place].lstrip("# "))
    span = Span(place.start + skip, place.end)
    yield ("title", span, " ".join(span.of(text).split()), rule)
    first = head[0]
    if rule == "under-letterhead" and first in alike and first != place and head[1] in used:
        yield ("publisher", first, lines[first], "letterhead-top")


def _looks_like_title(line: str) -> bool:
    words = _WORDS.findall(line)
    return 2 <= len(words) <= 30 and not re.search(r"[.:،,;؛][\"'”’»)\]]*$", line) and not _DATELINE.match(line)


def _dateline(text: str, head: tuple[Span, ...]) -> Iterator[Field]:
    for place in head:
        match = _DATELINE.match(place.of(text))
        if match and (match["agency"] or match["city"].isupper() or match["date"]):
            span = Span(place.start, place.start + match.end()).of(text).rstrip(" –—-")
            yield ("dateline", Span(place.start, place.start + len(span)), span, "city-and-agency")
            return
