"""What a change report tells, section by section: read by the page, the feed and `status --since`.

A report is the plain value that its JSON file holds; files of earlier versions, which lack
sections, are told as far as they go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Plain = Mapping[str, Any]

VERBS = (("added", "新增"), ("changed", "变更"), ("removed", "移除"))
NEVER = "–"
TOPIC_EVENTS = {
    "born": "新生",
    "died": "消失",
    "split": "分裂",
    "merged": "合并",
    "grew": "增长",
    "shrank": "收缩",
    "drifted": "漂移",
}
CLAIM_EVENTS = {
    "supported": "新获支持",
    "contradicted": "新遭反对",
    "no longer supported": "不再有支持",
}
STAGES = {
    "terms": "词语",
    "topics": "主题",
    "evolution": "演化",
    "claims": "论断",
}


class Section(NamedTuple):
    """A heading in both languages, names of the columns, and rows of plain cells."""

    zh: str
    en: str
    header: tuple[str, ...]
    rows: list[tuple[object, ...]]


def sections(report: Plain) -> list[Section]:
    """The sections of a report that have something to tell, what it means first."""
    findings = report.get("findings") or {}
    told = [
        *_queries(report.get("queries", [])),
        *_found(findings),
        *_documents(report["documents"]),
        _refusals("新拒收", "newly refused", report.get("refused", [])),
        _names("不再拒收", "no longer refused", report.get("no_longer_refused", [])),
        _not_compared(findings.get("not_compared", [])),
    ]
    return [section for section in told if section.rows]


def headline(counts: Mapping[str, int]) -> str:
    """What an update came to, in one line of both languages."""
    zh = "，".join(f"{name} {counts[verb]}" for verb, name in VERBS)
    en = ", ".join(f"{counts[verb]} {verb}" for verb, _ in VERBS)
    return f"{zh}，拒收 {counts['refused']} / {en}, {counts['refused']} refused"


def _documents(documents: Plain) -> Iterator[Section]:
    header = ("题名 / title", "年份 / year", "文件 / file")
    for verb, zh in VERBS:
        rows = [(d["title"] or NEVER, d["year"] or NEVER, d["path"]) for d in documents[verb]]
        yield Section(f"{zh}文献", f"documents {verb}", header, list(rows))


def _refusals(zh: str, en: str, failures: Sequence[Plain]) -> Section:
    rows = [(f["source"], f["reason"], f.get("remedy", "")) for f in failures]
    return Section(zh, en, ("输入 / input", "原因 / reason", "办法 / remedy"), list(rows))


def _names(zh: str, en: str, names: Sequence[str]) -> Section:
    return Section(zh, en, ("输入 / input",), [(name,) for name in names])


def _queries(found: Sequence[Plain]) -> Iterator[Section]:
    header = ("检索式 / query", "题名 / title", "年份 / year")
    rows = [
        (one["name"], document["title"] or NEVER, document["year"] or NEVER)
        for one in found
        for document in one["documents"]
    ]
    yield Section("已存检索式的新结果", "new hits of saved queries", header, list(rows))


def _found(findings: Plain) -> Iterator[Section]:
    terms = [(t["term"], t["documents"]) for t in findings.get("new_terms", [])]
    yield Section("新词", "new terms", ("词 / term", "篇数 / documents"), list(terms))
    bursts = [
        (b["name"], f"{b['first']}–{b['last']}", b["weight"]) for b in findings.get("bursts", [])
    ]
    columns = ("词或概念 / term or concept", "时段 / years", "强度 / weight")
    yield Section("新的突现", "bursts starting", columns, list(bursts))
    yield _topics(findings.get("topics", []))
    yield _claims(findings.get("claims", []))


def _topics(found: Sequence[Plain]) -> Section:
    rows = [
        (
            f"{TOPIC_EVENTS[t['event']]} / {t['event']}",
            t["label"],
            _share(t["prevalence_before"]),
            _share(t["prevalence_after"]),
            t["similarity"],
        )
        for t in found
    ]
    header = (
        *("变化 / event", "主题 / topic"),
        *("此前占比 / share before", "现在 / now", "相似 / cosine"),
    )
    return Section("主题的变化", "topics", header, list(rows))


def _claims(found: Sequence[Plain]) -> Section:
    rows = [
        (
            f"{CLAIM_EVENTS[c['event']]} / {c['event']}",
            f"{c['subject']} {c['relation']} {c['object']}",
            c["documents"],
            c["evidence"],
            c["title"],
        )
        for c in found
    ]
    header = (
        *("变化 / event", "论断 / claim", "篇数 / documents"),
        *("原文 / words", "文献 / document"),
    )
    return Section("论断的变化", "claims", header, list(rows))


def _not_compared(stages: Sequence[str]) -> Section:
    why = "设置、词典、概念或程序版本已改 / settings, lexicon, concepts or versions have changed"
    rows: list[tuple[object, ...]] = [
        (f"{STAGES.get(stage, stage)} / {stage}", why) for stage in stages
    ]
    return Section("未作比较", "not compared", ("部分 / part", "原因 / reason"), rows)


def _share(share: float | None) -> str:
    return NEVER if share is None else f"{share:.1%}"
