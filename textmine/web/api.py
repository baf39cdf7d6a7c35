"""The JSON API under /api/v1: the same answers as the pages, for programs.

Ids of documents are stable: they name what a document is, not where it lies. Pages of hits turn in
one state of the index when `generation` of the first is sent with the next.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

import pandas as pd
from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel

from textmine.export import MEDIA_TYPES, Format
from textmine.records import Kind, as_record
from textmine.store.index import Sort
from textmine.store.similar import similar
from textmine.web import analyses
from textmine.web.documents import fetch, show
from textmine.web.library import Library, Reader
from textmine.web.pages import Conditions, DocumentId, Q, file_answer
from textmine.web.searching import Question, exported, plain_hit
from textmine.web.tables import Results, Source

API = "/api/v1"
LIMIT = 100  # hits
REACH = 10_000  # how deep into the hits one can look


class HitOut(BaseModel):
    """A hit; `highlights` are spans of the snippet, `versions` other documents of the same work."""

    id: str
    title: str
    year: int | None
    kind: Kind
    score: float
    snippet: str
    highlights: list[tuple[int, int]]
    versions: list[str]


class ValueOut(BaseModel):
    """A value of a facet with the number of hits that have it."""

    value: str
    count: int


class SearchOut(BaseModel):
    """One page of hits with counts over all of them."""

    total: int
    relaxed: bool
    generation: int
    hits: list[HitOut]
    facets: dict[str, list[ValueOut]]


class ClaimOut(BaseModel):
    """A claim: `start` and `end` are its place in the document's text."""

    subject: str
    relation: str
    object: str
    polarity: str
    modality: str
    evidence: str
    document: str
    section: str
    start: int
    end: int


class TablesOut(BaseModel):
    """Tables of an analysis, each a list of rows; `generation` of the catalogue they describe."""

    generation: int
    query: str
    tables: dict[str, list[dict[str, Any]]]


class ErrorOut(BaseModel):
    """Why there is no answer: `error` has message, remedy, and for a query the position."""

    error: dict[str, Any]


class UpdateOut(BaseModel):
    """One update."""

    generation: int
    finished: bool
    added: int
    changed: int
    removed: int
    refused: int
    finished_at: str


ERRORS: dict[int | str, dict[str, Any]] = {
    code: {"model": ErrorOut} for code in (400, 404, 422, 503)
}
AnalysisName = Literal["topics", "network", "evolution"]
ANALYSES: dict[AnalysisName, tuple[str, ...]] = {
    "topics": analyses.TOPIC_TABLES,
    "network": analyses.NETWORK_TABLES,
    "evolution": analyses.EVOLUTION_TABLES,
}


