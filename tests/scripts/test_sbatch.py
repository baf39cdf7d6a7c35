"""The job for Slurm is a shell script: it brings a workspace up to date and analyses it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELL = shutil.which("bash")


@pytest.mark.skipif(SHELL is None, reason="the job is written for bash")
def test_the_job_updates_analyses_and_verifies_a_workspace(make_workspace) -> None:
    workspace = make_workspace(["policy/200[6-9]*"])
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    env = {**os.environ, "PATH": path, "SLURM_CPUS_PER_TASK": "2"}
    command = [str(SHELL), str(ROOT / "deploy" / "textmine.sbatch"), str(workspace.root)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (workspace.output / "report.html").exists()
    assert "完好" in done.stdout


@pytest.mark.skipif(SHELL is None, reason="the job is written for bash")
def test_the_job_asks_for_a_workspace() -> None:
    command = [str(SHELL), str(ROOT / "deploy" / "textmine.sbatch")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "workspace" in done.stderr
