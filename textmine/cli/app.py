"""The command line program."""

from __future__ import annotations

import sys

import typer

from textmine import __version__
from textmine.cli import analyses, documents, searching
from textmine.cli.show import out

app = typer.Typer(
    name="textmine",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="中文政策文献与学术论文的语料分析 / corpus analysis for Chinese policies and papers.\n\n"
    "Start / 开始: textmine init 我的课题; cd 我的课题; textmine run",
)
for module in (documents, searching, analyses):
    for command in module.COMMANDS:
        app.command()(command)


def _version(wanted: bool) -> None:
    if wanted:
        out(f"textmine {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="版本 / the version"
    ),
) -> None:
    del version


def main() -> None:
    """Run the program; text goes out as UTF-8 on every system."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    app()
