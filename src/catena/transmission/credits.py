"""From whom a document says that it has a passage: by its archive, by a credit in its words, by the address it prints.

Only witnesses of the passage are looked for, by the names they are known under, and a name alone is no credit: it
stands beside a phrase that says where the text is from, or in the place where an archive writes this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catena.model import Evidence
from catena.text import FoldTable, fold, fold_letters
from catena.transmission.archive import Told

LEAST_NAME = 3  # letters: a shorter name may stand anywhere by chance
LEAST_ADDRESS = 12  # characters, with a path: the bare name of a site is no document
HEAD = 400  # folded characters after a line that says "forwarded message" in which its head stands
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SCHEME = re.compile(r"^(?:https?:)?/*(?:www\.)?")


@dataclass(frozen=True, slots=True)
class CreditWords:
    """Phrases of credits, folded: `marked` ones need a colon or dash before the name, `after` stand behind it;
    `forwarded` head a message passed on within a text, in whose head `sender` stands before the name."""

    before: tuple[str, ...]
    marked: tuple[str, ...]
    articles: tuple[str, ...]
    after: tuple[str, ...]
    forwarded: tuple[str, ...]
    sender: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Every phrase of which one stands in a text that credits somebody."""
        return (*self.before, *self.marked, *self.after, *self.forwarded)


@dataclass(frozen=True, slots=True)
class Party:
    """A document that carries the passage. `names` are what it may be called (publisher, channel, author), `url` its
    address, `around` its text near the passage, `told` what its archive tells of the messages that hold the passage,
    and `outlets` on whose word its text gives it."""

    document: str
    name: str
    names: tuple[str, ...] = ()
    url: str = ""
    around: str = ""
    told: tuple[Told, ...] = ()
    outlets: tuple[str, ...] = ()


