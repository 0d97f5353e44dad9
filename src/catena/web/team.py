"""Who may ask when a project is served to a small team: people with an account, over their own proxy's TLS.

Order of checks: is this our name (DNS rebinding), does the request come from our own pages (CSRF), is there a session
that has not ended, may this role do it. Sessions live in memory only: they end by log-out, after a time without use,
after a day's work, when the account changes, and when the server stops.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catena.accounts import Account, Accounts
from catena.web.render import render_bare
from catena.web.security import HEADERS, MAX_BODY, MAX_TARGET

COOKIE = "catena-session"
IDLE_SECONDS = 30 * 60.0
LONGEST_SECONDS = 12 * 3600.0
FAILURES = 5  # of one name, or four times as many of one address, within WINDOW_SECONDS
WINDOW_SECONDS = 15 * 60.0
_SAFE = ("GET", "HEAD")
_OPEN = ("/login", "/static/style.css")
_OPENING = re.compile(r"/doc/\d+/open")
MANAGING = ("/codes", "/decide")
READING = ("/logout", "/api/check")
Note = Callable[[str, str, str], None]
"""Writes (who, what, subject) into the log of the project."""


@dataclass(slots=True)
class Session:
    """One person's stay. Times are seconds of the monotonic clock."""

    name: str
    stamp: str
    began: float
    used: float


@dataclass(slots=True)
class Limiter:
    """Counts failures by key and says when there were too many."""

    most: int
    failures: dict[str, list[float]] = field(default_factory=dict)

    def blocked(self, key: str, now: float) -> int:
        """Seconds to wait, or 0."""
        kept = [when for when in self.failures.get(key, []) if now - when < WINDOW_SECONDS]
        if kept:
            self.failures[key] = kept
        else:
            self.failures.pop(key, None)
        return int(kept[-self.most] + WINDOW_SECONDS - now) + 1 if len(kept) >= self.most else 0

    def add(self, key: str, now: float) -> None:
        """One more failure."""
        if len(self.failures) > 10_000:  # somebody invents names: forget the oldest half
            for old in list(self.failures)[:5_000]:
                del self.failures[old]
        self.failures.setdefault(key, []).append(now)


def find_role(method: str, path: str) -> str:
    """The role that a request needs.

    >>> find_role("GET", "/codes"), find_role("POST", "/codes"), find_role("POST", "/doc/3/code")
    ('read', 'manage', 'code')
    """
    if method in _SAFE or path in READING or _OPENING.fullmatch(path):
        return "read"
    return "manage" if path in MANAGING else "code"


class TeamGuard:
    """ASGI middleware: logs people in and out, refuses what is not ours, and sets the security headers.

    `names` are the host names (with the port, where it is not the usual one) under which the pages are reached.
    `clock` gives seconds; `note` writes the audit log.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        accounts: Accounts,
        names: Iterable[str],
        note: Note,
        plain_http: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app = app
        self.accounts = accounts
        self.names = frozenset(names)
        self.note = note
        self.plain_http = plain_http
        self.clock = clock
        self.sessions: dict[str, Session] = {}
        self.by_name = Limiter(FAILURES)
        self.by_address = Limiter(FAILURES * 4)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if request.url.scheme == "https":
                    headers["strict-transport-security"] = "max-age=31536000"
            await send(message)

        answer = self._refusal(request)
        if answer is None and request.url.path == "/login":
            answer = await self._log_in(request)
        if answer is None:
            answer = await self._enter(request, scope)
        await (answer or self.app)(scope, receive, send_with_headers)

    def _refusal(self, request: Request) -> Response | None:
        """The answer to a request that goes no further whoever sends it, or `None`."""
        if request.headers.get("host") not in self.names:
            return PlainTextResponse("This address is not served here.", 421)
        if len(request.scope["raw_path"]) + len(request.scope["query_string"]) > MAX_TARGET:
            return PlainTextResponse("The address is too long.", 414)
        if request.method not in _SAFE:
            scheme, _, host = request.headers.get("origin", "").partition("://")
            if scheme not in ("http", "https") or host not in self.names:
                return PlainTextResponse("Requests from other sites are refused.", 403)
            length = request.headers.get("content-length", "")
            if not length.isdigit() or int(length) > MAX_BODY:
                return PlainTextResponse(f"Up to {MAX_BODY} bytes can be sent.", 413)
        return None

    async def _enter(self, request: Request, scope: Scope) -> Response | None:
        """The way to the log-in page, or a refusal, for who may not; `None` lets the request through."""
        path = request.url.path
        if path in _OPEN:
            return None
        key = request.cookies.get(COOKIE, "")
        account = self._account(key)
        if account is None:
            wants_page = request.method in _SAFE and not path.startswith("/api/")
            return RedirectResponse("/login", 303) if wants_page else PlainTextResponse("Log in first.", 401)
        if path == "/logout" and request.method == "POST":
            self.sessions.pop(key, None)
            await run_in_threadpool(self.note, account.name, "account.logout", account.name)
            answer = RedirectResponse("/login", 303)
            answer.delete_cookie(COOKIE)
            return answer
        needed = find_role(request.method, path)
        if not account.may(needed):
            return PlainTextResponse(f"Your role is {account.role!r}; this needs {needed!r}.", 403)
        scope["state"] = {**scope.get("state", {}), "person": account.name, "session": key, "team": True}
        return None

    def _account(self, key: str) -> Account | None:
        """The account of a session that has not ended."""
        session, now = self.sessions.get(key), self.clock()
        if session is None:
            return None
        account = self.accounts.get(session.name)
        late = now - session.used > IDLE_SECONDS or now - session.began > LONGEST_SECONDS
        if late or account is None or account.stamp != session.stamp:
            self.sessions.pop(key, None)
            return None
        session.used = now
        return account

    async def _log_in(self, request: Request) -> Response:
        if request.url.scheme != "https" and not self.plain_http:
            return _page("Passwords are taken over HTTPS only. See the how-to on serving a team.", 403)
        if request.method in _SAFE:
            return _page("")
        form = dict(parse_qsl((await request.body())[:4096].decode(errors="replace"), keep_blank_values=True))
        name, address = form.get("name", "")[:80], request.client.host if request.client else ""
        now = self.clock()
        wait = max(self.by_name.blocked(name, now), self.by_address.blocked(address, now))
        if wait:
            answer = _page(f"Too many attempts; try again in {wait // 60 + 1} minutes.", 429)
            answer.headers["retry-after"] = str(wait)
            return answer
        # Counted before it is checked, so that attempts sent at the same time are counted too.
        self.by_name.add(name, now)
        self.by_address.add(address, now)
        account = await run_in_threadpool(self.accounts.check, name, form.get("password", ""))
        if account is None:
            # People type passwords into the field of names: an unknown name is not written down.
            subject = name if self.accounts.get(name) else "unknown name"
            await run_in_threadpool(self.note, "", "account.refused", subject)
            return _page("Name or password is wrong.", 403)
        self.by_name.failures.pop(name, None)
        return await self._begin(request, account)

    async def _begin(self, request: Request, account: Account) -> Response:
        """A new session, never one that was there before; ended ones are forgotten."""
        now = self.clock()
        for key in [key for key, one in self.sessions.items() if now - one.used > IDLE_SECONDS]:
            del self.sessions[key]
        key = secrets.token_urlsafe(32)
        self.sessions[key] = Session(account.name, account.stamp, now, now)
        await run_in_threadpool(self.note, account.name, "account.login", account.name)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, key, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return answer


def _page(message: str, status: int = 200) -> HTMLResponse:
    return render_bare("login.html", status=status, message=message)
