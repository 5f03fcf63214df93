"""What a command writes arrives whole, or it says so: narrow terminals, full disks, closed ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from builder.cli.main import main
from tests.support.reports import changed
from tests.support.repositories import Made, make

BEYOND = "\U00020bb7"  # 𠮷: no terminal of GBK has it
PROGRAM = "import sys; from builder.cli.main import main; sys.exit(main())"
VERBS = [
    ["check"], ["score"], ["diff", "HEAD"], ["fmt", "--check"], ["explain"], ["doctor"],
    ["build", "--no-pdf"], ["new", "2025", f"{BEYOND}"], ["init", f"{BEYOND}"],
    ["check", f"没有{BEYOND}.yaml"], ["diff", f"没有{BEYOND}"], ["--help"], ["--version"],
    ["serve", "--theme", f"{BEYOND}"],
]  # fmt: skip
FOR_PROGRAMS = [
    ["check", "--format", name] for name in ("json", "github", "gitlab", "sarif")
] + [
    ["diff", "HEAD", "--format", name] for name in ("json", "markdown", "html")
] + [["score", "--format", "json"], ["schema"]]  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A repository with one report, whose name and whose mistake have a rare character."""
    made = make(tmp_path / "家", monkeypatch)
    made.commit({"2024/a.yaml": changed()})
    name, spent = f"项目名称: {BEYOND}公益", f"全年执行数: 1,{BEYOND}"
    text = changed(("项目名称: 公益", name)).replace("全年执行数: 96.20", spent, 1)
    made.write({"2024/a.yaml": text, f"2024/{BEYOND}b.yaml": changed()})
    monkeypatch.chdir(made.root)
    monkeypatch.setenv("PYTHONPATH", f"{Path(__file__).parents[2]}")
    monkeypatch.delenv("PYTHONUTF8", raising=False)
    return made


def run(
    *arguments: str, encoding: str = "utf-8", out: int = subprocess.PIPE, err: int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], check=False, timeout=60, stdout=out,
        stderr=err, env=os.environ | {"PYTHONIOENCODING": encoding},
    )  # fmt: skip


@pytest.mark.parametrize("arguments", VERBS, ids=" ".join)
@pytest.mark.usefixtures("home")
def test_a_narrow_terminal_is_told_what_it_cannot_show(arguments: list[str]) -> None:
    narrow = run(*arguments, encoding="gbk")
    told = (narrow.stdout + narrow.stderr).decode("gbk")
    assert "Traceback" not in told
    if BEYOND in "".join(arguments) or arguments == ["check"]:
        assert r"\U00020bb7" in told


@pytest.mark.parametrize("arguments", FOR_PROGRAMS, ids=" ".join)
@pytest.mark.usefixtures("home")
def test_programs_are_given_utf_8_whatever_the_terminal(
    arguments: list[str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    narrow = run(*arguments, encoding="gbk")
    assert narrow.returncode == main(arguments)  # here it is UTF-8
    wide = capfdbinary.readouterr().out
    assert narrow.stdout == wide
    assert BEYOND in wide.decode() or arguments == ["schema"]
    if "json" in arguments:
        json.loads(wide)


@pytest.mark.parametrize(
    ("arguments", "unbuffered"),
    [
        (["check"], ""), (["check"], "1"), (["diff", "HEAD", "--format", "json"], ""),
        (["explain"], ""), (["explain", "C303"], "1"), (["schema"], ""), (["--help"], ""),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("home")
def test_a_full_disk_is_told_in_one_line(
    arguments: list[str], unbuffered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    with Path("/dev/full").open("wb") as full:
        done = run(*arguments, out=full.fileno())
    (line,) = (told for told in done.stderr.decode().splitlines() if told.startswith("jixiao"))
    assert "磁盘已满" in line
    assert b"Traceback" not in done.stderr
    assert done.returncode == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["check"], 3), (["build", "--no-pdf"], 3), (["explain", "C999"], 2), (["chek"], 2)],
)
@pytest.mark.usefixtures("home")
def test_nobody_to_complain_to_is_no_traceback(arguments: list[str], code: int) -> None:
    with Path("/dev/full").open("wb") as full:
        quiet = run(*arguments, err=full.fileno())
    assert b"Traceback" not in quiet.stdout
    assert quiet.returncode in (code, 3)  # 3: that nobody could be told counts, too


ALL_CLOSED = "<&- >&- 2>&-"


def _closed() -> Iterator[ParameterSet]:
    """Every stream, and all of them; of a build, which takes longest, in `make proof`."""
    for arguments in (["check"], ["diff", "HEAD"], ["build", "--no-pdf"]):
        for closed in ("<&-", ">&-", "2>&-", ALL_CLOSED):
            is_sampled = arguments[0] != "build" or closed == ALL_CLOSED
            marks = () if is_sampled else (pytest.mark.proof,)
            yield pytest.param(arguments, closed, marks=marks)


@pytest.mark.parametrize(("arguments", "closed"), [*_closed()])
def test_closed_streams_change_nothing(arguments: list[str], closed: str, home: Made) -> None:
    home.write({"2024/a.yaml": changed(), f"2024/{BEYOND}b.yaml": None})
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -c "$@" {closed}', sys.executable, PROGRAM, *arguments],
        check=False, capture_output=True, timeout=60,
    )  # fmt: skip
    assert b"Traceback" not in done.stdout + done.stderr
    assert done.returncode == 0


@pytest.mark.usefixtures("home")
def test_a_reader_that_leaves_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = run("explain", out=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")
