import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from textmine.cli.app import app
from textmine.store import Workspace


def run(workspace: Workspace, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*words, "-w", str(workspace.root)])
    assert result.exit_code == code, result.output + result.stderr
    return result.stdout


def test_a_sweep_recommends_draws_and_goes_on_where_it_was(sample_workspace: Workspace) -> None:
    words = ("topics", "--runs", "2", "--workers", "1", "--json")
    found = json.loads(run(sample_workspace, *words, "--sweep", "2..3"))
    assert [row["k"] for row in found["topic_sweep"]] == [2, 3]
    assert "K = " in found["notes"][0]["zh"]
    assert (sample_workspace.output / "figures" / "topic_sweep.svg").read_text("utf-8")[
        :4
    ] == "<svg"
    kept = list((sample_workspace.state / "sweeps").glob("*/*.json"))
    assert sorted(path.stem for path in kept) == ["2", "3"]
    marked = json.loads(kept[0].read_text("utf-8")) | {"npmi": 0.5}
    kept[0].write_text(json.dumps(marked), "utf-8")
    again = json.loads(run(sample_workspace, *words, "--sweep", "2,3,4"))
    assert [row["k"] for row in again["topic_sweep"]] == [2, 3, 4]
    assert 0.5 in [row["npmi"] for row in again["topic_sweep"]]


@pytest.mark.parametrize("text", ["5-40", "40..5", "1..4", "", "2..x"])
def test_a_range_that_is_none_is_refused(sample_workspace: Workspace, text: str) -> None:
    run(sample_workspace, "topics", "--sweep", text, code=2)


def test_people_see_stability_beside_every_topic(sample_workspace: Workspace) -> None:
    output = run(sample_workspace, "topics")
    assert "稳定性" in output
    assert "判定" in output


def test_topics_are_compared_with_earlier_ones(sample_workspace: Workspace, tmp_path) -> None:
    run(sample_workspace, "topics")
    earlier = tmp_path / "before.npz"
    earlier.write_bytes((sample_workspace.output / "topics.npz").read_bytes())
    found = json.loads(run(sample_workspace, "topics", "--compare", str(earlier), "--json"))
    assert {row["event"] for row in found["topic_changes"]} == {"kept"}
    assert "延续 4" in found["notes"][-1]["zh"]
    earlier.write_bytes(b"no topics")
    run(sample_workspace, "topics", "--compare", str(earlier), code=2)
    run(sample_workspace, "topics", "--compare", str(tmp_path / "none.npz"), code=2)


def test_themes_live_through_periods(make_workspace) -> None:
    workspace = make_workspace(["policy/200*", "policy/201*"])
    two = """
[[period]]
name = "早"
first = 1995
last = 2009
[[period]]
name = "晚"
first = 2010
last = 2025
"""
    (workspace.root / "corpus" / "periods.toml").write_text(two, "utf-8")
    run(workspace, "update")
    found = json.loads(run(workspace, "topics", "--themes", "--json"))
    assert found["topic_themes"]
    shares = {"早": 0.0, "晚": 0.0}
    for row in found["topic_theme_periods"]:
        shares[row["period"]] += row["share"]
    assert list(shares.values()) == pytest.approx([1, 1])


def test_one_period_has_no_themes_over_time(sample_workspace: Workspace) -> None:
    run(sample_workspace, "topics", "--themes", code=3)


def quick(workspace: Workspace) -> None:
    """Let the stability rest on two fits."""
    path = workspace.root / "textmine.toml"
    text = path.read_text("utf-8").replace("k = 4", "k = 4\nstability_runs = 2")
    path.write_text(text, "utf-8")


def test_new_documents_join_earlier_topics_and_a_refit_keeps_the_numbers(make_workspace) -> None:
    workspace = make_workspace(["policy/200[3-9]*"])
    quick(workspace)
    run(workspace, "update")
    run(workspace, "topics")
    earlier = workspace.state / "before.npz"
    earlier.write_bytes((workspace.output / "topics.npz").read_bytes())
    run(workspace, "topics", "--join", str(earlier), code=3)
    samples = Path(__file__).parents[2] / "corpus" / "documents" / "policy"
    for path in sorted(samples.glob("201[0-2]*")):
        shutil.copy(path, workspace.documents / path.name)
    run(workspace, "update")
    joined = json.loads(run(workspace, "topics", "--join", str(earlier), "--json"))
    (drift,) = joined["topic_drift"]
    assert drift["new"] == len(joined["topic_joined"]) > 0
    assert drift["low"] <= drift["loss"] <= drift["high"]
    found = json.loads(run(workspace, "topics", "--compare", str(earlier), "--json"))
    kept = [row for row in found["topic_changes"] if row["event"] in ("kept", "grew", "shrank")]
    assert all(row["before"] == row["after"] for row in kept)
    numbers = {row["topic"] for row in found["topics"]}
    assert numbers == {row["after"] for row in found["topic_changes"] if row["after"]}
    assert run(workspace, "search", f"topic:{max(numbers)}")


@pytest.mark.parametrize("recipe", ["embedding", "dmr", "dtm"])
def test_every_recipe_runs_on_the_samples(sample_workspace: Workspace, recipe: str) -> None:
    if recipe in ("dmr", "dtm"):
        pytest.importorskip("tomotopy")
    text = (Path(__file__).parents[2] / "models" / f"{recipe}.toml").read_text("utf-8")
    text = text.replace("k = 10", "k = 3").replace("stability_runs = 5", "stability_runs = 2")
    folder = sample_workspace.root / "models"
    folder.mkdir(exist_ok=True)
    (folder / f"{recipe}.toml").write_text(text, "utf-8")
    found = json.loads(run(sample_workspace, "topics", "--recipe", recipe, "--json"))
    assert len(found["topics"]) == 3
    more = {"dmr": "topic_priors", "dtm": "topic_period_words"}.get(recipe)
    if more:
        table = pd.read_csv(sample_workspace.output / f"{more}.csv")
        assert set(table["topic"]) == {1, 2, 3}


def test_word_vectors_of_the_user_make_topics(make_workspace) -> None:
    workspace = make_workspace(["policy/200[3-9]*"])
    run(workspace, "update")
    lines = ["3 4", "联盟 1 0 0 0", "集群 0 1 0 0", "创新 0 0 1 0"]
    (workspace.root / "own.vec").write_text("\n".join(lines) + "\n", "utf-8")
    (workspace.root / "models").mkdir()
    recipe = workspace.root / "models" / "own.toml"
    recipe.write_text('model = "embedding"\nk = 2\nvectors = "own.vec"\nstability_runs = 2\n')
    assert len(json.loads(run(workspace, "topics", "--recipe", "own", "--json"))["topics"]) == 2
    for wrong in ("none.vec", "textmine.toml"):
        recipe.write_text(f'model = "embedding"\nk = 2\nvectors = "{wrong}"\n')
        run(workspace, "topics", "--recipe", "own", code=2)
    (workspace.root / "own.vec").write_text("no vectors", "utf-8")
    recipe.write_text('model = "embedding"\nk = 2\nvectors = "own.vec"\n')
    run(workspace, "topics", "--recipe", "own", code=2)
