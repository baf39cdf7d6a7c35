"""The command intrusion: sheets on which people check topics, and the agreement they reach."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from textmine import pipeline
from textmine.cli.options import (
    JsonOption,
    LangOption,
    QueryOption,
    WorkspaceOption,
    language,
    open_workspace,
)
from textmine.cli.show import Lang, explained_errors, note, out, print_json, print_table, say
from textmine.cli.tables import rows
from textmine.errors import UsageError
from textmine.pipeline import topic_intrusion
from textmine.store.files import write_csv, write_whole


def intrusion(
    sheets: Annotated[
        list[Path] | None,
        typer.Argument(help="填好的表（CSV 或 xlsx），每人一份 / filled sheets, one per person"),
    ] = None,
    workspace: WorkspaceOption = None,
    query: QueryOption = "",
    seed: Annotated[int, typer.Option(min=0, help="换一套题 / other questions")] = 0,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """主题入侵词检验 / write word-intrusion sheets for the last topics, or score filled ones.

    Without arguments writes intrusion_sheet.csv and .xlsx to hand out, and intrusion_key.json to
    keep back. In each row people name the word that does not belong, by its number or itself.
    With filled sheets: how often it was found, topic by topic, and how far people agree (κ).

    Examples / 例: textmine intrusion; textmine intrusion 张.xlsx 李.csv
    """
    with explained_errors():
        space = open_workspace(workspace)
        spoken = language(space, lang)
        folder = pipeline.output_folder(space, query)
        if sheets:
            _score(sheets, folder, spoken, as_json)
            return
        path = folder / "topics.npz"
        if not path.is_file():
            raise UsageError("There are no topics yet.", remedy="Run `textmine topics`.")
        fit = pipeline.read_fit(path.read_bytes(), source=str(path))
        files = topic_intrusion.intrusion_files(fit, seed=seed)
        written = [str(write_whole(folder / name, content)) for name, content in files.items()]
        if as_json:
            print_json({"written": written})
        else:
            for name in written:
                out(f"→ {name}")


def _score(sheets: list[Path], folder: Path, lang: Lang, as_json: bool) -> None:
    key = folder / "intrusion_key.json"
    questions = topic_intrusion.read_key(_read(key), source=str(key))
    answers = {
        path.name: topic_intrusion.read_answers(_read(path), questions, source=str(path))
        for path in sheets
    }
    found = topic_intrusion.intrusion_results(questions, answers)
    write_csv(folder / "intrusion_scores.csv", found.precision)
    write_csv(folder / "intrusion_agreement.csv", found.agreement)
    if as_json:
        kappa = None if found.kappa != found.kappa else found.kappa
        print_json(
            {
                "precision": rows(found.precision),
                "agreement": rows(found.agreement),
                "fleiss_kappa": kappa,
            }
        )
        return
    header = say(lang, "主题 作答 答对 正确率 下限 上限", "topic answers right precision low high")
    shown = [
        ["*" if r["topic"] == 0 else r["topic"], r["answers"], r["right"],
         *(f"{r[name]:.2f}" for name in ("precision", "low", "high"))]
        for r in found.precision.to_dict("records")
    ]  # fmt: skip
    print_table(header.split(), shown, say(lang, "入侵词识别", "Word intrusion"))
    pairs = [
        [r["one"], r["two"], f"{r['kappa']:.2f}", r["questions"]]
        for r in found.agreement.to_dict("records")
    ]
    header = say(lang, "甲 乙 κ 题数", "one two κ questions")
    print_table(header.split(), pairs, say(lang, "一致程度", "Agreement"))
    if len(sheets) > 1:
        note(f"Fleiss κ = {found.kappa:.2f}")
    out(f"→ {folder}")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error}",
            remedy="Run `textmine intrusion` first, and give the sheets that were filled.",
        ) from error
