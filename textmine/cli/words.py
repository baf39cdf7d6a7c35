"""Commands about words: terms (new ones, to accept or reject), lexicon, keyness, bilingual, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from textmine.cli.options import (
    JsonOption,
    LangOption,
    WorkspaceOption,
    language,
    open_workspace,
)
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
from textmine.errors import UsageError
from textmine.matrices import DocTerm
from textmine.records import KINDS
from textmine.segment import Lexicon
from textmine.store import Workspace
from textmine.store.files import write_csv, write_whole
from textmine.terms import abbreviations as defined_names
from textmine.terms import bilingual_keywords, doc_term, lint, new_words
from textmine.terms import keyness as compare

TopOption = Annotated[int, typer.Option(min=1, help="显示多少行 / rows to show")]
REJECTED = "rejected.txt"
CONTEXT = 12  # characters shown on either side of a candidate
SELECTION = re.compile(r"(?P<first>\d{4})?\.\.(?P<last>\d{4})?|(?P<year>\d{4})|(?P<kind>[a-z]+)")


def terms(
    accept: Annotated[
        list[str] | None, typer.Option(help="收入词表 / add to the lexicon; may be repeated")
    ] = None,
    reject: Annotated[
        list[str] | None, typer.Option(help="不再提出 / never propose again; may be repeated")
    ] = None,
    since: Annotated[
        int | None, typer.Option(help="首见不早于该年 / first seen in this year or later")
    ] = None,
    min_count: Annotated[
        int | None,
        typer.Option(min=2, help="最少次数 / occurrences; default: by the size of the corpus"),
    ] = None,
    top: TopOption = 40,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """新词发现与审定 / words that the lexicon lacks: propose, accept, reject.

    All candidates go into new_words.csv in the output folder.
    Examples / 例: textmine terms --since 2015; textmine terms --accept 专精特新 --reject 健康发展
    """
    with explained_errors():
        space = open_workspace(workspace)
        if accept or reject:
            added, refused = _decide(space, accept or [], reject or [])
            out(
                say(
                    language(space, lang),
                    f"收入 {added} 词，不再提出 {refused} 词；下次 textmine update 时重新分词",
                    f"{added} accepted, {refused} rejected; the next textmine update cuts anew",
                )
            )
            return
        found = _candidates(space, min_count)
        if since is not None:
            found = found[found["first_year"] >= since]
        write_csv(space.output / "new_words.csv", found)
        if as_json:
            plain = found.head(top).astype(object)
            print_json(plain.where(plain.notna(), None).to_dict("records"))
        else:
            _print_candidates(found, top, language(space, lang))
            out(f"→ {space.output / 'new_words.csv'}")


def _candidates(space: Workspace, min_count: int | None) -> pd.DataFrame:
    """New words with the year when they first stand in the corpus, and contexts."""
    documents, texts = documents_and_texts(space)
    # By year, so that the first place of a word is the oldest.
    order = documents.reset_index(drop=True).sort_values(["year", "doc_id"]).index.tolist()
    ids, years = documents["doc_id"].tolist(), documents["year"].tolist()
    found = new_words([texts[i] for i in order], space.lexicon, min_count=min_count)
    found = found[~found["term"].isin(_rejected(space))]
    years_of = [years[order[places[0][0]]] for places in found["places"]]
    contexts = [
        " / ".join(_context(texts[order[text]], a, b) for text, a, b in places)
        for places in found["places"]
    ]
    sources = [" ".join(ids[order[text]] for text, _, _ in places) for places in found["places"]]
    return found.drop(columns="places").assign(
        first_year=pd.array(years_of, dtype="Int64"), contexts=contexts, sources=sources
    )


def documents_and_texts(space: Workspace) -> tuple[pd.DataFrame, list[str]]:
    """The table of documents and their texts, in the same order."""
    with space.catalogue() as catalogue:
        documents = catalogue.table()
        texts = [text for _, text in catalogue.texts()]
    if documents.empty:
        raise UsageError(
            "The catalogue holds no document.",
            remedy=f"Put files into {space.documents} and run `textmine update`.",
        )
    return documents, texts


def _context(text: str, start: int, end: int) -> str:
    before, after = text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT]
    return " ".join(f"{before}【{text[start:end]}】{after}".split())


def _print_candidates(found: pd.DataFrame, top: int, lang: Lang) -> None:
    header = say(
        lang,
        "词 次数 篇数 首见 得分 词表中近邻 上下文",
        "term count documents since score beside context",
    ).split()
    columns = ["term", "count", "documents", "first_year", "score", "beside", "contexts"]
    rows = [
        [
            term,
            count,
            documents,
            "" if pd.isna(year) else year,
            f"{score:.1f}",
            beside,
            contexts.split(" / ")[0],
        ]
        for term, count, documents, year, score, beside, contexts in found[columns]
        .head(top)
        .itertuples(index=False)
    ]
    print_table(header, rows, f"{say(lang, '候选新词', 'new words')} ({len(rows)}/{len(found)})")


def _rejected(space: Workspace) -> list[str]:
    path = space.root / space.settings.workspace.lexicon / REJECTED
    if not path.exists():
        return []
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8-sig").splitlines())
    return [line for line in lines if line]


def _decide(space: Workspace, accept: Sequence[str], reject: Sequence[str]) -> tuple[int, int]:
    """Write decisions into the lexicon's files; returns how many words were new to each."""
    if both := sorted(set(accept) & set(reject)):
        raise UsageError(f"{both[0]} is both accepted and rejected.", remedy="Choose one.")
    parsed = Lexicon.parse("\n".join(accept), source="--accept")
    if any(entry.word != word for entry, word in zip(parsed.entries, accept, strict=True)):
        raise UsageError("--accept takes words.", remedy="Write frequencies into terms.txt itself.")
    known = {entry.word for entry in space.lexicon.entries}
    if wrong := sorted(known & set(reject)):
        raise UsageError(
            f"{wrong[0]} is an entry of the lexicon or a label of the concept scheme.",
            remedy="To undo it, take it out of terms.txt or concepts.toml.",
        )
    folder = space.root / space.settings.workspace.lexicon
    with space.writing():
        added = _append(folder / "terms.txt", [w for w in accept if w not in known])
        earlier = _rejected(space)
        return added, _append(folder / REJECTED, [w for w in reject if w not in earlier])


