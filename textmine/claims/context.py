"""How a statement is meant: denied, possible, demanded, asked, supposed, or someone else's.

Works on the words around a match of a rule; the lists say what is looked for. Stops short of
irony, of concession and of negation in another clause.
"""

from __future__ import annotations

import re

from textmine.records import Modality, Polarity

# 不断, 不仅 and the like hold 不 and deny nothing.
_NO_DENIAL = re.compile(
    "不断|不仅|不但|不只|不光|不同|不少|不久|不论|不管|不竭|未来|没有不|不得不|不可或缺|不可缺少"
)
_DENIAL = re.compile("不可能|不能|不会|不|未必|未|没有|没|无法|无助|难以|很难|并非")

# 要 is a demand unless it is part of 主要, 重要, 要素 …; 应 unless of 供应, 效应, 应用 …
_DUTY = re.compile(
    r"""
      (?<![主重首必紧需只还概摘纲])要(?![求素点领件义闻么是])
    | (?<![供效相适响反对感照顺])应(?:当|该)?(?![用对急变答邀])
    | 必须 | 务必 | 有必要 | (?<![无])须 | 需要(?!的) | (?<![必急供所])需(?![求要]) | 有责任
    | 只有[^。]{1,60}才能
    # Someone is to be led to do it: 引导企业…; at the head of a clause also 支持企业…
    | (?:引导|鼓励|要求|促使|督促|动员|号召)[^，。；：\ue000]{0,12}\ue000?[^\ue000]{0,12}$
    | (?:^|[，；：])[^，。；：\ue000]{0,6}(?:鼓励|引导|支持|推动|推进|指导|要求)
      [^，。；：\ue000]{0,12}\ue000(?![，。；：])
    """,
    re.VERBOSE,
)
_POSSIBLE = re.compile(
    "可能(?!性)|或许|也许|有望|或将|未必|不一定|似乎|大概|如果|倘若|假如|一旦|若(?![干是])"
)
_QUESTION = re.compile("是否|能否|如何|怎样|何以|为什么|为何|哪些|什么|会不会|能不能|吗[？，]|？$")
_HYPOTHESIS = re.compile(
    r"^[（(\s]*(?:研究)?(?:假设|假说|命题)|^H\d|提出[^，。]{0,8}假设|假设[A-Z]?\d|^假定"
)
# Someone says it: a subject stands before the verb of saying, and it is not the author.
_REPORTED = re.compile(
    r"(?P<who>[^，。；：]{2,40}?)(?:认为|指出|提出|主张|强调|发现|表明|证明|证实|显示|揭示)(?!了?问题)"
)
_AUTHOR = re.compile("本文|本研究|笔者|我们|文章|作者在|本书|^并|^还|^也|可以看|不难|由此")


def polarity(between: str) -> Polarity:
    """Denied or not, from the words between subject and predicate; two denials make none."""
    denials = _DENIAL.findall(_NO_DENIAL.sub("", between))
    return "negative" if len(denials) % 2 else "positive"


def modality(before: str, scope: str, sentence: str) -> Modality:
    """How a statement is meant.

    Parameters
    ----------
    before
        The sentence up to the statement.
    scope
        From the beginning of the statement's first clause to its object.
    sentence
        The whole sentence.
    """
    said = _REPORTED.search(before + scope)
    if sentence.endswith("？") or _QUESTION.search(scope):
        return "question"
    if _HYPOTHESIS.search(sentence):
        return "hypothesis"
    if said and not _AUTHOR.search(said["who"]):
        return "reported"
    if _DUTY.search(scope):
        return "required"
    if _POSSIBLE.search(scope):
        return "possible"
    return "asserted"