def find_sources(
    parties: Sequence[Party], words: CreditWords, table: FoldTable
) -> dict[str, tuple[tuple[str, Evidence], ...]]:
    """For each document the others that it has the passage from, each with the reason, in the order of `parties`.

    Two of the same name are not credited with each other: the name does not tell them apart.
    """
    known = [_Known.of(party, table) for party in parties]
    around = [fold(party.around, table).text for party in parties]
    phrase = re.compile(rf"(?<!\w)(?:{_any(words.all)})(?!\w)")
    addressed = [(party, one.address) for party, one in zip(parties, known, strict=True) if one.address]
    found: dict[str, tuple[tuple[str, Evidence], ...]] = {}
    for here, later in enumerate(parties):
        text = around[here] if phrase.search(around[here]) else ""
        says_nothing = not (text or later.told or later.outlets)
        others = () if says_nothing else zip(parties, known, strict=True)
        reasons = [
            (earlier.document, reason)
            for earlier, one in others
            if earlier is not later
            for reason in _reasons(later, earlier, one, one.keys - known[here].keys, text, words, table)
        ]
        found[later.document] = (*reasons, *_links(later, around[here], addressed))
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What a party may be called: the letters of its names, the names as folded text holds them, and its address."""

    keys: frozenset[str]
    printed: tuple[str, ...]
    address: str

    @classmethod
    def of(cls, party: Party, table: FoldTable) -> _Known:
        names = dict.fromkeys(part for name in _names(party) for part in _parts(name) if part)
        keys = frozenset(key for name in names for key in _name_keys(name, table))
        address = _SCHEME.sub("", fold(party.url, table).text).rstrip("/")
        told = len(address) >= LEAST_ADDRESS and "/" in address
        return cls(keys, tuple(fold(name, table).text.strip() for name in names), address if told else "")


def _names(party: Party) -> tuple[str, ...]:
    return (*party.names, *(told.writer for told in party.told))


def _links(later: Party, around: str, addressed: Sequence[tuple[Party, str]]) -> Iterator[tuple[str, Evidence]]:
    for earlier, address in addressed:
        if earlier.url == later.url or address not in around:
            continue
        if re.search(rf"(?<![\w.])(?:www\.)?{re.escape(address)}(?![\w/])", around):
            yield earlier.document, Evidence("links-to-it", f"{later.name} prints the address of {earlier.name}")


def _reasons(
    later: Party,
    earlier: Party,
    known: _Known,
    keys: frozenset[str],
    around: str,
    words: CreditWords,
    table: FoldTable,
) -> Iterator[Evidence]:
    """Why `later` has it from `earlier`, which alone bears the names in `keys`; `around` is "" without any phrase."""
    for told in later.told:
        if _is_origin(told, earlier, keys, table):
            first = f", first sent on {told.first_sent}" if told.first_sent else ""
            yield Evidence("forwarded-from", f"{later.name} was passed on from {told.origin}{first}")
        answered = [one.id for one in earlier.told if one.id and not one.origin and one.id in told.answers.split()]
        if answered:
            yield Evidence("answers-message", f"{later.name} answers message {answered[0]}, which is {earlier.name}")
    if keys and any(_name_keys(outlet, table) & keys for outlet in later.outlets):
        yield Evidence("names-its-source", f"{later.name} says that it has this from {earlier.name}")
    names = [name for name in known.printed if name in around and fold_letters(name, table).text in keys]
    if any(_is_credited(around, name, words) for name in names):
        yield Evidence("credit-line", f"{later.name} credits {earlier.name}")
    if any(_is_passed_on(around, name, words) for name in names):
        yield Evidence("forwarded-from", f"{later.name} holds it as a message passed on from {earlier.name}")


def _is_origin(told: Told, earlier: Party, keys: frozenset[str], table: FoldTable) -> bool:
    """True when what was passed on is from the other: by identifier where both have one, or else by name."""
    if not _name_keys(told.origin, table) & keys:
        return False
    known = {one.id for one in earlier.told if one.id and not one.origin}
    return told.id in known if told.id and known else True


def _name_keys(name: str, table: FoldTable) -> set[str]:
    """The letters of a name, and those of its mail address when it has one; two spellings of one name are equal."""
    return {key for part in _parts(name) if len(key := fold_letters(part, table).text) >= LEAST_NAME}


def _parts(name: str) -> Iterator[str]:
    """`Ada Brisk <ada@example.org>` is known as Ada Brisk and by the address."""
    address = _ADDRESS.search(name)
    if address:
        yield address[0]
        yield name.replace(address[0], "").strip(" <>\"'()")
    else:
        yield name


def _is_credited(around: str, name: str, words: CreditWords) -> bool:
    """A phrase right before the name, or a line over a quoted message right after it."""
    said = _spaced(name)
    article = rf"(?:(?:{_any(words.articles)})\s*)?"
    before = rf"(?<!\w)(?:(?:{_any(words.before)})\s*[:–—-]?|(?:{_any(words.marked)})\s*[:–—-])"
    behind = rf"(?<!\w){said}(?!\w)[\"'>)]*(?:\s*[<(\[][^<>()\[\]\n]*[>)\]])?\s+(?:{_any(words.after)})\s*:"
    return bool(re.search(rf"{before}\s*{article}[\"'«@]?{said}(?!\w)", around) or re.search(behind, around))


def _is_passed_on(around: str, name: str, words: CreditWords) -> bool:
    """The name as sender in the head of a message that the text holds as passed on."""
    sender = re.compile(rf"(?<!\w)(?:{_any(words.sender)})\s*:[^:]{{0,60}}?(?<!\w){_spaced(name)}(?!\w)")
    for line in re.finditer(rf"(?<!\w)(?:{_any(words.forwarded)})(?!\w)", around):
        if sender.search(around, line.end(), line.end() + HEAD):
            return True
    return False


def _any(words: Sequence[str]) -> str:
    return "|".join(_spaced(word) for word in sorted(words, key=len, reverse=True))


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))
