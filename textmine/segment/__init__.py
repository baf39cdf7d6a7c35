"""From text to words and sentences, every one of them with its place in the text.

`Segmenter` cuts with jieba's dictionary and algorithm and a lexicon of domain terms, in machine
code (`compiled`, `kernels`) or with jieba itself (`reference`); `sentences` splits text into
sentences. What words mean (terms, concepts) begins in later parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textmine.segment.batch import Batch, Numbered, Tagged, characters, code_points
from textmine.segment.lexicon import Entry, Lexicon
from textmine.segment.normalize import normalize, normalize_codes
from textmine.segment.segmenter import Segmenter
from textmine.segment.sentences import sentences
from textmine.segment.thesaurus import parse_thesaurus, with_synonyms, without_synonym

if TYPE_CHECKING:
    from spacy.language import Language

    from textmine.segment.entities import Concepts


def pipeline(lexicon: Lexicon, concepts: Concepts | None = None) -> Language:
    """A Chinese spaCy pipeline whose words and sentences are ours, with what a policy names marked.

    Agencies, regions, document numbers, dates, sums of money and percentages, and the concepts,
    are `doc.spans["textmine"]` and, as far as they do not overlap, `doc.ents`; see
    `textmine.segment.spacy_pipeline.EntityMarker`. spaCy is loaded when this is called.

    Parameters
    ----------
    lexicon
        Terms that stay whole.
    concepts
        Finds concepts, as `textmine.concepts.Matcher(scheme)`; None for none.
    """
    from textmine.segment.spacy_pipeline import make_pipeline

    return make_pipeline(lexicon, concepts)


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
    "pipeline",
    "sentences",
    "with_synonyms",
    "without_synonym",
]
