"""Bytes to text: which encoding, and whether the text that comes out looks broken.

A byte order mark decides; then strict UTF-8; then UTF-16 without mark; then GB18030 against Big5,
which share most byte pairs, so that only the plausibility of the decoded characters can tell them
apart; charset-normalizer as the last resort. Broken text (mojibake) is reported, not repaired.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from textmine.errors import ReadError

_SAMPLE = 40_000
"""Bytes looked at when encodings compete: some 20,000 characters, more than a vote needs."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_FREQUENT = frozenset(
    # The most frequent characters of running text (simplified, then those that differ in
    # traditional script) with the punctuation of both.
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学"
    "对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面"
    "公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情"
    "部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北"
    "少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神"
    "数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台"
    "象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思"
    "非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完"
    "这來國個說們為時會過對後麼沒於還發當開經見長從現動兩將與進實點種聲話兒問間給業機電門東關並"
    "內產體別處總師書員華報馬數車應親務記邊風戰幹許覺題認論義術結連遠資隊帶條變聯權該領傳決達辦"
    "創新發展技術產業政策區域企業研究經濟改革建設創協"
    "，。、；：“”‘’（）《》「」！？　—…"
)


class Decoded(NamedTuple):
    """Text, the encoding that gave it, and what is doubtful about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Turn the bytes of a text file into text.

    Raises
    ------
    ReadError
        When the bytes are no text in any encoding that is known here.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _with_errors(data, name)
    if b"\0" in data[:_SAMPLE]:
        return _wide(data)
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _nearly_utf8(data, error):
            return _with_errors(data, "utf-8")
    return _multibyte(data)


def _with_errors(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    name = encoding.removesuffix("-sig")
    lost = text.count("\ufffd")
    found = _checked(text, name)
    if not lost:
        return found
    warning = f"{lost} places are not valid {name} and were replaced by \ufffd"
    return found._replace(warnings=(warning, *found.warnings))


def _nearly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether this is UTF-8 with a few broken places: cut at the end, or spoiled by a tool.

    Other encodings of Chinese text are invalid UTF-8 at nearly every character, so one broken
    place in fifty sound multi-byte characters is already far from them.
    """
    if error.start >= len(data) - 3 and error.start > 0 and not data[: error.start].isascii():
        return True
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    sound = sum(1 for c in text if "\u0800" <= c < "\ufffd")
    return sound > 50 * text.count("\ufffd")


def _wide(data: bytes) -> Decoded:
    """UTF-16 or UTF-32 without a mark, told by the zero bytes of its ASCII characters."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    best, score = "", 0.0
    for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        found = _plausibility(sample, name)
        if found > score:
            best, score = name, found
    if score < 0.5:
        raise ReadError(
            "not a text file, and no format that is known here",
            remedy="Convert it to PDF, DOCX or plain text, or leave it out with `ignore`.",
        )
    return _with_errors(data, best)


def _multibyte(data: bytes) -> Decoded:
    sample = data[:_SAMPLE]
    scores = {
        name: _plausibility(sample, name)
        for name in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
    }
    # max() keeps the first of equals: GB18030 is by far the most common of them on the mainland.
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= 0.45:
        return _with_errors(data, best)
    if 5 * sum(byte < 0x80 for byte in sample) > 4 * len(sample) and _is_western(data):
        return _with_errors(data, "cp1252")
    guess = from_bytes(sample).best()
    if guess is None:
        raise ReadError(
            "the encoding of the text cannot be decided",
            remedy="Open it in an editor that shows it right and save it as UTF-8.",
        )
    found = _with_errors(data, guess.encoding)
    return found._replace(
        warnings=(f"the encoding {guess.encoding} is a guess; save as UTF-8", *found.warnings)
    )


def _is_western(data: bytes) -> bool:
    """Whether the bytes can be Windows-1252, which leaves five of them without a character."""
    return not any(byte in data for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _plausibility(sample: bytes, encoding: str) -> float:
    """How much the decoded sample looks like text, between 0 and 1.

    The mean of the share of characters that any text may hold (letters, common Han, punctuation)
    and the share of very frequent ones, over the characters that are not ASCII; invalid places
    count against it fourfold, since a right guess has almost none.
    """
    text = sample.decode(encoding, errors="replace").rstrip("\ufffd")
    ascii_count = sum(1 for c in text if " " <= c <= "~" or c in "\t\r\n\f")
    rest = [c for c in text if c > "~"]
    control = len(text) - ascii_count - len(rest)
    if not rest:
        return 1.0 - control / len(text) if text else 0.0
    frequent = sum(1 for c in rest if c in _FREQUENT)
    common = sum(1 for c in rest if c in _FREQUENT or _is_common(c, encoding))
    broken = 4 * (rest.count("\ufffd") + control)
    return max(0.0, (0.6 * common + 0.4 * min(len(rest), 2 * frequent) - broken) / len(rest))


def _is_common(char: str, encoding: str) -> bool:
    """Whether a Han character is of the everyday set of its encoding's national standard.

    GB 2312 keeps its 3,755 everyday characters in rows 16 to 55 (lead bytes B0 to D7, trail bytes
    from A1), Big5 its 5,401 below C67E. Text of one read as the other falls outside half the time.
    """
    try:
        pair = char.encode("big5" if encoding.startswith("big5") else "gb2312")
    except UnicodeEncodeError:
        return False
    if len(pair) != 2:
        return False
    if encoding.startswith("big5"):
        return 0xA1 <= pair[0] <= 0xC6
    return 0xA1 <= pair[0] <= 0xD7


_MOJIBAKE = re.compile(
    r"""
      锟斤拷 | 烫烫烫 | 屯屯屯        # lost characters written in GBK; uninitialised memory
    | ï»¿ | â€[œ™˜“”] | Ã[¤¥¦§¨©] | [åæçè][\u0080-\u00bf]   # UTF-8 read as Latin-1
    | [ÈËÊÖÐµÄ][ÈËÊÖÐ¹úµÄ]{3}        # GBK read as Latin-1
    | 鐨勶 | 涓浗 | 銆\?  | 锛[\?屽] | 鈥[\?溾]               # UTF-8 read as GBK
    """,
    re.VERBOSE,
)


def _checked(text: str, encoding: str) -> Decoded:
    """The text with a warning for each kind of damage that shows in it."""
    text = text.removeprefix("\ufeff")
    warnings = []
    hits = [m.start() for m in _MOJIBAKE.finditer(text)]
    if len(hits) >= 3 or (hits and len(text) < 1000):
        line = text.count("\n", 0, hits[0]) + 1
        warnings.append(
            f"mojibake at {len(hits)} places (first in line {line}): the file was saved in a wrong "
            "encoding before; get it again from its source"
        )
    return Decoded(text, encoding, tuple(warnings))
