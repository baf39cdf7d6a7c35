"""Options that every command shares."""

from pathlib import Path
from typing import Annotated

import typer

from textmine.cli.show import Lang
from textmine.store import Workspace

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        help="工作区文件夹，默认取最近的 textmine.toml 所在处 / the workspace's folder; default: "
        "the nearest textmine.toml upward",
        show_default=False,
    ),
]
JsonOption = Annotated[
    bool,
    typer.Option("--json", help="只输出一个 JSON 文档 / print one JSON document, nothing else"),
]
LangOption = Annotated[
    Lang | None,
    typer.Option("--lang", help="界面语言 / language: zh, en", show_default=False),
]
QueryOption = Annotated[
    str,
    typer.Option(
        "--query",
        "-q",
        help="只分析此检索式所得文献，结果存入单独的文件夹 / only the documents that this query finds;"
        " results go to a folder of their own",
        show_default=False,
    ),
]


def open_workspace(folder: Path | None) -> Workspace:
    """The workspace named by --workspace, or the nearest one."""
    return Workspace.find(folder or Path.cwd())


def language(workspace: Workspace, lang: Lang | None) -> Lang:
    """The language asked for, or the workspace's."""
    return lang or workspace.settings.workspace.language
