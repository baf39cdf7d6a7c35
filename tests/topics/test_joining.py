from dataclasses import replace

import numpy as np
import pytest

from textmine.matrices import DocTerm
from textmine.topics import FoldIn, LdaTopics, NmfTopics, changes, continued, drift


@pytest.fixture(scope="module")
def halves(planted) -> tuple[DocTerm, DocTerm]:
    documents = planted(1, documents=240)[0]
    return documents.select_documents(range(120)), documents.select_documents(range(120, 240))


@pytest.mark.parametrize("model", [NmfTopics, LdaTopics])
def test_new_documents_join_the_topics_the_model_would_give_them(model, halves) -> None:
    old, new = halves
    fitted = model(4, seed=1).fit(old)
    places = FoldIn(fitted.fit_, old)
    shares = places.transform(new)
    assert shares.sum(axis=1) == pytest.approx(1)
    assert (shares.argmax(axis=1) == fitted.transform(new).argmax(axis=1)).mean() > 0.9


def test_a_document_is_placed_alike_alone_and_among_others(halves) -> None:
    old, new = halves
    places = FoldIn(NmfTopics(4, seed=1).fit(old).fit_, old)
    alone = places.transform(new.select_documents([7]))
    assert alone[0] == pytest.approx(places.transform(new)[7])
    empty = DocTerm(new.counts[:2] * 0, new.doc_ids[:2], new.terms)
    assert places.transform(empty) == pytest.approx(0.25)


def test_shares_make_the_document_likelier_than_any_others(halves) -> None:
    old, new = halves
    places = FoldIn(NmfTopics(4, seed=1).fit(old).fit_, old)
    found = places.transform(new.select_documents([3]))[0]
    counts = new.counts[3].toarray().ravel()
    best = counts @ np.log(found @ places.topic_word_)
    for other in np.random.default_rng(0).dirichlet(np.ones(4), size=50):
        assert counts @ np.log(other @ places.topic_word_) <= best + 1e-6


def test_no_refit_is_due_for_documents_of_the_same_kind(halves) -> None:
    old, new = halves
    places = FoldIn(NmfTopics(4, seed=1).fit(old).fit_, old)
    assert not drift(places, old, new).due
    shuffled = new.select_terms(np.random.default_rng(0).permutation(60))
    assert drift(places, old, replace(shuffled, terms=new.terms)).due


def test_topics_keep_their_numbers_over_updates(halves) -> None:
    old, new = halves
    before = NmfTopics(4, seed=1).fit(old).fit_
    shuffled = replace(
        before,
        topic_word=before.topic_word[[2, 0, 3, 1]],
        doc_topic=before.doc_topic[:, [2, 0, 3, 1]],
    )
    assert continued(before, shuffled).numbers == (3, 1, 4, 2)
    after = continued(before, NmfTopics(4, seed=1).fit(new).fit_)
    assert sorted(after.numbers) == [1, 2, 3, 4]
    table = changes(before, after)
    assert (table["before"] == table["after"]).all()


def test_a_number_that_died_never_comes_back(halves) -> None:
    fit = NmfTopics(4, seed=1).fit(halves[0]).fit_
    fewer = replace(fit, topic_word=fit.topic_word[:3], doc_topic=fit.doc_topic[:, :3], numbers=())
    second = continued(fit, fewer)
    assert (second.numbers, second.highest) == ((1, 2, 3), 4)
    third = continued(second, fit)
    assert third.numbers == (1, 2, 3, 5)
    table = changes(second, third)
    assert table.loc[table["event"] == "born", "after"].tolist() == [5]
