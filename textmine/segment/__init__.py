"""From text to words and sentences, every one of them with its place in the text.

`Segmenter` cuts with jieba's dictionary and algorithm and a lexicon of domain terms; `sentences`
splits text into sentences. What words mean (terms, concepts) begins in later parts.
"""

from textmine.segment.lexicon import Entry, Lexicon
from textmine.segment.normalize import normalize
from textmine.segment.segmenter import Segmenter
from textmine.segment.sentences import sentences

__all__ = ["Entry", "Lexicon", "Segmenter", "normalize", "sentences"]
