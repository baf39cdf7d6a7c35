"""The command that asks sources for new files: fetch."""

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
from textmine.cli.show import (
    DONE,
    SOME_REFUSED,
    explained_errors,
    list_failures,
    out,
    print_json,
    print_table,
    say,
)
from textmine.cli.upkeep import WaitOption
from textmine.errors import UsageError
from textmine.store.faults import explained_faults
from textmine.update.sources import fetch as ask


def fetch(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="来源的名称，默认全部 / names of sources; default: all", metavar="NAME"
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    wait: WaitOption = 0,
) -> None:
    """取新文件 / ask the sources of textmine.toml for new files now, whatever their schedule.

    Then run `textmine update`, which otherwise asks those that are due by itself. Exit code 1 when
    something could not be had. Example / 例: textmine fetch; textmine fetch ministry --json
    """
    with explained_errors():
        space = open_workspace(workspace)
        if not space.documents.is_dir():
            raise UsageError(
                f"There is no documents folder {space.documents}.",
                remedy="Make it or mount it, or name another one in workspace.documents.",
            )
        wanted = names or [source.name for source in space.settings.source]
        with space.writing(wait=wait), explained_faults("Fetching"):
            done = ask(space, wanted)
        failures = [failure for one in done for failure in one.failures]
        if as_json:
            print_json([asdict(one) for one in done])
        else:
            spoken = language(space, lang)
            header = say(spoken, "来源 文件 失败", "source files failed").split()
            rows = [(one.source, len(one.paths), len(one.failures)) for one in done]
            print_table(header, rows)
            for path in (path for one in done for path in one.paths):
                out(f"+ {path}")
            list_failures(failures)
        raise typer.Exit(SOME_REFUSED if failures else DONE)
