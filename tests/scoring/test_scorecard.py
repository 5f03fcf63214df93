"""Scores: the published forms to the last digit, the rules at their edges, what always holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.layouts import GOALS
from builder.model import Report
from builder.scoring import Method, Points, Profile, Scorecard
from tests.conftest import ROOT
from tests.support.reports import examine, layout_of
from tests.support.scores import PROFILES, indicator, named, report, score
from tests.support.seed import forms

DEFAULT = "上海市级"


def points(target: str, actual: str, profile: Profile = PROFILES[DEFAULT], **more: str) -> Points:
    """The points of a single indicator of ten, or of the 分值 given."""
    weight = more.pop("分值", "10")
    return score(report(indicator(target, actual, weight, **more)), profile).points[0]


def computed(target: str, actual: str, profile: Profile = PROFILES[DEFAULT], **more: str) -> str:
    """The points that the rule gives, as printed; `-` where it gives none."""
    found = points(target, actual, profile, **more).computed
    return "-" if found is None else f"{found}"


def execution(budget: str, spent: str, name: str = DEFAULT) -> tuple[str, str]:
    """Rate and execution score as printed."""
    found = score(report(budget=budget, spent=spent), named(name)).execution
    return f"{found.total.rate}", f"{found.score}"


STEMS = (
    "dangjian-fuwu",
    "dianjiao-yuanjiao",
    "yuancheng-wangluo-yunwei",
    "xinxihua-yunwei",
    "xinxihua-jianshe",
)


@pytest.mark.parametrize(("stem", "form"), list(zip(STEMS, forms(), strict=True)), ids=STEMS)
def test_published_forms(stem: str, form: Any) -> None:
    finding = examine(Path(ROOT / "content" / "2024" / f"{stem}.yaml"))
    assert finding.document is not None
    card = finding.document.card
    total, *rows = form.rows
    assert f"{card.execution.total.rate}" == total.rate
    assert f"{card.execution.score}" == total.score
    assert [f"{row.rate}" for row in card.rows] == [row.rate for row in rows]
    assert [f"{point.awarded}" for point in card.points] == [row.score for row in form.indicators]
    assert f"{card.weight_sum}" == form.total_weight
    assert f"{card.total}" == form.total
    assert card.grade == form.grade


EXECUTIONS = [
    # the printed rate is cut, the score is rounded from the exact quotient
    ("上海市级", "282.64", "275.42", "97.44", "9.74"),
    ("上海市级", "100", "99.999", "99.99", "10.00"),
    ("上海市级", "100", "120", "120.00", "10.00"),
    ("上海市级", "100", "0", "0.00", "0.00"),
    ("财政部2020", "282.64", "275.42", "97.45", "9.74"),
    ("财政部2020", "100", "79.27", "79.27", "7.93"),
    ("上海区级", "250000", "215457.6", "86.18", "8.62"),
    ("上海区级", "100", "45.17", "45.17", "4.52"),
    # the score comes from the displayed rate
    ("湖北", "285.84", "285.7983", "99", "19.80"),
    ("湖北", "285.84", "285.84", "100", "20.00"),
    ("湖北", "100", "130", "130", "20.00"),
    ("云南", "32.4", "31.69", "97.80", "9"),
    ("四川", "251.89", "251.89", "100.00", "10.00"),
    ("安徽", "9.48", "9.48", "100.00", "10.00"),
    ("转移支付", "52.8", "30.8", "58.33", "None"),
]


@pytest.mark.parametrize(("name", "budget", "spent", "rate", "points"), EXECUTIONS)
def test_execution(name: str, budget: str, spent: str, rate: str, points: str) -> None:
    assert execution(budget, spent, name) == (rate, points)


def test_no_budget_has_no_score() -> None:
    card = score(report(indicator("≥1次", "1次"), budget="0", spent="0"), named(DEFAULT))
    assert (card.execution.score, card.total, card.grade) == (None, None, None)
    assert f"{card.execution.total.rate}" == "0.00"


REVERSE = {
    # 完成值:  9        12       15       20      21      0
    "线性递减": ["10.00", "8.00", "5.00", "0.00", "0.00", "10.00"],
    "反比": ["10.00", "8.33", "6.67", "5.00", "4.76", "10.00"],
    "全有或全无": ["10.00", "0.00", "0.00", "0.00", "0.00", "10.00"],
}


@pytest.mark.parametrize("variant", REVERSE)
def test_reverse(variant: str) -> None:
    profile = named(DEFAULT, reverse=variant)
    actuals = ("9", "12", "15", "20", "21", "0")
    assert [computed("≤10天", f"{actual}天", profile) for actual in actuals] == REVERSE[variant]
    assert [computed("<10天", f"{actual}天", profile) for actual in actuals] == REVERSE[variant]
    for target in ("=0天", "≤0天"):
        found = [computed(target, f"{actual}天", profile) for actual in (0, 1, 5)]
        assert found == ["10.00", "0.00", "0.00"]


QUANTITIES = [
    ("≥100次", "100次", "10.00"), ("≥100次", "250次", "10.00"), ("≥100次", "90次", "9.00"),
    ("≥3次", "1次", "3.33"), ("≥3次", "2次", "6.67"), ("≥100次", "0次", "0.00"),
    ("≥100次", "-5次", "0.00"), (">100次", "101次", "10.00"), (">100次", "50次", "5.00"),
    ("=100%", "100%", "10.00"), ("=100%", "97.3%", "9.73"), ("=100%", "120%", "10.00"),
    ("116次", "58次", "5.00"), ("5万", "25000", "5.00"), ("≥1,200人", "600人", "5.00"),
    ("≥-5%", "-3%", "10.00"), ("≥-5%", "-6%", "0.00"), ("≥0次", "0次", "10.00"),
    ("≤-5%", "-6%", "10.00"), ("≤-5%", "-4%", "0.00"),
    # outside a range: in proportion to the nearer bound
    ("5-10个", "5个", "10.00"), ("5-10个", "10个", "10.00"), ("5-10个", "4个", "8.00"),
    ("5-10个", "20个", "5.00"), ("0-10个", "0个", "10.00"), ("0-0个", "3个", "0.00"),
    # 无 and 0起 against zero or an upper bound
    ("=0(次)", "无", "10.00"), ("≤5次", "无", "10.00"), ("=0(起)", "0起", "10.00"),
    ("≥5次", "无", "-"), ("=0(次)", "/", "-"), ("≤5次", "—", "-"),
    # no target: for a person to judge
    ("无", "无", "-"), ("/", "/", "-"), ("—", "5次", "-"), ("——", "达成指标", "-"),
    # dates: early is met, late is for a person to judge
    ("2024年12月底前", "2024年10月", "10.00"), ("2024年12月底前", "2024年12月31日", "10.00"),
    ("2024年12月底前", "2024年12月", "10.00"), ("2024年12月底前", "2025年1月1日", "-"),
    ("2024年6月15日前", "2024年6月", "-"), ("2024年6月15日前", "2024年6月15日前", "10.00"),
    ("12月底前", "11月", "10.00"), ("11月底前", "12月", "-"), ("2019年", "2019年", "10.00"),
    ("2月29日前", "2月28日", "10.00"), ("2023.07-2024.01", "2023.07-2024.01", "10.00"),
    ("2024年6-8月", "2024年7月", "10.00"), ("2024年6-8月", "2024年3月-9月", "-"),
    ("每亩300", "每亩300", "10.00"), ("每亩300元", "150元/亩", "5.00"),
    ("≤0.9次/10万公顷", "0.85次/10万公顷", "10.00"),
    # states
    ("及时", "达成指标", "10.00"), ("及时", "及时", "10.00"), ("高", "高", "10.00"),
    ("≥90%", "达成预期指标", "10.00"), ("及时", "部分达成", "-"), ("及时", "未达成", "-"),
    ("及时", "滞后", "-"), ("及时", "100%", "-"), ("≥90%", "良好", "-"), ("5-10个", "5-10个", "-"),
    ("≥90%", "2024年5月", "-"), ("2024年5月前", "90%", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "actual", "expected"), QUANTITIES)
def test_points(target: str, actual: str, expected: str) -> None:
    assert computed(target, actual) == expected


def jishan() -> Iterator[tuple[str, str, str, str]]:
    """Target, result, 分值 and fair share of the indicators of a published form of 25 lines."""
    path = ROOT / "tests" / "data" / "forms" / "13_shanxi_jishan_zhaidian_2021.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 6 and cells[3].isdigit():
            yield cells[1], cells[2], cells[3], cells[5].split()[0]


def test_published_shares() -> None:
    rows = list(jishan())
    assert len(rows) == 25
    for target, actual, weight, share in rows:
        found = points(target, actual, 分值=weight).computed
        assert found is not None
        assert abs(found - Decimal(share)) <= Decimal("0.005"), (target, actual)


def test_kind_has_the_last_word() -> None:
    assert computed("3级", "3级", 类型="定性") == "10.00"
    assert computed("3级", "2级", 类型="定性") == "-"
    assert computed("3级", "2级", 类型="定量") == "6.67"


def test_points_never_exceed_an_odd_weight() -> None:
    assert computed("≥1次", "1次", 分值="3.335") == "3.335"
    assert computed("≥1000次", "999次", 分值="3.335") == "3.33"
    assert computed("≥1次", "1次", 分值="-5") == "0.00"


@pytest.mark.parametrize(("actual", "tie"), [("1", "0.50"), ("5", "2.48"), ("7", "3.47")])
def test_ties_are_rounded_up_exactly(actual: str, tie: str) -> None:
    # 7 ÷ 18 × 8.91 = 3.465, though 7 ÷ 18 has no end
    assert computed("≥18次", f"{actual}次", 分值="8.91") == tie


TIERS = [
    ("上海市级", "部分达成", "8.00", False), ("上海市级", "部分达成", "7.99", True),
    ("上海市级", "部分达成", "6.00", True), ("上海市级", "部分达成", "5.99", False),
    ("上海市级", "未达成", "6.00", False), ("上海市级", "未达成", "5.99", True),
    ("上海市级", "未达成", "0", True), ("上海市级", "达成指标", "8.00", True),
    ("湖北", "部分达成", "5.00", True), ("湖北", "部分达成", "4.99", False),
    ("湖北", "未达成", "4.99", True), ("湖北", "未达成", "5.00", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "actual", "awarded", "within"), TIERS)
def test_tier(name: str, actual: str, awarded: str, within: bool) -> None:
    row = next(iter(layout_of(name).funds.rows))
    goals = "年度总体目标: {预期目标: 做成一件事, 实际完成情况: 丁戊己庚}\n"
    text = f"""
