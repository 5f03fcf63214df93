"""What lies on the disk and is no file, or does not let itself be read, is told: no command dies
of it with a traceback, or waits."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from builder.cli.main import main
from tests.support.reports import GOOD
from tests.support.repositories import Made, make

VERBS = [["check"], ["build", "--no-pdf"], ["score"], ["fmt", "--check"], ["diff", "HEAD"]]
each_verb = pytest.mark.parametrize("arguments", VERBS, ids=" ".join)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    """Two years of content, in a minute without waiting."""
    made = make(tmp_path, monkeypatch)
    made.commit({"2023/b.yaml": GOOD.replace("年度: 2024", "年度: 2023"), "2024/a.yaml": GOOD})
    monkeypatch.chdir(made.root)

    def too_long(*_: object) -> NoReturn:
        raise AssertionError("a command waits for ever")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(60)
    yield made
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def bind(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(f"{path}")


NO_FILES: dict[str, Callable[[Path], object]] = {
    "fifo": os.mkfifo,
    "folder": Path.mkdir,
    "loop": lambda path: path.symlink_to(path.name),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "socket": bind,
}


@pytest.mark.parametrize("put", NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_is_told_and_not_opened(
    put: Callable[[Path], object], home: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["site.yaml", "profiles/x.yaml", "2024/c.yaml"]
    (home.content / "profiles").mkdir()
    for name in (*names, "2024/compendium.md", "2024/c.pdf"):
        put(home.content / name)
    evidence = "佐证材料:\n  - {名称: 验收单, 文件: c.pdf, 内部: 否}\n"
    home.write({"2024/a.yaml": GOOD + evidence})
    for arguments in VERBS:
        assert main(arguments) == 1, arguments
        said = capsys.readouterr()
        for name in names if arguments[0] in ("check", "build") else ():
            assert f"content/{name}:1:1: 错误 [Y102]" in said.out + said.err, arguments
        if arguments[0] in ("check", "build"):
            assert "[S309]" in said.out + said.err


def closed(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let a folder be one that only others may read, though we may be root."""

    def refusing(original: Callable[..., Any]) -> Callable[..., Any]:
        def function(path: Any, *more: Any) -> Any:
            if not isinstance(path, int) and Path(path).absolute() == folder:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), f"{path}")
            return original(path, *more)

        return function

    monkeypatch.setattr(Path, "iterdir", refusing(Path.iterdir))
    monkeypatch.setattr(os, "scandir", refusing(os.scandir))


@pytest.mark.parametrize("name", ["", "2023", "profiles"])
@each_verb
def test_a_folder_that_is_closed_is_told(
    arguments: list[str],
    name: str,
    home: Made,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (home.content / "profiles").mkdir()
    closed(monkeypatch, home.content / name)
    assert main(arguments) == (3 if arguments[0] == "diff" else 1)
    said = capsys.readouterr()
    if (arguments[0], name) != ("fmt", "profiles"):  # which has no need of them
        assert "没有权限" in said.out + said.err
    if arguments[0] == "check" and name != "":
        home.write({"2024/a.yaml": GOOD.replace("年度: 2024", "年度: 二〇二四")})
        main(arguments)
        assert "2024/a.yaml" in capsys.readouterr().out, "the rest is read all the same"


@each_verb
def test_what_the_system_refuses_is_one_line(
    arguments: list[str],
    home: Made,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home.write({"2024/c.yaml": GOOD})  # a difference, or there is nothing to read for one
    for failure, words in (
        (OSError(errno.EIO, os.strerror(errno.EIO), "x"), "jixiao：x：磁盘读写出错\n"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "jixiao：磁盘已满\n"),
        (MemoryError(), "jixiao：内存不足，没有做完\n"),
    ):

        def refused(*_: object, failure: BaseException = failure, **__: object) -> NoReturn:
            raise failure

        with monkeypatch.context() as patch:
            patch.setattr("builder.source.reading.decoded", refused)
            assert main(arguments) == 3
        assert capsys.readouterr().err == words
    assert not list(home.root.glob(".output*"))


@each_verb
def test_content_that_is_a_file_or_a_loop(
    arguments: list[str], home: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    (home.root / "loop").symlink_to("loop")
    (home.root / "file").write_text("x", encoding="utf-8")
    for name in ("loop", "file"):
        assert main([*arguments, "--content", name]) in (1, 2)
        said = capsys.readouterr()
        assert said.out + said.err


@pytest.mark.parametrize(
    "arguments", [["check"], ["build", "--no-pdf"], ["score"], ["diff", "HEAD"]]
)
def test_a_folder_whose_name_is_no_text(
    arguments: list[str], home: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = os.fsdecode("资料".encode("gbk"))
    home.content.rename(home.root / folder)
    (home.root / folder / "2024" / os.fsdecode(b"\xff.yaml")).write_text(GOOD, encoding="utf-8")
    assert main([*arguments, "--content", folder]) == 1
    said = capsys.readouterr()
    assert "[S302]" in said.out + said.err


@pytest.mark.parametrize("arguments", [["build"], ["build", "--no-pdf"]], ids=" ".join)
def test_a_disk_that_takes_no_more_is_told(arguments: list[str], home: Made) -> None:
    """Fonts are laid out in a temporary folder when a printer starts: it may be full, too."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000));"
        "from builder.cli.main import main; raise SystemExit(main())"
    )
    command = [sys.executable, "-c", code, *arguments, "--jobs", "1"]
    ended = subprocess.run(command, cwd=home.root, capture_output=True, text=True, check=False)
    assert (ended.returncode, "Traceback" in ended.stderr) == (3, False), ended.stderr
    assert "写不了" in ended.stderr
    assert not (home.root / "output").exists()
