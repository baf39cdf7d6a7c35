"""Our words inside spaCy, so that a scholar can go on with its matchers, spans and DocBin."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from textmine.segment.entities import Concepts, Entity, entities
from textmine.segment.lexicon import Lexicon
from textmine.segment.segmenter import Segmenter
from textmine.segment.sentences import sentences

SENTENCES, ENTITIES = "textmine_sentences", "textmine_entities"
SPANS = "textmine"
"""The key of `doc.spans` that holds everything named, overlapping; `doc.ents` cannot overlap."""
_FOUND = "textmine_found"


class SegmenterTokenizer:
    """A spaCy tokenizer that cuts with a `Segmenter`.

    A word is parted where a named thing begins or ends inside it, for a span of spaCy consists of
    whole tokens. A single space after a token becomes the token's trailing space, other white
    space stays a token: the text of the Doc is the text that went in.
    """

    def __init__(self, vocab: Any, segmenter: Segmenter, concepts: Concepts | None) -> None:
        self.vocab = vocab
        self.segmenter = segmenter
        self.concepts = concepts

    def __call__(self, text: str) -> Doc:
        """Cut a text into a Doc; `token.idx` is the token's place in the text."""
        found = entities(text, self.concepts)
        edges = {0, *self.segmenter.ends(text).tolist()}
        edges.update(edge for entity in found for edge in (entity.start, entity.end))
        words: list[str] = []
        spaces: list[bool] = []
        for start, end in pairwise(sorted(edges)):
            if text[start:end] == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(text[start:end])
                spaces.append(False)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc.user_data[_FOUND] = found
        return doc


def mark_sentences(doc: Doc) -> Doc:
    """Set sentence starts where `textmine.segment.sentences` has them."""
    starts = {span.start for span in sentences(doc.text)}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc


class EntityMarker:
    """Marks what the tokenizer found as spans, and as entities as far as they do not overlap.

    `span.label_` is one of `textmine.segment.entities.LABELS`; `span.kb_id_` the concept's id, the
    full name of the agency or region, the canonical number, or the date in ISO 8601.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Fill `doc.spans["textmine"]` and `doc.ents`, of overlapping ones the longest."""
        found: list[Entity] = doc.user_data.pop(_FOUND, None) or []
        spans = [
            doc.char_span(e.start, e.end, label=e.label, kb_id=e.id, alignment_mode="expand")
            for e in found
        ]
        doc.spans[SPANS] = [span for span in spans if span is not None]
        doc.ents = filter_spans([*doc.spans[SPANS]])
        return doc


Language.component(SENTENCES, func=mark_sentences)
Language.factory(ENTITIES, func=lambda nlp, name: EntityMarker())


def make_pipeline(lexicon: Lexicon, concepts: Concepts | None = None) -> Language:
    """See `textmine.segment.pipeline`."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = SegmenterTokenizer(nlp.vocab, Segmenter(lexicon), concepts)
    nlp.add_pipe(SENTENCES)
    nlp.add_pipe(ENTITIES)
    return nlp
