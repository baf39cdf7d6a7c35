"""How commands speak: tables, JSON, progress, errors; Chinese or English."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from textmine.errors import QueryError, SettingsError, TextmineError, UsageError
from textmine.messages import bilingual, chinese
from textmine.records import Failure

Lang = Literal["zh", "en"]
DONE, SOME_REFUSED, WRONG_USAGE, FAILED = 0, 1, 2, 3

STAGES = {
    "read": ("读取文献", "Reading"),
    "index": ("更新索引", "Indexing"),
    "concepts": ("匹配概念", "Matching concepts"),
    "words": ("分词计数", "Counting words"),
    "topics": ("主题模型", "Topics"),
    "network": ("共词网络", "Network"),
    "evolution": ("概念演化", "Evolution"),
    "claims": ("抽取论断", "Claims"),
    "citations": ("解析引证", "Citations"),
    "policy": ("政策分析", "Policies"),
    "figures": ("绘制图表", "Figures"),
    "report": ("撰写报告", "Report"),
}


def say(lang: Lang, zh: str, en: str) -> str:
    """The text in the language asked for."""
    return zh if lang == "zh" else en


def out(text: str) -> None:
    """Print a line of the result."""
    print(text)


def note(text: str) -> None:
    """Print a line about the run, apart from the result."""
    print(text, file=sys.stderr)


def print_json(value: Any) -> None:
    """Print one JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def print_table(header: Sequence[str], rows: Sequence[Sequence[object]], title: str = "") -> None:
    """Print a table for people; what comes from documents is never read as markup."""
    table = Table(title=escape(title) if title else None, title_justify="left")
    for name in header:
        table.add_column(escape(name), overflow="fold")
    for row in rows:
        table.add_row(*(escape("" if cell is None else str(cell)) for cell in row))
    Console(soft_wrap=False).print(table)


class Bars:
    """Progress bars on stderr, one per stage; silent where stderr is no terminal."""

    def __init__(self, progress: Progress, lang: Lang) -> None:
        self._progress = progress
        self._lang: Lang = lang
        self._tasks: dict[str, Any] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            name = say(self._lang, *STAGES.get(stage, (stage, stage)))
            self._tasks[stage] = self._progress.add_task(name, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)


@contextmanager
def progress_bars(lang: Lang) -> Iterator[Bars]:
    """Show progress while the block runs."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        yield Bars(progress, lang)


@contextmanager
def explained_errors() -> Iterator[None]:
    """Turn the package's own errors, and files that cannot be opened, into a message and a code."""
    try:
        yield
    except TextmineError as error:
        _bilingual("错误：", "error: ", error.message)
        if isinstance(error, QueryError):
            note(f"  第 {error.position + 1} 个字符 / at character {error.position + 1}")
        if error.remedy:
            _bilingual("  → ", "  → ", error.remedy)
        wrong = isinstance(error, SettingsError | UsageError)
        raise typer.Exit(WRONG_USAGE if wrong else FAILED) from error
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError) as error:
        note(f"错误 / error: {error.strerror}: {error.filename}")
        raise typer.Exit(WRONG_USAGE) from error


def _bilingual(before_zh: str, before_en: str, text: str) -> None:
    """A message in both languages: what went wrong may be that the language is not known."""
    translated = chinese(text)
    if translated:
        note(before_zh + translated)
    note(before_en + text)


def list_failures(failures: Iterable[Failure]) -> None:
    """Name each refused input with its reason and remedy, on stderr."""
    for f in failures:
        place = f" ({f.place})" if f.place else ""
        note(one_line(f"✗ {f.source}{place}: {bilingual(f.reason)}"))
        if f.remedy:
            note(one_line(f"  → {bilingual(f.remedy)}"))


def one_line(text: str) -> str:
    """Text from a document as one line that no terminal or log takes for more."""
    return "".join(c if c.isprintable() or c == "\u3000" else repr(c)[1:-1] for c in text)
