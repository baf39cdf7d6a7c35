"""The command on what policies do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pandas as pd
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
from textmine.cli.show import explained_errors, out, print_json, print_table
from textmine.cli.tables import finish, rows
from textmine.errors import UsageError
from textmine.pipeline import Analysis
from textmine.store.files import write_csv

SHOWN = {
    "policy_mix": ["period", "level", "name", "clauses", "documents", "share"],
    "policy_pmc": ["title", "index", "low", "high", "grade", "year"],
    "policy_force": ["title", "force", "mean", "low", "high", "year"],
}
SEED = 20080101


def policy(
    sheet: Annotated[
        int | None,
        typer.Option(
            min=2, help="写出供两人编码的抽样表，共多少句 / write a sheet of so many clauses"
        ),
    ] = None,
    agreement: Annotated[
        Path | None,
        typer.Option(
            help="填好的编码表：计算 κ / a filled sheet: κ between coders and the program",
            show_default=False,
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    query: QueryOption = "",
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """政策分析 / what policies do: instruments clause by clause, force, PMC index, validity.

    The coding schemes stand in corpus/coding. Every code and every cell of the index is given with
    its clause. Writes policy_*.csv and policies_in_force.csv.

    Examples / 例: textmine policy; textmine policy --sheet 100; textmine policy --agreement
    output/coding_sheet.csv
    """
    with explained_errors():
        space = open_workspace(workspace)
        spoken = language(space, lang)
        filled = None if agreement is None else _filled(agreement)
        with prepared(space, spoken, query) as (corpus, catalogue, bars):
            analysis = pipeline.policies(corpus, catalogue, progress=bars)
        folder = pipeline.output_folder(space, query)
        if filled is not None:
            _print_agreement(filled, analysis, folder, as_json)
            return
        if sheet is not None:
            path = folder / "coding_sheet.csv"
            write_csv(path, pipeline.coding_sheet(analysis, corpus, sheet, seed=SEED))
            out(f"→ {path}")
            return
        finish(analysis, list(SHOWN), folder, as_json, lang=spoken, columns=SHOWN)


def _filled(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype={"coder_1": str, "coder_2": str})
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{path} cannot be read: {error}",
            remedy="Fill the sheet that `textmine policy --sheet` wrote, and save it as CSV (UTF-8).",
        ) from error


def _print_agreement(filled: pd.DataFrame, analysis: Analysis, folder: Path, as_json: bool) -> None:
    found = pipeline.sheet_agreement(filled, analysis)
    path = folder / "coding_agreement.csv"
    write_csv(path, found)
    if as_json:
        print_json(rows(found))
        return
    cells = found.astype(object).where(found.notna(), "").to_numpy().tolist()
    shown = [[f"{c:.2f}" if isinstance(c, float) else c for c in row] for row in cells]
    print_table(list(found.columns), shown)
    out(f"→ {path}")
