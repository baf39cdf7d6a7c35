from hypothesis import given
from hypothesis import strategies as st

from textmine.segment import Lexicon, Segmenter, sentences
from textmine.terms import doc_term, merged_counts, suggest_synonyms
from textmine.terms.synonyms import SYNONYM_COLUMNS, _distance_is_one, _like_forms

LEXICON = Lexicon.parse(
    "产学研合作\n产学研结合\n产业集聚区\n产业集群\n知识溢出\n知识外溢\n科学园区\n技术创新联盟\n技术创新联合"
)
TEXTS = [
    "高校与企业加强产学研合作，促进成果转化。知识溢出推动集聚。龙头组建技术创新联盟攻克难题。",
    "高校与企业加强产学研结合，促进成果转化。产业集聚区发展。龙头组建技术创新联合攻克难题。",
    "高校和企业深化产学研合作，推动成果转化。知识外溢推动集聚。",
    "高校和企业深化产学研结合，推动成果转化。产业集群发展。",
] * 3


def suggested(**evidence) -> dict[frozenset[str], str]:
    segmenter = Segmenter(LEXICON)
    counts = doc_term(map(str, range(len(TEXTS))), TEXTS, segmenter)
    pieces = [t[a:b] for t in TEXTS for a, b in sentences(t)]
    contexts = doc_term(map(str, range(len(pieces))), pieces, segmenter).aligned(counts.terms)
    table = suggest_synonyms(counts, contexts, **evidence)
    assert tuple(table.columns) == SYNONYM_COLUMNS
    return {frozenset(row[:2]): row[2] for row in table.itertuples(index=False)}


def test_words_of_like_form_in_like_contexts_are_suggested() -> None:
    found = suggested()
    assert found[frozenset({"产学研合作", "产学研结合"})] == "contexts"
    assert found[frozenset({"技术创新联盟", "技术创新联合"})] == "form+contexts"


def test_abbreviations_and_a_common_english_keyword_are_evidence() -> None:
    found = suggested(
        short_names=[("产业集群", "产业集聚区")],
        translations=[("知识溢出", "Knowledge spillover"), ("知识外溢", "knowledge  Spillover")],
    )
    assert "abbreviation" in found[frozenset({"产业集群", "产业集聚区"})]
    assert "English" in found[frozenset({"知识溢出", "知识外溢"})]


def test_what_is_settled_is_not_suggested_again() -> None:
    found = suggested(known={"产学研结合": "产学研合作"})
    assert frozenset({"产学研合作", "产学研结合"}) not in found


@given(st.lists(st.text("产业学研", min_size=4, max_size=6), max_size=12, unique=True))
def test_like_forms_are_those_that_brute_force_finds(terms: list[str]) -> None:
    found = {frozenset(pair) for pair in _like_forms(terms)}
    assert found == {
        frozenset({a, b}) for a in terms for b in terms if a < b and _brute(a, b)
    }  # fmt: skip
    assert all(_distance_is_one(a, b) == _distance_is_one(b, a) for a in terms for b in terms)


def _brute(a: str, b: str) -> bool:
    letters = set(a + b)
    changed = {a[:i] + c + a[i + 1 :] for i in range(len(a)) for c in letters}
    added = {a[:i] + c + a[i:] for i in range(len(a) + 1) for c in letters}
    taken = {a[:i] + a[i + 1 :] for i in range(len(a))}
    swapped = {a[:i] + a[i + 1] + a[i] + a[i + 2 :] for i in range(len(a) - 1)}
    return b in changed | added | taken | swapped


def test_merging_adds_occurrences_and_counts_each_document_once() -> None:
    segmenter = Segmenter(LEXICON)
    texts = ["产学研合作与产学研结合", "产学研结合", "集群", "集群与集群"]
    counts = doc_term("abcd", texts, segmenter)
    table = merged_counts(counts, "产学研合作", ["产学研结合"]).set_index("term")
    assert table.loc["→ 产学研合作"].tolist() == [3, 2, 1]
    assert table.loc["产学研合作"].tolist() == [1, 1, 3]
    assert table.loc["产学研结合", "documents"] == 2
    lexicon = Lexicon.parse("产学研合作", thesaurus="产学研合作 = 产学研结合")
    after = doc_term("abcd", texts, Segmenter(lexicon))
    assert after.counts[:, after.terms.index("产学研合作")].sum() == 3
    assert "产学研结合" not in after.terms


def test_a_small_corpus_gives_an_empty_table() -> None:
    for texts in ([], [""], ["集群"]):
        counts = doc_term(map(str, range(len(texts))), texts, Segmenter())
        assert suggest_synonyms(counts, counts).empty
