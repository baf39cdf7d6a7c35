"""The lexicon: domain terms that stay whole, and stop words, from plain text files.

Terms are written as in jieba's user dictionary, one a line: the word, then if wanted its
frequency and its part of speech; the frequency 0 takes a word out of the dictionary. `#` at the
beginning of a line or after white space begins a comment; a byte order mark and CRLF do no harm.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from textmine.errors import SettingsError
from textmine.segment.normalize import normalize
from textmine.segment.thesaurus import content_lines, parse_thesaurus

# word, then frequency and tag in this order, each optional; a word may hold spaces and slashes, so
# that without a frequency only what is as short as jieba's tags is one.
_LINE = re.compile(
    r"(?P<word>.+?)(?:\s+(?P<frequency>\d+)(?:\s+(?P<tag>[a-z]+))?|\s+(?P<bare>[a-z]{1,4}))?"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A term. Without a frequency it gets one that keeps it whole (jieba's `suggest_freq`)."""

    word: str
    frequency: int | None = None
    tag: str | None = None


@dataclass(frozen=True)
class Lexicon:
    """Terms in file order, stop words, and which word is counted for which.

    Attributes
    ----------
    synonyms
        Pairs (other word, preferred word); what is counted and searched under the preferred one.
    labels
        Words that stay whole even against jieba's dictionary; see `textmine.segment.keeping`.
    """

    entries: tuple[Entry, ...] = ()
    stop_words: frozenset[str] = frozenset()
    synonyms: tuple[tuple[str, str], ...] = ()
    labels: tuple[str, ...] = ()

    @classmethod
    def parse(
        cls,
        terms: str,
        *,
        stop_words: str = "",
        thesaurus: str = "",
        source: str = "terms.txt",
        thesaurus_source: str = "thesaurus.txt",
    ) -> Lexicon:
        """Read a lexicon from the text of its files.

        Words of the thesaurus are terms, too.

        Raises
        ------
        SettingsError
            When a line is no entry; names the file and the line.
        """
        entries = tuple(_entry(line, n, source) for n, line in content_lines(terms))
        synonyms = parse_thesaurus(thesaurus, source=thesaurus_source)
        lexicon = cls(entries, frozenset(line for _, line in content_lines(stop_words)), synonyms)
        return lexicon.with_words(word for pair in synonyms for word in pair)

    def with_words(self, words: Iterable[str]) -> Lexicon:
        """The same lexicon with these words as entries, unless it has them already."""
        known = {entry.word for entry in self.entries}
        new = [word for word in dict.fromkeys(words) if word not in known]
        return replace(self, entries=self.entries + tuple(map(Entry, new)))

    def with_labels(self, labels: Iterable[str]) -> Lexicon:
        """The same lexicon with these words as entries that stay whole against jieba's own."""
        words = tuple(labels)
        return replace(self.with_words(words), labels=words)

    def with_synonyms(self, synonyms: tuple[tuple[str, str], ...]) -> Lexicon:
        """The same lexicon with these synonyms (other, preferred) in the place of its own."""
        return replace(self, synonyms=synonyms)

    def add(self, word: str, frequency: int | None = None, tag: str | None = None) -> Lexicon:
        """This lexicon with one more entry, as `jieba.add_word`: of equal words the last counts."""
        return replace(self, entries=(*self.entries, Entry(word, frequency, tag)))

    def delete(self, word: str) -> Lexicon:
        """This lexicon without a word, jieba's own included, as `jieba.del_word`."""
        return self.add(word, 0)

    @cached_property
    def preferred(self) -> dict[str, str]:
        """The preferred word of each other one, both normalised and in lower case."""
        return {_key(word): _key(preferred) for word, preferred in self.synonyms}

    def merged(self, names: Iterable[str]) -> tuple[str, ...]:
        """Names, as keywords, with synonyms under the preferred one; each once, in order."""
        chosen = {_key(word): preferred for word, preferred in self.synonyms}
        return tuple(dict.fromkeys(chosen.get(_key(name), name) for name in names))

    @property
    def vocabulary(self) -> str:
        """12 hexadecimal digits of what changes which words are counted, but not the cut."""
        rows = [sorted(self.stop_words), self.synonyms]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:12]

    @property
    def fingerprint(self) -> str:
        """12 hexadecimal digits of everything that changes how text is cut."""
        rows = [(e.word, e.frequency, e.tag) for e in self.entries], self.labels
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:12]


def _key(word: str) -> str:
    return normalize(word).casefold()


def _entry(line: str, n: int, source: str) -> Entry:
    match = _LINE.fullmatch(line)
    if match is None or not any(map(str.isalnum, match["word"])):
        raise SettingsError(
            f"{source}, line {n}: {line!r} is no entry.",
            remedy="Write: word [frequency] [part of speech], as 产业集群 or 产业集群 100 n.",
        )
    frequency = int(match["frequency"]) if match["frequency"] else None
    return Entry(match["word"], frequency, match["tag"] or match["bare"])
