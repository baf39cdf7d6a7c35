"""Finds which document of the corpus a citation means, or says why none.

Evidence in order of weight: DOI, document number, title (under every form it goes by), title with
small differences. What remains of several candidates after year and people is called ambiguous,
never guessed. A document cannot cite a later one.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from textmine.citations.naming import Naming
from textmine.citations.works import Work, title_key, title_keys
from textmine.records import fold

Reason = Literal[
    "",
    "not in the corpus",
    "not in the corpus, no number",
    "ambiguous",
    "later than the citing document",
    "the title has another number here",
    "no title and no number",
]

NEAR = 0.85
"""Least Dice coefficient of character pairs for two titles to be one: a wrong character in the
middle of fifteen gives 0.86. Year and people must agree besides, and every figure."""
SHORTEST_NEAR = 10
"""Characters of a title that is compared with tolerance; shorter ones differ by a word too easily."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a citation means: a document, or the reason why none.

    Attributes
    ----------
    target
        The id of the document, empty where there is none.
    by
        The evidence: "doi", "number", "number, 字 apart", how the title goes (see
        `works.title_keys`), or "similar title".
    candidates
        Where ambiguous, later or numbered otherwise: the documents in question.
    """

    target: str = ""
    by: str = ""
    reason: Reason = ""
    candidates: tuple[str, ...] = ()


class Register:
    """The works of a corpus, ready to be asked for.

    Parameters
    ----------
    works
        In any order; what is found does not depend on it.
    """

    def __init__(self, works: Iterable[Work]) -> None:
        self.works = {work.id: work for work in sorted(works, key=lambda w: w.id)}
        self._doi: dict[str, list[str]] = defaultdict(list)
        self._number: dict[str, list[str]] = defaultdict(list)
        self._loose: dict[str, list[str]] = defaultdict(list)
        self._title: dict[str, dict[str, str]] = defaultdict(dict)
        for work in self.works.values():
            self._enter(work)
        self._near = _NearTitles(
            {i: title_key(w.title) for i, w in self.works.items() if w.kind == "paper"}
        )

    def _enter(self, work: Work) -> None:
        if work.doi:
            self._doi[work.doi].append(work.id)
        if work.doc_number:
            self._number[number_key(work.doc_number)].append(work.id)
            self._loose[_loose(work.doc_number)].append(work.id)
        for key, how in title_keys(work.title, work.people).items():
            self._title[key].setdefault(work.id, how)
        for attachment in work.attachments:
            for key in title_keys(attachment, work.people):
                self._title[key].setdefault(work.id, "attachment's title")

    def resolve(self, naming: Naming, citing: Work) -> Resolution:
        """Find the document that a naming means.

        Parameters
        ----------
        naming
            What is cited.
        citing
            Who cites; nothing later than it is cited.

        Returns
        -------
        Resolution
            With `target` equal to `citing.id` where a document names itself.
        """
        if naming.doi and naming.doi in self._doi:
            return self._choose(self._doi[naming.doi], "doi", naming, citing)
        if naming.doc_number:
            return self._by_number(naming, citing)
        if not naming.title:
            return Resolution(reason="no title and no number")
        return self._by_title(naming, citing)

    def _by_number(self, naming: Naming, citing: Work) -> Resolution:
        for index, key, by in (
            (self._number, number_key(naming.doc_number), "number"),
            (self._loose, _loose(naming.doc_number), "number, 字 apart"),
        ):
            if key in index:
                return self._choose(index[key], by, naming, citing)
        held = self._titled(naming)
        unnumbered = {i: how for i, how in held.items() if not self.works[i].doc_number}
        if unnumbered:
            return self._choose(list(unnumbered), _how(unnumbered), naming, citing)
        if held:
            reason: Reason = "the title has another number here"
            return Resolution(reason=reason, candidates=tuple(sorted(held)))
        return Resolution(reason="not in the corpus")

    def _by_title(self, naming: Naming, citing: Work) -> Resolution:
        held = self._titled(naming)
        if held:
            return self._choose(list(held), _how(held), naming, citing)
        near = [
            i for i in self._near.like(title_key(naming.title)) if _agrees(self.works[i], naming)
        ]
        if near and not naming.is_policy:
            return self._choose(near, "similar title", naming, citing)
        missing: Reason = (
            "not in the corpus, no number" if naming.is_policy else "not in the corpus"
        )
        return Resolution(reason=missing)

    def _titled(self, naming: Naming) -> dict[str, str]:
        """The documents that go by a title, and how; the whole title before its parts."""
        for key in title_keys(naming.title, naming.people):
            held = self._title.get(key, {})
            kept = {i: how for i, how in held.items() if _possible(self.works[i], naming, how)}
            if kept:
                return kept
        return {}

    def _choose(self, ids: Iterable[str], by: str, naming: Naming, citing: Work) -> Resolution:
        """The one of some candidates that fits best; the citing document itself if it is one."""
        held = sorted(set(ids))
        if citing.id in held:
            return Resolution(citing.id, by)
        earlier = [i for i in held if not _later(self.works[i], citing)]
        if not earlier:
            return Resolution(reason="later than the citing document", candidates=tuple(held))
        for test in (_same_title, _same_year, _same_people, _same_place):
            fitting = [i for i in earlier if test(self.works[i], naming, citing)]
            earlier = fitting or earlier
        if len(earlier) > 1:
            return Resolution(reason="ambiguous", candidates=tuple(earlier))
        return Resolution(earlier[0], by)


def number_key(number: str) -> str:
    """A document number for comparing."""
    return fold(number).replace("第", "")


def _loose(number: str) -> str:
    """Without 字, which citations drop and add (国科发政字, 国科发政)."""
    return number_key(number).replace("字", "")


def _how(held: dict[str, str]) -> str:
    return min(held.values())


def _later(work: Work, citing: Work) -> bool:
    if work.date and citing.date and citing.kind == "policy":
        length = min(len(work.date), len(citing.date))
        return work.date[:length] > citing.date[:length]
    # A paper of December may cite what is dated January: print runs late.
    return work.year is not None and citing.year is not None and work.year > citing.year + 1


def _possible(work: Work, naming: Naming, how: str) -> bool:
    """Whether a document of a fitting title can be meant at all."""
    if naming.is_policy and work.kind == "paper":
        return False
    if naming.way == "reference" and not naming.is_policy and work.kind == "paper":
        return _agrees(work, naming) or (how == "title" and not naming.people)
    return how != "main title" or work.kind == "paper"


def _agrees(work: Work, naming: Naming) -> bool:
    near = work.year is None or naming.year is None or abs(work.year - naming.year) <= 1
    return near and (not naming.people or not work.people or _same_people(work, naming, work))


def _same_title(work: Work, naming: Naming, _: Work) -> bool:
    return bool(naming.title) and title_key(naming.title) in title_keys(work.title, work.people)


def _same_year(work: Work, naming: Naming, _: Work) -> bool:
    return naming.year is not None and work.year == naming.year


def _same_people(work: Work, naming: Naming, _: Work) -> bool:
    mine = {fold(name) for name in work.people}
    return any(fold(name) in mine for name in naming.people)


def _same_place(work: Work, naming: Naming, citing: Work) -> bool:
    return work.kind == "policy" and bool(work.region) and work.region == citing.region


_FIGURES = re.compile("[0-9一二三四五六七八九十上中下]")
"""What tells the parts of a series apart: (一), (下), 2012."""


class _NearTitles:
    """Titles by their character pairs, for finding those with small differences.

    Two titles of Dice at least `NEAR` share a pair among the rarest of either (prefix filter), so
    few are compared.
    """

    def __init__(self, titles: dict[str, str]) -> None:
        self._titles = titles
        self._pairs = {
            i: _pairs(title) for i, title in titles.items() if len(title) >= SHORTEST_NEAR
        }
        self._seen = Counter(pair for pairs in self._pairs.values() for pair in pairs)
        self._holders: dict[str, list[str]] = defaultdict(list)
        for i, pairs in self._pairs.items():
            for pair in self._rarest(pairs):
                self._holders[pair].append(i)

    def _rarest(self, pairs: frozenset[str]) -> list[str]:
        ordered = sorted(pairs, key=lambda pair: (self._seen[pair], pair))
        # At least NEAR / (2 - NEAR) of the pairs of either title are shared.
        return ordered[: len(ordered) - math.ceil(len(ordered) * NEAR / (2 - NEAR)) + 1]

    def like(self, title: str) -> list[str]:
        if len(title) < SHORTEST_NEAR:
            return []
        asked = _pairs(title)
        offered = {i for pair in self._rarest(asked) for i in self._holders.get(pair, ())}
        return sorted(
            i
            for i in offered
            if 2 * len(asked & self._pairs[i]) >= NEAR * (len(asked) + len(self._pairs[i]))
            and _FIGURES.findall(title) == _FIGURES.findall(self._titles[i])
        )


def _pairs(title: str) -> frozenset[str]:
    return frozenset(title[i : i + 2] for i in range(len(title) - 1))
