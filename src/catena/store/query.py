"""The query language: words, "phrases", NEAR(a b, 5), AND OR NOT, prefix*, brackets, and fields.

Words side by side are joined by AND. Every word is folded as the index is, and a word that holds several
(`51:55`) is a phrase. Order of steps: lex, parse to a small tree, write the tree as FTS5. The tree also
decides which phrases count as hits in a document (`contributing`): those of the branches that hold there, and
none of what NOT excludes. NOT binds closest, then AND, then OR.

A *field* (`speaker:"Ada Brisk"`, `date:2015..2016`; the names stand in `FIELDS`) narrows the whole search. Fields join
with AND, with NOT before them they exclude; inside OR they would mix documents and words, and are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from catena.store.errors import QueryError
from catena.store.tokens import find_tokens
from catena.text import find_words

FIELDS = (
    "speaker", "outlet", "publisher", "genre", "language", "verdict", "kind", "date", "code", "person", "figure",
    "path",
)  # fmt: skip
"""Names of the fields. Documented in docs/reference/search.md."""
NEAR_DEFAULT = 10  # tokens between the first and the last phrase, as in FTS5
MOST_TERMS = 64  # a longer query is a paste by mistake, and FTS5 has a depth limit
_LEX = re.compile(
    r"(?P<space>\s+)"
    rf"|(?P<field>(?:{'|'.join(FIELDS)}):(?:[\"“”«»][^\"“”«»]*[\"“”«»]|[^\s()\"“”«»]+))"
    r"|(?P<near>NEAR\s*\()"
    r"|(?P<operator>(?:AND|OR|NOT)(?![^\s()\"“”«»]))"
    r"|(?P<phrase>[\"“”«»][^\"“”«»]*(?:[\"“”«»]\s?\*?|$))"
    r"|(?P<open>\()|(?P<close>\))|(?P<comma>,)"
    r"|(?P<word>[^\s()\"“”«»,]+(?:,\d[^\s()\"“”«»,]*)*)"
)
_QUOTES = '"“”«»'


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens in a row; the last one only begins the word when `prefix`. `typed` are the words as they were typed."""

    tokens: tuple[str, ...]
    prefix: bool = False
    typed: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases with at most `distance` tokens between the first of them and the last."""

    phrases: tuple[Phrase, ...]
    distance: int = NEAR_DEFAULT


@dataclass(frozen=True, slots=True)
class Both:
    """All of `parts` must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of `parts` must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """`wanted` must hold and `excluded` must not."""

    wanted: Node
    excluded: Node


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on the document or passage. `position` is where it stands in the query."""

    name: str
    value: str
    position: int = 0
    wanted: bool = True


Node: TypeAlias = Phrase | Near | Both | Either | Without | Field


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    text: str
    position: int


def parse_query(query: str) -> Node | None:
    """The tree of `query`; `None` when it is blank. Raises `QueryError` with position and hint.

    >>> to_fts5(parse_query('the "Joint Commission" AND treat*'))
    '("the" AND "joint commission" AND "treat" *)'
    """
    lexemes = _lex(query)
    if not lexemes:
        return None
    terms = sum(lexeme.kind in ("word", "phrase") for lexeme in lexemes)
    if terms > MOST_TERMS:
        raise QueryError(
            f"{terms} terms",
            lexemes[-1].position,
            f"use at most {MOST_TERMS}, or quote the words as a phrase",
        )
    parser = _Parser(lexemes, len(query))
    tree = parser.either()
    left = parser.peek()
    if left is not None:
        raise QueryError(f"{left.text!r} does not belong", left.position, "check that brackets come in pairs")
    return tree


def to_fts5(node: Node) -> str:
    """The tree in the syntax of FTS5. Tokens hold neither quotes nor spaces, so nothing needs escaping."""
    match node:
        case Phrase(tokens, prefix, _):
            return f'"{" ".join(tokens)}"' + (" *" if prefix else "")
        case Near(phrases, distance):
            return f"NEAR({' '.join(map(to_fts5, phrases))}, {distance})"
        case Both(parts):
            return f"({' AND '.join(map(to_fts5, parts))})"
        case Either(parts):
            return f"({' OR '.join(map(to_fts5, parts))})"
        case Without(wanted, excluded):
            return f"({to_fts5(wanted)} NOT {to_fts5(excluded)})"
        case Field():  # split_fields took them out
            raise ValueError(f"the field {node.name} is no part of the text query")


def phrases_of(node: Node) -> tuple[Phrase, ...]:
    """Every phrase from left to right: the order in which FTS5 numbers them."""
    match node:
        case Phrase():
            return (node,)
        case Near(phrases):
            return phrases
        case Both(parts) | Either(parts):
            return tuple(phrase for part in parts for phrase in phrases_of(part))
        case Without(wanted, excluded):
            return phrases_of(wanted) + phrases_of(excluded)
        case Field():
            return ()


def split_fields(node: Node | None) -> tuple[Node | None, tuple[Field, ...]]:
    """What is left of the tree for the text index (`None`: nothing), and the fields, in order.

    Raises `QueryError` for a field inside OR.
    """
    match node:
        case Field():
            return None, (node,)
        case Both(parts):
            texts: list[Node] = []
            fields: list[Field] = []
            for part in parts:
                text, found = split_fields(part)
                texts += [text] if text is not None else []
                fields += found
            return (Both(tuple(texts)) if len(texts) > 1 else next(iter(texts), None)), tuple(fields)
        case Without(wanted, excluded):
            text, found = split_fields(wanted)
            if isinstance(excluded, Field):
                return text, (*found, replace(excluded, wanted=not excluded.wanted))
            _refuse_fields(excluded)
            if text is None:
                raise QueryError("NOT has only fields before it", 0, "put a word before it, or only exclude fields")
            return Without(text, excluded), found
        case Either(parts):
            for part in parts:
                _refuse_fields(part)
    return node, ()


def _refuse_fields(node: Node) -> None:
    match node:
        case Field():
            hint = "fields narrow the whole search: put it outside of OR and of brackets after NOT"
            raise QueryError(f"{node.name}: cannot stand here", node.position, hint)
        case Both(parts) | Either(parts):
            for part in parts:
                _refuse_fields(part)
        case Without(wanted, excluded):
            _refuse_fields(wanted)
            _refuse_fields(excluded)


def expand(node: Node, forms: Mapping[str, Sequence[str]]) -> Node:
    """The tree with each single word replaced by its forms, joined by OR; phrases and NEAR stay as they are."""
    match node:
        case Phrase((word,), False, _) if word in forms:
            found = tuple(Phrase((form,)) for form in forms[word])
            return found[0] if len(found) == 1 else Either(found) if found else node
        case Both(parts):
            return Both(tuple(expand(part, forms) for part in parts))
        case Either(parts):
            return Either(tuple(expand(part, forms) for part in parts))
        case Without(wanted, excluded):
            return Without(expand(wanted, forms), expand(excluded, forms))
    return node


def single_words(node: Node | None) -> tuple[str, ...]:
    """The words that `expand` would replace, each once, in order; what NOT excludes is left out."""
    match node:
        case Phrase((word,), False, _):
            return (word,)
        case Both(parts) | Either(parts):
            return tuple(dict.fromkeys(word for part in parts for word in single_words(part)))
        case Without(wanted, _):
            return single_words(wanted)
    return ()


def has_near(tree: Node) -> bool:
    """True when some words must stand near others."""
    if isinstance(tree, Near):
        return True
    if isinstance(tree, Both | Either):
        return any(map(has_near, tree.parts))
    return isinstance(tree, Without) and (has_near(tree.wanted) or has_near(tree.excluded))


def contributing(node: Node, present: Sequence[bool], first: int = 0) -> tuple[int, ...]:
    """Numbers of the phrases that are hits, given which have places; empty when `node` does not hold."""
    match node:
        case Phrase():
            return (first,) if present[first] else ()
        case Near(phrases):
            numbers = tuple(range(first, first + len(phrases)))
            return numbers if all(present[number] for number in numbers) else ()
        case Without(wanted, _):
            return contributing(wanted, present, first)
        case Field():
            return ()
        case Both(parts) | Either(parts):
            found = []
            for part in parts:
                found.append(contributing(part, present, first))
                first += len(phrases_of(part))
            if isinstance(node, Both) and not all(found):
                return ()
            return tuple(number for numbers in found for number in numbers)


def _lex(query: str) -> list[_Lexeme]:
    found = []
    near = False
    at = 0
    while at < len(query):
        match = _LEX.match(query, at)
        if match is None:  # pragma: no cover  the word pattern takes whatever the others leave
            raise QueryError(f"{query[at]!r} is not understood", at, "use letters, digits, quotes and brackets")
        kind = match.lastgroup or ""
        near = {"near": True, "close": False}.get(kind, near)
        if kind != "space" and (kind != "comma" or near):  # elsewhere a comma is only punctuation
            found.append(_Lexeme(kind, match[0], at))
        at = match.end()
    return found


class _Parser:
    """Reads lexemes from left to right, one level of binding a method."""

    def __init__(self, lexemes: list[_Lexeme], length: int) -> None:
        self._lexemes = lexemes
        self._at = 0
        self._length = length
        self._depth = 0

    def peek(self) -> _Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def either(self) -> Node:
        parts = [self.both()]
        while self._take("OR"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self) -> Node:
        parts = [self.without()]
        while self._take("AND") or self._starts():
            parts.append(self.without())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def without(self) -> Node:
        node = self.one()
        while self._take("NOT"):
            node = Without(node, self.one())
        return node

    def one(self) -> Node:
        lexeme = self.peek()
        if lexeme is None:
            raise QueryError("something is missing", self._length, "give a word or a phrase after the last operator")
        if lexeme.kind == "operator" and lexeme.text == "NOT" and self._field_follows():
            self._at += 1
            found = self.one()
            return replace(found, wanted=False) if isinstance(found, Field) else found
        if lexeme.kind == "operator":
            hint = "write `a NOT b`" if lexeme.text == "NOT" else "put a word before it, or quote it to search for it"
            raise QueryError(f"{lexeme.text} has nothing before it", lexeme.position, hint)
        self._at += 1
        if lexeme.kind == "open":
            return self._bracket(lexeme)
        if lexeme.kind == "near":
            return self._near(lexeme)
        return _field(lexeme) if lexeme.kind == "field" else _phrase(lexeme)

    def _field_follows(self) -> bool:
        return self._at + 1 < len(self._lexemes) and self._lexemes[self._at + 1].kind == "field"

    def _bracket(self, opening: _Lexeme) -> Node:
        self._depth += 1
        if self._depth > MOST_TERMS:
            raise QueryError("brackets are too deep", opening.position, f"use at most {MOST_TERMS} levels")
        node = self.either()
        self._close(opening)
        self._depth -= 1
        return node

    def _near(self, opening: _Lexeme) -> Node:
        phrases = []
        while (lexeme := self.peek()) is not None and lexeme.kind in ("word", "phrase"):
            self._at += 1
            phrases.append(_phrase(lexeme))
        if len(phrases) < 2:
            raise QueryError("NEAR needs two words or phrases", opening.position, "write NEAR(first second, 5)")
        distance = NEAR_DEFAULT
        if (comma := self.peek()) is not None and comma.kind == "comma":
            self._at += 1
            number = self.peek()
            if number is None or not number.text.isdecimal() or len(number.text) > 6:
                raise QueryError("NEAR needs a distance after the comma", comma.position, "write NEAR(first second, 5)")
            distance = int(number.text)
            self._at += 1
        self._close(opening)
        return Near(tuple(phrases), distance)

    def _close(self, opening: _Lexeme) -> None:
        lexeme = self.peek()
        if lexeme is None or lexeme.kind != "close":
            raise QueryError("a bracket is not closed", opening.position, "add the closing bracket `)`")
        self._at += 1

    def _take(self, operator: str) -> bool:
        lexeme = self.peek()
        if lexeme is None or lexeme.kind != "operator" or lexeme.text != operator:
            return False
        self._at += 1
        return True

    def _starts(self) -> bool:
        lexeme = self.peek()
        return lexeme is not None and lexeme.kind in ("word", "phrase", "open", "near", "field")


def _field(lexeme: _Lexeme) -> Field:
    name, _, value = lexeme.text.partition(":")
    return Field(name, value.strip(_QUOTES + " "), lexeme.position)


def _phrase(lexeme: _Lexeme) -> Phrase:
    text = lexeme.text
    if lexeme.kind == "phrase":
        if len(text.rstrip("* ")) < 2 or text.rstrip("* ")[-1] not in _QUOTES:
            raise QueryError("a quotation mark is not closed", lexeme.position, 'close the phrase with `"`')
    elif lexeme.kind != "word":
        raise QueryError(f"{text!r} is out of place", lexeme.position, "give a word or a phrase here")
    inner = text.rstrip().rstrip("*").rstrip(_QUOTES + " ")
    prefix = text.rstrip().endswith("*") or inner.endswith("*")
    if "*" in inner.rstrip("*"):
        place = lexeme.position + text.index("*")
        raise QueryError("`*` stands inside a term", place, "put it at the end of the last word: `treat*`")
    tokens, _ = find_tokens(inner.rstrip("*"))
    if not tokens:
        raise QueryError(f"{text!r} holds no letters or digits", lexeme.position, "search for a word")
    typed = tuple(span.of(inner.rstrip("*")) for span in find_words(inner.rstrip("*")))
    return Phrase(tuple(tokens), prefix, (*typed[:-1], typed[-1] + "*") if prefix else typed)
