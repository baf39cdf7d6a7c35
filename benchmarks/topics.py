"""Topic models side by side on real abstracts: quality, stability, time, memory.

    TEXTMINE_DATA=… python benchmarks/topics.py [abstracts | titles | passages] [MODEL …]

abstracts: 1,000 paper abstracts, 13 categories and 67 disciplines as the reference, K = 13.
titles: 9,000 titles of papers, 13 categories, K = 26. passages: 20,000 passages of reports, laws
and abstracts, K = 50, no reference. Every model gets the same counts; each runs in a process of
its own, so that peak memory is its own, and is fitted again on 80 % of the documents with
other seeds for its stability. `gensim` and `sklearn` are LdaMulticore (two workers, ten
passes) and LatentDirichletAllocation (batch) as their documentation shows them.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gensim.matutils import Sparse2Corpus
from gensim.models import LdaMulticore
from scipy.optimize import linear_sum_assignment
from sklearn.decomposition import LatentDirichletAllocation, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from textmine.matrices import DocTerm
from textmine.records import Span
from textmine.segment import Lexicon, Segmenter, sentences
from textmine.terms import doc_term
from textmine.topics import (
    MODELS,
    Embed,
    TopicFit,
    average_jaccard,
    npmi,
    passages,
    topic_diversity,
)
from textmine.topics.base import as_shares

OURS = ("nmf", "ensemble", "embedding", "lda_gibbs", "lda", "lda_online")
PLAIN = ("gensim", "sklearn")
CORPORA = {"abstracts": 13, "titles": 26, "passages": 50}
RUNS = {"abstracts": 5, "titles": 3, "passages": 1}  # fits again for the stability
STOP_WORDS = Path(__file__).parents[1] / "corpus" / "lexicon" / "stopwords.txt"


@dataclass(frozen=True)
class Case:
    """Counts, the number of topics, and the reference classes by name."""

    counts: DocTerm
    k: int
    classes: dict[str, list[str]]


def load(name: str) -> Case:
    """Count one of the corpora."""
    data = Path(os.environ["TEXTMINE_DATA"])
    texts, classes = _texts(name, data)
    lexicon = Lexicon.parse("", stop_words=STOP_WORDS.read_text("utf-8"))
    counts = doc_term(
        [f"{n:06}" for n in range(len(texts))],
        texts,
        Segmenter(lexicon),
        min_documents=3 if name == "abstracts" else 5,
        max_document_share=0.6,
        stop_words=lexicon.stop_words,
    )
    return Case(counts, CORPORA[name], classes)


def _texts(name: str, data: Path) -> tuple[list[str], dict[str, list[str]]]:
    if name == "abstracts":
        rows = [json.loads(r) for r in (data / "abstracts/csl_dev.jsonl").open(encoding="utf-8")]
        kinds = ("category", "discipline")
        return (
            [f"{row['title']}。{row['abstract']}" for row in rows],
            {kind: [row[kind] for row in rows] for kind in kinds},
        )
    if name == "titles":
        lines = [
            line.rstrip("\n").split("\t")
            for part in ("train", "dev")
            for line in (data / f"abstracts/cls_ctg-{part}.tsv").open(encoding="utf-8")
        ]
        return [line[1] for line in lines], {"category": [line[2] for line in lines]}
    return _passages(data)[:20_000], {}


def _passages(data: Path) -> list[str]:
    sources = [
        *sorted((data / "policy/central-work-reports").glob("????年*.txt")),
        *sorted((data / "policy/city-work-reports-2024").glob("*.txt")),
        *sorted((data / "papers/chinaxiv").glob("*.md")),
    ]
    found = []
    for path in sources:
        text = path.read_text(encoding="utf-8", errors="replace")
        spans: list[Span] = passages(sentences(text), length=300)
        found += [text[start:end] for start, end in spans]
    return found


def fit(model: str, case: Case, seed: int, rows: np.ndarray | None = None) -> TopicFit:
    """Fit one of the models."""
    counts = case.counts if rows is None else case.counts.select_documents(rows)
    if model in OURS:
        more = {"embed": lsa(case), "texts": {}} if model == "embedding" else {}
        return MODELS[model](case.k, seed=seed, **more).fit(counts).fit_
    if model == "gensim":
        corpus = list(Sparse2Corpus(counts.counts, documents_columns=False))
        made = LdaMulticore(
            corpus,
            id2word=dict(enumerate(counts.terms)),
            num_topics=case.k,
            passes=10,
            workers=2,
            random_state=seed,
        )
        topic_word, doc_topic = made.get_topics(), made.inference(corpus)[0]
    else:
        made = LatentDirichletAllocation(case.k, random_state=seed)
        doc_topic = made.fit_transform(counts.counts)
        topic_word = made.components_
    shares = (as_shares(topic_word), as_shares(doc_topic))
    return TopicFit(*shares, counts.terms, counts.doc_ids, model, {}, seed)


def lsa(case: Case) -> Embed:
    """Vectors learnt from the corpus itself, as the recipe's default: TF-IDF and a truncated SVD."""
    words = TfidfVectorizer(analyzer=str.split, sublinear_tf=True)
    counts = case.counts.counts
    spelt = [
        " ".join(case.counts.terms[i] for i in np.repeat(row.indices, row.data)) for row in counts
    ]
    svd = TruncatedSVD(100, random_state=1).fit(words.fit_transform(spelt))
    return lambda texts: svd.transform(words.transform(texts))


def measure(model: str, name: str) -> dict[str, float]:
    """Everything that is printed of one model."""
    case = load(name)
    started = time.perf_counter()
    found = fit(model, case, 1)
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    heads = [[word for word, _ in words] for words in found.top_words(10)]
    row = {
        "NPMI": npmi(heads, case.counts).mean,
        "diversity": topic_diversity(heads),
        "stability": stability(model, case, found, RUNS[name]),
    }
    greatest = found.doc_topic.argmax(axis=1)
    for name, classes in case.classes.items():
        row[f"NMI {name}"] = float(normalized_mutual_info_score(classes, greatest))
        row[f"ARI {name}"] = float(adjusted_rand_score(classes, greatest))
    return {**row, "seconds": seconds, "MB": memory}


def stability(model: str, case: Case, found: TopicFit, runs: int) -> float:
    """Mean average Jaccard of the top ten words with the best one-to-one match."""
    n, scores = len(case.counts.doc_ids), []
    for run in range(runs):
        rows = np.sort(np.random.default_rng(run).permutation(n)[: round(0.8 * n)])
        agreement = average_jaccard(found, fit(model, case, 2 + run, rows))
        scores.append(agreement[linear_sum_assignment(-agreement)].mean())
    return float(np.mean(scores))


def main(name: str = "abstracts", *models: str) -> None:
    """Run each model in its own process and print a table."""
    chosen = models or (*OURS, *PLAIN)
    rows = {}
    for model in chosen:
        words = [sys.executable, __file__, "--one", name, model]
        out = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        rows[model] = json.loads(out)
    columns = list(next(iter(rows.values())))
    print("| model | " + " | ".join(columns) + " |")
    print("|---|" + "--:|" * len(columns))
    for model, row in rows.items():
        cells = [f"{v:.3f}" if c not in ("seconds", "MB") else f"{v:.1f}" for c, v in row.items()]
        print(f"| {model} | " + " | ".join(cells) + " |")
    if {"nmf", "gensim"} <= set(rows):
        print(
            f"\ngensim takes {rows['gensim']['seconds'] / rows['nmf']['seconds']:.1f} times as"
            " long as nmf."
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[3], sys.argv[2])))
    else:
        main(*sys.argv[1:])
