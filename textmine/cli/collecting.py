"""Commands of a review: save, saved, collect, decide, collection, similar."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from textmine.cli.options import (
    JsonOption,
    LangOption,
    WorkspaceOption,
    language,
    open_workspace,
)
from textmine.cli.searching import QueryArgument, pointed_errors
from textmine.cli.show import Lang, explained_errors, note, out, print_json, print_table, say
from textmine.search import parse
from textmine.store.collections import Collections, Decision, Prisma, Stage
from textmine.store.index import SearchIndex
from textmine.store.similar import similar as similar_documents

NameArgument = Annotated[str, typer.Argument(help="名称 / the name", metavar="NAME")]
IdArgument = Annotated[str, typer.Argument(help="文献编号 / the document's id", metavar="ID")]
ReasonOption = Annotated[str, typer.Option(help="排除理由 / why it is excluded")]
NoteOption = Annotated[str, typer.Option("--note", help="备注 / a note")]
MOST_CONCEPTS = 8  # on the line of a hit; --json has all


def save(
    name: NameArgument,
    query: QueryArgument,
    workspace: WorkspaceOption = None,
    remark: NoteOption = "",
) -> None:
    """保存检索式 / keep a query under a name, to see what is new after updates.

    Example / 例: textmine save 联盟政策 '联盟 kind:policy'
    """
    with pointed_errors(query):
        parse(query)
        with Collections(open_workspace(workspace).state) as kept:
            kept.save_query(name, query, note=remark)


def saved(
    name: Annotated[str | None, typer.Argument(help="名称 / the name")] = None,
    workspace: WorkspaceOption = None,
    seen: Annotated[
        bool, typer.Option("--seen", help="记为已看 / note that all of it was looked at")
    ] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """已存检索式 / list saved queries, with what is new since somebody last looked.

    Examples / 例: textmine saved; textmine saved 联盟政策 --seen
    """
    with explained_errors():
        space = open_workspace(workspace)
        with space.catalogue() as catalogue, Collections(space.state) as kept:
            index = SearchIndex(space, catalogue)
            rows = []
            for one in [kept.query(name)] if name else kept.queries():
                ids = index.ids(one.query)
                fresh = kept.unseen(one.name, ids)
                rows.append({**asdict(one), "total": len(ids), "new": fresh})
                if seen:
                    kept.mark_seen(one.name, ids)
        if as_json:
            print_json(rows)
            return
        spoken = language(space, lang)
        header = say(spoken, "名称,检索式,篇数,新增", "name,query,documents,new").split(",")
        print_table(header, [(r["name"], r["query"], r["total"], len(r["new"])) for r in rows])
        if name:
            for doc_id in rows[0]["new"]:
                out(doc_id)


def collect(
    name: NameArgument,
    query: QueryArgument,
    workspace: WorkspaceOption = None,
    lang: LangOption = None,
) -> None:
    """收入文献集 / put what a query finds into a collection, for screening.

    Example / 例: textmine collect 综述 '联盟 集群 kind:paper'
    """
    with pointed_errors(query):
        space = open_workspace(workspace)
        with space.catalogue() as catalogue, Collections(space.state) as kept:
            ids = SearchIndex(space, catalogue).ids(query)
            added = kept.add(name, ids, source=query)
        spoken = language(space, lang)
        out(say(spoken, f"{len(ids)} 篇，新收 {added} 篇", f"{len(ids)} documents, {added} new"))


def decide(
    name: NameArgument,
    doc_id: IdArgument,
    decision: Annotated[
        Decision, typer.Argument(help="include 纳入, exclude 排除, '' 撤回 / take it back")
    ],
    workspace: WorkspaceOption = None,
    stage: Annotated[
        Stage,
        typer.Option(help="screened 据题名摘要 / by abstract; assessed 据全文 / by full text"),
    ] = "screened",
    reason: ReasonOption = "",
    remark: NoteOption = "",
) -> None:
    """取舍 / include or exclude a document of a collection.

    Example / 例: textmine decide 综述 1a2b3c4d5e6f7a8b exclude --reason 非实证
    """
    with explained_errors(), Collections(open_workspace(workspace).state) as kept:
        kept.decide(name, doc_id, decision, stage=stage, reason=reason)
        if remark:
            kept.annotate(name, doc_id, remark)


def collection(
    name: Annotated[str | None, typer.Argument(help="名称 / the name")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """文献集 / list collections, or one with its decisions and PRISMA counts.

    Examples / 例: textmine collection; textmine collection 综述 --json
    """
    with explained_errors():
        space = open_workspace(workspace)
        spoken = language(space, lang)
        with space.catalogue() as catalogue, Collections(space.state) as kept:
            if name is None:
                rows = [asdict(one) for one in kept.collections()]
                if as_json:
                    print_json(rows)
                else:
                    header = say(spoken, "名称,备注,篇数", "name,note,documents").split(",")
                    print_table(header, [tuple(row.values()) for row in rows])
                return
            held, counts = kept.documents(name), kept.prisma(name)
            known = dict(catalogue.documents(d.doc_id for d in held))
        titles = {i: d.title for i, d in known.items()}
        if as_json:
            documents = [{**asdict(d), "title": titles.get(d.doc_id, "")} for d in held]
            print_json({"prisma": asdict(counts), "documents": documents})
            return
        header = say(spoken, "编号,题名,初筛,全文,理由", "id,title,screened,assessed,reason").split(
            ","
        )
        rows_shown = [
            (d.doc_id, titles.get(d.doc_id, "–"), d.screened, d.assessed, d.reason) for d in held
        ]
        print_table(header, rows_shown)
        print_table((), _flow(counts, spoken), "PRISMA")


def _flow(counts: Prisma, lang: Lang) -> list[tuple[str, int]]:
    return [
        *((say(lang, f"检出：{s}", f"identified: {s}"), n) for s, n in counts.identified),
        (say(lang, "去重", "duplicates"), counts.duplicates),
        (say(lang, "待初筛", "to screen"), counts.to_screen),
        (say(lang, "已初筛", "screened"), counts.screened),
        (say(lang, "初筛排除", "excluded in screening"), counts.excluded_in_screening),
        (say(lang, "待评全文", "full texts to assess"), counts.to_assess),
        (say(lang, "已评全文", "full texts assessed"), counts.assessed),
        *(
            (say(lang, f"全文排除：{r}", f"full text excluded: {r}"), n)
            for r, n in counts.excluded_in_assessment
        ),
        (say(lang, "纳入", "included"), counts.included),
    ]


def similar(
    doc_id: IdArgument,
    workspace: WorkspaceOption = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="条数 / how many")] = 10,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """相似文献 / documents like one, with the words, concepts and works that they share.

    Example / 例: textmine similar 1a2b3c4d5e6f7a8b
    """
    with explained_errors():
        space = open_workspace(workspace)
        with space.catalogue() as catalogue:
            found = similar_documents(space, catalogue, doc_id, limit=limit)
        if as_json:
            print_json([asdict(one) for one in found])
            return
        spoken = language(space, lang)
        for n, one in enumerate(found, 1):
            version = say(spoken, " 【同文版本】", " [version]") if one.version else ""
            out(f"{n}. {one.title or one.id} ({one.year or '–'}, {one.kind}) [{one.id}]{version}")
            out(f"   {say(spoken, '共有词', 'words')}: {'、'.join(one.words)}")
            concepts = [space.scheme[c].name(spoken) for c in one.concepts[:MOST_CONCEPTS]]
            shared = (*one.keywords, *concepts, *one.references)
            if shared:
                out(f"   {say(spoken, '共有关键词、概念、文献', 'shared')}: {'、'.join(shared)}")
        if not found:
            note(say(spoken, "没有相似文献。", "No document is like it."))
