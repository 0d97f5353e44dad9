"""The chain of narrators printed before a saying: `عن أبي هريرة رضي الله عنه قال: «…»`, `Narrated Anas: “…”`.

Vocabulary: the *chain* (isnad) hands the words down from *narrator* to narrator; the words are the *matn*. Order: for
each quotation or recited stretch, the sentence part before it; the first word in it that opens a chain; then the names
between the words of handing down. `عن` is also an ordinary "about", so it needs a narrator after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from catena.model import Document, Finding, MadeBy, Span, make_finding, trim
from catena.verification.citing import plain_map
from catena.verification.lexicon import ChainLexicon, CheckLexicon
from catena.verification.quoted import pair_citations
from catena.verification.recited import claimed_works, find_recited, without_tags

MAKER = MadeBy("isnad")
REACH = 420  # code points before the words in which the chain may begin
MOST_NAME = 8  # words in one narrator's name
LEAST_CHAIN = 6  # letters in a chain

_BREAK = re.compile(r"[.!?؟](?=[\s*\"”»]|$)|\n\s*\n|[»”}\]]|(?<=\S)\"(?=\s)|\)(?=[.\s]*\n)|;|؛")
_OPENING = " \n\t*_>-–•\"“”«'‘({["


def find_isnads(
    document: Document, quotations: Sequence[Finding], citations: Sequence[Finding], lexicon: CheckLexicon
) -> tuple[Finding, ...]:
    """Findings of kind `isnad`, in order of place: roles `chain`, `narrators`, `matn`; value `collection`.

    `parent` is the quotation that holds the words, when marks do. One chain for each quotation at most.
    """
    recited = find_recited(document, quotations, citations, lexicon)
    held = pair_citations(document.text, (*quotations, *recited), citations)
    collections = {held[one.id]: one.value("collection") for one in citations if one.id in held}
    taken = [span for one in citations for span in one.spans("content")]
    grammar = _Grammar(lexicon.chain)
    found: list[Finding] = []
    for quotation in (*quotations, *recited):
        matn = tuple(without_tags(document.text, span) for span in quotation.spans("content"))
        works = claimed_works(document.text, quotation.place, lexicon.telling, lexicon.labels)
        if not matn or (works and works[0] != "hadith"):
            continue
        chain = grammar.chain_before(document.text, quotation.place.start, taken)
        if chain is None or any(chain.overlaps(other.place) for other in found):
            continue
        collection = collections.get(quotation.id)
        found.append(
            make_finding(
                document,
                "isnad",
                {"chain": chain, "narrators": tuple(grammar.narrators(document.text, chain)), "matn": matn},
                MAKER,
                values={"collection": collection} if collection else {},
                parent=quotation.id if quotation not in recited else None,
            )
        )
    return tuple(sorted(found, key=lambda finding: finding.place))


@dataclass(frozen=True)
class _Grammar:
    """The lexicon as patterns over plain letters."""

    words: ChainLexicon

    def chain_before(self, text: str, end: int, taken: Sequence[Span]) -> Span | None:
        """The chain that ends where the words open, or `None`."""
        low = max(0, end - REACH)
        while end > low and text[end - 1] in _OPENING:
            end -= 1
        for span in taken:
            if span.start < end and span.end > low:
                low = max(low, min(span.end, end))
        breaks = [found.end() for found in _BREAK.finditer(text, low, end)]
        part = Span(max([low, *breaks]), end)
        plain, places = plain_map(part.of(text))
        for found in self._opens.finditer(plain):
            rest = plain[found.end() :]
            sure = found["sure"] is not None
            if (sure or self._narrator.search(rest)) and (rest.rstrip().endswith(":") or self._says.search(rest)):
                span = trim(text, Span(part.start + places[found.start("opener")], end))
                return span if len(span) >= LEAST_CHAIN else None
        return None

    def narrators(self, text: str, chain: Span) -> Iterator[Span]:
        """The names in the chain, in order, blessings and the Prophet left out."""
        plain, places = plain_map(chain.of(text))
        at = 0
        for found in (*self._between.finditer(plain), None):
            end = found.start() if found else len(plain)
            name = plain[at:end].strip(" ،,:.()\n*\"'>")
            if name and not self._speaker.fullmatch(name) and len(name.split()) <= MOST_NAME:
                start = plain.index(name, at)
                last = places[start + len(name) - 1] + 1
                while (
                    chain.start + last < chain.end
                    and not text[chain.start + last].isspace()
                    and (not text[chain.start + last].isalnum() and text[chain.start + last] not in "،,:.()*\"'")
                ):
                    last += 1  # vowel marks of the last letter
                yield Span(chain.start + places[start], chain.start + last)
            at = found.end() if found else end

    @cached_property
    def _opens(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)[وف]?(?P<opener>(?P<sure>{_any(self.words.sure)})|{_any(self.words.open)})(?!\w)")

    @cached_property
    def _narrator(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{_any((*self.words.narrator, *self.words.blessings))})(?!\w)")

    @cached_property
    def _says(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{_any(self.words.says)})\W*$")

    @cached_property
    def _between(self) -> re.Pattern[str]:
        words = _any((*self.words.links, *self.words.blessings))
        return re.compile(rf"(?<!\w)(?:[وف]?(?:{words}))(?!\w)|[،,:()]")

    @cached_property
    def _speaker(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_any(self.words.speaker)})\b.*", re.DOTALL)


def _any(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
