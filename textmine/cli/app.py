"""The command line program: which command lives where, loaded when it is called.

The analyses import large libraries. A command loads only the module that it stands in, so that
`textmine search` answers before scikit-learn would have been read.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from textmine import __version__

COMMANDS = {
    "init": "documents",
    "parse": "documents",
    "segment": "documents",
    "fetch": "fetching",
    "update": "upkeep",
    "status": "upkeep",
    "backup": "safety",
    "restore": "safety",
    "verify": "safety",
    "search": "searching",
    "kwic": "concordance",
    "collocates": "concordance",
    "similar": "collecting",
    "save": "collecting",
    "saved": "collecting",
    "collect": "collecting",
    "decide": "collecting",
    "collection": "collecting",
    "export": "exporting",
    "terms": "words",
    "lexicon": "words",
    "thesaurus": "thesaurus",
    "keywords": "keyword",
    "keyness": "words",
    "bilingual": "words",
    "abbreviations": "words",
    "topics": "modelling",
    "intrusion": "intrusion",
    "network": "networking",
    "evolution": "analyses",
    "coevolution": "coevolution",
    "bursts": "coevolution",
    "claims": "claiming",
    "definitions": "claiming",
    "citations": "evidence",
    "policy": "policies",
    "report": "analyses",
    "run": "analyses",
    "doctor": "doctor",
    "serve": "serving",
}
"""The module of textmine.cli in which each command's function stands, in the order of --help."""


class LazyCommands(TyperGroup):
    """A group whose commands are imported when they are asked for.

    Contexts and commands are Any: Typer's own copies of Click's classes have no public name.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the module of a command and wrap its function."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"textmine.cli.{COMMANDS[cmd_name]}")
        one = typer.Typer(
            add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
        )
        one.command(cmd_name)(getattr(module, cmd_name))
        return typer.main.get_command(one)


app = typer.Typer(
    name="textmine",
    cls=LazyCommands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="中文政策文献与学术论文的语料分析 / corpus analysis for Chinese policies and papers.\n\n"
    "Start / 开始: textmine init 我的课题; cd 我的课题; textmine run",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"textmine {__version__}")
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
