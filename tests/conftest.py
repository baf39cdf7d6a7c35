"""One workspace made of sample documents, brought up to date once and shared by the tests."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from textmine.store import Workspace

# The first call of a compiled function compiles it: no example is judged by its time.
settings.register_profile("textmine", deadline=None)
settings.load_profile("textmine")

ROOT = Path(__file__).parents[1]
SETTINGS = """
[terms]
min_documents = 2

[topics]
k = 4

[network]
nodes = 30
min_cooccurrence = 2
"""


@pytest.fixture(scope="session")
def make_workspace(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[str]], Workspace]:
    """Makes a workspace with the project's lexicon and concepts, and documents by pattern."""

    def make(patterns: list[str]) -> Workspace:
        folder = tmp_path_factory.mktemp("workspace")
        shutil.copytree(ROOT / "corpus" / "lexicon", folder / "corpus" / "lexicon")
        for name in ("concepts.toml", "periods.toml"):
            shutil.copy(ROOT / "corpus" / name, folder / "corpus" / name)
        samples = ROOT / "corpus" / "documents"
        (folder / "corpus" / "documents").mkdir()
        for pattern in patterns:
            for path in sorted(samples.glob(pattern)):
                shutil.copy(path, folder / "corpus" / "documents" / path.name)
        (folder / "textmine.toml").write_text(SETTINGS, encoding="utf-8")
        return Workspace.find(folder)

    return make


@pytest.fixture(scope="session")
def sample_workspace(make_workspace) -> Workspace:
    """Sample policies of 2003 to 2013 and a broken file, with catalogue, index and analyses."""
    from textmine.update import bring_up_to_date

    workspace = make_workspace(["policy/200[3-9]*", "policy/201[0-3]*"])
    (workspace.documents / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    bring_up_to_date(workspace, workers=1)
    return workspace
