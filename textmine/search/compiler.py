"""From a query's tree to a query of the index.

A term *matches* by its character pairs, as a scan would find it, and is *ranked* by its words:
BM25 (Robertson & Zaragoza 2009, doi 10.1561/1500000019) over title, keywords, abstract and body,
each with its weight. The pairs themselves add almost nothing to the score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import tantivy
from tantivy import Occur, Query

from textmine.search.folding import gram_phrase
from textmine.search.language import And, Node, Not, Or, Range, Term
from textmine.search.schema import FACETS, RANKED, TEXTUAL, day_number, word_tokens
from textmine.settings import SearchSettings

# Enough to order documents that hold the string but none of its words.
MATCH_WEIGHT = 0.01


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
    """

    schema: tantivy.Schema
    words: Callable[[str], Iterable[str]]
    settings: SearchSettings

    def compile(self, node: Node) -> Query:
        """The index query of a tree."""
        match node:
            case Term():
                return self._term(node)
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
        return Query.boolean_query(
            [(Occur.Must, self._everything()), (Occur.Must, self._ranking(text))]
        )

    def _everything(self) -> Query:
        # Every document has a generation of 1 or more; the watermark entry has 0.
        every = Query.range_query(
            self.schema, "generation", tantivy.FieldType.Integer, lower_bound=1
        )
        return Query.const_score_query(every, 0.0)

    def _term(self, term: Term) -> Query:
        if term.field in FACETS and term.field not in TEXTUAL:
            return Query.const_score_query(
                Query.term_query(self.schema, f"{term.field}_facet", term.text), 0.0
            )
        if term.exact:
            return self._exact(term)
        match = Query.boost_query(
            self._grams(f"{term.field or 'all'}_grams", term.text), MATCH_WEIGHT
        )
        if term.field and term.field not in RANKED:
            return match
        fields = (term.field,) if term.field else RANKED
        return Query.boolean_query(
            [(Occur.Must, match), (Occur.Should, self._ranking(term.text, fields))]
        )

    def _grams(self, field: str, text: str) -> Query:
        phrase = gram_phrase(text)
        if len(phrase) == 1:
            return Query.term_query(self.schema, field, phrase[0])
        return Query.phrase_query(self.schema, field, phrase)

    def _exact(self, term: Term) -> Query:
        tokens = word_tokens(self.words(term.text))
        fields = (term.field,) if term.field in RANKED else RANKED
        if not tokens:
            return Query.empty_query()
        return Query.disjunction_max_query(
            [
                self._weighted(
                    name,
                    Query.phrase_query(self.schema, f"{name}_words", tokens)
                    if len(tokens) > 1
                    else Query.term_query(self.schema, f"{name}_words", tokens[0]),
                )
                for name in fields
            ]
        )

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
