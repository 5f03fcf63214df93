"""Views: what templates are told is what the scorecard and the printed forms say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from builder.content import Summary, addresses, statistics, summarize
from builder.model import Site
from builder.scoring import Document
from builder.text import digits, width
from builder.views import (
    Cell,
    FormRow,
    FormView,
    Overview,
    comparison,
    form_view,
    report_view,
    site_view,
)
from builder.views.charts import LETTER, grades_chart, stacked
from builder.views.explanations import Execution
from builder.views.form import in_words
from tests.conftest import ROOT
from tests.support.pages import document
from tests.support.reports import GOOD, changed, profiles
from tests.support.scores import score
from tests.support.seed import FORMS, STEMS, Form, without_spaces

SITE = Site.model_validate({})


def authored(stem: str) -> Document:
    return document((ROOT / "content" / "2024" / f"{stem}.yaml").read_text(encoding="utf-8"), stem)


def form_of(found: Document, profile: str = "") -> FormView:
    chosen = profiles().by_name[profile] if profile else found.profile
    return form_view(replace(found, profile=chosen, card=score(found.report, chosen)))


def _plain(cell: Cell) -> str:
    text = cell.text.striptags() if isinstance(cell.text, Markup) else cell.text
    return without_spaces(text)


def texts(rows: Iterable[FormRow]) -> list[list[str]]:
    return [[_plain(cell) for cell in row.cells] for row in rows]


@pytest.mark.parametrize("stem", STEMS)
def test_form_shows_what_was_printed(stem: str) -> None:
    printed, form = FORMS[stem], form_of(authored(stem))
    assert texts(form.rows("head")) == [
        ["项目名称", printed.name],
        ["主管部门", printed.department, "实施单位", printed.unit],
    ]
    heading, *funds = texts(form.rows("funding"))
    assert heading == [
        f"项目资金({printed.money_unit})", "",
        "年初预算数", "全年预算数", "全年执行数", "分数", "执行率(%)", "得分",
    ]  # fmt: skip
    assert funds == [
        [row.label, row.initial, row.budget, row.spent, row.points, row.rate, row.score]
        for row in printed.rows
    ]
    assert texts(form.rows("goals")) == [
        ["年度总体目标", "预期目标", "实际完成情况"],
        [_unnumbered(printed.goal), _unnumbered(printed.result)],
    ]
    assert _indicators(form) == [
        [row.name, row.target, row.actual, row.weight, row.score, row.reason]
        for row in printed.indicators
    ]
    assert texts(form.rows("closing")) == [
        ["总分", printed.total_weight, printed.total, ""],
        ["评分等级", printed.grade],
    ]


def _unnumbered(goal: str) -> str:
    """A goal as text: the numbers of a list are drawn, not written."""
    return without_spaces(re.sub(r"[1-9]\. ", "", goal))


def _indicators(form: FormView) -> list[list[str]]:
    """Each indicator without the merged level cells in front of it."""
    rows = [row for group in form.groups() for row in group]
    return [row[-6:] for row in texts(rows)]


def test_merged_levels_as_printed() -> None:
    for stem in STEMS:
        printed: Form = FORMS[stem]
        firsts = [row.level1 for row in printed.indicators]
        labels = [
            (_plain(cell), cell.rows)
            for group in form_of(authored(stem)).groups()
            for row in group
            for cell in row.cells
            if cell.label == "一级指标"
        ]
        assert labels == [(name, firsts.count(name)) for name in dict.fromkeys(firsts)]


@pytest.mark.parametrize("name", sorted(profiles().by_name))
def test_every_row_fills_the_grid_under_every_profile(name: str) -> None:
    form = form_of(authored("dianjiao-yuanjiao"), name)
    opening, closing = (
        [section.rows for section in sections] for sections in (form.opening, form.closing)
    )
    blocks = [*opening, [form.heading], *form.groups(), *closing]
    for block in blocks:
        assert _widths(block) <= {len(form.columns)}
    assert {"level1", "level2", "name"} <= set(form.columns)


def _widths(rows: Iterable[FormRow]) -> set[int]:
    """The widths of the rows of a block, cells merged from above included."""
    widths, below = set(), []  # type: set[int], list[tuple[int, int]]
    for row in rows:
        below = [(left - 1, columns) for left, columns in below if left > 1]
        widths.add(sum(columns for _, columns in below) + sum(cell.columns for cell in row.cells))
        below += [(cell.rows, cell.columns) for cell in row.cells if cell.rows > 1]
    assert all(left == 1 for left, _ in below), "a merged cell leaves its block"
    return widths


def test_unscored_form_has_no_points() -> None:
    form = form_of(authored("dianjiao-yuanjiao"), "转移支付")
    assert not form.rows("closing")
    assert not {"weight", "score"} & set(form.columns)
    headings = {text for row in texts([*form.rows("funding"), form.heading]) for text in row}
    assert not {"分值", "分数", "得分"} & headings
    cells = [cell for group in form.groups() for row in group for cell in row.cells]
    assert not [cell for cell in cells if "points" in cell.kind]


@given(st.data())
def test_parts_of_a_form_hold_every_indicator_once(data: st.DataObject) -> None:
    form = form_of(_FORM)
    whole = len(form.indicators)
    cuts = sorted(data.draw(st.sets(st.integers(1, whole - 1))))
    parts = [
        form.groups(start, stop) for start, stop in zip([0, *cuts], [*cuts, None], strict=True)
    ]
    rows = [row for part in parts for group in part for row in group]
    assert [row.anchor for row in rows] == [f"indicator-{i + 1}" for i in range(whole)]
    for part in parts:
        for group in part:
            assert _widths(group) == {len(form.columns)}
    for start, part in zip(cuts, parts[1:], strict=True):
        continues = form.indicators[start].levels[0] == form.indicators[start - 1].levels[0]
        assert ("（续）" in part[0][0].cells[0].text) == continues


_FORM = authored("yuancheng-wangluo-yunwei")


def test_amounts_of_one_form_share_a_point() -> None:
    found = document(
        changed(
            ("全年执行数: 95.00", "全年执行数: 95.5"),
            ("其他资金: {年初预算数: 0.00", "其他资金: {年初预算数: 0"),
        )
    )
    amounts = {
        c.text for row in form_of(found).rows("funding") for c in row.cells if "amount" in c.kind
    }
    assert amounts == {"100.00", "95.50", "0.00"}


def test_explanations_say_what_the_scorecard_says() -> None:
    found = authored("dianjiao-yuanjiao")
    view = report_view(found, SITE)
    entries = [entry for group in view.groups for entry in group.entries]
    assert [entry.points for entry in entries] == [f"{p.awarded}" for p in found.card.points]
    assert [entry.formula for entry in entries] == [p.formula for p in found.card.points]
    short = [entry for entry in entries if entry.mark]
    assert [(entry.name, entry.mark) for entry in short] == [
        ("基层党组织满意度", "偏差"),
        ("管理人员满意度", "偏差"),
    ]
    assert all("计算得分 10.00，填报得分 9." in entry.result for entry in short)
    assert tuple(short) == view.deviations
    assert {group.name: group.points for group in view.groups}["满意度指标"] == "18.58"
    assert [(f.text, f.tag) for f in view.figures][:2] == [("98.12", "优"), ("95.44", "")]


def test_a_score_that_is_not_known_is_not_shown_as_zero() -> None:
    found = document(changed(("实际完成值: 达成指标", "实际完成值: 部分达成")))
    view = report_view(found, SITE)
    assert (view.figures[0].text, view.figures[0].unit) == ("-", "")
    assert texts(view.form.rows("closing"))[0] == ["总分", "100.00", "-", ""]
    assert [part.points for part in view.parts if part.name == "产出指标"] == ["-"]
    assert [entry.mark for entry in view.deviations] == ["待评定"]


@pytest.mark.parametrize("written", ["无", "0", "-", "无。"])
def test_what_is_no_reason_explains_nothing(written: str) -> None:
    reason = f"\n        偏差原因分析及改进措施: '{written}'"
    full = document(
        changed(("完成值: 12(期)", f"完成值: 12(期){reason}")) + f"预算执行说明: '{written}'\n"
    )
    view = report_view(full, SITE)
    assert not view.deviations
    assert not view.execution.note
    short = document(changed(("完成值: 12(期)", f"完成值: 9(期){reason}")))
    (entry,) = report_view(short, SITE).deviations
    assert (entry.mark, entry.reason) == ("偏差", "")
    assert [line.reason for line in summarize(short).deviations] == [""]


def test_the_execution_is_a_deviation_with_or_without_a_word() -> None:
    def execution(spent: str, more: str = "") -> Execution:
        return report_view(document(changed(("95.00", spent)) + more), SITE).execution

    assert execution("100.00").mark == ""
    assert execution("100.00", "预算执行说明: 按合同支付\n").mark == "说明"
    lost, overspent, low = execution("95.00"), execution("102.59"), execution("60.00")
    assert [each.mark for each in (lost, overspent, low)] == ["偏差"] * 3
    assert "9.50" in lost.result
    assert [each.is_unexplained for each in (lost, overspent, low)] == [False, True, True]
    assert not execution("60.00", "预算执行说明: 项目延期\n").is_unexplained


MISSED = ("完成值: 12(期)", "完成值: 9(期)")
UNSCORED = ("实施单位: 某市教师进修学院", "实施单位: 某市教师进修学院\n评分规则: 转移支付")


def unscored(*changes: tuple[str, str]) -> Document:
    return document(re.sub(r"\n +分值: .*", "", changed(UNSCORED, *changes)))


def test_a_missed_target_is_a_deviation_on_a_form_without_points() -> None:
    assert not report_view(unscored(), SITE).deviations
    (entry,) = report_view(unscored(MISSED), SITE).deviations
    assert (entry.name, entry.mark) == ("培训期数", "偏差")
    assert entry.result
    (line,) = summarize(unscored(MISSED)).deviations
    assert line.name == "培训期数"
    overview = Overview(
        site_view(SITE), [summarize(unscored(MISSED))], profiles().by_name["转移支付"]
    )
    listing, page = overview.year(2024)
    [table] = listing.tables
    [(_, [row])] = table.groups
    assert table.has_deviations
    assert not table.has_scores
    assert row.deviations
    assert not page.has_scores
    register, _ = overview.registers.page(2024)
    assert [row.name.text for row in register.rows] == ["培训期数"]
    assert not register.has_points
    assert "得满分" not in register.lead
    kinds, _ = comparison.kinds(site_view(SITE), 2024, overview.reports)
    assert [kind.short.text for kind in kinds.kinds] == ["1", "0", "0", "0"]


def test_a_report_without_a_grade_has_none() -> None:
    waiting = document(changed(("实际完成值: 达成指标", "实际完成值: 部分达成")))
    overview = Overview(site_view(SITE), [summarize(waiting)], profiles().by_name["上海市级"])
    [(_, [row])] = overview.year(2024)[0].tables[0].groups
    assert (row.grade, row.total) == ("", "-")


def test_an_office_of_its_own_is_named_once() -> None:
    own = document(changed(("主管部门: 某市教育局", "主管部门: 某市教师进修学院")))
    names = [link.text for link in report_view(own, SITE).page.breadcrumb]
    assert names.count("某市教师进修学院") == 1
    assert len(names) + 1 == len(report_view(document(GOOD), SITE).page.breadcrumb)
    overview = Overview(site_view(SITE), [summarize(own)], profiles().by_name["上海市级"])
    listing, page = overview.offices.unit("某市教师进修学院", "某市教师进修学院")
    assert [link.text for link in page.breadcrumb].count("某市教师进修学院") == 1
    assert "某市教师进修学院" not in listing.lead
    [(_, units)] = overview.offices.directory()[0].departments
    assert units == ()
    both = [summarize(own), summarize(replace(own, report=own.report.model_copy(
        update={"unit": "某市第一中学"})))]  # fmt: skip
    overview = Overview(site_view(SITE), both, profiles().by_name["上海市级"])
    [(_, units)] = overview.offices.directory()[0].departments
    assert [unit.link.text for unit in units] == ["某市教师进修学院", "某市第一中学"]


@pytest.mark.parametrize(("name", "rate"), [("云南", "97.80"), ("财政部2020", "97.81")])
def test_reports_add_up_as_their_own_forms_round(name: str, rate: str) -> None:
    """31.69 of 32.40 is 97.8086%: one form cuts it off, another rounds it."""
    site_rule = profiles().by_name["财政部2020"].execution.rate
    found = document(changed(
        ("实施单位: 某市教师进修学院", f"实施单位: 某市教师进修学院\n评分规则: {name}"),
        ("{年初预算数: 100.00, 全年预算数: 100.00, 全年执行数: 95.00}",
         "{年初预算数: 32.40, 全年预算数: 32.40, 全年执行数: 31.69}"),
    ))  # fmt: skip
    one = summarize(found)
    assert f"{one.rate}" == rate
    assert statistics([one], site_rule).rate == one.rate
    assert statistics([one, one], site_rule).rate == one.rate
    other_rule = "上海市级" if name == "财政部2020" else "财政部2020"
    other = replace(one, rounding=profiles().by_name[other_rule].execution.rate)
    assert f"{statistics([one, other], site_rule).rate}" == "97.81"


def test_what_is_not_given_is_left_out() -> None:
    found = document(GOOD)
    view = report_view(found, SITE, has_pdf=False)
    assert not view.facts
    assert not view.evidence
    assert [d.path for d in view.downloads] == ["2024/case/report.json", "2024/case/case.yaml"]
    assert site_view(SITE).facts == ()
    dated = SITE.model_copy(update={"published": date(2025, 8, 20)})
    view = report_view(found, dated)
    assert [(fact.label, fact.text) for fact in view.facts] == [("发布日期", "2025年8月20日")]
    assert view.downloads[0].path == "2024/case/case.pdf"


def _summaries() -> list[Summary]:
    found = [authored(stem) for stem in STEMS]
    return [summarize(d) for d in found]


def test_overview_adds_up() -> None:
    overview = Overview(site_view(SITE), _summaries(), profiles().by_name["上海市级"])
    listing, _ = overview.year(2024)
    assert [f.text for f in listing.statistics.figures] == ["5", "1,096.32", "93.32", "99.12"]
    [table] = listing.tables
    [(_, rows)] = table.groups
    assert [row.budget for row in rows] == ["334.50", "282.64", "234.00", "184.20", "60.98"]
    assert [row.deviations and row.deviations.text for row in rows] == ["2项偏差", *[None] * 4]
    assert listing.statistics.charts == ()  # too few to be spread, and all of one grade


def test_an_empty_site_has_a_front_page() -> None:
    home, page = Overview(site_view(SITE), [], profiles().by_name["上海市级"]).home()
    assert (home.latest.path, home.departments, page.path) == ("", (), "index.html")


@given(st.dictionaries(st.sampled_from("优良中差"), st.integers(1, 500), min_size=1))
def test_stacked_bar_fills_its_width(grades: dict[str, int]) -> None:
    chart = grades_chart(grades, "优良中差", sum(grades.values()))
    if chart is None:  # of one colour there is nothing to see
        assert len(grades) == 1
        return
    assert len(grades) > 1
    bars = [shape for shape in chart.shapes if shape.kind == "bar"]
    whole = sum((Decimal(bar.width.removesuffix("%")) for bar in bars), Decimal(0))
    assert abs(whole - 100) < Decimal("0.1")
    shown = " ".join(shape.text for shape in chart.shapes)
    assert all(f"{name} {number}" in shown for name, number in grades.items())


@given(st.lists(st.integers(1, 500), min_size=3, max_size=3))
def test_labels_of_a_stacked_bar_stand_apart(numbers: list[int]) -> None:
    words = ("写了措施", "只写了原因", "都没有写")
    chart = stacked("causes", "", "", ("", ""), list(zip(words, numbers, strict=True)))
    ends = []
    for shape in (shape for shape in chart.shapes if shape.kind == "text"):
        place, wide = Decimal(shape.x.removesuffix("%")), width(shape.text) * LETTER
        ends.append((shape.y, *((place - wide, place) if shape.style == "end" else (place, place + wide))))  # fmt: skip  # noqa: E501
    for one, other in combinations(ends, 2):
        assert one[0] != other[0] or min(one[2], other[2]) <= max(one[1], other[1])


def test_title_speaks_of_scored_projects_only() -> None:
    chart = grades_chart({"优": 2, "良": 1}, ["优", "良"], 5)
    assert chart
    assert chart.title.startswith("已评分的三个项目")
    assert grades_chart({}, ["优"], 5) is None


@pytest.mark.parametrize(
    ("text", "places", "shown"),
    [("234.00", 0, "234.00"), ("10", 2, "10.00"), ("7.891", 2, "7.891"), ("0", 0, "0"),
     ("1E+2", 0, "100"), ("-0.5", 2, "-0.50")],
)  # fmt: skip
def test_figures_keep_their_digits(text: str, places: int, shown: str) -> None:
    assert digits.figure(Decimal(text), places) == shown


def test_other_figures() -> None:
    assert digits.figure(None) == digits.percent(None) == "-"
    assert digits.percent(Decimal("78.91")) == "78.91%"
    assert digits.percent(Decimal("78.91"), sign=False) == "78.91"
    assert digits.wan(Decimal("10963200.00")) == "1,096.32"
    assert digits.wan(Decimal("215457.60")) == "21.55"
    assert digits.day(date(2025, 3, 31)) == "2025年3月31日"
    assert [digits.count(n) for n in (1, 2, 10, 11, 1200)] == ["一", "两", "十", "11", "1,200"]


def test_labels_break_between_words() -> None:
    assert in_words("服务对象满意度指标").count('<span class="word">') == 3
    assert in_words("服务对象满意度指标").striptags() == "服务对象满意度指标"
    assert "<b>" not in in_words("<b>指标")


@pytest.mark.parametrize("name", ["中共上海市委组织部", "某中心（筹）", "a-b_2", "3"])
def test_safe_names_stay_as_they_are(name: str) -> None:
    assert addresses.segment(name) == name


@given(st.text(min_size=1))
def test_segments_are_safe(name: str) -> None:
    segment = addresses.segment(name)
    assert segment
    assert segment not in {".", ".."}
    assert not set(segment) & set('/\\:*?"<>|#%. \t\n\0')
    assert len(segment) <= addresses.LONGEST + 9
    assert not segment.startswith("-")


@given(st.sets(st.text("aAｂ /-.甲é0", min_size=1, max_size=4), max_size=8))
def test_segments_do_not_meet(names: set[str]) -> None:
    assert len({addresses.segment(name).casefold() for name in names}) == len(names)


def test_a_name_cannot_pose_as_another_ones_address() -> None:
    mended = addresses.segment("甲/乙")
    assert addresses.segment(mended) != mended
    assert addresses.segment("CON") != "CON"


def test_links_are_relative_and_encoded() -> None:
    here = "departments/甲 乙/index.html"
    assert addresses.relative("2024/a/index.html", here) == "../../2024/a/index.html"
    assert addresses.relative("departments/丙/index.html", here) == "../%E4%B8%99/index.html"
    assert addresses.relative("index.html", "index.html") == "index.html"


def test_what_a_link_asks_arrives_as_it_was_meant() -> None:
    for name in ("某局 机关", "a+b", "50%", "甲&乙=丙", "a/b?c#d", "“某局”"):
        link = addresses.relative(f"x.html?{urlencode({'词': name})}#{'甲'}", "index.html")
        assert dict(parse_qsl(urlsplit(link).query)) == {"词": name}
