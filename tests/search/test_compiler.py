"""Queries against an index in memory, with a scan of the texts as the oracle."""

import json
import os
import re
from pathlib import Path

import jieba
import pytest
import tantivy

from textmine.errors import QueryError
from textmine.records import Document, Section
from textmine.search import Compiler, entry, fold, parse, schema
from textmine.search.schema import word_tokens
from textmine.settings import SearchSettings

DATA = os.environ.get("TEXTMINE_DATA")


def document(text: str, **fields: object) -> Document:
    return Document("other", text, (Section("body", "", "", 0, 0, len(text)),), **fields)


DOCUMENTS = {
    "a": document(
        "产业集群的发展", title="产业集群", year=2005, date="2005-06-01", issuers=("甲部",)
    ),
    "b": document(
        "技术创新联盟推动产业集群",
        year=2009,
        date="2009-12",
        keywords=("联盟",),
        source="papers/2009/x.txt",
    ),
    "c": document(
        "欧洲联盟。产 业依《关于做好丁工作的意见》",
        year=2012,
        date="2012",
        doc_number="国科发〔2012〕7号",
    ),
    "d": Document(
        "other", "Regional Innovation\nSystem 区域创新", (Section("body", "一", "总则", 1, 0, 31),)
    ),
}


tokenizer = jieba.Tokenizer()
tokenizer.add_word("产业集群")
words = tokenizer.lcut


def tokens(text: str) -> str:
    return " ".join(word_tokens(words(text)))


def index(documents: dict[str, Document]) -> tantivy.Index:
    made = tantivy.Index(schema())
    writer = made.writer(15_000_000, 1)
    for doc_id, one in documents.items():
        concepts = ("cluster",) if "产业集群" in one.text else ()
        writer.add_document(entry(doc_id, one, tokens=tokens, concepts=concepts, generation=1))
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
        ("產業集群", "ab"),
        ('"技术 推动"~2', "b"),
        ('"技术 推动"~1', ""),
        ('"推动 技术"~9', ""),
        ('"regional system"~1', "d"),
        ('"regional system"~0', ""),
        ("技术*推动", "b"),
        ("技术????推动", "b"),
        ("技术???推动", ""),
        ("集?的", "a"),
        ("技*盟", "b"),
        ("=inno*", "d"),
        ("=nnova*", ""),
        ("issuer:=甲部", "a"),
        ("issuer:=甲", ""),
        ("doc_number:国科发*7号", "c"),
        ("has:doc_number", "c"),
        ("has:keyword kind:其他", "b"),
        ("概念:cluster", "ab"),
        ("cites:关于做好丁工作的意见", "c"),
        ("section:总则", "d"),
        ("source:2009 OR source:=papers", "b"),
    ],
)
def test_a_query_finds_these_documents(small: tantivy.Index, query: str, expected: str) -> None:
    assert "".join(sorted(found(small, query))) == expected


def test_a_hit_in_the_title_ranks_before_one_in_the_body(small: tantivy.Index) -> None:
    assert found(small, "集群")[0] == "a"


def test_an_unknown_concept_is_an_error_at_its_place_with_a_proposal(small: tantivy.Index) -> None:
    compiler = Compiler(small.schema, words, SearchSettings(), {"cluster": "cluster"})
    with pytest.raises(QueryError) as caught:
        compiler.compile(parse("联盟 concept:clustre"))
    assert caught.value.position == 11
    assert "cluster" in caught.value.remedy


@pytest.fixture(scope="module")
def real() -> tuple[dict[str, str], tantivy.Index]:
    """Folded texts of real abstracts and of parts of real policies, and their index."""
    if DATA is None:
        pytest.skip("TEXTMINE_DATA is not set")
    lines = Path(DATA, "retrieval", "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines[:150]]
    for path in sorted(Path(DATA, "policy", "pkulaw-txt").rglob("*.txt"))[:10]:
        whole = path.read_text(encoding="utf-8", errors="replace")
        texts += [whole[i : i + 500] for i in range(0, min(len(whole), 3000), 500)]
    numbered = {str(i): text for i, text in enumerate(texts) if text.strip()}
    made = index({i: document(text) for i, text in numbered.items()})
    return {i: " ".join(fold(text).split()) for i, text in numbered.items()}, made


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_every_short_query_finds_exactly_what_a_scan_finds(real, length: int) -> None:
    """All strings of one character, and every 37th of the longer ones, in real texts."""
    texts, made = real
    holders: dict[str, set[str]] = {}
    for i, text in texts.items():
        for start in range(len(text) - length + 1):
            holders.setdefault(text[start : start + length], set()).add(i)
    asked = [s for s in sorted(holders) if s == s.strip() and '"' not in s and "“" not in s]
    for string in asked[:: 1 if length == 1 else 37]:
        if "”" not in string:
            assert set(found(made, f'"{string}"')) == holders[string], string


def test_patterns_find_exactly_what_a_scan_finds(real) -> None:
    texts, made = real
    for i in range(0, 150, 5):
        text = texts[str(i)]
        start = i % (len(text) - 12)
        piece = re.sub(r"[^\u4e00-\u9fff]", "的", text[start : start + 8])
        for query in (
            f"{piece[:2]}*{piece[6:8]}",
            f"{piece[0]}?{piece[2:4]}",
            f"{piece[:2]}??{piece[4]}",
        ):
            wanted = re.compile(query.replace("?", ".").replace("*", ".{0,10}"))
            scan = {j for j, other in texts.items() if wanted.search(other)}
            assert set(found(made, query)) == scan, query
