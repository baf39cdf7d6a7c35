"""Commands about documents: init, parse, segment."""

from __future__ import annotations

import sys
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

import typer

from textmine import parse as parsing
from textmine import read
from textmine.cli.options import (
    JsonOption,
    LangOption,
    WorkspaceOption,
    open_workspace,
)
from textmine.cli.show import (
    SOME_REFUSED,
    Lang,
    explained_errors,
    list_failures,
    note,
    out,
    print_json,
    print_table,
    say,
)
from textmine.errors import ReadError, SettingsError, UsageError
from textmine.records import Document, Failure, RawFile, as_record
from textmine.segment import Lexicon, Segmenter, sentences
from textmine.settings import FILE_NAME

FilesArgument = Annotated[
    list[Path], typer.Argument(help="文件 / files", exists=True, dir_okay=False, readable=True)
]


def init(
    folder: Annotated[Path, typer.Argument(help="新文件夹 / the new folder", metavar="DIR")],
) -> None:
    """新建工作区 / make a new workspace.

    It gets commented settings, a starter lexicon and a concept scheme; nothing that exists is
    overwritten. Example / 例: textmine init 我的课题
    """
    with explained_errors():
        if (folder / FILE_NAME).exists():
            raise UsageError(
                f"{folder} is a workspace already.", remedy="Name a folder that is none yet."
            )
        made = _copy(resources.files("textmine.cli").joinpath("starter"), folder)
        (folder / "corpus" / "documents").mkdir(parents=True, exist_ok=True)
        for path in made:
            note(f"+ {path}")
        out(f"把文献放进 {folder / 'corpus' / 'documents'}，然后运行 textmine run")
        out(f"Put documents into {folder / 'corpus' / 'documents'}, then: textmine run")


def _copy(source: Traversable, target: Path) -> list[Path]:
    made = []
    target.mkdir(parents=True, exist_ok=True)
    for child in sorted(source.iterdir(), key=lambda c: c.name):
        if child.is_dir():
            made += _copy(child, target / child.name)
        elif not (target / child.name).exists():
            (target / child.name).write_bytes(child.read_bytes())
            made.append(target / child.name)
    return made


def parse(files: FilesArgument, as_json: JsonOption = False, lang: LangOption = None) -> None:
    """显示对文件的读取与解析 / show what reading and parsing make of files.

    Touches no catalogue. Example / 例: textmine parse 论文.pdf 通知.docx --json
    """
    with explained_errors():
        documents: list[Document] = []
        failures: list[Failure] = []
        for path in files:
            for raw in read.read(RawFile(path.as_posix(), path.read_bytes())):
                if isinstance(raw, Failure):
                    failures.append(raw)
                else:
                    documents.append(parsing.document(raw))
        if as_json:
            print_json([as_record(document) for document in documents])
        else:
            for document in documents:
                _print_document(document, lang or "zh")
        list_failures(failures)
        raise typer.Exit(SOME_REFUSED if failures else 0)


def _print_document(document: Document, lang: Lang) -> None:
    record = as_record(document)
    rows = []
    for key, value in record.items():
        if key in ("text", "body", "references", "headings", "citations"):
            continue
        rows.append((key, "; ".join(map(str, value)) if isinstance(value, tuple) else value))
    rows.append(("headings", "\n".join(" ".join(heading) for heading in document.headings)))
    rows.append(("body", say(lang, f"{len(document.body)} 字", f"{len(document.body)} characters")))
    rows.append(("references", "\n".join(reference.raw for reference in document.references)))
    print_table(
        (say(lang, "字段", "field"), say(lang, "内容", "value")),
        [(key, value) for key, value in rows if value],
        document.source,
    )


def segment(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="文件，缺省时读标准输入 / files; default: standard input"),
    ] = None,
    tags: Annotated[
        bool, typer.Option("--tags", help="标注词性 / with parts of speech, as jieba.posseg")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """分词 / cut text into words: one sentence a line, or with spans in JSON.

    Uses the workspace's lexicon where there is one. Example / 例: textmine segment 报告.txt
    """
    with explained_errors():
        segmenter = _segmenter(workspace)
        texts = [sys.stdin.read()] if not files else list(map(_text, files))
        if tags:
            _print_tagged(segmenter, texts, as_json)
            return
        if as_json:
            print_json([[list(t) for t in segmenter.tokens(text)] for text in texts])
            return
        for text in texts:
            for start, end in sentences(text):
                words = (word.strip() for word in segmenter.words(text[start:end]))
                out(" ".join(word for word in words if word))


def _print_tagged(segmenter: Segmenter, texts: list[str], as_json: bool) -> None:
    if as_json:
        print_json([[list(pair) for pair in segmenter.tag(text)] for text in texts])
        return
    for text in texts:
        for start, end in sentences(text):
            pairs = segmenter.tag(text[start:end])
            out(" ".join(f"{word}/{tag}" for word, tag in pairs if word.strip()))


def _segmenter(folder: Path | None) -> Segmenter:
    try:
        return open_workspace(folder).segmenter
    except SettingsError:
        if folder is not None:
            raise
        return Segmenter(Lexicon())


def _text(path: Path) -> str:
    texts = []
    for raw in read.read(RawFile(path.as_posix(), path.read_bytes())):
        if isinstance(raw, Failure):
            raise ReadError(f"{raw.source}: {raw.reason}", remedy=raw.remedy)
        texts.append(parsing.document(raw).text)
    return "\n".join(texts)
