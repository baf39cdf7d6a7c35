r"""Inline LaTeX that OCR puts around figures and marks, back to plain text.

`$1 9 . 4 \%$` becomes `19.4%`, `$^{[3]}$` becomes `^[3]`, `$\textcircled{1}$` becomes ①. Formulas
that are more than a figure lose their spacing only.
"""

from __future__ import annotations

import re

_INLINE = re.compile(r"\$([^$\n]{1,300})\$")
_COMMANDS = (
    (
        re.compile(
            r"\\(?:mathrm|mathbf|mathsf|mathit|mathcal|boldsymbol|text|textbf|bf|rm|it|operatorname)\b\s*"
        ),
        "",
    ),
    (re.compile(r"\\textcircled\s*\{?\s*(\d{1,2})\s*\}?"), lambda m: _circled(m[1])),
    (re.compile(r"\^\s*\{?\s*\\circ\s*\}?"), "°"),
    (re.compile(r"\\([%&#_$])"), r"\1"),
    (re.compile(r"\\(?:sim|thicksim)\b"), "~"),
    (re.compile(r"\\times\b"), "×"),
    (re.compile(r"\\(?:quad|qquad|,|;|!|:|~)"), " "),
)


def plain(line: str) -> str:
    """The line with its inline LaTeX made plain where that is possible."""
    if "$" not in line:
        return line
    return _INLINE.sub(lambda m: _formula(m[1]), line)


def _formula(source: str) -> str:
    text = source
    for pattern, value in _COMMANDS:
        text = pattern.sub(value, text)
    if "\\" in text:
        # A real formula: left as set, it is read as one piece.
        return f"${' '.join(source.split())}$"
    text = text.replace("{", "").replace("}", "")
    return "".join(text.split())


def _circled(figure: str) -> str:
    number = int(figure)
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else f"({number})"
