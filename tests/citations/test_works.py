import pytest

from textmine.citations import title_key, title_keys
from textmine.citations.works import without_issuers


def test_titles_that_editors_print_differently_have_one_key() -> None:
    assert title_key("关于加快 园区建设的若干意见(试行)") == title_key(
        "关于加快园区建设若干意见（试行）"
    )
    assert title_key("A Study of  Clusters: Part II") == title_key("a study of clusters—part ii")


def test_different_titles_keep_different_keys() -> None:
    assert title_key("园区管理办法（试行）") != title_key("园区管理办法")
    assert title_key("园区规划（2001—2005年）") != title_key("园区规划（2006—2010年）")


@pytest.mark.parametrize(
    ("title", "without"),
    [
        ("松江省科学技术厅 松江省财政厅关于建设园区的意见", "关于建设园区的意见"),
        ("国务院办公厅转发科技部关于建设园区意见的通知", "转发科技部关于建设园区意见的通知"),
        ("关于建设园区的意见", "关于建设园区的意见"),
        ("园区企业关于合作的研究", "园区企业关于合作的研究"),
    ],
)
def test_only_authorities_are_taken_off_the_front(title: str, without: str) -> None:
    assert without_issuers(title) == without


def test_a_notice_goes_by_what_it_issues() -> None:
    for title in (
        "松江省科技厅关于印发《松江省联盟管理办法（试行）》的通知",
        "松江省科技厅关于印发松江省联盟管理办法（试行）的通知",
    ):
        assert title_keys(title)[title_key("松江省联盟管理办法（试行）")] == "issued title"


def test_a_notice_that_passes_on_does_not_go_by_what_is_another_authoritys() -> None:
    keys = title_keys("柳江市科技局转发省科技厅关于印发《松江省联盟管理办法》的通知的通知")
    assert title_key("松江省联盟管理办法") not in keys


def test_a_paper_goes_by_its_main_title_too() -> None:
    keys = title_keys("联盟何以推动集群的创新升级——以松江船舶业为例")
    assert keys[title_key("联盟何以推动集群的创新升级")] == "main title"


def test_a_bare_word_names_nothing() -> None:
    assert title_keys("意见") == {}
