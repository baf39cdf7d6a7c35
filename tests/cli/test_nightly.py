"""Log, health file and call for help of a run, whatever its end."""

import json
import logging
import shutil
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from textmine.cli.nightly import recorded
from textmine.errors import StoreError
from textmine.store import Workspace
from textmine.update.health import read_health


def with_log(folder: Path, form: str) -> Workspace:
    log = f'[update]\nlog = "logs/update.log"\nlog_format = "{form}"\nlog_mb = 1\nlog_files = 2\n'
    (folder / "textmine.toml").write_text(log, encoding="utf-8")
    return Workspace.find(folder)


def fail_after_a_long_story() -> None:
    for n in range(40):
        logging.getLogger("textmine.update").info("%d %s\nend", n, "x" * 100_000)
    raise StoreError("The disk is full.", remedy="Free some.")


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_log_is_rotated_by_size_and_old_ones_go(tmp_path: Path, form: str) -> None:
    space = with_log(tmp_path, form)
    with pytest.raises(StoreError), recorded(space):
        fail_after_a_long_story()
    logs = sorted(p.name for p in (tmp_path / "logs").iterdir())
    assert logs == ["update.log", "update.log.1", "update.log.2"]
    for path in (tmp_path / "logs").iterdir():
        assert path.stat().st_size <= 1_000_000
        lines = path.read_text(encoding="utf-8").splitlines()
        if form == "json":
            assert all({"at", "level", "logger", "message"} == {*json.loads(x)} for x in lines)
        else:
            assert all(line.split()[1] in ("INFO", "ERROR") for line in lines)
    assert read_health(space)["outcome"] == "failed"
    assert read_health(space)["error"] == "The disk is full."


def test_the_log_is_gone_from_the_logger_after_the_run(tmp_path: Path) -> None:
    before = list(logging.getLogger("textmine").handlers)
    with pytest.raises(ValueError, match="x"), recorded(with_log(tmp_path, "text")):
        raise ValueError("x")
    assert logging.getLogger("textmine").handlers == before


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
@pytest.mark.skipif(sys.platform == "win32", reason="quotes as on POSIX")
def test_a_failure_is_posted_to_a_webhook(tmp_path: Path) -> None:
    got: list[dict[str, str]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            got.append(json.loads(self.rfile.read(size)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = Thread(target=server.handle_request)
    thread.start()
    command = (
        "curl -sS -m 20 --noproxy * -H 'Content-Type: application/json' --data-binary @- "
        f"http://127.0.0.1:{server.server_address[1]}/hook"
    )
    space = with_log(tmp_path, "text")
    with pytest.raises(StoreError), recorded(space, on_failure=command):
        raise StoreError("磁盘已满", remedy="清理")
    thread.join(30)
    server.server_close()
    assert [told["error"] for told in got] == ["磁盘已满"]
    assert got[0]["workspace"] == str(tmp_path)
