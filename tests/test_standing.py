"""A build of what has not changed is told in an instant; of whatever else, it is made."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builder import pipeline, standing
from builder.cli.main import main
from tests.conftest import ROOT
from tests.support.reports import GOOD
from tests.support.repositories import Made, make

WITHHELD = "青鸾计划"
WORTH_TELLING = (ROOT / "content/2024/dianjiao-yuanjiao.yaml").read_text(encoding="utf-8")
EVIDENCE = "佐证材料:\n  - {名称: 问卷, 文件: 问卷.txt, 内部: 否}\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A repository with two reports, evidence, a theme of its own and the history of all."""
    made = make(tmp_path / "home", monkeypatch)
    made.commit({
        "2024/a.yaml": WORTH_TELLING, "2024/b.yaml": GOOD.replace("名称: ", "名称: 第二个", 1),
        "site.yaml": "名称: 公开\n修订记录: 是\n",
    })  # fmt: skip
    made.write({"2024/c.yaml": GOOD.replace("名称: ", "名称: 第三个", 1) + EVIDENCE})
    (made.content / "2024/问卷.txt").write_text("一", "utf-8")
    (made.content / "themes/official/assets").mkdir(parents=True)
    monkeypatch.chdir(made.root)
    return made


class Builds:
    """Builds of the content in the current folder, and what they tell."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *options: str, code: int = 0) -> str:
        time.sleep(0.04)  # what changed in the moment before a build is no ground to stand on
        self._capsys.readouterr()
        assert main(["build", "--no-pdf", "--jobs", "1", *options]) == code
        return self._capsys.readouterr().err

    def is_quick(self, *options: str) -> bool:
        told = self(*options)
        assert ("没有改动" in told) is ("已生成" not in told)
        return "没有改动" in told


@pytest.fixture
def build(
    home: Made, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Builds:
    assert home
    monkeypatch.setattr(standing, "_COARSE", 20_000_000)  # and that moment is a short one here
    return Builds(capsys)


def findings(told: str) -> list[str]:
    return [line for line in told.splitlines() if not line.startswith(("已生成", "没有改动"))]


def test_the_same_is_told_again(build: Builds) -> None:
    before = build()
    assert "已生成" in before
    assert "警告 [" in before
    for _ in range(2):
        after = build()
        assert "没有改动" in after
        assert findings(after) == findings(before)


def test_nothing_heavy_is_imported(home: Made) -> None:
    program = (
        "import sys; from builder.cli.main import main; main(['build', '--no-pdf', '--jobs', '1']);"
        "print(*sys.modules)"
    )
    time.sleep(0.15)
    for is_heavy in (True, False):
        command = [sys.executable, "-c", program]
        run = subprocess.run(command, check=True, capture_output=True, cwd=home.root)
        loaded = set(run.stdout.decode("utf-8").split())
        for name in ("pydantic", "ruamel.yaml", "builder.text", "builder.pipeline", "rich"):
            assert (name in loaded) is is_heavy, name


def same_size(home: Made) -> None:
    """An edit that leaves size and time as they were."""
    path = home.content / "2024/b.yaml"
    status = path.stat()
    path.write_text(path.read_text("utf-8").replace("第二个", "第二次"), "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size


def replaced(home: Made) -> None:
    path = home.content / "2024/b.yaml"
    other = home.root / "other"
    other.write_bytes(path.read_bytes())
    other.replace(path)


def added(home: Made) -> None:
    home.write({"2024/d.yaml": GOOD.replace("名称: ", "名称: 第四个", 1)})


def deleted(home: Made) -> None:
    (home.content / "2024/b.yaml").unlink()


def evidence(home: Made) -> None:
    (home.content / "2024/问卷.txt").write_text("二", "utf-8")


def settings(home: Made) -> None:
    (home.content / "site.yaml").write_text("名称: 公示\n修订记录: 是\n", "utf-8")


def own_theme(home: Made) -> None:
    (home.content / "themes/official/assets/more.css").write_text("p {}", "utf-8")


def committed(home: Made) -> None:
    home.git("add", ".")
    home.git("commit", "--quiet", "-m", "more")


def output_edited(home: Made) -> None:
    (home.root / "output/2024/b/index.html").write_text("edited", "utf-8")


def output_deleted(home: Made) -> None:
    (home.root / "output/2024/b/index.html").unlink()


def output_closed(home: Made) -> None:
    (home.root / "output/2024/b").chmod(0o700)


def without_output(home: Made) -> None:
    (home.root / "output").rename(home.root / "elsewhere")


def record_spoilt(home: Made) -> None:
    (home.root / ".output.kept/standing").write_text("{}", "utf-8")


def seals_gone(home: Made) -> None:
    (home.root / ".output.kept/standing").unlink()


CHANGES = [
    same_size, replaced, added, deleted, evidence, settings, own_theme, committed, output_edited,
    output_deleted, output_closed, without_output, record_spoilt, seals_gone,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changed_is_built(
    change: Callable[[Made], None], home: Made, build: Builds
) -> None:
    build()
    assert build.is_quick()
    change(home)
    assert not build.is_quick()
    assert build.is_quick()


@pytest.mark.parametrize("options", [["--year", "2024"], ["--base-url", "https://example.org/"]])
def test_other_words_are_another_site(options: list[str], build: Builds) -> None:
    build()
    assert not build.is_quick(*options)
    assert build.is_quick(*options)
    assert build.is_quick(*options, "--jobs", "2")
    assert not build.is_quick()


def other_python(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(sys, "version", "4.0")


def other_library(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "pydantic-9.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, f"{folder}"])


def other_tool(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "themes").mkdir(parents=True)
    monkeypatch.setattr(standing, "_HERE", folder)


def other_region(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.GB18030")


@pytest.mark.parametrize("change", [other_python, other_library, other_tool, other_region])
def test_another_machine_is_another_site(
    change: Callable[[pytest.MonkeyPatch, Path], None],
    build: Builds,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    build()
    change(monkeypatch, tmp_path / "other")
    assert not build.is_quick()


def test_another_umask_is_another_site(build: Builds) -> None:
    build()
    before = os.umask(0o077)
    try:
        assert not build.is_quick()
    finally:
        os.umask(before)


def test_a_commit_matters_only_where_changes_are_told(home: Made, build: Builds) -> None:
    (home.content / "site.yaml").write_text("名称: 公开\n", "utf-8")
    build()
    committed(home)
    assert build.is_quick()


def test_a_change_while_it_is_built_is_seen(
    home: Made, build: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = pipeline.build

    def slow(*arguments: Any) -> Any:
        result = original(*arguments)
        same_size(home)
        return result

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "build", slow)
        build()
    assert not build.is_quick()


def test_what_changed_a_moment_ago_is_no_ground_to_stand_on(
    home: Made, build: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = (home.content / "2024/a.yaml").stat().st_mtime_ns
    with monkeypatch.context() as patch:
        patch.setattr(standing, "moment", lambda _: newest)
        build()
        build()
    assert not (home.root / ".output.kept/standing").exists()


def test_what_a_link_leads_to_may_change_unseen(home: Made, build: Builds) -> None:
    (home.content / "2024/more.txt").symlink_to(home.root / "more.txt")
    build()
    assert not build.is_quick()


def test_the_root_is_no_place_for_a_site(build: Builds) -> None:
    assert "请换一个输出位置" in build("--output", "/", code=3)


def withheld_report(home: Made) -> None:
    text = WORTH_TELLING.replace("项目名称: ", f"项目名称: {WITHHELD}", 1)
    home.write({"2024/d.yaml": f"{text}公开: {{范围: 不公开, 理由: 涉密}}\n"})


def internal_note(home: Made) -> None:
    home.write({"2024/a.yaml": f"{WORTH_TELLING}内部备注: {WITHHELD}\n"})


def comment(home: Made) -> None:
    lines = WORTH_TELLING.splitlines()
    home.write({"2024/a.yaml": "".join(f"{line}  # {WITHHELD}\n" for line in lines)})


def stray(home: Made) -> None:
    (home.content / f"2024/{WITHHELD}.pdf").write_bytes(b"%PDF")


@pytest.mark.parametrize("put", [withheld_report, internal_note, comment, stray])
def test_nothing_withheld_is_written_down(
    put: Callable[[Made], None], home: Made, build: Builds
) -> None:
    put(home)
    build()
    for path in home.root.glob(".output.kept/**/*"):
        if path.is_file():
            assert WITHHELD.encode() not in path.read_bytes()
            assert ascii(WITHHELD)[1:-1].encode() not in path.read_bytes()


def test_what_is_withheld_now_is_no_longer_written_down(home: Made, build: Builds) -> None:
    public = WORTH_TELLING.replace("项目名称: ", f"项目名称: {WITHHELD}", 1)
    home.write({"2024/a.yaml": public})
    build()
    home.write({"2024/a.yaml": f"{public}公开: {{范围: 不公开, 理由: 涉密}}\n"})
    build()
    assert not (home.root / ".output.kept/standing").exists()


def test_without_findings_a_withheld_report_hinders_nothing(home: Made, build: Builds) -> None:
    home.write({
        "2024/a.yaml": GOOD, "2024/d.yaml": GOOD + "公开: {范围: 不公开, 理由: 涉密}\n",
    })  # fmt: skip
    told = build()
    assert "警告 [" not in told
    assert build.is_quick()
