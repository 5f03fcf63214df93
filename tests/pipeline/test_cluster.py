"""Many machines: a scheduler and two workers on this one, which is all that a cluster is."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from builder.diagnostics import Diagnostics
from builder.output import OutputError
from builder.pipeline import Request, build, steps
from builder.pipeline.cluster import Cluster
from builder.pipeline.desk import Shared
from builder.progress import Progress
from tests.conftest import ROOT, fingerprint
from tests.support.corpus import write_years
from tests.support.reports import settings

T = TypeVar("T")


def started(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    with (folder / "log").open("ab") as log:
        command = [sys.executable, "-W", "ignore", "-m", *arguments]
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)


def worker(folder: Path, address: str) -> subprocess.Popen[bytes]:
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", f"{folder}")
    return started(folder, "distributed.cli.dask_worker", address, *options)


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    process = started(tmp_path, "distributed.cli.dask_scheduler", *options)
    address = None
    while address is None:
        assert process.poll() is None, (tmp_path / "log").read_text()
        time.sleep(0.05)
        address = re.search(r"tcp://127\.0\.0\.1:\d+", (tmp_path / "log").read_text())
    yield address[0]
    process.terminate()
    process.wait()


class Fatal(Progress):
    """A bar that ends a process when so many reports are rendered."""

    def __init__(self, process: subprocess.Popen[bytes], number: int) -> None:
        super().__init__(io.StringIO())
        self._process, self._number = process, number

    def step(self, name: str, items: Iterable[T], total: int) -> Iterator[T]:
        for number, item in enumerate(super().step(name, items, total)):
            if name.startswith("5") and number == self._number:
                os.kill(self._process.pid, signal.SIGKILL)
            yield item


def test_a_lost_worker_changes_no_byte(scheduler: str, tmp_path: Path) -> None:
    write_years(tmp_path / "content", 18, (2023, 2024))
    own = tmp_path / "content/themes/official/templates/notfound.html"
    own.parent.mkdir(parents=True)
    text = (ROOT / "themes/official/templates/notfound.html").read_text(encoding="utf-8")
    own.write_text(f"{text}<!-- ours -->\n", encoding="utf-8")
    first, second = worker(tmp_path, scheduler), worker(tmp_path, scheduler)
    request = Request(tmp_path / "content", tmp_path / "here", pdf=False)
    build(request, Diagnostics(), Progress(io.StringIO()))
    address = scheduler.replace("tcp", "dask")
    request = Request(tmp_path / "content", tmp_path / "there", pdf=False, executor=address)
    build(request, Diagnostics(), Fatal(first, 6))
    assert first.wait() == -signal.SIGKILL
    second.terminate()
    second.wait()
    assert fingerprint(tmp_path / "there") == fingerprint(tmp_path / "here")


def test_a_scheduler_without_workers_is_told(
    scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.pipeline.cluster.PATIENCE", 1)
    shared = Shared(settings(), ROOT / "nowhere", "official", pdf=False, release=False)
    with pytest.raises(OutputError, match="没有工作进程"):
        Cluster(shared, scheduler.replace("tcp", "dask"))


def test_another_version_at_work_is_told(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_years(tmp_path / "content", 16, (2024,))
    process = worker(tmp_path, scheduler)
    monkeypatch.setattr("builder.pipeline.cluster.tool", lambda: b"another")
    monkeypatch.setattr(steps, "tool", lambda: b"another")
    address = scheduler.replace("tcp", "dask")
    request = Request(tmp_path / "content", tmp_path / "output", pdf=False, executor=address)
    with pytest.raises(OutputError, match="版本"):
        build(request, Diagnostics(), Progress(io.StringIO()))
    process.terminate()
    process.wait()
    assert not (tmp_path / "output").exists()


def test_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.pipeline.cluster.PATIENCE", 1)
    shared = Shared(settings(), ROOT / "nowhere", "official", pdf=False, release=False)
    with pytest.raises(OutputError, match="连不上"):
        Cluster(shared, "dask://127.0.0.1:1")
