"""A part imports only parts that stand before it, so that the pipeline reads one way."""

import ast
from pathlib import Path

import pytest

import textmine

ORDER = (
    *("errors", "messages", "markup", "settings", "records", "matrices"),
    *("read", "parse", "segment", "terms", "concepts", "claims", "search", "citations"),
    *("topics", "networks", "evolution", "policy"),
    *("store", "export", "cluster", "pipeline", "update", "figures", "report", "web", "cli"),
)
PACKAGE = Path(textmine.__file__).parent
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE or p.stem != "__init__")


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported_parts(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: import absolutely"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    parts = {name.split(".")[1] for name in names if name.startswith("textmine.")}
    return parts - {"__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_part_imports_only_earlier_parts(path: Path) -> None:
    part = part_of(path)
    assert part in ORDER or part == "__main__", f"{part} has no place in the order"
    if part == "__main__":
        return
    allowed = {*ORDER[: ORDER.index(part) + 1]}
    assert imported_parts(path) <= allowed


def test_stages_touch_no_disk_clock_or_screen() -> None:
    stages = ORDER[ORDER.index("records") : ORDER.index("store")]
    for path in (p for p in MODULES if part_of(p) in stages):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("print", "open"), f"{path}:{node.lineno}"
