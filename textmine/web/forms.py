"""What readers change from the pages: saved queries, collections, decisions. Only where asked for.

A form counts only when a page of this very server sent it: the browser says so (`Origin`), and it
carries the key of this run of the server, which no other site can read. After each change the
reader is sent to a page of ours, never to an address that the form names.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from textmine.errors import UsageError
from textmine.store.collections import Collections, Decision, Stage
from textmine.web.guard import bounded_body
from textmine.web.library import Library, Reader
from textmine.web.review import SHOWN, Show
from textmine.web.searching import Question

MAX_FORM = 65_536  # bytes: a page's ids, a query and a note take a tenth
MAX_FIELDS = 200
LONGEST_REMARK = 2000  # characters of a reason or a note
MOST_COLLECTED = 5000  # at once from a page; the command has no limit


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form; a missing one is empty."""

    fields: dict[str, list[str]]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, [""])[0]

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field."""
        return tuple(self.fields.get(name, ()))

    def number(self, name: str) -> int:
        """A field as a number from 1 on."""
        value = self[name]
        return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 7 else 1

    @property
    def question(self) -> Question:
        """The results that the form stood beside."""
        return Question(self["q"], self.all("f"))


async def sent_form(request: Request, key: str) -> Form:
    """The form of a request that one of our pages sent.

    Raises
    ------
    HTTPException
        403 without the key of this server, 413 where it is too large.
    """
    body = await bounded_body(request, MAX_FORM)
    if body is None:
        raise HTTPException(413, "The form is too large.")
    try:
        fields = parse_qs(body.decode("utf-8"), max_num_fields=MAX_FIELDS, errors="strict")
    except ValueError as error:  # no UTF-8, or too many fields
        raise HTTPException(400, "The form cannot be read.") from error
    form = Form(fields)
    if not hmac.compare_digest(form["key"].encode(), key.encode()):
        raise HTTPException(403, "This page is out of date. Load it again, and repeat the step.")
    return form


DECISIONS: dict[str, Decision] = {"include": "include", "exclude": "exclude", "undo": ""}
Change = Callable[[Form, Collections, Reader], str]


class Forms:
    """The routes that change something, each giving the address to go to."""

    def __init__(self, library: Library, key: str) -> None:
        self._library, self._key = library, key
        self.router = APIRouter(include_in_schema=False)
        for name, change in CHANGES.items():
            self.router.add_api_route(f"/review/{name}", self._route(change), methods=["POST"])

    def _route(self, change: Change) -> Callable[[Request], object]:
        async def route(request: Request) -> RedirectResponse:
            form = await sent_form(request, self._key)

            def work(reader: Reader) -> str:
                with Collections(reader.workspace.state) as kept:
                    return change(form, kept, reader)

            return RedirectResponse(await self._library.ask(work), 303)

        return route


def _save(form: Form, kept: Collections, _: Reader) -> str:
    kept.save_query(form["name"].strip(), form.question.query(), note=_remark(form["note"]))
    return "/review"


def _seen(form: Form, kept: Collections, reader: Reader) -> str:
    saved = kept.query(form["name"])
    kept.mark_seen(saved.name, reader.index.ids(saved.query))
    return "/review"


def _forget_query(form: Form, kept: Collections, _: Reader) -> str:
    kept.forget_query(form["name"])
    return "/review"


def _collect(form: Form, kept: Collections, reader: Reader) -> str:
    """Put what is ticked into a collection, or all that the query finds."""
    name, question = form["name"].strip(), form.question
    page = form.number("page")
    back = question.address(sort=form["sort"], page=page if page > 1 else None, into=name)
    if form["all"]:
        query = question.query()
        ids = reader.index.ids(query)
        if len(ids) > MOST_COLLECTED:
            raise UsageError(
                f"{len(ids)} documents are too many to collect from a page.",
                remedy=f"Narrow the results to {MOST_COLLECTED}, or run `textmine collect`.",
            )
        kept.add(name, ids, source=query or "*")
        return back
    ids = [one for one in dict.fromkeys(form.all("id")) if reader.catalogue.has(one)]
    if not ids:
        raise UsageError("No document is ticked.", remedy="Tick some, or collect all of them.")
    kept.add(name, ids)
    if form["from"] == "document":
        return f"/documents/{ids[0]}?{urlencode({'into': name})}"
    return back


def _decide(form: Form, kept: Collections, _: Reader) -> str:
    """Include, exclude or take back: in screening first, then by the full text."""
    name, doc_id, asked = form["name"], form["id"], form["decision"]
    held = next((d for d in kept.documents(name) if d.doc_id == doc_id), None)
    if asked in DECISIONS and held is not None:
        # What is taken back is the last step: that by the full text, else that of the screening.
        reached = held.assessed if asked == "undo" else held.screened == "include"
        stage: Stage = "assessed" if reached else "screened"
        reason = _remark(form["reason"]) if asked == "exclude" else ""
        kept.decide(name, doc_id, DECISIONS[asked], stage=stage, reason=reason)
    kept.annotate(name, doc_id, _remark(form["note"]))
    return _back(form, doc_id)


def _remove(form: Form, kept: Collections, _: Reader) -> str:
    kept.remove(form["name"], form["id"])
    return _back(form, form["id"])


def _forget(form: Form, kept: Collections, _: Reader) -> str:
    kept.forget(form["name"])
    return "/review"


def _back(form: Form, doc_id: str) -> str:
    """The page of the collection, at the next document, which so has the keys; or its own page."""
    if form["from"] == "document":
        return f"/documents/{doc_id}?{urlencode({'into': form['name']})}"
    show: Show = next((one for one in SHOWN if one == form["show"]), "all")
    # Among all documents this one stays in its place; from the others it mostly goes away.
    place = form.number("place") + (show == "all")
    values = {"name": form["name"], "show": show, "page": form.number("page")}
    return f"/collection?{urlencode(values)}#n{place}"


def _remark(text: str) -> str:
    """A reason or a note, on one line."""
    return " ".join(text.split())[:LONGEST_REMARK]


CHANGES: dict[str, Change] = {
    "save": _save,
    "seen": _seen,
    "forget-query": _forget_query,
    "collect": _collect,
    "decide": _decide,
    "remove": _remove,
    "forget": _forget,
}
