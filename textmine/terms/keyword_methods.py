"""Keywords of one document by three methods that look at different things, side by side.

TF-IDF asks what tells the document from the corpus, TextRank what its other words hang together
with, and the statistics of YAKE what stands early, often and in ever new company. Where they
agree, the choice of the method made no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from textmine.matrices import DocTerm
from textmine.segment import Segmenter, sentences
from textmine.terms.count import is_term
from textmine.terms.tags import naming

METHODS = ("tfidf", "textrank", "yake")
RANKING_COLUMNS = (
    "term", "count", *METHODS, *(f"{name}_rank" for name in METHODS), "methods",
)  # fmt: skip
"""`rank_keywords`: the term; occurrences; its scores (YAKE's is better the lower); its ranks from
1; how many methods have it among their first."""

WINDOW = 5  # words within which two terms are linked: 2 to 10 do about as well (TextRank)
DAMPING = 0.85  # of PageRank, as in both papers
CLOSE = 1e-9  # change of all ranks together at which PageRank stands still


@dataclass(frozen=True, eq=False)
class _Text:
    """A document as sentences of words, with the words that may be keywords."""

    sentences: list[list[str]]
    counts: Counter[str]


def rank_keywords(
    text: str,
    idf: Mapping[str, float],
    segmenter: Segmenter,
    *,
    min_length: int = 2,
    stop_words: Set[str] = frozenset(),
    names: Set[str] | None = None,
    top: int = 10,
) -> pd.DataFrame:
    """The keywords of a document by TF-IDF, TextRank and YAKE's statistics.

    Candidates are terms as `doc_term` counts them that name something.

    TF-IDF: tf·idf, with tf the term's share of the document's terms (Salton and Buckley 1988,
    doi:10.1016/0306-4573(88)90021-0).

    TextRank: PageRank with damping 0.85 over the terms, linked as often as they stand within five
    words in a sentence (Mihalcea and Tarau 2004, W04-3252).

    YAKE: R·P / (F/R + S/R), the less the better (Campos et al. 2020,
    doi:10.1016/j.ins.2019.09.013), with P = ln ln(3 + median sentence), F the frequency over mean
    plus deviation of all words, S the share of sentences, R = 1 + (left + right)·tf/max tf, where
    left and right are different neighbours over all neighbours. Its sign for capitals is left out,
    for Chinese has none.

    Parameters
    ----------
    idf
        Inverse document frequency of each term; see `inverse_frequency`. 0 for a term without.
    names
        Words that may be keywords, where they are known beforehand; by default those that name
        something, see `naming`.
    top
        How many of each method are listed and compared.

    Returns
    -------
    pandas.DataFrame
        `RANKING_COLUMNS`: the first of each method, those first that most methods have, then by
        the sum of their ranks' reciprocals.
    """
    words = _words(text, segmenter, min_length, stop_words, names)
    terms = sorted(words.counts)
    scores = {
        "tfidf": _tfidf(words, terms, idf),
        "textrank": _textrank(words, terms),
        "yake": _yake(words, terms),
    }
    better = {name: -values if name == "yake" else values for name, values in scores.items()}
    table = pd.DataFrame({"term": terms, "count": [words.counts[term] for term in terms], **scores})
    for name in METHODS:
        order = np.lexsort((np.arange(len(terms)), -better[name]))
        ranks = np.empty(len(terms), dtype=np.int64)
        ranks[order] = np.arange(1, len(terms) + 1)
        table[f"{name}_rank"] = ranks
    ranks_of = table[[f"{name}_rank" for name in METHODS]]
    table["methods"] = (ranks_of <= top).sum(axis=1)
    table = table.assign(weight=(1 / ranks_of).sum(axis=1))[table["methods"] > 0]
    table = table.sort_values(["methods", "weight", "term"], ascending=[False, False, True])
    return table[list(RANKING_COLUMNS)].reset_index(drop=True)


def inverse_frequency(counts: DocTerm) -> dict[str, float]:
    """ln(documents / documents that hold it) of each term."""
    values = np.log(len(counts.doc_ids) / np.maximum(counts.document_frequency, 1))
    return dict(zip(counts.terms, values.tolist(), strict=True))


def agreement(table: pd.DataFrame, *, top: int = 10) -> dict[tuple[str, str], float]:
    """The share of their first keywords that two methods have in common (Jaccard), for each pair."""
    first = {name: {*table.loc[table[f"{name}_rank"] <= top, "term"]} for name in METHODS}
    return {
        (a, b): len(first[a] & first[b]) / max(len(first[a] | first[b]), 1)
        for a, b in combinations(METHODS, 2)
    }


def _words(
    text: str,
    segmenter: Segmenter,
    min_length: int,
    stop_words: Set[str],
    names: Set[str] | None,
) -> _Text:
    pieces = [text[start:end] for start, end in sentences(text)]
    numbered = segmenter.cut(pieces, threads=1).numbered()
    preferred = segmenter.lexicon.preferred
    terms = [preferred.get(word, word) for word in map(str.casefold, numbered.words)]
    holds = [any(map(str.isalnum, term)) for term in terms]
    ids = numbered.ids.tolist()
    cut = [
        [terms[i] for i in ids[start:end] if holds[i]]
        for start, end in pairwise(numbered.offsets.tolist())
    ]
    counts = Counter(word for sentence in cut for word in sentence)
    able = sorted(w for w in counts if is_term(w, min_length) and w not in stop_words)
    if names is None:
        names = {word for word, named in zip(able, naming(able, segmenter), strict=True) if named}
    return _Text(cut, Counter({word: counts[word] for word in able if word in names}))


def _tfidf(words: _Text, terms: Sequence[str], idf: Mapping[str, float]) -> NDArray[np.float64]:
    total = max(words.counts.total(), 1)
    return np.array([words.counts[term] / total * idf.get(term, 0.0) for term in terms])


def _textrank(words: _Text, terms: Sequence[str]) -> NDArray[np.float64]:
    place = {term: i for i, term in enumerate(terms)}
    links: Counter[tuple[int, int]] = Counter()
    for sentence in words.sentences:
        at = [(i, place[word]) for i, word in enumerate(sentence) if word in place]
        for n, (i, a) in enumerate(at):
            for j, b in at[n + 1 :]:
                if j - i >= WINDOW:
                    break
                if a != b:
                    links[a, b] += 1
                    links[b, a] += 1
    return _pagerank(links, len(terms))


def _pagerank(links: Counter[tuple[int, int]], size: int) -> NDArray[np.float64]:
    """The weighted PageRank of each node; what has no links gives its rank to all alike."""
    rank = np.full(size, 1 / max(size, 1))
    if not links:
        return rank
    rows, columns = np.array(list(links)).T
    weights = sparse.csr_matrix((list(links.values()), (columns, rows)), shape=(size, size))
    given = np.asarray(weights.sum(axis=0)).ravel()
    share = weights @ sparse.diags(1 / np.where(given > 0, given, 1.0))
    for _ in range(200):
        lost = rank[given == 0].sum() / size
        new: NDArray[np.float64] = (1 - DAMPING) / size + DAMPING * (share @ rank + lost)
        if np.abs(new - rank).sum() < CLOSE:
            return new
        rank = new
    return rank


def _yake(words: _Text, terms: Sequence[str]) -> NDArray[np.float64]:
    everything = Counter(word for sentence in words.sentences for word in sentence)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for n, sentence in enumerate(words.sentences):
        for word in dict.fromkeys(sentence):
            places[word].append(n)
    pairs = [pair for sentence in words.sentences for pair in pairwise(sentence)]
    # Neighbours on the right and on the left of each word: different ones, and all.
    sides = [
        (Counter(pair[end] for pair in set(pairs)), Counter(pair[end] for pair in pairs))
        for end in (0, 1)
    ]
    frequencies = np.array(list(everything.values()) or [1])
    usual, most = frequencies.mean() + frequencies.std(), frequencies.max()
    scores = []
    for term in terms:
        share = sum(different[term] / max(every[term], 1) for different, every in sides)
        related = 1 + share * everything[term] / most
        position = np.log(np.log(3 + median(places[term])))
        spread = everything[term] / usual + len(places[term]) / len(words.sentences)
        scores.append(related * position / (spread / related))
    return np.array(scores, dtype=np.float64)
