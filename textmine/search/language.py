"""The query language: what a reviewer types, as a tree.

    产业集群                      documents that hold this string, as grep would find it
    产业集群 创新                  both (AND, 且 may stand between them)
    联盟 OR 创新联合体             either (或)
    集群 NOT 欧洲                  without (非, or a minus sign before the word)
    "regional innovation system"  a phrase with spaces
    "联盟 标准"~8                  in this order, at most 8 words in between (16 characters)
    产业*联盟  第?章               `*` up to ten characters, `?` one
    =集群  =innovat*              the word, as segmented: not inside 产业集群
    title:联盟  标题:联盟          in one field; author:=王缉慈 a whole value of it
    year:2006..2012  year:2010..  a range, either end may be open; also date:2008-06..2009
    kind:policy  concept:联盟      one value of a facet; a concept with its narrower ones
    cites:国科发政〔2008〕770号     documents that cite this
    topic:3  has:claim            of a topic of the last model; with claims
    collection:综述                in a collection, without what was excluded
    (联盟 OR 集群) AND 创新体系     brackets

Width, case, traditional or simplified characters and the shape of brackets make no difference.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from textmine.errors import QueryError
from textmine.search.fields import FIELDS, RANGES, RANKED, VALUES, field_named, value_named
from textmine.search.wildcards import MAX_SHAPES, Hole, Pattern, has_wildcards, pattern_of

MAX_LENGTH = 2000  # characters; a person types less, a longer query only costs
MAX_PIECES = 128  # words, marks and brackets; also bounds how deep brackets can nest
MAX_WILD = 4  # words with wildcards: each costs up to 121 phrases
MAX_WITHIN = 50  # words of a nearness: a long sentence
WORD_LENGTH = 2  # characters that count as one Chinese word between two others


@dataclass(frozen=True, slots=True)
class Term:
    """A string to be found: in one field or anywhere; `exact` means as a segmented word.

    `at` is where the query names it, for errors that only the index can know.
    """

    text: str
    field: str = ""
    exact: bool = False
    at: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Wild:
    """A string with holes; `exact` matches whole segmented words by the word as typed."""

    pattern: Pattern
    text: str
    field: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Latin words in this order with at most `within` others between them."""

    text: str
    within: int
    field: str = ""


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


Node = Term | Wild | Near | Range | Not | And | Or


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    text: str
    at: int
    within: str = ""


