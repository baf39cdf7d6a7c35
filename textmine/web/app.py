"""The application: pages, API, files, errors, and the guard before them."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from textmine import __version__
from textmine.errors import QueryError, StoreError, TextmineError, TooFewData, UsageError
from textmine.store import Workspace
from textmine.web.api import API, Api
from textmine.web.documents import UnknownDocument
from textmine.web.forms import Forms
from textmine.web.guard import ENTRY, Door, Guard
from textmine.web.language import language_of
from textmine.web.library import Busy, Library
from textmine.web.pages import HtmlPages
from textmine.web.rendering import STATIC, Pages, static_files
from textmine.web.tables import Results

YEAR = 31_536_000  # seconds
STUDY_SECONDS = 60.0  # what a person waits for an analysis


def create_app(workspace: Workspace, door: Door, *, seconds: float | None = None) -> FastAPI:
    """The web application over a workspace.

    Parameters
    ----------
    door
        Who may come in; see `Door.for_address`.
    seconds
        How long a request may take; None for the library's own limit.
    """
    library = Library(workspace) if seconds is None else Library(workspace, seconds=seconds)
    # Analyses of result sets take seconds: one at a time, and never in the way of a search.
    studies = Library(workspace, readers=1, seconds=STUDY_SECONDS)
    files = static_files()
    # A new key at each start: forms of earlier pages no longer count.
    key = secrets.token_urlsafe(16) if door.write else ""
    pages = Pages(files, workspace.settings.workspace.name, key=key)
    results = Results()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        library.close()
        studies.close()

    app = FastAPI(
        title="textmine",
        version=__version__,
        description="Search and analyses of one corpus; read-only.",
        openapi_url=f"{API}/openapi.json",
        # Their pages load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.include_router(HtmlPages(library, studies, pages, results).router)
    if door.write:
        app.include_router(Forms(library, key).router)
    app.include_router(Api(library, studies, results).router)
    _serve_files(app, files)
    _serve_entry(app, pages, workspace)
    _explain_errors(app, pages, workspace)
    app.add_middleware(Guard, door=door)
    return app


def _serve_files(app: FastAPI, files: dict[str, bytes]) -> None:
    async def static(name: str) -> Response:
        if name not in files:
            raise HTTPException(404)
        headers = {"Cache-Control": f"public, max-age={YEAR}, immutable"}
        return Response(files[name], media_type=STATIC[name], headers=headers)

    app.add_api_route("/static/{name}", static, methods=["GET"], include_in_schema=False)


def _serve_entry(app: FastAPI, pages: Pages, workspace: Workspace) -> None:
    async def enter(request: Request, wrong: str = "") -> HTMLResponse:
        lang = language_of(request, workspace.settings.workspace.language)
        status = 401 if wrong else 200
        return HTMLResponse(pages.render("enter.html", request, lang, wrong=wrong), status)

    app.add_api_route(ENTRY, enter, methods=["GET"], include_in_schema=False)


def _status(error: Exception) -> int:
    match error:
        case UnknownDocument():
            return 404
        case QueryError():
            return 400
        case TooFewData() | UsageError() | RequestValidationError():
            return 422
        case StoreError() | Busy():
            return 503
        case HTTPException():
            return error.status_code
        case _:
            return 500


def _explain_errors(app: FastAPI, pages: Pages, workspace: Workspace) -> None:
    async def explained(request: Request, error: Exception) -> Response:
        status = _status(error)
        told = _told(error)
        headers = {"Retry-After": "5"} if status == 503 else None
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": told}, status, headers)
        lang = language_of(request, workspace.settings.workspace.language)
        q = request.query_params.get("q", "")[:2000]
        page = pages.render("error.html", request, lang, told=told, q=q, status=status)
        return HTMLResponse(page, status, headers)

    for kind in (TextmineError, RequestValidationError, HTTPException, Busy, Exception):
        app.add_exception_handler(kind, explained)


def _told(error: Exception) -> dict[str, object]:
    """What a person is told of an error: never where on the disk it happened."""
    match error:
        case QueryError():
            told = {"message": error.message, "remedy": error.remedy}
            return {**told, "position": error.position}
        case StoreError():
            return {"message": "The catalogue or the index cannot be read.", "remedy": error.remedy}
        case TextmineError():
            return {"message": error.message, "remedy": error.remedy}
        case RequestValidationError():
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            return {"message": f"{place}: {first['msg']}", "remedy": ""}
        case Busy():
            return {"message": "All readers are busy.", "remedy": "Try again in a moment."}
        case HTTPException():
            return {"message": str(error.detail), "remedy": ""}
        case _:
            return {"message": "Internal error.", "remedy": "The server's log says more."}
