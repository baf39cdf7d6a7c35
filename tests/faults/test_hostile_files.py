"""Two hundred hostile files in one folder: each is refused or read, within bounds."""

import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from textmine.settings import override
from textmine.store import Workspace
from textmine.store.verify import verify
from textmine.update import bring_up_to_date

SECRET = "MARK-THAT-NO-READER-MAY-SEE"
LIMITS = {"max_file_mb": 50, "max_unpacked_mb": 50, "max_seconds": 20, "max_memory_mb": 800}


class Server:
    """A server on loopback that remembers what it was asked for."""

    def __init__(self) -> None:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                pass

        self.asked = asked
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def attacked(make_workspace, hostile_files, tmp_path_factory):
    """A workspace after an update over all hostile files and one good one."""
    plain = make_workspace([])
    workspace = Workspace(plain.root, override(plain.settings, "read", LIMITS))
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text(SECRET)
    server = Server()
    files = hostile_files(secret.as_uri(), server.port)
    for name, data in files.items():
        (workspace.documents / name).write_bytes(data)
    (workspace.documents / "good.txt").write_text("产业集群推动创新。", encoding="utf-8")
    if os.name == "posix":
        (workspace.documents / "out.txt").symlink_to(secret)
        (workspace.documents / "loop").symlink_to(workspace.documents)
        (workspace.documents / "a\nb\x1b[31m.txt").write_text("产业联盟。", encoding="utf-8")
        os.mkfifo(workspace.documents / "pipe.txt")
    before = {p for p in workspace.root.parent.rglob("*") if workspace.state not in p.parents}
    started = time.monotonic()
    bring_up_to_date(workspace, workers=2)
    seconds = time.monotonic() - started
    after = {p for p in workspace.root.parent.rglob("*") if workspace.state not in p.parents}
    yield workspace, files, server, seconds, after - before - {workspace.state}
    server.close()


def test_every_hostile_file_is_refused_with_a_reason_or_read(attacked) -> None:
    workspace, files, *_ = attacked
    assert len(files) >= 200
    with workspace.catalogue() as catalogue:
        known = catalogue.files()
        items = {d.source.split(".zip/")[0] for _, d in catalogue.documents()}
        failures = catalogue.failures()
    assert {*files} <= {*known}
    assert all(f.reason and f.remedy for f in failures)
    assert "good.txt" in items
    assert [f for f in failures if "parser failed" in f.reason] == []
    # A form that draws itself overflows the stack of the PDF library: it costs itself alone.
    assert {f.source for f in failures if "crashed" in f.reason} <= {"forms.pdf"}


def test_nothing_outside_was_read_asked_for_or_written(attacked) -> None:
    workspace, _, server, _, written = attacked
    with workspace.catalogue() as catalogue:
        stored = json.dumps([repr(d) for _, d in catalogue.documents()])
        stored += repr(catalogue.failures())
    assert SECRET not in stored
    assert "root:x:0" not in stored
    assert server.asked == []
    assert written == set()


def test_time_and_memory_stay_within_bounds(attacked) -> None:
    _, files, _, seconds, _ = attacked
    # Two processes; a file may use up its time, hardly any does.
    assert seconds < len(files) * LIMITS["max_seconds"] / 8
    if sys.platform == "linux":
        import resource

        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        assert peak < LIMITS["max_memory_mb"] + 1000


def test_what_is_kept_is_whole_and_a_second_update_tries_nothing_again(attacked) -> None:
    workspace, *_ = attacked
    for path in Path(workspace.documents).iterdir():
        if path.is_file() and not path.is_symlink():
            os.utime(path, (1e9, 1e9))
    bring_up_to_date(workspace, workers=2)
    assert verify(workspace) == []
    started = time.monotonic()
    assert bring_up_to_date(workspace, workers=2).indexed == 0
    assert time.monotonic() - started < 60
