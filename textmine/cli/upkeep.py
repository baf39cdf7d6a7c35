"""Commands that keep a workspace: update, status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from textmine.cli.nightly import recorded
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
    one_line,
    out,
    print_json,
    print_table,
    progress_bars,
    say,
)
from textmine.errors import UsageError
from textmine.records import Failure
from textmine.store import Workspace
from textmine.update import bring_up_to_date, explain
from textmine.update.changes import reports
from textmine.update.health import read_health
from textmine.update.telling import sections

# Of each section of a change report `status --since` prints the first rows; the page has all.
SHOWN = 20
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
    offline: Annotated[
        bool,
        typer.Option("--offline", help="不向来源取新文件 / ask no source for new files"),
    ] = False,
    on_failure: Annotated[
        str,
        typer.Option(
            help="失败时执行的命令，标准输入为 JSON / a command to run on failure; it gets JSON on"
            " standard input",
        ),
    ] = "",
    explained: Annotated[
        bool,
        typer.Option(
            "--explain", help="只说明将做什么、为什么 / only say what would be done, and why"
        ),
    ] = False,
) -> None:
    """更新工作区 / bring the catalogue and the index up to date with the documents folder.

    Asks the sources that are due, then reads only what is new or changed. Exit code 1 when some
    inputs were refused.
    Example / 例: textmine update --explain; textmine update --json
    """
    with explained_errors():
        space = open_workspace(workspace)
        chosen = language(space, lang)
        if explained:
            _explain(space, chosen, as_json)
            return
        counts = run_update(
            space,
            chosen,
            workers,
            wait=wait,
            allow_empty=allow_empty,
            offline=offline,
            on_failure=on_failure,
        )
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
    offline: bool = False,
    on_failure: str = "",
) -> dict[str, int]:
    """Update with progress bars, log, health file and change report; returns the counts."""
    with progress_bars(lang) as bars, recorded(space, on_failure=on_failure) as record:
        done = bring_up_to_date(
            space,
            workers=workers,
            wait=wait,
            allow_empty=allow_empty,
            offline=offline,
            progress=bars,
        )
        record(done)
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
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    since: Annotated[
        str,
        typer.Option(
            metavar="DATE|7d",
            help="只列出此后的变化，如 2026-01-31 或 7d / the changes since a date or so many days",
        ),
    ] = "",
) -> None:
    """显示工作区状况 / show what is in the catalogue, and what was refused and why.

    With --since, what updates have changed. Example / 例: textmine status --since 7d
    """
    with explained_errors():
        space = open_workspace(workspace)
        if since:
            _print_since(space, language(space, lang), _moment(since), as_json)
            return
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


def _moment(since: str) -> str:
    """A date, or so many days before now, as the start of an ISO 8601 time in UTC."""
    if since.endswith("d") and since[:-1].isdigit():
        moment = datetime.now(UTC) - timedelta(days=min(int(since[:-1]), 100_000))
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        datetime.fromisoformat(since)
    except ValueError as error:
        raise UsageError(f"{since!r} is no date.", remedy="Write 2026-01-31, or 7d.") from error
    return since


def _print_since(space: Workspace, lang: Lang, moment: str, as_json: bool) -> None:
    found = reports(space, since=moment)
    if as_json:
        print_json({"health": read_health(space), "updates": [plain for _, plain in found]})
        return
    print_table(
        say(
            lang, "时间 新增 变更 移除 拒收 报告", "ended added changed removed refused report"
        ).split(),
        [
            (
                plain["at"],
                *(plain["counts"][name] for name in ("added", "changed", "removed", "refused")),
                path.with_suffix(".html"),
            )
            for path, plain in found
        ],
    )
    for _, plain in found:
        for section in sections(plain):
            out(say(lang, section.zh, section.en))
            for row in section.rows[:SHOWN]:
                out("  " + one_line(" | ".join(map(str, row))))
