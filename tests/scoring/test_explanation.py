"""A score read aloud: every method under the rules that use it, and no sum that is not true."""

from __future__ import annotations

import re
import sys
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest

from builder.cli.main import main
from builder.scoring import Document, Method, Profile, explain
from builder.source import Source, Spans
from builder.text import width
from tests.conftest import ROOT
from tests.support.reports import examine, layout_of, profiles
from tests.support.scores import indicator, named, report, score
from tests.support.stages import STAGES, staged

RESCALED = named("上海市级", not_applicable="折算")
STRICT = named("上海市级", reverse="全有或全无")
HUBEI, SHANGHAI, YINCHUAN = named("湖北"), named("上海市级"), named("银川")
OWN = {"得分": "7.00", "偏差原因分析及改进措施": "场地维修。\n\n下年补开"}

Entry = dict[str, str]


def told(profile: Profile, *entries: Entry, **more: object) -> list[str]:
    """What is said of a report, line by line."""
    found = report(*entries, **more)  # type: ignore[arg-type]
    document = Document("2024", "甲", Source("", "", None, Spans("")), found, profile,
                        layout_of(profile.layout), score(found, profile))  # fmt: skip
    return explain(document).splitlines()


CASES = [
    (SHANGHAI, Method.MET, indicator("≥50(次)", "81(次)"), ["达到指标值", "得 10.00 分"]),
    (SHANGHAI, Method.MET, indicator("=2(次)", "3(次)"), ["达到并超过指标值"]),
    (SHANGHAI, Method.MET, indicator("≤10(天)", "9(天)"), ["没有超过指标值"]),
    (SHANGHAI, Method.MET, indicator("=0(起)", "无"), ["“无”按 0 计"]),
    (SHANGHAI, Method.MET, indicator("=0(起)", "-1(起)"), ["负数按 0 计，与指标值相等"]),
    (SHANGHAI, Method.MET, indicator("5-10(个)", "7(个)"), ["范围之内"]),
    (SHANGHAI, Method.MET, indicator("2024年11月底前", "2024年11月"), ["没有晚于指标值"]),
    (SHANGHAI, Method.RATIO, indicator("≥3(期)", "2(期)"), ["2 ÷ 3 × 10 = 6.67 分", "两位小数"]),
    (SHANGHAI, Method.RATIO, indicator(">90(%)", "90(%)"), ["没有高于指标值"]),
    (SHANGHAI, Method.RATIO, indicator("≥3(期)", "-1(期)"), ["负数按 0 计", "= 0.00 分"]),
    (SHANGHAI, Method.RATIO, indicator("5-10(个)", "4(个)"), ["低于范围的下限"]),
    (SHANGHAI, Method.RATIO, indicator("5-10(个)", "12(个)"), ["高于范围的上限"]),
    (SHANGHAI, Method.REVERSE, indicator("≤10(天)", "12(天)"), ["超过指标值", "= 8.00 分"]),
    (SHANGHAI, Method.REVERSE, indicator("≤2(天)", "5(天)"), ["小于 0，按 0 计，得 0.00 分。"]),
    (HUBEI, Method.REVERSE, indicator("≤10(天)", "12(天)"), ["10 ÷ 12 × 10 = 8.33 分"]),
    (SHANGHAI, Method.ALL_OR_NOTHING, indicator("=0(起)", "1(起)"), ["超过指标值", "得 0.00 分"]),
    (STRICT, Method.ALL_OR_NOTHING, indicator("≤10(天)", "12(天)"), ["超过指标值"]),
    (SHANGHAI, Method.TIER, indicator("及时", "达成指标"), ["“达成”一档", "满分 10.00 分"]),
    (SHANGHAI, Method.TIER, indicator("建成使用", "建成使用"), ["与指标值相同"]),
    (SHANGHAI, Method.UNDECIDED, indicator("及时", "部分达成"),
     [" 6 分（含）至 8 分（不含）", "须由填报单位填写得分"]),
    (HUBEI, Method.UNDECIDED, indicator("及时", "部分达成"), [" 5 分（含）至 8 分（不含）"]),
    (SHANGHAI, Method.UNDECIDED, indicator("≥1次", "/"), ["不适用，而这套规则不折算"]),
    (SHANGHAI, Method.UNDECIDED, indicator("—", "5次"), ["没有指标值"]),
    (SHANGHAI, Method.UNDECIDED, indicator("≥90%", "0.95"), ["是 0.95% 还是 95%"]),
    (SHANGHAI, Method.MET, indicator("≥90万元", "95"), ["95 按 95万元 计，达到指标值"]),
    (SHANGHAI, Method.MET, indicator("=2万人", "3"), ["3 按 3万人 计，达到并超过指标值"]),
    (SHANGHAI, Method.RATIO, indicator("≥90", "80万元"),
     ["90 按 90万元 计，没有达到指标值", "：80 ÷ 90 × 10 = 8.89 分"]),
    (SHANGHAI, Method.RATIO, indicator("5-10万元", "12"), ["12 按 12万元 计，高于范围的上限"]),
    (SHANGHAI, Method.UNDECIDED, indicator("11月15日前", "11月"), ["可能晚于指标值"]),
    (SHANGHAI, Method.UNDECIDED, indicator("11月15日前", "12月"), ["，晚于指标值"]),
    (SHANGHAI, Method.UNDECIDED, indicator("良好", "效果不错"), ["指标值是文字"]),
    (SHANGHAI, Method.UNDECIDED, indicator("≥1次", "效果不错"), ["不是可以同指标值比较的数"]),
    (SHANGHAI, Method.MANUAL, indicator("≥50(次)", "81(次)", **OWN),
     ["得 10.00 分。填报单位评定为 7.00 分，比按规则少 3.00 分", "偏差原因：场地维修。 下年补开"]),
    (SHANGHAI, Method.MANUAL, indicator("及时", "部分达成", **OWN),
     ["得分应在 6 分（含）至 8 分（不含）之间。填报单位评定为 7.00 分。"]),
    (SHANGHAI, Method.MANUAL, indicator("≥10次", "5次", 得分="6"), ["比按规则多 1.00 分"]),
    (YINCHUAN, Method.EXECUTION, indicator("≥90%", "95%", 三级指标="预算执行率"),
     ["按执行率得分：95 ÷ 100 × 10 = 9.50 分（四舍五入到两位小数）"]),
    (RESCALED, Method.NOT_APPLICABLE, indicator("≥1次", "/"), ["这 10 分不计"]),
    (YINCHUAN, Method.EXECUTION, indicator("≥90%", "95%", 三级指标="预算执行率"),
     ["按执行率得分：95 ÷ 100 × 10 = 9.50 分（四舍五入到两位小数）"]),
    (RESCALED, Method.NOT_APPLICABLE, indicator("—", "—"), ["这 10 分不计"]),
    (named("转移支付"), Method.UNSCORED, indicator("≥1次", "2次"), ["指标值 ≥1次，完成值 2次。"]),
    (named("转移支付"), Method.UNSCORED, indicator("≥9次", "2次"), ["没有达到指标值。"]),
    (named("转移支付"), Method.UNSCORED, indicator("9月前", "11月"), ["晚于指标值。"]),
]  # fmt: skip


