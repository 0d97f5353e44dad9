"""What a pair of marks is used for, decided by evidence and never by one sign alone.

The first rule that holds wins: verse marks or a verse reference -> hint word before the marks ->
capitalised title ->
reporting word beside the marks -> length and punctuation -> unknown.
"""

from __future__ import annotations

import re

from catena.attribution.lexicon import MarkTable, fold_word, name_key
from catena.attribution.regions import iter_words
from catena.model import Evidence, Span

BESIDE = 12
"""Words on either side searched for a reporting word; more reached into the neighbouring clause."""
SCARE_LONGEST = 3
"""Words in a scare quote or a term."""
TERM_LONGEST = 5
"""Words of a term; the words “…” and the article “…” also introduce sentences."""
HINTED_LONGEST = 14
"""Words of a title or a slogan."""
_REFERENCE = re.compile(
    r"\s*[.,]?\s*[\[(﴾﴿{]?\s*(?:[^\W\d_][\w'’\- ]{1,30}[:,]?\s*)?[\d٠-٩۰-۹]{1,3}\s*[:：]\s*[\d٠-٩۰-۹]{1,3}"
)
_ARABIC_REFERENCE = re.compile(r"\s*[.,،]?\s*[\[({]?\s*(?:سورة\s+)?[\u0621-\u064a]{2,12}\s*[:：]\s*[\d٠-٩۰-۹]{1,3}")
_CHAPTER = re.compile(
    r"\s*[.,،]?\s*[\[({]\s*(?:s[uo]+ra[ht]?\s+|سورة\s+)?([^\W\d_][\w'’\- ]{1,24}?)\s*[:,،]?\s*"
    r"(?:verse\s+|الآية\s+)?[\d٠-٩۰-۹]{1,3}",
    re.IGNORECASE,
)
_ENDS = ".,!?؟،…"
_SENTENCE_END = re.compile(r"\n|(?<=[^\W\d_]{3})[.!?؟۔](?=\s)")
PREDICATE_REACH = 7
"""Words between a verb and what it says of its object; a longer object had a clause of its own."""


def decide_use(
    text: str, contents: tuple[Span, ...], outside: Span, style: str, table: MarkTable
) -> tuple[str, tuple[Evidence, ...]]:
    """(use, evidence). `outside` is the finding with its marks: words beside it are looked up."""
    if style == "verse-brackets":
        return "verse", (Evidence("verse-brackets", "brackets that are set around verses", outside),)
    after = text[outside.end : outside.end + 60]
    if _REFERENCE.match(after) or _ARABIC_REFERENCE.match(after) or _names_chapter(after, table):
        return "verse", (Evidence("reference-follows", "a place in a scripture follows"),)
    before = iter_words(text, _line_start(text, outside.start), outside.start)[-BESIDE:]
    hint = _hint(text, before, outside.start, table)
    words = iter_words(text, contents[0].start, min(contents[-1].end, contents[0].start + 600))
    if hint and _fits(hint[0], text, contents, words, table):
        return hint[0], (Evidence("word-before", hint[1], hint[2]),)
    if style == "block":
        return "speech", (Evidence("block-quotation", "set off from the text"),)
    if len(words) >= 2 and _capitalised(words, table):
        return "title", (Evidence("capitalised", "every content word begins with a capital"),)
    return _by_neighbours(text, contents, outside, table, before, len(words))


def _fits(
    use: str, text: str, contents: tuple[Span, ...], words: tuple[tuple[str, int, int], ...], table: MarkTable
) -> bool:
    """A hint before the marks counts when what stands in them can be such a thing: a term or a title is no sentence."""
    if use in ("verse", "scare"):
        return True
    if use == "term":
        return len(words) <= TERM_LONGEST
    sentence = text[contents[-1].start : contents[-1].end].rstrip()[-1:] in ".؟?" and len(words) > TERM_LONGEST
    return len(words) <= HINTED_LONGEST and not (use == "title" and sentence and not _capitalised(words, table))


