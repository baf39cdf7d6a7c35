"""The query language: what a reviewer types, as a tree.

    产业集群                      documents that hold this string, as grep would find it
    产业集群 创新                  both (AND, 且 may stand between them)
    联盟 OR 创新联合体             either (或)
    集群 NOT 欧洲                  without (非, or a minus sign before the word)
    "regional innovation system"  a phrase with spaces
    =集群                         the word, as segmented: not inside 产业集群
    title:联盟  issuer:科技部      in one field
    year:2006..2012  year:2010..  a range, either end may be open; also date:2008-06..2009
    kind:policy  concept:alliance one value of a facet
    (联盟 OR 集群) AND 创新体系     brackets

Width, case and the shape of brackets make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from textmine.errors import QueryError
from textmine.search.schema import FACETS, TEXTUAL

RANGES = ("year", "date")
MAX_LENGTH = 2000  # characters; a person types less, a longer query only costs
MAX_PIECES = 128  # words, marks and brackets; also bounds how deep brackets can nest
FIELDS = tuple(sorted({*TEXTUAL, *FACETS, *RANGES}))


@dataclass(frozen=True, slots=True)
class Term:
    """A string to be found: in one field or anywhere; `exact` means as a segmented word."""

    text: str
    field: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """Values from low to high, both included; an empty end is open."""

    field: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that the inner query does not find."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """Documents that all parts find; without parts, all documents."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that some part finds."""

    nodes: tuple[Node, ...]


Node = Term | Range | Not | And | Or


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    text: str
    at: int


_LEXER = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<open>[(（])
  | (?P<close>[)）])
  | (?P<field>[A-Za-z_]+)[:：]
  | (?P<quote>["“”])(?P<quoted>[^"“”]*)(?P<end>["“”]?)
  | (?P<mark>[-=])(?=[^\s()（）])        # a minus or equals sign right before a word
  | (?P<word>(?:[^\s()（）"“”]|(?<=[^\s(（"“”])[(（][^()（）\s]*[)）])+)
    """,
    re.VERBOSE,
)
_OPERATORS = {"AND": "and", "且": "and", "OR": "or", "或": "or", "NOT": "not", "非": "not"}


def parse(query: str) -> Node:
    """Parse a query.

    Returns
    -------
    Node
        `And(())`, all documents, for an empty query.

    Raises
    ------
    QueryError
        With the position of the character that cannot be understood.
    """
    if len(query) > MAX_LENGTH:
        raise QueryError(
            f"The query has {len(query)} characters, the limit is {MAX_LENGTH}.",
            position=MAX_LENGTH,
            remedy="Shorten it.",
        )
    pieces = _lex(query)
    if len(pieces) > MAX_PIECES:
        _fail("The query has too many parts.", pieces[MAX_PIECES].at, "Split it in two.")
    reader = _Reader(pieces, len(query))
    return reader.whole() if pieces else And(())


def terms(node: Node) -> Iterator[Term]:
    """The terms that a hit may show: all but the negated ones."""
    match node:
        case Term():
            yield node
        case And(nodes) | Or(nodes):
            for inner in nodes:
                yield from terms(inner)
        case _:
            return


def _lex(query: str) -> list[_Piece]:
    pieces = []
    for match in _LEXER.finditer(query):
        kind = match.lastgroup or ""
        if kind == "space":
            continue
        if match["quote"]:
            if not match["end"]:
                _fail("This quotation mark is never closed.", match.start(), 'Add a closing ".')
            pieces.append(_Piece("quoted", match["quoted"], match.start()))
        elif kind == "word" and match["word"] in _OPERATORS:
            pieces.append(_Piece(_OPERATORS[match["word"]], match["word"], match.start()))
        else:
            pieces.append(_Piece(kind, match[kind], match.start()))
    return pieces


class _Reader:
    """A recursive descent over the pieces: or < and < not < atom."""

    def __init__(self, pieces: list[_Piece], end: int) -> None:
        self._pieces = [*pieces, _Piece("end", "", end)]
        self._next = 0

    def _peek(self) -> _Piece:
        return self._pieces[self._next]

    def _take(self) -> _Piece:
        self._next += 1
        return self._pieces[self._next - 1]

    def whole(self) -> Node:
        node = self._or()
        if self._peek().kind != "end":
            _fail("This bracket closes nothing.", self._peek().at, "Remove it.")
        return node

    def _or(self) -> Node:
        nodes = [self._and()]
        while self._peek().kind == "or":
            self._take()
            nodes.append(self._and())
        return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))

    def _and(self) -> Node:
        nodes = [self._not()]
        while self._peek().kind not in ("or", "close", "end"):
            if self._peek().kind == "and":
                self._take()
            nodes.append(self._not())
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _not(self) -> Node:
        negations = 0
        while self._peek().kind == "not" or self._peek() in _minus(self._peek()):
            self._take()
            negations += 1
        node = self._atom("")
        return Not(node) if negations % 2 else node

    def _atom(self, field: str) -> Node:
        piece = self._take()
        match piece.kind:
            case "open" if not field:
                node = self._or()
                if self._take().kind != "close":
                    _fail("This bracket is never closed.", piece.at, "Add a closing bracket.")
                return node
            case "field" if not field:
                return self._atom(_known(piece))
            case "mark" if piece.text == "=":
                return _leaf(self._take(), field, exact=True)
            case "word" | "quoted":
                return _leaf(piece, field, exact=False)
        where = f"after {field}:" if field else "here"
        _fail(f"A word or phrase is missing {where}.", piece.at, "Add one, or quote the mark.")


def _minus(piece: _Piece) -> tuple[_Piece, ...]:
    return (piece,) if piece.kind == "mark" and piece.text == "-" else ()


def _known(piece: _Piece) -> str:
    name = piece.text.lower()
    if name not in FIELDS:
        _fail(
            f"There is no field {piece.text}.",
            piece.at,
            f"Fields: {', '.join(FIELDS)}. Quote the text to search for a colon.",
        )
    return name


def _leaf(piece: _Piece, field: str, *, exact: bool) -> Node:
    text = piece.text.strip()
    if not text:
        _fail("This phrase is empty.", piece.at, "Put some text between the marks.")
    if field not in RANGES:
        return Term(text, field, exact)
    low, dots, high = text.partition("..")
    for end in (low, high):
        if end and not re.fullmatch(r"\d{4}(-\d{2}){0,2}" if field == "date" else r"\d{1,4}", end):
            _fail(
                f"{end} is no {field}.",
                piece.at,
                "Write year:2006..2012, year:2010.. or date:2008-06..2009-01-31.",
            )
    return Range(field, low, high if dots else low)


def _fail(message: str, position: int, remedy: str) -> NoReturn:
    raise QueryError(message, position=position, remedy=remedy)
