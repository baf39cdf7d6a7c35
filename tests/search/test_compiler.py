"""Queries against an index in memory, with a scan of the texts as the oracle."""

import json
import os
from pathlib import Path

import jieba
import pytest
import tantivy

from textmine.records import Document, Section
from textmine.search import Compiler, entry, fold, parse, schema
from textmine.settings import SearchSettings

DATA = os.environ.get("TEXTMINE_DATA")


def document(text: str, **fields: object) -> Document:
    return Document("other", text, (Section("body", "", "", 0, 0, len(text)),), **fields)


DOCUMENTS = {
    "a": document(
        "产业集群的发展", title="产业集群", year=2005, date="2005-06-01", issuers=("甲部",)
    ),
    "b": document("技术创新联盟推动产业集群", year=2009, date="2009-12", keywords=("联盟",)),
    "c": document("欧洲联盟。产 业", year=2012, date="2012", doc_number="国科发〔2012〕7号"),
    "d": document("Regional Innovation\nSystem 区域创新"),
}


tokenizer = jieba.Tokenizer()
tokenizer.add_word("产业集群")
words = tokenizer.lcut


def index(documents: dict[str, Document]) -> tantivy.Index:
    made = tantivy.Index(schema())
    writer = made.writer(15_000_000, 1)
    for doc_id, one in documents.items():
        concepts = ("cluster",) if "产业集群" in one.text else ()
        writer.add_document(entry(doc_id, one, words=words, concepts=concepts, generation=1))
    writer.commit()
    made.reload()
    return made


def found(made: tantivy.Index, query: str, limit: int = 10_000) -> list[str]:
    compiler = Compiler(made.schema, words, SearchSettings())
    searcher = made.searcher()
    hits = searcher.search(compiler.compile(parse(query)), limit=limit).hits
    return [searcher.doc(address)["doc_id"][0] for _, address in hits]


@pytest.fixture(scope="module")
def small() -> tantivy.Index:
    return index(DOCUMENTS)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("集群", "ab"),
        ("业集", "ab"),
        ("群", "ab"),
        ("盟", "bc"),
        ("联盟 集群", "b"),
        ("联盟 OR 集群", "abc"),
        ("联盟 NOT 欧洲", "b"),
        ("-联盟", "ad"),
        ('"regional innovation system"', "d"),
        ("ＲＥＧＩＯＮＡＬ", "d"),
        ("title:集群", "a"),
        ("keyword:联盟", "b"),
        ("issuer:甲", "a"),
        ("doc_number:国科发[2012]7号", "c"),
        ("year:2006..2012", "bc"),
        ("year:2009..", "bc"),
        ("year:..2005", "a"),
        ("date:2009..2009", "b"),
        ("date:2009-12..2012-01", "bc"),
        ("concept:cluster", "ab"),
        ("kind:other", "abcd"),
        ("", "abcd"),
        ("没有这个词", ""),
        ("产业 =集群", ""),
        ("=产业集群", "ab"),
    ],
)
def test_a_query_finds_these_documents(small: tantivy.Index, query: str, expected: str) -> None:
    assert "".join(sorted(found(small, query))) == expected


def test_a_hit_in_the_title_ranks_before_one_in_the_body(small: tantivy.Index) -> None:
    assert found(small, "集群")[0] == "a"


@pytest.mark.skipif(DATA is None, reason="TEXTMINE_DATA is not set")
def test_short_queries_find_exactly_what_a_scan_finds_in_real_abstracts() -> None:
    lines = Path(str(DATA), "retrieval", "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines[:300]]
    texts = {str(i): max(map(str, row.values()), key=len) for i, row in enumerate(rows)}
    made = index({i: document(text) for i, text in texts.items()})
    folded = {i: fold(text) for i, text in texts.items()}
    for i in range(0, 300, 3):
        for length in (1, 2, 3, 4):
            start = (i * 7) % (len(texts[str(i)]) - 4)
            query = texts[str(i)][start : start + length].strip()
            if not query or '"' in query or "“" in query or "”" in query:
                continue
            scan = {j for j, text in folded.items() if fold(query) in text}
            assert set(found(made, f'"{query}"')) == scan, query
