"""Figures without a unit: of the other side's where that is certain, asked for where it is not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.scoring import Amount, Bound, Method, Points, Range, explain
from builder.scoring.document import Document
from builder.source import Source, Spans
from tests.support.reports import changed, examine, layout_of
from tests.support.scores import indicator, named, report, score

DEFAULT = named("上海市级")


def points(target: str, actual: str) -> Points:
    return score(report(indicator(target, actual, "10")), DEFAULT).points[0]


def computed(target: str, actual: str) -> str:
    found = points(target, actual).computed
    return "-" if found is None else f"{found}"


CERTAIN = [
    # the result takes the target's unit, and what it is counted in
    ("≥90万元", "90", "10.00"), ("≥90万元", "45", "5.00"), ("≥90(万元)", "90.00", "10.00"),
    ("≤90万元", "90", "10.00"), ("≤90万元", "120", "6.67"), ("≤90万元", "0", "10.00"),
    ("≥1亿元", "0.5", "5.00"), ("≥2(万人次)", "3", "10.00"), ("≥90万元", "０．９", "0.10"),
    ("≥1,200万元", "1,080", "9.00"), ("≥1，200万元", "１，０８０", "9.00"),
    ("=0(万元)", "5", "0.00"),
    ("≤0.12万元/人", "0.15", "7.50"), ("≥3千人", "2", "6.67"), ("每亩0.03万元", "0.03", "10.00"),
    ("10-12(万元)", "11", "10.00"), ("10-12(万元)", "5", "5.00"), ("10-12(万元)", "24", "5.00"),
    ("5000元-1万元", "0.8", "10.00"), ("≥90万元", "-5", "0.00"), ("≥90万元", "900", "10.00"),
    ("≥5万", "4", "8.00"), ("≥90%", "95", "10.00"), ("≥90%", "81", "9.00"),
    ("≥90(%)", "0", "0.00"), ("≤5%", "4", "10.00"), ("≤3%", "0.5", "10.00"),
    ("90-95%", "92", "10.00"), ("≥5%", "60", "10.00"), ("≤0.9‰", "0.5", "10.00"),
    ("≥3个百分点", "0.9", "3.00"), ("≥50(次)", "45", "9.00"),
    ("≥2亿元", "15", "10.00"), ("≥2亿元", "0.5", "2.50"),
    # only the unit is missing
    ("≥90万元", "90万", "10.00"), ("≥90万元", "900000元", "10.00"), ("≥90万元", "90元", "0.00"),
    ("≥5万", "52000人", "10.00"), ("≥5万人", "5.2万", "10.00"),
    # the other way round
    ("≥90", "90万元", "10.00"), ("≥90", "45万元", "5.00"), ("≤90", "90(万元)", "10.00"),
    ("≤90", "120万元", "6.67"), ("10-12", "11万元", "10.00"), ("≥90", "95%", "10.00"),
    ("=100", "98%", "9.80"), ("≤3", "5(%)", "3.33"), ("≥5", "6万", "10.00"),
    ("≥1200", "900元", "7.50"),
    # nothing is counted in 万 but what is large
    ("≤365天", "1", "10.00"), ("≥100000元", "800", "0.08"), ("≥9000元", "1", "0.00"),
    # where no unit is meant a number is a number
    ("5万", "25000", "5.00"), ("50000", "5.2万", "10.00"), ("≥5万", "300", "0.06"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "actual", "expected"), CERTAIN)
def test_certain(target: str, actual: str, expected: str) -> None:
    assert computed(target, actual) == expected


DOUBTFUL = [
    ("≤10万次", "90000", "实际完成值", ("90000万次", "90000次")),
    ("≥10万次", "90000", "实际完成值", ("90000万次", "90000次")),
    ("≥10万次", "120,000", "实际完成值", ("120000万次", "120000次")),
    ("≥2亿元", "5000", "实际完成值", ("5000亿元", "5000万元")),
    ("≥3百户", "25", "实际完成值", ("25百户", "25户")),
    ("10-12(万元)", "110000", "实际完成值", ("110000万元", "110000元")),
    ("5000元-1万元", "8000", "实际完成值", ("8000万元", "8000元")),
    ("≥90%", "0.95", "实际完成值", ("0.95%", "95%")),
    ("≥90(%)", "1.00", "实际完成值", ("1%", "100%")),
    ("≤5%", "0.03", "实际完成值", ("0.03%", "3%")),
    ("≤0.9‰", "0.0005", "实际完成值", ("0.0005‰", "0.5‰")),
    ("≥150%", "1.6", "实际完成值", ("1.6%", "160%")),
    ("90-95%", "0.92", "实际完成值", ("0.92%", "92%")),
    ("≥90000", "9.5万次", "年度指标值", ("90000万次", "90000次")),
    ("≥0.9", "95%", "年度指标值", ("0.9%", "90%")),
    ("≤900000元", "95", "实际完成值", ("95元", "95万元")),
    ("≥30000(次)", "3.2", "实际完成值", ("3.2次", "3.2万次")),
    ("≥200000000元", "2.1", "实际完成值", ("2.1元", "2.1亿元")),
    ("≥9000万元", "1.2", "实际完成值", ("1.2万元", "1.2亿元")),
    ("≥90", "0.96亿元", "年度指标值", ("90亿元", "90万元")),
    ("≤63", "625000元", "年度指标值", ("63元", "63万元")),
]  # fmt: skip


@pytest.mark.parametrize(("target", "actual", "label", "readings"), DOUBTFUL)
def test_doubtful(target: str, actual: str, label: str, readings: tuple[str, str]) -> None:
    """Nothing is decided; the finding says what to write, and either of it is decided."""
    point = points(target, actual)
    assert (point.computed, point.method) == (None, Method.UNDECIDED)
    assert point.pair.doubt
    assert (point.pair.doubt.label, point.pair.doubt.readings) == (label, readings)
    for reading in readings:
        is_result = label == "实际完成值"
        sure = points(target, reading) if is_result else points(f"≥{reading}", actual)
        assert sure.computed is not None
    text = changed(("≥12(期)", target), ("完成值: 12(期)", f"完成值: {actual}"))
    finding = examine(text)
    told = [d for d in finding.found if d.rule.code == "C430"]
    assert [d.span.line for d in told] == [
        next(n for n, line in enumerate(text.splitlines(), 1) if label in line)
    ]
    assert all(reading in told[0].hint for reading in readings)
    assert "C405" not in finding.codes
    assert "C310" in finding.codes


def test_one_unit_is_no_finding() -> None:
    for target, actual in [("≥90%", "96"), ("≥90万元", "96"), ("≥90", "96次"), ("5万", "50000")]:
        text = changed(("≥12(期)", target), ("完成值: 12(期)", f"完成值: {actual}"))
        assert examine(text).codes == []


def test_other_units_are_told() -> None:
    text = changed(("≥12(期)", "≥12万元"), ("完成值: 12(期)", "完成值: 13万人"))
    assert examine(text).codes == ["C405"]


@pytest.mark.parametrize(
    ("target", "actual", "figures"),
    [
        ("≥90万元", "80", ["80 按 80万元 计", "：80 ÷ 90 × 10 = 8.89"]),
        ("≤90(万元/年)", "120", ["120 按 120万元/年 计", "（120 − 90）"]),
        ("≥90", "81万元", ["90 按 90万元 计", "：81 ÷ 90 × 10 = 9.00"]),
        ("10-12万元", "11", ["11 按 11万元 计"]),
        ("≤10万次", "90000", ["90000万次", "90000次"]),
    ],
)
def test_it_is_told_what_was_computed_with(target: str, actual: str, figures: list[str]) -> None:
    found = report(indicator(target, actual))
    card = score(found, DEFAULT)
    source = Source("", "", None, Spans(""))
    document = Document("2024", "甲", source, found, DEFAULT, layout_of("上海市级"), card)
    for words in figures:
        assert explain(document).count(words) == 1
        assert words in card.points[0].formula or "÷" not in words


FIGURES = st.decimals("0.01", 10**6, places=2).map(lambda value: f"{value:f}")
UNITS = st.sampled_from(
    ["万元", "(亿元)", "千人", "百户", "%", "(‰)", "次", "(万元/年)", "十万人次", "天"]
)
SIGNS = st.sampled_from(["≥", "≤", "=", ">", "<"])


@given(SIGNS, FIGURES, FIGURES, UNITS)
def test_a_unit_left_out_changes_no_points(sign: str, asked: str, done: str, unit: str) -> None:
    """Whatever is decided of a figure without a unit is what its unit would give."""
    whole = computed(f"{sign}{asked}{unit}", f"{done}{unit}")
    assert computed(f"{sign}{asked}{unit}", done) in ("-", whole)
    assert computed(f"{sign}{asked}", f"{done}{unit}") in ("-", whole)


@given(SIGNS, FIGURES, st.decimals("0.11", 9, places=2), UNITS)
def test_a_result_of_its_targets_size_needs_no_unit(
    sign: str, asked: str, share: Decimal, unit: str
) -> None:
    found = computed(f"{sign}{asked}{unit}", f"{Decimal(asked) * share:f}")
    assert found != "-" or (unit == "百户" and share > 1)


CONVERTED = [
    ("≤2小时", "30分钟", "10.00"), ("≤30分钟", "0.75小时", "5.00"), ("≤24小时", "2天", "0.00"),
    ("≤3天", "60小时", "10.00"), ("=12个月", "1年", "10.00"), ("5-10小时", "240分钟", "8.00"),
    ("≥90%", "95‰", "1.06"), ("≥9‰", "1%", "10.00"), ("≥200%", "1.8倍", "9.00"),
    ("≥3公里", "2800m", "9.33"), ("≥3千米", "2.8km", "9.33"), ("≥1.5万米", "14公里", "9.33"),
    ("≥10吨", "9500公斤", "9.50"), ("≥3公斤", "2.8千克", "9.33"), ("≥15亩", "0.9公顷", "9.00"),
    ("≥2公顷", "1.9万平方米", "9.50"), ("≥50㎡", "45平方米", "9.00"), ("≥100人", "98名", "9.80"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "actual", "expected"), CONVERTED)
def test_one_figure_in_two_units_is_one_figure(target: str, actual: str, expected: str) -> None:
    assert computed(target, actual) == expected
    found = points(target, actual).pair
    assert isinstance(found.target, Bound | Range)
    assert isinstance(found.result, Amount)
    assert found.target.unit == found.result.unit


UNLIKE = [
    ("≥30天", "1个月"), ("≤2个工作日", "8小时"), ("≥100亩", "66000平方米"), ("≥50次", "100%"),
    ("≥90%", "96人"), ("≥10吨", "300米"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "actual"), UNLIKE)
def test_what_cannot_be_compared_is_asked_for(target: str, actual: str) -> None:
    assert computed(target, actual) == "-"
    assert points(target, actual).method is Method.UNDECIDED


@pytest.mark.parametrize(("target", "actual"), [("≥90%", "95分"), ("≥5期", "5场"), ("≤5%", "0次")])
def test_other_units_are_compared_as_they_are(target: str, actual: str) -> None:
    assert computed(target, actual) == "10.00"
