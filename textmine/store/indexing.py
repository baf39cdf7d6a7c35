"""The index's folder: derived from the catalogue, built beside the old one, swapped whole.

    .textmine/index/current.json     which folder is the index, and what it was made from
    .textmine/index/000001/          a tantivy index

An update replays into the current folder what the catalogue gained since the generation that the
index carries in its own commit. When what it was made from has changed, or it is damaged, a new
folder is built and the pointer moved in one rename; the old folder stays until the next update,
for the readers that have it open.
"""

from __future__ import annotations

import json
import logging
import shutil
import struct
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import tantivy

from textmine.errors import StoreError, TextmineError
from textmine.records import Document
from textmine.search import entry, schema
from textmine.search.schema import SCHEMA_VERSION, ranked_texts, word_token
from textmine.segment import Segmenter
from textmine.store.catalogue import Catalogue
from textmine.store.faults import AGAIN, FREE_SPACE
from textmine.store.files import write_whole
from textmine.store.fingerprints import source_fingerprint
from textmine.store.recutting import cut_otherwise, keep_lexicon, kept_segmenter
from textmine.store.workspace import Workspace

logger = logging.getLogger(__name__)

Concepts = Callable[[Iterable[tuple[str, Document]]], Iterator[tuple[str, list[str]]]]
Watch = Callable[[int, int, str], None]

WATERMARK = "watermark"
UNFINISHED = "unfinished"
BATCH = 100  # documents
HEAP_BYTES = 128_000_000
# The last eight bytes of every file of tantivy: length of the footer, and this mark.
FOOTER_MARK = 1337


class Pointer(NamedTuple):
    """Which folder is the index, and the fingerprints of what it was made from."""

    folder: Path
    made_from: dict[str, Any]


