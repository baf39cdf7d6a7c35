"""Why each step of the next update will run: files, index, cached results, tables and report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from textmine.errors import StoreError
from textmine.messages import said
from textmine.store import Catalogue, Workspace
from textmine.store.backup import DERIVED
from textmine.store.indexing import reasons_to_rebuild
from textmine.store.mentions import made_from
from textmine.update.run import Agenda, look
from textmine.update.sources import due

STEPS_ZH = {
    "new file": "新文件",
    "no longer there": "文件已不在",
    "modified since the last update": "上次更新后修改过",
    "could not be opened last time": "上次无法打开",
    "the limits have changed": "读取限制已改",
    "the readers or parsers have changed": "读取或解析程序已改",
    "written too shortly before the last update to be sure": "紧挨上次更新写入，需核对",
}
INDEX_ZH = {
    "no index yet": "还没有索引",
    "catalogue": "目录库已换成另一个",
    "schema": "索引结构已改",
    "tantivy": "索引引擎版本已改",
    "segmenter": "词典或分词设置已改",
    "concepts": "概念体系或匹配规则已改",
}
INDEX_EN = {
    "no index yet": "there is no index yet",
    "catalogue": "it was built from another catalogue",
    "schema": "its fields have changed",
    "tantivy": "the version of tantivy has changed",
    "segmenter": "the lexicon or the segmenter has changed",
    "concepts": "the concept scheme or its matcher has changed",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the next run, what it is about, and why it will run, in both languages."""

    step: str
    subject: str
    why: str
    why_zh: str


def explain(workspace: Workspace) -> list[Reason]:
    """What the next update, and the analyses after it, would do; changes nothing.

    Raises
    ------
    UsageError
        When there is no documents folder.
    """
    try:
        with workspace.catalogue() as catalogue:
            agenda = look(workspace, catalogue)
            return [
                *_sources(workspace),
                *_files(agenda),
                *_index(workspace, catalogue, agenda),
                *_cached(workspace, catalogue, agenda),
                *_outputs(workspace, catalogue, agenda),
            ]
    except StoreError as error:
        agenda = look(workspace, None)
        why = error.message
        missing = Reason("catalogue", "catalogue.sqlite", why, said(why, "zh"))
        return [*_sources(workspace), missing, *_files(agenda)]


def _sources(workspace: Workspace) -> Iterator[Reason]:
    for source in due(workspace):
        why = f"it is due: every {source.every}"
        yield Reason("fetch", source.name, why, f"已到期：每 {source.every}")


def _files(agenda: Agenda) -> Iterator[Reason]:
    for step in agenda.steps:
        zh = STEPS_ZH.get(step.reason, step.reason.replace("size", "大小"))
        yield Reason(step.verb, step.path, step.reason, zh)


def _index(workspace: Workspace, catalogue: Catalogue, agenda: Agenda) -> Iterator[Reason]:
    changed = reasons_to_rebuild(workspace, catalogue)
    for name in changed:
        yield Reason("rebuild", "index", INDEX_EN[name], INDEX_ZH[name])
    if agenda.steps and not changed:
        yield Reason("carry on", "index", "files have changed", "文件有变动")


def _cached(workspace: Workspace, catalogue: Catalogue, agenda: Agenda) -> Iterator[Reason]:
    """Whether remembered mentions no longer hold, as one document that stays as it is shows."""
    if not (workspace.state / DERIVED).is_file():
        return
    touched = {step.path for step in agenda.steps}
    table = catalogue.table()
    still = table.loc[~table["path"].isin(touched), "doc_id"].iloc[:1]
    with workspace.derived() as derived:
        for doc_id, document in catalogue.documents(still):
            if derived.is_stale("mentions", made_from(workspace), doc_id, document):
                why = "the concept scheme or its matcher has changed"
                yield Reason("redo", "mentions", why, "概念体系或匹配规则已改")


def _outputs(workspace: Workspace, catalogue: Catalogue, agenda: Agenda) -> Iterator[Reason]:
    """Results whose manifest names another generation, settings, lexicon or scheme."""
    scheme = workspace.scheme.fingerprint
    for path in sorted(workspace.output.glob("*.manifest.json")):
        try:
            made = json.loads(path.read_text(encoding="utf-8"))
            inputs, stage = made["inputs"], str(made["stage"])
            part = getattr(workspace.settings, stage, None)
            differs = [
                (
                    "documents",
                    "文献",
                    bool(agenda.steps) or made["generation"] != catalogue.generation,
                ),
                (
                    "lexicon",
                    "词典",
                    inputs["segmenter"] != workspace.segmenter.fingerprint
                    or inputs.get("vocabulary") != workspace.lexicon.vocabulary,
                ),
                ("concepts", "概念体系", inputs["concepts"] != scheme),
                (
                    "terms",
                    "[terms] 设置",
                    inputs["terms"] != workspace.settings.terms.fingerprint(),
                ),
                (
                    "versions",
                    "程序版本",
                    any(made["versions"][name] != version(name) for name in made["versions"]),
                ),
                ("settings", "设置", part is not None and made["settings"] != part.fingerprint()),
            ]
        except (OSError, ValueError, KeyError, TypeError, PackageNotFoundError):
            yield Reason("analyse", path.name, "its manifest cannot be read", "清单无法读取")
            continue
        stale = [(en, zh) for en, zh, changed in differs if changed]
        if stale:
            why = "changed since: " + ", ".join(en for en, _ in stale)
            why_zh = "已变：" + "、".join(zh for _, zh in stale)
            yield Reason("analyse", stage, why, why_zh)
