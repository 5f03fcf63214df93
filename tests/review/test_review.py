"""The review of a change: who is who, what is told, and to whom it is safe to tell it."""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from builder import review
from builder.cli.main import main
from builder.review.comparison import UNREAD, Review, compare
from builder.review.edition import Edition
from builder.review.files import of_bytes
from builder.review.markdown import escaped, markdown
from builder.review.page import review_view
from builder.review.sections import section, sides
from builder.text import runs, shortened, visible, width
from tests.support.reports import GOOD, blank, changed
from tests.support.repositories import Made, make

SITE = "名称: 某市绩效\n"
PATH = "2024/case.yaml"
REASON = "偏差原因分析及改进措施"


def compared(
    before: Mapping[str, str], after: Mapping[str, str], renames: Mapping[str, str] | None = None
) -> Review:
    """Two states of the content, given as texts of files."""
    old, new = (
        Edition(name, Path("content"), of_bytes({p: t.encode() for p, t in files.items()}))
        for name, files in (("旧", before), ("新", after))
    )
    return compare(old, new, renames or {})


def edited(*changes: tuple[str, str], before: str = GOOD) -> Review:
    """One report before and after."""
    text = before
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return compared({PATH: before}, {PATH: text})


def told(found: Review) -> list[tuple[str, str, list[tuple[str, str | None, str | None]]]]:
    """Every entry of the first project: heading, remark, lines."""
    return [
        (entry.heading, entry.remark, [(line.label, line.old, line.new) for line in entry.lines])
        for entry in section(found.projects[0]).entries
    ]


def codes(found: Review) -> tuple[list[str], list[str]]:
    """The codes of new and of solved problems, over all projects."""
    projects = found.projects
    return (
        sorted(d.rule.code for p in projects for d in p.new),
        sorted(d.rule.code for p in projects for d in p.solved),
    )


def test_no_difference() -> None:
    found = compared({PATH: GOOD, "site.yaml": SITE}, {PATH: GOOD, "site.yaml": SITE})
    assert (found.projects, found.settings, found.years, found.same) == ((), (), (), 1)
    assert not found.fails


def test_a_result_changes_points_total_and_grade() -> None:
    found = edited(
        ("实际完成值: 12(期)", "实际完成值: 9(期)"),
        (
            "分值: 25\n    时效",
            "分值: 25\n        偏差原因分析及改进措施: 师资不足，下年补开\n    时效",
        ),
    )
    project = found.projects[0]
    figures = {shift.label: (shift.old, shift.new) for shift in project.change.figures}
    assert figures["总分"] == ("99.50", "93.25")
    assert figures["评分等级"] == ("优", "优")
    assert section(project).effect == "得分 25.00 → 18.75，总分 99.50 → 93.25，等级 优（不变）"
    assert told(found) == [
        (
            "产出指标 / 数量指标 / 培训期数", "",
            [("实际完成值", "12(期)", "9(期)"), (REASON, None, "师资不足，下年补开")],
        )
    ]  # fmt: skip
    assert not found.fails


def test_funds_change_the_rate_and_what_follows_from_it() -> None:
    found = edited(("全年执行数: 95.00", "全年执行数: 90.00"))
    assert told(found) == [("项目资金", "", [("当年财政拨款 全年执行数", "95.00", "90.00")])]
    assert section(found.projects[0]).effect.startswith(
        "执行率 95.00% → 90.00%，预算执行得分 9.50 → 9.00，总分 99.50 → 99.00"
    )


MOVED = """      - 三级指标: 培训期数
        年度指标值: ≥12(期)
        实际完成值: 12(期)
        分值: 25
"""


def test_an_indicator_that_moves_is_the_same() -> None:
    found = edited((MOVED, ""), ("    时效指标:\n", f"    质量指标:\n{MOVED}    时效指标:\n"))
    entry = next(e for e in told(found) if "培训期数" in e[0])
    assert entry == (
        "产出指标 / 质量指标 / 培训期数", "移动，原在 产出指标 / 数量指标", [],
    )  # fmt: skip
    assert not any(c.old is None or c.new is None for c in found.projects[0].change.indicators)


def test_an_indicator_that_is_renamed_is_the_same() -> None:
    found = edited(("三级指标: 开班及时性", "三级指标: 各期开班及时性"))
    assert told(found) == [
        ("产出指标 / 时效指标 / 各期开班及时性", "改名，原名“开班及时性”", [])
    ]  # fmt: skip
    assert section(found.projects[0]).effect == "总分 99.50（不变），等级 优（不变）"


