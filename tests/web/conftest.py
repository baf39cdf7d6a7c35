"""A workspace with every analysis, an application over it, a server, and a real browser."""

import asyncio
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from textmine import pipeline
from textmine.settings import override
from textmine.store import Workspace
from textmine.store.collections import Collections
from textmine.store.index import SearchIndex
from textmine.update import bring_up_to_date
from textmine.web import Door, create_app

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@pytest.fixture(scope="session")
def web_workspace(make_workspace: Callable[[list[str]], Workspace]) -> Workspace:
    """Policies of ten years and three papers, a refused file, and a hostile one, analysed."""
    space = make_workspace(["policy/200[3-9]*", "policy/201[0-3]*", "papers/201[34]*.txt"])
    (space.documents / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    (space.documents / "hostile.txt").write_text(
        "<script>alert('联盟')</script>\n\n作者 某\n\n"
        "摘要：本文讨论<img src=x onerror=alert(1)>产业技术创新联盟与产业集群。\n"
        '关键词：联盟；"><svg onload=alert(2)>\n\n1 引言\n\n联盟推动了集群的发展。\n',
        encoding="utf-8",
    )
    bring_up_to_date(space, workers=1)
    quick = override(space.settings, "network", {"bootstrap": 0})
    quick = override(quick, "topics", {"stability_runs": 0})
    space = Workspace(space.root, quick)
    with space.catalogue() as catalogue:
        corpus = pipeline.load(space, catalogue)
        for analysis in (
            pipeline.topics(corpus),
            pipeline.network(corpus),
            pipeline.evolution(corpus),
            pipeline.claims(corpus, catalogue),
        ):
            pipeline.save(analysis, space.output)
        index = SearchIndex(space, catalogue)
        with Collections(space.state) as kept:
            kept.save_query("联盟政策", "联盟 kind:policy")
            kept.add("精读", index.ids("集群 kind:paper"), source="库内检索")
    return space


@pytest.fixture(scope="session")
def client(web_workspace: Workspace) -> Iterator[TestClient]:
    """A client of the application, on the loopback address."""
    app = create_app(web_workspace, Door.for_address("127.0.0.1"))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="session")
def writable(web_workspace: Workspace) -> Iterator[TestClient]:
    """A client of an application that readers may collect and decide in."""
    app = create_app(web_workspace, Door.for_address("127.0.0.1", write=True))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="session")
def site(web_workspace: Workspace) -> Iterator[str]:
    """The address of a running server."""
    with served(create_app(web_workspace, Door.for_address("127.0.0.1"))) as address:
        yield address


@pytest.fixture(scope="session")
def writing_site(web_workspace: Workspace) -> Iterator[str]:
    """The address of a running server that readers may collect and decide in."""
    with served(create_app(web_workspace, Door.for_address("127.0.0.1", write=True))) as address:
        yield address


@contextlib.contextmanager
def served(app: FastAPI) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


class Browser:
    """Chromium over its debugging pipe: messages are JSON, each ended by a zero byte."""

    def __init__(self, read: int, write: int) -> None:
        self._read, self._write = os.fdopen(read, "rb", 0), os.fdopen(write, "wb", 0)
        self._buffer = b""
        self._number = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> Any:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._write.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer}"
                return answer["result"]
            self.events.append(answer)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            part = self._read.read(65_536)
            assert part, "the browser went away"
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def evaluate(self, script: str) -> Any:
        """The value of an expression in the page; promises are awaited."""
        answer = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait_for(self, script: str) -> Any:
        """The value of an expression as soon as it is true."""
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            with contextlib.suppress(AssertionError):  # between two pages
                if value := self.evaluate(script):
                    return value
            time.sleep(0.05)
        raise AssertionError(f"never true: {script}")

    def open(self, address: str) -> None:
        self.evaluate("window.left = true")
        self.call("Page.navigate", url=address)
        self.wait_for("!window.left && document.readyState === 'complete'")

    def follow(self, selector: str) -> None:
        """Click a link and wait for the page that it leads to."""
        self.evaluate(f"window.left = true; document.querySelector({selector!r}).click()")
        self.wait_for("!window.left && document.readyState === 'complete'")

    def size(self, width: int, height: int = 900) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def scheme(self, name: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": name}]
        self.call("Emulation.setEmulatedMedia", features=features)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A real browser with one page."""
    if CHROMIUM is None or os.name == "nt":
        pytest.skip("needs Chromium on the machine: apt-get install chromium")
    read_in, write_out = os.pipe()
    read_out, write_in = os.pipe()
    profile = tempfile.mkdtemp(prefix="chromium-", dir=tmp_path_factory.mktemp("browser"))
    options = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    # The browser expects its pipe as the file descriptors 3 and 4.
    shell = f'exec "$0" {options} --user-data-dir="$1" --remote-debugging-pipe'
    process = subprocess.Popen(
        ["bash", "-c", f"{shell} 3<&{read_in} 4>&{write_in}", CHROMIUM, profile],
        pass_fds=(read_in, write_in),
        stderr=subprocess.DEVNULL,
    )
    os.close(read_in)
    os.close(write_in)
    try:
        yield Browser(read_out, write_out)
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(Path(profile), ignore_errors=True)