@pytest.mark.parametrize(("profile", "method", "entry", "said"), CASES)
def test_every_method_is_told(
    profile: Profile, method: Method, entry: Entry, said: list[str]
) -> None:
    found = report(entry)
    assert score(found, profile).points[0].method is method
    lines = told(profile, entry)
    for words in said:
        assert any(words in line for line in lines), lines
    about = next(line for line in lines if line.startswith("    指标值"))
    assert entry["年度指标值"] in about
    assert entry["实际完成值"] in about
    assert re.fullmatch(r"[^。]+。(?:[^。]+。)*", about), "sentences"
    assert about.count(method) == (method not in (Method.MANUAL, Method.UNDECIDED, Method.UNSCORED))


def test_every_method_has_a_case() -> None:
    assert {method for _, method, _, _ in CASES} == {*Method} - {Method.PLANNED}


ROWS = {
    "当年财政拨款": {"年初预算数": "300.00", "全年预算数": "280.00", "全年执行数": "201.35"},
    "上年结转资金": {"年初预算数": "20.00", "全年预算数": "20.00", "全年执行数": "20.00"},
    "其他资金": {"年初预算数": "0.00", "全年预算数": "0.00", "全年执行数": "0.00"},
}


# Those that divide by an amount of every form; tests of funds tell of others.
USUAL = [
    name
    for name, rule in profiles().by_name.items()
    if rule.execution.denominator not in layout_of(name).funds.entries
]


@pytest.mark.parametrize("name", USUAL)
def test_money_is_told_with_units_and_rounding(name: str) -> None:
    profile = named(name)
    card = score(report(indicator("≥1次", "1次"), 项目资金=ROWS), profile)
    lines = told(profile, indicator("≥1次", "1次"), 项目资金=ROWS)
    total = next(line for line in lines if line.startswith("  年度资金总额："))
    unit = layout_of(name).money_unit
    for amount in ("年初预算数 320.00", "全年预算数 300.00", "全年执行数 221.35"):
        assert f"{amount} {unit}，" in total
    assert f"执行率 {card.execution.total.rate}%（{profile.execution.rate.in_words()}）" in total
    first = next(line for line in lines if line.startswith("  当年财政拨款："))
    assert f"全年执行数 201.35 {unit}，执行率 {card.rows[0].rate}%" in first
    assert any(line.startswith("  其他资金：没有") for line in lines)
    heading = lines[3]
    if profile.execution.indicator:
        assert profile.execution.indicator in heading
    elif profile.execution.weight is not None:
        assert profile.execution.score
        full = f"{card.execution.weight:.{profile.execution.score.digits}f}"
        assert heading == f"预算执行得 {card.execution.score} 分，满分 {full} 分"
        assert any(card.execution.formula in line for line in lines)
    else:
        assert heading == "预算执行不计分"
        said = any("满分" in line or "总分" in line for line in lines)
        assert said == profile.is_scored


