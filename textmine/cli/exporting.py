"""The export command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from textmine.cli.options import LangOption, WorkspaceOption, language, open_workspace
from textmine.cli.searching import QueryArgument, pointed_errors
from textmine.cli.show import note, say
from textmine.errors import UsageError
from textmine.export import Format
from textmine.export import export as exported
from textmine.store.files import write_whole
from textmine.store.index import SearchIndex, Sort


def export(
    query: QueryArgument,
    workspace: WorkspaceOption = None,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="格式 / format of the file")
    ] = "gbt7714-2015",
    to: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="文件；缺省为屏幕 / the file; default: standard output"
        ),
    ] = None,
    sort: Annotated[Sort, typer.Option(help="排序 / order")] = "relevance",
    limit: Annotated[
        int | None, typer.Option(min=1, help="最多条数 / at most so many documents")
    ] = None,
    lang: LangOption = None,
) -> None:
    """导出 / export what a query finds: GB/T 7714-2015 or -2025, BibTeX, RIS, CSV, xlsx.

    Examples / 例: textmine export 'title:联盟' -f gbt7714-2025; textmine export 集群 -f xlsx -o 集群.xlsx
    """
    with pointed_errors(query):
        space = open_workspace(workspace)
        if to is None and format == "xlsx" and sys.stdout.isatty():
            raise UsageError("A workbook is no text.", remedy="Name a file: -o FILE.xlsx")
        with space.catalogue() as catalogue:
            ids = SearchIndex(space, catalogue).ids(query, sort=sort)[:limit]
            data = exported(list(catalogue.documents(ids)), format)
        if to is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
        else:
            write_whole(to, data)
            note(
                say(language(space, lang), f"{len(ids)} 篇 → {to}", f"{len(ids)} documents → {to}")
            )
