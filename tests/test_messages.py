"""Every error that the package raises has its Chinese, and the Chinese has every value."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

import textmine
from textmine import messages

PACKAGE = Path(textmine.__file__).parent
RAISED = {
    *("SettingsError", "UsageError", "QueryError", "ReadError", "StoreError", "TooFewData"),
    *("Failure", "UnknownDocument", "TooSlow", "refused", "_fail"),
}
STAGES = {"read", "parse", "open", "scan", "fetch"}
PAIRS = tomllib.loads(resources.files("textmine").joinpath("messages.zh.toml").read_text("utf-8"))


def templates(node: ast.expr | None, constants: dict[str, ast.expr]) -> list[str]:
    """The texts that an expression can give, with {} for each value."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=values):
            return ["".join(v.value if isinstance(v, ast.Constant) else "{}" for v in values)]
        case ast.IfExp():
            return templates(node.body, constants) + templates(node.orelse, constants)
        case ast.BinOp(op=ast.Add()):
            left, right = (templates(side, constants) for side in (node.left, node.right))
            return [a + b for a in left for b in right]
        case ast.Name(id=name) if name in constants:
            return templates(constants[name], {})
    return []


def raised(path: Path) -> Iterator[tuple[str, int]]:
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in RAISED:
            named = [k.value for k in call.keywords if k.arg in ("message", "remedy", "reason")]
            for argument in (*call.args, *named):
                yield from ((text, call.lineno) for text in templates(argument, constants))


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.relative_to(PACKAGE).as_posix()
)
def test_what_a_module_raises_is_said_in_chinese(path: Path) -> None:
    missing = [
        (line, text)
        for text, line in raised(path)
        if re.search("[A-Za-z]{2}", text.replace("{}", ""))
        and text not in STAGES
        and not messages.chinese(text)
    ]
    assert missing == [], "add them to textmine/messages.zh.toml"


def test_the_chinese_has_every_value_of_the_english() -> None:
    for english, chinese in PAIRS.items():
        assert re.search("[\u4e00-\u9fff：]", chinese)
        assert len(re.findall(r"\{\d?\}", chinese)) == english.count("{}"), english


def test_a_message_is_said_with_its_values() -> None:
    text = "The last model has no topic 12."
    assert messages.said(text, "zh") == "上次的模型没有主题 12。"
    assert messages.said(text, "en") == text
    assert messages.bilingual(text) == "上次的模型没有主题 12。 / " + text


def test_values_may_change_places_and_may_look_like_patterns() -> None:
    found = messages.chinese("No textmine.toml in /a.(b)/{} or any folder above it.")
    assert found == "/a.(b)/{} 及其上级文件夹中没有 textmine.toml。"


def test_what_has_no_chinese_stays_english() -> None:
    assert messages.said("colourless green ideas", "zh") == "colourless green ideas"
