import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.networks import Recipe, callon, cooccurrence, replicates, resample


def resampled(rows, doc_term, runs: int = 30, recipe: Recipe | None = None):
    held = doc_term(rows)
    samples = replicates(held, runs=runs, seed=7)
    return resample(cooccurrence(held), recipe or Recipe(), samples, seed=1)


def test_planted_communities_are_stable(doc_term, planted_rows) -> None:
    found = resampled(planted_rows(), doc_term)
    assert found.communities["verdict"].tolist() == ["stable"] * 3
    assert found.adjusted_rand.mean() > 0.95
    assert found.variation.mean() < 0.1


def test_communities_of_noise_are_doubtful(doc_term) -> None:
    random = np.random.default_rng(1)
    words = [f"w{i:02}" for i in range(30)]
    rows = [" ".join(random.choice(words, 3, replace=False)) for _ in range(60)]
    found = resampled(rows, doc_term)
    assert (found.communities["verdict"] == "doubtful").mean() > 0.7
    assert found.adjusted_rand.mean() < 0.4


def test_ranks_have_intervals_around_them(doc_term, planted_rows) -> None:
    rows = [*planted_rows(60), *["甲0 乙0 丙0"] * 30]
    ranks = resampled(rows, doc_term, recipe=Recipe(measure="count")).ranks
    hub = ranks[(ranks["position"] == "strength") & (ranks["term"] == "甲0")].iloc[0]
    assert hub["rank"] <= 3
    assert hub["rank_low"] <= hub["rank"] <= hub["rank_high"] <= 12
    assert (ranks["rank_low"] <= ranks["rank_high"]).all()


def test_quadrant_shares_sum_to_one_and_intervals_are_ordered(doc_term, planted_rows) -> None:
    table = resampled(planted_rows(), doc_term).themes
    shares = table[["motor", "niche", "basic", "emerging"]].sum(axis=1)
    assert shares.to_numpy() == pytest.approx(1)
    assert (table["density_low"] <= table["density_high"]).all()
    assert (table["variance_c"] > 0).all()


@settings(max_examples=5, deadline=None)
@given(order=st.permutations(range(45)))
def test_samples_do_not_depend_on_the_order_of_documents(doc_term, planted_rows, order) -> None:
    held = doc_term(planted_rows(45))
    shuffled = held.select_documents(order)
    for one, two in zip(
        replicates(held, runs=2, seed=3), replicates(shuffled, runs=2, seed=3), strict=True
    ):
        assert (one.counts != two.counts).nnz == 0
        assert one.occurrences.tolist() == two.occurrences.tolist()


def test_sentences_are_drawn_with_their_document(doc_term) -> None:
    held = doc_term(["a b", "a c", "b c", "a"])
    groups = ["one", "one", "two", "two"]
    for sample in replicates(held, runs=5, seed=1, groups=groups):
        ab, bc = sample.counts[0, 1], sample.counts[1, 2]
        assert ab + bc == 2
        assert sample.counts[0, 2] == ab


def test_density_intervals_cover_the_density_of_the_population(doc_term, planted_rows) -> None:
    membership = np.repeat([1, 2, 3], 8)
    truth = callon(cooccurrence(doc_term(planted_rows(6000, seed=99))), membership)[1]
    covered = []
    for seed in range(12):
        table = resampled(planted_rows(150, seed=seed), doc_term, runs=40).themes
        low, high = np.sort(table["density_low"]), np.sort(table["density_high"])
        covered += ((low <= np.sort(truth)) & (np.sort(truth) <= high)).tolist()
    assert np.mean(covered) > 0.8


def test_samples_like_the_corpus_give_intervals_without_width(doc_term, planted_rows) -> None:
    counts = cooccurrence(doc_term(planted_rows(60)))
    found = resample(counts, Recipe(), iter([counts] * 3), seed=1).themes
    assert len(found) > 1
    for name in ("centrality", "density"):
        assert found[f"{name}_low"].to_numpy() == pytest.approx(found[f"{name}_high"].to_numpy())
