"""Commands that show words in their context: kwic and collocates."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from textmine.cli.options import (
    JsonOption,
    LangOption,
    WorkspaceOption,
    language,
    open_workspace,
)
from textmine.cli.searching import QueryArgument, pointed_errors
from textmine.cli.show import note, out, print_json, print_table, say
from textmine.search.collocates import Collocate
from textmine.search.columns import left_aligned, right_aligned
from textmine.search.concordance import Line, LineOrder
from textmine.store.concordance import concordance, query_collocates
from textmine.store.files import write_csv

CsvOption = Annotated[
    Path | None, typer.Option("--csv", help="写入 CSV 文件 / write all of it to a CSV file")
]


def kwic(
    query: QueryArgument,
    workspace: WorkspaceOption = None,
    sort: Annotated[
        LineOrder, typer.Option(help="排序：按左文、右文、章节、类型、年份 / order of the lines")
    ] = "document",
    columns: Annotated[
        int, typer.Option(min=10, max=200, help="每侧宽度，汉字占两列 / columns on each side")
    ] = 36,
    limit: Annotated[int, typer.Option(min=1, help="行数 / how many lines are shown")] = 50,
    csv: CsvOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """语境索引 / concordance: every place of the words with its left and right context.

    Examples / 例: textmine kwic 产业集群 --sort right; textmine kwic '联盟 kind:policy' --csv 联盟.csv
    """
    with pointed_errors(query):
        space = open_workspace(workspace)
        with space.catalogue() as catalogue:
            found = concordance(space, catalogue, query, order=sort, columns=columns)
        if csv is not None:
            _write(csv, [asdict(line) for line in found.lines], Line)
            note(f"→ {csv}")
        if as_json:
            plain = [asdict(line) for line in found.lines]
            print_json({"documents": found.documents, "cut": found.cut, "lines": plain})
            return
        spoken = language(space, lang)
        if csv is None:
            _print_lines(found.lines[:limit], columns)
        shown = min(limit, len(found.lines))
        zh = f"{found.documents} 篇，{len(found.lines)} 处，显示 {shown} 处"
        en = f"{len(found.lines)} places in {found.documents} documents, {shown} shown"
        note(say(spoken, zh, en) + (say(spoken, "（已截断）", " (cut off)") if found.cut else ""))


def _print_lines(lines: tuple[Line, ...], columns: int) -> None:
    before, after = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("【", "】")
    for line in lines:
        left, right = right_aligned(line.left, columns), left_aligned(line.right, columns)
        where = f"{line.year or '    '} {line.kind:6} {line.doc_id}"
        out(f"{left}{before}{line.node}{after}{right} {where}")


def collocates(
    query: QueryArgument,
    workspace: WorkspaceOption = None,
    window: Annotated[
        int, typer.Option(min=1, max=20, help="窗口：每侧词数 / words on each side")
    ] = 5,
    least: Annotated[int, typer.Option(min=1, help="最少次数 / least times near")] = 3,
    limit: Annotated[int, typer.Option(min=1, help="行数 / how many are shown")] = 40,
    csv: CsvOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """搭配词 / the words near a query's words, by log-likelihood and logDice.

    Example / 例: textmine collocates 产业集群 --window 5
    """
    with pointed_errors(query):
        space = open_workspace(workspace)
        with space.catalogue() as catalogue:
            found = query_collocates(space, catalogue, query, window=window, least=least)
        rows = [asdict(one) for one in found]
        if csv is not None:
            _write(csv, rows, Collocate)
            note(f"→ {csv}")
        if as_json:
            print_json(rows)
        elif csv is None:
            zh = ("词", "邻近", "左", "右", "总计", "篇数", "对数似然", "logDice")
            en = ("word", "near", "left", "right", "all", "documents", "log-likelihood", "logDice")
            shown = [
                (*list(row.values())[:6], f"{one.log_likelihood:.1f}", f"{one.log_dice:.2f}")
                for row, one in zip(rows[:limit], found, strict=False)
            ]
            print_table(zh if language(space, lang) == "zh" else en, shown)


def _write(path: Path, rows: list[dict[str, object]], kind: type[Line | Collocate]) -> None:
    write_csv(path, pd.DataFrame(rows, columns=list(kind.__dataclass_fields__)))
