"""Every verb but the printing of PDFs without what only POSIX has; see `without_posix`.

This stands in for Windows, on which nothing has been run for real.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from builder.cli.main import main
from tests.conftest import ROOT, fingerprint
from tests.support.repositories import Made, make

COMMAND = [
    sys.executable, "-X", "warn_default_encoding", str(ROOT / "tests/support/without_posix.py"),
]  # fmt: skip
REPORT = "content/2024/dianjiao-yuanjiao.yaml"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A repository with the five forms; the current folder is its own."""
    made = make(tmp_path / "家", monkeypatch)
    shutil.copytree(ROOT / "content", made.content)
    made.commit({})
    monkeypatch.chdir(made.root)
    return made


def run(*arguments: str) -> tuple[int, bytes, str]:
    done = subprocess.run([*COMMAND, *arguments], check=False, capture_output=True)
    return done.returncode, done.stdout, lines(done.stderr)


def lines(told: bytes) -> str:
    """What a command told, but for what Python warns of."""
    return "".join(re.findall(r"(?m)^(?!.*Warning|  ).*\n", told.decode("utf-8")))


@pytest.mark.parametrize("arguments", [
    ["check"], ["check", "--format", "json"], ["score"], ["score", "--format", "json"],
    ["diff", "HEAD"], ["diff", "HEAD", "--format", "html"], ["schema"], ["explain"],
    ["explain", "C303"], ["--help"], ["--version"], ["fmt", "--check"],
])  # fmt: skip
def test_what_is_told_is_the_same(
    arguments: list[str], home: Made, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = home.root / REPORT
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("全年执行数: 319.26", "全年执行数:  300.26"), encoding="utf-8")
    told = run(*arguments)
    code, (out, err) = main(arguments), capfdbinary.readouterr()
    assert told == (code, out, lines(err))
    assert "Traceback" not in told[2]
    assert told[1]


def test_a_site_is_built_and_built_again(home: Made) -> None:
    assert main(["build", "--no-pdf", "--output", "posix"]) == 0
    page, times = home.root / "output/2024" / Path(REPORT).stem / "index.html", set[int]()
    for _ in range(3):  # each takes the place of the one before
        assert run("build", "--no-pdf", "--jobs", "2")[0] == 0
        assert fingerprint(home.root / "output") == fingerprint(home.root / "posix")
        times.add(page.stat().st_mtime_ns)
    assert len(times) == 1
    assert [path.name for path in home.root.glob(".output*")] == [".output.kept"]


def test_files_are_written(home: Made) -> None:
    file = home.root / REPORT
    text = file.read_bytes()
    file.write_bytes(text.replace(b": 319.26", b":   319.26"))
    assert run("fmt")[0] == 0
    assert file.read_bytes() == text
    assert run("new", "2025", "新项目")[0] == 0
    assert (home.content / "2025/新项目.yaml").is_file()
    assert run("init", "开始")[0] == 0
    assert (home.root / "开始/content/site.yaml").is_file()


def test_the_doctor_looks_at_what_there_is(home: Made) -> None:
    code, told, _ = run("doctor")
    assert code == 0, home
    assert "√ 打印 PDF" in told.decode("utf-8")


def test_the_preview_shows_a_page(home: Made) -> None:
    serving = subprocess.Popen([*COMMAND, "serve", "--port", "0"], stderr=subprocess.PIPE)
    assert serving.stderr
    try:
        told = b""
        while not (found := re.search(rb"http://127\.0\.0\.1:(\d+)/", told)):
            line = serving.stderr.readline()
            assert line, told.decode("utf-8")
            told += line
        connection = HTTPConnection("127.0.0.1", int(found[1]), timeout=60)
        connection.request("GET", f"/2024/{Path(REPORT).stem}/index.html")
        assert "电教远教工作经费" in connection.getresponse().read().decode("utf-8")
        connection.close()
    finally:
        serving.terminate()
        serving.communicate()
    assert serving.returncode == 0, home
