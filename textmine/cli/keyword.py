"""The command keywords: what a document, or the corpus, is about, by three methods side by side."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import pandas as pd
import typer

from textmine.cli.options import JsonOption, LangOption, WorkspaceOption, language, open_workspace
from textmine.cli.show import (
    Lang,
    explained_errors,
    note,
    out,
    print_json,
    print_table,
    progress_bars,
    say,
)
from textmine.cli.words import TopOption, documents_and_texts
from textmine.errors import UsageError
from textmine.store import Workspace
from textmine.store.files import write_csv
from textmine.terms import agreement, doc_term, inverse_frequency, naming, rank_keywords
from textmine.terms.keyword_methods import METHODS

OF_EACH = 10  # keywords of a document that count in the corpus: twice what authors give


def keywords(
    document: Annotated[
        str | None,
        typer.Argument(help="文献编号，缺省为整个语料 / a document's id; default: the corpus"),
    ] = None,
    top: TopOption = 10,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """关键词 / keywords by TF-IDF, TextRank and YAKE's statistics, and how far they agree.

    Of the corpus: in how many documents each method has the term among its first ten.
    Examples / 例: textmine keywords; textmine keywords --top 20
    """
    with explained_errors():
        space = open_workspace(workspace)
        shown = language(space, lang)
        documents, texts = documents_and_texts(space)
        ids = documents["doc_id"].tolist()
        if document is not None and document not in ids:
            raise UsageError(
                f"There is no document {document}.", remedy="`textmine search` shows ids."
            )
        settings = space.settings.terms
        stop_words = space.lexicon.stop_words
        counts = doc_term(
            ids, texts, space.segmenter, min_length=settings.min_length, stop_words=stop_words
        )
        idf = inverse_frequency(counts)
        named = naming(counts.terms, space.segmenter)
        names = {term for term, name in zip(counts.terms, named, strict=True) if name}

        def ranked(text: str, first: int) -> pd.DataFrame:
            return rank_keywords(
                text,
                idf,
                space.segmenter,
                min_length=settings.min_length,
                stop_words=stop_words,
                names=names,
                top=first,
            )

        if document is not None:
            table = ranked(texts[ids.index(document)], top)
            table["author"] = table["term"].isin(_author_keywords(space, document))
            _show_document(table, top, as_json, shown)
            return
        tables = []
        with progress_bars(shown) as bars:
            for n, text in enumerate(texts, 1):
                tables.append(ranked(text, OF_EACH))
                bars("words", n, len(texts))
        table = _of_corpus(tables)
        write_csv(space.output / "keywords.csv", table)
        _show_corpus(table.head(top), tables, as_json, shown)


def _author_keywords(space: Workspace, document: str) -> set[str]:
    with space.catalogue() as catalogue:
        found = catalogue.document(document)
    words = found.keywords if found else ()
    return {word.casefold() for word in space.lexicon.merged(words)}


def _of_corpus(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """In how many documents each method has a term among its first, and all of them."""
    held: dict[str, Counter[str]] = {name: Counter() for name in (*METHODS, "all")}
    for table in tables:
        for name in METHODS:
            held[name].update(table.loc[table[f"{name}_rank"] <= OF_EACH, "term"])
        held["all"].update(table.loc[table["methods"] == len(METHODS), "term"])
    terms = sorted(set().union(*held.values()))
    rows = [(term, *(counter[term] for counter in held.values())) for term in terms]
    table = pd.DataFrame(rows, columns=["term", *held])
    total = table[list(METHODS)].sum(axis=1)
    table = table.assign(total=total).sort_values(
        ["all", "total", "term"], ascending=[False, False, True], ignore_index=True
    )
    return table.drop(columns="total")


def _show_document(table: pd.DataFrame, top: int, as_json: bool, lang: Lang) -> None:
    shares = agreement(table, top=top)
    if as_json:
        plain = {f"{a}, {b}": share for (a, b), share in shares.items()}
        print_json({"keywords": table.to_dict("records"), "agreement": plain})
        return
    header = say(
        lang,
        "词 次数 TF-IDF位次 TextRank位次 YAKE位次 方法数 作者关键词",
        "term count TF-IDF TextRank YAKE methods author's",
    ).split()
    columns = ["term", "count", *(f"{name}_rank" for name in METHODS), "methods"]
    rows = [
        [*row, "✓" if own else ""]
        for row, own in zip(table[columns].to_numpy().tolist(), table["author"], strict=True)
    ]
    print_table(header, rows)
    _note_agreement([shares], lang)


def _show_corpus(
    table: pd.DataFrame, tables: list[pd.DataFrame], as_json: bool, lang: Lang
) -> None:
    shares = [agreement(one, top=OF_EACH) for one in tables]
    if as_json:
        mean = {f"{a}, {b}": sum(s[a, b] for s in shares) / len(shares) for a, b in shares[0]}
        print_json({"keywords": table.to_dict("records"), "agreement": mean})
        return
    header = say(
        lang,
        "词 TF-IDF篇数 TextRank篇数 YAKE篇数 三者皆有",
        "term TF-IDF TextRank YAKE all_three",
    ).split()
    print_table(header, table.to_numpy().tolist())
    _note_agreement(shares, lang)
    out(say(lang, "→ keywords.csv", "→ keywords.csv"))


def _note_agreement(shares: list[dict[tuple[str, str], float]], lang: Lang) -> None:
    for a, b in shares[0]:
        mean = sum(one[a, b] for one in shares) / len(shares)
        note(say(lang, f"{a} 与 {b} 前列词重合 {mean:.0%}", f"{a} and {b} share {mean:.0%}"))
