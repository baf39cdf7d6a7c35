"""How long pages take for fifty readers at once, without and with an update at the same time.

    python -m benchmarks.web_latency FOLDER [READERS] [SECONDS]

FOLDER holds documents; half of them are brought in beforehand, the other half while the readers
read. Each reader asks for a page, reads for a second on average, and asks for the next: words,
phrases, facets, further pages, documents, concordances. Loopback; readers, server and update share
the machine. Prints p50, p95 and p99 in milliseconds for each kind of page, and how much the update
adds.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

READING = 1.0  # seconds between two pages, on average
WORDS = (
    "创新",
    "联盟",
    "产业集群",
    "区域创新系统",
    "知识产权",
    "发展",
    "高校",
    "标准",
    "的",
    "网络",
)
Timings = dict[str, list[float]]


def command(*words: str) -> list[str]:
    """The command line of this very installation."""
    return [sys.executable, "-m", "textmine", *words]


def addresses(base: str, seed: int) -> list[tuple[str, str]]:
    """Kinds of pages with the addresses that a reader asks for, in a random order."""
    draw = random.Random(seed)
    with urllib.request.urlopen(f"{base}/api/v1/search?limit=100") as answer:
        ids = [hit["id"] for hit in json.load(answer)["hits"]]
    pages = []
    for _ in range(200):
        word, other = draw.sample(WORDS, 2)
        kind, path, asked = draw.choice(
            [
                ("word", "/", {"q": word}),
                ("word", "/", {"q": f"{word} {other}"}),
                ("phrase", "/", {"q": f'"{word}{other[:1]}"'}),
                ("facet", "/", {"q": word, "f": "kind:policy"}),
                ("page 3", "/", {"q": word, "page": "3"}),
                ("document", f"/documents/{draw.choice(ids)}", {"q": word}),
                ("document", f"/documents/{draw.choice(ids)}", {"q": word}),
                ("concordance", "/concordance", {"q": f"{word}{other[:1]}"}),
            ]
        )
        pages.append((kind, f"{path}?{urlencode(asked)}"))
    return pages


async def reader(port: int, pages: Sequence[tuple[str, str]], until: float, seen: Timings) -> None:
    """One reader: one page after another, each over a connection of its own."""
    draw = random.Random(str(pages[0]))
    await asyncio.sleep(draw.uniform(0, READING))
    for kind, address in pages:
        if time.monotonic() >= until:
            break
        began = time.perf_counter()
        incoming, outgoing = await asyncio.open_connection("127.0.0.1", port)
        outgoing.write(
            f"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
        )
        head = await incoming.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        )
        await incoming.readexactly(length)
        status = head.split()[1].decode()
        seen[kind if status == "200" else f"status {status}"].append(time.perf_counter() - began)
        outgoing.close()
        await asyncio.sleep(draw.expovariate(1 / READING))


async def read(port: int, pages: list[list[tuple[str, str]]], seconds: float) -> Timings:
    """All readers at once for some seconds."""
    seen: Timings = defaultdict(list)
    until = time.monotonic() + seconds
    await asyncio.gather(*(reader(port, own, until, seen) for own in pages))
    return seen


def report(title: str, seen: Timings) -> float:
    """Print the quantiles of each kind of page; returns p95 of all."""
    print(f"\n{title}\n{'page':<14}{'asked':>7}{'p50':>8}{'p95':>8}{'p99':>8}  ms")
    everything = [t for kind, times in seen.items() if kind[:6] != "status" for t in times]
    for kind, times in [*sorted(seen.items()), ("all", everything)]:
        p50, p95, p99 = np.quantile(times, [0.5, 0.95, 0.99]) * 1000
        print(f"{kind:<14}{len(times):>7}{p50:>8.1f}{p95:>8.1f}{p99:>8.1f}")
    print(f"under 100 ms: {np.mean(np.array(everything) < 0.1):.1%}")
    return float(np.quantile(everything, 0.95))


def prepared(folder: Path, root: Path) -> list[Path]:
    """A workspace with every second document; returns the others."""
    subprocess.run(command("init", str(root)), check=True, stdout=subprocess.DEVNULL)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for n, path in enumerate(files[::2]):
        shutil.copy(path, root / "corpus" / "documents" / f"{n:06}{path.suffix}")
    subprocess.run(command("update", "-w", str(root)), check=False, stdout=subprocess.DEVNULL)
    return files[1::2]


def main(folder: Path, readers: int, seconds: float) -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "workspace"
        later = prepared(folder, root)
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = int(taken.getsockname()[1])
        environment = {**os.environ, "TEXTMINE_TOKEN": ""}
        server = subprocess.Popen(
            command("serve", "-w", str(root), "--port", str(port)), env=environment
        )
        try:
            measure(port, root, later, readers, seconds)
        finally:
            server.terminate()
            server.wait()


def measure(port: int, root: Path, later: list[Path], readers: int, seconds: float) -> None:
    """Once in peace, once while the other documents come in."""
    base = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while True:
        try:
            pages = [addresses(base, seed) for seed in range(readers)]
            break
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)
    asyncio.run(read(port, pages[:2], 5))  # the first page of a process loads what all need
    peace = report(f"{readers} readers", asyncio.run(read(port, pages, seconds)))
    for n, path in enumerate(later):
        shutil.copy(path, root / "corpus" / "documents" / f"later-{n:06}{path.suffix}")
    update = subprocess.Popen(command("update", "-w", str(root)), stdout=subprocess.DEVNULL)
    during = asyncio.run(read(port, pages, seconds))
    ended = update.poll() is not None
    update.wait()
    loaded = report(f"{readers} readers and an update", during)
    print(f"\np95 with the update / without: {loaded / peace:.2f}")
    print(
        "the update ended before the readers did" if ended else "the update outlasted the readers"
    )


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        int(sys.argv[2]) if len(sys.argv) > 2 else 50,
        float(sys.argv[3]) if len(sys.argv) > 3 else 30.0,
    )
