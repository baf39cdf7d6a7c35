"""A query widened by the thesaurus: a word finds the documents that hold any of its synonyms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from textmine.search.fields import RANKED
from textmine.search.folding import fold
from textmine.search.language import And, Node, Not, Or, Term

Groups = Mapping[str, tuple[str, ...]]


def synonym_groups(synonyms: Iterable[tuple[str, str]]) -> Groups:
    """All words that mean the same as each, by its folded form, the preferred one first."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for word, preferred in synonyms:
        members[preferred].append(word)
    groups = [(preferred, *words) for preferred, words in members.items()]
    return {fold(word): group for group in groups for word in group}


def widened(node: Node, groups: Groups) -> Node:
    """The query with each word that has synonyms turned into any of them.

    Words asked for as such (`=创新`) stay, and so do values of fields that are no text.
    """
    match node:
        case Term(text, field, exact, at) if not exact and (not field or field in RANKED):
            group = groups.get(fold(text), ())
            return Or(tuple(Term(word, field, False, at) for word in group)) if group else node
        case And(nodes):
            return And(tuple(widened(n, groups) for n in nodes))
        case Or(nodes):
            return Or(tuple(widened(n, groups) for n in nodes))
        case Not(inner):
            return Not(widened(inner, groups))
        case _:
            return node
