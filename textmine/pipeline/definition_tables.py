"""The tables of what documents say the concepts are, and what the scheme might take from it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from textmine.claims.definitions import statements
from textmine.errors import TooFewData
from textmine.pipeline.analysis import Analysis, Note, manifest
from textmine.pipeline.corpus import Corpus, Progress, quiet
from textmine.records import Mention
from textmine.store import Catalogue

STATEMENT_COLUMNS = (
    *("concept", "relation", "items", "quote", "document", "start", "end", "year", "kind", "title"),
)
SUGGESTION_COLUMNS = ("concept", "relation", "term", "documents", "known", "first_year", "quote")


def definitions(corpus: Corpus, catalogue: Catalogue, *, progress: Progress = quiet) -> Analysis:
    """Collect definitions, kinds and parts of the concepts.

    Tables: definitions (`STATEMENT_COLUMNS`, a row a statement, with its words) and
    concept_suggestions (`SUGGESTION_COLUMNS`): each kind or part that is named, in how many
    documents, and the id of the concept if the scheme has it already.

    Raises
    ------
    TooFewData
        When no document says what a concept is.
    """
    known = corpus.documents.set_index("doc_id")
    spans = {
        str(doc_id): [Mention(*row[1:]) for row in part.itertuples(index=False)]
        for doc_id, part in corpus.mentions.groupby("doc_id")
    }
    rows: list[tuple[object, ...]] = []
    for n, (doc_id, document) in enumerate(catalogue.documents(known.index), 1):
        at = known.loc[doc_id]
        for one in statements(document.text, spans.get(doc_id, []), document.sections):
            quote = " ".join(document.text[one.start : one.end].split())
            place = (doc_id, one.start, one.end, at["year"], at["kind"], at["title"])
            rows.append((one.concept, one.said, "、".join(one.items), quote, *place))
        progress("claims", n, len(known))
    if not rows:
        raise TooFewData(
            "No document says what a concept is.", remedy="Add documents, or widen the query."
        )
    table = pd.DataFrame(rows, columns=list(STATEMENT_COLUMNS)).astype({"year": "Int64"})
    suggested = _suggestions(table, corpus)
    run = manifest(corpus, "definitions", statements=len(table), suggestions=len(suggested))
    return Analysis(
        run, {"definitions": table, "concept_suggestions": suggested}, notes=(_note(suggested),)
    )


def _suggestions(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    scheme = corpus.workspace.scheme
    lists = table[table["relation"] != "definition"]
    lists = lists.assign(term=lists["items"].str.split("、")).explode("term")
    rows = []
    for (concept, relation, term), part in lists.groupby(["concept", "relation", "term"]):
        names = scheme.labels.get(str(term), "")
        first = part.sort_values("year").iloc[0]
        documents = part["document"].nunique()
        rows.append((concept, relation, term, documents, names, part["year"].min(), first["quote"]))
    found = pd.DataFrame(rows, columns=list(SUGGESTION_COLUMNS)).astype({"first_year": "Int64"})
    order = ["concept", "relation", "documents", "term"]
    return found.sort_values(order, ascending=[True, True, False, True], ignore_index=True)


def _note(suggested: pd.DataFrame) -> Note:
    new = int((suggested["known"] == "").sum())
    return Note(
        f"{len(suggested)} 个类型或组成部分，其中 {new} 个概念体系中没有；收入与否由研究者决定。",
        f"{len(suggested)} kinds and parts, {new} of them not in the concept scheme: whether they"
        " belong there is for a scholar to decide.",
    )


def scheme_entries(suggested: pd.DataFrame, terms: Sequence[str]) -> str:
    """Entries for corpus/concepts.toml of these suggestions, to be looked over and pasted."""
    chosen = suggested[suggested["term"].isin(terms) & (suggested["known"] == "")]
    return "\n".join(
        f'[[concept]]\nid = "…"\nprefLabel = {{ zh = "{row.term}" }}\nbroader = ["{row.concept}"]\n'
        for row in chosen.drop_duplicates("term").itertuples()
    )
