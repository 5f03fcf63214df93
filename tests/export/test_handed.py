"""The tables of a year that an office hands in: true to the data, silent about the rest."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from builder.cli.main import main
from builder.export import TABLES
from tests.conftest import ROOT
from tests.support.reports import GOOD
from tests.support.stages import staged
from tests.support.wholes import WHOLE

SITE = "网址: https://example.gov.cn/jixiao/\n发布日期: 2025-03-31\n主办单位: 某市财政局\n"
# What a table of self-evaluations comes to is what the site tells where those count.
SITE += "复核结果: 以自评为准\n"
HERE = "https://example.gov.cn/jixiao/2024"
SECRETS = ("不可见的", "收回来的", "尚在审计", "数据有误")
PRIVATE = {
    "secret": GOOD.replace("公益", "不可见的") + "公开: {范围: 不公开, 理由: 尚在审计}\n",
    "gone": GOOD.replace("公益", "收回来的")
    + "公开: {范围: 撤回, 理由: 数据有误, 撤回日期: 2025-06-01}\n",
}
STAGED = {"planned": "目标", "evaluated": "自评", "rechecked": "复核"}
PUBLIC = {
    "good": GOOD,
    "whole": WHOLE,
    # Three projects, not one in three stages.
    **{
        stem: staged(stage).replace("公益", stem).replace("10100001", f"1010000{len(stem)}")
        for stem, stage in STAGED.items()
    },
}
Rows = list[dict[str, Any]]


def write(folder: Path, reports: Mapping[str, str], site: str = SITE) -> Path:
    """A content folder."""
    year = folder / "content/2024"
    year.mkdir(parents=True)
    for stem, text in reports.items():
        (year / f"{stem}.yaml").write_text(text, encoding="utf-8")
    (folder / "content/site.yaml").write_text(site, encoding="utf-8")
    return folder


def export(folder: Path, table: str, *more: str) -> int:
    arguments = ["--table", table, "--content", f"{folder / 'content'}", *more]
    return main(["export", *arguments])


def rows(folder: Path, name: str, sheet: int = 0) -> Rows:
    """The rows below the heading of a table, the total among them, by column."""
    path = folder / f"export/2024年度{name}.xlsx"
    _, _, heading, *found = load_workbook(path).worksheets[sheet].iter_rows(values_only=True)
    return [dict(zip(heading, cells, strict=True)) for cells in found if any(cells[1:])]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All tables of a year in which something is withheld, for the public and for finance, and
    the site."""
    folder = write(tmp_path_factory.mktemp("handed"), PUBLIC | PRIVATE)
    shutil.copytree(ROOT / "content/2024", folder / "content/2024", dirs_exist_ok=True)
    for table in TABLES:
        assert export(folder, table) == 0
        assert export(folder, table, "--for", "财政") == 0
    assert main(["build", "--no-pdf", "--jobs=1", "--content", f"{folder / 'content'}",
                 "--output", f"{folder / 'output'}"]) == 0  # fmt: skip
    return folder


