"""From a query's tree to a query of the index.

A term *matches* by its character pairs, as a scan would find it, and is *ranked* by its words:
BM25 (Robertson & Zaragoza 2009, doi 10.1561/1500000019) over title, keywords, abstract and body,
each with its weight. The pairs themselves add almost nothing to the score.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import tantivy
from tantivy import Occur, Query

from textmine.concepts import Scheme
from textmine.errors import QueryError
from textmine.parse.issuers import full_name
from textmine.search.fields import ELSEWHERE, FACETS, LISTED, RANKED, TEXTUAL
from textmine.search.folding import fold, gram_phrase, value_phrase
from textmine.search.language import And, Near, Node, Not, Or, Range, Term, Wild
from textmine.search.schema import day_number, word_tokens
from textmine.search.wildcards import fixed_shapes
from textmine.settings import SearchSettings

# Enough to order documents that hold the string but none of its words.
MATCH_WEIGHT = 0.01

# A pair against a word, where nothing holds the whole question. Pairs find what the segmenter cut
# otherwise in the text; anything from 0.2 to 0.5 finds titles' abstracts better than words alone.
PAIR_WEIGHT = 0.3

Lookup = Callable[[str, str], Sequence[str]]


@dataclass(frozen=True)
class Compiler:
    """Turns query trees into queries of one index.

    Attributes
    ----------
    schema
        The schema of the index.
    words
        The segmenter that cut the indexed texts.
    settings
        The weights of the fields.
    concepts
        Ids of concepts by folded id and label; see `concept_names`.
    lookup
        The ids of the documents for a value that the index does not hold: `("topic", "3")`,
        `("has", "claim")`, `("id", ...)`. Raises `UsageError` for what nobody knows.
    """

    schema: tantivy.Schema
    words: Callable[[str], Iterable[str]]
    settings: SearchSettings
    concepts: Mapping[str, str] = field(default_factory=dict)
    lookup: Lookup = lambda name, value: ()

    def compile(self, node: Node) -> Query:
        """The index query of a tree.

        Raises
        ------
        QueryError
            When a term names a concept that there is not.
        """
        match node:
            case Term():
                return self._term(node)
            case Wild():
                return self._wild(node)
            case Near():
                return self._near(node)
            case Range():
                return self._range(node)
            case Not(inner):
                return Query.boolean_query(
                    [(Occur.Must, self._everything()), (Occur.MustNot, self.compile(inner))]
                )
            case And(()):
                return self._everything()
            case And(nodes):
                return Query.boolean_query([(Occur.Must, self.compile(n)) for n in nodes])
            case Or(nodes):
                return Query.boolean_query([(Occur.Should, self.compile(n)) for n in nodes])

    def related(self, text: str) -> Query:
        """Documents that share words with a text, best first: for a question that none answers."""
        pairs = [pair for pair in sorted(set(gram_phrase(text))) if pair.isalnum()]
        by_pairs = [
            (
                Occur.Should,
                Query.boost_query(Query.term_query(self.schema, "all_grams", pair), PAIR_WEIGHT),
            )
            for pair in pairs
        ]
        return Query.boolean_query(
            [
                (Occur.Must, self._everything()),
                (Occur.Must, self._ranking(text)),
                (Occur.Should, Query.boolean_query(by_pairs)),
            ]
        )

    def weighted(self, words: Iterable[tuple[str, float]]) -> Query:
        """Documents that hold any of these segmented words, each counting by its weight."""
        return Query.boolean_query(
            [
                (Occur.Should, Query.boost_query(self._exact_words("", [word]), weight))
                for word, weight in words
            ]
        )

    def titled(self, title: str, year: int | None, apart: int) -> Query:
        """Documents of one title, as `title_order` has it, and of no year far from this one."""
        parts = [(Occur.Must, Query.term_query(self.schema, "title_order", title))]
        if year is not None:
            for low, high in ((None, year - apart - 1), (year + apart + 1, None)):
                far = Query.range_query(self.schema, "year", tantivy.FieldType.Integer, low, high)
                parts.append((Occur.MustNot, far))
        return Query.boolean_query(parts)

    def _everything(self) -> Query:
        # Every document has a generation of 1 or more; the watermark entry has 0.
        every = Query.range_query(
            self.schema, "generation", tantivy.FieldType.Integer, lower_bound=1
        )
        return Query.const_score_query(every, 0.0)

    def _term(self, term: Term) -> Query:
        if term.field in ELSEWHERE or (term.field, term.text) == ("has", "claim"):
            return self._ids(self.lookup(term.field, term.text))
        if term.field == "concept":
            return self._facet("concept", self._concept(term))
        if term.field == "has" or (term.field in FACETS and term.field not in TEXTUAL):
            return self._facet(term.field, term.text)
        if term.exact and term.field in (*LISTED, "keyword"):
            return self._value(term)
        if term.exact and (not term.field or term.field in RANKED):
            return self._exact(term)
        if term.field == "issuer" and full_name(term.text) != term.text:
            return Query.boolean_query(
                [
                    (Occur.Should, self._match(t, "issuer"))
                    for t in (term.text, full_name(term.text))
                ]
            )
        match = self._match(term.text, term.field)
        if term.field and term.field not in RANKED:
            return match
        fields = (term.field,) if term.field else RANKED
        return Query.boolean_query(
            [(Occur.Must, match), (Occur.Should, self._ranking(term.text, fields))]
        )

    def _ids(self, ids: Sequence[str]) -> Query:
        if not ids:
            return Query.empty_query()
        return Query.const_score_query(Query.term_set_query(self.schema, "doc_id", list(ids)), 0.0)

    def _concept(self, term: Term) -> str:
        known = self.concepts.get(fold(term.text), "")
        if not known and self.concepts:
            near = difflib.get_close_matches(fold(term.text), self.concepts, n=3, cutoff=0.4)
            raise QueryError(
                f"The concept scheme has no concept {term.text}.",
                position=term.at,
                remedy=f"Did you mean {', '.join(near)}?" if near else "See corpus/concepts.toml.",
            )
        return known or term.text

    def _facet(self, name: str, value: str) -> Query:
        return Query.const_score_query(Query.term_query(self.schema, f"{name}_facet", value), 0.0)

    def _match(self, text: str, name: str) -> Query:
        found = self._phrase(f"{name or 'all'}_grams", gram_phrase(text))
        return Query.boost_query(found, MATCH_WEIGHT)

    def _value(self, term: Term) -> Query:
        found = self._phrase(f"{term.field}_grams", value_phrase(term.text))
        return Query.boost_query(found, MATCH_WEIGHT)

    def _phrase(self, name: str, tokens: Sequence[str]) -> Query:
        if len(tokens) == 1:
            return Query.term_query(self.schema, name, tokens[0])
        return Query.phrase_query(self.schema, name, list(tokens))

    def _exact(self, term: Term) -> Query:
        tokens = word_tokens(self.words(term.text))
        return self._exact_words(term.field, tokens) if tokens else Query.empty_query()

    def _exact_words(self, field: str, tokens: Sequence[str]) -> Query:
        return self._best_field(field, lambda name: self._phrase(name, tokens))

    def _near(self, near: Near) -> Query:
        tokens = word_tokens(self.words(near.text))
        if len(tokens) < 2:
            return self._term(Term(near.text, near.field))
        return self._best_field(
            near.field,
            lambda name: Query.phrase_query(self.schema, name, tokens, slop=near.within),
        )

    def _best_field(self, name: str, query: Callable[[str], Query]) -> Query:
        """The best of the word fields counts, each with its weight."""
        fields = (name,) if name in RANKED else RANKED
        return Query.disjunction_max_query(
            [self._weighted(one, query(f"{one}_words")) for one in fields]
        )

    def _wild(self, wild: Wild) -> Query:
        if wild.exact:
            pattern = "".join({"*": ".*", "?": "."}.get(c, _escaped(c)) for c in fold(wild.text))
            return self._best_field(
                wild.field,
                lambda name: Query.const_score_query(
                    Query.regex_query(self.schema, name, pattern), 1.0
                ),
            )
        name = f"{wild.field or 'all'}_grams"
        if wild.field and wild.field not in TEXTUAL:
            return Query.empty_query()
        shapes = [self._shape(name, shape) for shape in fixed_shapes(wild.pattern)]
        either = Query.boolean_query([(Occur.Should, shape) for shape in shapes])
        return Query.const_score_query(either, 1.0)

    def _shape(self, name: str, shape: Sequence[tuple[int, str]]) -> Query:
        """A phrase with holes. A single character beside a hole is half a pair: any pair will do.

        The last character takes the pair that ends in it, as nothing may follow; others the pair
        that begins with them.
        """
        places: list[tuple[int, str]] = []
        for start, text in shape:
            folded = fold(text)
            if len(folded) > 1:
                pairs = map(str.__add__, folded, folded[1:])
                places += [(start + i, _escaped(pair)) for i, pair in enumerate(pairs)]
            elif start:
                places.append((start - 1, f".{_escaped(folded)}"))
            else:
                places.append((start, f"{_escaped(folded)}."))
        if all(len(text) > 1 for _, text in shape):
            plain = [(at, re.sub(r"\\(.)", r"\1", pair)) for at, pair in places]
            if len(plain) == 1:
                return Query.term_query(self.schema, name, plain[0][1])
            return Query.phrase_query(self.schema, name, plain)
        return Query.regex_phrase_query(self.schema, name, places)

    def _ranking(self, text: str, fields: Iterable[str] = RANKED) -> Query:
        tokens = sorted(set(word_tokens(self.words(text))))
        parts = [
            self._weighted(name, Query.term_query(self.schema, f"{name}_words", token))
            for token in tokens
            for name in fields
        ]
        return Query.boolean_query([(Occur.Should, part) for part in parts])

    def _weighted(self, field: str, query: Query) -> Query:
        weights = {
            "title": self.settings.title_weight,
            "keyword": self.settings.keyword_weight,
            "abstract": self.settings.abstract_weight,
        }
        return Query.boost_query(query, weights.get(field, 1.0))

    def _range(self, node: Range) -> Query:
        if node.field == "year":
            low, high = (int(end) if end else None for end in (node.low, node.high))
        else:
            low = day_number(node.low) if node.low else 1
            high = day_number(node.high, fill="9") if node.high else None
        name = "year" if node.field == "year" else "day"
        inside = Query.range_query(self.schema, name, tantivy.FieldType.Integer, low, high)
        return Query.const_score_query(inside, 0.0)


def concept_names(scheme: Scheme) -> dict[str, str]:
    """Ids of concepts by folded id and label, for `Compiler.concepts`."""
    by_label = {fold(label): c.id for c in scheme for label in c.labels}
    return by_label | {fold(c.id): c.id for c in scheme}


def _escaped(text: str) -> str:
    """Text for the index's regular expressions."""
    return re.sub(r"([\\.+*?()|\[\]{}^$#&~\-])", r"\\\1", text)
