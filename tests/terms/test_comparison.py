import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse, stats

from textmine.errors import TooFewData
from textmine.matrices import DocTerm
from textmine.terms import keyness, keywords


def counts(rows: list[list[int]], terms: str = "abc") -> DocTerm:
    ids = tuple(f"d{i}" for i in range(len(rows)))
    return DocTerm(sparse.csr_matrix(np.array(rows, dtype=np.int32)), ids, tuple(terms))


A = counts([[10, 5, 0], [12, 4, 1], [9, 6, 0]])
B = counts([[2, 5, 3], [1, 6, 4]])


def test_g2_and_p_are_those_of_the_log_likelihood_ratio_test() -> None:
    table = keyness(A, B).set_index("term")
    a, b = A.counts.toarray().sum(0), B.counts.toarray().sum(0)
    p = []
    for i, term in enumerate(A.terms):
        # Rayson and Garside compare the two counts with their expectations, and nothing else.
        share = (a[i] + b[i]) / (a.sum() + b.sum())
        expected = [share * a.sum(), share * b.sum()]
        g2 = stats.power_divergence([a[i], b[i]], expected, lambda_="log-likelihood").statistic
        assert abs(table.loc[term, "g2"]) == pytest.approx(g2)
        p.append(stats.chi2.sf(g2, 1))
    assert table.loc[list("abc"), "q"].to_numpy() == pytest.approx(stats.false_discovery_control(p))


def test_what_the_target_has_more_of_comes_first_and_is_positive() -> None:
    table = keyness(A, B)
    assert table["term"].tolist()[0] == "a"
    assert table["log_ratio"].iloc[0] > 0 > table["log_ratio"].iloc[-1]
    assert (table["low"] <= table["log_ratio"]).all()
    assert (table["log_ratio"] <= table["high"]).all()


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=5))
def test_a_part_compared_with_itself_has_no_key_terms(rows: list[list[int]]) -> None:
    rows[0][0] += 5
    table = keyness(counts(rows), counts(rows))
    assert table["g2"].to_numpy() == pytest.approx(0, abs=1e-9)
    assert table["log_ratio"].to_numpy() == pytest.approx(0, abs=1e-9)


def test_swapping_the_sides_swaps_the_signs() -> None:
    one, other = (keyness(*s).set_index("term").loc[list("abc")] for s in ((A, B), (B, A)))
    assert one["g2"].to_numpy() == pytest.approx(-other["g2"].to_numpy())
    assert one["low"].to_numpy() == pytest.approx(-other["high"].to_numpy())


def test_a_term_of_one_clumped_document_has_a_wide_interval() -> None:
    even = keyness(counts([[5, 50], [5, 50], [5, 50], [5, 50]], "ab"), counts([[1, 50]] * 4, "ab"))
    clumped = keyness(
        counts([[20, 50], [0, 50], [0, 50], [0, 50]], "ab"), counts([[1, 50]] * 4, "ab")
    )
    widths = [t.set_index("term").eval("high - low")["a"] for t in (even, clumped)]
    assert widths[1] > 1.5 * widths[0]


def test_intervals_cover_the_true_ratio_where_words_clump() -> None:
    random = np.random.default_rng(5)
    hits = 0
    for _ in range(200):
        rates = random.gamma(2.0, 5.0, (2, 60))  # documents differ: negative binomial counts
        rows = [np.column_stack([random.poisson(r), np.full(60, 500)]) for r in rates]
        table = keyness(counts(rows[0].tolist(), "ab"), counts(rows[1].tolist(), "ab"))
        low, high = table.set_index("term").loc["a", ["low", "high"]]
        hits += low <= 0 <= high
    assert 0.90 <= hits / 200 <= 0.99


def test_too_few_documents_are_told() -> None:
    with pytest.raises(TooFewData):
        keyness(A, counts([[1, 2, 3]]))
    with pytest.raises(ValueError, match="same terms"):
        keyness(A, counts([[1, 2, 3]] * 2, "xyz"))


def test_keywords_leave_out_what_all_documents_hold() -> None:
    table = keywords(counts([[5, 1, 0], [5, 0, 2], [5, 0, 0]]), top=2)
    assert table[["doc_id", "rank", "term"]].to_numpy().tolist() == [["d0", 1, "b"], ["d1", 1, "c"]]
    assert table["score"].iloc[0] == pytest.approx(1 / 6 * np.log(3))
