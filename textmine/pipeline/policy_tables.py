"""The tables of what policies do: instruments, force, PMC index, validity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from textmine import policy as reading
from textmine.errors import TooFewData
from textmine.parse import policy_kind
from textmine.pipeline.analysis import Analysis, Note, manifest
from textmine.pipeline.citation_tables import citations
from textmine.pipeline.corpus import Corpus, Progress, quiet
from textmine.policy.validity import begins
from textmine.records import Document, Span
from textmine.store import Catalogue

ISSUES = re.compile(r"印发(?P<what>.+?)的通知$")

INSTRUMENT_COLUMNS = (
    *("doc_id", "title", "year", "level", "group", "code", "name", "cue", "clause"),
    *("start", "end"),
)
FORCE_COLUMNS = (
    *("doc_id", "title", "year", "level", "doc_type", "force", "clauses", "coded"),
    *("strong", "moderate", "weak", "mean", "low", "high"),
)
CLAUSE_COLUMNS = ("doc_id", "start", "end", "codes")
CELL_COLUMNS = (
    *("doc_id", "title", "variable", "variable_name", "item", "value", "cue", "clause"),
    *("start", "end"),
)
VALIDITY_COLUMNS = (
    *("doc_id", "title", "doc_number", "level", "begins", "expiry", "repealed", "repealed_by"),
    "status",
)


@dataclass(frozen=True)
class _Schemes:
    coder: reading.Coder
    pmc: reading.PmcScheme
    force: reading.ForceScheme

    @classmethod
    def of(cls, corpus: Corpus) -> _Schemes:
        def read(name: str) -> tuple[str, str]:
            return corpus.workspace.coding(name)

        text, source = read("instruments")
        coder = reading.Coder(reading.parse_coding(text, source=source))
        text, source = read("pmc")
        pmc = reading.parse_pmc(text, source=source)
        text, source = read("force")
        return cls(coder, pmc, reading.parse_force(text, source=source))


@dataclass(frozen=True)
class _Policy:
    """One policy with what was found in it."""

    doc_id: str
    document: Document
    clauses: list[tuple[int, int]]
    coded: list[reading.Coded]
    degrees: reading.Degrees
    force: int | None
    pmc: reading.PmcScore

    @property
    def head(self) -> tuple[str, str, int | None, str]:
        return self.doc_id, self.document.title, self.document.year, self.document.level

    def quote(self, start: int | None, end: int | None) -> str:
        return "" if start is None else " ".join(self.document.text[start:end].split())


def policies(corpus: Corpus, catalogue: Catalogue, *, progress: Progress = quiet) -> Analysis:
    """Analyse the policies of a corpus.

    Tables: policy_instruments (`INSTRUMENT_COLUMNS`, a row per clause and code), policy_mix (how
    many clauses and policies use each instrument, per period of the workspace and level),
    policy_clauses (`CLAUSE_COLUMNS`: every clause, coded or not),
    policy_force (`FORCE_COLUMNS`), policy_pmc (index, X_i, range, grade), policy_pmc_cells
    (`CELL_COLUMNS`: every item with its evidence), policy_validity (`VALIDITY_COLUMNS`) and
    policies_in_force (year, level, policies).

    Raises
    ------
    TooFewData
        When the corpus holds no policy.
    SettingsError
        When a coding scheme cannot be used.
    """
    schemes = _Schemes.of(corpus)
    wanted = corpus.documents.loc[corpus.documents["kind"] == "policy", "doc_id"].tolist()
    if not wanted:
        raise TooFewData("The corpus holds no policy.", remedy="Add policies, or widen the query.")
    found = []
    for n, (doc_id, document) in enumerate(catalogue.documents(wanted), 1):
        found.append(_read(doc_id, document, schemes))
        progress("policy", n, len(wanted))
    instruments = _instruments(found, schemes)
    validity = _validity(found, citations(corpus, catalogue).tables["citations"])
    tables = {
        "policy_instruments": instruments,
        "policy_clauses": _clauses(found),
        "policy_mix": _mix(instruments, corpus),
        "policy_force": _force(found),
        "policy_pmc": _pmc(found),
        "policy_pmc_cells": _cells(found, schemes.pmc),
        "policy_validity": validity,
        "policies_in_force": _in_force(validity),
    }
    return Analysis(
        manifest(corpus, "policy", policies=len(found), coded=len(instruments)),
        tables,
        notes=_notes(found),
    )


def _read(doc_id: str, document: Document, schemes: _Schemes) -> _Policy:
    text = document.text
    clauses = schemes.coder.clauses(text, document.sections)
    coded = schemes.coder.code(text, document.sections)
    groups: dict[str, Span] = {}
    for one in coded:
        groups.setdefault(one.group, Span(one.start, one.end))
    score = schemes.pmc.score(text, clauses, level=document.level, groups=groups)
    body = "\n".join(text[a:b] for a, b in clauses)
    force = schemes.force.force(_kind(document), document.level)
    degrees = schemes.force.degrees(body)
    return _Policy(doc_id, document, clauses, coded, degrees, force, score)


def _kind(document: Document) -> str:
    """The kind of what is issued: a notice that issues a plan (关于印发…规划的通知) counts as one."""
    issued = ISSUES.search(document.title)
    return (issued and policy_kind.of_title(issued["what"])) or document.doc_type


def _table(rows: Iterable[tuple[object, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(columns))
    return table.astype({"year": "Int64"}) if "year" in columns else table


def _instruments(found: list[_Policy], schemes: _Schemes) -> pd.DataFrame:
    names = {code.id: code.name["zh"] for code in schemes.coder.scheme.codes}
    rows = (
        (*p.head, c.group, c.code, names[c.code], c.cue, p.quote(c.start, c.end), c.start, c.end)
        for p in found
        for c in p.coded
    )
    return _table(rows, INSTRUMENT_COLUMNS)


def _clauses(found: list[_Policy]) -> pd.DataFrame:
    rows = []
    for p in found:
        codes: dict[int, list[str]] = {}
        for one in p.coded:
            codes.setdefault(one.start, []).append(one.code)
        rows += [(p.doc_id, a, b, " ".join(codes.get(a, ()))) for a, b in p.clauses]
    return _table(rows, CLAUSE_COLUMNS)


def _mix(instruments: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Clauses and policies per period, level and instrument; `share` is of the period's codes."""
    periods = {
        year: period.name
        for period in corpus.workspace.periods
        for year in range(period.first, period.last + 1)
    }
    dated = instruments.dropna(subset=["year"])
    dated = dated.assign(period=[periods.get(int(y), str(y)) for y in dated["year"]])
    keys = ["period", "level", "group", "code", "name"]
    grouped = dated.groupby(keys, sort=True)
    counts = grouped.agg(clauses=("code", "size"), documents=("doc_id", "nunique")).reset_index()
    totals = counts.groupby(["period", "level"])["clauses"].transform("sum")
    order = {name: n for n, name in enumerate(dict.fromkeys(periods.values()))}
    counts = counts.assign(share=counts["clauses"] / totals)
    return counts.sort_values(
        keys, key=lambda c: c.map(order).fillna(-1) if c.name == "period" else c
    ).reset_index(drop=True)


