"""`jixiao import` at the command line: where it writes, what it leaves alone, what it answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.cli.main import main
from tests.support import office_forms

SITE = "名称: 绩效\n主办单位: 某局\n说明: 自评表。\n评分规则: 上海市级\n"
FORM = "党建服务工作经费.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text(SITE, encoding="utf-8")
    (tmp_path / "附件 1.xlsx").write_bytes(office_forms.xlsx("seed"))
    return tmp_path


def imported(folder: Path, *more: str, file: str = "附件 1.xlsx") -> int:
    return main(["import", f"{folder / file}", "--content", f"{folder / 'content'}", *more])


def written(folder: Path) -> dict[str, bytes]:
    found = {path.name: path.read_bytes() for path in folder.rglob("*.yaml")}
    del found["site.yaml"]
    return found


def test_a_dry_run_writes_nothing_and_tells_all(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(folder, "--dry-run") == 0
    assert written(folder) == {}
    assert f"会新建 2024/{FORM}" in capsys.readouterr().out


def test_what_an_author_changed_is_never_written_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(folder) == 0
    first = written(folder)
    assert len(first) == 5
    assert imported(folder) == 0  # the same once more is no problem
    path = folder / "content/2024" / FORM
    path.write_bytes(first[FORM] + "# 已核对\n".encode())
    assert imported(folder) == 1
    assert written(folder) == {**first, FORM: path.read_bytes()}
    assert f"已有 2024/{FORM}，没有改动" in capsys.readouterr().out


def test_a_form_of_another_year_is_not_put_into_the_folder_of_a_year(folder: Path) -> None:
    assert imported(folder, "--to", f"{folder / 'content/2023'}") == 1
    assert written(folder) == {}
    assert imported(folder, "--to", f"{folder / 'content/2024'}") == 0
    assert (folder / "content/2024" / FORM).is_file()


def test_a_name_that_is_a_link_or_a_folder(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "链接.xlsx").symlink_to("附件 1.xlsx")
    assert imported(folder, "--dry-run", file="链接.xlsx") == 0
    (folder / "表.xlsx").mkdir()
    assert imported(folder, file="表.xlsx") == 1
    assert "这是文件夹" in capsys.readouterr().out


def test_without_a_content_folder_nothing_is_made(folder: Path) -> None:
    file = f"{folder / '附件 1.xlsx'}"
    assert main(["import", file, "--content", f"{folder / 'nowhere'}"]) == 2
    assert not (folder / "nowhere").exists()
