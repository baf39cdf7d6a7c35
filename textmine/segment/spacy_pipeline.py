"""Our words inside spaCy, so that a scholar can go on with its matchers, spans and DocBin."""

from __future__ import annotations

from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from textmine.segment.segmenter import Segmenter
from textmine.segment.sentences import sentences

SENTENCES = "textmine_sentences"


class SegmenterTokenizer:
    """A spaCy tokenizer that cuts with a `Segmenter`.

    spaCy's tokens cannot be white space alone unless it is kept as a token, so a single space
    after a token becomes the token's trailing space and other white space stays a token: the text
    of the Doc is the text that went in.
    """

    def __init__(self, vocab: Any, segmenter: Segmenter) -> None:
        self.vocab = vocab
        self.segmenter = segmenter

    def __call__(self, text: str) -> Doc:
        """Cut a text into a Doc; `token.idx` is the token's place in the text."""
        words: list[str] = []
        spaces: list[bool] = []
        for word in self.segmenter.words(text):
            if word == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(word)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


def mark_sentences(doc: Doc) -> Doc:
    """Set sentence starts where `textmine.segment.sentences` has them."""
    starts = {span.start for span in sentences(doc.text)}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc


Language.component(SENTENCES, func=mark_sentences)


def pipeline(segmenter: Segmenter) -> Language:
    """A Chinese spaCy pipeline whose words and sentences are ours.

    Parameters
    ----------
    segmenter
        Cuts the text, with its lexicon.

    Returns
    -------
    spacy.Language
        Blank "zh" with our tokenizer and the component "textmine_sentences"; add your own.
    """
    nlp = spacy.blank("zh")
    nlp.tokenizer = SegmenterTokenizer(nlp.vocab, segmenter)
    nlp.add_pipe(SENTENCES)
    return nlp