def _force(found: list[_Policy]) -> pd.DataFrame:
    rows = (
        (
            *p.head,
            p.document.doc_type,
            p.force,
            len(p.clauses),
            len({c.start for c in p.coded}),
            *p.degrees,
        )
        for p in found
    )
    table = _table(rows, FORCE_COLUMNS).astype({"force": "Int64"})
    order = ["force", "mean", "doc_id"]
    return table.sort_values(order, ascending=[False, False, True]).reset_index(drop=True)


def _pmc(found: list[_Policy]) -> pd.DataFrame:
    variables = tuple(found[0].pmc.variables)
    columns = ("doc_id", "title", "year", "level", "index", "low", "high", "grade", *variables)
    rows = (
        (*p.head, p.pmc.index, p.pmc.low, p.pmc.high, p.pmc.grade, *p.pmc.variables.values())
        for p in found
    )
    table = _table(rows, columns)
    return table.sort_values(["index", "doc_id"], ascending=[False, True]).reset_index(drop=True)


def _cells(found: list[_Policy], scheme: reading.PmcScheme) -> pd.DataFrame:
    names = {variable.id: variable.name["zh"] for variable in scheme.variables}
    rows = (
        (
            *(p.doc_id, p.document.title, cell.variable, names[cell.variable], cell.item),
            *(cell.value, cell.cue, p.quote(cell.start, cell.end), cell.start, cell.end),
        )
        for p in found
        for cell in p.pmc.cells
    )
    return _table(rows, CELL_COLUMNS).astype({"start": "Int64", "end": "Int64"})


def _validity(found: list[_Policy], cited: pd.DataFrame) -> pd.DataFrame:
    dates = {p.doc_id: p.document.date for p in found}
    last = max((d.date for d in (p.document for p in found) if d.date), default="")
    repeals: dict[str, tuple[str, str]] = {}
    for row in cited[cited["relation"] == "repeals"].itertuples():
        end = (dates.get(str(row.citing), ""), str(row.citing))
        repeals[str(row.cited)] = min(end, repeals.get(str(row.cited), end))
    rows = []
    for p in found:
        d = p.document
        begin, (repealed, by) = begins(d.date, d.effective_date), repeals.get(p.doc_id, ("", ""))
        draft = bool(policy_kind.DRAFT.search(d.title))
        state = reading.status(begin, on=last, expiry=d.expiry_date, repealed=repealed, draft=draft)
        head = (p.doc_id, d.title, d.doc_number, d.level, begin, d.expiry_date, repealed, by)
        rows.append((*head, state))
    return _table(rows, VALIDITY_COLUMNS)


def _in_force(validity: pd.DataFrame) -> pd.DataFrame:
    begun = validity.loc[validity["begins"] != "", "begins"].str[:4].astype(int)
    years = range(begun.min(), begun.max() + 1) if len(begun) else range(0)
    rows = []
    for level, part in validity.groupby("level"):
        spans = [
            (b, e, r, s == "draft")
            for b, e, r, s in part[["begins", "expiry", "repealed", "status"]].itertuples(
                index=False
            )
        ]
        rows += [(year, level, n) for year, n in reading.in_force(spans, years).items()]
    table = pd.DataFrame(rows, columns=["year", "level", "policies"])
    return table.sort_values(["year", "level"]).reset_index(drop=True)


def _notes(found: list[_Policy]) -> tuple[Note, ...]:
    clauses = sum(len(p.clauses) for p in found)
    coded = sum(len({c.start for c in p.coded}) for p in found)
    unranked = sum(p.force is None for p in found)
    return (
        Note(
            f"{len(found)} 篇政策、{clauses} 句，其中 {coded} 句（{coded / max(clauses, 1):.0%}）有编码。"
            "编码由词语线索给出：用于论文之前，请用 `textmine policy --sheet 100` 抽样，两人独立编码，报告 κ。",
            f"{len(found)} policies, {clauses} clauses, of which {coded} ({coded / max(clauses, 1):.0%}) "
            "have a code. Codes are given by cues: before using them in a paper, have two people code a "
            "sample (`textmine policy --sheet 100`) and report κ.",
        ),
        *(
            [Note(f"{unranked} 篇没有力度分。", f"{unranked} policies have no force.")]
            if unranked
            else []
        ),
    )
