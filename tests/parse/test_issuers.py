"""Authorities: names in lines and titles, level and region."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.parse import issuers


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("教育部　国家计委　财政部", ("教育部", "国家计委", "财政部")),
        ("国务院、中央军委", ("国务院", "中央军委")),
        ("教　育　部", ("教育部",)),
        ("科　　技　　部", ("科技部",)),
        ("科 技 部  财 政 部", ("科技部", "财政部")),
        ("国 务 院 办 公 厅", ("国务院办公厅",)),
        ("中共临江省委　临江省人民政府", ("中共临江省委", "临江省人民政府")),
        ("云州市推进“双创”工作领导小组办公室", ("云州市推进“双创”工作领导小组办公室",)),
    ],
)
def test_a_line_of_authorities_is_cut_into_its_names(line, names):
    assert issuers.authorities(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "",
        "总体要求",
        "各市州科技局",
        "一、组织部",
        "二〇〇八年",
        "现将有关事项通知如下",
        "省科技厅负责的工作部",
        "第一章 总则",
    ],
)
def test_other_lines_hold_no_authority(line):
    assert issuers.authorities(line) == ()


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("科技部等六部门关于做好试点的通知", ("科技部",)),
        ("国务院办公厅转发教育部意见的通知", ("国务院办公厅",)),
        ("国务院、中央军委关于同意的批复", ("国务院", "中央军委")),
        ("云州市经济和信息化局印发《意见》的通知", ("云州市经济和信息化局",)),
        ("关于印发《办法》的通知", ()),
        ("临江省高新区管理办法", ()),
    ],
)
def test_a_title_names_its_issuers(title, names):
    assert issuers.of_title(title) == names


@pytest.mark.parametrize(
    ("name", "level", "region"),
    [
        ("国务院办公厅", "central", ""),
        ("科技部", "central", ""),
        ("工业和信息化部办公厅", "central", ""),
        ("广东省科学技术厅", "provincial", "广东省"),
        ("广东", "provincial", "广东省"),
        ("上海市经信委", "provincial", "上海市"),
        ("上海市技术市场条例", "provincial", "上海市"),
        ("内蒙古自治区人民政府", "provincial", "内蒙古自治区"),
        ("新疆生产建设兵团科技局", "provincial", "新疆生产建设兵团"),
        ("中共临江省委", "provincial", "临江省"),
        ("临江省财政厅", "provincial", "临江省"),
        ("苏州工业园区管委会", "municipal", "苏州市"),
        ("延边朝鲜族自治州人民政府", "municipal", "延边朝鲜族自治州"),
        ("云州市人民政府", "municipal", "云州市"),
        ("北京市海淀区人民政府", "county", "北京市海淀区"),
        ("昆山市人民政府", "county", "昆山市"),
        ("柳渡县人民政府办公室", "county", "柳渡县"),
        ("中国（浙江）自由贸易试验区条例", "provincial", "浙江省"),
        ("市人民政府", "", ""),
        ("自治区人民政府", "", ""),
    ],
)
def test_level_and_region_follow_from_the_name(name, level, region):
    assert issuers.jurisdiction(name) == (level, region)


def test_short_names_of_central_authorities_have_one_full_name():
    assert issuers.full_name("科技部") == issuers.full_name("科 学 技 术 部") == "科学技术部"
    assert issuers.full_name("云州市科技局") == "云州市科技局"


@given(st.text(alphabet="国务院省市县区部厅局 　、自治州人民政府办公", max_size=60))
def test_any_line_is_taken(line):
    names = issuers.authorities(line)
    assert (
        "".join("".join(names).split()) in "".join(line.replace("、", "").split()) or len(names) > 1
    )
    issuers.jurisdiction(line)
    issuers.of_title(line)
