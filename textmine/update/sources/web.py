"""A polite and wary client of one web server: robots, pauses, conditions, bounds.

It speaks HTTP and HTTPS with one server only (scheme, host, port; a redirect from http to https
of the same host is followed), takes no cookies, and reads no more than it was told to.
"""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from importlib.metadata import version
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

AGENT = "textmine"
# RFC 9309 asks crawlers to read at least 500 KiB of robots.txt.
ROBOTS_BYTES = 512_000
BLOCK = 65_536
DEFAULT_PORTS = {"http": 80, "https": 443}


class Refused(Exception):
    """A request that is not made, or whose answer is not taken; the message says why.

    `final` says that the server wants no more requests now.
    """

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; `unchanged` (304) comes without data."""

    data: bytes
    headers: Mapping[str, str]
    unchanged: bool = False


class Client:
    """Requests to the server of one address.

    Parameters
    ----------
    start
        An address on the server.
    delay
        Seconds between requests; robots.txt may ask for more.
    timeout
        Seconds that a server may be silent, and ten times that for a whole answer.
    authorization
        The Authorization header; empty for none.
    sleep
        For the pauses.
    """

    def __init__(
        self,
        start: str,
        *,
        delay: float,
        timeout: float,
        authorization: str = "",
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._server = server_of(start)
        self._delay = delay
        self._timeout = timeout
        self._authorization = authorization
        self._sleep = sleep
        self._last: float | None = None
        self._robots: RobotFileParser | None = None
        self._opener = urllib.request.OpenerDirector()
        # Neither file: nor ftp: nor data: handlers: an address can only mean this server.
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            _Redirects(self.permit),
        ):
            self._opener.add_handler(handler)

    def permit(self, url: str) -> None:
        """Check an address before it is asked.

        Raises
        ------
        Refused
            When it is another server's, or robots.txt forbids it.
        """
        if not self.is_here(url):
            raise Refused("it lies on another server")
        if self._robots is not None and not self._robots.can_fetch(AGENT, url):
            raise Refused("robots.txt forbids it")

    def is_here(self, url: str) -> bool:
        """Whether an address lies on this server, or on its secure side."""
        scheme, host, port = server_of(url)
        upgraded = (scheme, host, port) == ("https", self._server[1], 443)
        return (scheme, host, port) == self._server or (upgraded and self._server[0] == "http")

    def get(self, url: str, *, limit: int, mark: Mapping[str, str]) -> Answer:
        """Ask for an address, once robots.txt allows it.

        Parameters
        ----------
        limit
            Bytes that are taken at most.
        mark
            `etag` and `modified` of the last answer: the server need not send it again.

        Raises
        ------
        Refused
            With the reason.
        """
        if self._robots is None:
            self._robots = self._rules()
        self.permit(url)
        headers = {"Accept": "*/*"}
        for name, key in (("If-None-Match", "etag"), ("If-Modified-Since", "modified")):
            if mark.get(key):
                headers[name] = mark[key]
        try:
            return self._ask(url, headers, limit)
        except HTTPError as error:
            with error:
                if error.code == 304:
                    return Answer(b"", {}, unchanged=True)
                raise Refused(_reason(error), final=error.code in (401, 403, 429, 503)) from error

    def _rules(self) -> RobotFileParser:
        """What robots.txt says: no such file allows all, a failing server forbids all (RFC 9309)."""
        scheme, host, port = self._server
        place = f"[{host}]" if ":" in host else host
        rules = RobotFileParser()
        try:
            answer = self._ask(f"{scheme}://{place}:{port}/robots.txt", {}, ROBOTS_BYTES)
        except HTTPError as error:
            with error:
                if error.code >= 500:
                    raise Refused(f"robots.txt: {_reason(error)}", final=True) from error
            rules.parse([])
            return rules
        rules.parse(answer.data.decode("utf-8", "replace").splitlines())
        asked = rules.crawl_delay(AGENT)
        self._delay = max(self._delay, float(asked or 0))
        return rules

    def _ask(self, url: str, headers: Mapping[str, str], limit: int) -> Answer:
        self._pause()
        request = urllib.request.Request(ascii_url(url), headers=dict(headers))
        request.add_header("User-Agent", f"{AGENT}/{version('textmine')}")
        if self._authorization:
            # Redirects stay on this server, so that the header does not leave it.
            request.add_header("Authorization", self._authorization)
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                data = _bounded(response, limit, time.monotonic() + 10 * self._timeout)
                return Answer(data, {k.lower(): v for k, v in response.headers.items()})
        except HTTPError:
            raise
        except (OSError, HTTPException, ValueError) as error:
            raise Refused(f"the server cannot be reached: {error}") from error

    def _pause(self) -> None:
        if self._last is not None:
            self._sleep(max(0.0, self._last + self._delay - time.monotonic()))
        self._last = time.monotonic()


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follow redirects to addresses that may be asked, five at most."""

    max_redirections = 5

    def __init__(self, permit: Callable[[str], None]) -> None:
        self._permit = permit

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        self._permit(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def server_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address.

    Raises
    ------
    Refused
        When it is no HTTP address.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(f"{url} is no address") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise Refused(f"{url} is no http or https address")
    return parts.scheme, parts.hostname.lower(), port or DEFAULT_PORTS[parts.scheme]


def ascii_url(url: str) -> str:
    """An address as it goes over the wire: other characters percent-encoded, the host in IDNA."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    place = host if host.isascii() else host.encode("idna").decode("ascii")
    place = f"[{place}]" if ":" in place else place
    netloc = place if parts.port is None else f"{place}:{parts.port}"
    safe = "/%:=&?~#+!$,;'@()*[]"
    return urlunsplit((parts.scheme, netloc, quote(parts.path, safe), quote(parts.query, safe), ""))


def _bounded(response: Any, limit: int, deadline: float) -> bytes:
    """Read an answer, in blocks, up to a limit of size and time."""
    blocks, size = [], 0
    while block := response.read1(BLOCK):
        size += len(block)
        if size > limit:
            raise Refused(f"it has more than {limit / 2**20:.0f} MB")
        if time.monotonic() > deadline:
            raise Refused("the answer takes too long")
        blocks.append(block)
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) != size:
        raise Refused("the answer was cut off")
    return b"".join(blocks)


def _reason(error: HTTPError) -> str:
    wait = error.headers.get("Retry-After", "") if error.headers else ""
    return f"the server answers {error.code} {error.reason}" + (
        f", try again after {wait}" if wait else ""
    )
