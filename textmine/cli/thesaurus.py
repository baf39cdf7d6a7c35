"""The command thesaurus: words that may be one, what merging them changes, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import pandas as pd
import typer

from textmine.cli.options import JsonOption, LangOption, WorkspaceOption, language, open_workspace
from textmine.cli.show import Lang, explained_errors, out, print_json, print_table, say
from textmine.cli.words import TopOption, documents_and_texts
from textmine.errors import UsageError
from textmine.matrices import DocTerm
from textmine.segment import (
    Segmenter,
    parse_thesaurus,
    sentences,
    with_synonyms,
    without_synonym,
)
from textmine.store import Workspace
from textmine.store.files import write_csv, write_whole
from textmine.store.workspace import THESAURUS
from textmine.terms import (
    abbreviations,
    bilingual_keywords,
    doc_term,
    merged_counts,
    naming,
    suggest_synonyms,
)
from textmine.terms.synonyms import MERGE_COLUMNS

MergeOption = Annotated[
    str | None,
    typer.Option(
        metavar="PREFERRED=OTHER,OTHER", help="合并会改变什么 / what merging would change"
    ),
]


def thesaurus(
    preview: MergeOption = None,
    accept: Annotated[
        str | None,
        typer.Option(
            metavar="PREFERRED=OTHER,OTHER",
            help="此后以首选词计数与检索 / count and search them as the preferred word from now on",
        ),
    ] = None,
    undo: Annotated[
        str | None, typer.Option(metavar="OTHER", help="撤销一词的合并 / let it be itself again")
    ] = None,
    top: TopOption = 30,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """同义词 / words that may be one: suggestions, what merging would change, accept, undo.

    Decisions stand in thesaurus.txt of the lexicon's folder; all suggestions in synonyms.csv.
    Example / 例: textmine thesaurus --preview 产学研合作=产学研结合
    """
    with explained_errors():
        space = open_workspace(workspace)
        shown = language(space, lang)
        if undo is not None:
            _undo(space, undo)
            out(say(shown, f"{undo} 恢复为独立的词", f"{undo} is a word of its own again"))
            return
        if accept is not None or preview is not None:
            preferred, others = _merge(accept or preview or "")
            table = _preview(space, preferred, others)
            if accept is not None:
                _accept(space, preferred, others)
        else:
            table = _suggestions(space)
            write_csv(space.output / "synonyms.csv", table)
            table = table.head(top)
        if as_json:
            print_json(table.to_dict("records"))
        else:
            _print(table, shown)


def _merge(given: str) -> tuple[str, tuple[str, ...]]:
    pairs = parse_thesaurus(given, source="PREFERRED=OTHER")
    if len({preferred for _, preferred in pairs}) != 1:
        raise UsageError("There is nothing to merge.", remedy="Write: PREFERRED=OTHER,OTHER")
    return pairs[0][1], tuple(word for word, _ in pairs)


def _preview(space: Workspace, preferred: str, others: Sequence[str]) -> pd.DataFrame:
    """Counts before and after, with all words kept whole and none merged yet."""
    documents, texts = documents_and_texts(space)
    words = [preferred, *others]
    settled = tuple(pair for pair in space.lexicon.synonyms if pair[0] not in words)
    plain = space.lexicon.with_words(words).with_synonyms(settled)
    counts = _counted(space, documents["doc_id"], texts, Segmenter(plain))
    return merged_counts(counts, preferred.casefold(), [word.casefold() for word in others])


def _counted(
    space: Workspace, ids: Sequence[str], texts: Sequence[str], segmenter: Segmenter
) -> DocTerm:
    return doc_term(
        ids,
        texts,
        segmenter,
        min_length=space.settings.terms.min_length,
        stop_words=space.lexicon.stop_words,
    )


def _suggestions(space: Workspace) -> pd.DataFrame:
    documents, texts = documents_and_texts(space)
    with space.catalogue() as catalogue:
        papers = [(d.keywords, d.keywords_en) for _, d in catalogue.documents()]
    counts = _counted(space, documents["doc_id"], texts, space.segmenter)
    least = min(space.settings.terms.min_documents, max(len(documents) // 2, 1))
    named = naming(counts.terms, space.segmenter)
    counts = counts.select_terms((named & (counts.document_frequency >= least)).nonzero()[0])
    pieces = [text[start:end] for text in texts for start, end in sentences(text)]
    contexts = _counted(space, [str(n) for n in range(len(pieces))], pieces, space.segmenter)
    defined = abbreviations(texts, space.segmenter)
    bilingual = bilingual_keywords(papers)
    return suggest_synonyms(
        counts,
        contexts.aligned(counts.terms),
        short_names=zip(defined["short"], defined["full"], strict=True),
        translations=zip(bilingual["zh"], bilingual["en"], strict=True),
        known=space.lexicon.preferred,
    )


def _accept(space: Workspace, preferred: str, others: Sequence[str]) -> None:
    path = space.root / space.settings.workspace.lexicon / THESAURUS
    with space.writing():
        text = path.read_text("utf-8-sig") if path.exists() else ""
        new = with_synonyms(text, preferred, others)
        parse_thesaurus(new, source=str(path))  # refuses a word with two preferred ones
        write_whole(path, new)


def _undo(space: Workspace, word: str) -> None:
    path = space.root / space.settings.workspace.lexicon / THESAURUS
    with space.writing():
        if word not in dict(space.lexicon.synonyms):
            raise UsageError(
                f"{word} stands for no other word.", remedy=f"See {path} for those that do."
            )
        write_whole(path, without_synonym(path.read_text("utf-8-sig"), word))


def _print(table: pd.DataFrame, lang: Lang) -> None:
    merging = tuple(table.columns) == MERGE_COLUMNS
    zh = "词 次数 篇数 位次" if merging else "首选 另一词 依据 语境相似 篇数 另一词篇数"
    en = (
        "term occurrences documents rank"
        if merging
        else "preferred other evidence contexts documents documents_other"
    )
    print_table(say(lang, zh, en).split(), table.to_numpy().tolist())
