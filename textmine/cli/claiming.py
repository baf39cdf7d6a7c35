"""The command on what documents claim: the claims, and what reviewers say of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from textmine import pipeline
from textmine.cli.analyses import prepared
from textmine.cli.options import (
    JsonOption,
    LangOption,
    QueryOption,
    WorkspaceOption,
    language,
    open_workspace,
)
from textmine.cli.show import Lang, explained_errors, out, print_json, say
from textmine.cli.tables import finish, print_analysis, print_frame, rows
from textmine.errors import UsageError
from textmine.pipeline import Analysis, Corpus
from textmine.store import Workspace
from textmine.store.files import write_csv

SEED = 20080101


def claims(
    subject: Annotated[
        str, typer.Option(help="主体概念的标识 / id of the subject concept", show_default=False)
    ] = "",
    object_: Annotated[
        str,
        typer.Option(
            "--object", help="客体概念的标识 / id of the object concept", show_default=False
        ),
    ] = "",
    sheet: Annotated[
        int | None,
        typer.Option(
            min=1, help="写出供审核的抽样表，共多少条 / write so many claims to be judged"
        ),
    ] = None,
    marks: Annotated[
        Path | None,
        typer.Option(
            help="填好的审核表：保存并报告精确率 / a filled sheet: keep its marks, tell the precision",
            show_default=False,
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    query: QueryOption = "",
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """论断 / extract what the documents claim about the concepts, with their words.

    With --subject or --object: who says so and who denies it, year by year, then the words. Narrower
    concepts count with theirs. The files in the output folder always hold all claims.

    With --sheet claims are drawn for a reviewer, who writes right or wrong (对, 错) into `mark`, or what
    it should be into `right_relation`. With --marks they are kept: a wrong claim counts nowhere.

    Examples / 例: textmine claims --subject alliance --object cluster; textmine claims --sheet 100;
    textmine claims --marks output/claims_sheet.csv
    """
    with explained_errors():
        space = open_workspace(workspace)
        spoken = language(space, lang)
        with prepared(space, spoken, query) as (corpus, catalogue, bars):
            analysis = pipeline.claims(corpus, catalogue, progress=bars)
            if marks is not None:
                _keep(corpus, marks, as_json, spoken)
                return
        folder = pipeline.output_folder(space, query)
        if sheet is not None:
            drawn = pipeline.marking_sheet(analysis.tables["claims"], sheet, seed=SEED)
            out(f"→ {write_csv(folder / 'claims_sheet.csv', drawn)}")
            return
        pipeline.save(analysis, folder)
        asked = {"subject": subject, "object": object_}
        shown = _about(analysis, space, asked)
        if as_json:
            print_json(rows(shown.tables["claims"]))
        elif any(asked.values()):
            columns = {"claims": ["year", "polarity", "modality", "evidence", "title"]}
            print_analysis(shown, ["claim_timeline", "claims"], folder, columns, lang=spoken)
        else:
            print_analysis(shown, ["claim_pairs"], folder, {}, lang=spoken)


def _keep(corpus: Corpus, path: Path, as_json: bool, lang: Lang) -> None:
    """Keep the marks of a sheet, and tell the precision of all that were kept."""
    kept = pipeline.keep_marks(corpus, pipeline.read_marks(path))
    shown = pipeline.precision(kept)
    if as_json:
        print_json(rows(shown))
        return
    print_frame("claim_precision", shown, lang)
    out(say(lang, f"共存 {len(kept)} 条", f"{len(kept)} marks are kept"))


def _about(analysis: Analysis, space: Workspace, asked: Mapping[str, str]) -> Analysis:
    """The claims between the concepts asked for, narrower ones included, in order of time."""
    tables = dict(analysis.tables)
    for side, concept in asked.items():
        if not concept:
            continue
        if concept not in space.scheme:
            raise UsageError(
                f"There is no concept {concept!r} in the scheme.",
                remedy="Ids stand behind `id =` in corpus/concepts.toml.",
            )
        wanted = {concept, *space.scheme.narrower(concept)}
        tables = {name: t[t[side].isin(wanted)] for name, t in tables.items()}
    if any(asked.values()):
        order = ["year", "document", "start"]
        tables["claims"] = tables["claims"].sort_values(order, na_position="last")
    return replace(analysis, tables=tables)


def definitions(
    entry: Annotated[
        list[str] | None,
        typer.Option(
            help="输出此词的概念条目 / print an entry for the concept scheme of this term"
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    query: QueryOption = "",
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """定义 / what documents say the concepts are: definitions, kinds, parts, with their words.

    Writes definitions.csv and concept_suggestions.csv: kinds and parts that the concept scheme may
    lack. Example / 例: textmine definitions; textmine definitions --entry 技术标准产业联盟
    """
    with explained_errors():
        space = open_workspace(workspace)
        spoken = language(space, lang)
        with prepared(space, spoken, query) as (corpus, catalogue, bars):
            analysis = pipeline.definitions(corpus, catalogue, progress=bars)
        if entry:
            out(pipeline.scheme_entries(analysis.tables["concept_suggestions"], entry))
            return
        folder = pipeline.output_folder(space, query)
        columns = {
            "definitions": ["concept", "relation", "items", "year"],
            "concept_suggestions": ["concept", "relation", "term", "documents", "known"],
        }
        finish(analysis, list(columns), folder, as_json, lang=spoken, columns=columns)
