"""What the results say that they did not say when they were last reported.

Two results are compared only where they were made with the same settings, lexicon, concepts and
versions: otherwise what differs does not come from the documents, and the report says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from textmine.concepts import Scheme
from textmine.matrices import DocTerm
from textmine.pipeline import Analysis, Corpus
from textmine.topics import changes as topic_changes
from textmine.update.changes import add_findings
from textmine.update.results import Results, keep_results, kept_results, results_of

Row = dict[str, Any]

# False discovery rate below which a burst is told, as in the report.
Q = 0.05
# Cosine of the words of one topic in fits of overlapping corpora (textmine.topics.lineage): a
# topic that is still there, and less like itself, has drifted.
LIKE_ITSELF = 0.7
# The most frequent come first; more of them no one reads.
LISTED = 100


def report_findings(corpus: Corpus, analyses: Mapping[str, Analysis]) -> Row | None:
    """Tell in the change report what the results say anew, and keep them for the next time.

    Returns
    -------
    dict or None
        What was found (see `compare`); None the first time, and when there is nothing to tell.
    """
    workspace = corpus.workspace
    before, now = kept_results(workspace), results_of(corpus, analyses)
    found = None
    if before is not None:
        claims = analyses["claims"].tables["claims"] if "claims" in analyses else None
        found = compare(before, now, corpus.doc_term, claims=claims, scheme=workspace.scheme)
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if any(found[name] for name in ("new_terms", "bursts", "topics", "claims", "not_compared")):
            add_findings(workspace, found, generation=corpus.generation, at=at)
        else:
            found = None
    # Last: a run that is cut off before tells it again, rather than never.
    keep_results(workspace, now, analyses)
    return found


def compare(
    before: Results,
    now: Results,
    doc_term: DocTerm,
    *,
    claims: pd.DataFrame | None,
    scheme: Scheme,
) -> Row:
    """What later results say that earlier ones did not.

    Parameters
    ----------
    doc_term
        The counts that the later results were made from.
    claims
        The claims themselves, for the words of those that are new.
    scheme
        For the names of concepts.

    Returns
    -------
    dict
        JSON-ready: since_generation; new_terms (term, documents); bursts (of, name, first, last,
        weight); topics (event, label, before, after, similarity, prevalence_before,
        prevalence_after); claims (event, subject, relation, object, documents, evidence, title,
        doc_id); not_compared (stages that were made otherwise than before).
    """
    stages = [stage for stage in now.made_from if stage in before.made_from]
    same = {stage for stage in stages if now.made_from[stage] == before.made_from[stage]}
    return {
        "since_generation": before.generation,
        "new_terms": _new_terms(before, doc_term) if "terms" in same else [],
        "bursts": list(_bursts(before, now, scheme)) if "evolution" in same else [],
        "topics": list(_topics(before, now)) if "topics" in same else [],
        "claims": list(_claims(before, now, claims, scheme)) if "claims" in same else [],
        "not_compared": [stage for stage in stages if stage not in same],
    }


def _new_terms(before: Results, doc_term: DocTerm) -> list[Row]:
    """Terms that count now and did not, unless they were too frequent rather than too rare.

    Too frequent were those that more of the earlier documents hold than of the terms of then the
    rarest: the settings' least number of documents.
    """
    counts = doc_term.counts > 0
    old = np.array([doc_id in before.documents for doc_id in doc_term.doc_ids], dtype=bool)
    of_old = np.asarray(counts[old].sum(axis=0)).ravel()
    fewest = min(before.terms.values(), default=1)
    rows = zip(doc_term.terms, doc_term.document_frequency.tolist(), of_old.tolist(), strict=True)
    new = [(n, term) for term, n, m in rows if term not in before.terms and m < fewest]
    new.sort(key=lambda pair: (-pair[0], pair[1]))
    return [{"term": term, "documents": int(n)} for n, term in new[:LISTED]]


def _bursts(before: Results, now: Results, scheme: Scheme) -> Iterator[Row]:
    """Bursts beyond chance of which no year was in a burst of the same name before."""
    for of, table in (("concept", "concept_bursts"), ("term", "term_bursts")):
        known: dict[str, list[tuple[int, int]]] = {}
        for row in _beyond_chance(before.tables[table]).itertuples():
            known.setdefault(str(getattr(row, of)), []).append((int(row.first), int(row.last)))
        for row in _beyond_chance(now.tables[table]).itertuples():
            name, first, last = str(getattr(row, of)), int(row.first), int(row.last)
            if any(a <= last and first <= b for a, b in known.get(name, ())):
                continue
            shown = _both(scheme, name) if of == "concept" else name
            weight = round(float(row.weight), 2)
            yield {"of": of, "name": shown, "first": first, "last": last, "weight": weight}


def _beyond_chance(table: pd.DataFrame) -> pd.DataFrame:
    return table[pd.to_numeric(table["q"], errors="coerce") <= Q]


def _topics(before: Results, now: Results) -> Iterator[Row]:
    if before.topics is None or now.topics is None:
        return
    labels = {
        side: dict(
            zip(results.tables["topics"]["topic"], results.tables["topics"]["label"], strict=True)
        )
        for side, results in (("before", before), ("after", now))
    }
    for row in topic_changes(before.topics, now.topics).to_dict("records"):
        event = str(row["event"])
        if event == "kept":
            if row["similarity"] >= LIKE_ITSELF:
                continue
            event = "drifted"
        side = "before" if event == "died" else "after"
        numbers = {
            name: None if pd.isna(row[name]) else int(row[name]) for name in ("before", "after")
        }
        shares = {
            name: None if pd.isna(row[name]) else round(float(row[name]), 4)
            for name in ("prevalence_before", "prevalence_after")
        }
        label = str(labels[side].get(numbers[side], numbers[side]))
        similarity = round(float(row["similarity"]), 2)
        yield {"event": event, "label": label, **numbers, "similarity": similarity, **shares}


def _claims(
    before: Results, now: Results, claims: pd.DataFrame | None, scheme: Scheme
) -> Iterator[Row]:
    """Pairs of concepts whose first support or first contradiction came, or whose last went."""
    was, is_now = _standing(before), _standing(now)
    for key in sorted({*was, *is_now}):
        support_was, against_was = was.get(key, (0, 0))
        support, against = is_now.get(key, (0, 0))
        events = [
            ("supported", support, support and not support_was, "affirmative"),
            ("contradicted", against, against and not against_was, "negative"),
            ("no longer supported", support, support_was and not support, ""),
        ]
        for event, documents, happened, polarity in events:
            if happened:
                subject, relation, object_ = key
                yield {
                    "event": event,
                    "subject": _both(scheme, subject),
                    "relation": relation,
                    "object": _both(scheme, object_),
                    "documents": documents,
                    **_words(claims, key, polarity),
                }


def _standing(results: Results) -> dict[tuple[str, str, str], tuple[int, int]]:
    """How many documents support and deny each (subject, relation, object)."""
    pairs = results.tables["claim_pairs"]
    return {
        (str(p.subject), str(p.relation), str(p.object)): (int(p.documents), int(p.against))
        for p in pairs.itertuples()
    }


def _words(claims: pd.DataFrame | None, key: tuple[str, str, str], polarity: str) -> Row:
    """The newest words behind a claim."""
    if claims is None or not polarity:
        return {"evidence": "", "title": "", "doc_id": ""}
    denies = claims["polarity"] == "negative"
    stated = ~claims["modality"].isin(("question", "hypothesis"))
    named = (claims[["subject", "relation", "object"]] == list(key)).all(axis=1)
    found = claims[named & stated & (denies if polarity == "negative" else ~denies)]
    row = found.sort_values(["year", "document", "start"], na_position="first").iloc[-1]
    return {"evidence": row["evidence"], "title": row["title"], "doc_id": row["document"]}


def _both(scheme: Scheme, concept: str) -> str:
    """A concept's names in both languages; its id where the scheme no longer has it."""
    if concept not in scheme:
        return concept
    found = scheme[concept]
    return f"{found.name('zh')} ({found.name('en')})"
