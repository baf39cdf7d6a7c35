"""A few of the faults that benchmarks/faults tries by the hundred."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform != "linux", reason="puts a library in between, as Linux allows")
@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
def test_nothing_is_lost_or_mixed_whatever_call_the_disk_fails_at() -> None:
    command = [sys.executable, "-m", "benchmarks.faults", "--points", "10", "--failing", "10"]
    done = subprocess.run(
        [*command, "--seed", "7", "--json"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr
    result = json.loads(done.stdout)
    assert result["points"] == 20
    assert result["bad"] == []
    ends = {(mode, ended) for _, mode, ended, _ in result["ends"]}
    assert ends & {("kill", "killed"), ("torn", "killed")}
    assert any(ended == "failed with a message" for _, ended in ends)
    # The faults must have struck in the middle of something.
    assert min(result["calls"].values()) > 100
