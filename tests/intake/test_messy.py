"""Forms as clerks leave them behind: each way of being untidy that an import once stumbled over.

The form is one, typed as an office types it (see `data/office/README.md` for the notation); a case
is what somebody did to it, and what the import then reads otherwise than of the tidy form.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from builder import content, office
from builder.diagnostics import Diagnostics
from builder.intake import Catalogue, Taken, is_data, take
from builder.office import Paper
from builder.opendata import PROJECTS
from tests.conftest import ROOT
from tests.support import handmade, office_forms, office_html, office_xlsx
from tests.support.corpus import document_of
from tests.support.imported import by_name, unlike
from tests.support.reports import settings

TIDY = """
项目支出绩效自评表 | <<
（2023年度） | <<
项目名称 | < | 农村饮水安全巩固提升工程 | <<
主管部门 | < | 临翔区水务局 | < | < | 实施单位 | < | 临翔区水利管理站 | < | <
项目资金（万元） | < |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | <
^ | ^ | 年度资金总额 | 120 | 120 | 114 | 10 | 95.00% | 9.5 | <
^ | ^ | 其中：当年财政拨款 | 100 | 100 | 96 | — | 96.00% | — | <
^ | ^ | 上年结转资金 | 20 | 20 | 18 | — | 90.00% | — | <
^ | ^ | 其他资金 | 0 | 0 | 0 | — | — | — | <
年度总体目标 | 预期目标 | < | < | < | < | 实际完成情况 | <<
^ | 解决12个村饮水不稳定问题，新建蓄水池8座。 | < | < | < | < | 建成蓄水池8座，12个村得到改善。 | <<
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因及改进措施 | <<
^ | 产出指标 | 数量指标 | 新建蓄水池 | ≥8座 | 8座 | 10 | 10 |  | <
^ | ^ | ^ | 铺设管网长度 | ≥25公里 | 24公里 | 10 | 9.6 | 征地未完成，2024年3月前完成。 | <
^ | ^ | 质量指标 | 工程验收合格率 | =100% | 100% | 15 | 15 |  | <
^ | ^ | 时效指标 | 工程按期完工 | 2023年12月底前 | 2023年11月 | 15 | 15 |  | <
^ | 效益指标 | 社会效益指标 | 受益人口 | ≥3600人 | 3580人 | 20 | 19.89 | 部分人口外出。 | <
^ | ^ | 可持续影响指标 | 管护机制健全 | 健全 | 基本健全 | 10 | 9 | 管护经费不足。 | <
^ | 满意度指标 | 服务对象满意度指标 | 受益群众满意度 | ≥90% | 93% | 10 | 10 |  | <
总分 | < | < | < | < | < | 100 | 97.99 |  | <
"""

BLANK = "留空"


HEADING = next(line for line in TIDY.splitlines() if line.startswith("绩效指标"))


def untidy(*edits: tuple[str, str]) -> str:
    """The form with lines replaced: a pattern that must be found, and what stands there instead."""
    text = TIDY
    for pattern, new in edits:
        text, count = re.subn(pattern, new, text, flags=re.MULTILINE)
        assert count, pattern
    return text


def unmerged(text: str) -> str:
    """Every merge parted: its text stands in the first cell."""
    return re.sub(r"(?<=\|) (?:<<|<|\^) ?(?=\||$)", "  ", text, flags=re.MULTILINE)


@cache
def known() -> Catalogue:
    folder = ROOT / "tests" / "data" / "forms" / "content"
    return Catalogue(content.settings(folder, Diagnostics()))


def imported(text: str) -> Taken:
    data = office_xlsx.written(office_forms.parsed(text, "xlsx"))
    paper = office.read("表.xlsx", data)
    assert isinstance(paper, Paper)
    (taken,) = take(paper, known())
    return taken


@cache
def tidy() -> Taken:
    return imported(TIDY)


def apart(taken: Taken) -> dict[str, Any]:
    """What was read otherwise than of the tidy form, by its place."""
    form, other = tidy().document, taken.document
    assert form
    assert other
    return {by_name(at, form): said for at, (_, said) in unlike(form, other).items()}


def test_the_tidy_form_is_read_whole() -> None:
    assert tidy().is_complete
    assert not tidy().draft.doubts
    assert not tidy().findings.failed


HARMLESS = {
    "merges parted": unmerged(TIDY),
    "a unit above the table, another in it": untidy((r"^（2023年度.*", r"\g<0>\n单位：元 | <<")),
    "a unit in brackets": untidy((r"总额 \| 120 \|", "总额 | 120（万元） |")),
    "a rate as a fraction": untidy((r"95\.00%", "0.95 {n 0.95; General}")),
    "a sum inside a group": untidy(
        (r"^\^ \| 效益", "^ | 小计 | < | < |  |  | 50 | 49.6 |  | <\n^ | 效益")
    ),
    "a sum of a named group": untidy(
        (r"^\^ \| 效益", "^ | 产出指标小计 | < | < |  |  | 50 | 49.6 |  | <\n^ | 效益")
    ),
    "a total inside": untidy(
        (r"^\^ \| 效益", "合计 | < | < | < |  |  | 50 | 49.6 |  | <\n绩效指标 | 效益")
    ),
    "execution among the indicators": untidy(
        (
            r"^\^ \| 产出",
            "^ | 预算执行率 | 预算执行率 | 预算执行率 | 100% | 95% | 10 | 9.5 |  | <\n^ | 产出",
        )
    ),
    "execution in one cell": untidy(
        (r"^\^ \| 产出", "^ | 预算执行率（10分） | < | < | 100% | 95% | 10 | 9.5 |  | <\n^ | 产出")
    ),
    "goals in one cell": untidy(
        (
            r"^年度总体目标.*",
            "年度总体目标 | 预期目标：解决12个村饮水不稳定问题，新建蓄水池8座。"
            "实际完成情况：建成蓄水池8座，12个村得到改善。 | <<",
        ),
        (r"^\^ \| 解决12.*\n", ""),
    ),
    "indicators in one cell": untidy(
        (
            r"^\^ \| 产出指标 \| 数量指标.*\n.*\n",
            r"^ | 产出指标 | 数量指标 | 1.新建蓄水池\\n2.铺设管网长度 | "
            r"1.≥8座\\n2.≥25公里 | 1.8座\\n2.24公里 | 10\\n10 | 10\\n9.6 | "
            r"1.\\n2.征地未完成，2024年3月前完成。 | <\n",
        )
    ),
    "short names of levels": untidy(
        ("产出指标", "产出"),
        ("数量指标", "数量"),
        (r"效益指标 \|", "效益 |"),
        ("满意度指标 \\| 服务对象满意度指标", "满意度 | 满意度"),
    ),
    "characters that nobody sees": untidy(
        ("蓄水池", "蓄\u200b水\u202c池\ufeff"), (r"≥25公里", "≥25\u2060公里\xad")
    ),
    "a heading on every page": untidy(
        (r"^\^ \| 效益", f"项目支出绩效自评表（续） | <<\n{HEADING}\n^ | 效益")
    ),
    "the title on every page": untidy(
        (r"^\^ \| 效益", f"项目支出绩效自评表 | <<\n{HEADING}\n^ | 效益")
    ),
    "a year in words": untidy(("（2023年度）", "（二○二三年度）")),
    "an unmerged heading of two rows": unmerged(
        untidy(
            (
                r"^绩效指标.*",
                "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标 | < | 评分 | < | 未完成原因 | <\n"
                "^ | ^ | ^ | ^ | 年度指标值 | 实际完成值 | 分值 | 得分 | ^ | ^",
            )
        )
    ),
    "units below a heading": untidy(
        (r"^\^ \| \^ \| 年度", "^ | ^ | 单位 | 万元 | 万元 | 万元 | 分 | % | 分 | <\n^ | ^ | 年度")
    ),
    "letters below a heading": untidy(
        (r"^\^ \| \^ \| 年度", "^ | ^ |  | （A） | （B） | （C） |  | （C/B） |  | <\n^ | ^ | 年度")
    ),
    "counted columns": untidy((r"^\^ \| 产出", "^ | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | <\n^ | 产出")),
    "points with a star": untidy((r"24公里 \| 10", "24公里 | ★10")),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_what_does_not_matter_changes_nothing(what: str) -> None:
    taken = imported(HARMLESS[what])
    assert apart(taken) == {}
    assert taken.is_complete
    assert taken.choice.rules.profile.name == "财政部2020"


def test_a_form_in_yuan_keeps_the_rules_of_the_site() -> None:
    """No more than the unit tells it from others: its amounts are brought into that of the site."""
    yuan = untidy(
        (r"（万元）", "（元）"),
        (r"\| (\d+) \| (\d+) \| (\d+) \| (10|—) \|", r"| \g<1>0000 | \g<2>0000 | \g<3>0000 | \4 |"),
    )
    taken = imported(yuan)
    assert taken.choice.rules.profile.name == "财政部2020"
    assert apart(taken) == {}


def test_who_signs_a_form_is_kept_and_no_loss() -> None:
    for below in (
        "单位负责人： | < | 王某 | 填表人： | 李某 | < | 联系电话： | 0883-2123456 | < | <",
        "单位负责人（签字）：王某　填表人： 李某　联系电话：0883-2123456 | <<",
        "填报说明 | <<\n一、单位填写。 | <<\n1.其他资金包括和财政资金共同投入的资金。 | <<",
    ):
        taken = imported(f"{TIDY}{below}\n")
        assert apart(taken) == {}
        assert taken.is_complete
        for text in ("王某", "李某", "0883-2123456") if "王某" in below else ("其他资金包括",):
            assert text in taken.text


def test_a_long_text_with_a_year_is_no_year() -> None:
    told = "根据县委2023年度工作要点和水利高质量发展三年行动方案，项目纳入全县民生实事，按月调度"
    taken = imported(f"{TIDY}{told} | <<\n")
    assert [lost.text for lost in taken.draft.lost] == [told]


def test_a_code_is_read_whether_the_form_asks_for_it_or_not() -> None:
    taken = imported(untidy((r"^主管部门", "项目编码 | < | 530902210000000012345 | <<\n主管部门")))
    assert apart(taken) == {"项目编码": "530902210000000012345"}
    assert taken.is_complete


def test_a_row_of_funds_that_the_layout_has_not() -> None:
    more = "^ | ^ | {} | 50 | 50 | 48 | — | — | — | <\n^ | ^ | 其他资金"
    kept = imported(untidy((r"^\^ \| \^ \| 其他资金", more.format("单位自筹"))))
    assert apart(kept)["项目资金/单位自筹/全年执行数"] == 48
    assert kept.draft.doubts
    part = imported(untidy((r"^\^ \| \^ \| 其他资金", more.format("其中：市级"))))
    assert apart(part) == {}
    assert not part.is_complete


def test_a_long_text_is_no_name_of_a_level() -> None:
    told = "县水务局按照批复的实施方案组织实施" * 100
    taken = imported(untidy((r"\| 质量指标", f"| {told}")))
    assert [lost.text for lost in taken.draft.lost] == [told]
    assert taken.document


def test_points_for_two_rows_are_doubtful() -> None:
    taken = imported(untidy(
        (r"8座 \| 10 \| 10", "8座 | 20 | 19.6"), (r"24公里 \| 10 \| 9.6", "24公里 | ^ | ^")
    ))  # fmt: skip
    assert [doubt.text for doubt in taken.draft.doubts] == ["20", "19.6"]


def test_a_table_of_many_projects_with_numbers_in_front_is_read_whole() -> None:
    head = "序号 | 项目名称 | 主管部门 | 实施单位 | 年初预算数 | 全年预算数 | 全年执行数"
    rows = [f"{head} | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因"]
    for at, name in enumerate(("道路工程", "桥梁工程"), start=1):
        for length in (8, 9):
            row = f"{at} | {name} | 交通局 | 公路站 | 100 | 100 | 95 | 产出指标 | 数量指标"
            rows.append(f"{row} | 里程{length} | ≥{length}公里 | {length}公里 | 50 | 50 | 无")
    data = office_xlsx.written(office_forms.parsed("\n".join(rows), "xlsx"))
    paper = office.read("2024.xlsx", data)
    assert isinstance(paper, Paper)
    found = list(take(paper, known()))
    assert [len(one.document.card.points) for one in found if one.document] == [2, 2]
    assert all(one.is_complete for one in found)


def test_points_as_percentages_stay_in_their_columns() -> None:
    taken = imported(untidy((r"24公里 \| 10 \|", "24公里 | 10% |")))
    assert apart(taken) == {}


def test_the_menus_of_a_web_page_are_no_part_of_the_form() -> None:
    page = office_html.written(office_forms.parsed(TIDY, "xlsx"))
    page = page.replace("<body>", "<body><ul><li>首页</li><li>通知公告</li></ul>", 1)
    paper = office.read("公开.html", page.encode())
    assert isinstance(paper, Paper)
    (taken,) = take(paper, known())
    assert apart(taken) == {}
    assert taken.is_complete
    assert taken.draft.around > 1
    assert "通知公告" not in taken.text


def test_a_list_of_the_indicators_of_many_projects_is_no_form() -> None:
    listed = """
    三级指标 | 项目名称 | 年度指标值 | 实际完成值 | 得分
    蓄水池 | 饮水工程 | ≥8座 | 8座 | 10
    管网 | 管网工程 | ≥25公里 | 24公里 | 9.6
    """
    paper = office.read("表.xlsx", office_xlsx.written(office_forms.parsed(listed, "xlsx")))
    assert isinstance(paper, Paper)
    assert list(take(paper, known())) == []


def test_our_own_data_of_a_year_is_known() -> None:
    columns = [column.name for column in PROJECTS.columns]
    paper = office.read("2024.txt", "\t".join(columns).encode())
    assert isinstance(paper, Paper)
    assert is_data(paper)


def test_items_of_a_page_keep_their_numbers() -> None:
    items = "<ol start=2><li><p>保障安全</p></li><li>保障供水</li></ol>"
    page = f"<table><tr><td>{items}</td></tr></table>"
    paper = office.read("表.html", page.encode())
    assert isinstance(paper, Paper)
    assert paper.tables[0].rows[0].texts == ("2. 保障安全\n3. 保障供水",)


def test_a_label_with_its_value_in_one_cell_is_not_blank() -> None:
    """What stands behind the colon is kept, even where nothing knows the label."""
    labelled = untidy((r"^项目名称", "经办处室：农水科 | < | 填报日期： | <<\n项目名称"))
    taken = imported(labelled)
    assert [one.text for one in taken.draft.lost] == ["经办处室：农水科"]
    assert apart(taken) == {}


@pytest.mark.parametrize("seed", range(12))
def test_whatever_a_clerk_types_says_what_the_report_says(seed: int) -> None:
    document = document_of(seed)
    paper = office.read("表.xlsx", handmade.typed(document, seed))
    assert isinstance(paper, Paper)
    (taken,) = take(paper, Catalogue(settings()))
    assert taken.document
    found = unlike(document, taken.document)
    assert {at: both for at, both in found.items() if at[0] != "核对"} == {}
    assert taken.is_complete
    assert [one for one in taken.draft.doubts if "以元计" not in one.reason] == []


def test_more_digits_than_are_shown_are_told() -> None:
    taken = imported(untidy((r"\| 93% \|", "| 93% {n 0.9304; 0%} |")))
    assert apart(taken) == {}
    assert [doubt.text for doubt in taken.draft.doubts] == ["93%"]
    assert "0.9304" in taken.draft.doubts[0].reason


def test_points_as_a_percentage_are_doubtful() -> None:
    taken = imported(untidy((r"\| 10 \| 9\.6 \|", "| 10 | 96% |")))
    assert [(doubt.text, "96 分" in doubt.reason) for doubt in taken.draft.doubts] == [
        ("96%", True)
    ]
