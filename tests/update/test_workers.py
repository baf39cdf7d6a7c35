"""Files that crash, hang or swell a reading process, and readers that do so for real."""

import os
import signal
import sys
import time
import zipfile
from pathlib import Path

import pytest

from textmine.errors import StoreError
from textmine.settings import ReadSettings
from textmine.update import Found, Reader
from textmine.update.reading import Job
from textmine.update.workers import _Worker, run_jobs


def job(folder: Path, name: str, limits: ReadSettings | None = None) -> Job:
    stat = (folder / name).stat()
    found = Found(name, stat.st_size, stat.st_mtime_ns)
    return Job(folder, found, None, limits or ReadSettings(), Reader("p", "l"))


def test_all_jobs_come_back_once_whatever_the_number_of_processes(tmp_path: Path) -> None:
    names = [f"{n}.txt" for n in range(20)]
    for name in names:
        (tmp_path / name).write_text(f"第{name}篇：产业集群。", encoding="utf-8")
    for workers in (1, 3):
        outcomes = list(run_jobs([job(tmp_path, name) for name in names], workers))
        assert sorted(j.file.path for j, _ in outcomes) == sorted(names)
        assert all(len(outcome.documents) == 1 for _, outcome in outcomes)


def test_a_process_that_dies_costs_its_file_and_the_next_is_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("产业联盟。", encoding="utf-8")
    worker = _Worker(job(tmp_path, "a.txt"))
    worker.connection.poll(60)
    os.kill(worker._process.pid or 0, signal.SIGSTOP if os.name == "posix" else signal.SIGTERM)
    assert worker.outcome() is None  # ready: the job is sent
    worker._process.kill()
    worker._process.join()
    outcome = worker.outcome()
    assert outcome is not None
    assert "crashed" in outcome.failures[0].reason
    worker.take(job(tmp_path, "b.txt"))
    while (outcome := worker.outcome()) is None:
        time.sleep(0.05)
    assert len(outcome.documents) == 1
    worker.stop()


@pytest.mark.skipif(os.name != "posix", reason="stops a process by a signal")
def test_a_file_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("产业联盟。", encoding="utf-8")
    worker = _Worker(job(tmp_path, "a.txt", ReadSettings(max_seconds=1)))
    worker.connection.poll(60)
    os.kill(worker._process.pid or 0, signal.SIGSTOP)
    assert worker.outcome() is None
    assert worker.outcome() is None
    time.sleep(1.1)
    outcome = worker.outcome()
    assert outcome is not None
    assert "more than 1 seconds" in outcome.failures[0].reason
    worker.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space")
def test_a_file_that_swells_the_memory_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(4):
            archive.writestr(f"{n}.txt", b"\xe4\xba\xa7\xe4\xb8\x9a" * 30_000_000)
    limits = ReadSettings(max_memory_mb=200)
    ((_, outcome),) = run_jobs([job(tmp_path, "a.zip", limits)], 1)
    assert outcome.failures
    assert not outcome.documents


def test_a_reading_process_that_never_starts_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("产业联盟。", encoding="utf-8")
    worker = _Worker(job(tmp_path, "a.txt"))
    worker._process.kill()
    worker._process.join()
    with pytest.raises(StoreError, match="does not start"):
        worker.outcome()
    worker.stop()
