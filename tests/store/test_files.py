from pathlib import Path

import pandas as pd
import pytest

from textmine.store.files import neutral, write_csv, write_whole


@pytest.mark.parametrize("cell", ['=HYPERLINK("x")', "+1", "-1", "@A1", "\tx", "\rx"])
def test_cells_that_spreadsheets_would_run_become_text(cell: str) -> None:
    assert neutral(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["集群", "", "a=b", -1.5, None, 3])
def test_other_cells_stay_as_they_are(cell: object) -> None:
    assert neutral(cell) is cell


def test_a_table_opens_in_excel_and_reads_back(tmp_path: Path) -> None:
    table = pd.DataFrame({"词": ["集群", "联,盟"], "share": [0.123456789, 2.0]})
    path = write_csv(tmp_path / "sub" / "t.csv", table)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert pd.read_csv(path).to_dict("list") == {"词": ["集群", "联,盟"], "share": [0.123457, 2.0]}


def test_a_file_is_replaced_whole_and_nothing_is_left_over(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "old")
    write_whole(tmp_path / "a", b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "new"
