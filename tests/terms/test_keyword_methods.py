from collections import Counter

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.segment import Lexicon, Segmenter
from textmine.terms import agreement, doc_term, inverse_frequency, rank_keywords
from textmine.terms.keyword_methods import METHODS, RANKING_COLUMNS, _pagerank

SEGMENTER = Segmenter(Lexicon.parse("产业集群\n知识溢出\n区域创新"))
TEXTS = [
    "产业集群的知识溢出促进区域创新。产业集群里的企业彼此学习，知识溢出带来创新。大学也支持企业。",
    "企业在市场里竞争。市场由需求推动，企业跟随市场。",
    "大学培养人才，企业雇用人才，政府支持大学。",
]


def ranked(text: str, **options):
    counts = doc_term("abc", TEXTS, SEGMENTER)
    return rank_keywords(text, inverse_frequency(counts), SEGMENTER, **options)


def test_the_subject_of_a_text_is_first_with_all_methods() -> None:
    table = ranked(TEXTS[0], top=3)
    assert tuple(table.columns) == RANKING_COLUMNS
    assert table["term"][0] == "产业集群"
    assert table["methods"][0] == 3
    assert table["count"][0] == 2


def test_a_term_of_every_document_tells_nothing_by_tf_idf() -> None:
    table = ranked(TEXTS[0], top=99).set_index("term")
    assert table.loc["企业", "tfidf"] == 0
    assert table.loc["知识溢出", "tfidf"] == pytest.approx(
        table.loc["知识溢出", "count"] / table["count"].sum() * np.log(3)
    )


def test_only_words_that_name_something_are_keywords() -> None:
    terms = {*ranked("加快推进产业集群，积极推进区域创新，这是第三条。", top=99)["term"]}
    assert terms == {"产业集群", "区域创新"}


LINKS = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda p: p[0] < p[1]),
    st.integers(1, 5),
    min_size=1,
)


@given(LINKS)
def test_textrank_is_pagerank(links: dict[tuple[int, int], int]) -> None:
    graph = networkx.Graph()
    graph.add_nodes_from(range(6))
    graph.add_weighted_edges_from((a, b, n) for (a, b), n in links.items())
    theirs = networkx.pagerank(graph, alpha=0.85, tol=1e-10, max_iter=500)
    both = Counter(links) + Counter({(b, a): n for (a, b), n in links.items()})
    assert _pagerank(both, 6) == pytest.approx([theirs[i] for i in range(6)], abs=1e-6)


def test_yake_prefers_what_stands_early_and_often_by_its_formula() -> None:
    table = ranked("产业集群发展。大学产业集群。", top=99).set_index("term")
    # Words: 产业集群 2, 发展 1, 大学 1; of its two neighbours on either side each is another one.
    related = 1 + (1 + 1) * 2 / 2
    position = np.log(np.log(3 + 0.5))
    spread = 2 / (np.mean([2, 1, 1]) + np.std([2, 1, 1])) + 2 / 2
    assert table.loc["产业集群", "yake"] == pytest.approx(related**2 * position / spread)


def test_agreement_is_the_share_of_the_first_in_common() -> None:
    table = ranked(TEXTS[0], top=2)
    for (a, b), share in agreement(table, top=2).items():
        first = [{*table.loc[table[f"{m}_rank"] <= 2, "term"]} for m in (a, b)]
        assert share == len(first[0] & first[1]) / len(first[0] | first[1])


@pytest.mark.parametrize("text", ["", "。", "的", " \n", "123"])
def test_a_text_without_terms_has_no_keywords(text: str) -> None:
    table = ranked(text)
    assert table.empty
    assert set(agreement(table).values()) == {0.0}
    assert all(name in table for name in METHODS)