def current_index(workspace: Workspace) -> Pointer | None:
    """The index that readers open now; None when there is none that can be used."""
    base = workspace.state / "index"
    try:
        plain = json.loads((base / "current.json").read_text(encoding="utf-8"))
        pointer = Pointer(base / Path(plain["folder"]).name, dict(plain["made_from"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return pointer if pointer.folder.is_dir() else None


def made_from(workspace: Workspace, catalogue: Catalogue) -> dict[str, Any]:
    """Fingerprints of everything that the index depends on besides the documents."""
    return {
        "catalogue": catalogue.identity,
        "schema": f"{SCHEMA_VERSION}:{source_fingerprint('search/schema', 'search/folding')}",
        "tantivy": tantivy.__version__,
        "segmenter": workspace.segmenter.fingerprint,
        "concepts": f"{workspace.scheme.fingerprint}:{source_fingerprint('concepts')}",
    }


def reasons_to_rebuild(workspace: Workspace, catalogue: Catalogue) -> list[str]:
    """What has changed since the index was built; empty when it can be carried on."""
    pointer = current_index(workspace)
    if pointer is None:
        return ["no index yet"]
    now = made_from(workspace, catalogue)
    return [name for name in now if pointer.made_from.get(name) != now[name]]


def update_index(
    workspace: Workspace,
    catalogue: Catalogue,
    *,
    concepts: Concepts,
    progress: Watch = lambda done, total, doc_id: None,
) -> int:
    """Bring the index up to the catalogue's generation; the caller holds the writer's lock.

    Parameters
    ----------
    concepts
        Gives (id, concept ids with the broader ones) for (id, document) pairs, in their order.

    Returns
    -------
    int
        How many documents were indexed anew.

    Raises
    ------
    StoreError
        When the index cannot be written; the old one stays.
    """
    pointer = current_index(workspace)
    _sweep(workspace, pointer)
    touched = None if pointer is None else _touched(pointer, workspace, catalogue)
    if pointer is not None and touched is not None:
        try:
            now = made_from(workspace, catalogue)
            if touched:  # were this run cut off, the words would be of two lexicons
                _point_at(pointer.folder, {**now, "segmenter": UNFINISHED})
            count = _replay(pointer.folder, workspace, catalogue, concepts, progress, touched)
            if touched or pointer.made_from != now:
                keep_lexicon(pointer.folder, workspace)
                _point_at(pointer.folder, now)
            return count
        except TextmineError:
            raise
        except Exception as error:
            logger.warning("the index cannot be carried on (%s); building it anew", error)
    return rebuild_index(workspace, catalogue, concepts=concepts, progress=progress)


def _touched(
    pointer: Pointer, workspace: Workspace, catalogue: Catalogue
) -> Collection[str] | None:
    """Documents to index anew though they have not changed; None when all are to be.

    A changed lexicon touches those that it cuts otherwise.
    """
    reasons = reasons_to_rebuild(workspace, catalogue)
    if not reasons:
        return ()
    if reasons != ["segmenter"]:
        return None
    before = kept_segmenter(pointer.folder, workspace, pointer.made_from["segmenter"])
    if before is None:
        return None
    return [*cut_otherwise(catalogue.documents(), before, workspace.segmenter)]


def _point_at(folder: Path, made_from: dict[str, Any]) -> None:
    """Make a folder the index that readers open, with what it was made from."""
    plain = {"folder": folder.name, "made_from": made_from}
    write_whole(folder.parent / "current.json", json.dumps(plain, sort_keys=True))


def rebuild_index(
    workspace: Workspace,
    catalogue: Catalogue,
    *,
    concepts: Concepts,
    progress: Watch = lambda done, total, doc_id: None,
) -> int:
    """Build the index from nothing beside the old one, and put it in its place."""
    pointer = current_index(workspace)
    number = int(pointer.folder.name) + 1 if pointer else 1
    folder = workspace.state / "index" / f"{number:06}"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        tantivy.Index(schema(), path=str(folder)).writer(HEAP_BYTES, 1).commit()
        count = _replay(folder, workspace, catalogue, concepts, progress)
        keep_lexicon(folder, workspace)
        _point_at(folder, made_from(workspace, catalogue))
    except TextmineError:
        raise
    except Exception as error:
        # tantivy raises ValueError for whatever the disk does to it.
        shutil.rmtree(folder, ignore_errors=True)
        full = "No space left" in str(error)
        raise StoreError(
            f"The index cannot be written: {error}", remedy=FREE_SPACE if full else AGAIN
        ) from error
    return count


def _sweep(workspace: Workspace, pointer: Pointer | None) -> None:
    """Drop folders that are no longer, or never became, the index."""
    for child in sorted((workspace.state / "index").glob("*")):
        if pointer is not None and child in (
            pointer.folder,
            pointer.folder.parent / "current.json",
        ):
            continue
        if child.is_dir() and not child.is_symlink():
            # Windows keeps what a reader has open; the next update tries again.
            shutil.rmtree(child, ignore_errors=True)
        else:
            child.unlink(missing_ok=True)


def _replay(
    folder: Path,
    workspace: Workspace,
    catalogue: Catalogue,
    concepts: Concepts,
    progress: Watch,
    touched: Collection[str] = (),
) -> int:
    """Index what the catalogue gained since the generation that the index carries.

    And what else is `touched`.
    """
    index = tantivy.Index.open(str(folder))
    changed = sorted({*catalogue.changed_since(watermark(index)), *touched})
    if not changed:
        return 0
    # One thread: documents then lie in the index in the order of their ids.
    writer = index.writer(HEAP_BYTES, 1)
    # A crash between two file operations of tantivy leaves files that block the next commit.
    writer.garbage_collect_files()
    for doc_id in changed:
        writer.delete_documents_by_term("doc_id", doc_id)
    generation = catalogue.generation
    present = [doc_id for doc_id in changed if catalogue.has(doc_id)]
    done = 0
    for batch in _batches(catalogue, present, concepts):
        texts = [t for _, document, _ in batch for t in ranked_texts(document).values()]
        tokens = index_tokens(workspace.segmenter, texts)
        for doc_id, document, ids in batch:
            writer.add_document(
                entry(
                    doc_id,
                    document,
                    tokens=tokens.__getitem__,
                    concepts=ids,
                    generation=generation,
                )
            )
            done += 1
            progress(done, len(present), doc_id)
    _set_watermark(writer, generation)
    writer.commit()
    writer.wait_merging_threads()
    return len(present)


def _batches(
    catalogue: Catalogue, ids: Sequence[str], concepts: Concepts
) -> Iterator[list[tuple[str, Document, list[str]]]]:
    """Documents with their concepts, a hundred at a time to keep memory bounded."""
    for start in range(0, len(ids), BATCH):
        batch = list(catalogue.documents(ids[start : start + BATCH]))
        yield [
            (doc_id, document, found)
            for (doc_id, document), (_, found) in zip(batch, concepts(batch), strict=True)
        ]


def index_tokens(segmenter: Segmenter, texts: Iterable[str]) -> dict[str, str]:
    """The index tokens of each text's words, with a space between; all texts are cut at once."""
    distinct = list(dict.fromkeys(texts))
    cut = segmenter.cut(distinct).numbered()
    # Each different word is folded once, wherever it stands.
    token_of = [word_token(word) for word in cut.words]
    tokens = [token_of[word] for word in cut.ids.tolist()]
    bounds = zip(distinct, cut.offsets[:-1].tolist(), cut.offsets[1:].tolist(), strict=True)
    return {text: " ".join(filter(None, tokens[a:b])) for text, a, b in bounds}


def watermark(index: tantivy.Index) -> int:
    """The generation of the catalogue that an index is complete up to."""
    searcher = index.searcher()
    found = searcher.search(
        tantivy.Query.term_query(index.schema, "doc_id", WATERMARK), limit=1
    ).hits
    return int(searcher.doc(found[0][1])["watermark"][0]) if found else 0


def _set_watermark(writer: tantivy.IndexWriter, generation: int) -> None:
    writer.delete_documents_by_term("doc_id", WATERMARK)
    mark = tantivy.Document()
    mark.add_text("doc_id", WATERMARK)
    mark.add_integer("generation", 0)
    mark.add_integer("watermark", generation)
    writer.add_document(mark)


def index_problems(workspace: Workspace, catalogue: Catalogue) -> list[str]:
    """What is wrong with the index on disk: damaged files, missing or surplus documents."""
    pointer = current_index(workspace)
    if pointer is None:
        return ["there is no index"]
    damaged = [f"{path.name} is damaged" for path in _damaged_files(pointer.folder)]
    if damaged:
        return damaged
    try:
        index = tantivy.Index.open(str(pointer.folder))
        if watermark(index) != catalogue.generation:
            return [f"it ends at generation {watermark(index)} of {catalogue.generation}"]
        held = indexed_ids(index)
    except ValueError as error:
        return [f"it cannot be opened: {error}"]
    known = catalogue.document_ids()
    if held == known:
        return []
    missing, surplus = len({*known} - {*held}), len({*held} - {*known})
    twice = len(held) - len({*held})
    return [f"{missing} documents are missing, {surplus} too many, {twice} twice"]


def indexed_ids(index: tantivy.Index) -> list[str]:
    """The ids of all documents in an index, in order, as often as they are there."""
    searcher = index.searcher()
    if searcher.num_docs == 0:
        return []
    hits = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs, count=False).hits
    ids = (searcher.doc(address)["doc_id"][0] for _, address in hits)
    return sorted(doc_id for doc_id in ids if doc_id != WATERMARK)


def _damaged_files(folder: Path) -> list[Path]:
    """Files of the segments in use whose checksum is wrong, and files that are missing."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        segments = [str(s["segment_id"]).replace("-", "") for s in meta["segments"]]
    except (OSError, ValueError, KeyError, TypeError):
        return [folder / "meta.json"]
    parts = [p for s in segments for p in sorted(folder.glob(f"{s}.*"))]
    lost = [folder / f"{s}.store" for s in segments if not (folder / f"{s}.store").is_file()]
    return lost + [path for path in parts if not _sound(path.read_bytes())]


def _sound(data: bytes) -> bool:
    """Whether the body of a file of tantivy has the checksum that its footer states."""
    try:
        length, mark = struct.unpack("<II", data[-8:])
        footer = json.loads(data[-8 - length : -8])
        return bool(mark == FOOTER_MARK and zlib.crc32(data[: -8 - length]) == footer["crc"])
    except (struct.error, ValueError, KeyError, TypeError):
        return False
