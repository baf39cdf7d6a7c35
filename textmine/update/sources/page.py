"""A source on the web: a feed or a list page, and the documents that it links to.

Only links on the same server that match the pattern are followed, one level deep. The list is
asked for with a condition each time; a document that is known is asked for again when its feed
gives another date, and otherwise, with a condition, every `recheck`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from fnmatch import fnmatch
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from textmine.records import Failure
from textmine.settings import SourceSettings, seconds
from textmine.update.sources.contract import Asked, Delivery, Mark, refusal
from textmine.update.sources.listing import Link, links
from textmine.update.sources.web import Answer, Client, Refused, server_of

AGAIN = "It is tried again; see the source in textmine.toml."
LOOPBACK = ("127.0.0.1", "::1", "localhost")
LIST_BYTES = 10 * 2**20
# Endings for addresses that have none; the readers look at the content itself.
ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}")
# What every file system allows in a name; the rest becomes a hyphen.
UNSAFE = re.compile(r"[^\w.()（）〔〕、，。-]+")


def page(asked: Asked) -> Iterator[Delivery | Failure]:
    """What a list page links to, as far as it is new or changed."""
    settings = asked.settings
    try:
        client = client_of(settings)
        known = asked.known.get(settings.at, {})
        answer = client.get(settings.at, limit=LIST_BYTES, mark=known)
    except Refused as error:
        yield refusal(asked, settings.at, str(error), AGAIN)
        return
    if answer.unchanged:
        marks = {url: mark for url, mark in asked.known.items() if url != settings.at}
        listed = [Link(url, mark.get("dated", "")) for url, mark in marks.items()]
    else:
        listed = [link for link in links(answer.data, settings.at) if _wanted(link, asked, client)]
    complete = True
    todo = [link for link in listed if _is_due(link, asked)]
    for link in todo[: settings.max_files]:
        try:
            yield _document(link, asked, client)
        except Refused as error:
            complete = False
            yield refusal(asked, link.url, str(error), AGAIN)
            if error.final:
                break
    # A list that was not worked through is read again the next time, changed or not.
    if complete and len(todo) <= settings.max_files and not answer.unchanged:
        yield Delivery(settings.at, _mark(answer, asked, ""))


def client_of(settings: SourceSettings) -> Client:
    """The client for a source, with the credentials that the environment holds.

    Raises
    ------
    Refused
        When the variable is not set, or the credentials would go over the wire in clear.
    """
    authorization = ""
    if settings.authorization_env:
        authorization = os.environ.get(settings.authorization_env, "").strip()
        if not authorization or not authorization.isprintable():
            raise Refused(
                f"the variable {settings.authorization_env} is not set in the environment"
            )
        scheme, host, _ = server_of(settings.at)
        if scheme != "https" and host not in LOOPBACK:
            raise Refused("credentials are sent over https only")
    return Client(
        settings.at,
        delay=settings.delay_seconds,
        timeout=settings.timeout_seconds,
        authorization=authorization,
    )


def _wanted(link: Link, asked: Asked, client: Client) -> bool:
    """Whether a link is another address on the server that the pattern names."""
    parts = urlsplit(link.url)
    address = unquote(parts.path) + (f"?{unquote(parts.query)}" if parts.query else "")
    return (
        link.url != asked.settings.at
        and client.is_here(link.url)
        and fnmatch(address, asked.settings.match)
    )


def _is_due(link: Link, asked: Asked) -> bool:
    mark = asked.known.get(link.url)
    if mark is None or mark.get("dated", "") != link.dated:
        return True
    age = asked.now - datetime.fromisoformat(mark["asked"])
    return age.total_seconds() >= seconds(asked.settings.recheck)


def _document(link: Link, asked: Asked, client: Client) -> Delivery:
    known = asked.known.get(link.url, {})
    limit = asked.settings.max_file_mb * 2**20
    answer = client.get(link.url, limit=limit, mark=known)
    if answer.unchanged:
        return Delivery(link.url, {**known, "dated": link.dated, "asked": _stamp(asked)})
    mark = _mark(answer, asked, link.dated)
    if mark["sha256"] == known.get("sha256"):
        return Delivery(link.url, mark)
    return Delivery(link.url, mark, file_name(link.url, answer.headers), answer.data)


def _mark(answer: Answer, asked: Asked, dated: str) -> Mark:
    return {
        "etag": answer.headers.get("etag", ""),
        "modified": answer.headers.get("last-modified", ""),
        "sha256": hashlib.sha256(answer.data).hexdigest(),
        "dated": dated,
        "asked": _stamp(asked),
    }


def _stamp(asked: Asked) -> str:
    return asked.now.isoformat(timespec="seconds")


def file_name(url: str, headers: Mapping[str, str]) -> str:
    """A name for what an address gave: readable, safe on every system, one per address."""
    last = PurePosixPath(unquote(urlsplit(url).path)).name
    ending = PurePosixPath(last).suffix
    if not ENDING.fullmatch(ending):
        kind = headers.get("content-type", "").split(";")[0].strip().lower()
        ending = ENDINGS.get(kind, "")
    else:
        last = last.removesuffix(ending)
    # Many file systems end names at 255 bytes; a Chinese character takes three.
    stem = UNSAFE.sub("-", last).strip(".-")[:60]
    digits = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{stem or 'page'}-{digits}{ending.lower()}"