def _append(path: Path, words: Sequence[str]) -> int:
    """Add words as lines to a file that a person edits; what stands there stays."""
    new = list(dict.fromkeys(words))
    if new:
        text = path.read_text("utf-8-sig") if path.exists() else ""
        if text and not text.endswith("\n"):
            text += "\n"
        write_whole(path, text + "".join(f"{word}\n" for word in new))
    return len(new)


def lexicon(
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help="连成词的与未出现的也列出 / list what wins or never occurs, too"
        ),
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """检查词表 / what each entry of the lexicon does: wins, is shadowed, never occurs, breaks words.

    Example / 例: textmine lexicon --all
    """
    with explained_errors():
        space = open_workspace(workspace)
        _, texts = documents_and_texts(space)
        found = lint(texts, space.lexicon, hmm=space.settings.segment.hmm)
        write_csv(space.output / "lexicon.csv", found)
        absent = int((found["verdict"] == "absent").sum())
        if not everything:
            usual = found["verdict"].isin(("wins", "absent"))
            found = found[~usual | (found["breaks"] != "")]
        if as_json:
            print_json(found.to_dict("records"))
            return
        chosen = language(space, lang)
        header = say(
            chosen,
            "词 判定 出现 成词 未成词处 切断的词",
            "term verdict occurrences kept inside breaks",
        ).split()
        print_table(header, found.to_numpy().tolist())
        for verdict, (zh, en) in VERDICTS.items():
            note(f"{verdict}: {say(chosen, zh, en)}")
        if absent and not everything:
            out(say(chosen, f"另有 {absent} 词未出现", f"{absent} more never occur") + " (--all)")
        out(f"→ {space.output / 'lexicon.csv'}")


VERDICTS = {
    "wins": ("处处成词", "kept whole wherever it stands"),
    "partly": (
        "有时成词；“未成词处”是占去它的词",
        "kept whole in some places; see inside for others",
    ),
    "shadowed": ("总被更长的词占去", "never kept whole: a longer word holds it"),
    "split": ("从不成词：请给出词频", "never kept whole: give it a frequency"),
    "absent": ("文献中没有", "stands in no document"),
    "superfluous": ("没有词表也同样成词", "kept as often without the lexicon"),
}


