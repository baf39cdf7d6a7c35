"""Commands that guard a workspace: backup, restore, verify."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
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
    DONE,
    FAILED,
    explained_errors,
    note,
    out,
    print_json,
    print_table,
    progress_bars,
    say,
)
from textmine.errors import UsageError
from textmine.store import backup as keeping
from textmine.store.verify import verify as find_problems
from textmine.update.repair import repair as mend


def backup(
    target: Annotated[
        Path | None,
        typer.Argument(help="备份文件，默认在 backups 文件夹 / the file; default: in backups/"),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    keep: Annotated[
        int | None,
        typer.Option(min=1, help="backups 中只留最新的几个 / keep only so many in backups/"),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="列出备份 / list the backups")] = False,
) -> None:
    """备份目录库与设置 / back up the catalogue, settings, lexicon and concepts as one ZIP.

    Can run at any time, also during an update. Example / 例: textmine backup --keep 30
    """
    with explained_errors():
        space = open_workspace(workspace)
        chosen = language(space, lang)
        if not listed:
            now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            made = [keeping.backup(space, target, at=now)]
            if keep is not None:
                for path in keeping.prune(space, keep):
                    note(f"- {path}")
        else:
            made = keeping.backups(space)
        if as_json:
            print_json([asdict(one) for one in made])
            return
        print_table(
            say(chosen, "文件 版次 篇数 时间", "file generation documents made").split(),
            [(one.path, one.generation, one.documents, one.made_at) for one in made],
        )


def restore(
    source: Annotated[
        Path | None, typer.Argument(help="备份文件 / the backup", exists=True)
    ] = None,
    workspace: WorkspaceOption = None,
    lang: LangOption = None,
    generation: Annotated[
        int | None,
        typer.Option(
            min=1, help="改为 backups 中此版次最新的备份 / the newest of this generation instead"
        ),
    ] = None,
    files: Annotated[
        bool,
        typer.Option(
            "--files",
            help="连同设置、词典、概念、时期 / also settings, lexicon, concepts, periods, recipes",
        ),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="不备份现状 / do not back up the present state first")
    ] = False,
) -> None:
    """恢复备份 / put the catalogue of a backup in the place of the present one.

    The present state is backed up first. Then run `textmine update`: it builds the index again and
    reads what has changed since. Example / 例: textmine restore backups/g000012-20260131T020000Z.zip
    """
    with explained_errors():
        space = open_workspace(workspace)
        if (source is None) == (generation is None):
            raise UsageError(
                "Which backup?", remedy="Name its file, or --generation; backup --list shows them."
            )
        if generation is not None:
            source = keeping.of_generation(space, generation).path
        assert source is not None
        if not yes and (space.state / keeping.CATALOGUE).is_file():
            now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            note(f"+ {keeping.backup(space, at=now).path}")
        done = keeping.restore(space, source, files=files)
        out(
            say(
                language(space, lang),
                f"已恢复第 {done.generation} 版，{done.documents} 篇；请运行 textmine update",
                f"restored generation {done.generation}, {done.documents} documents;"
                " now run textmine update",
            )
        )


def verify(
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    files: Annotated[
        bool,
        typer.Option(
            "--files", help="通读文献文件夹，核对每个文件 / also read every document file"
        ),
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="修复损坏的部分 / rebuild whatever is damaged")
    ] = False,
    source: Annotated[
        Path | None,
        typer.Option("--backup", help="改为核对一个备份 / check a backup instead", exists=True),
    ] = None,
) -> None:
    """核对完整性 / check that everything that is kept is whole, and mend it.

    Exit code 3 when something is damaged and was not mended. Example / 例: textmine verify --repair
    """
    with explained_errors():
        if repair and source:
            raise UsageError("A backup cannot be mended.", remedy="Take another one.")
        space = open_workspace(workspace)
        chosen = language(space, lang)
        if source:
            lines: list[tuple[str, str]] = [("backup", line) for line in keeping.check(source)]
            problems = []
        else:
            problems = find_problems(space, files=files)
            lines = [(problem.store, problem.what) for problem in problems]
        done: list[str] = []
        left = lines
        if repair and problems:
            with progress_bars(chosen) as bars:
                done, _ = mend(space, problems, progress=bars)
            left = [(problem.store, problem.what) for problem in find_problems(space, files=files)]
        if as_json:
            print_json({"problems": lines, "repaired": done, "left": left})
        elif lines:
            print_table(say(chosen, "部分 问题", "store problem").split(), lines)
        for line in done:
            note(line)
        if not as_json and not left:
            out(say(chosen, "完好", "everything is whole"))
        raise typer.Exit(FAILED if left else DONE)
