"""Which blocks of a page are its main text, and what the page states of itself: trafilatura's judgement.

Only the judgement is taken. Its own output drops joiners, direction marks and repeated paragraphs, so its text is
compared with ours letter by letter and never shown. It is loaded at first use, which costs a quarter of a second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from catena.model import Block

MAX_JUDGED = 3_000_000  # characters; trafilatura takes 1 s for a megabyte and 30 s for ten
_LITTLE = 0.3  # share of the letters: with less than this as main text, the judgement is not believed
_KEY = 80  # letters and digits by which a block is looked up
_JUDGED = ("paragraph", "list-item", "table-cell", "heading")
# What the page states, and what trafilatura calls it; `publisher` is the name of the site (og:site_name).
_STATED = (("title", "title"), ("author", "author"), ("date", "date"), ("language", "language"), ("url", "url"),
           ("publisher", "sitename"))  # fmt: skip
# Never the clock: the latest date allowed would else be today, and the same page would state something else later.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The main text as letters and digits only, and what the page states: name and value pairs."""

    letters: str = ""
    stated: tuple[tuple[str, str], ...] = ()


def judge(source: str) -> Judgement:
    """trafilatura's view of a page; an empty one when it finds nothing or the page is too long for it."""
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata

    if len(source) > MAX_JUDGED:
        return Judgement()
    found = bare_extraction(
        source, include_comments=False, include_tables=True, favor_recall=True, with_metadata=True,
        date_extraction_params=_DATES,
    )  # fmt: skip
    facts = found if found is not None else extract_metadata(source, date_config=_DATES)
    stated = ((name, getattr(facts, theirs, None)) for name, theirs in _STATED)
    letters = key(str(getattr(found, "text", None) or ""))
    return Judgement(letters, tuple((name, str(value)) for name, value in stated if value))


def mark_boilerplate(text: str, blocks: tuple[Block, ...], main: str) -> tuple[Block, ...]:
    """The blocks with those outside `main` (letters and digits) marked; as they are when `main` is too little."""
    if len(main) < _LITTLE * len(key(text)):
        return blocks
    return tuple(
        replace(block, kind="boilerplate") if block.kind in _JUDGED and not _is_main(text, block, main) else block
        for block in blocks
    )


def _is_main(text: str, block: Block, main: str) -> bool:
    words = block.span.of(text)
    if block.kind == "list-item":
        words = words.partition(". ")[2] or words  # the number is ours
    return key(words)[:_KEY] in main


def key(text: str) -> str:
    """Letters and digits of `text`, nothing else."""
    return "".join(filter(str.isalnum, text))
