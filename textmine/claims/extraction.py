"""From sentences and rules to claims.

Every rule is tried on every sentence that mentions concepts, once as written and once with its
subject carried over from an earlier clause (Chinese leaves a known subject out: 联盟是新型组织,
有利于…；有利于…). A match gives one claim for each subject and object that it names.

Character patterns between concepts rather than tokens with parts of speech: the concepts are
already whole, what stands between them is a closed set of function words and predicates, and a
tagger would have to run first: jieba's tags come at 0.3 to 0.4 MB a second, the rules read 1 MB of
the densest text and 10 MB of ordinary text a second (benchmarks/claims.py).
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textmine.claims import context
from textmine.claims.grammar import Grammar, Rule, default_grammar
from textmine.claims.sentences import PHRASE, Sentence, markers, sentences
from textmine.concepts import Scheme
from textmine.records import Claim, Mention, Section

_BREAK = "，；："
_PRONOUNS = ("它", "其", "这", "此")
# How many clauses back a subject is sought; in longer sentences the link is too loose.
_REACH = 6


def extract(
    text: str,
    mentions: Sequence[Mention],
    *,
    sections: Sequence[Section] = (),
    scheme: Scheme | None = None,
    grammar: Grammar | None = None,
) -> list[Claim]:
    """Find the statements that a text makes about its concepts.

    Parameters
    ----------
    text
        A document's stored text.
    mentions
        The concepts in it, in order, without overlap (`concepts.Matcher.mentions`).
    sections
        The document's sections; a claim carries the number of its own.
    scheme
        Tells kinds from parts: where B includes A and A is narrower than B, the claim is `is_a`.
    grammar
        The rules; the package's own by default.

    Returns
    -------
    list of Claim
        In order of place; `text[c.start:c.end] == c.evidence`. `document` is left empty.
    """
    rules = grammar or default_grammar()
    starts = [section.start for section in sections]
    claims: list[Claim] = []
    before: Sentence | None = None
    for sentence in sentences(text, mentions, rules.phrase):
        place = bisect_right(starts, sentence.start) - 1
        number = sections[place].number if place >= 0 else ""
        if before is not None and before.end != sentence.start:
            before = None  # Another line, or a sentence without concepts, stands between.
        for statement in _statements(sentence, before, rules):
            claims.append(_claim(text, sentence, statement, scheme, number))
        before = sentence
    return claims


@dataclass(frozen=True, slots=True)
class _Match:
    """A rule's match in a sentence's form: where it begins, where its scope and it end.

    `between` is what stands between subject and predicate; the scope, in which modal words count,
    runs from the beginning of the subject's clause to the predicate.
    """

    rule: Rule
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    between: str
    first: int
    scope_end: int
    last: int


@dataclass(frozen=True, slots=True)
class _Statement:
    subject: str
    object: str
    match: _Match


def _statements(sentence: Sentence, before: Sentence | None, grammar: Grammar) -> list[_Statement]:
    """What a sentence states, each statement once, by the first rule that finds it."""
    form = sentence.form
    only = sentence.phrases[0] if len(sentence.phrases) == 1 else None
    if only and not only.owners and not form.startswith(_PRONOUNS):
        return []
    openings = _openings(sentence, before, grammar)
    found: dict[tuple[str, str, int], _Statement] = {}
    for rule in grammar.rules:
        for match in _matches(rule, sentence, openings):
            # One wording states one relation between two concepts, whatever more it could mean.
            clause = _clause_start(form, match.last)
            for subject, object in itertools.product(match.subjects, match.objects):
                if subject != object:
                    found.setdefault((subject, object, clause), _Statement(subject, object, match))
    return sorted(found.values(), key=lambda s: (s.match.first, s.match.last, s.subject, s.object))


@dataclass(frozen=True, slots=True)
class _Opening:
    """A clause whose subject is understood: where it begins, who it is, where that is said."""

    start: int
    subjects: tuple[str, ...]
    first: int


def _openings(sentence: Sentence, before: Sentence | None, grammar: Grammar) -> list[_Opening]:
    """The clauses of a sentence whose subject an earlier clause tells."""
    openings = []
    if before is not None and sentence.form.startswith(_PRONOUNS):
        place = _first_topic(before, grammar)
        if place is not None:
            openings.append(_Opening(0, before.phrase_at(place).heads, 0))
    for start in sentence.clauses[1:]:
        place = _topic(sentence, start, grammar)
        if place is not None:
            first = _clause_start(sentence.form, place)
            openings.append(_Opening(start, sentence.phrase_at(place).heads, first))
    return openings


def _matches(rule: Rule, sentence: Sentence, openings: Sequence[_Opening]) -> Iterator[_Match]:
    for match in rule.pattern.finditer(sentence.form):
        owned = _start(match, "OWNED")
        if owned < 0 or sentence.phrase_at(owned).owners:
            yield _direct(rule, sentence, match)
    if rule.carried is None:
        return
    for opening in openings:
        left_out = rule.carried.match(sentence.form, opening.start)
        # A sentence's first clause must have a pronoun: a policy's sentence without a subject is
        # a demand on everybody.
        if left_out and (opening.start or left_out["A"]):
            objects = _objects(sentence, left_out)
            yield _match(rule, left_out, opening.subjects, objects, opening.first)


def _direct(rule: Rule, sentence: Sentence, match: re.Match[str]) -> _Match:
    first = _clause_start(sentence.form, match.start())
    if rule.pattern.groupindex.get("BA"):
        phrase = sentence.phrase_at(match.start("BA"))
        return _match(rule, match, phrase.heads[-1:], phrase.owners, first)
    subjects = sentence.phrase_at(match.start("A")).heads
    return _match(rule, match, subjects, _objects(sentence, match), first)


def _objects(sentence: Sentence, match: re.Match[str]) -> tuple[str, ...]:
    places = [place for name in ("B", "B2") if (place := _start(match, name)) >= 0]
    return tuple(head for place in places for head in sentence.phrase_at(place).heads)


def _start(match: re.Match[str], name: str) -> int:
    return match.start(name) if name in match.re.groupindex else -1


def _match(
    rule: Rule,
    match: re.Match[str],
    subjects: tuple[str, ...],
    objects: tuple[str, ...],
    first: int,
) -> _Match:
    groups = match.groupdict()
    between = "".join(groups[name] or "" for name in groups if name.startswith(("gap", "denial")))
    scope_end = match.end("gap1") if "gap1" in groups else match.start()
    return _Match(rule, subjects, objects, between, first, scope_end, match.end())


def _clause_start(form: str, at: int) -> int:
    return max(form.rfind(sign, 0, at) for sign in _BREAK) + 1


def _clause_end(form: str, at: int) -> int:
    return min((place for sign in _BREAK if (place := form.find(sign, at)) >= 0), default=len(form))


def _topic(sentence: Sentence, at: int, grammar: Grammar) -> int | None:
    """Where in the form the subject stands that is understood in the clause beginning at `at`."""
    form = sentence.form
    for _ in range(_REACH):
        if at == 0:
            return None
        start = _clause_start(form, at - 1)
        subject = grammar.topic.match(form, start, at - 1)
        if subject:
            return max(subject.start("S"), subject.start("S1"))
        if not grammar.open.match(form, start, at - 1):
            return None
        if form[at - 2 : at] == PHRASE + "，" and grammar.follows.match(form, at):
            return at - 2
        at = start
    return None


def _first_topic(sentence: Sentence, grammar: Grammar) -> int | None:
    """Where the first subject of a sentence stands: the antecedent of a pronoun in the next."""
    for start in sentence.clauses:
        subject = grammar.topic.match(sentence.form, start)
        if subject:
            return max(subject.start("S"), subject.start("S1"))
    return None


def _claim(
    text: str, sentence: Sentence, statement: _Statement, scheme: Scheme | None, number: str
) -> Claim:
    match, form = statement.match, sentence.form
    scope = form[match.first : match.scope_end]
    relation = match.rule.relation
    if relation == "part_of" and scheme is not None and _is_kind(statement, scheme):
        relation = "is_a"
    start, end = _evidence(sentence, match)
    return Claim(
        statement.subject,
        relation,
        statement.object,
        context.polarity(match.between),
        match.rule.modality or context.modality(form[: match.first], scope, form),
        text[start:end],
        start,
        end,
        section=number,
        rule=match.rule.id,
        cites=markers(text, sentence.start, sentence.end),
    )


def _is_kind(statement: _Statement, scheme: Scheme) -> bool:
    return statement.subject in scheme and statement.object in scheme.ancestors(statement.subject)


def _evidence(sentence: Sentence, match: _Match) -> tuple[int, int]:
    """The clauses that make the statement, in whole, as a span of the text."""
    form = sentence.form
    end = _clause_end(form, match.last)
    while end > match.first + 1 and form[end - 1] in "。！？":
        end -= 1
    last = sentence.places[end - 1] + 1
    if form[end - 1] == PHRASE:
        last = sentence.phrase_at(end - 1).end
    return sentence.places[match.first], last