def test_renamed_and_edited_and_moved_at_once() -> None:
    new = MOVED.replace("培训期数", "培训班期数").replace(
        "12(期)\n        分值", "13(期)\n        分值"
    )
    found = edited((MOVED, ""), ("    时效指标:\n", f"    质量指标:\n{new}    时效指标:\n"))
    heading, remark, lines = next(e for e in told(found) if "期数" in e[0])
    assert heading == "产出指标 / 质量指标 / 培训班期数"
    assert remark == "改名，原名“培训期数”；移动，原在 产出指标 / 数量指标"
    assert lines == [("实际完成值", "12(期)", "13(期)")]


def test_another_order_is_no_edit() -> None:
    second = MOVED.replace("培训期数", "编写教材").replace("25", "5").replace("期)", "册)")
    before = changed((MOVED, MOVED.replace("25", "20") + second))
    found = edited((MOVED.replace("25", "20") + second, second + MOVED.replace("25", "20")),
                   before=before)  # fmt: skip
    assert told(found) == [("产出指标 / 数量指标", "调整了顺序", [])]
    keys = edited(("年度: 2024\n项目名称: 公益培训项目\n", "项目名称: 公益培训项目\n年度: 2024\n"))
    assert not keys.projects[0].change
    assert section(keys.projects[0]).kind == "只改写法或注释"


def test_an_indicator_replaced_by_another() -> None:
    found = edited(
        ("三级指标: 教师结业率", "三级指标: 拥堵时长"), ("≥90(%)\n        实际完成值: 96(%)",
         "≤30(分钟)\n        实际完成值: 20(分钟)"),
        ("    社会效益指标:", "    经济效益指标:"),
    )  # fmt: skip
    remarks = {(heading.rpartition(" ")[2], remark) for heading, remark, _ in told(found)}
    assert remarks == {("教师结业率", "删除指标"), ("拥堵时长", "新增指标")}


def test_same_names_pair_in_order() -> None:
    twice = changed((MOVED, MOVED.replace("25", "10") + MOVED.replace("25", "15")))
    found = edited(("分值: 15", "分值: 15.5"), before=twice)
    assert told(found) == [("产出指标 / 数量指标 / 培训期数", "", [("分值", "15", "15.5")])]


CODED = changed(("项目名称: 公益培训项目\n", "项目名称: 公益培训项目\n项目编码: 'P-1'\n"))


@pytest.mark.parametrize(
    ("old", "new", "renames"),
    [
        (CODED, CODED.replace("公益培训", "完全不同"), {}),  # by 项目编码
        (GOOD, GOOD, {}),  # by name and unit
        (GOOD, GOOD.replace("公益培训项目", "教师公益培训项目"), {}),  # by a similar name
        (GOOD, GOOD.replace("公益培训项目", "别的"), {PATH: "2024/other.yaml"}),  # as git says
    ],
)
def test_a_project_in_another_file_is_the_same(
    old: str, new: str, renames: Mapping[str, str]
) -> None:
    other = GOOD.replace("公益培训项目", "图书馆修缮").replace("某市教师进修学院", "某市图书馆")
    decoy = {"2024/z.yaml": other}
    found = compared({PATH: old, **decoy}, {"2024/other.yaml": new, **decoy}, renames)
    assert [(p.before is None, p.after is None) for p in found.projects] == [(False, False)]
    assert any("2024/other.yaml" in alarm for alarm in section(found.projects[0]).alarms)
    assert found.same == 1


def test_code_counts_more_than_file() -> None:
    one, other = CODED, CODED.replace("P-1", "P-2").replace("公益培训", "修缮")
    found = compared({"2024/a.yaml": one, "2024/b.yaml": other},
                     {"2024/a.yaml": other, "2024/b.yaml": one})  # fmt: skip
    pairs = [(p.before and p.before.path, p.after and p.after.path) for p in found.projects]
    assert pairs == [("2024/b.yaml", "2024/a.yaml"), ("2024/a.yaml", "2024/b.yaml")]
    assert not any(project.change for project in found.projects)


def test_added_and_removed_projects() -> None:
    other = GOOD.replace("公益培训项目", "图书馆修缮").replace("某市教师进修学院", "某市图书馆")
    found = compared({PATH: GOOD}, {"2024/new.yaml": other})
    assert [section(project).kind for project in found.projects] == ["删除", "新增"]
    assert section(found.projects[1]).effect == "总分 99.50，等级 优"
    assert "删除" in section(found.projects[0]).alarms[0]
    figures = {shift.label: (shift.old, shift.new) for shift in found.years[0].total.figures}
    assert figures["公开的项目"] == ("1", "1")


WITHHELD = ("年度: 2024\n", "年度: 2024\n公开: {范围: 不公开, 理由: 依法}\n")


