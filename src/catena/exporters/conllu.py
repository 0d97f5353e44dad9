"""CoNLL-U: sentences and words with their places, findings in the last column.

`MISC` holds `Start` and `End` (code points), `SpaceAfter=No` where words touch, and for each kind of finding on the
word an entry such as `Quotation=ID`; several are joined by a comma. Lemma, part of speech and syntax are not ours to
say: `_`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import BinaryIO

from catena.exporters.base import Rows
from catena.model import Finding, Span
from catena.text import find_sentences, find_words

_MARK = re.compile(r"\S")
_FORBIDDEN = re.compile(r"[\s|=]")


class ConllU:
    """One block of sentences a document that has findings."""

    name = "conllu"
    suffix = ".conllu"
    media_type = "text/plain; charset=utf-8"

    def write(self, rows: Rows, out: BinaryIO) -> int:
        """Write the sentences of each document; returns how many findings. Rows of one document follow each other."""
        written = 0
        for document, group in groupby(rows, key=lambda row: row[0]):
            found = list(group)
            for block in to_sentences(document, found[0][2], [finding for _, finding, _ in found]):
                out.write(block.encode())
            written += len(found)
        return written


def to_sentences(name: str, text: str, findings: Sequence[Finding]) -> Iterator[str]:
    """The sentences of one text, each as a block that ends with a blank line."""
    marked = _by_place(findings)
    first = True
    for number, sentence in enumerate(find_sentences(text), start=1):
        words = list(_tokens(text, sentence))
        if not words:
            continue
        lines = [f"# newdoc id = {_plain(name)}"] if first else []
        first = False
        lines += [f"# sent_id = {_plain(name)}-{number}", f"# text = {' '.join(sentence.of(text).split())}"]
        for at, word in enumerate(words):
            ends = word.end < sentence.end and text[word.end : word.end + 1].strip() != ""
            misc = [
                f"Start={word.start}",
                f"End={word.end}",
                *(["SpaceAfter=No"] if ends else []),
                *_labels(marked, word),
            ]
            lines.append("\t".join([str(at + 1), _plain(word.of(text)), *["_"] * 7, "|".join(misc)]))
        yield "\n".join(lines) + "\n\n"


def _tokens(text: str, sentence: Span) -> Iterator[Span]:
    """Words, and each mark between them."""
    at = sentence.start
    for word in (*find_words(text, sentence), Span(sentence.end, sentence.end)):
        for mark in _MARK.finditer(text, at, word.start):
            yield Span(*mark.span())
        if len(word):
            yield word
        at = word.end


def _by_place(findings: Sequence[Finding]) -> list[tuple[Span, str, str]]:
    return sorted((span, finding.kind, finding.id) for finding in findings for span in finding.spans("content"))


def _labels(marked: Sequence[tuple[Span, str, str]], word: Span) -> list[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for span, kind, id_ in marked:
        if span.start >= word.end:
            break
        if span.overlaps(word):
            found[kind.capitalize()].append(id_)
    return [f"{kind}={','.join(ids)}" for kind, ids in sorted(found.items())]


def _plain(words: str) -> str:
    """A column may hold neither tabs nor line ends."""
    return _FORBIDDEN.sub("_", words) or "_"
