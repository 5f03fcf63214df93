"""Every figure of the volume is that of the site, of the open data and of the project's PDF."""

from __future__ import annotations

import csv
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from builder.content.addresses import segment
from tests.support.pages import Page
from tests.support.reports import layout_of
from tests.support.volumes import DEPARTMENTS, Volume, pages_of

WAN = {"元": Decimal(10_000), "万元": Decimal(1)}
CENT = Decimal("0.01")
GRADES = ("优", "良", "中", "差")


def page(site: Path, *parts: str) -> Page:
    return Page((site.joinpath(*parts) / "index.html").read_text(encoding="utf-8"))


def headline(found: Page) -> list[str]:
    """The figures at the top of a page: label, figure and unit of each."""
    figures = next(e for e in found.all("dl") if "figures" in e.classes)
    return figures.text.split("\n")


def stem(report: Any) -> str:
    return str(report["编号"]).removeprefix("2024/")


def test_the_summary_is_that_of_the_site(volume: Volume, many: Path) -> None:
    head, *rows, total = volume.part("汇总表").rows
    assert head[6:] == list(GRADES)
    year, home = page(many, "2024"), page(many)
    compared = [[name, count, budget, rate, average] for name, count, budget, _, rate, average, *_
                in rows]  # fmt: skip
    bars = home.rows("money")[1:]
    assert year.rows("money")[1 : len(bars) + 1] == bars
    assert [[name, n, b, r, a] for name, _, b, _, r, a, n in bars] == compared
    assert [spent for _, _, _, spent, *_ in bars] == [row[3] for row in rows]
    _, count, budget, spent, rate, average, *grades = total
    shown = [f"项目{count}个", f"全年预算数{budget}万元", f"执行率{rate}", f"平均总分{average}分"]
    assert headline(year) == shown
    assert headline(home) == [*shown[:2], f"全年执行数{spent}万元", *shown[2:]]
    for name, given in [(row[0], row[6:]) for row in rows] + [("", grades)]:
        found = page(many, "departments", segment(name)) if name else year
        counts = {row[0]: row[1] for row in found.rows("data") if row[0] in GRADES}
        if counts:
            assert given == [counts.get(grade, "0") for grade in GRADES]
        else:  # of one grade there is no chart
            assert given.count("0") == 3


def test_the_summary_is_what_the_reports_add_up_to(volume: Volume, reports: list[Any]) -> None:
    rows = {name: cells for name, *cells in volume.part("汇总表").rows[1:]}
    assert set(rows) == {*DEPARTMENTS, "合计"}
    for name, cells in rows.items():
        members = [r for r in reports if name in (r["主管部门"], "合计")]
        funds = [r["项目资金"] for r in members]
        budget, spent = (
            sum(f["年度资金总额"][key] / WAN[f["单位"]] for f in funds)
            for key in ("全年预算数", "全年执行数")
        )
        average = sum((r["总分"] for r in members), Decimal(0)) / len(members)
        rate = int(spent / budget * 10_000) / Decimal(100)  # truncated, as the site's rule says
        assert cells == [
            f"{len(members)}",
            *(f"{amount.quantize(CENT, ROUND_HALF_UP):,f}" for amount in (budget, spent)),
            f"{rate:.2f}%",
            f"{average.quantize(CENT, ROUND_HALF_UP)}",
            *(f"{sum(r['评分等级'] == grade for r in members)}" for grade in GRADES),
        ]


def test_half_titles_show_the_figures_of_the_department_pages(volume: Volume, many: Path) -> None:
    for part in volume.document.all("Part"):
        name, figures = part.all("H1")[0].text, part.all("P")[0].text
        assert figures == "".join(headline(page(many, "departments", segment(name))))


def test_charts_are_those_of_the_year_page(volume: Volume, many: Path) -> None:
    part, year = volume.part("图表"), page(many, "2024")
    titles = [e.text for e in year.all("figcaption")]
    assert [e.text for e in part.all("H2")] == titles
    assert len(titles) == 6
    assert part.rows == [
        [cell.removesuffix("?") for cell in row if cell]
        for row in year.rows("money") + year.rows("data")
    ]
    drawn = "".join(e.text for e in part.all("Figure"))
    labels = [e.text for e in year.all("text")]
    assert drawn == "".join("".join(labels).split())


