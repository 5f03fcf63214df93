"""Targets and results as real forms write them (see data/forms), understood or left as text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.scoring import Amount, Bound, Deadline, NotApplicable, Quality, Range
from builder.scoring.notation import read_result, read_target
from builder.scoring.target import Result, Target
from tests.support.scores import indicator, named, report, score


def shown(read: Target | Result) -> str:
    """What was understood, in one line: `≥ 90.00 %`, `5…10 个`, `2024-12-`, `“及时”`, `不适用`."""
    match read:
        case Bound():
            sign = read.comparator.value if read.written else f"({read.comparator.value})"
            return f"{sign} {read.value:f} {read.unit}".strip()
        case Range():
            return f"{read.low:f}…{read.high:f} {read.unit}".strip()
        case Deadline():
            return "-".join(f"{part or ''}" for part in (read.year, read.month, read.day))
        case Amount():
            marks = ("约 " if read.approximate else "") + (read.comparator or "")
            return f"{marks}{read.value:f} {read.unit}".strip()
        case NotApplicable():
            return "不适用"
        case Quality():
            return f"“{read.text}”"


TARGETS = {
    # the comparators and units of the published forms
    "=100(%)": "= 100 %",
    "=100.00(%)": "= 100.00 %",
    "≥90.00(%)": "≥ 90.00 %",
    ">=90%": "≥ 90 %",
    "=>90%": "≥ 90 %",
    "≧90%": "≥ 90 %",
    "⩾90%": "≥ 90 %",
    "≦5%": "≤ 5 %",
    "⩽5%": "≤ 5 %",
    "<=5%": "≤ 5 %",
    "=<5%": "≤ 5 %",
    "═100%": "= 100 %",
    "﹦100%": "= 100 %",
    "＝１００％": "= 100 %",
    "＞90％": "> 90 %",
    "＜5％": "< 5 %",
    ">90": "> 90",
    "<5": "< 5",
    "(≤)3%": "≤ 3 %",
    "（≥）200篇": "≥ 200 篇",
    "=0(次)": "= 0 次",
    "=365(天)": "= 365 天",
    "≥2000(家)": "≥ 2000 家",
    "≤5天": "≤ 5 天",
    "≥ 90 (%)": "≥ 90 %",
    "≥90（%）": "≥ 90 %",
    "≥90%。": "≥ 90 %",
    "≥90%；": "≥ 90 %",
    "≥200平方米": "≥ 200 平方米",
    "≥200㎡": "≥ 200 m2",
    "≥200m²": "≥ 200 m2",
    "≥8400元": "≥ 8400 元",
    "≥100元/人": "≥ 100 元/人",
    "≥2次/年": "≥ 2 次/年",
    "≥1.5mg/L": "≥ 1.5 mg/L",
    "≥3台(套)": "≥ 3 台(套)",
    "≥3台（套）以上": "≥ 3 台(套)",
    "≤-5℃": "≤ -5 °C",
    "[≥]99百分比": "≥ 99 %",
    "【≤】5天": "≤ 5 天",
    # shares
    "每亩300": "(=) 300 /亩",
    "每亩300元": "(=) 300 元/亩",
    "每亩0.03万元": "(=) 300.00 元/亩",
    "每亩不低于300元": "≥ 300 元/亩",
    "不超过每人每天50元": "≤ 50 元/人/天",
    "每村至少2场": "≥ 2 场/村",
    "每亩300-500元": "300…500 元/亩",
    "每百户5人以上": "≥ 5 人/百户",
    "≤0.9次/10万公顷": "≤ 0.9 次/10万公顷",
    "≤0.9(次/10万公顷)": "≤ 0.9 次/10万公顷",
    "≥5人/百户": "≥ 5 人/百户",
    "≥5人/100户": "≥ 5 人/100户",
    "100%(1000件)": "(=) 100 %",
    "≥95%（共200户）": "≥ 95 %",
    "=-3%": "= -3 %",
    # in words
    "98%以上": "≥ 98 %",
    "98%及以上": "≥ 98 %",
    "80%（含）以上": "≥ 80 %",
    "≥80%(含)": "≥ 80 %",
    "≥90%以上": "≥ 90 %",
    "不少于12种": "≥ 12 种",
    "不得少于12种": "≥ 12 种",
    "不低于90%": "≥ 90 %",
    "不小于3": "≥ 3",
    "至少3次": "≥ 3 次",
    "达到100%": "≥ 100 %",
    "大于等于90%": "≥ 90 %",
    "等于100%": "= 100 %",
    "大于或等于90%": "≥ 90 %",
    "大于90%": "> 90 %",
    "超过90%": "> 90 %",
    "多于3个": "> 3 个",
    "不超过5天": "≤ 5 天",
    "不得超过5天": "≤ 5 天",
    "不高于5%": "≤ 5 %",
    "不大于5": "≤ 5",
    "小于等于5天": "≤ 5 天",
    "控制在5%以内": "≤ 5 %",
    "5%以内": "≤ 5 %",
    "24小时内": "≤ 24 小时",
    "5天之内": "≤ 5 天",
    "100以下": "≤ 100",
    "小于5%": "< 5 %",
    "低于5%": "< 5 %",
    "少于5人": "< 5 人",
    # a number alone is a target to be met
    "100%": "(=) 100 %",
    "25TB": "(=) 25 TB",
    "116次": "(=) 116 次",
    "1": "(=) 1",
    "20000": "(=) 20000",
    "1,200人": "(=) 1200 人",
    "1，200人": "(=) 1200 人",
    "1,234,567.80元": "(=) 1234567.80 元",
    "29.5亩": "(=) 29.5 亩",
    "12个月": "(=) 12 个月",
    "30日": "(=) 30 日",
    "3.5": "(=) 3.5",
    # magnitudes
    "5万": "(=) 50000",
    "≥11.376万元": "≥ 113760.000 元",
    "≥1亿元": "≥ 100000000 元",
    "≤5(万元)": "≤ 50000 元",
    "≤334.50万元": "≤ 3345000.00 元",
    "≥5千人": "≥ 5000 人",
    "≥5(千人)": "≥ 5000 人",
    "≥3百户": "≥ 300 户",
    "≥2百万元": "≥ 2000000 元",
    "≥2(千万元)": "≥ 20000000 元",
    "≥1.5万亿元": "≥ 1500000000000.0 元",
    "≥2(万人次)": "≥ 20000 人次",
    "≥2( 亿元 )": "≥ 200000000 元",
    "≥3个百分点": "≥ 3 个百分点",
    "≥3百分点": "≥ 3 百分点",
    "=100(百分比)": "= 100 %",
    # ranges
    "5-10个": "5…10 个",
    "5—10个": "5…10 个",
    "5～10个": "5…10 个",
    "5~10个": "5…10 个",
    "3至5天": "3…5 天",
    "3到5天": "3…5 天",
    "10%-20%": "10…20 %",
    "5万-10万元": "50000…100000 元",
    "5-10万元": "50000…100000 元",
    "10-12(万元)": "100000…120000 元",
    "10—12（万人次）": "100000…120000 人次",
    "1.5～2(亿元)": "150000000.0…200000000 元",
    "2-3(百万元)": "2000000…3000000 元",
    "10万元-12万元": "100000…120000 元",
    "10(万元)-12(万元)": "100000…120000 元",
    "5000元-1万元": "5000…10000 元",
    "5000万元-1亿元": "50000000…100000000 元",
    "5个-10个": "5…10 个",
    "10%-20": "10…20 %",
    "10〜12(%)": "10…12 %",
    "10−12个": "10…12 个",
    "=10-12(万元)": "100000…120000 元",
    "控制在10-12万元以内": "100000…120000 元",
    "-5-5℃": "-5…5 °C",
    "5个-10套": "“5个-10套”",
    "10万-5元": "“10万-5元”",
    "10-5个": "“10-5个”",
    # dates
    "2024年12月底前": "2024-12-",
    "2023年12月": "2023-12-",
    "2024年6月30日前完成": "2024-6-30",
    "2024-06-30": "2024-6-30",
    "2024/6/30": "2024-6-30",
    "2024.6.30": "2024-6-30",
    "2024-12": "2024-12-",
    "２０２４年１２月底前": "2024-12-",
    "11月底前": "-11-",
    "12月底之前完成": "-12-",
    "12月31日前": "-12-31",
    "2024年": "2024--",
    "2024年底前": "2024--",
    "不晚于2024年11月15日": "2024-11-15",
    "不迟于2024.11.15": "2024-11-15",
    "2024年度": "2024--",
    "2月29日前": "-2-29",
    # spans of time: their end
    "2023.07-2024.01": "2024-1-",
    "2023年7月-2024年1月": "2024-1-",
    "2023年7月—2024年1月": "2024-1-",
    "2023年7月至12月": "2023-12-",
    "2024年6-8月": "2024-8-",
    "2024年6月1日-15日": "2024-6-15",
    "2024.7.1-8.31": "2024-8-31",
    "2024.1-12": "2024-12-",
    "2023-07-01-2023-12-31": "2023-12-31",
    "2023/7/1~2024/1/31": "2024-1-31",
    "自2024年3月至6月底前完成": "2024-6-",
    "2024年-2025年": "2025--",
    "2023-2024年": "2024--",
    "6-8月": "-8-",
    # no target
    "无": "不适用",
    "—": "不适用",
    "——": "不适用",
    "/": "不适用",
    "-": "不适用",
    "不涉及": "不适用",
    "本项目不适用此指标": "不适用",
    # not certain: text
    "及时": "“及时”",
    "严格执行相关制度规定": "“严格执行相关制度规定”",
    "是": "“是”",
    "优良中低差": "“优良中低差”",
    "约100人": "“约100人”",
    "100人左右": "“100人左右”",
    "不低于上年": "“不低于上年”",
    "≥5%且≤10%": "“≥5%且≤10%”",
    "1:1": "“1:1”",
    "1,20人": "“1,20人”",
    "1e5": "“1e5”",
    ".5": "“.5”",
    "5.": "“5.”",
    "≥": "“≥”",
    "": "“”",
    "2月30日前": "“2月30日前”",
    "2024年第三季度前": "“2024年第三季度前”",
    "±5%": "“±5%”",
    "2024年11月-2月": "“2024年11月-2月”",
    "2024.7.1-15": "“2024.7.1-15”",
    "8-6月": "“8-6月”",
    "2024年6-30": "“2024年6-30”",
    "每年2次": "“每年2次”",
    "每小时300次": "“每小时300次”",
    "每3年1次": "“每3年1次”",
    "每亩约300元": "“每亩约300元”",
    "5/10个": "“5/10个”",
    "12次/15次": "“12次/15次”",
    "3次/10次": "“3次/10次”",
    "90%(80%及格)": "“90%(80%及格)”",
    "9" * 16: f"“{'9' * 16}”",
}

RESULTS = {
    "81(次)": "81 次",
    "93.00(%)": "93.00 %",
    "2.00(次)": "2.00 次",
    "0起": "0 起",
    "0(次)": "0 次",
    "204.46平方米": "204.46 平方米",
    "12万元": "120000 元",
    "1,234.56万元": "12345600.00 元",
    "1.1(十万元)": "110000.0 元",
    "−3%": "-3 %",
    "-3%": "-3 %",
    "共81次": "81 次",
    "已完成81次": "81 次",
    "100%。": "100 %",
    "３７４４２ 人": "37442 人",
    "200余人": "约 200 人",
    "200多人": "约 200 人",
    "约200人": "约 200 人",
    "近200人": "约 200 人",
    "200左右": "约 200",
    "10万余人": "约 100000 人",
    "1200余万元": "约 12000000 元",
    "≥266米": "≥266 米",
    "≥80%": "≥80 %",
    "95%以上": "≥95 %",
    "不少于12种": "≥12 种",
    "达成指标": "“达成指标”",
    "达成预期指标": "“达成预期指标”",
    "部分达成": "“部分达成”",
    "基本达到": "“基本达到”",
    "有效": "“有效”",
    "无故障": "“无故障”",
    "5-10个": "“5-10个”",
    "无": "不适用",
    "无。": "不适用",
    "/": "不适用",
    "／": "不适用",
    "-": "不适用",
    "—": "不适用",
    "——": "不适用",
    "不适用": "不适用",
    "未涉及": "不适用",
    "2023年10月": "2023-10-",
    "2024年11月20日完成": "2024-11-20",
    "11月底": "-11-",
    "2019年": "2019--",
    "2023.07-2024.01": "2024-1-",
    "2024年3月-11月": "2024-11-",
    "每亩300": "300 /亩",
    "每亩300余元": "约 300 元/亩",
    "93.5%(187/200)": "93.5 %",
    "0.85次/10万公顷": "0.85 次/10万公顷",
    "2024年第四季度": "“2024年第四季度”",
}


@pytest.mark.parametrize("text", TARGETS)
def test_target(text: str) -> None:
    assert shown(read_target(text)) == TARGETS[text]


@pytest.mark.parametrize("text", RESULTS)
def test_result(text: str) -> None:
    assert shown(read_result(text)) == RESULTS[text]


def test_author_has_the_last_word() -> None:
    assert read_target("5-1-1", qualitative=True) == Quality("5-1-1")
    assert read_target(" ≥90% ", qualitative=True) == Quality("≥90%")
    assert isinstance(read_target("≥90%", qualitative=False), Bound)


def test_deadline_covers_its_days() -> None:
    assert Deadline(2024, 2, None).last_day(2020) == date(2024, 2, 29)
    assert Deadline(None, 2, 29).last_day(2023) == date(2023, 2, 28)
    assert Deadline(2024, None, None).last_day(2020) == date(2024, 12, 31)
    assert Deadline(None, 6, 30).first_day(2024) == date(2024, 6, 30)


NEAR = st.text(
    "≥≤=<>0123456789.,-~—至万亿元%次()（）年月日底前约余多以上内不少于 /无达成", max_size=14
)


@given(st.text() | NEAR)
def test_any_text_is_read(text: str) -> None:
    target, result = read_target(text), read_result(text)
    assert shown(target)
    assert shown(result)
    for read in (target, result):
        if isinstance(read, Deadline):
            assert read.first_day(2024) <= read.last_day(2024)
            assert read.last_day(2023)


@given(NEAR)
def test_width_of_signs_does_not_matter(text: str) -> None:
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    half, full = read_target(text), read_target(wide)
    assert shown(half) == shown(full) or isinstance(half, Quality)


@given(st.integers(0, 10**9), st.sampled_from(["", "次", "(%)", "平方米", "台(套)"]))
def test_what_is_written_is_what_is_read(number: int, unit: str) -> None:
    target, result = read_target(f"≥{number}{unit}"), read_result(f"{number:,d}{unit}")
    assert isinstance(target, Bound)
    assert isinstance(result, Amount)
    assert target.value == result.value == number
    assert target.unit == result.unit


SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "百万": 10**6, "千万": 10**7, "亿": 10**8}
DASHES = ["-", "~", "～", "—", "－", "至", "到", " - ", "〜"]


def written(value: Decimal, scale: str, unit: str, form: int, *, bare: bool = False) -> str:
    """One quantity in a notation: brackets or not, 万 inside or before them, wide signs, spaces."""
    number = f"{value / SCALES[scale]:f}"
    if bare:
        return number
    forms = (
        f"{number}{scale}{unit}", f"{number} {scale}{unit}", f"{number}({scale}{unit})",
        f"{number}（{scale}{unit}）", f"{number} ( {scale}{unit} )", f"{number}{scale}({unit})",
    )  # fmt: skip
    text = forms[form % len(forms)]
    is_wide = form >= len(forms)
    return text.translate({c: c + 0xFEE0 for c in range(0x21, 0x7F)}) if is_wide else text


FORMS = st.integers(0, 11)
VALUES = st.integers(1, 10**6).map(lambda number: Decimal(number) / 10)


NOTATIONS = st.tuples(st.sampled_from([*SCALES]), FORMS)


@given(
    st.tuples(VALUES, VALUES, VALUES),
    st.sampled_from(["元", "人次", "%", "平方米"]),
    st.sampled_from(["≥", "≤", "=", ">", "<", "＞=", "不少于", "range", "range bare"]),
    st.sampled_from(DASHES),
    st.tuples(NOTATIONS, NOTATIONS, NOTATIONS),
)
def test_equal_quantities_score_the_same(
    values: tuple[Decimal, Decimal, Decimal],
    unit: str,
    sign: str,
    dash: str,
    notations: tuple[tuple[str, int], ...],
) -> None:
    """However a target and a result are written, the points are those of their plain figures."""
    low, high, actual = *sorted(values[:2]), values[2]
    (first, second, third), (one, two, three) = zip(*notations, strict=True)
    if sign == "range bare":
        first = second  # the unit behind the second figure holds for both
    if sign.startswith("range"):
        begin = written(low, first, unit, one, bare=sign == "range bare")
        target = f"{begin}{dash}{written(high, second, unit, two)}"
        plain = f"{low:f}-{high:f}{unit}"
    else:
        target, plain = f"{sign}{written(low, first, unit, one)}", f"{sign}{low:f}{unit}"
    said, simple = (
        score(report(indicator(*texts, "90")), named("财政部2020")).points[0]
        for texts in (
            (target, written(actual, third, unit, three)),
            (plain, f"{actual:f}{unit}"),
        )
    )
    assert said.computed is not None
    assert (said.computed, said.method) == (simple.computed, simple.method), target
    assert (said.target.unit, said.result.unit) == (unit, unit)  # type: ignore[union-attr]


@pytest.mark.parametrize("target", ["10-12(万元)", "10~12(亿元)", "10—12(万人次)"])
def test_result_inside_a_bracketed_range_has_full_points(target: str) -> None:
    actual = target.replace("10~12", "11").replace("10-12", "11").replace("10—12", "11")
    point = score(report(indicator(target, actual, "90")), named("财政部2020")).points[0]
    assert point.computed == 90


@pytest.mark.parametrize(("actual", "points"), [("-10℃", 0), ("-5℃", 10), ("3℃", 10), ("10℃", 5)])
def test_range_from_below_zero_has_a_floor(actual: str, points: int) -> None:
    point = score(report(indicator("-5-5℃", actual)), named("财政部2020")).points[0]
    assert point.computed == points


@pytest.mark.parametrize(
    "text",
    ["完成45次", "实际完成45次", "全年共完成45次", "累计45次", "达到45次", "已达到45次", "共45次"],
)
def test_words_before_what_was_done(text: str) -> None:
    """达到 is the sign of a target there, and no sign of one here."""
    assert read_result(text) == Amount(Decimal(45), "次")


@pytest.mark.parametrize("text", ["完成率45%", "完成情况45分", "共同45次"])
def test_other_words_stay_words(text: str) -> None:
    assert read_result(text) == Quality(text)
