"""Which words name something, by their part of speech."""

from __future__ import annotations

from collections.abc import Sequence

from textmine.segment import Segmenter

NAMING = ("n", "vn", "an", "j", "l", "i", "eng")
"""Tags of words that name something: nouns of all kinds (n…), verbs and adjectives used as nouns,
abbreviations, set phrases, Latin words."""


def tagged_as(words: Sequence[str], segmenter: Segmenter, tags: tuple[str, ...]) -> list[bool]:
    """Which words have a part of speech that begins with one of these; n stands for ns, nz, too."""
    return [tag.startswith(tags) for tag in segmenter.parts_of_speech(words)]


def naming(words: Sequence[str], segmenter: Segmenter) -> list[bool]:
    """Which words name something; terms of the lexicon do unless it says otherwise.

    A network of all frequent words shows the verbs that every policy uses (加快, 推进, 成为), and
    what new words are made of by mistake (这是, 更大, 二要).
    """
    return tagged_as(words, segmenter, NAMING)