_LEXER = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<open>[(（])
  | (?P<close>[)）])
  | (?P<field>[A-Za-z_\u4e00-\u9fff]{1,12})(?P<colon>[:：])
  | (?P<quote>["“”])(?P<quoted>[^"“”]*)(?P<end>["“”]?)(?:[~～](?P<within>\d{1,6}))?
  | (?P<mark>[-=])(?=[^\s()（）])        # a minus or equals sign right before a word
  | (?P<word>(?:[^\s()（）"“”]|(?<=[^\s(（"“”])[(（][^()（）\s]*[)）])+)
    """,
    re.VERBOSE,
)
_WORD = re.compile(r'(?:[^\s()（）"“”]|(?<=[^\s(（"“”])[(（][^()（）\s]*[)）])+')
_OPERATORS = {"AND": "and", "且": "and", "OR": "or", "或": "or", "NOT": "not", "非": "not"}
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_NAME = re.compile(r"[A-Za-z_]+")


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
    wild = [p for p in pieces if p.kind == "word" and has_wildcards(p.text)]
    if len(wild) > MAX_WILD:
        _fail("Too many words have wildcards.", wild[MAX_WILD].at, f"Use at most {MAX_WILD}.")
    reader = _Reader(pieces, len(query))
    return reader.whole() if pieces else And(())


def terms(node: Node) -> Iterator[Term | Wild | Near]:
    """The terms that a hit may show: all but the negated ones."""
    match node:
        case Term() | Wild() | Near():
            yield node
        case And(nodes) | Or(nodes):
            for inner in nodes:
                yield from terms(inner)
        case _:
            return


def _lex(query: str) -> list[_Piece]:
    pieces = []
    place = 0
    while match := _LEXER.match(query, place):
        piece = _piece(query, match)
        place = match.end()
        if piece is None:
            continue
        if piece.kind == "word":
            place = piece.at + len(piece.text)
            kind = _OPERATORS.get(piece.text, "word")
            piece = _Piece(kind, piece.text, piece.at)
        pieces.append(piece)
    return pieces


def _piece(query: str, match: re.Match[str]) -> _Piece | None:
    kind, at = match.lastgroup or "", match.start()
    if kind == "space":
        return None
    if match["quote"]:
        if not match["end"]:
            _fail("This quotation mark is never closed.", at, 'Add a closing ".')
        return _Piece("quoted", match["quoted"], at, match["within"] or "")
    if match["colon"]:
        name = match["field"]
        # A Chinese word before a colon is a field only when it is one; 目标：集群 is text.
        if field_named(name) or _LATIN_NAME.fullmatch(name):
            return _Piece("field", name, at)
        word = _WORD.match(query, at)
        return _Piece("word", word[0] if word else name, at)
    return _Piece(kind, match[kind], at)


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
    name = field_named(piece.text)
    if name is None:
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
    if field in RANGES:
        return _range(piece, field, text)
    if piece.within:
        return _near(piece, field, text)
    if piece.kind == "word" and has_wildcards(text):
        return _wild(piece, field, text, exact=exact)
    return Term(_listed(piece, field, text), field, exact, piece.at)


def _range(piece: _Piece, field: str, text: str) -> Range:
    low, dots, high = text.partition("..")
    if not low and not high:
        _fail(f"This range of {field} has no end.", piece.at, f"Write {field}:2006.. for example.")
    for end in (low, high):
        pattern = r"[0-9]{4}(-[0-9]{2}){0,2}" if field == "date" else r"[0-9]{1,4}"
        if end and not re.fullmatch(pattern, end):
            _fail(
                f"{end} is no {field}.",
                piece.at,
                "Write year:2006..2012, year:2010.. or date:2008-06..2009-01-31.",
            )
    return Range(field, low, high if dots else low)


def _near(piece: _Piece, field: str, text: str) -> Node:
    """Words with others between them: Latin ones by words, Chinese ones by characters.

    A Chinese word of the query may be a part of a word of the text, and is found all the same.
    """
    words, within = text.split(), int(piece.within)
    if within > MAX_WITHIN:
        _fail(f"{within} words are no nearness.", piece.at, f"Use at most {MAX_WITHIN}.")
    if len(words) < 2:
        _fail("Nearness needs two words.", piece.at, 'Part them by a blank: "联盟 标准"~8.')
    if not _HAN.search(text):
        if field and field not in RANKED:
            _fail(f"{field} is not ordered by words.", piece.at, f"Use {', '.join(RANKED)}.")
        return Near(text, within, field)
    pattern = Pattern(tuple(words), (Hole(0, within * WORD_LENGTH),) * (len(words) - 1))
    if pattern.shapes > MAX_SHAPES or min(map(len, words)) < 2:
        _fail(
            "This nearness is too costly.",
            piece.at,
            "Use words of two characters or more: two of them, or three within 5 words.",
        )
    return Wild(pattern, text, field)


def _wild(piece: _Piece, field: str, text: str, *, exact: bool) -> Node:
    pattern = pattern_of(text)
    if pattern is None:
        _fail("Only wildcards stand here.", piece.at, "Add some letters beside them.")
    if pattern.shapes > MAX_SHAPES:
        _fail("This word has too many wildcards.", piece.at, "Use at most two * in a word.")
    if exact and (not field or field in RANKED):
        return Wild(pattern, text, field, exact)
    if not pattern.holes:
        return Term(_listed(piece, field, pattern.texts[0]), field, exact, piece.at)
    return Wild(pattern, text, field)


def _listed(piece: _Piece, field: str, text: str) -> str:
    """The value as the index has it, for fields whose values are few."""
    if field not in VALUES:
        return text
    value = value_named(field, text)
    if value is None:
        known = ", ".join(f"{en} ({zh})" for zh, en in VALUES[field].items())
        _fail(f"{field} has no value {text}.", piece.at, f"Values: {known}.")
    return value


def _fail(message: str, position: int, remedy: str) -> NoReturn:
    raise QueryError(message, position=position, remedy=remedy)
