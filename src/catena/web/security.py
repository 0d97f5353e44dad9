"""Who may ask: this machine's browser, opened with this start's token, from our own pages.

A page on the web can send requests to loopback and, with a name that resolves to it, read the answers. So every
request must name our host (DNS rebinding), unsafe ones must come from our origin (CSRF), and all must carry the token
as a cookie that no other site's request brings along.
"""

from __future__ import annotations

import hmac

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "catena-token"
MAX_TARGET = 8192  # bytes of path and query
MAX_BODY = 5_000_000  # bytes of a request's body
_SAFE = ("GET", "HEAD")
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    # Not "no-referrer": browsers then send `Origin: null` with our own forms, which the check below must refuse.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """ASGI middleware: refuses what is not ours and sets the security headers on every answer."""

    def __init__(self, app: ASGIApp, *, token: str, host: str, port: int) -> None:
        self.app = app
        self.token = token
        self.hosts = {f"{host}:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        answer = self._refusal(Request(scope))
        await (answer or self.app)(scope, receive, send_with_headers)

    def _refusal(self, request: Request) -> Response | None:
        """The answer to a request that goes no further, or `None`."""
        if request.headers.get("host") not in self.hosts:
            return PlainTextResponse("This address is not served here.", 421)
        if len(request.scope["raw_path"]) + len(request.scope["query_string"]) > MAX_TARGET:
            return PlainTextResponse("The address is too long.", 414)
        if request.method not in _SAFE:
            origin = request.headers.get("origin", "")
            if origin.removeprefix("http://") not in self.hosts:
                return PlainTextResponse("Requests from other sites are refused.", 403)
            length = request.headers.get("content-length", "")
            if not length.isdigit() or int(length) > MAX_BODY:
                return PlainTextResponse(f"Up to {MAX_BODY} bytes can be sent.", 413)
        given = request.query_params.get("token")
        if given is not None and request.url.path == "/" and self._right(given):
            answer = RedirectResponse("/", 303)
            answer.set_cookie(COOKIE, self.token, httponly=True, samesite="strict")
            return answer
        if not self._right(request.cookies.get(COOKIE, "")):
            return PlainTextResponse(
                "Open the reader through the whole address that the terminal shows (it ends in ?token=…).", 403
            )
        return None

    def _right(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.token.encode())
