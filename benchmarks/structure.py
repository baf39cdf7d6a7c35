"""How the code is built, in figures: lengths, branches, parameters, docstrings, types, tests.

    python -m benchmarks.structure

Code lines leave out blanks, comments and docstrings.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
Function = ast.FunctionDef | ast.AsyncFunctionDef
BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.BoolOp, ast.comprehension)
NESTING = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)
SKIPPED = {
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT),
    tokenize.ENDMARKER,
}


def code_lines(source: str) -> set[int]:
    """Numbers of the lines that hold code."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in SKIPPED:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def functions(tree: ast.AST) -> Iterator[Function]:
    """All functions and methods, nested ones too."""
    return (n for n in ast.walk(tree) if isinstance(n, Function))


def nesting(node: ast.AST, depth: int = 0) -> int:
    """How deep statements stand in one another."""
    inner = depth + isinstance(node, NESTING)
    return max([inner, *(nesting(child, inner) for child in ast.iter_child_nodes(node))])


def parameters(function: Function) -> int:
    """Parameters without self and cls."""
    a = function.args
    names = [p.arg for p in (*a.posonlyargs, *a.args, *a.kwonlyargs)]
    return len([n for n in names if n not in ("self", "cls")])


def share(values: list[bool]) -> str:
    """A share in per cent."""
    return f"{100 * np.mean(values):.1f} %" if values else "–"


def quantiles(values: list[int], *points: int) -> str:
    """Percentiles, 100 being the maximum."""
    return " / ".join(f"{np.percentile(values, p):.0f}" for p in points)


@dataclass
class Figures:
    """What was counted over modules: one number a function, a class or a module."""

    lengths: list[int] = field(default_factory=list)
    branches: list[int] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    parameters: list[int] = field(default_factory=list)
    typed: list[bool] = field(default_factory=list)
    documented: list[bool] = field(default_factory=list)
    opened: list[bool] = field(default_factory=list)
    methods: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    code: int = 0

    def add(self, source: str) -> None:
        """Count one module."""
        tree, code = ast.parse(source), code_lines(source)
        self.code += len(code)
        self.sizes.append(len(source.splitlines()))
        self.opened.append(ast.get_docstring(tree) is not None)
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                self.methods.append(sum(isinstance(n, Function) for n in node.body))
            elif isinstance(node, Function):
                self._add_function(node, code)

    def _add_function(self, function: Function, code: set[int]) -> None:
        self.lengths.append(lines_of(function, code))
        self.branches.append(sum(isinstance(n, BRANCHES) for n in ast.walk(function)))
        self.depths.append(nesting(function))
        self.parameters.append(parameters(function))
        self.typed.append(function.returns is not None)
        if not function.name.startswith("_"):
            self.documented.append(ast.get_docstring(function) is not None)


def lines_of(function: Function, code: set[int]) -> int:
    """Code lines of a function."""
    return len(code & set(range(function.lineno, (function.end_lineno or 0) + 1)))


def test_figures() -> tuple[int, list[int]]:
    """Code lines of all tests, and of each test."""
    total, each = 0, []
    for path in sorted((ROOT / "tests").rglob("*.py")):
        source = path.read_text("utf-8")
        code = code_lines(source)
        total += len(code)
        named = (f for f in functions(ast.parse(source)) if f.name.startswith("test_"))
        each += [lines_of(f, code) for f in named]
    return total, each


def main() -> None:
    """Print the table."""
    own = Figures()
    for path in sorted((ROOT / "textmine").rglob("*.py")):
        own.add(path.read_text("utf-8"))
    tests, each = test_figures()
    depth = f"{quantiles(own.branches, 95)} · {quantiles(own.depths, 95)}"
    docs = f"{share(own.documented)} · {share(own.opened)}"
    size = f"{len(own.sizes)} · {len(own.lengths)} · {own.code:,}"
    for name, value in (
        ("code lines per function: median / p95", quantiles(own.lengths, 50, 95)),
        ("functions of at most 20 code lines", share([n <= 20 for n in own.lengths])),
        ("functions of more than 50", share([n > 50 for n in own.lengths])),
        ("branches p95 · nesting p95", depth),
        ("parameters p95", quantiles(own.parameters, 95)),
        ("module lines: median / p95 / max", quantiles(own.sizes, 50, 95, 100)),
        ("methods per class p95 / max", quantiles(own.methods, 95, 100)),
        ("public docstrings · module docstrings", docs),
        ("functions with a typed result", share(own.typed)),
        ("modules · functions · code lines", size),
        (
            "test:code lines · median lines of a test",
            f"{tests / own.code:.2f} · {quantiles(each, 50)}",
        ),
    ):
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
