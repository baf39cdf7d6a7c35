import numpy as np
import pytest

from textmine.terms import bilingual_keywords
from textmine.terms.bilingual import BILINGUAL_COLUMNS

WORDS = [(f"词{i}", f"word {i}") for i in range(12)]


def made(papers: int, *, shuffled: float = 0.0, dropped: float = 0.0, seed: int = 1):
    """Papers with four keywords each; some have the English ones shuffled, or one of them missing."""
    random = np.random.default_rng(seed)
    for _ in range(papers):
        chosen = [WORDS[i] for i in random.choice(len(WORDS), 4, replace=False)]
        zh, en = [a for a, _ in chosen], [b for _, b in chosen]
        if random.random() < shuffled:
            random.shuffle(en)
        if random.random() < dropped:
            en.pop(int(random.integers(4)))
        yield zh, en


def best(papers) -> dict[str, str]:
    return bilingual_keywords(papers).drop_duplicates("zh").set_index("zh")["en"].to_dict()


def test_lists_in_the_same_order_are_aligned_by_place() -> None:
    table = bilingual_keywords([(["联盟", "集群"], ["alliance", "cluster"])])
    assert table[["zh", "en"]].to_numpy().tolist() == [["联盟", "alliance"], ["集群", "cluster"]]
    assert table["same_place"].tolist() == [1.0, 1.0]


@pytest.mark.parametrize(("shuffled", "dropped"), [(0, 0), (0.5, 0), (1, 0), (0.3, 0.5)])
def test_planted_translations_come_back_in_spite_of_disorder(shuffled, dropped) -> None:
    assert best(made(80, shuffled=shuffled, dropped=dropped)) == dict(WORDS)


def test_case_and_hyphens_make_no_other_keyword() -> None:
    papers = [(["协同创新"], ["Co-innovation"]), (["协同创新"], ["co innovation"])] * 2
    table = bilingual_keywords([*papers, (["协同创新"], ["Co-innovation"])])
    assert table.to_numpy().tolist() == [["协同创新", "Co-innovation", 5, 5, 1.0, 1.0]]


def test_every_keyword_is_linked_once_in_a_paper() -> None:
    table = bilingual_keywords(made(60, shuffled=0.5, dropped=0.5))
    assert (table["share"] <= 1).all()
    assert (table.groupby("zh")["papers"].sum() <= table.groupby("zh")["of"].first()).all()


def test_the_order_of_the_papers_does_not_matter() -> None:
    papers = list(made(40, shuffled=0.4, dropped=0.2))
    assert bilingual_keywords(papers).equals(bilingual_keywords(papers[::-1]))


@pytest.mark.parametrize("papers", [[], [([], ["alliance"])], [(["联盟"], [])]])
def test_papers_without_both_lists_give_an_empty_table(papers) -> None:
    table = bilingual_keywords(papers)
    assert (tuple(table.columns), len(table)) == (BILINGUAL_COLUMNS, 0)
