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
    points = {"--points": 8, "--failing": 8, "--power": 8, "--lying": 8}
    numbers = [str(word) for pair in points.items() for word in pair]
    command = [sys.executable, "-m", "benchmarks.faults", *numbers, "--seed", "7", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    result = json.loads(done.stdout)
    assert result["points"] == 32
    # A disk that does not sync when asked must be found out: losses are seen where there are any.
    assert {bad["point"]["mode"] for bad in result["bad"]} == {"lying"}
    ends = {(mode, ended) for _, mode, ended, _ in result["ends"]}
    assert ends & {("kill", "killed"), ("torn", "killed")}
    assert ("power", "killed") in ends
    assert any(ended == "failed with a message" for _, ended in ends)
    # The faults must have struck in the middle of something.
    assert min(result["calls"].values()) > 100
