"""A build that is told to stop: one line, exit code 3, the old site whole, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.conftest import fingerprint
from tests.support.processes import is_alive, workers_of
from tests.support.volumes import write_content

# The build says when it is there, and does not go on for long.
READING = """
from builder import source
read = source.read_bytes
def told(*asked):
    print("here", flush=True)
    time.sleep(30)
    return read(*asked)
source.read_bytes = told
"""
RENDERING = """
from builder.output import Staging
write = Staging.write
def told(self, path, data):
    print("here", flush=True)
    write(self, path, data)
Staging.write = told
"""
PROGRAM = """
import sys, time
from builder.cli.main import main
{phase}
sys.exit(main({arguments!r}))
"""


def to_group(number: int) -> Callable[[int], None]:
    return lambda process: os.killpg(process, number)


def to_main(number: int) -> Callable[[int], None]:
    return lambda process: os.kill(process, number)


SIGNALS = {
    "Ctrl-C": to_group(signal.SIGINT),
    "INT": to_main(signal.SIGINT),
    "TERM": to_main(signal.SIGTERM),
    "TERM to all": to_group(signal.SIGTERM),
    "HUP": to_main(signal.SIGHUP),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content that two workers are busy with, and a site made earlier."""
    folder = tmp_path_factory.mktemp("stopped")
    write_content(folder / "content", 64)
    (folder / "output").mkdir()
    (folder / "output/SHA256SUMS").write_text("", encoding="utf-8")
    return folder


def _stops() -> Iterator[ParameterSet]:
    """Every signal in both phases; a sample of them where workers, which take seconds, are at work,
    and where there are none, so that all are told when the one process is."""
    for phase, name in ((READING, "reading"), (RENDERING, "rendering")):
        for sign, send in SIGNALS.items():
            is_sampled = sign in ("Ctrl-C", "TERM") or (phase is READING and sign == "HUP")
            marks = () if is_sampled else (pytest.mark.proof,)
            yield pytest.param(phase, send, id=f"{name}-{sign}", marks=marks)


@pytest.mark.parametrize(("phase", "send"), [*_stops()])
def test_a_build_that_is_told_to_stop(
    phase: str, send: Callable[[int], None], folder: Path, tmp_path: Path
) -> None:
    before = fingerprint(folder)
    options = ["--content", f"{folder / 'content'}", "--output", f"{folder / 'output'}"]
    options += ["--cache", f"{tmp_path / 'cache'}"]
    program = PROGRAM.format(phase=phase, arguments=["build", *options, "--jobs", "2"])
    build = subprocess.Popen(
        [sys.executable, "-c", program], start_new_session=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert build.stdout
    assert build.stdout.readline() == "here\n"
    started = workers_of(build.pid)
    assert len(started) == (0 if phase is READING else 2)
    send(build.pid)
    _, told = build.communicate(timeout=60)
    assert told == "jixiao：已中断，原有的输出没有改动\n"
    assert build.returncode == 3
    assert fingerprint(folder) == before
    for _ in range(100):
        if not any(map(is_alive, started)):
            break
        time.sleep(0.05)
    assert not any(map(is_alive, started))