@cache
def data(folder: Path) -> dict[str, dict[str, str]]:
    """The projects of the open data, by address."""
    with (folder / "output/data/2024.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["网页"]: row for row in csv.DictReader(file)}


def same(cell: Any, told: str) -> bool:
    return (cell or "") == told if isinstance(cell, str) else number(cell) == number(told)


def number(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(f"{value}")


def test_every_figure_is_the_one_of_the_data(made: Path) -> None:
    names = {
        "主管部门": "主管部门", "实施单位": "实施单位", "项目名称": "项目名称",
        "年初预算": "年初预算数（万元）", "全年预算": "全年预算数（万元）",
        "执行数": "全年执行数（万元）", "执行率": "执行率（%）", "自评得分": "总分",
        "等级": "评分等级",
    }  # fmt: skip
    evaluated = {page: row for page, row in data(made).items() if row["阶段"] != "目标"}
    projects, wholes = rows(made, "汇总表"), rows(made, "汇总表", 1)
    total = projects.pop()
    found = {row["公开网址"]: row for row in (*projects, *wholes[:-1])}
    assert found.keys() == evaluated.keys()
    for page, row in found.items():
        for name, label in names.items():
            assert same(row[name], evaluated[page][label]), (page, name)
    # The amounts of whole offices contain those of projects: they are added to nothing.
    assert len(wholes) == 2
    parts = [row for row in evaluated.values() if row["支出类别"] != "部门整体"]
    for name in ("年初预算", "全年预算", "执行数"):
        assert number(total[name]) == sum(Decimal(row[names[name]]) for row in parts)
    assert [row["序号"] for row in projects] == [*range(1, len(projects) + 1)]
    page = (made / "output/2024/index.html").read_text(encoding="utf-8")
    assert f">{total['执行率']}<" in page


def test_figures_keep_their_digits(made: Path) -> None:
    sheet = load_workbook(made / "export/2024年度汇总表.xlsx").worksheets[0]
    amounts = {cell.number_format for cell in sheet["G"][3:] if cell.value is not None}
    assert amounts == {"0.00"}


def contents(path: Path) -> Iterator[str]:
    """All that stands in a workbook, part by part."""
    with zipfile.ZipFile(path) as packed:
        yield from (packed.read(name).decode() for name in packed.namelist())


def test_nothing_is_told_of_what_is_withheld(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The files and the words are those of a content where it never was."""
    folder = write(tmp_path, PUBLIC)
    shutil.copytree(ROOT / "content/2024", folder / "content/2024", dirs_exist_ok=True)
    for table in TABLES:
        capsys.readouterr()
        assert export(folder, table) == 0
        without = capsys.readouterr().err.replace(f"{folder}", "")
        path = folder / f"export/2024年度{table}.xlsx"
        assert path.read_bytes() == (made / f"export/2024年度{table}.xlsx").read_bytes()
        assert not [word for text in contents(path) for word in SECRETS if word in text]
        (made / f"export/2024年度{table}.xlsx").unlink()
        assert export(made, table) == 0
        assert capsys.readouterr().err.replace(f"{made}", "") == without


def test_finance_is_told_all_and_why(made: Path) -> None:
    told = [row for row in rows(made, "公开表（报财政）") if row["是否公开"] == "否"]
    assert {(row["项目名称"], row["不公开原因"]) for row in told} == {
        ("不可见的培训项目", "尚在审计"), ("收回来的培训项目", "撤回：数据有误"),
    }  # fmt: skip
    assert not any(row["公开地址"] or row["公开金额"] for row in told)
    public = [row for row in rows(made, "公开表（报财政）") if row["是否公开"] == "是"]
    assert all(row["公开金额"] == row["预算金额"] and row["公开地址"] for row in public)
    assert "公开金额" not in rows(made, "公开表")[0]
    reasons = [row["不公开原因"] for row in rows(made, "汇总表（报财政）")]
    assert sorted(filter(None, reasons)) == ["尚在审计", "撤回：数据有误"]
    total, for_finance = (rows(made, f"汇总表{m}")[-1]["全年预算"] for m in ("", "（报财政）"))
    assert Decimal(f"{for_finance}") - Decimal(f"{total}") == 200
    first = load_workbook(made / "export/2024年度公开表（报财政）.xlsx").worksheets[0]
    assert "不得公开" in first["A2"].value


def test_each_table_is_listed_at_its_address(made: Path) -> None:
    found = {row["公开地址"]: row for row in rows(made, "公开表")}
    targets = {page for page, row in found.items() if row["公开类型"] == "年初目标"}
    assert targets == {f"{HERE}/{stem}/targets/index.html" for stem in STAGED}
    assert f"{HERE}/planned/index.html" not in found
    assert all((made / "output" / page.partition("jixiao/")[2]).is_file() for page in found)
    planned = found[f"{HERE}/evaluated/targets/index.html"]
    assert (planned["预算金额"], f"{planned['更新时间']:%F}") == (100, "2024-01-28")
    evaluated = found[f"{HERE}/evaluated/index.html"]
    assert (evaluated["预算金额"], f"{evaluated['更新时间']:%F}") == (96, "2025-03-20")


def test_both_scores_stand_side_by_side(made: Path) -> None:
    (row,) = rows(made, "复核汇总表")
    published = data(made)[f"{HERE}/rechecked/index.html"]
    own, found = Decimal(published["总分"]), Decimal(published["复核总分"])
    assert (number(row["自评得分"]), number(row["复核得分"])) == (own, found)
    assert number(row["偏差"]) == found - own
    assert row["主要偏差原因"] == published["主要偏差原因"]


def test_a_withheld_recheck_is_for_finance_alone(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a": staged("复核")}, "复核结果: 不公开\n")
    assert export(folder, "复核汇总表") == 1
    assert not (folder / "export").exists()
    assert export(folder, "复核汇总表", "--for", "财政") == 0
    assert rows(folder, "复核汇总表（报财政）")


OWN = """\
列: {处室: 处室, 单位: 单位名称, 项目类型: 类型, 项目名称: 项目, 公开金额: 公开金额, 审核人: 审核人}
固定: {处室: 预算处, 审核人: 留空}
"""
OWN_LAYOUT = """\
基于: 上海市级
名称: 上海市级
表头: [[项目名称], [主管部门, 实施单位], [项目类型]]
栏目: {项目类型: {种类: 一行}, 存在问题: {种类: 文字}, 改进措施: {种类: 文字}}
区块: [表头, 资金, 目标, 指标, 合计, 存在问题, 改进措施]
"""


def test_a_site_names_its_columns(tmp_path: Path) -> None:
    folder = write(
        tmp_path, {"a": GOOD + "项目类型: 经常性项目\n", "b": GOOD.replace("公益", "法制")}
    )
    for path, text in {"tables/公开表": OWN, "layouts/上海市级": OWN_LAYOUT}.items():
        (folder / f"content/{path}.yaml").parent.mkdir()
        (folder / f"content/{path}.yaml").write_text(text, encoding="utf-8")
    assert main(["check", "--content", f"{folder / 'content'}"]) == 0
    assert export(folder, "公开表") == 0
    first, second = rows(folder, "公开表")
    assert [*first] == ["处室", "单位名称", "类型", "项目", "审核人"]
    assert [*first.values()] == ["预算处", "某市教师进修学院", "经常性项目", "公益培训项目", None]
    assert second["类型"] is None
    assert export(folder, "公开表", "--for", "财政") == 0
    assert "公开金额" in rows(folder, "公开表（报财政）")[0]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("公开表", "列:\n  部门: 部门\n  单位名: 单位\n", "3:3: 错误 [S350] 是否应为“单位”"),
        ("公开表", "列: {部门: 部门, 流程状态: 流程}\n", "1:13: 错误 [S350] 预算金额"),
        ("公示表", "列: {部门: 部门}\n", "1:1: 错误 [S351] 是否应为“公开表”"),
        ("汇总表", "列: {主管部门: 甲, 实施单位: 甲}\n", "1:14: 错误 [S352] “甲”已经用过"),
        ("汇总表", "列: {序号: 序号}\n固定: {科目: 甲}\n", "2:6: 错误 [S352] 没有写进“列”"),
        ("汇总表", "列: {序号: , 等级: 等级}\n", "1:5: 错误 [S103] 序号"),
        ("汇总表", "次序: [序号]\n列: {序号: 序号}\n", "1:1: 错误 [S102] 次序"),
    ],
)
def test_a_mistake_in_the_columns_is_told_at_its_place(
    name: str, text: str, problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path, {"a": GOOD})
    (folder / "content/tables").mkdir()
    (folder / f"content/tables/{name}.yaml").write_text(text, encoding="utf-8")
    assert main(["check", "--content", f"{folder / 'content'}"]) == 1
    found = capsys.readouterr().out
    place, _, told = problem.rpartition(" ")
    assert f"content/tables/{name}.yaml:{place}" in found
    assert told in found
    assert export(folder, "汇总表") == 1
    assert not (folder / "export").exists()


def test_problems_and_measures_are_told_apart_where_the_form_does(tmp_path: Path) -> None:
    reason = "    偏差原因分析及改进措施: 教材晚到两周，下年度提前印制。\n"
    mixed = GOOD.replace("        分值: 25\n", f"        分值: 25\n    {reason}", 1)
    assert mixed != GOOD
    said = "存在问题: 培训时间集中\n改进措施: 分散到各季度\n"
    folder = write(tmp_path, {"a": mixed, "b": GOOD})
    assert export(folder, "汇总表") == 0
    assert {"主要问题", "改进措施"}.isdisjoint(rows(folder, "汇总表")[0])
    texts = [row["偏差原因及改进措施"] or "" for row in rows(folder, "汇总表")]
    assert any(text.endswith("：教材晚到两周，下年度提前印制。") for text in texts)
    (folder / "content/layouts").mkdir()
    (folder / "content/layouts/上海市级.yaml").write_text(OWN_LAYOUT, encoding="utf-8")
    (folder / "content/2024/b.yaml").write_text(GOOD + said, encoding="utf-8")
    assert export(folder, "汇总表", "--to", f"{folder / 'other'}") == 0
    (folder / "export/2024年度汇总表.xlsx").unlink()
    (folder / "other/2024年度汇总表.xlsx").rename(folder / "export/2024年度汇总表.xlsx")
    told = [(row["主要问题"], row["改进措施"]) for row in rows(folder, "汇总表")[:-1]]
    assert sorted(told, key=str) == [("培训时间集中", "分散到各季度"), (None, None)]


def test_a_file_that_somebody_worked_on_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path, {"a": GOOD})
    path = folder / "export/2024年度汇总表.xlsx"
    assert export(folder, "汇总表") == 0
    assert export(folder, "汇总表") == 0
    path.write_bytes(b"mine")
    assert export(folder, "汇总表") == 1
    assert path.read_bytes() == b"mine"
    assert f"{path}" in capsys.readouterr().err


def test_no_report_is_left_out_in_silence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path, {"a": GOOD, "b": GOOD.replace("实施单位: ", "实施单位：", 1)})
    assert export(folder, "公开表") == 1
    assert "content/2024/b.yaml:" in capsys.readouterr().err
    assert not (folder / "export").exists()
    assert export(folder, "公开表", "--year", "2019") == 1


def test_a_text_that_no_row_can_hold_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"预算执行说明: {'年中停训，调减预算。' * 80}\n"
    assert export(write(tmp_path, {"a": GOOD + text, "b": GOOD}), "汇总表") == 0
    assert "有 1 行文字太长" in capsys.readouterr().err


def test_what_is_missing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(write(tmp_path, {"a": GOOD}, "名称: 公开\n"), "公开表") == 0
    told = capsys.readouterr().err
    assert all(f"{name}空着 1 行" in told for name in ("项目来源", "公开地址", "更新时间"))


def test_a_text_is_no_formula_and_a_sheet_can_be_printed(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a": GOOD.replace("公益培训项目", "'=1+1'", 1)})
    assert export(folder, "汇总表") == 0
    sheet = load_workbook(folder / "export/2024年度汇总表.xlsx").worksheets[0]
    assert (sheet["D4"].value, sheet["D4"].data_type) == ("=1+1", "s")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$3", "A4")
    assert "A1:L1" in {f"{one}" for one in sheet.merged_cells.ranges}
