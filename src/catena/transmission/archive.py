"""What an archive tells of a message: who wrote it and when, from whom it was passed on, what it answers.

Exports and mailboxes say these things beside the text: readers keep them in the locators of blocks (`message 13, by
Lakes Daily, on 2021-05-09T10:15:00+03:00, forwarded from Port News`) and in what the file states of itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from catena.model import Block, Span

_KEYS = {
    "by": "writer", "on": "sent", "forwarded from": "origin", "first on": "first_sent", "in reply to": "answers",
    "id": "id",
}  # fmt: skip
# A name may hold a comma: a fact ends where the next one begins, by its form and not by its comma alone.
_NEXT = r", (?:by |on \d{4}-|edited \d{4}-|forwarded from |first on \d{4}-|in reply to |id <|via |subject$|attachment )"
_TOLD = re.compile(rf"(?:^|, )({'|'.join(_KEYS)}) (.+?)(?={_NEXT}|$)")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Told:
    """What the archive tells of one message; "" for what it does not tell.

    `sent` and `first_sent` are ISO days or times as told, `origin` is whom the message was passed on from, and
    `first_sent` when it was first sent there; `id` and `answers` are identifiers of mail (`<…>`).
    """

    writer: str = ""
    sent: str = ""
    origin: str = ""
    first_sent: str = ""
    id: str = ""
    answers: str = ""


def read_locator(locator: str) -> Told:
    """What the locator of a block tells; nothing for one of another kind.

    >>> read_locator("message 13, by Lakes, Daily, on 2021-05-09T10:15:00, forwarded from Port News").writer
    'Lakes, Daily'
    """
    if not locator.startswith("message"):
        return Told()
    return Told(**{_KEYS[key]: value.strip() for key, value in _TOLD.findall(locator)})


def read_stated(stated: Mapping[str, str]) -> Told:
    """What the headers of a single message tell: author, date, its own identifier and those that it answers."""
    if "message-id" not in stated and "in-reply-to" not in stated:
        return Told()
    return Told(
        writer=stated.get("author", ""),
        sent=stated.get("date", ""),
        id=stated.get("message-id", ""),
        answers=stated.get("in-reply-to", ""),
    )


def find_told(blocks: Sequence[Block], stated: Mapping[str, str], span: Span) -> tuple[Told, ...]:
    """What is told of the messages in which `span` lies, each once, in order; nothing outside an archive."""
    own = read_stated(stated)
    found = [read_locator(block.locator) for block in blocks if block.span.overlaps(span)]
    return tuple(dict.fromkeys(one for one in (own, *found) if one != Told()))


def to_instant(time: str) -> str:
    """An ISO time with its zone as one in UTC, to the second, so that two compare as they stand; "" for others.

    >>> to_instant("2021-05-09T01:15:00+03:00")
    '2021-05-08T22:15:00Z'
    """
    if not _TIME.match(time):
        return ""
    try:
        moment = datetime.fromisoformat(time)
        if moment.tzinfo is None:
            return ""
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return ""
