"""What stands before every page: who may come in, how large a request may be, and the headers.

On a loopback address the server answers only to the names of this machine, so that a page of some
other site cannot talk to it through a name that it controls. Anywhere else it asks for a token.
"""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from textmine.errors import UsageError

COOKIE = "textmine"
ENTRY = "/enter"
FORMS = "/review/"  # where pages send what readers change
# A query of 2,000 Chinese characters takes 18,000 bytes in an address.
MAX_ADDRESS = 32_768
MAX_BODY = 4_096  # bytes of the entry form, which holds a token
SHORTEST_TOKEN = 16  # characters; a shorter one can be guessed
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self';"
    " img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come in.

    Attributes
    ----------
    token
        What a reader must show; empty for none.
    names
        Host names that requests may be addressed to; empty for any.
    write
        Whether readers may collect, decide and save queries.
    """

    token: str = ""
    names: tuple[str, ...] = ()
    write: bool = False

    @classmethod
    def for_address(
        cls, host: str, *, token: str = "", names: tuple[str, ...] = (), write: bool = False
    ) -> Door:
        """The door of a server that listens on an address.

        Parameters
        ----------
        names
            Further host names that it is reached by, such as that of a reverse proxy.

        Raises
        ------
        UsageError
            When the address can be reached from other machines and there is no good token.
        """
        if token and len(token) < SHORTEST_TOKEN:
            raise UsageError(
                f"The token has {len(token)} characters.",
                remedy=f"Take at least {SHORTEST_TOKEN}: `openssl rand -hex 16` makes one.",
            )
        if is_loopback(host):
            return cls(token, ("localhost", "127.0.0.1", "[::1]", host, *names), write)
        if not token:
            raise UsageError(
                f"{host} can be reached from other machines, and no token is set.",
                remedy="Set TEXTMINE_TOKEN, or keep --host 127.0.0.1 and put a reverse proxy that"
                " asks who is there before it (--name its.host.name).",
            )
        return cls(token, names, write)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Guard:
    """Lets a request through to the application, or answers it."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None and scope["path"] == ENTRY:
            refusal = await self._enter(Request(scope, receive))
        await (refusal or self._app)(scope, receive, headed)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS:
            return PlainTextResponse("网址过长 / The address is too long.\n", 414)
        name = _without_port(headers.get("host", ""))
        if self._door.names and name not in self._door.names:
            return PlainTextResponse("不认识的主机名 / Unknown host name.\n", 421)
        if scope["path"] == ENTRY:
            return None
        if scope["method"] not in ("GET", "HEAD"):
            if not (
                self._door.write and scope["method"] == "POST" and scope["path"].startswith(FORMS)
            ):
                return PlainTextResponse("只读 / Read-only.\n", 405, {"Allow": "GET, HEAD"})
            if not _from_here(headers):
                return PlainTextResponse("来自别处 / Sent from elsewhere.\n", 403)
        public = scope["path"].startswith("/static/")
        if self._door.token and not public and not self._known(Request(scope)):
            if scope["path"].startswith("/api/"):
                return PlainTextResponse(
                    "需要令牌 / A token is needed.\n", 401, {"WWW-Authenticate": "Bearer"}
                )
            return RedirectResponse(ENTRY, 303)
        return None

    def _known(self, request: Request) -> bool:
        scheme, _, sent = request.headers.get("authorization", "").partition(" ")
        shown = sent.strip() if scheme.lower() == "bearer" else request.cookies.get(COOKIE, "")
        return self._right(shown)

    def _right(self, shown: str) -> bool:
        return hmac.compare_digest(shown.encode(), self._door.token.encode())

    async def _enter(self, request: Request) -> Response | None:
        """Take the token of the entry form; None where the form itself is asked for."""
        if request.method != "POST":
            return None
        body = await bounded_body(request, MAX_BODY)
        if body is None:
            return PlainTextResponse("请求过大 / The request is too large.\n", 413)
        sent = parse_qs(body.decode("utf-8", "replace"), max_num_fields=4).get("token", [""])[0]
        if not self._right(sent):
            return RedirectResponse(f"{ENTRY}?wrong=1", 303)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(
            COOKIE, sent, httponly=True, samesite="strict", secure=request.url.scheme == "https"
        )
        return answer


async def bounded_body(request: Request, most: int) -> bytes | None:
    """What a request carries, or None where that is more than `most` bytes."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > most:
            return None
    return body


def _from_here(headers: Headers) -> bool:
    """Whether the browser says that a page of this very host sent the request."""
    origin = urlsplit(headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc.lower() == headers.get("host", "").lower()


def _without_port(host: str) -> str:
    name = host.lower()
    return name[: name.rfind("]") + 1] if name.startswith("[") else name.partition(":")[0]
