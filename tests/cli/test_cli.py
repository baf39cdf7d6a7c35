import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from textmine.cli.app import COMMANDS, app
from textmine.search.columns import width
from textmine.store import Workspace

ROOT = Path(__file__).parents[2]
VERBS = sorted(COMMANDS)


def run(*words: str, code: int = 0):
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output + result.stderr
    return result


def run_json(workspace: Workspace, *words: str, code: int = 0):
    """What the command prints on stdout must be one JSON document and nothing else."""
    return json.loads(run(*words, "--json", "-w", str(workspace.root), code=code).stdout)


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_explains_itself_in_both_languages_with_an_example(verb: str) -> None:
    text = run(verb, "--help").output
    assert re.search(r"[一-鿿]", text)
    assert re.search(r"Examples? / 例", text)
    assert f"textmine {verb}" in text


def test_a_new_workspace_is_ready_to_use_and_is_not_overwritten(tmp_path: Path) -> None:
    run("init", str(tmp_path / "new"))
    workspace = Workspace.find(tmp_path / "new")
    assert len(workspace.scheme) > 40
    assert len(workspace.lexicon.entries) > 150
    assert workspace.periods
    run("init", str(tmp_path / "new"), code=2)


def test_the_starter_is_the_project_s_own_lexicon_and_scheme() -> None:
    starter = ROOT / "textmine" / "cli" / "starter"
    for path in (p for p in starter.glob("*/**/*") if p.is_file()):
        assert path.read_bytes() == (ROOT / path.relative_to(starter)).read_bytes(), (
            f"copy {path.relative_to(starter)} to {path.relative_to(ROOT)}"
        )


def test_update_reports_what_it_did_and_lists_the_refused(sample_workspace: Workspace) -> None:
    result = run_json(sample_workspace, "update", code=1)
    assert (result["added"], result["changed"], result["removed"]) == (0, 0, 0)
    assert result["indexed"] == 0
    assert [r["source"] for r in result["refusals"]] == ["broken.pdf"]
    assert result["refusals"][0]["remedy"]


def test_status_counts_documents_by_kind(sample_workspace: Workspace) -> None:
    status = run_json(sample_workspace, "status")
    assert status["documents"] == sum(row[2] for row in status["kinds"]) > 15
    assert status["files"] == status["documents"] + 1
    assert "拒收" not in run("status", "-w", str(sample_workspace.root), "--lang", "en").stdout


def test_search_finds_with_snippets_and_facets(sample_workspace: Workspace) -> None:
    found = run_json(sample_workspace, "search", "产业集群 year:2005..2009")
    assert found["total"] == len(found["hits"]) or found["total"] > 10
    for hit in found["hits"]:
        assert 2005 <= hit["year"] <= 2009
        a, b = hit["highlights"][0]
        assert hit["snippet"][a:b] == "产业集群"
    assert sum(found["facets"]["year"].values()) == found["total"]


def test_search_for_people_marks_the_hits(sample_workspace: Workspace) -> None:
    output = run("search", "联盟", "--facets", "-w", str(sample_workspace.root)).stdout
    assert "【联盟】" in output
    assert "篇" in output


def test_a_query_error_points_at_the_character(sample_workspace: Workspace) -> None:
    result = run("search", "联盟 (集群", "-w", str(sample_workspace.root), code=2)
    assert "4" in result.stderr
    assert result.stdout == ""


def test_a_question_that_nothing_answers_is_relaxed_and_says_so(sample_workspace) -> None:
    found = run_json(sample_workspace, "search", "联盟如何推动集群企业的技术创新能力提升")
    assert found["relaxed"]
    assert found["hits"]


@pytest.mark.parametrize(
    ("verb", "table"),
    [
        ("topics", "topics"),
        ("network", "network_edges"),
        ("evolution", "concept_shares"),
    ],
)
def test_analyses_print_their_tables_and_write_them(sample_workspace, verb, table) -> None:
    result = run_json(sample_workspace, verb)
    assert result[table]
    assert result["manifest"]["stage"] == verb
    assert (sample_workspace.output / f"{table}.csv").exists()


