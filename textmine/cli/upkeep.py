"""Commands that keep a workspace: update, status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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
from textmine.cli.show import (
    SOME_REFUSED,
    Lang,
    explained_errors,
    list_failures,
    out,
    print_json,
    print_table,
    progress_bars,
    say,
)
from textmine.records import Failure
from textmine.store import Workspace
from textmine.update import bring_up_to_date, explain

WaitOption = Annotated[
    float,
    typer.Option(min=0, help="等待另一个更新结束的秒数 / seconds to wait for another update"),
]


def update(
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="读取进程数 / reading processes; default: one a core")
    ] = None,
    wait: WaitOption = 0,
    allow_empty: Annotated[
        bool,
        typer.Option(
            "--allow-empty",
            help="文件夹已空时也照样移除全部文献 / let a folder without files empty the catalogue",
        ),
    ] = False,
    explained: Annotated[
        bool,
        typer.Option(
            "--explain", help="只说明将做什么、为什么 / only say what would be done, and why"
        ),
    ] = False,
) -> None:
    """更新工作区 / bring the catalogue and the index up to date with the documents folder.

    Reads only what is new or changed. Exit code 1 when some inputs were refused.
    Example / 例: textmine update --explain; textmine update --json
    """
    with explained_errors():
        space = open_workspace(workspace)
        chosen = language(space, lang)
        if explained:
            _explain(space, chosen, as_json)
            return
        counts = run_update(space, chosen, workers, wait=wait, allow_empty=allow_empty)
        with space.catalogue() as catalogue:
            failures = catalogue.failures()
        if as_json:
            print_json({**counts, "refusals": [asdict(f) for f in failures]})
        else:
            out(
                say(
                    chosen,
                    "新增 {added}，变更 {changed}，移除 {removed}，"
                    "拒收 {refused}；索引 {indexed} 篇",
                    "{added} added, {changed} changed, {removed} removed, {refused} refused;"
                    " {indexed} indexed",
                ).format(**counts)
            )
            list_failures(failures)
        raise typer.Exit(SOME_REFUSED if failures else 0)


def run_update(
    space: Workspace,
    lang: Lang,
    workers: int | None = None,
    *,
    wait: float = 0,
    allow_empty: bool = False,
) -> dict[str, int]:
    """Update catalogue and index with progress bars; returns what changed, in documents."""
    with progress_bars(lang) as bars:
        done = bring_up_to_date(
            space, workers=workers, wait=wait, allow_empty=allow_empty, progress=bars
        )
    return done.counts


def _explain(space: Workspace, lang: Lang, as_json: bool) -> None:
    reasons = explain(space)
    if as_json:
        print_json([asdict(reason) for reason in reasons])
        return
    if not reasons:
        out(say(lang, "一切都是最新的", "Everything is up to date"))
        return
    print_table(
        say(lang, "步骤 对象 原因", "step what why").split(),
        [(r.step, r.subject, say(lang, r.why_zh, r.why)) for r in reasons],
    )
    counts = Counter(reason.step for reason in reasons)
    out(", ".join(f"{step} {n}" for step, n in sorted(counts.items())))


def status(
    workspace: WorkspaceOption = None, as_json: JsonOption = False, lang: LangOption = None
) -> None:
    """显示工作区状况 / show what is in the catalogue, and what was refused and why.

    Example / 例: textmine status
    """
    with explained_errors():
        space = open_workspace(workspace)
        with space.catalogue() as catalogue, catalogue.snapshot():
            table = catalogue.table()
            failures = catalogue.failures()
            same = catalogue.same_works()
            files = len(catalogue.files())
        counts = table.groupby(["kind", "level"]).size()
        kinds = [(kind, level or "–", int(n)) for (kind, level), n in counts.items()]
        if as_json:
            print_json(
                {
                    "files": files,
                    "documents": len(table),
                    "kinds": [list(row) for row in kinds],
                    "without_year": sorted(table.loc[table["year"].isna(), "path"]),
                    "refused": [asdict(f) for f in failures],
                    "same_works": same,
                }
            )
            return
        _print_status(language(space, lang), files, kinds, len(table), failures, same)
        undated = int(table["year"].isna().sum())
        if undated:
            out(
                say(
                    language(space, lang),
                    f"{undated} 篇没有年份，不计入演化分析",
                    f"{undated} documents have no year and are left out of evolution",
                )
            )


def _print_status(
    lang: Lang,
    files: int,
    kinds: Sequence[tuple[str, str, int]],
    documents: int,
    failures: Sequence[Failure],
    same: Sequence[tuple[str, tuple[str, ...]]],
) -> None:
    header = say(lang, "类型 层级 篇数", "kind level documents").split()
    title = say(
        lang, f"{files} 个文件，{documents} 篇文献", f"{files} files, {documents} documents"
    )
    print_table(header, kinds, title)
    if same:
        print_table(
            say(lang, "采用 同一文献的其他文件", "shown other_files_of_the_same_work").split(),
            [(paths[0], "\n".join(paths[1:])) for _, paths in same],
        )
    list_failures(failures)
