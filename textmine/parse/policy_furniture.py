"""What web pages and databases put around a policy: buttons, crumbs, codes, links, bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FURNITURE = re.compile(
    r"""
    (?: 下载 | 打印(?:本[页文])? | 全屏 | 收藏 | 分享(?:到?微信|到|至)?[：:]? | 关闭(?:窗口|本页)? | 返回(?:顶部|首页)?
      | 首页 | 加大 | 还原 | 减小 | [大中小×x|>＞【】\]\[]{1,3} | 纠错 | 上一[篇页条].{0,60} | 下一[篇页条].{0,60}
      | 【?\s?字[号体][：:\s大中小\]】]{0,12} | 【?\s?打印(?:本页)?\s?】? | 【?\s?关闭(?:窗口)?\s?】?
      | 相关(?:报道|文档|链接|阅读|解读|附件|新闻)[：:]?.{0,60} | 扫一扫.{0,20} | -->|<!-- | 》》.{0,30}
      | (?:您的|当前|您所在的)?位置[：:].{0,80} | 您现在的位置.{0,80} | 阅读(?:量|次数)?[：:]?\s?\d{0,8}
      | 浏览(?:量|次数)[：:]?.{0,10} | 点击(?:数|量|次数)[：:]?.{0,10}
      | (?:文章|信息)?(?:来源|发布机构|稿源)[：:].{0,30} | （来源[：:].{0,30}）
      | (?:发[布表]|更新)?时间[：:]\s?[\d\-/:年月日时分秒 ]{0,24}
      | (?:责任)?编辑[：:].{1,12} | 责编[：:].{1,12} | 作者[：:].{1,20}
      | [12]\d{3}[-年/]\d{1,2}[-月/]\d{1,2}日?\s\d{1,2}[:时]\d{1,2}(?:分|:\d{2})?
      | 【法宝引证码】.{0,60} | 原文链接[：:].{0,300} | https?://\S{1,300}
      | (?:来源于?|下载自|本文来自).{0,20}(?:北大法宝|法律数据库|法宝).{0,60}
      | [\-—－·•]{1,4}\s?\d{1,4}\s?[\-—－·•]{1,4} | 第\s?\d{1,4}\s?页(?:\s?共\s?\d{1,4}\s?页)?
      | [（(](?:此件|本件)[^）)]{0,20}(?:公开|发布|登报|传达)[^）)]{0,20}[)）] | [（(]本文有删减[)）]
      | .{0,60}(?:摄|供图)$
      | (?:主办|承办|版权所有|技术支持|网站标识码|ICP备|京ICP).{0,80}
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKDOWN = re.compile(r"^(?:\#{1,6}[ \t]+|>[ \t]?)|\*\*|__(?=\S)")
_LONGEST = 320
"""Characters: longer lines are text whatever they start with."""


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page and not to the document."""
    bare = line.strip(" \t\u3000")
    return len(bare) <= _LONGEST and _FURNITURE.fullmatch(bare) is not None


def without(lines: Iterable[str]) -> list[str]:
    """The lines of a document, stripped, without furniture, Markdown marks and empty ones."""
    bare = (_MARKDOWN.sub("", line.strip(" \t\f\u3000")).strip(" \t\u3000") for line in lines)
    return [line for line in bare if line and not is_furniture(line)]
