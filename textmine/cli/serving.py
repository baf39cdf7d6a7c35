"""The serve command."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from textmine.cli.options import LangOption, WorkspaceOption, language, open_workspace
from textmine.cli.show import explained_errors, note, say

TOKEN = "TEXTMINE_TOKEN"


def serve(
    workspace: WorkspaceOption = None,
    host: Annotated[
        str, typer.Option(help="监听地址 / address; others than this machine's need a token")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口 / port")] = 8765,
    name: Annotated[
        list[str] | None,
        typer.Option(help="反向代理的主机名 / a host name that a reverse proxy passes on"),
    ] = None,
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            help="可在网页上收文献、取舍、存检索式 / let readers collect, decide and save queries",
        ),
    ] = False,
    lang: LangOption = None,
) -> None:
    """网页检索与 JSON API / search, read and analyse in the browser; read-only unless asked.

    Listens on this machine only. For others set TEXTMINE_TOKEN to a secret of 16 characters or
    more, and name the address with --host.

    Examples / 例:

      textmine serve

      textmine serve --write

      TEXTMINE_TOKEN=$(openssl rand -hex 16) textmine serve --host 0.0.0.0
    """
    with explained_errors():
        import uvicorn

        from textmine.web import Door, create_app

        space = open_workspace(workspace)
        door = Door.for_address(
            host, token=os.environ.get(TOKEN, ""), names=tuple(name or ()), write=write
        )
        with space.catalogue():
            pass  # say at once when there is none yet
        app = create_app(space, door)
        shown = f"[{host}]" if ":" in host else host
        note(
            say(
                language(space, lang),
                f"打开 http://{shown}:{port}/ ；按 Ctrl+C 结束",
                f"Open http://{shown}:{port}/ ; Ctrl+C ends it",
            )
        )
        uvicorn.run(
            app, host=host, port=port, log_level="warning", access_log=False, server_header=False
        )