def keyness(
    target: Annotated[
        str,
        typer.Argument(help="年份、年段或类型 / a year, years (2013..2020, 2013..) or a kind"),
    ],
    against: Annotated[
        str | None,
        typer.Option(help="对照部分，缺省为其余文献 / the part to compare with; default: the rest"),
    ] = None,
    top: TopOption = 20,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """关键性 / terms that set one part of the corpus apart from another: G², log-ratio, interval.

    Examples / 例: textmine keyness 2013.. ; textmine keyness policy --against paper
    """
    with explained_errors():
        space = open_workspace(workspace)
        documents, texts = documents_and_texts(space)
        inside = _selected(documents, target)
        other = ~inside if against is None else _selected(documents, against) & ~inside
        with progress_bars(language(space, lang)) as bars:
            bars("words", 0, 1)
            counts = _counted(space, documents, texts)
            bars("words", 1, 1)
        found = compare(
            counts.select_documents(inside.to_numpy().nonzero()[0]),
            counts.select_documents(other.to_numpy().nonzero()[0]),
        )
        write_csv(space.output / "keyness.csv", found)
        ends = pd.concat([found.head(top), found.tail(top)]).drop_duplicates("term")
        if as_json:
            print_json({"documents": [int(inside.sum()), int(other.sum())],
                        "terms": ends.to_dict("records")})  # fmt: skip
        else:
            _print_keyness(ends, int(inside.sum()), int(other.sum()), language(space, lang))
            out(f"→ {space.output / 'keyness.csv'}")


def _counted(space: Workspace, documents: pd.DataFrame, texts: Sequence[str]) -> DocTerm:
    settings = space.settings.terms
    return doc_term(
        documents["doc_id"],
        texts,
        space.segmenter,
        min_length=settings.min_length,
        stop_words=space.lexicon.stop_words,
    )


def _selected(documents: pd.DataFrame, selection: str) -> pd.Series:
    """Which documents a year, a range of years or a kind names."""
    match = SELECTION.fullmatch(selection)
    if match is None or (match["kind"] and match["kind"] not in KINDS) or selection == "..":
        raise UsageError(
            f"{selection!r} is neither a year, nor years, nor a kind of document.",
            remedy=f"Write 2015, 2013..2020, 2013.., ..2012 or one of: {', '.join(KINDS)}.",
        )
    if match["kind"]:
        chosen = documents["kind"] == match["kind"]
    else:
        first = int(match["year"] or match["first"] or 0)
        last = int(match["year"] or match["last"] or 9999)
        chosen = documents["year"].between(first, last).fillna(False).astype(bool)
    return chosen


def _print_keyness(found: pd.DataFrame, target: int, reference: int, lang: Lang) -> None:
    header = say(
        lang, "词 次数 对照次数 log-ratio 区间 G² q", "term count reference log-ratio interval G² q"
    ).split()
    rows = [
        [
            row.term,
            row.count_,
            row.count_reference,
            f"{row.log_ratio:+.2f}",
            f"{row.low:+.2f} … {row.high:+.2f}",
            f"{row.g2:.1f}",
            f"{row.q:.2g}",
        ]
        for row in found.rename(columns={"count": "count_"}).itertuples()
    ]
    print_table(header, rows, f"{target} : {reference} {say(lang, '篇', 'documents')}")


def bilingual(
    min_papers: Annotated[
        int, typer.Option(min=1, help="至少多少篇相连 / papers that must link the two")
    ] = 1,
    top: TopOption = 40,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """中英关键词对照 / Chinese and English keywords of the papers, aligned into one list.

    The whole list goes into bilingual_keywords.csv. Example / 例: textmine bilingual --min-papers 2
    """
    with explained_errors():
        space = open_workspace(workspace)
        with space.catalogue() as catalogue:
            papers = [(d.keywords, d.keywords_en) for _, d in catalogue.documents()]
        found = bilingual_keywords(papers)
        found = found[found["papers"] >= min_papers]
        write_csv(space.output / "bilingual_keywords.csv", found)
        if as_json:
            print_json(found.head(top).to_dict("records"))
            return
        header = say(
            language(space, lang),
            "中文 英文 相连篇数 有该词篇数",
            "Chinese English linked_papers papers",
        ).split()
        print_table(header, found[["zh", "en", "papers", "of"]].head(top).to_numpy().tolist())
        out(f"→ {space.output / 'bilingual_keywords.csv'}")


def abbreviations(
    top: TopOption = 40,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """简称与全称 / short names that the texts define: 中国科学院（以下简称“中科院”）.

    For altLabel in concepts.toml. The whole list goes into abbreviations.csv.
    Example / 例: textmine abbreviations --top 20
    """
    with explained_errors():
        space = open_workspace(workspace)
        documents, texts = documents_and_texts(space)
        found = defined_names(texts, space.segmenter)
        ids = documents["doc_id"].tolist()
        found["source"] = [ids[text] for text, _, _ in found["place"]]
        found["context"] = [_context(texts[text], a, b) for text, a, b in found["place"]]
        found = found.drop(columns="place")
        write_csv(space.output / "abbreviations.csv", found)
        if as_json:
            print_json(found.head(top).to_dict("records"))
            return
        header = say(language(space, lang), "简称 全称 篇数", "short full documents").split()
        print_table(header, found[["short", "full", "documents"]].head(top).to_numpy().tolist())
        out(f"→ {space.output / 'abbreviations.csv'}")
