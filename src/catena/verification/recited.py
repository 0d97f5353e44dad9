"""Words that the text recites without quotation marks: what it says it quotes must be checked all the same.

Four ways to set words off: tags that a generator left (`<aya_start>…<aya_end>`), round brackets after a cue
(`قال تعالى: (…)`), a cue with a colon and nothing else (`قال رسول الله: …`), and a mark after a cue that nothing closes
in its line. Which work a text says it quotes is read from the cue nearest to the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from catena.model import Document, Finding, MadeBy, Span, make_finding, trim
from catena.text.segment import find_words
from catena.verification.citing import plain_map, plain_of
from catena.verification.lexicon import CheckLexicon, Telling

MAKER = MadeBy("recited")
BEFORE = 120  # code points before the words in which a cue may stand, in the same paragraph
AFTER = 40  # the same after them, on the same line
LEAST_WORDS = 3  # words in round brackets that may be a quotation
FEW = 5  # words before a citation that opens a line: "2. Verse of the Qur'an"
LONGEST = 1500  # code points of one recited stretch
LEAD = 240  # code points inside the marks in which a cue may open the words

_TAGS = re.compile(r"<([a-zA-Z]+)(?:[_-](?:start|begin))?>(?P<held>[^<>]+)<(?:/\1|\1[_-]end)>")
_EDGE_TAG = re.compile(r"^(?:\s*</?[a-zA-Z]+(?:[_-][a-z]+)?>)+|(?:</?[a-zA-Z]+(?:[_-][a-z]+)?>\s*)+$")
_TAG = re.compile(r"</?[a-zA-Z]+(?:[_-][a-z]+)?>")
_ROUND = re.compile(r"\((?P<held>(?:[^()\n]|\(\s?[0-9٠-٩]{1,3}\s?\)){8,1500})\)")  # verse numbers may stand inside
_MARKS = "\"“”«»'‘’{}﴿﴾([<"
_COLON = re.compile(r"[\s*_]*[:：][*_]*\s?")
_BETWEEN = " \n\t:*_>-–•\"“«'({[0123456789."
_OPEN = re.compile(r"[ \n*_>]{0,8}(?P<mark>[\"“«﴿{])")
_CLOSE = {'"': '"', "“": "”", "«": "»", "﴿": "﴾", "{": "}"}
_OPENER = {close: mark for mark, close in (*_CLOSE.items(), ("(", ")"), ("'", "'"))}
_PREFIX = "[وف]?[بكل]?"  # and, so; by, like, to: Arabic writes them on the word
_STOP = re.compile(r"[.!?؟۔](?=\s|$|\*)|\n|[(\[{<\"“«]")


def find_recited(
    document: Document, quotations: Sequence[Finding], citations: Sequence[Finding], lexicon: CheckLexicon
) -> tuple[Finding, ...]:
    """Findings of kind `quotation` for recited words that no marks hold, in order of place.

    Styles: `tags`, `brackets`, `unmarked`, `unclosed`; none overlaps a quotation of `quotations`, a citation or
    another one.
    """
    taken = [span for finding in (*quotations, *citations) for span in finding.spans("content")]
    found: list[Finding] = []
    for style, span in (
        *(("tags", span) for span in _tagged(document.text)),
        *(("brackets", span) for span in _bracketed(document.text, citations, lexicon)),
        *_introduced(document.text, lexicon),
        *_after_citations(document.text, citations, lexicon),
    ):
        span = trim(document.text, span)
        if len(span) and not any(span.overlaps(other) for other in taken):
            taken.append(span)
            values = {"style": style, "use": "unknown"}
            found.append(make_finding(document, "quotation", {"content": span}, MAKER, values=values))
    return tuple(sorted(found, key=lambda finding: finding.place))


def without_tags(text: str, span: Span) -> Span:
    """`span` without the tags at its ends, or `span` itself when nothing else is in it."""
    held = span.of(text)
    low, high = 0, len(held)
    for found in _EDGE_TAG.finditer(held):
        if found.start() == 0:
            low = found.end()
        else:
            high = found.start()
    return trim(text, Span(span.start + low, span.start + high)) if low < high else span


def claimed_works(
    text: str, place: Span, telling: Sequence[Telling], labels: Sequence[Telling] = ()
) -> tuple[str, ...]:
    """The works that cues beside `place` name, the nearest cue's first; a cue before counts as nearer.

    Phrases of `labels` count only where nothing but marks stands between them and `place`.
    """
    before = _paragraph_part(text[max(0, place.start - BEFORE) : place.start])
    after = text[place.end : place.end + AFTER].partition("\n")[0]
    near: list[tuple[int, str]] = []
    lead, tail = plain_of(before), plain_of(after)
    for work, phrases in telling:
        pattern = _phrases(phrases)
        ends = [found.end() for found in pattern.finditer(lead)]
        if ends:
            near.append((len(lead) - ends[-1], work))
        follows = pattern.search(tail)
        if follows:
            near.append((BEFORE + follows.start(), work))
    for work, phrases in labels:
        ends = [found.end() for found in _phrases(phrases).finditer(lead)]
        if ends and not lead[ends[-1] :].strip(_BETWEEN):
            near.append((len(lead) - ends[-1], work))
    return tuple(dict.fromkeys(work for _, work in sorted(near)))


def _paragraph_part(before: str) -> str:
    """What of `before` stands in the same paragraph; a heading or a line that ends with a colon belongs to it."""
    parts = _TAG.sub("", before).split("\n\n")
    kept = parts[-1]
    for part in reversed(parts[:-1]):
        if not part.rstrip(" *_").endswith(":") or kept.strip(' \n>*_-"“«({\\['):
            break
        kept = f"{part}\n\n{kept}"
    return kept


@lru_cache(maxsize=64)
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted({plain_of(phrase) for phrase in phrases}, key=len, reverse=True)
    return re.compile(rf"(?<!\w){_PREFIX}(?:{'|'.join(map(re.escape, ordered))})(?!\w)" if ordered else "(?!)")


def _tagged(text: str) -> Iterator[Span]:
    return (Span(*found.span("held")) for found in _TAGS.finditer(text))


def _bracketed(text: str, citations: Sequence[Finding], lexicon: CheckLexicon) -> Iterator[Span]:
    """Round brackets where quotation marks would stand: after a cue with a colon or nothing, or beside a citation."""
    starts = {one.place.start for one in citations if _cites(one, lexicon)}
    ends = {one.place.end for one in citations if _cites(one, lexicon)}
    for found in _ROUND.finditer(text):
        span = Span(*found.span("held"))
        if len(find_words(text, span)) < LEAST_WORDS or plain_of(span.of(text)).strip() in lexicon.honorifics:
            continue
        lead = text[max(0, found.start() - BEFORE) : found.start()].rstrip(" *_>\n")
        works = claimed_works(text, Span(*found.span()), lexicon.telling, lexicon.labels)
        cued = bool(works) and lead.endswith((":", "："))
        labelled = any(not _gap(plain_of(lead), phrases) for _, phrases in (*lexicon.labels, *lexicon.bracket_cues))
        behind = text[found.end() : found.end() + 3]
        after = found.end() + len(behind) - len(behind.lstrip())
        cited = after in starts or len(lead) + max(0, found.start() - BEFORE) in ends
        if cued or labelled or cited:
            yield span


def _gap(lead: str, phrases: tuple[str, ...]) -> str:
    """What stands between the last of `phrases` and the end of `lead`; all of `lead` when there is none."""
    ends = [found.end() for found in _phrases(phrases).finditer(lead)]
    return lead[ends[-1] :].strip(_BETWEEN) if ends else lead or "?"


def _cites(citation: Finding, lexicon: CheckLexicon) -> bool:
    return citation.value("work") in {work for work, _ in lexicon.introducing}


def _after_citations(text: str, citations: Sequence[Finding], lexicon: CheckLexicon) -> Iterator[tuple[str, Span]]:
    """`Q 4:89: words to the end of the line`, when the citation opens the line."""
    for citation in citations:
        line = text[text.rfind("\n", 0, citation.place.start) + 1 : citation.place.start]
        colon = _COLON.match(text, citation.place.end)
        if colon is None or not _cites(citation, lexicon) or len(find_words(line, Span(0, len(line)))) > FEW:
            continue
        yield from _follows(text, colon.end(), lexicon)


def _follows(text: str, start: int, lexicon: CheckLexicon) -> Iterator[tuple[str, Span]]:
    """The words from `start` to the end of their sentence, or to the end of the line after a mark that none closes.

    Nothing when a closed quotation or a bracket opens at `start`. Another cue ends the words.
    """
    opened = _OPEN.match(text, start)
    if opened is not None:
        end = text.find("\n", opened.end())
        span = Span(opened.end(), end if end >= 0 else len(text))
        if _CLOSE[opened["mark"]] not in span.of(text) and len(find_words(text, span)) >= LEAST_WORDS:
            yield "unclosed", span
    if opened is not None or text[start : start + 1] in _MARKS or not text[start : start + 1].strip():
        return
    stop = _STOP.search(text, start, start + LONGEST)
    end = stop.start() if stop else min(len(text), start + LONGEST)
    another = _cue_and_colon(lexicon.introducing).search(text, start, min(len(text), end + 1))
    span = Span(start, another.start() if another else end)
    if len(find_words(text, span)) >= LEAST_WORDS:
        yield "unmarked", span


def _introduced(text: str, lexicon: CheckLexicon) -> Iterator[tuple[str, Span]]:
    """What follows a cue and its colon."""
    for found in _cue_and_colon(lexicon.introducing).finditer(text):
        yield from _follows(text, found.end(), lexicon)


def lead_in(text: str, span: Span, lexicon: CheckLexicon) -> int:
    """Where the words of `span` begin when a cue with its colon opens it (`“The Prophet said: …”`), else its start.

    A chain of narrators may stand before the cue.
    """
    lead, places = plain_map(text[span.start : min(span.end, span.start + LEAD)])
    pattern = _lead(lexicon.introducing, (*lexicon.chain.sure, *lexicon.chain.open))
    found = None
    while (more := pattern.match(lead, found.end() if found else 0)) is not None:
        found = more
    if found is None or found.end() >= len(places):
        return span.start
    start = span.start + places[found.end()]
    return start if len(find_words(text, Span(start, span.end))) >= LEAST_WORDS else span.start


def without_lead(text: str, span: Span, lexicon: CheckLexicon) -> Span:
    """`span` from where its words begin (`lead_in`), without the marks that close what opened there."""
    start = lead_in(text, span, lexicon)
    end = span.end
    while start > span.start and _is_left_over(text[start:end]):
        end -= 1
    return trim(text, Span(start, end))


def _is_left_over(held: str) -> bool:
    """True when the last character closes a mark that opened before `held`."""
    closer = held[-1:]
    opener = _OPENER.get(closer)
    if opener is None:
        return False
    return held.count(opener) % 2 == 1 if opener == closer else held.count(opener) < held.count(closer)


@lru_cache(maxsize=8)
def _cue_and_colon(introducing: Sequence[Telling]) -> re.Pattern[str]:
    """A phrase, up to 40 code points of honorifics or a place, a colon."""
    return re.compile(rf"{_cues([one for _, many in introducing for one in many])}\s?(?:\*\*)?\s?", re.IGNORECASE)


@lru_cache(maxsize=8)
def _lead(introducing: Sequence[Telling], chain: Sequence[str]) -> re.Pattern[str]:
    """A cue with its colon, in plain letters, and what opens after it; a chain of narrators may stand before it."""
    cues = _cues([plain_of(one) for _, many in introducing for one in many])
    opening = "|".join(map(re.escape, chain)) or "(?!)"
    return re.compile(rf"[\W_]*(?:{_PREFIX}(?:{opening})(?!\w)[^.:\"“«{{]{{0,90}}:?\s?)?{cues}[\W_]*")


def _cues(phrases: Sequence[str]) -> str:
    ordered = "|".join(map(re.escape, sorted(set(phrases), key=len, reverse=True))) or "(?!)"
    return rf"(?<!\w){_PREFIX}(?:{ordered})[^.:\n\"“«{{]{{0,40}}:"
