"""The search command."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from textmine.cli.options import (
    JsonOption,
    LangOption,
    WorkspaceOption,
    language,
    open_workspace,
)
from textmine.cli.show import Lang, explained_errors, note, out, print_json, print_table, say
from textmine.errors import QueryError
from textmine.records import Hit
from textmine.search.columns import one_line, width
from textmine.store.index import Results, SearchIndex, Sort
from textmine.store.versions import grouped

POINTED = 30  # characters of the query shown on each side of an error

QueryArgument = Annotated[
    str, typer.Argument(help="查询式 / the query: 联盟 OR title:集群 year:2006..")
]


@contextmanager
def pointed_errors(query: str) -> Iterator[None]:
    """Explain errors, and show the place in the query that could not be understood."""
    with explained_errors():
        try:
            yield
        except QueryError as error:
            start = max(0, error.position - POINTED)
            shown = one_line(query[start : error.position + POINTED])
            before = one_line(query[start : error.position])
            note(f"  {shown}\n  {' ' * width(before)}^")
            raise


def search(
    query: QueryArgument,
    workspace: WorkspaceOption = None,
    limit: Annotated[int, typer.Option(min=0, max=1000, help="条数 / how many hits")] = 10,
    offset: Annotated[int, typer.Option(min=0, help="跳过条数 / how many to skip")] = 0,
    sort: Annotated[Sort, typer.Option(help="排序 / order")] = "relevance",
    facets: Annotated[bool, typer.Option("--facets", help="分面计数 / counts by facet")] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """检索 / find documents.

    Words are found as a scan would find them; fields, ranges, AND OR NOT and brackets narrow it.
    Examples / 例:

      textmine search '产业集群 创新'

      textmine search 'title:联盟 year:2006..2012 kind:policy' --facets

      textmine search '"regional innovation system" NOT 欧洲' --json

      textmine search 'kind:policy' --sort cited
    """
    with pointed_errors(query):
        space = open_workspace(workspace)
        with space.catalogue() as catalogue:
            results = SearchIndex(space, catalogue).search(
                query, limit=limit, offset=offset, sort=sort
            )
        if as_json:
            print_json(
                {
                    "total": results.total,
                    "relaxed": results.relaxed,
                    "hits": [_plain(hit) for hit in results.hits],
                    "facets": {name: dict(rows) for name, rows in results.facets.items()},
                }
            )
        else:
            _print_results(results, language(space, lang), facets, offset, cited=sort == "cited")


def _plain(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "title": hit.title,
        "year": hit.year,
        "kind": hit.kind,
        "score": hit.score,
        "snippet": hit.snippet,
        "highlights": [list(span) for span in hit.highlights],
        "versions": list(hit.versions),
    }


def _print_results(results: Results, lang: Lang, facets: bool, offset: int, *, cited: bool) -> None:
    if results.relaxed:
        note(
            say(
                lang,
                "没有文献含有所查字串；下列文献与它有共同的词。",
                "No document holds this string; these share words with it.",
            )
        )
    out(say(lang, f"共 {results.total} 篇", f"{results.total} documents"))
    for place, hit in grouped(results.hits):
        n = offset + place + 1
        times = say(lang, f"，被引 {hit.score:.0f}", f", cited {hit.score:.0f}") if cited else ""
        out(f"{n}. {hit.title or hit.id} ({hit.year or '–'}, {hit.kind}{times}) [{hit.id}]")
        out("   " + _marked(hit))
        if hit.versions:
            out(f"   {say(lang, '同文异本', 'versions')}: {' '.join(hit.versions)}")
    if facets:
        for name, rows in results.facets.items():
            if rows:
                print_table((name, say(lang, "篇数", "documents")), rows[:15])


def _marked(hit: Hit) -> str:
    """The snippet with its hits in bold, or in 【】 where the output is no terminal.

    Control characters of documents do not get through to the terminal.
    """
    before, after = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("【", "】")
    shown = "".join(c if c.isprintable() else " " for c in hit.snippet)
    parts, last = [], 0
    for start, end in hit.highlights:
        parts += [shown[last:start], before, shown[start:end], after]
        last = end
    return "".join((*parts, shown[last:]))
