"""A project beside its own earlier year: C423, C424 and C425, and what is no reason for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.checks import Member, across
from builder.diagnostics import Diagnostic, Diagnostics, Severity
from tests.checks.test_real_forms import NAMES, edition
from tests.support.pages import document
from tests.support.reports import GOOD, examine

HEAD = GOOD.partition("绩效指标:")[0]
RULES = ("C423", "C424", "C425")
WARNING, INFO = Severity.WARNING, Severity.INFO


def form(year: int, *indicators: tuple[str, str, str], budget: str = "100") -> str:
    """A form of a year with these indicators: 二级指标 and name, target, result."""
    head = HEAD.replace("年度: 2024", f"年度: {year}")
    lines = [
        head.replace("全年预算数: 100.00", f"全年预算数: {budget}.00") + "绩效指标:",
        "  产出指标:",
    ]
    kinds: dict[str, list[str]] = {}
    for path, target, actual in indicators:
        kind, _, name = path.rpartition("/")
        entry = f"{{三级指标: {name}, 年度指标值: {target}, 实际完成值: {actual}, 分值: 10}}"
        kinds.setdefault(kind or "数量指标", []).append(f"      - {entry}")
    for kind, entries in kinds.items():
        lines += [f"    {kind}:", *entries]
    return "\n".join(lines) + "\n"


def found(*reports: str, stems: str = "aaa") -> list[Diagnostic]:
    """What the rules over years tell of reports, each in the folder of its year."""
    diagnostics = Diagnostics()
    texts = zip(reports, stems, strict=False)
    across([Member.of(document(text, stem, text.split()[1])) for text, stem in texts], diagnostics)
    return [one for one in diagnostics if one.rule.code in RULES]


def told(*reports: str, stems: str = "aaa") -> list[tuple[str, Severity]]:
    return [(one.rule.code, one.severity) for one in found(*reports, stems=stems)]


EASED, LOOK, LESS, FAR = ("C423", WARNING), ("C423", INFO), ("C424", INFO), ("C424", WARNING)
STEPS = [
    # name, earlier target and result, later target, budgets, what is told
    ("教师结业率", "≥90(%)", "90%", "≥85(%)", "100 100", EASED),
    ("教师结业率", "≥90%", "90%", "≥0.95", "100 100", None),  # a share of what?
    ("教师结业率", "≥90%", "90%", "950‰", "100 100", None),
    ("教师结业率", "≥95%", "95%", "≥90%", "100 50", EASED),  # no matter of money
    ("教师结业率", "≥90%", "96%", "≥90%", "100 100", LESS),
    ("教师结业率", "≥90%", "96", "≥90%", "100 100", LESS),
    ("教师结业率", "≥90%", "不低于96%", "≥90%", "100 100", None),  # no result
    ("教师结业率", "≥60%", "90%", "≥60%", "100 100", FAR),
    ("教师结业率", "≥90%", "留空", "≥90%", "100 100", None),  # a form of targets alone
    ("教师结业率", "≥90%", "留空", "≥85%", "100 100", EASED),
    ("教师结业率", "留空", "90%", "≥85%", "100 100", None),
    ("教师满意度", "≥90%", "85%", "≥88%", "100 100", EASED),
    ("参训人数", "≥1万人", "1万人", "≥9000人", "100 100", LOOK),
    ("参训人数", "≥1万人次", "1万人次", "≥8000人次", "100 100", EASED),
    ("参训人数", "≥1万人次", "1万人次", "≥8000人次", "100 80", None),
    ("参训人数", "≥1万人次", "1万人次", "≥4000人次", "100 80", EASED),
    ("参训人数", "≥100名", "100名", "≥80人", "100 100", EASED),
    ("参训人数", "≥100人", "100人", "≥80期", "100 100", None),
    ("培训期数", "≥12期", "20期", "≥12期", "100 100", FAR),
    ("培训期数", "≥12期", "20余期", "≥12期", "100 100", None),
    ("培训期数", "≥12期", "20期", "≥12期", "100 60", None),
    ("培训期数", "≥12期", "12期", "≤12期", "100 100", None),  # told by C409
    ("平台运行天数", "≥366天", "366天", "≥365天", "100 100", None),
    ("服务器购置数", "≥10台", "10台", "≥4台", "100 100", LOOK),
    ("服务器购置数", "≥10台", "30台", "≥10台", "100 100", None),
    ("重大故障数", "=0次", "0次", "≤2次", "100 100", EASED),
    ("重大故障数", "≤2次", "0次", "≤2次", "100 100", None),
    ("重大故障数", "≤2次", "0次", "=0次", "100 100", None),
    ("故障响应时间", "≤1天", "20小时", "≤24小时", "100 100", None),
    ("故障响应时间", "≤24小时", "20小时", "≤2天", "100 100", EASED),
    ("成本指标/培训总成本", "≤100万元", "95万元", "≤80万元", "100 80", None),
    ("成本指标/培训总成本", "≤100万元", "95万元", "≤120万元", "100 120", None),
    ("成本指标/培训总成本", "100万元", "95万元", "120万元", "100 100", EASED),
    ("成本指标/人均培训成本", "≤500元/人", "480元/人", "≤600元/人", "100 200", EASED),
    ("时效指标/完成时间", "2023年11月底前", "2023年11月", "2024年12月底前", "100 100", None),
    ("质量指标/课程质量", "优良", "优良", "合格", "100 100", None),
]  # fmt: skip


@pytest.mark.parametrize("step", STEPS, ids=lambda step: " ".join(step[:5]))
def test_a_step(step: tuple[str, str, str, str, str, tuple[str, Severity] | None]) -> None:
    name, before, actual, after, budgets, expected = step
    was, now = budgets.split()
    old = form(2023, (name, before, actual), budget=was)
    new = form(2024, (name, after, "留空"), budget=now)
    assert told(old, new) == ([expected] if expected else [])


def test_an_easier_target_is_told_at_its_place_in_the_later_form() -> None:
    row, low = ("指标1：2023年度参训率", "≥90%", "95%"), ("指标2：2024年度参训率", "≥85%", "90%")
    (one,) = found(form(2024, low), form(2023, row))
    ((there, _),) = one.related
    assert (one.span.file, there.file) == ("content/2024/a.yaml", "content/2023/a.yaml")
    assert "≥85%" in one.message
    assert "2023年度" in one.message


def test_what_is_gone_is_told_once_and_a_new_name_is_not_gone() -> None:
    olds = [
        ("参训教师人数", "≥5人", "5人"), ("课件制作数", "≥5部", "5部"),
        ("巡讲场次", "≥5场", "5场"), ("送教次数", "≥5次", "5次"),
        ("质量指标/合格率", "≥90%", "90%"),
    ]  # fmt: skip
    news = [("参训教师总人数", "≥1人", "1人"), ("质量指标/合格率", "≥90%", "90%")]
    text = form(2024, *news)
    (one,) = found(form(2023, *olds), text)
    assert (one.rule.code, one.severity) == ("C425", WARNING)
    assert text.split("\n")[one.span.line - 1] == "绩效指标:"
    assert len(one.related) == 3
    assert "课件制作数" in one.message
    assert "参训教师人数" not in one.message
    moved = ("质量指标/巡讲场次", "≥1场", "1场")
    assert told(form(2023, olds[2]), form(2024, moved)) == [], "elsewhere: there, not compared"


def test_what_was_never_asked_for_may_go() -> None:
    rows = [("合格率", "≥90%", "90%"), ("巡讲场次", "不涉及", "不涉及")]
    assert told(form(2023, *rows), form(2024, rows[0])) == []


def test_of_two_alike_it_is_not_known_which_goes_on() -> None:
    twice = [("参训率", "≥90%", "90%"), ("参训率", "≥80%", "80%")]
    once = ("参训率", "≥70%", "70%")
    for old, new in ((twice, [once]), ([once], twice), (twice, twice)):
        assert told(form(2023, *old), form(2024, *new)) == []


def test_the_latest_earlier_year_counts() -> None:
    years = [form(year, ("参训率", f"≥{rate}%", f"{rate}%")) for year, rate in
             ((2021, 90), (2022, 80), (2024, 85))]  # fmt: skip
    assert [one.span.file for one in found(*years)] == ["content/2022/a.yaml"]
    assert told(*years[::2]) == [EASED], "2021 and 2024"
    assert told(years[0]) == []


def test_a_form_of_a_year_that_is_not_its_folders_is_left_alone() -> None:
    old, new = (form(2023, ("参训率", f"≥{rate}%", f"{rate}%")) for rate in (90, 80))
    diagnostics = Diagnostics()
    years = zip((old, new.replace("年度: 2023", "年度: 2025")), ("2023", "2024"), strict=True)
    across([Member.of(document(text, "a", year)) for text, year in years], diagnostics)
    assert not [one for one in diagnostics if one.rule.code in RULES]


def test_where_an_indicator_cannot_be_read_none_is_gone() -> None:
    rows = [("参训率", "≥90%", "90%"), ("巡讲场次", "≥5场", "5场")]
    text = form(2024, ("参训率", "≥80%", "80%"), rows[1])
    broken = examine(text.replace("三级指标: 巡讲场次, ", "")).document
    assert broken
    assert not broken.is_whole
    diagnostics = Diagnostics()
    across([Member.of(document(form(2023, *rows), "case", "2023")), Member.of(broken)], diagnostics)
    assert [one.rule.code for one in diagnostics] == ["C423"]


def test_who_says_why_is_not_asked() -> None:
    old, new = (
        Member.of(document(form(year, ("参训率", f"≥{rate}%", "95%")), "a", f"{year}"))
        for year, rate in ((2023, 90), (2024, 80))
    )
    diagnostics = Diagnostics()
    aims = tuple(replace(aim, is_explained=True) for aim in new.aims)
    across([old, replace(new, aims=aims)], diagnostics)
    assert not list(diagnostics)


def test_which_project_is_the_same() -> None:
    old, new = (form(year, ("参训率", f"≥{rate}%", f"{rate}%")) for year, rate in
                ((2023, 90), (2024, 80)))  # fmt: skip
    other = new.replace("项目名称: 公益培训项目", "项目名称: 公益宣讲")
    moved = new.replace("实施单位: 某市教师进修学院", "实施单位: 某市教育中心")
    assert other != new != moved

    def met(one: str, two: str, *, same_file: bool) -> bool:
        return EASED in told(one, two, stems="aa" if same_file else "ab")

    code, another = "项目编码: 甲1\n", "项目编码: 乙2\n"
    assert met(old, new, same_file=False), "one name and one unit"
    assert met(old, other, same_file=True), "one file, and indicators in common"
    assert not met(old, other, same_file=False)
    assert not met(old, moved, same_file=False)
    assert met(old + code, other + code, same_file=False), "one code"
    assert not met(old + code, new + another, same_file=True), "two codes"
    assert met(old, new + code, same_file=False), "a code that came later"
    named = [text.replace("项目名称: ", f"项目名称: {text.split()[1]}年") for text in (old, new)]
    assert met(named[0], named[1], same_file=False), "a name with its year"


def test_units_under_one_code_each_go_on_alone() -> None:
    rows = {2023: ("参训率", "≥90%", "90%"), 2024: ("参训率", "≥80%", "80%")}
    texts = []
    for year, row in rows.items():
        text = form(year, row) + "项目编码: 甲1\n"
        texts += [text, text.replace("实施单位: 某市教师进修学院", "实施单位: 另一学院")]
    pairs = [(one.span.file, one.related[0][0].file) for one in found(*texts, stems="abab")]
    assert pairs == [(f"content/2024/{stem}.yaml", f"content/2023/{stem}.yaml") for stem in "ab"]


def test_a_form_that_is_only_called_alike_is_another_project() -> None:
    old, new = form(2023, ("参训率", "≥90%", "90%")), form(2024, ("植树", "≥9棵", "9棵"))
    assert told(old, new) == [("C425", WARNING)], "the project is the same, nothing of it is"
    assert told(old, new.replace("项目名称: 公益培训项目", "项目名称: 植树")) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_real_form_that_stays_as_it_is_has_eased_nothing(name: str) -> None:
    """The same form a year later: at most it asks for less than was reached."""
    document = edition().read(f"{name}.yaml").document
    assert document
    year = document.report.year + 1
    report = document.report.model_copy(update={"year": year})
    diagnostics = Diagnostics()
    later = replace(document, report=report, folder=f"{year}")
    across([Member.of(document), Member.of(later)], diagnostics)
    assert Member.of(later).aims == Member.of(document).aims
    assert {one.rule.code for one in diagnostics} <= {"C424"}
