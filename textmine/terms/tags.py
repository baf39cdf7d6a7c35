"""Parts of speech of words as jieba's dictionary has them, without regard to context."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

NAMING = ("n", "vn", "an", "j", "l", "i", "eng")
"""Tags of words that name something: nouns of all kinds (n…), verbs and adjectives used as nouns,
abbreviations, set phrases, Latin words."""


@lru_cache(maxsize=1)
def dictionary_tags() -> dict[str, str]:
    """The part of speech of each word of jieba's dictionary."""
    lines = resources.files("jieba").joinpath("dict.txt").read_text("utf-8").splitlines()
    rows = (line.split(" ") for line in lines)
    return {row[0]: row[2] for row in rows}


def naming(words: Iterable[str]) -> list[bool]:
    """Which words name something; words outside the dictionary (terms, new words) do.

    A network of all frequent words shows the verbs that every policy uses (加快, 推进, 成为).
    """
    tags = dictionary_tags()
    return [tags.get(word, "n").startswith(NAMING) for word in words]
