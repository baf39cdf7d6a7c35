"""MHTML, a page saved by a browser as one file: its HTML part, read as any page."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace

from textmine.errors import ReadError
from textmine.read import html
from textmine.read.source import Source
from textmine.records import RawText
from textmine.settings import ReadSettings

NAME = "mhtml"

_HEADER = re.compile(rb"[\w-]{2,40}:")


def matches(source: Source) -> bool:
    """Mail headers that announce several related parts."""
    head = source.data[:4000].lstrip()
    return _HEADER.match(head) is not None and b"multipart/related" in head.lower()


def read(source: Source, limits: ReadSettings) -> list[RawText]:
    """The text and metadata of the saved page."""
    message = email.message_from_bytes(source.data, policy=email.policy.compat32)
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(payload, bytes):
            page = html.read(Source(source.path, payload), limits)
            return [replace(text, format=NAME) for text in page]
    raise ReadError("no page in it", remedy="Save the page again, as HTML.")
