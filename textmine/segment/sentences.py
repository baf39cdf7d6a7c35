"""Sentences of Chinese text, as spans that cover everything but the white space between them."""

from __future__ import annotations

import re

from textmine.records import Span

_END = re.compile(
    r"""
    (?: [。！？!?]+ | ；| ;(?=\s|[^\x00-\x7f]) | …{2,} | \.(?=\s+[A-Z“"(]) )
    [”’」』】）)"']*      # closing marks belong to the sentence that they close
  | \n+
    """,
    re.VERBOSE,
)


def sentences(text: str) -> list[Span]:
    """Split text into sentences.

    Returns
    -------
    list of Span
        In order, without leading and trailing white space; empty ones left out.
    """
    spans = []
    start = 0
    for end in [*(m.end() for m in _END.finditer(text)), len(text)]:
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            spans.append(Span(left, right))
        start = end
    return spans
