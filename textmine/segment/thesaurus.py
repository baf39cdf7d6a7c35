"""The thesaurus as a plain file: which words are counted and searched as one.

One line per preferred word, `preferred = other, other`; `#` at the beginning of a line or after
white space begins a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from textmine.errors import SettingsError

_COMMENT = re.compile(r"(?:^|\s)#.*")  # C# is a word
_COMMA = re.compile("[,，、]")


def parse_thesaurus(text: str, *, source: str = "thesaurus.txt") -> tuple[tuple[str, str], ...]:
    """Read a thesaurus: one line per preferred word, `preferred = other, other`.

    Returns
    -------
    tuple of pairs
        (other word, preferred word) in file order.

    Raises
    ------
    SettingsError
        When a line is none of this kind, or a word has two preferred ones or is both; names the
        file and the line.
    """
    pairs: dict[str, str] = {}
    for n, line in content_lines(text):
        preferred, words = _parts(line)
        if not preferred or not all(words) or preferred in words:
            raise SettingsError(
                f"{source}, line {n}: {line!r} is no line of a thesaurus.",
                remedy="Write: preferred = other, other; as 产学研合作 = 产学研结合, 产学研联合.",
            )
        for word in words:
            if pairs.setdefault(word, preferred) != preferred:
                raise SettingsError(
                    f"{source}, line {n}: {word} is counted as {pairs[word]} already.",
                    remedy="Keep one of the two lines, or undo one: textmine thesaurus --undo.",
                )
    for word, preferred in pairs.items():
        if preferred in pairs:
            raise SettingsError(
                f"{source}: {word} stands for {preferred}, which stands for {pairs[preferred]}.",
                remedy=f"Let {word} stand for {pairs[preferred]} itself.",
            )
    return tuple(pairs.items())


def content_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a file of words with their numbers, without comments and empty ones."""
    for n, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        content = _COMMENT.sub("", line).strip()
        if content:
            yield n, content


def with_synonyms(text: str, preferred: str, others: Sequence[str]) -> str:
    """The text of a thesaurus in which these words stand for the preferred one, too.

    Comments and other lines stay as they are.
    """
    lines = text.lstrip("\ufeff").splitlines()
    for i, line in enumerate(lines):
        known, words = _parts(_COMMENT.sub("", line))
        if known == preferred:
            comment = "".join(_COMMENT.findall(line))
            lines[i] = f"{known} = {', '.join(dict.fromkeys([*words, *others]))}{comment}"
            break
    else:
        lines.append(f"{preferred} = {', '.join(dict.fromkeys(others))}")
    return "".join(f"{line}\n" for line in lines)


def without_synonym(text: str, word: str) -> str:
    """The text of a thesaurus in which a word stands for itself again."""
    kept = []
    for line in text.lstrip("\ufeff").splitlines():
        preferred, words = _parts(_COMMENT.sub("", line))
        if word in words:
            rest = [other for other in words if other != word]
            comment = "".join(_COMMENT.findall(line))
            line = f"{preferred} = {', '.join(rest)}{comment}" if rest else comment.strip()
            if not line:
                continue
        kept.append(line)
    return "".join(f"{line}\n" for line in kept)


def _parts(line: str) -> tuple[str, list[str]]:
    """The preferred word of a line and the others; no preferred one where there is no `=`."""
    preferred, equals, others = line.partition("=")
    return preferred.strip() if equals else "", [word.strip() for word in _COMMA.split(others)]
