from textmine.concepts import Matcher, named_in_full, parse_scheme

SCHEME = parse_scheme(
    """
[[concept]]
id = "alliance"
group = "alliance"
prefLabel = { zh = "产业联盟" }
shortLabel = ["联盟"]
[[concept]]
id = "rd_alliance"
group = "alliance"
prefLabel = { zh = "研发联盟" }
[[concept]]
id = "cluster"
prefLabel = { zh = "集群" }
"""
)


def found(text: str) -> list[str]:
    return [m.label for m in named_in_full(Matcher(SCHEME).mentions(text), SCHEME)]


def test_a_short_name_counts_after_and_before_a_full_one() -> None:
    assert found("联盟很多。产业联盟推动集群，联盟受益。") == ["联盟", "产业联盟", "集群", "联盟"]


def test_a_full_name_of_the_same_group_is_enough() -> None:
    assert found("研发联盟成立，联盟运行良好。") == ["研发联盟", "联盟"]


def test_without_a_full_name_a_short_one_is_something_else() -> None:
    assert found("工人和农民的联盟。集群。") == ["集群"]
