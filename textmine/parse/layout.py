r"""Undo what pages do to text: broken lines, page breaks, running heads, stray spaces.

Works on plain text as readers hand it over: lines end in "\n", pages in "\f" where the reader
knows pages. What a line says is not looked at here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters, for use in a character class."""
CJK = HAN + "\u3001-\u3003\u3007-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’—…"
"""Han characters and the punctuation that takes a full square."""

_LINE_END = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff\u200b-\u200d\u2060\u00ad]")
"""Control characters, byte order marks, zero-width blanks, soft hyphens: nothing that is read."""


def clean(text: str) -> str:
    r"""One kind of line end, no control characters; form feeds (page ends) stay."""
    return _CONTROL.sub("", _LINE_END.sub("\n", text)).replace("\u00a0", " ")


_SPACED_OUT = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ \u3000][{HAN}](?![{HAN}])){{2,}}")
_BESIDE_HAN = re.compile(
    rf"""
      (?<=[{CJK}])[ \t]+(?=[0-9A-Za-z,.;:?!()\[\]%$])    # 有 3 个, 方面 , 即
    | (?<=[0-9A-Za-z,.;:?!()\[\]%$])[ \t]+(?=[{CJK}])    # 3 个, 方面, 即
    | (?<=[{CJK}])[ \t]+(?=[，。、；：？！）》”’」』])     # a blank before a full-width mark
    | (?<=[，。、；：？！（《“‘「『])[ \t]+(?=[{CJK}])
    """,
    re.VERBOSE,
)


def tidy_spaces(text: str) -> str:
    """Take out blanks that typesetting or OCR put around Han characters.

    Words set out with blanks between all their characters are closed up ("产 业 集 群"), and
    blanks between Han characters and figures, Latin letters or marks go, so that the same words
    are the same text. A single blank between Han words stays: it may part a title.
    """
    closed = _SPACED_OUT.sub(lambda m: re.sub(r"[ \u3000]", "", m.group()), text)
    return _BESIDE_HAN.sub("", closed)


_END_OF_SENTENCE = "。！？!?；;：:…"
_CLOSING = "”’」』）)》】〕]\"'"
_MARKER = re.compile(r"(?:\^?[\[［【〔][\d,，、\-–—~ ]{1,20}[\]］】〕]|[¹²³⁰-⁹]{1,4})$")


def ends_sentence(line: str) -> bool:
    """Whether a line is finished: a stop at its end, closing quotes and citation marks aside."""
    # Closing marks and a citation behind the stop take few characters; more need not be seen.
    tail = line[-60:].rstrip()
    while found := _MARKER.search(tail):
        tail = tail[: found.start()].rstrip()
    tail = tail.rstrip(_CLOSING)
    while found := _MARKER.search(tail):
        tail = tail[: found.start()].rstrip()
    return tail.endswith((*_END_OF_SENTENCE, "."))


_LATIN_ENDS = re.compile(r"[A-Za-z0-9,.;:)?!%]")
_LATIN_STARTS = re.compile(r"[A-Za-z0-9(]")


def join(before: str, after: str) -> str:
    """Two halves of a broken line as one: Han characters close up, Latin words part.

    A hyphen at the end of a Latin half is taken as a division of the word when the next half
    goes on in lower case.
    """
    before, after = before.rstrip(), after.lstrip()
    if not before or not after:
        return before + after
    if re.search(r"[A-Za-z]-$", before) and after[0].islower():
        return before[:-1] + after
    latin = re.compile(r"[A-Za-z0-9,.;:)?!%]")
    opens = re.compile(r"[A-Za-z0-9(]")
    return (
        f"{before} {after}" if latin.match(before[-1]) and opens.match(after[0]) else before + after
    )


def rejoin(
    lines: Sequence[str], *, stands_alone: Callable[[str], bool] = lambda line: False
) -> list[str]:
    r"""Lines to paragraphs: what was broken in mid-sentence is made whole.

    A line goes on in the next one if it is a full line (not the short last line of a paragraph)
    that ends without a stop; blank lines and page ends between do not matter then.

    Parameters
    ----------
    lines
        The lines of a text, in order; blank ones included. "\f" counts as blank.
    stands_alone
        Says which lines are never joined to another: headings, captions, labelled fields.

    Returns
    -------
    list of str
        The paragraphs, none of them blank.
    """
    paragraphs: list[list[str]] = []
    open_line = ""
    gap = False
    for line in lines:
        bare = line.strip(" \t\f\u3000\n")
        if not bare:
            gap = True
            continue
        if open_line and not stands_alone(bare) and _goes_on(open_line, line, bare, gap=gap):
            paragraphs[-1].append(bare)
        else:
            paragraphs.append([bare])
        open_line = "" if stands_alone(bare) or ends_sentence(bare) else bare
        gap = False
    return [_joined(parts) for parts in paragraphs]


SHORTEST_FULL_LINE = 15
"""Characters of the narrowest set line: two columns of a journal page hold 18 to 25 each."""


def _goes_on(open_line: str, line: str, bare: str, *, gap: bool) -> bool:
    """Whether a line continues an unfinished one."""
    if len(open_line) < SHORTEST_FULL_LINE:
        return False
    indented = line.startswith(("\u3000\u3000", "    ", "\t"))
    # Behind a blank line only running text is joined: a sentence has a mark in it somewhere.
    running = re.search("[，,、。；;]", open_line) is not None or len(open_line) >= 30
    return not indented if not gap else running and not indented


def _joined(parts: list[str]) -> str:
    whole = [parts[0]]
    for part in parts[1:]:
        # Only the seam is looked at, so that a text of many lines takes linear time.
        tail = whole.pop()
        seam = join(tail, part)
        whole.append(seam[: len(seam) - len(part)])
        whole.append(part)
    return "".join(whole)


_PAGE_NUMBER = re.compile(
    r"[\s·•.\-–—―─~第]{0,6}(?:Page)?\s?\d{1,4}(?:\s?/\s?\d{1,4})?\s?页?[\s·•.\-–—―─~]{0,6}",
    re.IGNORECASE,
)


def drop_running_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Pages without page numbers and the lines that repeat at their heads and feet.

    Parameters
    ----------
    pages
        The lines of each page.

    Returns
    -------
    list of list of str
        The same pages. A first or last line goes if, its figures aside, it stands there on at
        least three pages and on a third of them (left and right pages differ, first pages too).
    """
    edges = Counter(shape for page in pages for shape in {_shape(line) for line in _edges(page)})
    repeated = {s for s, n in edges.items() if s and n >= max(3, len(pages) / 3)}
    return [_trim(list(page), repeated) for page in pages]


def _edges(page: Sequence[str]) -> list[str]:
    lines = [line for line in page if line.strip()]
    return [*lines[:2], *lines[-2:]]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", "".join(line.split()))


def _trim(page: list[str], repeated: set[str]) -> list[str]:
    def furniture(line: str) -> bool:
        bare = line.strip()
        repeats = _shape(bare) in repeated and not bare.endswith("。")
        return repeats or _PAGE_NUMBER.fullmatch(bare) is not None

    filled = [i for i, line in enumerate(page) if line.strip()]
    gone = {i for i in (*filled[:2], *filled[-2:]) if furniture(page[i])}
    return [line for i, line in enumerate(page) if i not in gone]


def pages(text: str) -> list[list[str]]:
    r"""The lines of each page of a cleaned text; one page if there is no "\f"."""
    return [page.split("\n") for page in text.split("\f")]
