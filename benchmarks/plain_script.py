"""What a scholar would write instead: jieba, scikit-learn, gensim and networkx in one script.

    python -m benchmarks.plain_script FOLDER TERMS.txt OUTPUT.json

Prints nothing; writes the seconds per step and the peak memory. It reads plain text only, keeps no catalogue and no
index, gives no intervals, and starts from nothing each time.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from itertools import combinations
from pathlib import Path

import gensim
import jieba
import networkx as nx
from gensim.models.coherencemodel import CoherenceModel
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from benchmarks.run_stages import peak_mb

CONCEPTS = {
    "alliance": ("产业技术创新战略联盟", "产业联盟", "技术创新联盟", "创新联合体", "联盟"),
    "cluster": ("产业集群", "集群"),
    "innovation_system": ("国家创新体系", "区域创新体系", "区域创新系统", "创新体系", "创新系统"),
}


def run(folder: Path, terms: Path) -> dict[str, float]:
    """Do the steps and return the seconds of each."""
    seconds: dict[str, float] = {}
    clock = time.perf_counter()

    def step(name: str) -> None:
        nonlocal clock
        now = time.perf_counter()
        seconds[name] = round(now - clock, 3)
        clock = now

    texts = [p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*.txt"))]
    years = [int(m[1]) if (m := re.search(r"〔(\d{4})〕", text)) else 0 for text in texts]
    step("read")
    jieba.setLogLevel("ERROR")
    for line in terms.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            jieba.add_word(line.split()[0])
    words = [[w for w in jieba.lcut(t) if len(w) > 1 and w.isalnum()] for t in texts]
    vectorizer = CountVectorizer(analyzer=lambda ws: ws, min_df=3, max_df=0.6)
    counts = vectorizer.fit_transform(words)
    names = vectorizer.get_feature_names_out()
    step("words")
    model = NMF(10, init="nndsvda", solver="mu", max_iter=200)
    model.fit(TfidfTransformer().fit_transform(counts))
    tops = [[names[i] for i in row.argsort()[::-1][:10]] for row in model.components_]
    dictionary = gensim.corpora.Dictionary(words)
    CoherenceModel(
        topics=tops, texts=words, dictionary=dictionary, coherence="c_npmi", processes=1
    ).get_coherence()
    step("topics")
    frequent = Counter(w for ws in words for w in set(ws)).most_common(100)
    kept = {w for w, _ in frequent}
    pairs = Counter(p for ws in words for p in combinations(sorted(kept & set(ws)), 2))
    graph = nx.Graph()
    size = dict(frequent)
    for (a, b), n in pairs.items():
        if n >= 3:
            graph.add_edge(a, b, weight=len(texts) * n / (size[a] * size[b]))
    nx.community.louvain_communities(graph, seed=1)
    nx.betweenness_centrality(graph)
    step("network")
    shares: Counter[tuple[str, int]] = Counter()
    for text, year in zip(texts, years, strict=True):
        for concept, labels in CONCEPTS.items():
            if any(label in text for label in labels):
                shares[concept, year] += 1
    step("evolution")
    seconds["peak_mb"] = round(peak_mb())
    return seconds


if __name__ == "__main__":
    Path(sys.argv[3]).write_text(json.dumps(run(Path(sys.argv[1]), Path(sys.argv[2]))))
