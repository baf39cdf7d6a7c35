"""The HTML pages: each asks the library, and renders what comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response

from textmine.export import MEDIA_TYPES, SUFFIXES, Format
from textmine.figures.theme import Lang
from textmine.search.concordance import LineOrder
from textmine.store.collections import LONGEST_NAME
from textmine.store.concordance import concordance
from textmine.store.index import Sort
from textmine.store.similar import similar
from textmine.web import analyses, searching
from textmine.web.documents import fetch, show
from textmine.web.language import COOKIE, language_of
from textmine.web.library import Library, Reader
from textmine.web.rendering import Pages
from textmine.web.review import Show, collecting, held_in, names, news, review
from textmine.web.searching import MAX_PAGES, PAGE, Question
from textmine.web.tables import Results

Q = Annotated[str, Query(description="the query; see docs/web.md")]
Conditions = Annotated[list[str], Query(description="field:value, any number of them")]
Name = Annotated[str, Query(max_length=LONGEST_NAME)]
DocumentId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]
ORDERS: tuple[LineOrder, ...] = get_args(LineOrder)
EXPORTS: tuple[tuple[Format, str], ...] = (
    ("gbt7714-2015", "GB/T 7714-2015"),
    ("gbt7714-2025", "GB/T 7714-2025"),
    ("bibtex", "BibTeX"),
    ("ris", "RIS"),
    ("csv", "CSV"),
    ("xlsx", "Excel"),
)
KWIC_LINES = 500  # on one page; the command line gives all
KWIC_COLUMNS = 44  # a third of a line at 1366 pixels


class HtmlPages:
    """The routes of the pages over one library."""

    def __init__(self, library: Library, studies: Library, pages: Pages, results: Results) -> None:
        self._library, self._studies = library, studies
        self._pages, self._results = pages, results
        self.router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
        for path, page in (
            ("/", self.search),
            ("/documents/{doc_id}", self.document),
            ("/documents/{doc_id}/similar", self.similar),
            ("/concordance", self.concordance),
            ("/export", self.export),
            ("/topics", self.topics),
            ("/network", self.network),
            ("/evolution", self.evolution),
            ("/claims", self.claims),
            ("/review", self.review),
            ("/saved", self.saved),
            ("/collection", self.collection),
            ("/updates", self.updates),
        ):
            self.router.add_api_route(path, page, methods=["GET"])

    async def _page(
        self,
        request: Request,
        template: str,
        work: Callable[[Reader, Lang], dict[str, Any]],
        *,
        generation: int | None = None,
        study: bool = False,
    ) -> HTMLResponse:
        lang = language_of(request, self._library.workspace.settings.workspace.language)

        def build(reader: Reader) -> str:
            return self._pages.render(template, request, lang, **work(reader, lang))

        library = self._studies if study else self._library
        answer = HTMLResponse(await library.ask(build, generation=generation))
        answer.headers["Vary"] = "Accept-Language, Cookie"
        if request.query_params.get("lang") in ("zh", "en"):
            answer.set_cookie(COOKIE, lang, httponly=True, samesite="lax", max_age=31_536_000)
        return answer

    async def search(
        self,
        request: Request,
        q: Q = "",
        f: Conditions = [],  # noqa: B006 (FastAPI copies it)
        sort: Sort = "relevance",
        page: Annotated[int, Query(ge=1, le=MAX_PAGES)] = 1,
        generation: Annotated[int | None, Query(ge=0)] = None,
        into: Name = "",
    ) -> HTMLResponse:
        """The search page: with no query, all documents; `into` is the collection worked on."""
        question = Question(q, tuple(f), sort, page, generation)

        def work(reader: Reader, lang: Lang) -> dict[str, Any]:
            found = searching.find(reader, question, lang)
            shown = {"found": found, "sorts": searching.sorts(reader), "exports": EXPORTS}
            return {**shown, "into": into, "held": held_in(reader, into), "names": names(reader)}

        return await self._page(request, "search.html", work, generation=generation)

    async def document(
        self, request: Request, doc_id: DocumentId, q: Q = "", into: Name = ""
    ) -> HTMLResponse:
        """One document, with what the query finds in it lit."""

        def work(reader: Reader, lang: Lang) -> dict[str, Any]:
            shown = {"shown": show(reader, doc_id, q, lang), "q": q, "into": into}
            return {**shown, "held": held_in(reader, into).get(doc_id), "names": names(reader)}

        return await self._page(request, "document.html", work)

    async def similar(self, request: Request, doc_id: DocumentId) -> HTMLResponse:
        """Documents like one, with the reasons."""

        def work(reader: Reader, lang: Lang) -> dict[str, Any]:
            document = fetch(reader, doc_id)
            names = {concept.id: concept.name(lang) for concept in reader.workspace.scheme}
            found = similar(reader.workspace, reader.catalogue, doc_id, limit=PAGE)
            return {"doc_id": doc_id, "document": document, "found": found, "names": names}

        return await self._page(request, "similar.html", work)

    async def export(
        self,
        format: Format,
        q: Q = "",
        f: Conditions = [],  # noqa: B006
        sort: Sort = "relevance",
    ) -> Response:
        """All hits as a file for other programs."""
        question = Question(q, tuple(f), sort)
        data = await self._library.ask(lambda reader: searching.exported(reader, question, format))
        return file_answer(data, format)

    async def concordance(
        self,
        request: Request,
        q: Q = "",
        f: Conditions = [],  # noqa: B006
        order: LineOrder = "document",
    ) -> HTMLResponse:
        """Every place of the query's words, in context."""
        question = Question(q, tuple(f))

        def work(reader: Reader, lang: Lang) -> dict[str, Any]:
            made, query = None, question.query()
            if question.q.strip():
                made = concordance(
                    reader.workspace,
                    reader.catalogue,
                    query,
                    order=order,
                    columns=KWIC_COLUMNS,
                    most=KWIC_LINES,
                )
            return {"made": made, "question": question, "order": order, "orders": ORDERS}

        return await self._page(request, "concordance.html", work)

    async def topics(self, request: Request, q: Q = "", f: Conditions = []) -> HTMLResponse:  # noqa: B006
        """The topics."""
        question = Question(q, tuple(f))

        def work(reader: Reader, lang: Lang) -> dict[str, Any]:
            source, made = analyses.topics(self._results, reader, question.query())
            return {"topics": made, **_frame(reader, source, question)}

        return await self._page(request, "topics.html", work, study=bool(question))

    async def network(self, request: Request, q: Q = "", f: Conditions = []) -> HTMLResponse:  # noqa: B006
        """The network."""
        question = Question(q, tuple(f))

        def work(reader: Reader, lang: Lang) -> dict[str, Any]:
            source, nodes, edges = analyses.network(self._results, reader, question.query())
            return {"nodes": nodes, "edges": edges, **_frame(reader, source, question)}

        return await self._page(request, "network.html", work, study=bool(question))

    async def evolution(self, request: Request, q: Q = "", f: Conditions = []) -> HTMLResponse:  # noqa: B006
        """The concepts over the years."""
        question = Question(q, tuple(f))

        def work(reader: Reader, lang: Lang) -> dict[str, Any]:
            source, made = analyses.evolution(self._results, reader, question.query(), lang)
            return {"followed": made, **_frame(reader, source, question)}

        return await self._page(request, "evolution.html", work, study=bool(question))

    async def claims(
        self,
        request: Request,
        q: Q = "",
        f: Conditions = [],  # noqa: B006
        relation: str = "",
        subject: str = "",
        object: str = "",
    ) -> HTMLResponse:
        """Who is said to do what to whom."""
        question = Question(q, tuple(f))
        chosen = (relation, subject, object)

        def work(reader: Reader, lang: Lang) -> dict[str, Any]:
            made = analyses.claims(self._results, reader, question.query(), chosen, lang)
            return {"claims": made, "chosen": chosen, **_frame(reader, made.source, question)}

        return await self._page(request, "claims.html", work)

    async def review(self, request: Request) -> HTMLResponse:
        """Saved queries and collections."""
        return await self._page(
            request, "review.html", lambda reader, lang: {"made": review(reader)}
        )

    async def saved(self, request: Request, name: Name) -> HTMLResponse:
        """What a saved query finds that nobody has looked at."""

        def work(reader: Reader, lang: Lang) -> dict[str, Any]:
            saved, fresh, documents = news(reader, name)
            return {"saved": saved, "fresh": fresh, "documents": documents}

        return await self._page(request, "saved.html", work)

    async def collection(
        self,
        request: Request,
        name: Name,
        show: Show = "all",
        page: Annotated[int, Query(ge=1)] = 1,
    ) -> HTMLResponse:
        """A collection: its documents with what was decided, its counts."""

        def work(reader: Reader, lang: Lang) -> dict[str, Any]:
            made = collecting(reader, name, show, page)
            return {"made": made, "question": made.question, "exports": EXPORTS}

        return await self._page(request, "collection.html", work)

    async def updates(
        self, request: Request, generation: Annotated[int | None, Query(ge=0)] = None
    ) -> HTMLResponse:
        """What the updates changed and refused."""

        def work(reader: Reader, lang: Lang) -> dict[str, Any]:
            return {"history": analyses.updates(reader, generation), "asked": generation}

        return await self._page(request, "updates.html", work)


def file_answer(data: bytes, format: Format) -> Response:
    """A file to be saved; its name says nothing of the query, which a reader may not share."""
    name = f"textmine-{format}.{SUFFIXES[format]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=MEDIA_TYPES[format], headers=headers)


def _frame(reader: Reader, source: Any, question: Question) -> dict[str, Any]:
    """What every page of an analysis says about where its tables come from."""
    return {"source": source, "question": question, "now": reader.catalogue.generation}
