"""The search of 100,000 abstracts: build, latency by class of query, and known-item relevance.

    python benchmarks/search.py [--documents 100000] [--records corpus.jsonl queries.tsv qrels.tsv]

In one run and one process: textmine's index, SQLite FTS5 over trigrams and over jieba's words, and
grep. Prints Markdown; on a busy machine only the ratios mean something.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import random
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import jieba
import tantivy

from benchmarks.made_corpus import ROOT, sample_sentences
from textmine.records import Document, Section
from textmine.search import Compiler, entry, parse, schema
from textmine.search.folding import fold
from textmine.search.language import Term
from textmine.search.schema import ranked_texts
from textmine.search.similarity import characteristic_words
from textmine.segment import Segmenter
from textmine.settings import SearchSettings
from textmine.store import Workspace
from textmine.store.index import count_facets
from textmine.store.indexing import BATCH, index_tokens

RARE = "量子纠缠"  # in one document of a thousand
REPEATS = 40


def abstracts(count: int, seed: int = 1) -> Iterator[Document]:
    """Abstracts of about 250 characters, of clauses drawn from the sample documents."""
    clauses = sorted(
        {c for s in sample_sentences() for c in s.rstrip("。").split("，") if len(c) > 4}
    )
    draw = random.Random(seed)
    for n in range(count):
        parts = draw.choices(clauses, k=18)
        if n % 1000 == 7:
            parts.append(f"应用{RARE}方法")
        text = "，".join(parts)[:280] + (f"，应用{RARE}方法。" if n % 1000 == 7 else "。")
        title = parts[0][:30]
        whole = f"{title}\n{text}"
        spans = (
            Section("title", "", "", 0, 0, len(title)),
            Section("abstract", "", "", 0, len(title) + 1, len(whole)),
        )
        year = 1990 + n % 36
        yield Document(
            "policy" if n % 3 == 0 else "paper",
            whole,
            spans,
            title=title,
            abstract=text,
            year=year,
            date=f"{year}-06",
            keywords=(f"词{n % 500}", f"词{n % 77}"),
            authors=(f"作者{n % 9000}",),
            journal=f"刊{n % 60}",
        )


def timed(ask: Callable[[], object], repeats: int = REPEATS) -> tuple[float, float]:
    """Median and 99th percentile of a call, in milliseconds of this thread and of children.

    Processor time: what others do on the machine does not count.
    """
    ask()
    times = []
    for _ in range(repeats):
        start = processor_time()
        ask()
        times.append((processor_time() - start) * 1000)
    return statistics.median(times), sorted(times)[math.ceil(0.99 * repeats) - 1]


def words_of(segmenter: Segmenter) -> Callable[[str], list[str]]:
    """Cuts queries as the texts are cut."""
    return lambda text: segmenter.cut([text], threads=1).words(0)


def processor_time() -> float:
    children = os.times()
    return time.thread_time() + children.children_user + children.children_system


def build_ours(
    folder: Path, documents: list[Document], segmenter: Segmenter
) -> tuple[float, float]:
    """Build the index; returns seconds of segmentation to commit, and megabytes."""
    start = time.process_time()
    folder.mkdir()
    writer = tantivy.Index(schema(), path=str(folder)).writer(128_000_000, 1)
    add(writer, [f"{n:08}" for n in range(len(documents))], documents, segmenter)
    writer.commit()
    seconds = time.process_time() - start
    writer.wait_merging_threads()
    return seconds, sum(p.stat().st_size for p in folder.iterdir()) / 1e6


def add(
    writer: tantivy.IndexWriter, ids: list[str], documents: list[Document], segmenter: Segmenter
) -> None:
    """Index documents as an update does, a batch at a time."""
    for first in range(0, len(documents), BATCH):
        batch = documents[first : first + BATCH]
        texts = [text for document in batch for text in ranked_texts(document).values()]
        tokens = index_tokens(segmenter, texts).__getitem__
        for doc_id, document in zip(ids[first:], batch, strict=False):
            writer.add_document(entry(doc_id, document, tokens=tokens, concepts=(), generation=1))


def build_fts(path: Path, rows: Iterator[tuple[int, str, int, str]], tokenizer: str) -> float:
    """Build an FTS5 table of (text, year, kind); returns seconds."""
    start = time.process_time()
    db = sqlite3.connect(path)
    db.execute(f"CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='{tokenizer}')")
    db.execute("CREATE TABLE facts (id INTEGER PRIMARY KEY, year INTEGER, kind TEXT)")
    for n, text, year, kind in rows:
        db.execute("INSERT INTO t (rowid, text) VALUES (?, ?)", (n, text))
        db.execute("INSERT INTO facts VALUES (?, ?, ?)", (n, year, kind))
    db.commit()
    db.close()
    return time.process_time() - start


QUERIES = {
    "rare": RARE,
    "common": "创新",
    "AND": "联盟 企业",
    "phrase": "产业技术创新战略联盟",
    "1 character": "盟",
    "wildcard": "产业*联盟",
    "nearness": '"联盟 企业"~5',
    "filtered": "创新 kind:policy year:2006..2012",
}


def latencies(
    folder: Path, words: sqlite3.Connection, trigrams: sqlite3.Connection, plain: Path
) -> None:
    index = tantivy.Index.open(str(folder))
    workspace = Workspace.find(ROOT)
    compiler = Compiler(index.schema, words_of(workspace.segmenter), SearchSettings())
    searcher = index.searcher()

    def ours(query: str) -> Callable[[], object]:
        return lambda: searcher.search(compiler.compile(parse(query)), limit=10)

    def faceted(query: str) -> Callable[[], object]:
        return lambda: count_facets(searcher, compiler.compile(parse(query)))

    def like_it() -> object:
        heavy = characteristic_words(
            workspace.segmenter.words(SAMPLE[0]),
            lambda word: searcher.doc_freq("abstract_words", word),
            documents=searcher.num_docs,
        )
        return searcher.search(compiler.weighted(heavy), limit=10)

    def fts(db: sqlite3.Connection, match: str, more: str = "") -> Callable[[], object]:
        sql = (
            "SELECT t.rowid FROM t JOIN facts ON facts.id = t.rowid WHERE t MATCH ?"
            f" {more} ORDER BY rank LIMIT 10"
        )
        return lambda: db.execute(sql, (match,)).fetchall()

    def grep(string: str) -> Callable[[], object]:
        environment = {**os.environ, "LC_ALL": "C"}
        command = ["grep", "-cF", string, str(plain)]
        return lambda: subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=False)

    policy = "AND facts.kind = 'policy' AND facts.year BETWEEN 2006 AND 2012"
    rivals: dict[str, tuple[Callable[[], object] | None, Callable[[], object] | None]] = {
        "rare": (fts(words, cut_phrase(RARE)), fts(trigrams, f'"{RARE}"')),
        "common": (fts(words, '"创新"'), None),
        "AND": (fts(words, '"联盟" AND "企业"'), None),
        "phrase": (
            fts(words, cut_phrase(QUERIES["phrase"])),
            fts(trigrams, f'"{QUERIES["phrase"]}"'),
        ),
        "filtered": (fts(words, '"创新"', policy), None),
    }
    print("| query | hits | textmine p50 | p99 | FTS5 words p50 | FTS5 trigrams p50 | grep p50 |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, query in QUERIES.items():
        hits = searcher.search(compiler.compile(parse(query)), limit=1).count
        own = timed(ours(query))
        others = [timed(r, 10)[0] if r else None for r in rivals.get(name, (None, None))]
        scan = timed(grep(query), 5)[0] if isinstance(parse(query), Term) else None
        show(name, hits, own, [*others, scan])
    facets = (
        "SELECT year, count(*) FROM t JOIN facts ON facts.id = t.rowid WHERE t MATCH ? GROUP BY 1"
    )
    slow = timed(lambda: words.execute(facets, ('"创新"',)).fetchall(), 10)[0]
    total = searcher.search(compiler.compile(parse("创新")), limit=1).count
    show("facets of common (ours ten, FTS5 one)", total, timed(faceted("创新")), [slow, None, None])
    rare = searcher.search(compiler.compile(parse(RARE)), limit=1).count
    show("facets of rare", rare, timed(faceted(RARE)), [None, None, None])
    show("similar", 10, timed(like_it), [None, None, None])
    print(f"\n{MISSING}")


SAMPLE: list[str] = []
MISSING = (
    "A dash: it cannot be asked. Trigrams know no string of one or two characters; words miss a"
    " string that begins or ends inside a word."
)


def show(name: str, hits: int, own: tuple[float, float], others: list[float | None]) -> None:
    cells = [f"{value:.2f}" if value is not None else "–" for value in others]
    print(f"| {name} | {hits} | {own[0]:.2f} | {own[1]:.2f} | {' | '.join(cells)} |")


def cut_phrase(text: str) -> str:
    return '"' + " ".join(jieba.lcut(text)) + '"'


def relevance(corpus: Path, queries: Path, judged: Path, segmenter: Segmenter) -> None:
    """Titles as queries against the abstracts that they belong to."""
    rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    texts = {row["id"]: row["text"] for row in rows}
    asked = dict(csv.reader(queries.open(encoding="utf-8"), delimiter="\t"))
    right = {r[0]: r[2] for r in csv.reader(judged.open(encoding="utf-8"), delimiter="\t")}
    systems = {
        "textmine": rank_ours(texts, segmenter),
        "BM25 over jieba's words": rank_bm25(texts),
        "FTS5 over jieba's words": rank_fts(texts, "unicode61", jieba.lcut),
        "FTS5 trigrams": rank_fts(texts, "trigram", trigrams_of),
    }
    print(f"\n| system | MRR@10 of {len(asked)} titles | first |\n|---|--:|--:|")
    for name, ask in systems.items():
        ranks = [
            ask(title).index(right[q]) + 1 if right[q] in ask(title) else 0
            for q, title in asked.items()
        ]
        reciprocal = sum(1 / rank for rank in ranks if rank) / len(ranks)
        print(
            f"| {name} | {reciprocal:.4f} | {sum(rank == 1 for rank in ranks) / len(ranks):.1%} |"
        )


def trigrams_of(text: str) -> list[str]:
    return [text[i : i + 3] for i in range(len(text) - 2)]


Ranker = Callable[[str], list[str]]


def rank_ours(texts: dict[str, str], segmenter: Segmenter) -> Ranker:
    index = tantivy.Index(schema())
    writer = index.writer(50_000_000, 1)
    documents = [
        Document("paper", text, (Section("abstract", "", "", 0, 0, len(text)),), abstract=text)
        for text in texts.values()
    ]
    add(writer, [*texts], documents, segmenter)
    writer.commit()
    index.reload()
    searcher = index.searcher()
    compiler = Compiler(index.schema, words_of(segmenter), SearchSettings())

    def ask(title: str) -> list[str]:
        hits = searcher.search(compiler.related(title), limit=10).hits
        return [str(searcher.doc(address)["doc_id"][0]) for _, address in hits]

    return ask


def rank_fts(texts: dict[str, str], tokenizer: str, cut: Callable[[str], list[str]]) -> Ranker:
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, text, tokenize='{tokenizer}')")
    plain = tokenizer == "trigram"
    db.executemany(
        "INSERT INTO t VALUES (?, ?)",
        ((i, text if plain else " ".join(cut(text))) for i, text in texts.items()),
    )

    def ask(title: str) -> list[str]:
        pieces = [p for p in dict.fromkeys(cut(title)) if any(map(str.isalnum, p)) and '"' not in p]
        match = " OR ".join(f'"{piece}"' for piece in pieces)
        rows = db.execute("SELECT id FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (match,))
        return [row[0] for row in rows]

    return ask


def rank_bm25(texts: dict[str, str]) -> Ranker:
    """Robertson's BM25 with k1 = 1.2 and b = 0.75."""
    bags = {i: Counter(jieba.lcut(fold(text))) for i, text in texts.items()}
    lengths = {i: sum(bag.values()) for i, bag in bags.items()}
    mean = statistics.mean(lengths.values())
    postings: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for i, bag in bags.items():
        for word, count in bag.items():
            if any(map(str.isalnum, word)):
                postings[word].append((i, count))

    def ask(title: str) -> list[str]:
        scores: dict[str, float] = defaultdict(float)
        for word in set(jieba.lcut(fold(title))):
            found = postings.get(word, [])
            idf = math.log(1 + (len(texts) - len(found) + 0.5) / (len(found) + 0.5))
            for i, count in found:
                weight = count + 1.2 * (0.25 + 0.75 * lengths[i] / mean)
                scores[i] += idf * count * 2.2 / weight
        return [i for i, _ in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:10]]

    return ask


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=100_000)
    options.add_argument("--records", type=Path, nargs=3, help="corpus.jsonl queries.tsv qrels.tsv")
    chosen = options.parse_args()
    segmenter = Workspace.find(ROOT).segmenter
    jieba.initialize()
    documents = list(abstracts(chosen.documents))
    SAMPLE.append(documents[11].text)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = folder / "plain.txt"
        plain.write_text("\n".join(d.text.replace("\n", " ") for d in documents), encoding="utf-8")
        seconds, size = build_ours(folder / "index", documents, segmenter)
        by_words = (
            (n, " ".join(jieba.lcut(d.text)), d.year or 0, d.kind) for n, d in enumerate(documents)
        )
        whole = ((n, d.text, d.year or 0, d.kind) for n, d in enumerate(documents))
        words_seconds = build_fts(folder / "words.db", by_words, "unicode61")
        trigram_seconds = build_fts(folder / "trigrams.db", whole, "trigram")
        print(f"{len(documents)} abstracts, {plain.stat().st_size / 1e6:.0f} MB of text\n")
        print("| index | documents a second of one core | MB |\n|---|--:|--:|")
        print(f"| textmine | {len(documents) / seconds:.0f} | {size:.0f} |")
        for title, took, file in (
            ("FTS5 words (jieba)", words_seconds, "words.db"),
            ("FTS5 trigrams", trigram_seconds, "trigrams.db"),
        ):
            megabytes = (folder / file).stat().st_size / 1e6
            print(f"| {title} | {len(documents) / took:.0f} | {megabytes:.0f} |")
        print()
        latencies(
            folder / "index",
            sqlite3.connect(folder / "words.db"),
            sqlite3.connect(folder / "trigrams.db"),
            plain,
        )
    if chosen.records:
        corpus, queries, judged = chosen.records
        relevance(corpus, queries, judged, segmenter)


if __name__ == "__main__":
    main()
