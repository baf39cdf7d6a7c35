import numpy as np
import pandas as pd
from scipy import sparse

from textmine.evolution.contexts import Contexts
from textmine.evolution.semantics import meaning_changes, neighbours
from textmine.matrices import DocTerm
from textmine.records import Period

TERMS = tuple(f"t{n:03}" for n in range(150))
RANDOM = np.random.default_rng(0)
PLAIN, THEN, NOW = (RANDOM.dirichlet(np.full(150, 0.15)) for _ in range(3))
PERIODS = [Period("then", 2000, 2004), Period("now", 2005, 2009)]


def corpus(random: np.random.Generator, now: np.ndarray, plain_now: np.ndarray, n: int = 25):
    """n documents with the concept and n without it in each period."""
    rows, around, whole, years = [], [], [], {}
    for period, concept, plain in zip(PERIODS, (THEN, now), (PLAIN, plain_now), strict=True):
        for k in range(2 * n):
            doc_id = f"{period.name}{k:03}"
            years[doc_id] = period.first + k % 5
            words = random.multinomial(40, random.dirichlet(plain * 60 + 1e-9))
            if k < n:
                context = random.multinomial(25, random.dirichlet(concept * 60 + 1e-9))
                rows.append((doc_id, "c", "", 2))
                around.append(context)
                words = words + context
            whole.append(words)
    ids = tuple(years)
    counts = sparse.csr_matrix(np.array(whole, dtype=np.int32))
    table = pd.DataFrame(rows, columns=["doc_id", "concept", "company", "sentences"])
    contexts = Contexts(sparse.csr_matrix(np.array(around)), table, TERMS)
    return contexts, DocTerm(counts, ids, TERMS), pd.Series(years)


def verdicts(now: np.ndarray, plain_now: np.ndarray, runs: int) -> list[str]:
    random = np.random.default_rng(1)
    tables = [
        meaning_changes(*corpus(random, now, plain_now), ["c"], PERIODS, np.ones(150))
        for _ in range(runs)
    ]
    return [table["verdict"].iloc[0] for table in tables]


def test_change_is_shown_where_the_words_change_and_nowhere_else() -> None:
    assert verdicts(0.4 * THEN + 0.6 * NOW, PLAIN, 10).count("changed") >= 9
    assert verdicts(THEN, PLAIN, 40).count("none shown") >= 34


def test_a_concept_that_moves_less_than_the_language_is_said_so() -> None:
    found = verdicts(0.8 * THEN + 0.2 * NOW, NOW, 5)
    assert "changed" not in found


def test_the_old_and_the_new_words_are_named() -> None:
    contexts, doc_term, years = corpus(np.random.default_rng(2), NOW, PLAIN)
    table = neighbours(contexts, doc_term, years, ["c"], PERIODS, top=5)
    for period, words in (("then", THEN), ("now", NOW)):
        found = table.loc[table["period"] == period, "term"]
        likely = {TERMS[n] for n in np.argsort(-words / (PLAIN + 1e-3))[:20]}
        assert len(set(found) & likely) >= 4
    assert (table["documents"] >= 3).all()


def test_too_few_documents_are_refused() -> None:
    contexts, doc_term, years = corpus(np.random.default_rng(3), NOW, PLAIN, n=5)
    table = meaning_changes(contexts, doc_term, years, ["c"], PERIODS, np.ones(150))
    assert table["note"].tolist() == ["too few documents"]
