"""The document: a text exactly as its reader extracted it, with its origin. It never changes.

Vocabulary: the *text* has `\\n` line ends and no byte order mark, and is otherwise untouched; its SHA-256 is the
document's id. The *origin* says which bytes it came from, through which reader. *Layers* (pages, blocks) are spans.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from catena.model.span import Span

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text came from.

    `name` is the file's name or path as the user gave it; `sha256` is of the file's bytes; `steps` are the named
    changes a reader made between bytes and text (`decoded cp1256`, `line ends CRLF to LF`), in order.
    """

    name: str
    sha256: str = ""
    media_type: str = "text/plain"
    reader: str = "text"
    reader_version: str = "1"
    encoding: str | None = None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text that the file itself marks off.

    `kind` is one of `paragraph`, `heading`, `list-item`, `table-cell`, `blockquote`, `note`, `header`, `footer`,
    `deleted`, `boilerplate`, `page`. `direction` and `language` are what the file states, else `None`.
    `locator` leads back to the place in the file (page number, DOM path, DOCX part). `boxes` says of a page where
    each line of its text stands: left, bottom, right and top in points from the lower left corner of the page as it is
    shown; empty when that is not known.
    """

    span: Span
    kind: str
    locator: str = ""
    direction: str | None = None
    language: str | None = None
    boxes: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A frozen text with its origin, blocks and warnings. `id` is the SHA-256 of the text in UTF-8, in hex.

    `stated` holds what the file says of itself (`title`, `author`, `date`, `language`, `url`), not what we infer.
    Raises `ValueError` for carriage returns, a leading byte order mark, lone surrogates, or a block past the end.

    >>> Document.of("On 9 May\\r\\n").text
    'On 9 May\\n'
    """

    text: str
    origin: Origin
    blocks: tuple[Block, ...] = ()
    stated: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    id: str = field(init=False)

    def __post_init__(self) -> None:
        if "\r" in self.text or self.text.startswith("\ufeff"):
            raise ValueError("a document's text has \\n line ends and no byte order mark; clean it in the reader")
        bad = _SURROGATE.search(self.text)
        if bad:
            raise ValueError(
                f"lone surrogate U+{ord(bad[0]):04X} at code point {bad.start()}; the reader must decode it"
            )
        for block in self.blocks:
            if block.span.end > len(self.text):
                raise ValueError(f"block {block.kind} {block.span} runs past the text of {len(self.text)} code points")
        object.__setattr__(self, "id", hashlib.sha256(self.text.encode()).hexdigest())

    @classmethod
    def of(cls, text: str, name: str = "text") -> Document:
        """A document from a string typed or passed in: line ends and a leading BOM are normalised here."""
        return cls(canonical(text), Origin(name=name))

    @property
    def pages(self) -> tuple[Block, ...]:
        """The page layer, in order; empty when the format has no pages."""
        return tuple(block for block in self.blocks if block.kind == "page")

    def get_stated(self, name: str) -> str | None:
        """What the file says of itself under `name`, or `None`."""
        return next((value for key, value in self.stated if key == name), None)


def canonical(text: str) -> str:
    """`text` with `\\n` line ends and without a leading BOM: the only changes every reader makes.

    >>> canonical("a\\r\\nb\\rc")
    'a\\nb\\nc'
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
