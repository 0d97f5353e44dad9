"""The word lists and mark tables of this package, as frozen typed values.

They are read from commented YAML by `catena.lexicons.marks` and `catena.lexicons.cues` and handed in;
nothing here
opens a file. Words are stored folded by `fold_word`, so that a look-up needs no second table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

_FOLD: dict[int, str | None] = {ord(char): None for char in "\u0640\u200c\u200d\u200e\u200f\u061c"}
_FOLD |= dict.fromkeys((*range(1611, 1632), 1648))
_FOLD |= {ord(old): new for old, new in zip("أإآٱىي\u06ccكة", "اااايييکه", strict=True)}
_FOLD |= {ord("’"): "'", ord("ё"): "е"}


_ARTICLE = re.compile(r"(?:a[a-z]{1,2}[-'’ ]|ال)(?=\w{2})", re.IGNORECASE)


def name_key(name: str) -> str:
    """The letters of a chapter's name without article, marks between words and doubled letters.

    >>> name_key("An-Nisaa'"), name_key("al nisa")
    ('nisa', 'nisa')
    """
    letters = (char for char in fold_word(_ARTICLE.sub("", name, count=1)) if char.isalnum())
    return "".join(char for char, _ in groupby(letters))


@lru_cache(1 << 16)
def fold_word(word: str) -> str:
    """`word` as the word lists hold it: casefolded, without Arabic marks, alef, ya and kaf unified; never
    empty.

    >>> fold_word("أكَّد"), fold_word("SAID")
    ('اکد', 'said')
    """
    return word.casefold().translate(_FOLD) or word


@dataclass(frozen=True, slots=True)
class MarkPair:
    """One way to open and close a quotation. `style` goes into the finding.

    `single`: an apostrophe may look the same, so that an unclosed one is no problem. `swapped`: damaged
    texts turn
    the pair round. `script`: content must hold a letter of that script (`arabic`), else the pair is
    ordinary brackets.
    """

    open: str
    close: str
    style: str
    single: bool = False
    swapped: bool = False
    script: str = ""


@dataclass(frozen=True, slots=True)
class MarkTable:
    """Quotation marks, and the words around or in them that say what the marks are for.

    `hints` maps a use (`scare`, `slogan`, `term`, `title`, `verse`) to folded phrases that stand before
    the opening
    mark; `speech` holds folded reporting words; `elisions` words an apostrophe may open; `small` the words
    that stay
    small in a capitalised title. `predicates` holds words that say something of a thing (called, described);
    `scriptures` the `name_key` of each chapter of a scripture.
    """

    pairs: tuple[MarkPair, ...]
    hints: Mapping[str, frozenset[str]]
    speech: frozenset[str]
    elisions: frozenset[str]
    small: frozenset[str]
    predicates: frozenset[str] = frozenset()
    scriptures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cue:
    """One reporting phrase. `words` are folded; `lemma` is the entry it belongs to.

    `kind`: `verb` (has a subject), `before` (the source follows: "according to"), `passive` (no agent: the
    source
    is not named), `quoted` (the subject is the source although the verb is passive), `scripture` (the
    source is the
    speaker of a scripture, and stands inside the phrase), `relay` (the source is an outlet: "as reported
    by"), `predicate` (quotes what is said of a thing: "called the plan “useful”"),
    `cited` (the object of a quoting verb speaks: "quoted Dahl as saying").
    `speaker`: whom the phrase means where it names only an epithet (قال تعالى).
    `bare`: takes a clause without "that". `hearer`: the word after it is who was told. `whence`: on whose word it
    reports follows a word of the grammar's `whence`.
    """

    words: tuple[str, ...]
    lemma: str
    language: str
    kind: str = "verb"
    bare: bool = False
    hearer: bool = False
    whence: bool = False
    medium: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The small words of one language that bound a source or open a clause; all folded.

    `order`: `verb-second` (subject, verb; or inverted), `verb-first` (Arabic), `verb-last` (Persian).
    `be`: helpers that make the verb passive, so that its subject is not the speaker. `relatives`: take up the noun
    before them. `joins`: part two clauses. `persons`, `things`: pronouns for people, and for bodies and texts.
    `asides`: words that open an apposition that is no name, or a participle that takes up the speaker. `parts`: what
    is cited by number, so that the work may follow (المادة الرابعة من الميثاق). `objects`: open the object of a cue, to
    which a following "that" belongs. `resumes`: open what is said, after a source put first; `described`: open what is
    said of the noun between them and the verb. `adds`: put a second verb to one subject; `contrasts`: put a second
    sentence beside the first. `pairs`: stand between two names. `extends`: after a title they go on with it. `belongs`:
    open the body that a person belongs to. `inside`: small words within a name (the Council on Rivers). `capitals`:
    stops that are nouns with a capital (May). `own`: pronouns for who speaks, or for nobody named before. `whence`:
    stand between an outlet and whom it quotes. `quotes`: verbs that hand on another's words (quoted Dahl as saying);
    `citing`: those of them that open an aside (…, citing two officials). `before_nouns`: after these the letters of a
    verb are those of a noun (عدم ذكر اسمه). `accords`: open a clause that gives the speaker of the words behind it (as
    Dahl noted, …); `meanwhile`: lemmas that tell when there, and not who speaks.
    """

    language: str
    order: str
    that: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    helpers: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    be: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    asides: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    resumes: frozenset[str] = frozenset()
    described: frozenset[str] = frozenset()
    adds: frozenset[str] = frozenset()
    contrasts: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    extends: frozenset[str] = frozenset()
    belongs: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    capitals: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    whence: frozenset[str] = frozenset()
    quotes: frozenset[str] = frozenset()
    citing: frozenset[str] = frozenset()
    before_nouns: frozenset[str] = frozenset()
    accords: frozenset[str] = frozenset()
    meanwhile: frozenset[str] = frozenset()
    collective: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()
    clitics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """Everything `find_attributions` is handed. `by_first` finds cues by their first folded word, longest
    first.

    `titles` are all words of an office or courtesy, `offices` those that stand for one alone ("minister", not
    "foreign"); `bodies` name what is no person (union, ministry, article); `outlet_heads` begin the name of an outlet.
    `modality` maps words of a cue to what they make of the statement, `conditional` make the saying itself uncertain;
    `negations` turn what is said. `labels` stand before a colon and name no speaker, `turns` those of them that open
    somebody's turn.
    """

    by_first: Mapping[str, tuple[Cue, ...]]
    grammars: Mapping[str, Grammar]
    titles: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    outlet_words: frozenset[str] = frozenset()
    outlet_heads: frozenset[str] = frozenset()
    media: Mapping[str, str] = field(default_factory=dict)
    modality: Mapping[str, str] = field(default_factory=dict)
    conditional: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    turns: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
