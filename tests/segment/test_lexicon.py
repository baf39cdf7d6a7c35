from pathlib import Path

import pytest

from textmine.errors import SettingsError
from textmine.segment import Entry, Lexicon

FOLDER = Path(__file__).parents[2] / "corpus" / "lexicon"


def test_lines_become_entries_with_optional_frequency_and_tag() -> None:
    text = "\ufeff# 注释\r\n产业集群\r\n联盟 100\r\n创新 50 vn # 说明\r\nmachine learning 3 n\n\n"
    assert Lexicon.parse(text).entries == (
        Entry("产业集群"),
        Entry("联盟", 100),
        Entry("创新", 50, "vn"),
        Entry("machine learning", 3, "n"),
    )


def test_a_line_that_is_no_entry_is_named() -> None:
    with pytest.raises(SettingsError, match=r"my/terms\.txt, line 2"):
        Lexicon.parse("集群\n——\n", source="my/terms.txt")


def test_the_lexicon_of_the_project_has_no_entry_twice() -> None:
    texts = [(FOLDER / name).read_text(encoding="utf-8") for name in ("terms.txt", "stopwords.txt")]
    lexicon = Lexicon.parse(texts[0], stop_words=texts[1])
    words = [entry.word for entry in lexicon.entries]
    assert len(words) == len(set(words)) > 150
    assert not lexicon.stop_words & set(words)
