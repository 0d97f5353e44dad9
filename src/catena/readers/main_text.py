"""Which blocks of a page are its main text, and what the page states of itself: trafilatura's judgement.

Only the judgement is taken. Its own output drops joiners, direction marks and repeated paragraphs, so its text is
compared with ours letter by letter and never shown. It is loaded at first use, which costs a quarter of a second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from catena.model import Block

MAX_JUDGED = 3_000_000  # characters; trafilatura takes 1 s for a megabyte and 30 s for ten
# With less main text than this share of the letters and this many, the judgement is not believed: a short notice among
# long menus is still a notice, and a page of one list has no article.
_LITTLE, _FEW = 0.3, 300
_KEY = 80  # letters and digits by which a long block is looked up
_OWN_LINE = 25  # letters and digits: a shorter block is main text only as a line of its own, not as words of one
_SHORT = 60  # characters: a shorter block is main text only near longer ones
_BEFORE, _AFTER = 4, 6  # blocks around the main text in which short ones belong to it: title, date, sign-off
_JUDGED = ("paragraph", "list-item", "table-cell", "heading", "boilerplate")  # whole pages stand inside a `form`
# What the page states, and what trafilatura calls it; `publisher` is the name of the site (og:site_name).
_STATED = (("title", "title"), ("author", "author"), ("date", "date"), ("language", "language"), ("url", "url"),
           ("publisher", "sitename"))  # fmt: skip
# Never the clock: the latest date allowed would else be today, and the same page would state something else later.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The main text as letters and digits only, whole and by lines, and what the page states: names and values."""

    letters: str = ""
    lines: frozenset[str] = frozenset()
    stated: tuple[tuple[str, str], ...] = ()


def judge(source: str) -> Judgement:
    """trafilatura's view of a page; an empty one when it finds nothing or the page is too long for it."""
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata

    if len(source) > MAX_JUDGED:
        return Judgement()
    found = bare_extraction(
        source, include_comments=False, include_tables=True, with_metadata=True,
        date_extraction_params=_DATES,
    )  # fmt: skip
    facts = found if found is not None else extract_metadata(source, date_config=_DATES)
    stated = ((name, getattr(facts, theirs, None)) for name, theirs in _STATED)
    main = str(getattr(found, "text", None) or "")
    lines = frozenset(map(key, re.split(r"\n|\|", main))) - {""}
    return Judgement(key(main), lines, tuple((name, str(value)) for name, value in stated if value))


def mark_boilerplate(text: str, blocks: tuple[Block, ...], main: Judgement) -> tuple[Block, ...]:
    """The blocks with those outside `main` marked, and those inside not; as they are when `main` is too little."""
    if len(main.letters) < min(_FEW, _LITTLE * len(key(text))):
        return blocks
    held = {place: _is_main(text, block, main) for place, block in enumerate(blocks) if block.kind in _JUDGED}
    long = [place for place, is_main in held.items() if is_main and len(blocks[place].span) > _SHORT]
    if long:
        first, last = long[0] - _BEFORE, long[-1] + _AFTER
        held = {place: is_main and (len(blocks[place].span) > _SHORT or first <= place <= last)
                for place, is_main in held.items()}  # fmt: skip
    return tuple(_settle(block, held.get(place)) for place, block in enumerate(blocks))


def _settle(block: Block, is_main: bool | None) -> Block:
    """The block as it is judged; `None` leaves it."""
    if is_main is None or is_main == (block.kind != "boilerplate"):
        return block
    return replace(block, kind="paragraph" if is_main else "boilerplate")


def _is_main(text: str, block: Block, main: Judgement) -> bool:
    words = block.span.of(text)
    if block.kind == "list-item":
        words = words.partition(". ")[2] or words  # the number is ours
    letters = key(words)
    if letters in main.lines or (block.kind == "table-cell" and letters in main.letters):
        return True  # cells of a row share a line
    if len(letters) >= _OWN_LINE:
        return letters[:_KEY] in main.letters
    return any(len(part) >= _OWN_LINE and part in main.lines for part in map(key, words.split("\n")))


def key(text: str) -> str:
    """Letters and digits of `text`, nothing else."""
    return "".join(filter(str.isalnum, text))