@pytest.mark.parametrize("written", ["无", "无。", "0", "-", "没有偏差"])
def test_what_is_no_reason_is_not_told_as_one(written: str) -> None:
    entry = indicator("≥1次", "1次", 偏差原因分析及改进措施=written)
    assert not any("原因" in line for line in told(SHANGHAI, entry))
    assert not any("说明" in line for line in told(SHANGHAI, entry, 预算执行说明=written))
    assert any("说明" in line for line in told(SHANGHAI, entry, 预算执行说明="项目延期"))


def test_one_figure_is_written_in_one_way() -> None:
    """`满分 15 分 … 得满分 15.00 分` makes a reader look for the difference."""
    for own in ({}, {"得分": "12"}):
        lines = told(named("云南"), indicator("≥15年", "15年", "15", **own))
        figures = {found for line in lines for found in re.findall(r"(1[25](?:\.0+)?) 分", line)}
        assert figures <= {"12.00", "15.00"}, lines


def test_no_budget_and_no_score_say_so() -> None:
    lines = told(SHANGHAI, indicator("及时", "部分达成"), budget="0", spent="0")
    assert any("全年预算数不大于零，执行率 0.00%" in line for line in lines)
    assert "预算执行还没有得分，满分 10.00 分" in lines
    assert any("为零，无法计算" in line for line in lines)
    waiting = told(SHANGHAI, indicator("≥1次", "1次"), indicator("及时", "部分达成"))
    assert waiting[-2] == "总分还无法得出"
    assert waiting[-1].endswith("：己。")


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        ("90", "90 分（含）以上为优。"), ("75", "80 分（含）以上、90 分以下为良。"),
        ("55", "60 分（含）以上、80 分以下为中。"), ("20", "60 分以下为差。"),
    ],
)  # fmt: skip
def test_grade_comes_with_its_limits(weight: str, words: str) -> None:
    assert told(SHANGHAI, indicator("≥1次", "1次", weight))[-1].endswith(words)


SUM = re.compile(r"(?<![÷×） ])(?<!\d)([\d.]+)(%?) (?:÷ ([\d.]+) )?× ([\d.]+) = ([\d.]+)")


def test_sums_are_true() -> None:
    entries = [entry for _, _, entry, _ in CASES]
    checked = 0
    for name in profiles().by_name:
        for line in told(named(name), *entries, 项目资金=ROWS):
            for one, percent, other, weight, result in SUM.findall(line):
                exact = Decimal(one) * Decimal(weight) / Decimal(other or 1)
                exact = exact / 100 if percent else exact
                places = Decimal(1).scaleb(-len(result.partition(".")[2]))
                ways = (ROUND_DOWN,) if "截断到整数）" in line else (ROUND_HALF_UP,)
                assert Decimal(result) in [exact.quantize(places, way) for way in ways], line
                checked += 1
    assert checked > 20


def test_a_terminal_gets_lines_of_its_width(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["score", "--content", str(ROOT / "content")]
    assert main(command) == 0
    piped = capsys.readouterr().out
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(command) == 0
    seen = capsys.readouterr().out
    assert max(map(width, piped.splitlines())) > 80
    assert max(map(width, seen.splitlines())) <= 60
    assert re.sub(r"\s", "", seen) == re.sub(r"\s", "", piped)


def test_a_terminal_is_not_steered() -> None:
    lines = told(SHANGHAI, indicator("≥1次", "1次", 三级指标="己\u202e"))
    assert any("〔U+202E〕" in line for line in lines)


def test_every_stage_is_told() -> None:
    """What may be reached; what was, and what is no longer as approved; what 复核 found."""
    texts = []
    for stage in STAGES:
        document = examine(staged(stage)).document
        assert document
        texts.append(explain(document))
    now, then, last = texts
    assert "分值合计 100.00 分，其中预算执行 10.00 分" in now
    assert not any(word in now for word in ("得分", "完成值", "批复以后"))
    changed = (
        "  指标“培训期数”的指标值由 ≥12(期) 改为 ≥10(期)（放宽）：因汛情停训两期，五月报经同意"
    )
    assert changed in then.splitlines()
    assert "  取消了批复的指标“编印教材”（指标值 =2(种)）：改用线上讲义" in then.splitlines()
    assert last.startswith(then)
    assert "自评 99.45 分，复核 95.20 分，低 4.25 分。" in last
