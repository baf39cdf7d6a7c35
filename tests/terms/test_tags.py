import pytest

from textmine.segment import Lexicon, Segmenter
from textmine.terms import naming
from textmine.terms.tags import tagged_as

LEXICON = Lexicon.parse("专精特新\n稳岗 9 v\n产业集群")


@pytest.mark.parametrize("engine", ["compiled", "jieba"])
def test_nouns_and_terms_name_something_and_what_is_glued_together_does_not(engine: str) -> None:
    segmenter = Segmenter(LEXICON, engine=engine)  # type: ignore[arg-type]
    words = [
        "企业",
        "发展",
        "专精特新",
        "Ａ股",
        "抗疫",
        "加快",
        "积极",
        "因此",
        "这是",
        "二要",
        "稳岗",
    ]
    assert naming(words, segmenter) == 5 * [True] + 6 * [False]


def test_a_part_of_speech_stands_for_those_that_begin_with_it() -> None:
    words = ["北京", "企业", "上海市", "加快"]
    assert tagged_as(words, Segmenter(), ("ns",)) == [True, False, True, False]
    assert tagged_as(words, Segmenter(), ("n",)) == [True, True, True, False]
    assert tagged_as([], Segmenter(), ("n",)) == []
