"""From text to words and sentences, every one of them with its place in the text.

`Segmenter` cuts with jieba's dictionary and algorithm and a lexicon of domain terms, in machine
code (`compiled`, `kernels`) or with jieba itself (`reference`); `sentences` splits text into
sentences. What words mean (terms, concepts) begins in later parts.
"""

from textmine.segment.batch import Batch, Numbered, Tagged, characters, code_points
from textmine.segment.lexicon import Entry, Lexicon
from textmine.segment.normalize import normalize, normalize_codes
from textmine.segment.segmenter import Segmenter
from textmine.segment.sentences import sentences
from textmine.segment.thesaurus import parse_thesaurus, with_synonyms, without_synonym

__all__ = [
    "Batch",
    "Entry",
    "Lexicon",
    "Numbered",
    "Segmenter",
    "Tagged",
    "characters",
    "code_points",
    "normalize",
    "normalize_codes",
    "parse_thesaurus",
    "sentences",
    "with_synonyms",
    "without_synonym",
]
