"""A form about a whole office: it needs no unit and no name, and is added to no projects."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from builder import content
from builder.checks import Member, across
from builder.content import addresses, counted, statistics, summarize
from builder.diagnostics import Diagnostics
from builder.formatter import carried, published
from builder.layouts import LAYOUTS
from builder.model import REVIEW, WholeReport
from builder.opendata import record
from builder.scoring import Document
from builder.views import form_view, stage_view
from tests.support.documents import SITE
from tests.support.pages import document
from tests.support.reports import GOOD, blank, examine, profiles, settings
from tests.support.wholes import WHOLE, whole


def test_unit_and_name_go_without_saying() -> None:
    found = examine(WHOLE)
    assert found.document
    assert found.codes == []
    report = found.document.report
    assert (report.unit, report.name) == ("某市教育局", "部门整体支出")
    assert isinstance(report, WholeReport)


def test_nothing_is_invented_in_what_is_published() -> None:
    text = published(document(WHOLE).report)
    assert "实施单位" not in text
    assert "项目名称" not in text
    named = WHOLE.replace("主管部门", "项目名称: 局机关和所属\n实施单位: 某市教育局\n主管部门")
    text = published(document(named).report)
    assert "实施单位: 某市教育局\n" in text
    assert "项目名称: 局机关和所属\n" in text
    assert published(document(text).report) == text


def test_other_forms_need_both() -> None:
    for label in ("项目名称", "实施单位"):
        lines = [line for line in GOOD.splitlines() if not line.startswith(label)]
        assert examine("\n".join(lines)).codes == ["S103"]


def test_a_misfit_of_the_department_is_told_once() -> None:
    assert examine(WHOLE.replace("主管部门: 某市教育局\n", "")).codes == ["S103"]


def test_department_spelt_twice_is_told_at_one_place() -> None:
    found = Diagnostics()
    members = [whole("某局(本级)", "a"), whole("某局（本级）", "b")]
    across(map(Member.of, members), found)
    assert sorted(d.rule.code for d in found) == ["C606", "C608", "C608"]


def figures(*documents: Document) -> tuple[int, Decimal]:
    found = statistics(map(summarize, documents), profiles().by_name["上海市级"].execution.rate)
    return found.count, found.budget


def test_whole_is_never_added_to_projects() -> None:
    project = document(GOOD, "a")
    assert figures(project, whole()) == figures(project)
    assert figures(whole(), whole("某市体育局")) == (2, Decimal(2_000_000 * 2))
    # The department contains its units.
    assert figures(whole(unit="某市教育考试院"), whole()) == (1, Decimal(2_000_000))
    assert figures(whole(unit="某市教育考试院")) == (1, Decimal(2_000_000))
    earlier = replace(summarize(whole()), year=2023)
    assert len(counted([earlier, summarize(whole(unit="某市教育考试院"))])) == 2


def test_data_say_the_kind() -> None:
    assert record(whole())["支出类别"] == "部门整体"
    assert record(document(GOOD))["支出类别"] == "项目支出"


def test_built_in_layouts_name_the_department_in_their_own_words() -> None:
    forms = [rule for rule in profiles().by_name.values() if rule.is_whole]
    assert {rule.name for rule in forms} == {"安徽部门整体", "湖南部门整体", "重庆部门整体"}
    for rule in forms:
        text = (LAYOUTS.folder / f"{rule.layout}.yaml").read_text(encoding="utf-8")
        assert "实施单位" not in text


def test_total_is_asked_for_where_its_rows_do_not_make_it() -> None:
    text = WHOLE.replace("安徽", "湖南")
    assert examine(text).codes == []
    rows = "  一般公共预算: {全年预算数: 200}\n"
    assert examine(re.sub("  年度资金总额.*\n", rows, text)).codes == ["S306"]
    assert "  年度资金总额: {年初预算数: , 全年预算数: , 全年执行数: }\n" in blank("湖南部门整体")


def test_an_annex_is_printed_where_it_is_filled_in() -> None:
    text = WHOLE.replace("安徽", "湖南")
    filled = f"{text}\n三年基础数据:\n  公务接待: {{本年决算数: 1.85}}\n"
    printed = [str(form_view(document(more)).closing) for more in (text, filled)]
    assert ["1.85" in one for one in printed] == [False, True]
    assert ["上年决算数" in one for one in printed] == [False, True]
    assert "在职人员" not in printed[1]


def test_a_project_is_carried_on_without_what_goes_without_saying() -> None:
    report, profile = whole().report, settings().profiles.by_name["安徽部门整体"]
    rules = content.by_profile(profile, 2025, settings())
    assert rules
    text = carried(report, rules, 2025, "2024/zhengti")
    assert "实施单位" not in text
    assert "主管部门: 某市教育局\n" in text


def test_a_whole_department_leads_to_no_unit_of_its_name() -> None:
    """On no page of its tables: there is none."""
    document = whole()
    view = stage_view(document, SITE, REVIEW, stages=())
    assert view.unit.path == addresses.department_page("某市教育局")
    assert view.page.title.startswith("某市教育局")
