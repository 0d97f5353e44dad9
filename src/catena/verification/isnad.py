"""The chain of narrators printed before a saying: `عن أبي هريرة رضي الله عنه قال: «…»`, `Narrated Anas: “…”`.

Vocabulary: the *chain* (isnad) hands the words down from *narrator* to narrator; the words are the *matn*. Order: for
each quotation or recited stretch, the sentence part before it; the first word in it that opens a chain and has a
narrator after it; then the names between the words of handing down.

"He told us" and "about" open a chain and ordinary reports alike. A chain is therefore believed only when its words are
a saying's: the Prophet or a blessing stands in it, a collection is cited with the words, the text announces a saying,
or `SURE_LINKS` words of handing down follow each other.
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
from catena.verification.recited import claimed_works, find_recited, lead_in, without_tags

MAKER = MadeBy("isnad", "2")
REACH = 420  # code points before the words in which the chain may begin
MOST_NAME = 8  # words in one narrator's name
LEAST_CHAIN = 6  # letters in a chain
SURE_LINKS = 3  # words of handing down that need no other sign: news has a source and, at most, its source

_BREAK = re.compile(r"[.!?؟](?=[\s*\"”»]|$)|\n\s*\n|[»”}\]]|(?<=\S)\"(?=\s)|\)(?=[.\s]*\n)|;|؛")
_OPENING = " \n\t*_>-–•\"“”«'‘({["
_EDGES = " ،,:.()\n*\"'>«“‘"


def find_isnads(
    document: Document, quotations: Sequence[Finding], citations: Sequence[Finding], lexicon: CheckLexicon
) -> tuple[Finding, ...]:
    """Findings of kind `isnad`, in order of place: roles `chain`, `narrators`, `matn`; value `collection`.

    `parent` is the quotation that holds the words, when marks do. One chain for each quotation at most.
    """
    recited = find_recited(document, quotations, citations, lexicon)
    held = pair_citations(document.text, (*quotations, *recited), citations)
    cited = {held[one.id]: one for one in citations if one.id in held}
    grammar = _Grammar(lexicon.chain)
    found: list[Finding] = []
    for quotation in (*quotations, *recited):
        matn = tuple(without_tags(document.text, span) for span in quotation.spans("content"))
        works = claimed_works(document.text, quotation.place, lexicon.telling, lexicon.labels)
        collection = cited[quotation.id].value("collection") if quotation.id in cited else None
        if not matn or (works and works[0] != "hadith"):
            continue
        chain = grammar.chain_before(document.text, quotation.place.start, citations, told=bool(works or collection))
        if chain is None or any(chain.overlaps(other.place) for other in found):
            continue
        lead = lead_in(document.text, matn[0], lexicon)
        if lead > matn[0].start:
            chain, matn = (
                trim(document.text, Span(chain.start, lead)),
                (trim(document.text, Span(lead, matn[0].end)), *matn[1:]),
            )
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

    def chain_before(self, text: str, end: int, citations: Sequence[Finding], *, told: bool) -> Span | None:
        """The chain that ends where the words open, or `None`; `told` says that a saying is announced or cited.

        A collection cited right before it is its first link: `روى مسلم عن عائشة`.
        """
        low = max(0, end - REACH)
        while end > low and text[end - 1] in _OPENING:
            end -= 1
        taken = [span for one in citations for span in one.spans("content") if span.start < end and span.end > low]
        low = max([low, *(min(span.end, end) for span in taken)])
        breaks = [found.end() for found in _BREAK.finditer(text, low, end)]
        part = Span(max([low, *breaks]), end)
        plain, places = plain_map(part.of(text))
        if not plain.rstrip().endswith(":") and not self._says.search(plain):
            return None
        for found in self._opens.finditer(plain):
            if not any(self._names(plain, found.end())):
                continue
            if not found["sure"] and not self._is_narrator(plain, found.end()):
                continue
            links = sum(1 for _ in self._opens.finditer(plain, found.start()))
            if told or links >= SURE_LINKS or self._holy.search(plain, found.start()):
                start = part.start + places[found.start("opener")]
                before = [span.start for span in taken if span.end <= start and not text[span.end : start].strip(" *")]
                span = trim(text, Span(min([start, *before]), end))
                return span if len(span) >= LEAST_CHAIN else None
        return None

    def narrators(self, text: str, chain: Span) -> Iterator[Span]:
        """The names in the chain, in order, blessings and the Prophet left out."""
        plain, places = plain_map(chain.of(text))
        opening = self._opens.search(plain)
        for name in self._names(plain, opening.end() if opening else 0):
            last = places[name.end - 1] + 1
            while chain.start + last < chain.end and _is_mark(text[chain.start + last]):
                last += 1  # vowel marks of the last letter
            yield Span(chain.start + places[name.start], chain.start + last)

    def _names(self, plain: str, at: int) -> Iterator[Span]:
        """The names between the words of handing down, from `at` on."""
        for found in (*self._between.finditer(plain, at), None):
            end = found.start() if found else len(plain)
            held = plain[at:end]
            name = held.strip(_EDGES)
            if name and not self._speaker.match(name) and len(name.split()) <= MOST_NAME:
                start = at + held.index(name)
                yield Span(start, start + len(name))
            at = found.end() if found else end

    def _is_narrator(self, plain: str, at: int) -> bool:
        """True when what follows `at` is a narrator's name, by a word in it or the blessing after it."""
        following = self._between.search(plain, at)
        name = plain[at : following.start() if following else len(plain)].strip(_EDGES)
        if not name or self._speaker.search(name):
            return False
        return self._narrator.search(name) is not None or bool(following and self._blessing.match(following[0]))

    @cached_property
    def _opens(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)[وف]?(?P<opener>(?P<sure>{_any(self.words.sure)})|{_any(self.words.open)})(?!\w)")

    @cached_property
    def _narrator(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{_any(self.words.narrator)})(?!\w)")

    @cached_property
    def _blessing(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_any(self.words.blessings)})(?!\w)")

    @cached_property
    def _holy(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{_any((*self.words.speaker, *self.words.blessings))})(?!\w)")

    @cached_property
    def _says(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{_any(self.words.says)})\W*$")

    @cached_property
    def _between(self) -> re.Pattern[str]:
        words = _any((*self.words.links, *self.words.blessings))
        return re.compile(rf"(?<!\w)(?:[وف]?(?:{words}))(?!\w)|[،,:()]")

    @cached_property
    def _speaker(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{_any(self.words.speaker)})(?!\w)")


def _is_mark(char: str) -> bool:
    return not char.isspace() and not char.isalnum() and char not in "،,:.()*\"'"


def _any(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