def test_deviations_are_those_of_the_site(volume: Volume, many: Path, reports: list[Any]) -> None:
    listed, project = [], ""
    for row in volume.part("偏差事项一览").rows[1:]:
        if row[1:]:
            project = row[0] or project
            listed.append([project, *row[1:5]])
            report = next(r for r in reports if r["项目名称"] == project)
            assert row[5] == volume.labels[volume.places[stem(report)]]
        else:
            assert row[0] in DEPARTMENTS
    with (many / "data" / "2024-deviations.csv").open(encoding="utf-8-sig", newline="") as file:
        shown = [row for row in csv.DictReader(file) if row["序号"] != "0"]
    assert sorted((row[0], row[1], Decimal(row[2]), Decimal(row[3])) for row in listed) == sorted(
        (row["项目名称"], row["三级指标"], Decimal(row["分值"]), Decimal(row["得分"]))
        for row in shown
    )
    assert len(listed) == sum(
        line["得分"] != line["分值"] for r in reports for line in r["绩效指标"]
    )


def test_forms_have_the_figures_of_the_site_and_of_the_open_data(
    volume: Volume, many: Path, reports: list[Any]
) -> None:
    forms = {art.rows[0][1]: art for art in volume.document.all("Art")}
    assert len(forms) == len(reports)
    for report in reports:
        rows, site = forms[report["项目名称"]].rows, page(many, "2024", stem(report))
        # Overleaf headings and labels come again, so they are left out here.
        headings = next(row for row in site.rows("form") if row[0].endswith("指标"))
        first = [row for row in rows if row != headings]
        figures = [cell for row in first for cell in row if re.search(r"\d", cell)]
        assert figures == [
            cell
            for row in site.rows("form")
            if row != headings
            for cell in row
            if re.search(r"\d", cell)
        ]
        lines = [row for row in rows if len(row) >= 6]
        for line in report["绩效指标"]:
            reason = line["偏差原因分析及改进措施"] or ""
            cells = [line["三级指标"], line["年度指标值"], line["实际完成值"],
                     f"{line['分值']}", f"{line['得分']}", reason]  # fmt: skip
            assert cells in [row[-6:] for row in lines]
        total = next(row for row in rows if row[0] == "总分")
        assert total[1:3] == [f"{report['分值合计']}", f"{report['总分']}"]
        grade = [row[1] for row in rows if row[0] == "评分等级"]
        is_shown = "评分等级" in layout_of(report["评分规则"]).closing
        assert grade == ([report["评分等级"]] if is_shown else [])
        funds = {key: row for key, row in report["项目资金"].items() if key != "单位"}
        for name, fund in funds.items():
            row = next(row for row in rows if row[0].endswith(name))
            shown = [Decimal(cell.rstrip("%")) for cell in row[1:] if cell[:1].isdigit()]
            assert shown == [value for value in fund.values() if value is not None]


def test_every_form_says_what_the_project_pdf_says(
    volume: Volume, reports: list[Any], many: Path
) -> None:
    for report in reports:
        first = volume.places[stem(report)]
        alone = pages_of(many / "2024" / stem(report) / f"{stem(report)}.pdf")
        for number, text in enumerate(alone):
            shown = volume.texts[first + number]
            label = f"—{volume.labels[first + number]}—"
            head = report["主管部门"] + report["项目名称"]
            assert shown == re.sub(r"第\d+页，共\d+页", "", text) + label + head


def test_the_notes_tell_what_the_volume_holds(volume: Volume, reports: list[Any]) -> None:
    text = volume.part("编制说明").text
    units = {(r["主管部门"], r["实施单位"]) for r in reports}
    assert f"2024年度项目支出绩效自评表{len(reports)}份" in text
    assert f"{len(DEPARTMENTS)}个主管部门、{len(units)}个实施单位" in text
    for rule in {r["评分规则"] for r in reports}:
        assert f"{rule}：" in text
    assert not re.search("不公开|未公开|涉密|秘密|敏感|除外", text)
