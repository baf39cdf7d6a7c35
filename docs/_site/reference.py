"""What MkDocs calls when it builds the site: pages that are made from the program itself.

`on_files` runs once for each language. The pages say what `--help` and the settings say, in both
languages at once, so that they cannot fall behind the program.
"""

from __future__ import annotations

import html
import inspect
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any, get_args

import click
import typer
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from pydantic import BaseModel

from textmine.cli.app import COMMANDS, app
from textmine.pipeline import glossary
from textmine.settings import Settings

STARTER = resources.files("textmine.cli").joinpath("starter/textmine.toml")


OTHER_LANGUAGE = re.compile(r"^\[(?:中文|English)\]\([^)]*\)\n", re.MULTILINE)


def on_page_markdown(markdown: str, **_: object) -> str:
    """Drop the link to the other language that a page has for readers of the source."""
    return OTHER_LANGUAGE.sub("", markdown)


# After the plugin that sorts files by language, which knows nothing of pages without a file.
@event_priority(-200)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages on commands, settings and output files."""
    language = config.plugins["i18n"].current_language
    for name, make in (("commands", commands), ("settings", settings), ("outputs", outputs)):
        page = File.generated(config, f"reference/{name}.md", content=make())
        if language != "en":
            page.dest_uri = f"{language}/{page.dest_uri}"
        files.append(page)
    return files


def commands() -> str:
    """Every command with its help as the terminal shows it."""
    parts = ["# 命令 / Commands\n"]
    group: Any = typer.main.get_command(app)
    context = click.Context(group, info_name="textmine")
    for name in COMMANDS:
        command = group.get_command(context, name)
        text = command.get_help(type(context)(command, info_name=name, parent=context))
        parts.append(f"## {name}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def settings() -> str:
    """Every key of textmine.toml with its type and default, and the commented starter file."""
    parts = ["# 设置 / Settings\n", f"`textmine.toml`. {inspect.getdoc(Settings)}\n"]
    for name, field in Settings.model_fields.items():
        # [[source]] may be given several times: its type is a tuple of the table's.
        several = get_args(field.annotation)
        part = several[0] if several else field.annotation
        assert isinstance(part, type)
        assert issubclass(part, BaseModel)
        title = f"## [[{name}]]" if several else f"## [{name}]"
        parts += [f"{title}\n", f"{inspect.getdoc(part)}\n", _keys(part)]
    text = STARTER.read_text("utf-8")
    tomllib.loads(text)
    parts.append(f"## textmine init\n\n```toml\n{text}\n```\n")
    return "\n".join(parts)


def _keys(part: type[BaseModel]) -> str:
    rows = ["| key | values | default |", "|---|---|---|"]
    for name, field in part.model_fields.items():
        values = re.sub(r"typing\.|Literal", "", str(inspect.formatannotation(field.annotation)))
        limits = ", ".join(str(limit) for limit in field.metadata)
        shown = html.escape(f"{values} {limits}".strip()).replace("|", "&#124;")
        rows.append(f"| `{name}` | {shown} | `{field.default!r}` |")
    return "\n".join(rows) + "\n"


def outputs() -> str:
    """What every table in the output folder holds, and what its columns mean."""
    parts = [
        "# 输出文件 / Output files\n",
        "`output/` 里的表都是 UTF-8 的 CSV，Excel 可直接打开。每项分析另有 `*.manifest.json`，记下语料的版本、设置与"
        "程序库的版本。缺失的值为空。\n",
        "Tables in `output/` are CSV in UTF-8 that Excel opens as it is. Beside them stands a"
        " `*.manifest.json` per analysis: generation of the corpus, settings, versions of the"
        " libraries. What is missing is empty.\n",
        "## 表 / Tables\n",
        _meanings(glossary.tables(), ".csv"),
        "## 列 / Columns\n",
        _meanings(glossary.columns(), ""),
    ]
    return "\n".join(parts)


def _meanings(meanings: Mapping[str, glossary.Meaning], ending: str) -> str:
    rows = ["| | 中文 | English |", "|---|---|---|"]
    rows += [f"| `{name}{ending}` | {m.zh} | {m.en} |" for name, m in meanings.items()]
    return "\n".join(rows) + "\n"
