"""Terms: which words count, and how often they occur where."""

from textmine.terms.count import doc_term

__all__ = ["doc_term"]
