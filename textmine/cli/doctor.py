"""The doctor command: what works on this machine, and how to mend what does not."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal, NamedTuple

import typer

from textmine.cli.options import JsonOption, LangOption, WorkspaceOption
from textmine.cli.show import FAILED, Lang, out, print_json, print_table, say
from textmine.errors import SettingsError, TextmineError
from textmine.messages import said
from textmine.store import Workspace

Verdict = Literal["ok", "optional", "broken"]
SIGNS = {"ok": "✓", "optional": "–", "broken": "✗"}


class Finding(NamedTuple):
    """One thing looked at; `remedy` where it is not as it should be."""

    subject: str
    verdict: Verdict
    found: str
    remedy: str = ""


def doctor(
    workspace: WorkspaceOption = None, as_json: JsonOption = False, lang: LangOption = None
) -> None:
    """体检 / check the installation, the fonts, optional programs and the workspace.

    Exit code 3 when something is broken; each line says how to mend it.

    Example / 例: textmine doctor
    """
    chosen: Lang = lang or "zh"
    checks = (_libraries, _segmenter, _figures, _programs, lambda: _workspace(workspace))
    findings = [finding for check in checks for finding in _safely(check)]
    if as_json:
        print_json([finding._asdict() for finding in findings])
    else:
        print_table(
            ("", *say(chosen, "项目 结果 办法", "subject found remedy").split()),
            [(SIGNS[f.verdict], f.subject, f.found, said(f.remedy, chosen)) for f in findings],
        )
    broken = sum(finding.verdict == "broken" for finding in findings)
    if broken:
        raise typer.Exit(FAILED)
    if not as_json:
        out(say(chosen, "一切就绪", "All is well"))


def _safely(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """A check that fails in a way nobody foresaw is a finding, too."""
    try:
        yield from check()
    except Exception as error:
        name = getattr(check, "__name__", "workspace").strip("_")
        yield Finding(name, "broken", f"{type(error).__name__}: {error}", "Reinstall textmine.")


def _libraries() -> Iterator[Finding]:
    numbers = ".".join(map(str, sys.version_info[:3]))
    fits = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield Finding(
        "Python", "ok" if fits else "broken", numbers, "" if fits else "Use Python 3.11 to 3.13."
    )
    for line in requires("textmine") or []:
        if "extra ==" not in line:
            name = line.split(";")[0].split(">")[0].split("=")[0].split("<")[0].strip()
            try:
                yield Finding(name, "ok", version(name))
            except PackageNotFoundError:
                yield Finding(name, "broken", "not installed", f"pip install '{line}'")
    newest = sqlite3.sqlite_version_info >= (3, 37)
    yield Finding(
        "SQLite",
        "ok" if newest else "broken",
        sqlite3.sqlite_version,
        "" if newest else "Use a Python built with SQLite 3.37 or later.",
    )


def _segmenter() -> Iterator[Finding]:
    from textmine.segment import Segmenter

    text = "产业技术创新战略联盟推动区域创新体系建设，2008年起增长12.5%。"
    ours, theirs = (Segmenter(engine=engine).words(text) for engine in ("compiled", "jieba"))
    same = ours == theirs
    yield Finding(
        "compiled segmenter",
        "ok" if same else "broken",
        "cuts as jieba does" if same else f"{ours} instead of {theirs}",
        "" if same else 'Set engine = "jieba" under [segment] in textmine.toml.',
    )


def _figures() -> Iterator[Finding]:
    import altair as alt
    import pandas as pd

    from textmine import figures
    from textmine.figures.rendering import missing_glyphs

    lacking = missing_glyphs("产业技术创新联盟集群系统共现演化")
    yield Finding(
        "Chinese font",
        "broken" if lacking else "ok",
        f"lacks {''.join(sorted(lacking))}" if lacking else "glyphs are there",
        "pip install --force-reinstall pylopdf-fonts-zh-cn" if lacking else "",
    )
    chart = alt.Chart(pd.DataFrame({"年": [1, 2]})).mark_point().encode(x="年")
    drawn = figures.svg(chart)
    size = len(figures.png(drawn)) + len(figures.pdf(drawn))
    yield Finding("figures", "ok", f"SVG, PNG and PDF, {size // 1024} kB")


def _programs() -> Iterator[Finding]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield Finding(
        "LibreOffice",
        "ok" if office else "optional",
        office or "not found",
        "" if office else "Install it to read .doc, .wps, .rtf and .odt files.",
    )


def _workspace(folder: Path | None) -> Iterator[Finding]:
    try:
        space = Workspace.find(folder or Path.cwd())
    except SettingsError as error:
        verdict: Verdict = "broken" if folder else "optional"
        yield Finding("workspace", verdict, error.message, error.remedy)
        return
    yield Finding("workspace", "ok", str(space.root))
    parts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("lexicon", lambda: len(space.lexicon.entries)),
        ("concepts", lambda: len(space.scheme)),
        ("periods", lambda: len(space.periods)),
    )
    for name, count in parts:
        try:
            yield Finding(name, "ok", str(count()))
        except TextmineError as error:
            yield Finding(name, "broken", error.message, error.remedy)
    for place in (space.output, space.state):
        yield _writable(place)


def _writable(folder: Path) -> Finding:
    above = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=above):
            return Finding(folder.name, "ok", "can be written")
    except OSError as error:
        remedy = f"Give yourself the right to write to {above}."
        return Finding(folder.name, "broken", str(error), remedy)