def test_disclosure_is_shouted_and_counted() -> None:
    hidden = edited(WITHHELD)
    assert "不公开" in section(hidden.projects[0]).alarms[0]
    figures = {shift.label: (shift.old, shift.new) for shift in hidden.years[0].total.figures}
    assert figures["公开的项目"] == ("1", "0")
    assert figures["平均总分"] == ("99.50", "")
    shown = edited((WITHHELD[1], WITHHELD[0]), before=GOOD.replace(*WITHHELD))
    assert "改为公开" in section(shown.projects[0]).alarms[0]


def test_a_new_waiver_is_shouted_with_its_reason() -> None:
    waived = "公开: {放行: [{文字: 公益培训, 理由: 举例}]}\n年度: 2024\n"
    found = edited(("年度: 2024\n", waived))
    assert section(found.projects[0]).alarms == ("放行“公益培训”，理由：举例",)
    more = edited(("理由: 举例", "理由: 换了说法"), before=GOOD.replace("年度: 2024\n", waived))
    assert section(more.projects[0]).alarms == ("放行“公益培训”，理由：换了说法",)
    same = edited(("95(%)", "96(%)"), before=GOOD.replace("年度: 2024\n", waived))
    assert section(same.projects[0]).alarms == ()


def test_a_changed_theme_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its scripts and templates are published as they are."""
    script = "themes/official/assets/site.js"
    made = make(tmp_path, monkeypatch)
    made.commit({PATH: GOOD, script: "1"})
    made.write({script: "alert(1)", "themes/official/templates/page.html": "<b>"})
    found = review.between(made.content, "HEAD", None)
    assert [change.place for change in found.settings] == [
        ("themes", "official/assets/site.js"), ("themes", "official/templates/page.html"),
    ]  # fmt: skip
    assert script.removeprefix("themes/") in review.FORMATS["text"](found)
    made.commit({})
    assert not review.between(made.content, "HEAD", None).settings
    assert len(review.between(made.content, "HEAD~1", "HEAD").settings) == 2


def test_evidence_that_no_build_would_publish() -> None:
    def codes_of(*items: str, **files: str) -> list[str]:
        listed = "".join(f"  - {{名称: 甲, 文件: {item}}}\n" for item in items)
        there = {f"2024/{name.replace('_', '.')}": data for name, data in files.items()}
        found = compared({PATH: GOOD, **there}, {PATH: f"{GOOD}佐证材料:\n{listed}", **there})
        return [problem.rule.code for problem in found.projects[0].new]

    assert codes_of("a.html, 内部: 否", a_html="<html>") == ["S317"]
    assert codes_of("a.pdf, 内部: 否", "./a.pdf, 内部: 是", a_pdf="1") == ["S316", "S316"]
    assert codes_of("a.pdf, 内部: 否", "b.pdf, 内部: 是", a_pdf="1", b_pdf="1") == ["S316", "S316"]
    assert codes_of("a.pdf, 内部: 否", "b.pdf, 内部: 是", a_pdf="1", b_pdf="2") == []


def test_evidence() -> None:
    def report(*items: str) -> str:
        return f"{GOOD}佐证材料:\n" + "".join(f"  - {{{item}}}\n" for item in items)

    kept, inner = "名称: 报告, 文件: a.pdf, 内部: 否", "名称: 底稿, 文件: b.pdf, 内部: 是"
    files = {"2024/a.pdf": "old", "2024/b.pdf": "b"}
    new = {PATH: report(kept, inner.replace("是", "否")), **files, "2024/a.pdf": "new"}
    found = compared({PATH: report(kept, inner), **files}, new)
    remarks = [(entry[0], entry[1]) for entry in told(found)]
    assert remarks == [("佐证材料“报告”", "文件内容有变化"), ("佐证材料“底稿”", "由内部改为公开")]
    replaced, published = section(found.projects[0]).alarms
    assert "“报告”换了文件" in replaced
    assert published == "佐证材料“底稿”将随网站公开"
    # The report itself is the same, the file that it names is gone: that stops a build.
    gone = compared({PATH: report(kept), **files}, {PATH: report(kept)})
    assert codes(gone)[0]
    assert gone.fails
    same = compared({PATH: report(kept), **files}, {PATH: report(kept), **files, "2024/c.pdf": "c"})
    assert same.projects == ()


def test_problems_are_known_again_by_what_they_are_about() -> None:
    lowered = changed(("分值: 25\n    时效", "分值: 25\n        得分: 20\n    时效"))
    assert edited(("分值: 25\n    时效", "分值: 25\n        得分: 20\n    时效")).fails
    # Elsewhere edited, moved down, reworded by another figure, renamed: still the same problem.
    for change in (
        ("年度: 2024\n", "# 说明\n\n年度: 2024\n"),
        ("得分: 20", "得分: 21"),
        ("三级指标: 培训期数", "三级指标: 培训班期数"),
        ("全年执行数: 95.00", "全年执行数: 96.00"),
    ):
        found = edited(change, before=lowered)
        assert codes(found) == ([], []), change
        assert not found.fails
    reason = f"        {REASON}: 师资不足，下年补开两期\n"
    solved = edited(("得分: 20\n", f"得分: 20\n{reason}"), before=lowered)
    assert "C303" in codes(solved)[1]
    assert not solved.fails
    again = edited(("分值: 30\n", "分值: 30\n        得分: 20\n"), before=lowered)
    assert codes(again)[0].count("C303") == 1


def test_revisions_that_do_not_parse() -> None:
    broken = GOOD.replace("年度: 2024", "年度: [2024")
    worse = edited(("年度: 2024", "年度: [2024"))
    assert worse.fails
    assert codes(worse) == (["Y201"], [])
    assert section(worse.projects[0]).effect == ""
    assert "改后的" in section(worse.projects[0]).alarms[0]
    better = compared({PATH: broken}, {PATH: GOOD})
    assert not better.fails
    assert "Y201" in codes(better)[1]
    assert "原来的" in section(better.projects[0]).alarms[0]
    both = compared({PATH: broken}, {PATH: broken + "\n"})
    assert codes(both) == ([], [])
    assert not both.fails
    for tell in review.FORMATS.values():
        for found in (worse, better, both):
            assert tell(found)


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
def test_what_cannot_be_read_is_not_taken_for_gone(kind: str) -> None:
    """A year without an unreadable report is no better a year: how many are left out is said."""
    other = GOOD.replace("公益", "第二")
    before = {PATH: GOOD, "2024/other.yaml": other}
    broken = compared(before, {PATH: GOOD, "2024/other.yaml": other.replace("名称: ", "名称: {")})
    figures = {shift.label: (shift.old, shift.new) for shift in broken.years[0].total.figures}
    assert figures[UNREAD] == ("0", "1")
    assert UNREAD in review.FORMATS[kind](broken)
    deleted = compared(before, {PATH: GOOD})
    assert UNREAD not in review.FORMATS[kind](deleted)
    hidden = compared(before, {PATH: GOOD, "2024/other.yaml": f"{other}公开: {{范围: 不公开}}\n"})
    assert UNREAD not in {shift.label for shift in hidden.years[0].total.figures}


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
def test_first_comes_whether_it_may_be_published(kind: str) -> None:
    good = review.FORMATS[kind](edited(("96(%)", "97(%)")))
    bad = review.FORMATS[kind](edited(("96(%)", "60(%)")))
    assert "没有带来错误" in good
    assert 0 < bad.index("带来 1 个错误") < bad.index("公益培训")


def test_a_form_that_is_not_filled_in_does_not_bury_the_rest() -> None:
    empty = blank("上海市级")
    text = review.FORMATS["text"](compared({PATH: GOOD}, {PATH: GOOD, "2024/new.yaml": empty}))
    assert text.count("[S103]") < 12
    assert re.search(r"新问题　另有 \d\d 个", text)
    both = edited(("≥12(期)", "≥10(期)"), ("96(%)", "60(%)"))
    assert [problem.severity for problem in section(both.projects[0]).new] == ["error", "info"]


def test_what_brings_errors_stands_open() -> None:
    reports = {f"2024/r{i}.yaml": GOOD.replace("公益", f"第{i}号") for i in range(5)}
    after = {
        path: text.replace("95.00", f"9{i}.00") for i, (path, text) in enumerate(reports.items())
    }
    after["2024/r3.yaml"] = reports["2024/r3.yaml"].replace("96(%)", "60(%)")
    found = compared(reports, after)
    comment = markdown(found)
    assert comment.count("<details>") == 4
    assert "第3号" in comment[comment.index("<details open>") :].splitlines()[0]
    sections = review_view(found).sections
    assert [part.fails for part in sections] == [True, False, False, False, False]
    for kind in ("html", "text"):
        assert review.FORMATS[kind](found).count("新问题：1 个错误") == 1


def test_lists_of_figures_fit_a_terminal() -> None:
    found = edited(("全年执行数: 95.00", "全年执行数: 90.00"), ("96(%)", "97(%)"))
    lines = review.FORMATS["text"](found).splitlines()
    start = lines.index("2024年度")
    assert len(lines) > start + 2
    assert all(width(line) <= 80 for line in lines[start:])
    assert "".join(lines[start + 1 :]).replace("，  ", "，").count("，") == (
        sum(1 for tally in (found.years[0].total, *found.years[0].departments)
            for shift in tally.figures if tally is found.years[0].total or not shift.is_same)
        - 1 - len(found.years[0].departments)
    )  # fmt: skip


def test_sides_are_spaced_as_chinese_is() -> None:
    def said(base: str, head: str) -> str:
        return sides(replace(edited(("96(%)", "97(%)")), base=base, head=head))

    assert said("main（31b2272）", "工作区") == "从 main（31b2272）到工作区"
    assert said("31b2272", "甲（1234567）") == "从 31b2272 到甲（1234567）"


def test_a_profile_that_changes_moves_every_score() -> None:
    bands = "评分等级:\n  - {等级: 优, 下限: %s}\n  - {等级: 差, 下限: 0}\n"
    strict = "基于: 上海市级\n名称: 本地\n说明: 从严。\n" + bands
    files = {
        PATH: GOOD,
        "2024/b.yaml": GOOD.replace("公益", "收费"),
        "site.yaml": "评分规则: 本地\n",
    }
    found = compared({**files, "profiles/本地.yaml": strict % "90"},
                     {**files, "profiles/本地.yaml": strict % "99.6"})  # fmt: skip
    assert [change.place for change in found.settings] == [
        ("评分规则", "本地", "评分等级", "优", "下限")
    ]
    assert len(found.projects) == 2
    assert section(found.projects[0]).effect == "总分 99.50（不变），等级 优 → 差"
    assert found.projects[0].change.fields == ()
    figures = {shift.label: (shift.old, shift.new) for shift in found.years[0].total.figures}
    assert figures["评为优"] == ("2", "0")
    assert figures["评为差"] == ("0", "2")
    site = compared(
        {PATH: GOOD, "site.yaml": SITE}, {PATH: GOOD, "site.yaml": SITE + "备案号: 1\n"}
    )
    assert [change.place for change in site.settings] == [("site.yaml", "备案号")]
    assert site.projects == ()


def test_a_layout_that_changes_is_told() -> None:
    rules = {PATH: GOOD, "profiles/本地.yaml": "基于: 上海市级\n名称: 本地\n版式: 本地\n",
             "site.yaml": "评分规则: 本地\n"}  # fmt: skip
    layout = "基于: 上海市级\n名称: 本地\n说明: 本地。\n资金单位: %s\n"
    found = compared({**rules, "layouts/本地.yaml": layout % "万元"},
                     {**rules, "layouts/本地.yaml": layout % "元"})  # fmt: skip
    assert [change.place for change in found.settings] == [("版式", "本地", "资金单位")]
    assert "资金单位" in review.FORMATS["text"](found)


def test_misplaced_files_are_problems_of_the_change() -> None:
    found = compared(
        {PATH: GOOD}, {PATH: GOOD, "2024/a b.yaml": "", "x.yaml": "", "草稿/y.yaml": ""}
    )
    assert len(found.new) == 3
    assert found.fails


CHARACTERS = st.text(st.sampled_from("一二三的。，；12.0% ab\n"), max_size=60)


@given(CHARACTERS, CHARACTERS)
def test_runs_make_both_texts_and_keep_numbers_whole(old: str, new: str) -> None:
    found = runs(old, new)
    assert "".join(run.text for run in found if run.kind != "new") == old
    assert "".join(run.text for run in found if run.kind != "gone") == new
    assert all(run.text for run in found)
    for text, kind in ((old, "gone"), (new, "new")):
        at, borders = 0, set()
        for run in found:
            if run.kind in ("kept", kind):
                borders.add(at)
                at += len(run.text)
        numbers = re.finditer(r"[0-9]+(?:\.[0-9]+)*", text)
        assert not any(borders & set(range(m.start() + 1, m.end())) for m in numbers)


def marks(old: str, new: str) -> str:
    signs = {"kept": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(signs[run.kind].format(run.text) for run in shortened(runs(old, new)))


def test_runs_read_well() -> None:
    assert marks("≥90.00(%)", "≥95.00(%)") == "≥[-90.00-][+95.00+](%)"
    assert (
        marks("完成一期。完成二期。", "完成一期。完成三期。完成二期。")
        == "完成一期。[+完成三期。+]完成二期。"
    )
    assert marks("参训1,200人", "参训1,350人") == "参训[-1,200-][+1,350+]人"
    kept = "很长的一段没有改动的文字，" * 9
    assert marks(kept + "甲", kept + "乙") == "…" + kept[-12:] + "[-甲-][+乙+]"


def test_long_texts_cost_little() -> None:
    one, other = "的了是。" * 20_000, "了的是。" * 20_000
    assert "".join(run.text for run in runs(one, other) if run.kind != "gone") == other


HOSTILE = (
    "@octocat #1 !2 <img src=x onerror=alert(1)> [a](http://evil.example) ![b](//e.example/p.png)"
    " **粗** `x` | y &lt; $z$ ~~w~~ GH-1 www.evil.example \\</details>"
)


def hostile() -> Review:
    """A change in which every text of the author tries something."""
    quoted = "'" + HOSTILE + "'"
    bell_line = '"\\e]0;x\\a\\u202Eabc"'
    bell = '"\\e]0;x\\a\\u202Eabc\\n/close\\n# 标题\\n- [ ] x"'
    return compared(
        {PATH: GOOD},
        {
            PATH: changed(
                ("公益培训项目", quoted), ("某市教师进修学院", bell_line), ("教师结业率", quoted),
                ("≥12(期)", quoted), ("面向全市教师举办公益培训，提升教学能力。", bell),
            ),
            "2024/<b>@x.yaml": GOOD,
        },
    )  # fmt: skip


def test_a_terminal_is_not_steered() -> None:
    text = review.FORMATS["text"](hostile())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert "〔U+001B〕" in text
    assert visible("a\r\nb\u202e") == "a⏎b〔U+202E〕"


def test_a_comment_stays_text() -> None:
    told_ = markdown(hostile())
    assert not re.search(r"(?<!\\)@\w|#\d|!\d|GH-\d|://|www\.", told_)
    tags = set(re.findall(r"(?<!\\)<(/?\w+)", told_))
    assert tags <= {"b", "/b", "br", "details", "/details", "summary", "/summary", "del", "/del",
                    "ins", "/ins"}  # fmt: skip
    assert told_.count("<details") == told_.count("</details>")
    assert not re.search(r"^\s*(?:/close|- \[ \])", told_, re.MULTILINE)
    assert [line for line in told_.splitlines() if line.startswith("#")] == [
        "### 自评表改动", "#### 文件和设置", "#### 2024年度汇总",
    ]  # fmt: skip
    assert escaped("a*b_c|d") == r"a\*b\_c\|d"


def test_a_comment_is_rendered_as_meant() -> None:
    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    page = renderer.render(markdown(hostile()))
    tags = set(re.findall(r"<(\w+)", page))
    assert tags <= {"h3", "h4", "p", "b", "br", "ul", "li", "blockquote", "details", "summary",
                    "table", "thead", "tbody", "tr", "th", "td", "del", "ins"}  # fmt: skip
    plain = html.unescape(re.sub(r"<[^<>]*>", "", page)).replace("\u200b", "")
    assert HOSTILE.replace("&lt;", "<") in plain
    assert page.count("<details") == page.count("</details>")


def test_a_comment_has_an_end() -> None:
    long = "很长的理由，" * 300
    reports = {f"2024/r{i}.yaml": GOOD.replace("公益", f"第{i}号") for i in range(120)}
    after = {
        path: text.replace("分值: 30\n", f"分值: 30\n        {REASON}: {path}{long}\n").replace(
            "提升教学能力。", long
        )
        for path, text in reports.items()
    }
    found = compared(reports, after)
    told_ = markdown(found)
    assert 20_000 < len(told_) < 60_000
    assert told_.count("<details") == told_.count("</details>")
    assert len(found.projects) == 120


def test_json_is_whole_and_exact() -> None:
    found = json.loads(review.FORMATS["json"](hostile()))
    project = next(p for p in found["projects"] if p["change"] == "changed")
    names = [field["new"] for field in project["fields"] if field["place"] == ["项目名称"]]
    assert names == [HOSTILE.replace("&lt;", "<")]
    assert project["before"]["id"] == project["after"]["id"] == "2024/case"
    assert found["fails"] is True


def test_the_page_needs_nothing_and_runs_nothing() -> None:
    told_ = review.FORMATS["html"](hostile())
    assert not re.search(r"<(?:script|img|link|iframe|object|form|input|base)\b", told_)
    assert not re.search(r"\b(?:src|srcset|action)=|url\(", told_.replace("src=x onerror", ""))
    assert "onerror" not in re.sub(r"&lt;img[^<]*", "", told_)
    assert re.findall(r'href="([^"]*)"', told_) == [
        link for link in re.findall(r'href="([^"]*)"', told_) if link.startswith("#")
    ]
    assert "default-src 'none'" in told_


def test_the_form_is_marked_cell_by_cell() -> None:
    second = MOVED.replace("培训期数", "编写教材").replace("期)", "册)").replace("25", "5")
    found = edited(
        (MOVED, MOVED.replace("25", "20") + second), ("全年执行数: 95.00", "全年执行数: 90.00"),
        ("提升教学能力", "提高教学能力"),
        ("三级指标: 教师结业率", "三级指标: 教师按期结业率"),
    )  # fmt: skip
    form = review_view(found).sections[0].form
    assert form
    rows = [" | ".join(re.sub(r'<span class="hidden">[^<]*</span>', "", str(cell.text))
                       for cell in row.row.cells) for row in form.indicators]  # fmt: skip
    assert any('<del>25.00</del><ins class="instead">20.00</ins>' in row for row in rows)
    assert any(row.startswith("<ins>编写教材</ins>") for row in rows)
    assert any("教师<ins>按期</ins>结业率" in row for row in rows)
    funding = "".join(str(cell.text) for row in form.rows("funding") for cell in row.cells)
    assert "95.00" in funding
    assert "90.00" in funding
    gone = review_view(edited((MOVED, ""))).sections[0].form
    assert gone
    assert [len(group) for group in gone.groups()] == [2, 1, 1]
    assert "<del>" in str(gone.groups()[0][-1].cells[-1].text or gone.groups()[0][-1].cells)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    return make(tmp_path / "r", monkeypatch)


def run(made: Made, *arguments: str) -> int:
    return main(["diff", "--content", str(made.content), *arguments])


def test_command(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    made.commit({PATH: GOOD, "site.yaml": SITE})
    made.git("checkout", "--quiet", "-b", "side")
    made.commit({PATH: GOOD.replace("95.00", "94.00")})
    made.git("checkout", "--quiet", "main")
    made.commit({PATH: None, "2024/case.yaml": GOOD.replace("96(%)", "97(%)")})
    assert run(made, "HEAD") == 0
    assert run(made, "main...side") == 0
    out = capsys.readouterr().out
    assert "95.00 → 94.00" in out
    assert "97(%)" not in out
    assert run(made, "main..side") == 0
    assert "97(%) → 96(%)" in capsys.readouterr().out
    made.git("mv", "content/2024/case.yaml", "content/2024/other.yaml")
    made.write({"2024/other.yaml": GOOD.replace("年度: 2024", "年度: 2023")})
    before = {p: p.read_bytes() for p in made.content.rglob("*.yaml")}
    for kind in review.FORMATS:
        assert run(made, "HEAD", "--format", kind) == 1
    assert {p: p.read_bytes() for p in made.content.rglob("*.yaml")} == before
    assert "2024/other.yaml" in capsys.readouterr().out


def test_what_an_edit_brings_between_reports_is_told(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    other = GOOD.replace("项目名称: ", "项目名称: 第二个")
    made.commit({PATH: GOOD, "2024/other.yaml": other})
    made.commit({PATH: f"{GOOD}\n", "2024/second.yaml": GOOD})
    assert run(made, "HEAD~") == 1
    assert capsys.readouterr().out.count("[C608]") == 2
    made.commit(
        {"2024/second.yaml": None, "2024/third.yaml": GOOD, "2024/other.yaml": f"# 甲\n{other}"}
    )
    assert run(made, "HEAD~") == 0
    assert "C608" not in capsys.readouterr().out, "a renamed file, still twice"
    made.write({"2024/third.yaml": None})
    assert run(made, "HEAD") == 0
    assert capsys.readouterr().out.count("[C608]") == 2, "solved"
    code = "项目编码: 310000240007\n"
    made.write({PATH: GOOD + code, "2024/other.yaml": other + code, "2024/third.yaml": GOOD})
    made.write({"2024/third.yaml": None})
    assert run(made, "HEAD") == 0
    assert "[C605]" in capsys.readouterr().out


def test_what_an_edit_brings_beside_another_year_is_told(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the year before nothing was edited; of a withheld one nothing is quoted."""
    low = GOOD.replace("年度指标值: ≥90(%)", "年度指标值: ≥85(%)", 1)
    past = GOOD.replace("年度: 2024", "年度: 2023")
    old = PATH.replace("2024", "2023")
    made.commit({PATH: GOOD, old: past, "2023/other.yaml": past.replace("公益", "别的")})
    made.write({PATH: low})
    assert run(made, "HEAD") == 0
    assert capsys.readouterr().out.count("[C423]") == 1
    made.commit({PATH: low})
    made.write({old: past.replace("年度指标值: ≥90(%)", "年度指标值: ≥80(%)")})
    assert run(made, "HEAD") == 0
    assert "[C423]" in capsys.readouterr().out, "solved, by an edit of the other year"
    made.commit({PATH: GOOD, old: f"{past}公开: {{范围: 不公开, 理由: 涉密}}\n"})
    made.write({PATH: low.replace("≥90", "≥80")})
    assert run(made, "HEAD") == 0
    assert "C42" not in capsys.readouterr().out