def _by_neighbours(
    text: str,
    contents: tuple[Span, ...],
    outside: Span,
    table: MarkTable,
    before: tuple[tuple[str, int, int], ...],
    count: int,
) -> tuple[str, tuple[Evidence, ...]]:
    opening = iter_words(text, contents[0].start, contents[-1].end)[:2]
    if count <= SCARE_LONGEST + 1 and any(
        " ".join(fold_word(word) for word, _, _ in opening[:size]) in table.hints["scare"] for size in (1, 2)
    ):
        return "scare", (Evidence("word-inside", opening[0][0], Span(opening[0][1], opening[0][2])),)
    said_of = _said_of(text, before, outside.start, table)
    if said_of:
        return "speech", (Evidence("said-of-a-thing", said_of[0], Span(said_of[1], said_of[2])),)
    if count <= SCARE_LONGEST and _inside_name(text, outside):
        return "term", (Evidence("nickname", "stands between the parts of a name"),)
    last = text[contents[-1].start : contents[-1].end].rstrip()[-1:]
    lead = text[max(0, outside.start - 3) : outside.start].rstrip()
    tail = text[outside.end : outside.end + 2].lstrip()
    cue = _reporting(before, table) or _reporting(
        iter_words(text, outside.end, _sentence_end(text, outside.end))[:BESIDE], table
    )
    introduced = lead.endswith((":", ",", "،"))
    if cue and (count > SCARE_LONGEST or last in _ENDS or introduced or tail.startswith((",", "،"))):
        return "speech", (Evidence("reporting-word", cue[0], Span(cue[1], cue[2])),)
    if (count > 3 and last in _ENDS) or count >= 8:
        return "speech", (Evidence("sentence-length", f"{count} words, ending with {last!r}"),)
    if lead.endswith(":") and count:
        return "speech", (Evidence("colon-before", "introduced by a colon"),)
    if 0 < count <= SCARE_LONGEST and last not in _ENDS and not cue:
        return "scare", (Evidence("short-without-cue", f"{count} words, no reporting word beside them"),)
    return "unknown", (Evidence("no-sign", "neither a cue nor a sign of another use"),)


def _hint(
    text: str, before: tuple[tuple[str, int, int], ...], start: int, table: MarkTable
) -> tuple[str, str, Span] | None:
    """The longest hint phrase that ends straight before the mark (colon, comma and space allowed)."""
    if not before or text[before[-1][2] : start].strip(' \u00a0:,،\t«(“"') != "":
        return None
    for size in range(min(4, len(before)), 0, -1):
        phrase = " ".join(fold_word(word) for word, _, _ in before[-size:])
        for use, phrases in table.hints.items():
            if phrase in phrases:
                return use, phrase, Span(before[-size][1], before[-1][2])
    return None


def _names_chapter(after: str, table: MarkTable) -> bool:
    """(An-Nahl: 91): the name of a chapter and a number, in brackets."""
    found = _CHAPTER.match(after)
    return bool(found and name_key(found[1]) in table.scriptures)


def _said_of(
    text: str, before: tuple[tuple[str, int, int], ...], start: int, table: MarkTable
) -> tuple[str, int, int] | None:
    """called the plan “…”, described it as “…”: a word between the verb and the mark, and nothing that parts them."""
    for word, begin, end in before[-1 - PREDICATE_REACH : -1]:
        folded = fold_word(word)
        said = folded in table.predicates or (folded[:1] in "وف" and folded[1:] in table.predicates)
        if said and not re.search(r"[.,;:!?()\"“”«»،؛]", text[end:start].rstrip(' «“"')):
            return word, begin, end
    return None


def _capitalised(words: tuple[tuple[str, int, int], ...], table: MarkTable) -> bool:
    big = [word for word, _, _ in words if fold_word(word) not in table.small]
    return 2 <= len(big) <= 12 and all(word[0].isupper() or word[0].isdigit() for word in big)


def _reporting(words: tuple[tuple[str, int, int], ...], table: MarkTable) -> tuple[str, int, int] | None:
    for word, start, end in words:
        folded = fold_word(word)
        if folded in table.speech or (folded[:1] in "وف" and folded[1:] in table.speech):
            return word, start, end
    return None


def _inside_name(text: str, outside: Span) -> bool:
    """Anton “the Heron” Brisk: a capital before the marks and after them, with nothing but a space between."""
    before = re.search(r"(?:^|[\s(])([A-ZÀ-ÖØ-Þ][\w.'’-]*) $", text[max(0, outside.start - 40) : outside.start])
    return before is not None and re.match(r" [A-ZÀ-ÖØ-Þ][a-zß-ÿ]", text[outside.end : outside.end + 3]) is not None


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", max(0, at - 200), at) + 1, at - 200, 0)


def _sentence_end(text: str, at: int) -> int:
    found = _SENTENCE_END.search(text, at, at + 200)
    return found.start() if found else min(len(text), at + 200)
