"""`jixiao export` of forms: what is whole and public, in every format, and empty ones."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from builder.cli.main import main
from tests.support.reports import GOOD
from tests.support.stages import staged

SECRET = GOOD.replace("公益", "不可见的") + "公开: {范围: 不公开, 理由: 尚在审计}\n"
INTERNAL = "内部备注: 绝不外传的话\n佐证材料:\n  - {名称: 内部的名单, 文件: 名单.pdf, 内部: 是}\n"
REPORTS = {
    "good": GOOD + INTERNAL, "secret": SECRET, "broken": GOOD.replace("年度: 2024\n", ""),
    "checked": staged("复核").replace("10100001", "10100009"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    year = tmp_path / "content/2024"
    year.mkdir(parents=True)
    for stem, text in REPORTS.items():
        (year / f"{stem}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "content/site.yaml").write_text("网站名称: 自评\n", encoding="utf-8")
    return tmp_path


def export(folder: Path, *arguments: str) -> int:
    return main(["export", "--content", f"{folder / 'content'}", *arguments])


def report(folder: Path, stem: str) -> str:
    return f"{folder}/content/2024/{stem}.yaml"


def made(folder: Path) -> set[str]:
    return {path.name for path in (folder / "export").glob("*")}


def test_what_is_whole_and_public_is_exported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(folder) == 1
    assert made(folder) == {"2024-good.xlsx", "2024-checked.xlsx"}
    told = capsys.readouterr().err
    assert "broken.yaml" in told
    assert "S103" in told
    assert "不可见的" not in told


@pytest.mark.parametrize(
    ("kind", "behind"),
    [
        ("xlsx", [".xlsx"]),
        ("docx", [".docx"]),
        ("json", [".json"]),
        ("csv", [".csv", "-funds.csv", "-indicators.csv"]),
    ],
)
def test_every_format_is_of_the_public_part(folder: Path, kind: str, behind: list[str]) -> None:
    assert export(folder, report(folder, "good"), "--format", kind) == 0
    assert made(folder) == {f"2024-good{name}" for name in behind}
    for path in (folder / "export").glob("*"):
        if kind in ("xlsx", "docx"):
            with ZipFile(path) as package:
                whole = b"".join(package.read(name) for name in package.namelist())
        else:
            whole = path.read_bytes()
        assert "公益" in whole.decode()
        assert "绝不外传" not in whole.decode()
        assert "名单" not in whole.decode()


def test_what_is_withheld_is_for_finance_only(folder: Path) -> None:
    assert export(folder, report(folder, "secret")) == 1
    assert made(folder) == set()
    assert export(folder, report(folder, "secret"), "--for", "财政") == 0
    assert made(folder) == {"2024-secret（报财政）.xlsx"}


def test_a_file_that_somebody_worked_on_stays(folder: Path) -> None:
    assert export(folder, report(folder, "good")) == 0
    assert export(folder, report(folder, "good")) == 0
    path = folder / "export/2024-good.xlsx"
    path.write_bytes(b"somebody's")
    assert export(folder, report(folder, "good")) == 1
    assert path.read_bytes() == b"somebody's"
    assert export(folder, report(folder, "good"), "--to", f"{folder / 'there'}") == 0


def test_a_table_of_another_stage(folder: Path) -> None:
    assert export(folder, report(folder, "checked"), "--stage", "复核") == 0
    assert export(folder, report(folder, "checked"), "--stage", "目标", "--format", "json") == 0
    assert made(folder) == {"2024-checked-复核.xlsx", "2024-checked-目标.json"}
    assert load_workbook(folder / "export/2024-checked-复核.xlsx").sheetnames[0] == (
        "项目支出绩效自评复核表"
    )
    assert export(folder, report(folder, "good"), "--stage", "复核") == 1


def test_what_the_site_withholds_of_a_report_is_in_no_file(folder: Path) -> None:
    (folder / "content/site.yaml").write_text("复核结果: 不公开\n", encoding="utf-8")
    assert export(folder, report(folder, "checked"), "--format", "json") == 0
    data = json.loads((folder / "export/2024-checked.json").read_text(encoding="utf-8"))
    assert "签到表中七十二人次重复" not in json.dumps(data, ensure_ascii=False)
    assert export(folder, report(folder, "checked"), "--stage", "复核") == 1


def test_an_empty_form_is_of_the_rules_and_the_year_that_are_asked_for(folder: Path) -> None:
    assert export(folder, "--empty") == 0
    assert export(folder, "--empty", "--layout", "四川", "--year", "2026") == 0
    assert export(folder, "--empty", "--profile", "四川", "--stage", "目标") == 0
    assert made(folder) == {
        "2024-上海市级-空表.xlsx", "2026-四川-空表.xlsx", "2024-四川-目标-空表.xlsx",
    }  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ["--layout", "四川"],
        ["--empty", "--format", "csv"],
        ["--empty", "--for", "财政"],
        ["--empty", "--year", "2024", "--year", "2025"],
        ["--empty", "--year", "今年"],
        ["--empty", "--profile", "银川", "--stage", "目标"],
        ["--table", "汇总表", "--empty"],
        ["--table", "汇总表", "--format", "csv"],
    ],
)
def test_what_does_not_go_together_is_refused(folder: Path, arguments: list[str]) -> None:
    assert export(folder, *arguments) == 2
    assert made(folder) == set()


def test_an_empty_document_is_empty(folder: Path) -> None:
    assert export(folder, "--empty", "--format", "docx") == 0
    (made,) = (folder / "export").glob("*.docx")
    with ZipFile(made) as parts:
        text = parts.read("word/document.xml").decode()
    assert "留空" not in text
    assert main(["import", f"{made}", "--content", f"{folder / 'content'}", "--dry-run"]) == 1
