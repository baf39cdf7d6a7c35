from dataclasses import replace

import numpy as np
import pytest

from textmine.topics import CHANGE_COLUMNS, LdaTopics, NmfTopics, changes, drift


@pytest.fixture(scope="module")
def fit(planted):
    return NmfTopics(4, seed=1).fit(planted()[0]).fit_


def events(table) -> list[tuple]:
    return [tuple(row) for row in table[["event", "before", "after"]].itertuples(index=False)]


def test_the_same_fit_keeps_every_topic(fit) -> None:
    table = changes(fit, fit)
    assert list(table.columns) == list(CHANGE_COLUMNS)
    assert events(table) == [("kept", n, n) for n in (1, 2, 3, 4)]
    assert table["similarity"].to_numpy() == pytest.approx(1)


def test_topics_die_are_born_merge_and_split(fit) -> None:
    fewer = replace(fit, topic_word=fit.topic_word[:3], doc_topic=fit.doc_topic[:, :3])
    assert ("died", 4) in [e[:2] for e in events(changes(fit, fewer))]
    assert ("born", 4) in [(e[0], e[2]) for e in events(changes(fewer, fit))]
    both = fit.topic_word[2] + fit.topic_word[3]
    joined = replace(
        fit,
        topic_word=np.vstack([fit.topic_word[:2], both / 2]),
        doc_topic=np.column_stack([fit.doc_topic[:, :2], fit.doc_topic[:, 2:].sum(axis=1)]),
    )
    assert events(changes(fit, joined))[2:] == [("merged", 3, 3), ("merged", 4, 3)]
    assert events(changes(joined, fit))[2:] == [("split", 3, 3), ("split", 3, 4)]


def test_related_topics_with_heirs_of_their_own_are_no_split(fit) -> None:
    # Topics 1 and 2 share half of their words, before and after.
    words = fit.topic_word.copy()
    words[1] = (words[0] + words[1]) / 2
    related = replace(fit, topic_word=words)
    assert events(changes(related, related)) == [("kept", n, n) for n in (1, 2, 3, 4)]


def test_growth_is_told_by_the_share(fit) -> None:
    weights = np.array([1.0, 1.0, 1.0, 3.0])
    shares = fit.doc_topic * weights
    grown = replace(fit, doc_topic=shares / shares.sum(axis=1, keepdims=True))
    assert events(changes(fit, grown))[3][0] == "grew"
    assert events(changes(grown, fit))[3][0] == "shrank"


def test_fits_without_a_common_term_have_nothing_in_common(fit) -> None:
    other = replace(fit, terms=tuple(f"x{i}" for i in range(60)))
    assert {e[0] for e in events(changes(fit, other))} == {"died", "born"}


def test_a_refit_is_due_when_new_documents_speak_of_something_else(planted) -> None:
    old = planted(1)[0]
    model = LdaTopics(4, seed=1).fit(old.select_documents(range(100)))
    like = drift(model, old.select_documents(range(100)), old.select_documents(range(100, 120)))
    assert not like.due
    assert like.low < 0.1
    shuffled = old.select_terms(np.random.default_rng(0).permutation(60))
    strange = drift(model, old, replace(shuffled, terms=old.terms))
    assert strange.due
    assert strange.low > like.high
    unknown = drift(model, old, old, all_words=[200.0] * 120)
    assert unknown.unknown == pytest.approx(0.25)
    assert unknown.due
