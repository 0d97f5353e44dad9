"""What kind of document this is: from a line of its own, a line or title that opens with the genre, or its shape.

A genre inside a sentence is not the genre of the document. "Leaflet of the Union of Boatmen, 5 April" opens with one
and names the publisher besides.
"""

from __future__ import annotations

import re
from functools import lru_cache

from catena.anatomy.bodies import find_body
from catena.anatomy.dates import scan_dates
from catena.anatomy.lexicon import LayoutLexicon
from catena.anatomy.scan import alternation, bare
from catena.model import Span

_REMARK = re.compile(r"[(\[][^()\[\]\n]{1,60}[)\]]")
_NUMBER = re.compile(
    r"(?:no\.?|number|nr\.?|ref\.?|رقم|شماره|№)?\s*[:#]?\s*[\w]{0,4}[\d٠-٩۰-۹][\d٠-٩۰-۹./-]*(?!\w)", re.IGNORECASE
)
_HOLDER = re.compile(r"[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}\sof\s(?:the\s)?(?=[A-Z])")
_NAMED = re.compile(r"[A-Z][\w'’-]+(?:\s(?:(?:of|for|and|the)\s){0,2}[A-Z][\w'’-]+){1,7}(?=,\s)")
_EDGE = " \t#*_.:-–—|,،/[]()\u200e\u200f"


@lru_cache(maxsize=4)
def _opening(lexicon: LayoutLexicon) -> re.Pattern[str]:
    forms = alternation(form for form, _ in lexicon.genres)
    return re.compile(rf"[#*_\s\[(|\u200e\u200f]*(?:(?:an?|the)\s)?(?P<genre>{forms})(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=4)
def _by(lexicon: LayoutLexicon) -> re.Pattern[str]:
    return re.compile(rf"[*_\s:–—-]*(?:{alternation(lexicon.issued_by)})\s(?:the\s)?", re.IGNORECASE)


@lru_cache(maxsize=4)
def _subject(lexicon: LayoutLexicon) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{alternation(lexicon.subject_links)})\s", re.IGNORECASE)


def find_genre(line: str, lexicon: LayoutLexicon) -> tuple[Span, str] | None:
    """The genre that `line` names and nothing besides but remarks in brackets, a date, a number; `None` otherwise."""
    for part in re.finditer(r"[^|\n]+", line):
        match = _opening(lexicon).match(part[0])
        if match and not _left_over(part[0][match.end() :], lexicon):
            return Span(*match.span("genre")).shift(part.start()), _name(match["genre"], lexicon)
    return None


def find_issued(line: str, lexicon: LayoutLexicon) -> tuple[Span, str, Span] | None:
    """Genre and publisher of a line like "Leaflet of the Union of Boatmen, Sorin, 5 April 2021"; `None` otherwise."""
    match = _opening(lexicon).match(line)
    if match is None:
        return None
    by = _by(lexicon).match(line, match.end())
    start = by.end() if by else match.end()
    if not by and not re.match("[\u0400-\u06ff]", line[match.start("genre")]):
        return None  # Arabic, Persian and Russian put the body in the genitive, without a link
    subject = _subject(lexicon).search(line, start)
    ends = (subject.start(), len(line)) if subject else (len(line),)
    body = next((body for end in ends if (body := find_body(line[start:end], lexicon))), None)
    if body is None and by:  # "Speech of the Chairman of the Islands Council"
        held = _HOLDER.match(line, start, ends[0])
        body = find_body(line[held.end() : ends[0]], lexicon) if held else None
        start = held.end() if body and held else start
    span = body[0].shift(start) if body else _unlisted(line, start, lexicon) if by else None
    return (Span(*match.span("genre")), _name(match["genre"], lexicon), span) if span else None


def _unlisted(line: str, start: int, lexicon: LayoutLexicon) -> Span | None:
    """A name of a body that no head noun shows, between "of the" and the day that ends an imprint: "Leaflet of the Reed
    Cutters of Olm, 1 September 2016"."""
    name = _NAMED.match(line, start)
    if name is None or not line[:start].endswith(" the ") or len(name[0].split()) < 2:
        return None
    rest = line[name.end() :]
    dated = scan_dates(rest, lexicon.dates)
    return Span(*name.span()) if dated and not _left_over(rest, lexicon) else None


def find_title_genre(title: str, lexicon: LayoutLexicon) -> tuple[Span, str] | None:
    """The genre that a title opens with ("Statement of the …", "بيان إمارة …"); `None` for "Article 14 Must Stay"."""
    match = _opening(lexicon).match(title)
    if match is None:
        return None
    after = bare(title[match.end() :]).strip(_EDGE).split()
    if after and title[match.end() :].lstrip().startswith((":", "：")):
        return Span(*match.span("genre")), _name(match["genre"], lexicon)  # "Q&A: The Closed Bridge"
    follow = tuple(after[:2])
    linked = any(follow[: len(link)] == link for link in (tuple(one.split()) for one in lexicon.genre_links))
    opener = bare(match["genre"]) in lexicon.genre_openers and after and after[0] not in lexicon.genre_stops
    # "كلمة رئيسة الجمعية" is a speech, "كلمة السر" a password: an office tells them apart.
    spoken = _name(match["genre"], lexicon) == "speech" and bool(after) and after[0] in lexicon.roles
    if not (linked or opener or spoken):
        return None
    return Span(*match.span("genre")), _name(match["genre"], lexicon)


def _name(form: str, lexicon: LayoutLexicon) -> str:
    return dict(lexicon.genres)[bare(form)]


def _left_over(rest: str, lexicon: LayoutLexicon) -> str:
    rest = _REMARK.sub(" ", rest)
    for one in reversed(scan_dates(rest, lexicon.dates)):
        rest = rest[: one.span.start] + rest[one.span.end :]
    return _NUMBER.sub(" ", rest).strip(_EDGE)
