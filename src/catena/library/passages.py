"""The passages of an edition as stored: one JSON object a line, in order.

They are written once, when the edition is added, so that a later version of an importer never changes what an edition
says. The source beside them stays byte-exact.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from catena.library.model import LibraryError, Passage


class _Row(msgspec.Struct, omit_defaults=True):
    reference: str
    text: str
    local: tuple[str, ...] = ()
    parent: str = ""


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(_Row)


def write_passages(passages: Iterable[Passage]) -> bytes:
    """The stored form of `passages`; the same passages give the same bytes."""
    rows = (_Row(one.reference, one.text, one.local, one.parent) for one in passages)
    return _ENCODER.encode_lines(rows)


def read_passages(data: bytes, name: str) -> tuple[Passage, ...]:
    """The passages in `data`. Raises `LibraryError` when it is not what `write_passages` wrote.

    >>> read_passages(write_passages([Passage("Q 1:1", "In the name")]), "x")[0].reference
    'Q 1:1'
    """
    try:
        rows = _DECODER.decode_lines(data)
    except msgspec.MsgspecError as error:
        raise LibraryError(f"{name} holds no passages ({error}); remove the edition and add it again") from error
    return tuple(Passage(row.reference, row.text, row.local, row.parent) for row in rows)
