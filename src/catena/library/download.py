"""Fetching one file: limits on size and time, resumed when it broke off, and never a part of it taken for the whole.

What has come so far lies in `<place>.part` with its origin beside it. A second try asks for the rest (`Range`) under
the condition that the file is still the same (`If-Range`); a server that cannot say so sends it all again.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from catena.library.catalogue import is_allowed_address
from catena.library.model import LibraryError
from catena.version import __version__

BLOCK = 65_536
TRIES = 3
RETRY_STATUS = frozenset((408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: `silence` without a single byte, `total` for the whole file, `pause` before another try."""

    silence: float = 30.0
    total: float = 900.0
    pause: float = 2.0


def download(url: str, place: Path, *, max_bytes: int, patience: Patience | None = None) -> str:
    """Fetch `url` into the file `place`; returns its SHA-256. `place` is written whole or not at all.

    Raises `LibraryError` with address, reason and next step: refused address, HTTP error, silence, a body that is
    shorter than announced, or more than `max_bytes`. What came is kept for the next try, except when it is too much.
    """
    waits = patience or Patience()
    if not is_allowed_address(url):
        raise LibraryError(f"{url} is not https; nothing was fetched")
    place.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + waits.total
    part = _Part(place.with_name(place.name + ".part"), url)
    for attempt in range(1, TRIES + 1):
        try:
            _fetch(url, part, max_bytes, waits, deadline)
            return part.finish(place)
        except _Broken as broken:
            if attempt == TRIES or time.monotonic() + waits.pause > deadline:
                kept = f"; {part.size} bytes are kept, the next try goes on from there" if part.size else ""
                raise LibraryError(f"{url}: {broken}{kept}. Next: try again later.") from broken
            time.sleep(waits.pause)
    raise AssertionError("unreachable")


class _Broken(Exception):
    """A try that broke off and may go better next time."""


class _Part:
    """What has come so far, and the mark (`ETag`, `Last-Modified`) by which the server knows that it is the same."""

    def __init__(self, path: Path, url: str) -> None:
        self.path, self.url = path, url
        self.note = path.with_name(path.name + ".json")
        self.mark = self._known_mark()
        if not self.mark:
            self.drop()

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.is_file() else 0

    def _known_mark(self) -> str:
        try:
            said = json.loads(self.note.read_text(encoding="utf-8"))
            return str(said["mark"]) if said["url"] == self.url else ""
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def begin(self, headers: Message) -> None:
        """A body from its first byte: forget what was there, and remember by what mark it is known."""
        etag = headers.get("ETag", "")
        self.mark = etag if etag and not etag.startswith("W/") else headers.get("Last-Modified", "")
        self.path.write_bytes(b"")
        self.note.write_text(json.dumps({"url": self.url, "mark": self.mark}), encoding="utf-8")

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)

    def finish(self, place: Path) -> str:
        with self.path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        self.path.replace(place)
        self.note.unlink(missing_ok=True)
        return digest


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Redirects stay on the publisher's own host, and never lead from https to plain http."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        same = (new.hostname or "").removeprefix("www.") == (old.hostname or "").removeprefix("www.")
        if not same or not is_allowed_address(newurl) or (old.scheme == "https" and new.scheme != "https"):
            fp.close()
            raise LibraryError(f"{req.full_url} leads on to {newurl}, another host or no https; nothing was fetched")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _fetch(url: str, part: _Part, max_bytes: int, waits: Patience, deadline: float) -> None:
    """One try: everything, or the rest of what is there."""
    headers = {"User-Agent": f"catena/{__version__}", "Accept-Encoding": "identity"}
    if part.size and part.mark:
        headers |= {"Range": f"bytes={part.size}-", "If-Range": part.mark}
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.build_opener(_SameHost).open(request, timeout=waits.silence) as answer:
            _take(answer, part, max_bytes, deadline, url)
    except urllib.error.HTTPError as error:
        with error:
            _refuse_status(error, part, url)
    except (TimeoutError, urllib.error.URLError, http.client.HTTPException, ConnectionError) as error:
        reason = getattr(error, "reason", error)
        raise _Broken(f"no answer or broken off ({reason or type(error).__name__})") from error


def _take(answer: http.client.HTTPResponse, part: _Part, max_bytes: int, deadline: float, url: str) -> None:
    """Write the body behind what is there. Raises `_Broken` for one shorter than announced."""
    if not _goes_on(answer, part):
        part.begin(answer.headers)
    length = answer.headers.get("Content-Length", "")
    whole = part.size + int(length) if length.isdecimal() else None
    if whole is not None and whole > max_bytes:
        part.drop()
        raise LibraryError(f"{url} announces {whole} bytes; up to {max_bytes} are fetched; nothing was added")
    with part.path.open("ab") as out:
        while block := answer.read(BLOCK):
            out.write(block)
            if out.tell() > max_bytes:
                break
            if time.monotonic() > deadline:
                raise _Broken("it takes too long")
    if part.size > max_bytes:
        part.drop()
        raise LibraryError(f"{url} sends more than {max_bytes} bytes; nothing was added")
    if whole is not None and part.size != whole:
        raise _Broken(f"broken off after {part.size} of {whole} bytes")


def _goes_on(answer: http.client.HTTPResponse, part: _Part) -> bool:
    """True when the body goes on exactly where what is there ends."""
    if answer.status != http.HTTPStatus.PARTIAL_CONTENT:
        return False
    if answer.headers.get("Content-Range", "").startswith(f"bytes {part.size}-"):
        return True
    part.drop()
    raise _Broken("the server sends another part than was asked for")


def _refuse_status(error: urllib.error.HTTPError, part: _Part, url: str) -> None:
    if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        part.drop()
        raise _Broken("what was kept is no part of the file any more") from error
    if error.code in RETRY_STATUS:
        raise _Broken(f"the server says {error.code} {error.reason}") from error
    step = "the publisher may have moved it; look at the address, or give the file to: catena library add"
    raise LibraryError(
        f"{url}: the server says {error.code} {error.reason}; nothing was added. Next: {step}."
    ) from error