年度: 2024
项目名称: 甲
主管部门: 乙
实施单位: 丙
评分规则: {name}
项目资金: {{{row}: {{年初预算数: 1.00, 全年预算数: 1.00, 全年执行数: 1.00}}}}
{goals if layout_of(name).has(GOALS) else ""}绩效指标:
  产出指标:
    时效指标:
      - {{三级指标: 及时性, 年度指标值: 及时, 实际完成值: {actual}, 分值: 10, 得分: {awarded},
         偏差原因分析及改进措施: 一个站点未按期接入}}
"""
    assert ("C306" not in examine(text).codes) is within


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("0", "差"), ("59.99", "差"), ("60", "中"), ("79.99", "中"), ("80", "良"), ("89.5", "良"),
        ("89.99", "良"), ("90", "优"), ("100", "优"),
    ],
)  # fmt: skip
def test_grade(total: str, grade: str) -> None:
    assert named(DEFAULT).grade(Decimal(total)) == grade


def test_own_score_counts_and_both_are_kept() -> None:
    found = points("≥90.00(%)", "93.00(%)", 得分="9.32")
    assert (f"{found.computed}", f"{found.awarded}") == ("10.00", "9.32")
    assert found.method is Method.MANUAL
    assert found.is_overridden
    same = points("≥90.00(%)", "93.00(%)", 得分="10")
    assert same.method is Method.MET
    assert not same.is_overridden


def test_formula_holds_the_numbers() -> None:
    assert {"90", "100", "9.00"} <= set(points("≥100次", "90次").formula.split())
    assert points("≥100次", "90次").method is Method.RATIO
    assert points("≤10次", "12次").method is Method.REVERSE
    assert points("=0次", "1次").method is Method.ALL_OR_NOTHING
    assert points("及时", "达成指标").method is Method.TIER
    assert points("及时", "部分达成").method is Method.UNDECIDED


def test_formula_is_true() -> None:
    """No sum that does not come out, no asking for what is there, no lateness by guess."""
    assert "= 0.00" not in points("≤2次", "5次").formula
    assert "小于 0" in points("≤2次", "5次").formula
    assert "小于 0" not in points("≤2次", "4次").formula
    waiting, given = points("及时", "部分达成"), points("及时", "部分达成", 得分="7")
    assert "须填写得分" in waiting.formula
    assert "须填写得分" not in given.formula
    assert (waiting.ruled, given.ruled) == (Method.UNDECIDED, Method.UNDECIDED)
    assert points("≥1次", "2次", 得分="9").ruled is Method.MET
    assert "可能" in points("2024年11月15日前", "2024年11月").formula
    assert "可能" not in points("2024年11月15日前", "2024年12月").formula


@pytest.mark.parametrize(
    ("target", "actual", "in_units", "figures"),
    [
        ("≥1100万元", "1093万元", ("≥11000000元", "10930000元"), ("1093", "1100")),
        ("≥3.5亿元", "2.1亿元", ("≥350000000元", "210000000元"), ("2.1", "3.5")),
        ("≤20万元", "23.7万元", ("≤200000元", "237000元"), ("23.7", "20")),
        ("5-10万人", "12.3万人", ("50000-100000人", "123000人"), ("12.3", "10")),
        ("≥90万元", "80", ("≥900000元", "800000元"), ("80", "90")),
        ("≥1100万元", "950000元", ("≥11000000元", "950000元"), ("950000", "11000000")),
    ],
)
def test_a_formula_counts_as_its_author_does(
    target: str, actual: str, in_units: tuple[str, str], figures: tuple[str, str]
) -> None:
    """In the 万 of both sides, and with the points that units themselves would give."""
    for weight in ("7", "10", "13.5"):
        found, plainly = points(target, actual, 分值=weight), points(*in_units, 分值=weight)
        assert found.computed == plainly.computed
        assert found.achievement == plainly.achievement
        assert set(figures) <= set(re.findall(r"[\d.]+", found.formula.rpartition("：")[2]))


def test_not_applicable_rescales_where_the_profile_says_so() -> None:
    both = report(indicator("≥1次", "1次", "60"), indicator("≥5次", "/", "30"), spent="100")
    assert score(both, named(DEFAULT)).total is None
    card = score(both, named(DEFAULT, not_applicable="折算"))
    assert [point.method for point in card.points] == [Method.MET, Method.NOT_APPLICABLE]
    assert card.points[1].awarded is None
    assert f"{card.total}" == "100.00"
    less = report(indicator("≥2次", "1次", "60"), indicator("≥5次", "无", "30"), spent="50")
    # (30 + 5) ÷ 70 × 100
    assert f"{score(less, named(DEFAULT, not_applicable='折算')).total}" == "50.00"
    none = report(indicator("≥5次", "/", "90"), spent="50")
    assert f"{score(none, named(DEFAULT, not_applicable='折算')).total}" == "50.00"
    own = report(indicator("≥5次", "/", "90", 得分="45"), spent="50")
    assert f"{score(own, named(DEFAULT, not_applicable='折算')).total}" == "50.00"


def test_unscored_form() -> None:
    card = score(report(indicator("≥5次", "3次")), named("转移支付"))
    assert (card.weight_sum, card.total, card.grade) == (None, None, None)
    assert card.execution.score is None
    assert card.points[0].method is Method.UNSCORED
    assert card.points[0].awarded is None


MET = [
    ("≥100(公里)", "20(公里)", False),
    ("≥100(公里)", "120(公里)", True),
    ("≤5(天)", "6(天)", False),
    ("=0(起)", "1(起)", False),
    ("=0(起)", "无", True),
    ("5-10(个)", "4(个)", False),
    ("5-10(个)", "7(个)", True),
    ("2024年6月前", "2024年7月", False),
    ("2024年6月15日前", "2024年6月", None),
    ("2024年6月前", "2024年5月", True),
    ("及时", "达成指标", True),
    ("及时", "及时", True),
    ("及时", "部分达成", False),
    ("及时", "不太及时", None),
    ("≥5(次)", "/", None),
]


@pytest.mark.parametrize(("target", "actual", "met"), MET)
def test_whether_a_target_is_met_does_not_depend_on_points(
    target: str, actual: str, met: bool | None
) -> None:
    unscored = named("转移支付")
    without_rules = unscored.model_copy(update={"scoring": None})
    for profile in (named(DEFAULT), unscored, without_rules):
        found = points(target, actual, profile)
        assert found.is_met is met
        assert (found.method is Method.UNSCORED) is not profile.is_scored


def test_total_row_alone() -> None:
    row = {"年初预算数": "100", "全年预算数": "80", "全年执行数": "40"}
    card = score(report(项目资金={"年度资金总额": row}), named(DEFAULT))
    assert f"{card.execution.total.rate}" == "50.00"
    assert card.rows == ()


def test_row_without_a_figure_leaves_its_column_open() -> None:
    rows = {
        "当年财政拨款": {"全年预算数": "80", "全年执行数": "40"},
        "其他资金": {"年初预算数": "5", "全年预算数": "5", "全年执行数": "5"},
    }
    total = score(report(项目资金=rows), named(DEFAULT)).execution.total
    assert total.initial is None
    assert (f"{total.budget}", f"{total.spent}") == ("85", "45")


# --- what always holds

NAMES = st.sampled_from(sorted(PROFILES))
NUMBERS = st.decimals(-100, 10_000, places=2) | st.integers(0, 999_999_999_999).map(Decimal)
TARGETS = st.builds(
    "{}{:f}{}".format, st.sampled_from(["≥", "≤", "=", ">", "<", ""]), NUMBERS, st.just("次")
) | st.sampled_from(["及时", "5-10次", "2024年6月前", "2月29日前", "无", "0-0次"])
ACTUALS = st.builds("{:f}次".format, NUMBERS) | st.sampled_from(
    ["达成指标", "部分达成", "未达成", "无", "/", "约5次", "2024年7月", "及时", "甲"]
)
WEIGHTS = st.decimals(-1, 100, places=3).map("{:f}".format)
INDICATORS = st.builds(indicator, TARGETS, ACTUALS, WEIGHTS)
VARIANTS = st.builds(
    lambda name, reverse, rest: (
        named(name, reverse=reverse, not_applicable=rest)
        if PROFILES[name].is_scored
        else named(name)
    ),
    NAMES,
    st.sampled_from(sorted(REVERSE)),
    st.sampled_from(["报错", "折算"]),
)
AMOUNTS = st.decimals(0, 999_999, places=2).map("{:f}".format)
REPORTS = st.builds(
    lambda entries, budget, spent: report(*entries, budget=budget, spent=spent),
    st.lists(INDICATORS, max_size=5),
    AMOUNTS,
    AMOUNTS,
)


@given(REPORTS, VARIANTS)
def test_scores_stay_in_bounds(some: Report, profile: Profile) -> None:
    card = score(some, profile)
    for point in card.points:
        if point.computed is not None:
            assert point.weight is not None
            assert 0 <= point.computed <= max(point.weight, Decimal(0))
    if card.execution.score is not None:
        assert card.execution.weight is not None
        assert 0 <= card.execution.score <= card.execution.weight
    assert score(some, profile) == card


@given(REPORTS, NAMES)
def test_total_is_the_sum_of_printed_scores(some: Report, name: str) -> None:
    card, rounding = score(some, named(name)), named(name).total
    scores = [point.awarded for point in card.points]
    if card.total is not None:
        assert rounding
        printed = sum((value for value in scores if value is not None), Decimal(0))
        exact = printed + (card.execution.score or 0)
        assert abs(card.total - exact) <= Decimal("0.5").scaleb(-int(rounding.digits))
        assert None not in scores
        assert card.grade == named(name).grade(card.total)


def better(profile: Profile, target: str, less: Decimal, more: Decimal) -> tuple[Decimal, Decimal]:
    one = points(target, f"{less:f}次", profile).computed
    other = points(target, f"{more:f}次", profile).computed
    assert one is not None
    assert other is not None
    return one, other


POSITIVE = st.decimals("0.01", 10_000, places=2)


@given(POSITIVE, POSITIVE, POSITIVE, st.sampled_from(["≥", ">", "=", ""]))
def test_more_never_lowers_a_forward_score(
    target: Decimal, one: Decimal, other: Decimal, sign: str
) -> None:
    low, high = better(named(DEFAULT), f"{sign}{target:f}次", min(one, other), max(one, other))
    assert low <= high


@given(POSITIVE, POSITIVE, POSITIVE, st.sampled_from(sorted(REVERSE)), st.sampled_from(["≤", "<"]))
def test_more_never_raises_a_reverse_score(
    target: Decimal, one: Decimal, other: Decimal, variant: str, sign: str
) -> None:
    profile = named(DEFAULT, reverse=variant)
    low, high = better(profile, f"{sign}{target:f}次", max(one, other), min(one, other))
    assert low <= high


@given(POSITIVE, POSITIVE)
def test_order_of_rows_does_not_matter(one: Decimal, other: Decimal) -> None:
    def card(labels: tuple[str, str]) -> Scorecard:
        amounts = {"当年财政拨款": f"{one:f}", "其他资金": f"{other:f}"}
        rows = {label: {"全年预算数": amounts[label], "全年执行数": "0.01"} for label in labels}
        return score(report(项目资金=rows), named(DEFAULT))

    first, second = card(("当年财政拨款", "其他资金")), card(("其他资金", "当年财政拨款"))
    assert first.execution == second.execution
