"""Terms: which words count, how often they occur where, which are new, and which tell apart.

`TermVectorizer` stands in `textmine.terms.vectorizer`, because it needs scikit-learn.
"""

from textmine.terms.bilingual import bilingual_keywords
from textmine.terms.comparison import keyness, keywords
from textmine.terms.count import doc_term
from textmine.terms.discovery import new_words
from textmine.terms.keyword_methods import agreement, inverse_frequency, rank_keywords
from textmine.terms.linter import lint
from textmine.terms.short_names import abbreviations
from textmine.terms.synonyms import merged_counts, suggest_synonyms
from textmine.terms.tags import naming

__all__ = [
    "abbreviations",
    "agreement",
    "bilingual_keywords",
    "doc_term",
    "inverse_frequency",
    "keyness",
    "keywords",
    "lint",
    "merged_counts",
    "naming",
    "new_words",
    "rank_keywords",
    "suggest_synonyms",
]
