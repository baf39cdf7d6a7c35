"""Terms: which words count, how often they occur where, which are new, and which tell apart.

`TermVectorizer` stands in `textmine.terms.vectorizer`, because it needs scikit-learn.
"""

from textmine.terms.bilingual import bilingual_keywords
from textmine.terms.comparison import keyness, keywords
from textmine.terms.count import doc_term
from textmine.terms.discovery import new_words
from textmine.terms.linter import lint
from textmine.terms.short_names import abbreviations
from textmine.terms.tags import naming

__all__ = [
    "abbreviations",
    "bilingual_keywords",
    "doc_term",
    "keyness",
    "keywords",
    "lint",
    "naming",
    "new_words",
]
