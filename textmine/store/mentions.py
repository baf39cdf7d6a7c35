"""The concepts that documents name: found once per text and scheme, then remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textmine.concepts import named_in_full
from textmine.records import Document, Mention
from textmine.store.derived import DerivedStore
from textmine.store.fingerprints import source_fingerprint
from textmine.store.workspace import Workspace


def mentions(
    workspace: Workspace, derived: DerivedStore, documents: Iterable[tuple[str, Document]]
) -> Iterator[tuple[str, list[Mention]]]:
    """The concept mentions of each (id, document), remembered or found."""

    def plain(_: str, document: Document) -> list[tuple[str, str, int, int]]:
        found = named_in_full(workspace.matcher.mentions(document.text), workspace.scheme)
        return [(m.concept, m.label, m.start, m.end) for m in found]

    for doc_id, rows in derived.each("mentions", made_from(workspace), documents, plain):
        yield doc_id, [Mention(*row) for row in rows]


def made_from(workspace: Workspace) -> str:
    """Fingerprint of what mentions depend on besides the document."""
    return f"{workspace.scheme.fingerprint}:{source_fingerprint('concepts')}"


def concept_ids(
    workspace: Workspace, derived: DerivedStore, documents: Iterable[tuple[str, Document]]
) -> Iterator[tuple[str, list[str]]]:
    """The concepts of each (id, document), broader ones included, in order."""
    for doc_id, found in mentions(workspace, derived, documents):
        yield doc_id, sorted(_with_broader(workspace, {m.concept for m in found}))


def _with_broader(workspace: Workspace, concepts: set[str]) -> set[str]:
    return concepts.union(*(workspace.scheme.ancestors(c) for c in concepts))
