"""Texts to vectors, by what the workspace has: its own corpus, word vectors, a sentence model."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from threadpoolctl import threadpool_limits

from textmine.errors import UsageError
from textmine.pipeline.corpus import Corpus
from textmine.segment import Segmenter
from textmine.topics import Embed

Array = NDArray[np.float64]

LSA_DIMENSIONS = 100  # as is usual for a few thousand documents (Landauer & Dumais 1997: 300)
WORD_VECTORS = (".vec", ".txt", ".bin")


def embedding(corpus: Corpus, vectors: str, *, seed: int) -> Embed:
    """What makes vectors of texts.

    Parameters
    ----------
    vectors
        "lsa": TF-IDF of the corpus's words reduced by a truncated SVD (Deerwester et al. 1990).
        A file of word vectors in word2vec's format (.vec, .txt, or binary .bin): the mean over a
        text's words. A folder: a sentence-transformers model, nothing is fetched.

    Raises
    ------
    UsageError
        When there is no such file or folder, or the library for it is missing.
    """
    if vectors == "lsa":
        return _lsa(corpus, seed)
    path = corpus.workspace.root / vectors
    if path.is_dir():
        return _sentence_model(path)
    if path.is_file() and path.suffix in WORD_VECTORS:
        return _word_vectors(path, corpus)
    raise UsageError(
        f"topics.vectors: {path} is neither a folder nor a file of word vectors.",
        remedy='Write "lsa", a folder of sentence-transformers, or a .vec, .txt or .bin file.',
    )


def _lsa(corpus: Corpus, seed: int) -> Embed:
    words = _content_words(corpus)
    tfidf = TfidfVectorizer(analyzer=words, sublinear_tf=True, min_df=min(2, len(corpus.texts)))
    # By id, as every model learns.
    weights = tfidf.fit_transform(corpus.texts)
    size = max(1, min(LSA_DIMENSIONS, min(weights.shape) - 1))
    svd = TruncatedSVD(size, random_state=seed)
    with threadpool_limits(1):
        svd.fit(weights)
    return lambda texts: np.asarray(svd.transform(tfidf.transform(texts)))


def _word_vectors(path: Path, corpus: Corpus) -> Embed:
    try:
        known = KeyedVectors.load_word2vec_format(str(path), binary=path.suffix == ".bin")
    except (ValueError, EOFError, OSError) as error:
        raise UsageError(
            f"topics.vectors: {path} holds no word vectors: {error}",
            remedy="It must be in word2vec's text or binary format.",
        ) from error
    words = _content_words(corpus)

    def embed(texts: Sequence[str]) -> Array:
        rows = np.zeros((len(texts), known.vector_size))
        for n, text in enumerate(texts):
            held = [word for word in words(text) if word in known]
            if held:
                rows[n] = np.mean([known[word] for word in held], axis=0)
        return rows

    return embed


class _ContentWords:
    """The words of a text without stop words and single characters."""

    def __init__(self, segmenter: Segmenter, stop_words: frozenset[str]) -> None:
        self._segmenter = segmenter
        self._stop_words = stop_words

    def __call__(self, text: str) -> list[str]:
        found = (word.casefold() for word in self._segmenter.words(text))
        return [w for w in found if len(w) > 1 and w not in self._stop_words]


def _content_words(corpus: Corpus) -> _ContentWords:
    workspace = corpus.workspace
    return _ContentWords(workspace.segmenter, frozenset(workspace.lexicon.stop_words))


def _sentence_model(path: Path) -> Embed:
    try:
        library = import_module("sentence_transformers")
    except ImportError as error:
        raise UsageError(
            "A folder of a sentence-embedding model needs the library sentence-transformers.",
            remedy='Install it: pip install "textmine[embeddings]".',
        ) from error
    model = library.SentenceTransformer(str(path), device="cpu", local_files_only=True)
    return lambda texts: np.asarray(model.encode(list(texts), show_progress_bar=False))
