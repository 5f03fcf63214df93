"""The targets of a unit's projects in one table, as the layout 内蒙古目标表 has it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from builder.diagnostics import Diagnostics
from builder.pipeline import Request, build
from builder.progress import Progress
from tests.conftest import ROOT
from tests.support.browser import served, watched
from tests.support.pages import Page
from tests.support.volumes import pages_of

FORM = ROOT / "tests" / "data" / "forms" / "content" / "2025" / "210-zhalaite-jianchayuan.yaml"
UNIT = "departments/旗检察院/旗检察院"
WIDE = f"{UNIT}/targets/2025/index.html"
SITE = "名称: 绩效公开\n网址: https://example.gov.cn/jx/\n"


def project(name: str, amount: str, more: str = "") -> str:
    """The form with another name and amount; its office is a department, too."""
    lines = FORM.read_text(encoding="utf-8").replace("业务装备经费", name).splitlines()
    lines = [
        f"{label}: 旗检察院" if label in ("主管部门", "实施单位") else line
        for line in lines
        for label in [line.partition(":")[0]]
    ]
    return "\n".join(lines).replace("1030700.00", amount) + f"\n{more}\n"


def built(folder: Path, files: Mapping[str, str]) -> Mapping[str, str]:
    """The pages of a site of these files of 2025, and its sitemap."""
    (folder / "content/2025").mkdir(parents=True)
    (folder / "content/site.yaml").write_text(SITE, encoding="utf-8")
    for name, text in files.items():
        (folder / f"content/2025/{name}.yaml").write_text(text, encoding="utf-8")
    diagnostics, output = Diagnostics(), folder / "output"
    build(Request(folder / "content", output, pdf=False), diagnostics, Progress(io.StringIO()))
    assert not diagnostics.failed, [d.message for d in diagnostics]
    return {
        f"{path.relative_to(output)}": path.read_text(encoding="utf-8")
        for path in output.rglob("*")
        if path.suffix in (".html", ".xml", ".txt")
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wide")


@pytest.fixture(scope="module")
def site(folder: Path) -> Mapping[str, str]:
    withheld = "公开: {范围: 不公开, 理由: 尚未批复}"
    withdrawn = "公开: {范围: 撤回, 撤回日期: 2025-03-01, 理由: 有误}"
    return built(
        folder,
        {
            "zhuangbei": project("业务装备经费", "1030700.00"),
            "banan": project("办案经费", "3239300.00"),
            "mi": project("涉密经费", "7770000.00", withheld),
            "hui": project("收回经费", "8880000.00", withdrawn),
        },
    )


def indicators(page: str) -> list[list[str]]:
    """The rows of indicators, merged cells in each row that they stand over."""
    rows: list[list[str]] = []
    over: list[tuple[str, int]] = []  # texts from above, in front, each for so many rows more
    is_inside = False
    for element in Page(page).elements:
        if element.tag == "tr":
            is_inside = "indicator" in element.classes
            if is_inside:
                over = [(text, left - 1) for text, left in over if left > 1]
                rows.append([text for text, _ in over])
        elif is_inside and element.tag in ("th", "td"):
            rows[-1].append(element.text)
            if (height := int(element.attributes.get("rowspan", 1))) > 1:
                over.append((element.text, height))
    return rows


def test_a_unit_has_one_table_over_its_projects(site: Mapping[str, str]) -> None:
    page = Page(site[WIDE])
    assert len(page.all("table")) == 1
    heads = [e.text for e in page.elements if e.attributes.get("scope") == "col"]
    assert heads == [
        "项目名称", "项目单位", "项目类别", "预算数", "年度绩效目标", "一级指标", "二级指标",
        "三级指标", "指标性质", "指标方向", "目标值", "计量单位", "分值",
    ]  # fmt: skip
    assert "金额单位：元" in page.text
    rows = indicators(site[WIDE])
    assert [row[0] for row in rows] == ["办案经费"] * 11 + ["业务装备经费"] * 11
    assert {len(row) for row in rows} == {len(heads)}
    assert rows[0][1:4] == ["旗检察院", "32-专项资金项目", "3239300.00"]
    assert rows[0][4].startswith("保障我院日常办公办案装备需要")


def test_it_says_what_the_project_says(site: Mapping[str, str]) -> None:
    """Every row of a project's own table of targets stands in it, cell by cell."""
    rows = indicators(site[WIDE])
    for stem, part in (("banan", rows[:11]), ("zhuangbei", rows[11:])):
        own = indicators(site[f"2025/{stem}/targets/index.html"])
        assert [row[5:] for row in part] == own
    assert rows[3][5:] == [
        "产出指标(50分)", "成本指标", "车辆购置成本", "反向", "小于等于", "12", "万元", "5.00",
    ]  # fmt: skip


@pytest.mark.usefixtures("site")
def test_two_projects_are_printed_on_one_sheet(browser: Browser, folder: Path) -> None:
    with served(folder / "output") as root, watched(browser, root) as page:
        page.goto(root + quote(WIDE))
        page.pdf(path=folder / "wide.pdf", prefer_css_page_size=True)
    [sheet] = pages_of(folder / "wide.pdf")
    assert "办案经费" in sheet
    assert "业务装备经费" in sheet


def test_a_unit_does_not_name_itself_beside_each_of_its_targets(site: Mapping[str, str]) -> None:
    page = Page(site[f"{UNIT}/index.html"])
    heads = [e.text for e in page.elements if e.attributes.get("scope") == "col"]
    assert [one.removesuffix("?") for one in heads] == ["项目名称", "预算数"]


def test_ways_lead_to_it(site: Mapping[str, str]) -> None:
    for path in (
        f"{UNIT}/index.html", "2025/targets/index.html", "2025/index.html",
        "2025/banan/index.html", "2025/banan/targets/index.html",
    ):  # fmt: skip
        assert 'targets/2025/index.html"' in site[path], path
    assert "/targets/2025/index.html<" in site["sitemap.xml"]
    assert "../../../../../2025/banan/targets/index.html" in site[WIDE]


def test_what_is_not_public_is_not_in_it(site: Mapping[str, str]) -> None:
    for secret in ("涉密", "777", "收回", "888"):
        # The names of assets have a hash in them, which may be any digits.
        assert secret not in re.sub(r"\.[0-9a-f]{8}\.", ".", site[WIDE])
    assert "2个项目" in site[WIDE]
