"""How a command starts: it imports what its verb needs, and its words are those of the wings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from builder.cli.arguments import CHECK_FORMATS, DIFF_FORMATS
from builder.cli.arguments import TABLES as HANDED
from builder.cli.main import main
from builder.diagnostics import REPORTERS
from builder.export import TABLES
from builder.review import FORMATS
from tests.conftest import ROOT

# Each takes a tenth of a second or more, or brings one that does.
PAGES = {"fontTools", "jinja2", "lxml", "markdown_it", "pikepdf", "weasyprint", "xlsxwriter"}
OTHERS = {"rich", "simplejson", "subprocess", "watchfiles"}
CONTENT = {"pydantic", "ruamel"}


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], PAGES | OTHERS | CONTENT),
        (["--version"], PAGES | OTHERS | CONTENT),
        (["explain", "C303"], PAGES | OTHERS | CONTENT),
        (["check"], PAGES | OTHERS),
        (["score"], (PAGES | OTHERS) - {"simplejson", "xlsxwriter"}),
        (["schema"], (PAGES | OTHERS) - {"simplejson"}),
    ],
)
def test_only_what_is_needed_is_imported(arguments: list[str], unwanted: set[str]) -> None:
    program = (
        f"from builder.cli.main import main; main({arguments}); import sys; print(*sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in run.stdout.splitlines()[-1].split()}
    assert "builder" in loaded
    assert not loaded & unwanted


def test_formats_are_those_of_the_wings() -> None:
    assert sorted(REPORTERS) == list(CHECK_FORMATS)
    assert sorted(FORMATS) == list(DIFF_FORMATS)
    assert tuple(TABLES) == HANDED


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["scoree"], "是否应为 score？"),
        (["CHECK"], "是否应为 check？"),
        (["检查"], "可选：build、serve"),
        (["check", "--formt", "json"], "没有选项 --formt，是否应为 --format？"),
        (["check", "--format", "jsn"], "是否应为 json？"),
        (["check", "--format", "xml"], "可选：github、gitlab、json、sarif、text"),
        (["build", "--no-pfd"], "是否应为 --no-pdf？"),
        (["build", "－－publish"], "是否应为 --publish？"),
        (["check", "——strict"], "没有选项 ——strict，是否应为 --strict？"),
        (["build", "content"], "多写了 content"),
        (["explain", "303"], "C303"),
        (["new", "2024", "content/2024/xin.yaml"], "是否应为 xin？"),
        (["check", "content/2024/dangjian-fuwu"], "content/2024/dangjian-fuwu.yaml？"),
        (["check", "2024"], "是否应为 content/2024？"),
        (["check", "content/site.yaml"], "网站设置，不是自评表"),
        (["check", "README.md"], "不是自评表"),
        (["score", "builder"], "builder 里没有自评表"),
    ],
)
def test_a_slip_of_the_command_line_is_told_with_what_was_meant(
    arguments: list[str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(arguments) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["check", "score", "fmt"])
def test_a_folder_without_reports_is_no_success_in_silence(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([verb, "--content", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert "[S312]" in told.out + told.err
    assert main([verb, "--content", str(tmp_path / "none")]) == 1
    told = capsys.readouterr()
    assert "没有文件夹 none" in told.out + told.err


@pytest.mark.parametrize(
    ("folder", "arguments"),
    [("", ["--content", "site/content"]), ("site", []), ("site/content/2024", ["ludeng.yaml"])],
)
def test_forges_are_told_the_path_from_the_top_of_the_repository(
    folder: str,
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / ".git").mkdir()
    file = tmp_path / "site" / "content" / "2024" / "ludeng.yaml"
    file.parent.mkdir(parents=True)
    text = (ROOT / "content" / "2024" / "dangjian-fuwu.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("主管部门: ", "主管部门："), encoding="utf-8")
    monkeypatch.chdir(tmp_path / folder)
    before = {"github": "file=", "gitlab": '"path": "', "sarif": '"uri": "'}
    for name, key in before.items():
        assert main(["check", "--format", name, *arguments]) == 1
        told = capsys.readouterr().out
        assert f"{key}site/content/2024/ludeng.yaml" in told
        assert f"{key}content" not in told
