"""Who renders: the same bytes by one process and by many, no fork, no orphans, a word for all."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

import pytest

from builder import content
from builder.cli.main import main
from builder.diagnostics import Diagnostics
from builder.output import OutputError
from builder.pipeline import Task, garbage, workers
from builder.pipeline.desk import Shared
from builder.pipeline.reports import load
from builder.pipeline.steps import FIND, PRINT, RENDER, Step
from builder.pipeline.workers import Crew
from tests.conftest import ROOT, fingerprint
from tests.support.processes import is_alive, workers_of
from tests.support.volumes import write_content


def test_workers_make_the_bytes_that_one_process_makes(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, pool = [], workers.pool

    def noted(count: int, begin: Callable[[], None]) -> ProcessPoolExecutor:
        opened.append(count)
        return pool(count, begin)

    monkeypatch.setattr(workers, "WORTH", 2)
    monkeypatch.setattr(workers, "pool", noted)
    output = tmp_path / "output"
    options = ["--content", str(ROOT / "content"), "--output", str(output), "--jobs", "2"]
    assert main(["build", *options]) == 0
    assert opened == [2]
    assert fingerprint(output) == fingerprint(published)


def test_a_build_never_forks_its_main_process(tmp_path: Path) -> None:
    options = ["build", "--content", str(ROOT / "content"), "--output", str(tmp_path / "output")]
    program = f"""
import os
from builder.pipeline import workers
from builder.cli.main import main
if __name__ == "__main__":
    forks = []
    os.register_at_fork(before=lambda: forks.append("fork"))
    workers.WORTH = 2
    code = main({[*options, "--jobs", "2"]!r})
    print(code, forks)
    if not os.fork():
        os._exit(0)
    os.wait()
    print(forks)  # what such a hook tells of a fork
"""
    script = tmp_path / "build.py"
    script.write_text(program, encoding="utf-8")
    run = subprocess.run([sys.executable, str(script)], check=True, capture_output=True, text=True)
    assert run.stdout.splitlines() == ["0 []", "['fork']"]


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    write_content(tmp_path / "content", 64)
    options = ["build", "--content", str(tmp_path / "content"), "--output", str(tmp_path / "out")]
    program = f"from builder.cli.main import main; main({[*options, '--jobs', '2']!r})"
    main_process = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL)
    started: set[int] = set()
    while len(started) < 2:
        assert main_process.poll() is None
        time.sleep(0.05)
        started = workers_of(main_process.pid)
    main_process.send_signal(signal.SIGKILL)
    main_process.wait()
    for _ in range(200):
        if not any(map(is_alive, started)):
            break
        time.sleep(0.05)
    assert not any(map(is_alive, started))


def _killed() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


class _Deadly:
    """What ends the process that receives it."""

    def __reduce__(self) -> tuple[Callable[[], NoReturn], tuple[()]]:
        return _killed, ()


def test_the_end_of_a_worker_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WORTH", 1)
    with closing(_crew(ROOT / "content", 2)) as crew:
        deadly: Any = _Deadly()
        with pytest.raises(OutputError, match="--jobs"):
            list(crew.do([(RENDER, deadly), (RENDER, deadly)], 2))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_stands_against_printing_is_told(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = tmp_path / "themes/bare/theme.yaml"
    theme.parent.mkdir(parents=True)
    theme.write_text("contract: 1\nname: 空\n", encoding="utf-8")
    monkeypatch.setattr(workers, "WORTH", 1)
    with closing(_crew(ROOT / "content", jobs, tmp_path / "themes", "bare")) as crew:
        tasks = _jobs(ROOT / "content", PRINT)
        with pytest.raises(OutputError, match="缺少文件"):
            list(crew.do(tasks, len(tasks)))


@pytest.fixture
def as_elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Garbage is looked for as it is outside of tests."""
    monkeypatch.setattr(garbage, "gc", gc)
    gc.unfreeze()
    yield
    gc.freeze()


@pytest.mark.usefixtures("as_elsewhere")
def test_a_process_collects_garbage_now_and_then_and_leaves_it_to_python_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    collected: list[int] = []
    tasks = _jobs(ROOT / "content", RENDER) * 3
    monkeypatch.setattr(gc, "collect", lambda: collected.append(1))
    with closing(_crew(ROOT / "content", 1)) as crew:
        states = [gc.isenabled() for _ in crew.do(tasks, len(tasks))]
    assert not any(states)
    assert len(collected) == 1 + len(tasks) // garbage.EVERY > 1
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_no_more_results_wait_than_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WORTH", 1)
    (job, *_), asked = _jobs(ROOT / "content", FIND), list[int]()

    def many() -> Iterator[workers.Job]:
        for number in range(200):
            asked.append(number)
            yield job

    with closing(_crew(ROOT / "content", 2)) as crew:
        results = crew.do(many(), 200)
        next(results)
        assert len(asked) <= 2 * workers.AHEAD * workers.BATCH
        results.close()


def _crew(folder: Path, jobs: int, themes: Path | None = None, theme: str = "official") -> Crew:
    settings = content.settings(folder, Diagnostics())
    shared = Shared(settings, themes or folder / "themes", theme, False, False)
    return Crew(shared, partial(workers.local, shared, jobs))


def _task(folder: Path) -> Task:
    entry, *_ = content.entries(folder, (), Diagnostics())
    return Task(entry, content.read(entry, Diagnostics()), ())


def _jobs(folder: Path, step: Step) -> list[workers.Job]:
    entries = content.entries(folder, (), Diagnostics())
    return [(step, load(one, sha256(one.path.read_bytes()).digest())) for one in entries]


@pytest.fixture
def without_pango(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes started now find none of the libraries below WeasyPrint."""
    (tmp_path / "sitecustomize.py").write_text(
        "import cffi\n"
        "def missing(self, name, flags=0):\n"
        "    raise OSError(f'cannot load library {name!r}')\n"
        "cffi.FFI.dlopen = missing\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}")


@pytest.mark.usefixtures("without_pango")
@pytest.mark.parametrize("jobs", [pytest.param("1", marks=pytest.mark.proof), "2"])
def test_without_pango_a_build_says_so_and_leaves_the_old_site(jobs: str, tmp_path: Path) -> None:
    write_content(tmp_path / "content", 32)
    options = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "output")]
    assert _jixiao("build", "--no-pdf", *options).returncode == 0
    before = fingerprint(tmp_path / "output")
    run = _jixiao("build", *options, "--jobs", jobs)
    assert run.returncode == 3
    assert _lines(run.stderr)[-1].startswith("jixiao：打印不了 PDF")
    assert "apt-get install libpango" in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""
    assert fingerprint(tmp_path / "output") == before


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


@pytest.mark.usefixtures("without_pango")
def test_without_pango_the_doctor_says_so() -> None:
    run = _jixiao("doctor")
    assert run.returncode == 3
    (amiss,) = (line for line in run.stdout.splitlines() if line.startswith("×"))
    assert "libpango-1.0-0" in amiss


@pytest.mark.usefixtures("without_pango")
def test_without_pango_the_preview_says_so(tmp_path: Path) -> None:
    from builder.serve.press import Press

    shutil.copytree(ROOT / "content", tmp_path / "content")
    press = Press(tmp_path / "content", "official")
    with pytest.raises(OutputError, match="打印不了 PDF"):
        press.print(1, _task(tmp_path / "content"))
    press.close()


def _jixiao(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = "import sys; from builder.cli.main import main; sys.exit(main())"
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