def test_nothing_of_the_working_tree_is_touched(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither a file's bytes or times, nor the index, nor anything else under `.git`."""
    made.commit({PATH: GOOD, "site.yaml": SITE, "2024/a.pdf": "a"})
    made.git("checkout", "--quiet", "-b", "side")
    made.commit({PATH: GOOD.replace("名称: ", "名称: {"), "2024/a.pdf": None}, author="李四")
    made.git("checkout", "--quiet", "main")
    made.write({PATH: GOOD.replace("95.00", "94.00"), "2024/new.yaml": GOOD})
    made.git("add", "content/2024/new.yaml")
    made.write({"2024/new.yaml": GOOD.replace("公益", "第二")})
    os.utime(made.content / "site.yaml", (1, 1))  # git would like to write its index anew

    def state() -> dict[str, tuple[int, bytes | str]]:
        return {
            f"{path}": (
                path.stat().st_mtime_ns,
                path.read_bytes() if path.is_file() else f"{sorted(path.iterdir())}",
            )
            for path in sorted(made.root.rglob("*"))
        }

    before = state()
    for kind in review.FORMATS:
        for said in (["HEAD"], ["main...side"], ["side", "main"], ["HEAD", "HEAD"]):
            assert run(made, *said, "--format", kind) in (0, 1)
    told_ = capsys.readouterr()
    assert state() == before
    assert not re.search("张三|李四|example.org", told_.out + told_.err), "nobody asked who"


def test_command_that_cannot_be(
    made: Made, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made.commit({PATH: GOOD})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(made.root.parent))
    assert run(made, "nowhere") == 2
    assert main(["diff", "HEAD", "--content", str(made.root / "none")]) == 2
    assert main(["diff", "HEAD", "--content", str(made.root.parent)]) == 2
    assert main(["diff", "--content", str(made.content), "--", "--output=x"]) == 2
    monkeypatch.setenv("PATH", "/nowhere")
    assert run(made, "HEAD") == 3
    assert "git" in capsys.readouterr().err


def test_from_inside_the_content(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    made.commit({PATH: GOOD, "site.yaml": SITE})
    made.write({PATH: GOOD.replace("95.00", "94.00")})
    monkeypatch.chdir(made.content / "2024")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(made.root.parent))
    assert main(["diff", "HEAD"]) == 0
    assert main(["check", "case.yaml"]) == 0
    assert main(["new", "2025", "next"]) == 0
    assert (made.content / "2025" / "next.yaml").is_file()
    assert main(["build", "--no-pdf", "--year", "2024", "--jobs", "1"]) == 0
    assert (made.root / "output" / "2024" / "case" / "index.html").is_file()
    assert not (made.content / "2024" / "output").exists()
    (made.content / "2024" / "content").mkdir()
    assert main(["diff", "HEAD"]) == 2, "a folder of that name that is nearer is meant"


def test_a_broken_file_that_stays_is_no_change() -> None:
    """Neither another rule nor another 佐证材料 makes it one; another text does."""
    broken = GOOD.replace("名称: ", "名称: {")
    before = {PATH: GOOD, "2024/broken.yaml": broken, "site.yaml": SITE, "2024/a.pdf": "a"}
    found = compared(before, before | {"site.yaml": f"{SITE}评分规则: 安徽\n", "2024/a.pdf": "b"})
    assert "2024/broken.yaml" not in {project.reading.path for project in found.projects}
    found = compared(before, before | {"2024/broken.yaml": broken.replace("95.00", "94.00")})
    assert [project.is_edited for project in found.projects] == [True]


def test_content_at_the_top_of_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(tmp_path / "r", monkeypatch)
    for name in (PATH, ".github/a.yml", ".github/workflows/b.yml", "lib/deep/er/c.yaml", "d.txt"):
        path = made.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GOOD)
    made.commit({})
    found = review.between(made.root, "HEAD", None)
    assert (found.projects, found.new, found.solved, found.same) == ((), (), (), 1)


def test_working_tree_is_what_check_sees(made: Made) -> None:
    made.commit({PATH: GOOD})
    made.write({"2024/big.yaml": "a" * (1024 * 1024 + 1), "2024/gbk.yaml": ""})
    (made.content / "2024/gbk.yaml").write_bytes("年度: 二〇二四年度报告".encode("gbk"))
    (made.content / "2024/link.yaml").symlink_to("/etc/passwd")
    (made.content / "2023").symlink_to("2024")
    found = review.between(made.content, "HEAD", None)
    assert codes(found)[0] == ["Y101", "Y102", "Y103"]
    assert [problem.rule.code for problem in found.new] == ["Y102"]
    revision = made.commit({})
    again = review.between(made.content, "HEAD~1", revision)
    assert codes(again) == codes(found)
    assert again.new == found.new
    assert review.between(made.content, "HEAD", None).projects == ()
