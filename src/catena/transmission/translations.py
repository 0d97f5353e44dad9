"""Documents that may translate each other, told by what translation leaves alone: names, numbers, dates, citations.

A pair is said as possible and never as certain: its evidence is what both print, and that it stands in the same order.
Candidates share a rare key, so that no document is compared with all others.

Vocabulary: a *key* is something printed that reads the same in any language: a day, a number, a name by its spelling
key, a cited place, an address or a reference number. Its *profile* is all that a document has of them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from catena.model import Document, Evidence, Finding, MadeBy, Span, Value, make_finding

MADE_BY = MadeBy("translations", "1")
READ_FROM = ("language", "date", "figure", "name", "citation")
"""The kinds of findings that a profile is made of."""

MOST_HELD = 20  # documents of one language: a key in more of them brings no pair together
RARE = 4  # documents of one language: a key in no more of them counts full
LEAST_WORTH = 3.0  # of shared keys: three full ones
LEAST_FIRM = 2.0  # of it in days, numbers, citations and codes: two reports on one meeting share a day and names
LEAST_KINDS = 2  # of keys: names alone, or numbers alone, are what two reports on one event share
LEAST_COVER = 0.5  # of the keys that both languages are read for, weighed, on both sides together
LEAST_ORDER = 0.7  # of the shared keys that stand in one order; a digest of the same facts mixes it
FEWEST_ORDERED = 4  # keys: fewer have too few orders to tell
LENGTHS = (0.4, 2.5)  # characters of one to the other: a summary is no translation
MOST_SHOWN = 12  # keys named in one reason
WORTH = {"citation": 1.0, "day": 1.0, "month": 0.5, "year": 0.25, "number": 1.0, "few": 0.5, "name": 1.0, "code": 1.5}
TOLD = {
    "citation": "same-citations", "day": "same-dates", "month": "same-dates", "year": "same-dates",
    "number": "same-numbers", "few": "same-numbers", "name": "same-names", "code": "same-codes",
}  # fmt: skip
_FIRM = frozenset({"citation", "day", "month", "number", "few", "code"})
# Names are found better in some languages than in others, so that a name missing on one side speaks against nothing.

_NUMBER = re.compile(r"(?<![A-Za-z\d/.,:٬٫-])\d+(?:[.,٫٬\u00a0\u202f]\d+)*(?![\w/:-])")
_CODE = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\w/])(?=[A-Za-z/.-]*\d)(?=[\d.-]*[A-Za-z/])[A-Za-z\d/.-]*[A-Za-z\d]",
    re.ASCII,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[,.٬\u00a0\u202f]\d{3})+")


@dataclass(frozen=True, slots=True)
class Key:
    """What a document prints at `[start, end)`: `kind` is one of `WORTH`, `text` reads the same in any language."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The keys of a document in order of place, its language, and its length in code points and in paragraphs."""

    document: str
    language: str
    length: int
    paragraphs: int
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that may be one in two languages, by number. `shared` are keys of the first and of the second;
    `cover` is the share of their keys that both have, `ordered` of those shared that stand in one order."""

    first: int
    second: int
    shared: tuple[tuple[Key, Key], ...]
    worth: float
    cover: float
    ordered: float


def make_profile(document: Document, findings: Iterable[Finding]) -> Profile:
    """The profile of a document from its findings (`READ_FROM`) and the numbers and codes in its text."""
    found = list(findings)
    sizes: Counter[str] = Counter()
    for one in found:
        if one.kind == "language":
            sizes[str(one.value("language"))] += len(one.place)
    keys = [Key(kind, text, *_place_of(one)) for one in found for kind, text in _key_of(one)]
    taken = [(key.start, key.end) for key in keys if key.kind != "name"]
    keys += _printed(document.text, taken)
    language = sizes.most_common(1)[0][0] if sizes else "und"
    paragraphs = sum(1 for part in re.split(r"\n\s*\n", document.text) if part.strip())
    kept = dict.fromkeys(sorted(keys, key=lambda key: (key.start, key.end, key.kind, key.text)))
    return Profile(document.id, language, len(document.text), paragraphs, tuple(kept))


def _key_of(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.kind == "date" and finding.value("precision") in ("day", "month", "year") and finding.value("start"):
        precision = str(finding.value("precision"))
        size = {"day": 10, "month": 7, "year": 4}[precision]
        yield precision, str(finding.value("start"))[:size]
    elif finding.kind == "name" and finding.value("key"):
        yield "name", str(finding.value("key"))
    elif finding.kind == "citation" and finding.reference:
        yield "citation", finding.reference
    elif (
        finding.kind == "figure" and finding.value("count") is not None and not re.search(r"\d", finding.text("number"))
    ):
        count = finding.value("count")
        text = f"{count:g}" if isinstance(count, float) else str(count)
        yield ("number" if len(text) > 2 else "few"), text


def _place_of(finding: Finding) -> tuple[int, int]:
    place = next(iter(finding.spans("number")), finding.place)
    return place.start, place.end


def _printed(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Key]:
    """Numbers of two digits or more, and addresses and reference numbers, where nothing else was read."""
    plain = _plain_digits(text)
    held = [*taken]
    for match in _CODE.finditer(plain):
        said = match[0].rstrip(".,;:)»”\"'").casefold()
        if len(said) >= 4 and not _overlaps(match.span(), held):
            held.append(match.span())
            yield Key("code", said, match.start(), match.start() + len(said))
    for match in _NUMBER.finditer(plain):
        said = re.sub(r"[,.٬\u00a0\u202f]", "", match[0]) if _THOUSANDS.fullmatch(match[0]) else match[0]
        said = said.replace(",", ".").replace("٫", ".")
        if len(said) > 1 and not _overlaps(match.span(), held):
            yield Key("number" if len(said) > 2 else "few", said, *match.span())


def _plain_digits(text: str) -> str:
    """`text` with the digits of all scripts as 0 to 9, each in its place."""
    return re.sub(r"(?![0-9])\d", lambda one: str(unicodedata.digit(one[0])), text)


def _overlaps(place: tuple[int, int], taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in taken)


def find_pairs(profiles: Sequence[Profile]) -> tuple[Pair, ...]:
    """The pairs of documents in two languages that may translate each other, in order of their numbers.

    Each is the other's best match in its language; where two are equally good none is said. Does not depend on the
    order of the documents.
    """
    holders: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, profile in enumerate(profiles):
        for key in {(key.kind, key.text) for key in profile.keys}:
            holders[key][profile.language].append(number)
    candidates: Counter[tuple[int, int]] = Counter()
    for key, by_language in holders.items():
        rare = {language: many for language, many in by_language.items() if len(many) <= MOST_HELD}
        for one, other in combinations(sorted(rare), 2):
            for numbers in ((min(a, b), max(a, b)) for a in rare[one] for b in rare[other]):
                candidates[numbers] += key[0] != "year"
    judged = [
        pair
        for (first, second), many in candidates.items()
        if many > 1 and (pair := _judge(first, second, profiles, holders)) is not None
    ]
    return tuple(sorted(_mutual(judged, profiles), key=lambda pair: (pair.first, pair.second)))


def _judge(
    first: int, second: int, profiles: Sequence[Profile], holders: Mapping[tuple[str, str], Mapping[str, Sequence[int]]]
) -> Pair | None:
    one, other = profiles[first], profiles[second]
    if "und" in (one.language, other.language):
        return None
    if not LENGTHS[0] <= one.length / max(1, other.length) <= LENGTHS[1]:
        return None
    mine, theirs = _by_key(one), _by_key(other)
    weight = {
        key: WORTH[key[0]] * min(1.0, RARE / max(len(many) for many in holders[key].values())) for key in mine | theirs
    }
    both = [key for key in mine if key in theirs]
    worth = sum(weight[key] for key in both)
    firm = [sum(weight[key] for key in keys if key[0] in _FIRM) for keys in (both, mine, theirs)]
    cover = 2 * firm[0] / (firm[1] + firm[2]) if firm[1] + firm[2] else 0.0
    shared = tuple((mine[key], theirs[key]) for key in both)
    ordered = _ordered(shared)
    if (
        worth < LEAST_WORTH
        or firm[0] < LEAST_FIRM
        or len({TOLD[key[0]] for key in both}) < LEAST_KINDS
        or cover < LEAST_COVER
    ):
        return None
    if ordered < LEAST_ORDER and len(shared) >= FEWEST_ORDERED:
        return None
    return Pair(first, second, shared, worth, cover, ordered)


def _by_key(profile: Profile) -> dict[tuple[str, str], Key]:
    """Each key where it stands first."""
    found: dict[tuple[str, str], Key] = {}
    for key in profile.keys:
        found.setdefault((key.kind, key.text), key)
    return found


def _ordered(shared: Sequence[tuple[Key, Key]]) -> float:
    """The longest run of shared keys that stands in one order on both sides, as a share of them (patience sorting)."""
    piles: list[int] = []
    for _, there in sorted(shared, key=lambda pair: (pair[0].start, pair[1].start)):
        at = bisect_left(piles, there.start)
        piles[at : at + 1] = [there.start]
    return len(piles) / len(shared) if shared else 0.0


def _mutual(judged: Sequence[Pair], profiles: Sequence[Profile]) -> Iterator[Pair]:
    best: dict[tuple[int, str], list[float]] = defaultdict(list)
    for pair in judged:
        for here, there in ((pair.first, pair.second), (pair.second, pair.first)):
            best[here, profiles[there].language].append(_rank(pair))
    for pair in judged:
        ranks = (
            best[pair.first, profiles[pair.second].language], best[pair.second, profiles[pair.first].language]
        )  # fmt: skip
        if all(max(many) == _rank(pair) and many.count(_rank(pair)) == 1 for many in ranks):
            yield pair


def _rank(pair: Pair) -> float:
    return round(pair.worth * pair.cover, 6)


def to_translations(
    pairs: Iterable[Pair], profiles: Sequence[Profile], names: Mapping[str, str], documents: Mapping[str, Document]
) -> dict[str, tuple[Finding, ...]]:
    """Findings "translation" by document id, on both sides; `names` are the documents' names by id.

    Roles are the places of what both print: `names`, `dates`, `numbers`, `citations`, `codes`. Values: `other`,
    `other_name`, `language`, `other_language`, `likeness` (0 to 1). The evidence says for each kind what is the same,
    that its order is, and that all of it makes the pair possible and not certain.
    """
    found: dict[str, list[Finding]] = defaultdict(list)
    for pair in pairs:
        sides = (profiles[pair.first], profiles[pair.second])
        for here, there, mine in (
            (*sides, [one for one, _ in pair.shared]), (*sides[::-1], [other for _, other in pair.shared]),
        ):  # fmt: skip
            found[here.document].append(_finding(pair, here, there, mine, names, documents[here.document]))
    return {key: tuple(sorted(many, key=lambda one: (one.place, one.id))) for key, many in found.items()}


def _finding(
    pair: Pair, here: Profile, there: Profile, mine: Sequence[Key], names: Mapping[str, str], document: Document
) -> Finding:
    kinds: dict[str, list[Key]] = defaultdict(list)
    for key in mine:
        kinds[TOLD[key.kind]].append(key)
    values: dict[str, Value] = {
        "other": there.document, "other_name": names[there.document], "language": here.language,
        "other_language": there.language, "likeness": round(pair.cover, 2),
    }  # fmt: skip
    evidence = [Evidence(code, _said(document, many), _span(many[0])) for code, many in sorted(kinds.items())]
    if len(mine) >= FEWEST_ORDERED:
        evidence.append(Evidence("same-order", f"{pair.ordered:.0%} of them stand in the same order in both"))
    if here.paragraphs == there.paragraphs and here.paragraphs > 1:
        evidence.append(Evidence("same-structure", f"both have {here.paragraphs} paragraphs"))
    evidence.append(Evidence("not-certain", "two reports of the same facts share these, too: compare them yourself"))
    roles = {code.removeprefix("same-"): sorted({_span(key) for key in many}) for code, many in sorted(kinds.items())}
    return make_finding(document, "translation", roles, MADE_BY, values=values, evidence=evidence)


def _said(document: Document, keys: Sequence[Key]) -> str:
    shown = list(dict.fromkeys(" ".join(_span(key).of(document.text).split()) for key in keys))
    return ", ".join(shown[:MOST_SHOWN]) + (f" and {len(shown) - MOST_SHOWN} more" if len(shown) > MOST_SHOWN else "")


def _span(key: Key) -> Span:
    return Span(key.start, key.end)
