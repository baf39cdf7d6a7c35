"""Nothing that a workspace holds can run code when it is loaded."""

import ast
import json
import pickle
import sys
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest

import textmine
from textmine.pipeline import read_fit
from textmine.settings import ReadSettings
from textmine.store.similar import similar
from textmine.update import Found, Reader, bring_up_to_date
from textmine.update.reading import Job
from textmine.update.results import NAME, kept_results
from textmine.update.workers import run_jobs

PACKAGE = Path(textmine.__file__).parent
LOADERS = {"pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle"}
CALLS = {"eval", "exec", "compile", "__import__"}
"""Of the builtins; `re.compile` is an attribute and another thing."""


class Bomb:
    """A pickle that leaves a file where it is loaded."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self):
        return (open, (str(self._mark), "w"))


def test_only_the_tables_of_an_installed_library_are_unpickled() -> None:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name.split(".")[0] for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [(node.module or "").split(".")[0]]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                names = [node.func.id] if node.func.id in CALLS else []
            found |= {
                (path.relative_to(PACKAGE).as_posix(), name)
                for name in names
                if name in LOADERS | CALLS
            }
    assert found <= {("segment/tagging.py", "pickle")}
    tagging = (PACKAGE / "segment" / "tagging.py").read_text(encoding="utf-8")
    (line,) = [line for line in tagging.splitlines() if "pickle.load" in line]
    assert 'resources.files("jieba")' in line


def test_arrays_are_never_loaded_with_objects() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            called = ast.unparse(node.func)
            if called == "np.load":
                given = {word.arg: ast.unparse(word.value) for word in node.keywords}
                assert given.get("allow_pickle", "False") == "False", f"{path}:{node.lineno}"
            assert called not in ("joblib.load", "pd.read_pickle", "torch.load"), path


def test_poisoned_files_of_a_workspace_run_nothing(make_workspace, tmp_path: Path) -> None:
    mark = tmp_path / "it-ran"
    poison = pickle.dumps(Bomb(mark))
    arrays = tmp_path / "topics.npz"
    np.savez(arrays, terms=np.array([Bomb(mark)], dtype=object), doc_ids=np.array(["a"]))
    mark.unlink(missing_ok=True)
    workspace = make_workspace(["policy/2003*"])
    bring_up_to_date(workspace, workers=1)
    workspace.output.mkdir(exist_ok=True)
    (workspace.output / "topics.npz").write_bytes(arrays.read_bytes())
    with zipfile.ZipFile(workspace.state / NAME, "w") as archive:
        head = {"generation": 1, "made_from": {}, "documents": [], "terms": {}}
        archive.writestr("results.json", json.dumps(head))
        archive.writestr("topics.npz", arrays.read_bytes())
    assert kept_results(workspace) is None
    for data in (arrays.read_bytes(), poison):
        with pytest.raises(textmine.errors.UsageError):
            read_fit(data, source="topics.npz")
    for path in (workspace.state / "derived.sqlite", workspace.state / "index" / "current.json"):
        path.write_bytes(poison)
    bring_up_to_date(workspace, workers=1)
    with workspace.catalogue() as catalogue:
        similar(workspace, catalogue, catalogue.document_ids()[0], limit=3)
    assert not mark.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space")
def test_a_pdf_that_swells_in_its_library_costs_itself_and_little_memory(
    tmp_path: Path, hostile_pdf
) -> None:
    """Eighteen kilobytes that unpack to 1.5 GB inside PDFium, where no count of ours sees it."""
    swollen = zlib.compress(zlib.compress(bytes(1_500_000_000), 1))
    (tmp_path / "a.pdf").write_bytes(hostile_pdf(swollen))
    (tmp_path / "b.txt").write_text("产业集群。", encoding="utf-8")
    limits = ReadSettings(max_memory_mb=300, max_seconds=60)
    jobs = []
    for name in ("a.pdf", "b.txt"):
        stat = (tmp_path / name).stat()
        found = Found(name, stat.st_size, stat.st_mtime_ns)
        jobs.append(Job(tmp_path, found, None, limits, Reader("p", "l")))
    bomb, text = (outcome for _, outcome in run_jobs(jobs, 1))
    assert bomb.failures
    assert not bomb.documents
    assert len(text.documents) == 1
