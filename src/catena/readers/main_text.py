"""Which blocks of a page are its main text, and what the page states of itself: trafilatura's judgement.

Only the judgement is taken. Its own output drops joiners, direction marks and repeated paragraphs, so its text is
compared with ours letter by letter and never shown. It is loaded at first use, which costs a quarter of a second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from catena.model import Block

MAX_JUDGED = 3_000_000  # characters; trafilatura takes 1 s for a megabyte and 30 s for ten
# With less main text than this share of the letters and this many, the judgement is not believed: a short notice among
# long menus is still a notice, and a page of one list has no article.
_LITTLE, _FEW = 0.3, 300
_KEY = 80  # letters and digits by which a long block is looked up
_OWN_LINE = 25  # letters and digits: a shorter block is main text only as a line of its own, not as words of one
_SHORT = 60  # characters: a shorter block is main text only near longer ones
_NEAR = 2  # blocks between main text and a short one that belongs to it: title, date, sign-off
_HOME = 0.6  # share of the longest blocks' text that the element of the article must hold
_TAKEN = 0.5  # share of a block's letters that stand elsewhere
_MOST_PLACES = 20  # at which a block's beginning is looked for
_PIECE, _FEW_PIECES, _MOST = 60, 2, 0.7  # letters and digits; pieces; share of a block
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
    if any(is_main and len(blocks[place].span) > _SHORT for place, is_main in held.items()):
        home = _find_home(blocks, held)
        _drop_teasers(text, blocks, main, held, home)
        _drop_lonely(blocks, held, home)
        for place, block in enumerate(blocks):  # a quotation among the comments is none of the article's
            if block.kind == "blockquote" and not block.locator.startswith(home) and not _is_main(text, block, main):
                held[place] = False
    return tuple(_settle(block, held.get(place)) for place, block in enumerate(blocks))


def _find_home(blocks: Sequence[Block], held: Mapping[int, bool]) -> str:
    """The path, with a slash behind, of the innermost element that holds most of the long blocks of main text."""
    sizes: Counter[str] = Counter()
    for place, is_main in held.items():
        block = blocks[place]
        if is_main and len(block.span) > _SHORT:
            steps = block.locator.split("/")
            sizes.update({"/".join(steps[:deep]) + "/": len(block.span) for deep in range(1, len(steps))})
    most = max(sizes.values(), default=0)
    return max((path for path, size in sizes.items() if size >= _HOME * most), key=len, default="")


def _drop_teasers(text: str, blocks: Sequence[Block], main: Judgement, held: dict[int, bool], home: str) -> None:
    """Blocks outside `home` whose words stand in it are no main text: a list of articles begins them all."""
    inside = bytearray(len(main.letters))
    accepted = {place: key(blocks[place].span.of(text)) for place, is_main in held.items() if is_main}
    outside = [place for place in accepted if not blocks[place].locator.startswith(home)]
    if not outside:
        return
    for place in accepted.keys() - set(outside):
        for first, last in _find_places(accepted[place], main.letters):
            inside[first:last] = b"\1" * (last - first)
    for place in outside:
        places = _find_places(accepted[place], main.letters)
        if places and all(sum(inside[first:last]) > _TAKEN * (last - first) for first, last in places):
            held[place] = False


def _find_places(letters: str, main: str) -> list[tuple[int, int]]:
    """Where `main` holds a block, told by its beginning."""
    found: list[tuple[int, int]] = []
    first = main.find(letters[:_KEY]) if letters else -1
    while first >= 0 and len(found) < _MOST_PLACES:
        found.append((first, min(first + len(letters), len(main))))
        first = main.find(letters[:_KEY], first + 1)
    return found


def _drop_lonely(blocks: Sequence[Block], held: dict[int, bool], home: str) -> None:
    """Short blocks are main text in the article's own element (`home`), between long ones, and near them; from there
    each may lead to the next.
    """
    accepted = [place for place, is_main in held.items() if is_main]
    long = [place for place in accepted if len(blocks[place].span) > _SHORT]
    if not long:
        return
    first, last = long[0], long[-1]
    for place in accepted:
        last = place if last < place <= last + _NEAR else last
    for place in reversed(accepted):
        first = place if first - _NEAR <= place < first else first
    for place in accepted:
        own = bool(home) and blocks[place].locator.startswith(home)
        held[place] = own or first <= place <= last


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
    lines = [key(line) for line in words.split("\n")]
    if len(letters) < _OWN_LINE:
        return any(len(line) >= _OWN_LINE and line in main.lines for line in lines)
    own = sum(len(line) for line in lines if line in main.lines)
    return letters[:_KEY] in main.letters or 2 * own >= len(letters) or _is_mostly(letters, main.letters)


def _is_mostly(letters: str, main: str) -> bool:
    """Whether most of a long block is in `main` piece by piece: its beginning may have come out elsewhere."""
    pieces = [letters[at : at + _PIECE] for at in range(0, len(letters), _PIECE)]
    return len(pieces) > _FEW_PIECES and sum(len(one) for one in pieces if one in main) >= _MOST * len(letters)


def key(text: str) -> str:
    """Letters and digits of `text`, nothing else."""
    return "".join(filter(str.isalnum, text))