def test_topics_follow_a_recipe_and_an_unknown_one_is_named() -> None:
    run("topics", "--recipe", "btm", "-w", str(ROOT), code=2)
    space = Workspace.find(ROOT)
    names = ("nmf", "lda", "lda_online", "seeded", "lda_gibbs", "hdp")
    assert [space.recipe(name).model for name in names] == list(names)


def test_claims_are_printed_as_the_contract_says(sample_workspace: Workspace) -> None:
    claims = run_json(sample_workspace, "claims")
    wanted = {"subject", "relation", "object", "polarity", "modality", "evidence"}
    assert wanted | {"document", "section", "start", "end"} <= set(claims[0])


def test_segment_prints_words_or_spans(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_text("产业技术创新战略联盟推动集群。第二句。", encoding="utf-8")
    lines = run("segment", str(path), "-w", str(ROOT)).stdout.splitlines()
    assert lines[0].split()[0] == "产业技术创新战略联盟"
    assert len(lines) == 2
    (tokens,) = json.loads(run("segment", str(path), "-w", str(ROOT), "--json").stdout)
    assert tokens[0] == ["产业技术创新战略联盟", 0, 10]


def test_parse_shows_documents_and_refuses_bad_files(tmp_path: Path) -> None:
    good, bad = tmp_path / "甲.txt", tmp_path / "乙.pdf"
    good.write_text("随笔一则\n\n这是一段普通的文字，讲的是院子里的树。", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.4 broken")
    result = run("parse", str(good), str(bad), "--json", code=1)
    (document,) = json.loads(result.stdout)
    assert "院子里的树" in document["body"]
    assert "乙.pdf" in result.stderr


def test_outside_a_workspace_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    result = run("status", "-w", str(tmp_path), code=2)
    assert "textmine init" in result.stderr


def test_run_does_everything_and_report_opens_offline(sample_workspace: Workspace) -> None:
    result = run_json(sample_workspace, "run", code=1)
    page = Path(result["report"]).read_text(encoding="utf-8")
    assert re.findall(r"""(?:src|href)=["'](?!#)(?!figures/)(?!\w+\.csv)[^"']*""", page) == []
    assert "url(http" not in page
    for name in ("concept_shares", "network_map", "topic_words", "claims_map"):
        for kind in ("csv", "svg", "png", "pdf"):
            assert (sample_workspace.output / "figures" / f"{name}.{kind}").stat().st_size > 100


def test_a_command_loads_none_of_the_libraries_that_it_does_not_need() -> None:
    code = "import sys; from textmine.cli.app import app; import textmine.cli.searching"
    heavy = "{m.split('.')[0] for m in sys.modules} & {'sklearn', 'gensim', 'altair', 'networkx'}"
    result = subprocess.run(
        [sys.executable, "-c", f"{code}; print({heavy} or 'none')"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert result.stdout.strip() == "none"


def test_an_analysis_of_a_query_takes_its_documents_only_and_has_a_folder_of_its_own(
    sample_workspace: Workspace,
) -> None:
    found = run_json(sample_workspace, "search", "联盟", "--limit", "0")
    made = run_json(sample_workspace, "evolution", "--query", "联盟")
    assert made["manifest"]["rows"]["documents"] == found["total"] > 0
    assert made["manifest"]["inputs"]["query"] == "联盟"
    folders = list((sample_workspace.output / "queries").glob("联盟-*"))
    assert len(folders) == 1
    assert (folders[0] / "concept_shares.csv").is_file()


def test_an_analysis_of_a_query_that_finds_nothing_says_so(sample_workspace: Workspace) -> None:
    result = run("evolution", "--query", "没有这个", "-w", str(sample_workspace.root), code=3)
    assert "没有这个" in result.stderr


def test_kwic_lines_up_and_writes_a_table(sample_workspace: Workspace, tmp_path: Path) -> None:
    table = tmp_path / "lines.csv"
    where = ("-w", str(sample_workspace.root))
    shown = run("kwic", "产业联盟", "--sort", "right", "--limit", "5", *where).stdout
    starts = {width(line.split("【")[0]) for line in shown.splitlines()}
    assert starts == {36}
    made = run_json(sample_workspace, "kwic", "产业联盟", "--csv", str(table))
    assert all(line["node"] == "产业联盟" for line in made["lines"])
    assert table.read_text("utf-8-sig").count("\n") > len(made["lines"]) > 5


def test_collocates_are_scored_and_none_is_the_node(sample_workspace: Workspace) -> None:
    found = run_json(sample_workspace, "collocates", "产业集群")
    scores = [row["log_likelihood"] for row in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 10.83
    assert "产业集群" not in {row["word"] for row in found[:20]}


def test_an_error_shows_the_place_in_the_query(sample_workspace: Workspace) -> None:
    result = run("kwic", "联盟 kind:x", "-w", str(sample_workspace.root), code=2)
    lines = result.stderr.splitlines()
    caret = next(n for n, line in enumerate(lines) if line.strip() == "^")
    assert width(lines[caret].rstrip("^")) == width(lines[caret - 1].split("x")[0])


def test_export_writes_what_a_query_finds(sample_workspace: Workspace, tmp_path: Path) -> None:
    where = ("-w", str(sample_workspace.root))
    total = run_json(sample_workspace, "search", "联盟", "--limit", "0")["total"]
    lines = run("export", "联盟", "-f", "gbt7714-2025", *where).stdout.splitlines()
    assert [line.split(" ")[0] for line in lines] == [f"[{n}]" for n in range(1, total + 1)]
    assert all("[A]" in line for line in lines)
    made = run("export", "联盟", "-f", "xlsx", "-o", str(tmp_path / "x.xlsx"), *where)
    assert str(total) in made.stderr
    assert (tmp_path / "x.xlsx").read_bytes().startswith(b"PK")


def test_a_review_goes_from_query_to_counts(sample_workspace: Workspace) -> None:
    where = ("-w", str(sample_workspace.root))
    run("save", "政策", "联盟 kind:policy", *where)
    (saved,) = run_json(sample_workspace, "saved", "政策")
    assert len(saved["new"]) == saved["total"] > 0
    run("saved", "政策", "--seen", *where)
    assert run_json(sample_workspace, "saved", "政策")[0]["new"] == []
    run("collect", "评", "联盟 kind:policy", *where)
    run("decide", "评", saved["new"][0], "exclude", "--reason", "远", *where)
    made = run_json(sample_workspace, "collection", "评")
    assert made["prisma"]["to_screen"] == saved["total"] == len(made["documents"])
    assert made["prisma"]["excluded_in_screening"] == 1
    assert "PRISMA" in run("collection", "评", *where).stdout


def test_similar_documents_come_with_reasons(sample_workspace: Workspace) -> None:
    hit = run_json(sample_workspace, "search", "产业联盟", "--limit", "1")["hits"][0]
    found = run_json(sample_workspace, "similar", hit["id"], "--limit", "3")
    assert len(found) == 3
    assert all(one["words"] for one in found)
    assert "共有词" in run("similar", hit["id"], "-w", str(sample_workspace.root)).stdout


def test_search_sorts_by_the_citations_that_the_command_before_resolved(
    sample_workspace: Workspace,
) -> None:
    root = str(sample_workspace.root)
    (sample_workspace.output / "citations.csv").unlink(missing_ok=True)
    assert (
        "textmine citations" in run("search", "创新", "--sort", "cited", "-w", root, code=2).stderr
    )
    run("citations", "-w", root)
    hits = run_json(sample_workspace, "search", "kind:policy", "--sort", "cited")["hits"]
    counts = [hit["score"] for hit in hits]
    assert counts[0] > 0
    assert counts == sorted(counts, reverse=True)
    first = run("search", "kind:policy", "--sort", "cited", "--lang", "en", "-w", root).stdout
    assert f"cited {counts[0]:.0f}" in first
