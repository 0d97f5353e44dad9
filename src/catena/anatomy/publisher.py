"""Who publishes a statement: the best of several places that can say so, with the offices beside it.

Places in order of weight: a label ("Issued by: …"), the line that names the genre ("Leaflet of the …"), the masthead,
what the page states of itself, "Written for the …", the sign-off, the page's own header, a title ("Statement of the
…"), and last a line for enquiries. An office alone ("Office of the Spokesperson") gives way to the body it serves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catena.anatomy.bodies import find_body
from catena.anatomy.dates import scan_dates
from catena.anatomy.genres import find_issued
from catena.anatomy.lexicon import LayoutLexicon
from catena.anatomy.scan import alternation, bare, find_lines, plain_digits
from catena.model import Document, Span

_WRITTEN_FOR = re.compile(
    r"[*_\s]*(?:written|prepared|translated)\sfor\s(?:the\s)?(?P<body>.{3,60}?)(?:\sby\s.*|[.*_\s]*)$",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"[^:\n]{3,30}:\s*")
_WEIGHTS = ("labelled", "opens-line", "letterhead", "stated-name", "written-for", "sign-off", "page-header",
            "named-in-title", "contact-line")  # fmt: skip

_SECOND = ("office", "state")  # kinds that give way to another body

Said = tuple[str, Span, str, str]
"""Field, place, value, rule."""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines a publisher is looked for in: masthead, foot, and all that are no menu."""

    document: Document
    masthead: tuple[Span, ...]
    foot: tuple[Span, ...]
    lines: tuple[Span, ...]


def find_publisher(page: Page, lexicon: LayoutLexicon) -> tuple[Said, ...]:
    """The field `publisher`, once at most; `office` for each line that names an office; `letterhead` for other bodies
    in the masthead.

    The value is the body's name as printed, without a leading article.
    """
    found = sorted(_candidates(page, lexicon), key=lambda one: (_WEIGHTS.index(one[2]), one[1] in _SECOND, one[0]))
    if not found:
        return ()
    body = next((one for one in found if one[1] not in _SECOND), found[0])
    best = found[0] if found[0][1] not in _SECOND or _WEIGHTS.index(body[2]) > _WEIGHTS.index("sign-off") else body
    text = page.document.text
    said: list[Said] = [("publisher", best[0], _value(best[0].of(text)), best[2])]
    seen = {bare(said[0][2])}
    for span, kind, rule in sorted(found):
        value = _value(span.of(text))
        field = "office" if kind in ("office", "named-office") else "letterhead" if rule == "letterhead" else ""
        if field and bare(value) not in seen:
            seen.add(bare(value))
            said.append((field, span, value, rule))
    return tuple(said)


def _candidates(page: Page, lexicon: LayoutLexicon) -> Iterator[tuple[Span, str, str]]:
    """Places of bodies, with kind and rule."""
    text = page.document.text
    for place in (*page.masthead, *page.foot):
        yield from _on_line(page, place, lexicon)
    for place in page.lines[:1]:
        issued = find_issued(place.of(text), lexicon)
        if issued:
            yield issued[2].shift(place.start), "body", "named-in-title"
    stated = page.document.get_stated("publisher")
    if stated:
        printed = _locate(text, stated)
        if printed is not None:
            yield printed, "body", "stated-name"
        return
    for place in find_lines(text)[:3]:
        body = find_body(place.of(text), lexicon) if place not in page.lines else None
        if body:
            yield body[0].shift(place.start), body[1], "page-header"


def _on_line(page: Page, place: Span, lexicon: LayoutLexicon) -> Iterator[tuple[Span, str, str]]:
    text = page.document.text
    line = place.of(text)
    rule = "letterhead" if place in page.masthead else "sign-off"
    end = len(line)
    label, written, issued = _label(lexicon).match(line), _WRITTEN_FOR.match(line), find_issued(line, lexicon)
    if label:
        start, rule = label.end(), "labelled"
    elif written:
        start, end, rule = written.start("body"), written.end("body"), "written-for"
    elif issued:
        if rule == "letterhead" and place != page.lines[0]:
            yield issued[2].shift(place.start), "body", "opens-line"
        return
    else:
        start = 0
    body = find_body(line[start:end], lexicon) or (_signed(page, place, lexicon) if not start else None)
    if body is None and not start and (contact := _CONTACT.match(line)) and rule == "sign-off":
        start, rule = contact.end(), "contact-line"
        body = find_body(line[start:], lexicon)
    if body is None:
        return
    span, kind = body[0].shift(start), body[1]
    if kind == "periodical" and rule in ("letterhead", "sign-off") and not _is_imprint(text, place, span, lexicon):
        return
    yield span.shift(place.start), kind, rule


def _signed(page: Page, place: Span, lexicon: LayoutLexicon) -> tuple[Span, str] | None:
    """Who signs under "With respect,": a name with "of" or "for" in it is a body's, and not a person's."""
    text = page.document.text
    above = next((line for line in reversed(page.lines) if line.end <= place.start), None)
    if place not in page.foot or above is None or bare(above.of(text)).strip(" ,،.!*_") not in lexicon.closings:
        return None
    words = place.of(text).split()
    capital = all(word[:1].isupper() or bare(word) in (*lexicon.name_cuts, *lexicon.name_links) for word in words)
    cut = any(bare(word) in lexicon.name_cuts for word in words[1:-1])
    return (Span(0, len(place)), "body") if capital and cut and len(words) <= 10 else None


@lru_cache(maxsize=4)
def _label(lexicon: LayoutLexicon) -> re.Pattern[str]:
    return re.compile(rf"[#*_\s]*(?:{alternation(lexicon.publisher_labels)})\**\s?[:：]\**\s*", re.IGNORECASE)


def _is_imprint(text: str, place: Span, span: Span, lexicon: LayoutLexicon) -> bool:
    """A periodical's name beside a date, above a number of issue or, under the title, above a date, or one that stands
    elsewhere in the text too: else it may be a title."""
    line = place.of(text)
    if scan_dates(line[span.end :], lexicon.dates) or text.count(span.of(line)) > 1:
        return True
    below = text[place.end : place.end + 60].strip().split("\n")[0]
    dated = scan_dates(below, lexicon.dates) if text[: place.start].strip() else ()
    return is_issue(text[place.end : place.end + 60], lexicon) or any(one.span == Span(0, len(below)) for one in dated)


def is_issue(line: str, lexicon: LayoutLexicon) -> bool:
    """True for a line that begins with the number of an issue: "Vol. 3, No. 2"."""
    return bool(_issue(lexicon).match(plain_digits(line)))


@lru_cache(maxsize=4)
def _issue(lexicon: LayoutLexicon) -> re.Pattern[str]:
    return re.compile(rf"[\s#*_(]*(?:{alternation(lexicon.issue_words)})[.:]?\s*\d", re.IGNORECASE)


def _locate(text: str, name: str) -> Span | None:
    """The first place of `name` in the text, as it is printed there."""
    words = r"\s+".join(map(re.escape, name.split()))
    found = re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE)
    return Span(*found.span()) if found else None


def _value(printed: str) -> str:
    return " ".join(printed.split())