class Api:
    """The routes of the API over one library."""

    def __init__(self, library: Library, studies: Library, results: Results) -> None:
        self._library, self._studies, self._results = library, studies, results
        self.router = APIRouter(prefix=API, responses=ERRORS, tags=["v1"])
        for path, answer in (
            ("/search", self.search),
            ("/documents/{doc_id}", self.document),
            ("/documents/{doc_id}/similar", self.similar),
            ("/claims", self.claims),
            ("/updates", self.updates),
            ("/analyses/{name}", self.analysis),
        ):
            self.router.add_api_route(path, answer, methods=["GET"])
        files: dict[int | str, dict[str, Any]] = {
            200: {"content": {kind.partition(";")[0]: {} for kind in MEDIA_TYPES.values()}}
        }
        self.router.add_api_route(
            "/export", self.export, methods=["GET"], response_class=Response, responses=files
        )

    async def search(
        self,
        q: Q = "",
        f: Conditions = [],  # noqa: B006 (FastAPI copies it)
        sort: Sort = "relevance",
        limit: Annotated[int, Query(ge=0, le=LIMIT)] = 20,
        offset: Annotated[int, Query(ge=0, le=REACH)] = 0,
        generation: Annotated[int | None, Query(ge=0)] = None,
    ) -> SearchOut:
        """Find documents."""
        asked = Question(q, tuple(f))

        def work(reader: Reader) -> SearchOut:
            results = reader.index.search(
                asked.query(), limit=limit, offset=offset, sort=sort, generation=generation
            )
            reader.seen.add(results.generation)
            facets = {
                name: [ValueOut(value=value, count=count) for value, count in rows]
                for name, rows in results.facets.items()
            }
            return SearchOut(
                total=results.total,
                relaxed=results.relaxed,
                generation=results.generation,
                hits=[HitOut.model_validate(plain_hit(hit)) for hit in results.hits],
                facets=facets,
            )

        return await self._library.ask(work, generation=generation)

    async def export(
        self,
        format: Format,
        q: Q = "",
        f: Conditions = [],  # noqa: B006
        sort: Sort = "relevance",
    ) -> Response:
        """All hits as a file: references after GB/T 7714, BibTeX, RIS, CSV, xlsx."""
        asked = Question(q, tuple(f), sort)
        data = await self._library.ask(lambda reader: exported(reader, asked, format))
        return file_answer(data, format)

    async def document(self, doc_id: DocumentId) -> dict[str, Any]:
        """One document as parsed: the record of `textmine parse --json`, with its text."""

        def work(reader: Reader) -> dict[str, Any]:
            document = fetch(reader, doc_id)
            found = show(reader, doc_id, "", "en")
            record = {k: v for k, v in as_record(document).items() if k not in ("source", "item")}
            concepts = [{"concept": c, "count": n} for c, _, n in found.concepts]
            return {"id": doc_id, **record, "concepts": concepts}

        return await self._library.ask(work)

    async def similar(
        self, doc_id: DocumentId, limit: Annotated[int, Query(ge=1, le=50)] = 10
    ) -> list[dict[str, Any]]:
        """Documents like one, the most alike first, with what both have."""

        def work(reader: Reader) -> list[dict[str, Any]]:
            fetch(reader, doc_id)
            found = similar(reader.workspace, reader.catalogue, doc_id, limit=limit)
            return [asdict(one) for one in found]

        return await self._library.ask(work)

    async def claims(
        self,
        q: Q = "",
        subject: str = "",
        relation: str = "",
        object: str = "",
        limit: Annotated[int, Query(ge=0, le=1000)] = 100,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> list[ClaimOut]:
        """What the documents claim, as of the last run, by document and place."""

        def work(reader: Reader) -> list[ClaimOut]:
            table = self._results.of(reader, "claims", "", analyses.CLAIM_TABLES)["claims"]
            asked = {"subject": subject, "relation": relation, "object": object}
            for name, value in asked.items():
                table = table[table[name] == value] if value and len(table) else table
            if q and len(table):
                table = table[table["document"].isin(reader.index.ids(q))]
            rows = _plain(table.iloc[offset : offset + limit])
            return [ClaimOut.model_validate(_claim(row)) for row in rows]

        return await self._library.ask(work)

    async def analysis(self, name: AnalysisName, q: Q = "", f: Conditions = []) -> TablesOut:  # noqa: B006
        """The tables of an analysis: topics, network, evolution; with `q`, of its results."""
        asked = Question(q, tuple(f))

        def work(reader: Reader) -> TablesOut:
            made: Source = self._results.of(reader, name, asked.query(), ANALYSES[name])
            tables = {t: _plain(made[t]) for t in ANALYSES[name]}
            return TablesOut(generation=made.generation, query=made.query, tables=tables)

        return await (self._studies if asked else self._library).ask(work)

    async def updates(self) -> list[UpdateOut]:
        """The updates, the newest first."""

        def work(reader: Reader) -> list[UpdateOut]:
            return [UpdateOut(**asdict(u)) for u in reversed(reader.catalogue.updates())]

        return await self._library.ask(work)


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.astype(object).where(table.notna(), None).to_dict("records")
    return rows


def _claim(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "section": "" if row["section"] is None else str(row["section"])}
