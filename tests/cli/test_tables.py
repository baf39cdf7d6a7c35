"""Tables on a screen: as many columns as fit, in the reader's language."""

from typer.testing import CliRunner

from textmine.cli.app import app

WIDE = {"COLUMNS": "200"}
NARROW = {"COLUMNS": "60"}


def shown(sample_workspace, lang: str, env: dict[str, str]) -> str:
    args = ["claims", "--subject", "alliance", "-w", str(sample_workspace.root), "--lang", lang]
    result = CliRunner().invoke(app, args, env=env)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_headings_are_chinese_for_a_chinese_reader(sample_workspace) -> None:
    assert "主体" in shown(sample_workspace, "zh", WIDE)
    english = shown(sample_workspace, "en", WIDE)
    assert "subject" in english
    assert "主体" not in english


def test_a_narrow_screen_names_the_columns_left_to_the_csv(sample_workspace) -> None:
    assert "CSV 中另有" in shown(sample_workspace, "zh", NARROW)
    assert "also in the CSV" in shown(sample_workspace, "en", NARROW)
    assert max(map(len, shown(sample_workspace, "en", NARROW).splitlines()[:3])) <= 60
