import numpy as np
import pytest
from scipy import stats

from textmine.networks import incidence, labels, log_likelihood, mutual_information, owners


def test_log_likelihood_is_that_of_scipy() -> None:
    table = np.array([[7, 3], [2, 18]])
    expected = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    found = log_likelihood(np.array([7]), np.array([9]), 10, 30)
    assert found[0] == pytest.approx(expected, abs=1e-9)


def test_log_likelihood_is_negative_where_a_word_is_rarer() -> None:
    assert log_likelihood(np.array([1]), np.array([15]), 10, 30)[0] < 0


def test_mutual_information_by_hand() -> None:
    # Two of the four inside hold it, and nobody else of eight: ln(8·2 / (2·4)).
    found = mutual_information(np.array([2, 0]), np.array([2, 3]), 4, 8)
    assert found[0] == pytest.approx(np.log(2))
    assert found[1] == -np.inf


def test_a_document_belongs_where_most_of_its_items_are() -> None:
    held = incidence(
        "123456", [["a", "b", "x"], ["x", "y"], ["b", "y", "x"], ["z"], [], ["a", "x"]]
    )
    found = owners(held, ("a", "b", "x", "y"), np.array([1, 1, 2, 2]))
    assert found.tolist() == [1, 2, 2, 0, 0, 1]


def test_communities_are_named_by_what_tells_them_apart() -> None:
    words = incidence(
        map(str, range(8)),
        [
            *(["联盟", "企业"], ["联盟", "企业", "契约"], ["联盟", "契约"], ["联盟", "一次"]),
            *(["集群", "企业"], ["集群", "企业"], ["集群"], ["企业"]),
        ],
    )
    found = labels(words, np.array([1, 1, 1, 1, 2, 2, 2, 0]))
    ratio, information = found[1]
    assert ratio[0] == "联盟"
    assert set(information) == {"联盟", "契约"}
    assert "一次" not in ratio  # in one document only
    assert "企业" not in ratio  # as often elsewhere
    assert found[2][0][0] == "集群"
    assert 0 not in found
