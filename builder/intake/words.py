"""What each word of a form stands for: the words of a layout, and those that others have for it.

Every layout says how its form prints a label. What one calls 全年执行数 and another 预算执行数
is one field, so that the layouts together are the list of synonyms; `MORE` has what offices
write besides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from builder import layouts
from builder.intake.labels import bare, key, of_part
from builder.layouts import FIGURE, TABLE, Layout
from builder.model import TOTAL_ROW

# Where on a form a word stands.
HEAD, TEXT, OPTION = "表头", "文字", "选项"
FUNDS, FUND_COLUMN, FUND_ROW, WAY = "资金", "资金列", "资金行", "分法"
GOALS, GOAL = "目标", "目标列"
COLUMN, GROUP, KIND = "指标列", "一级", "二级"
CLOSING = "合计"
TABLE_NAME, TABLE_ROW, TABLE_COLUMN = "表", "表的行", "表的列"
FRAME = "框"  # a word that frames others and has no value: 绩效指标

WEIGHT_SUM, TOTAL, GRADE, EXECUTION = "分值合计", "总分", "评分等级", "预算执行"


class Role(NamedTuple):
    """What a word stands for: the part of the form, and the label in the author's file. `of` is
    the table that a row or column belongs to, or the 一级指标 of a kind."""

    part: str
    label: str
    of: str = ""


# What offices print and no layout has.
MORE: Mapping[tuple[str, str], tuple[str, ...]] = {
    (HEAD, "项目名称"): ("项目", "项目(资金)名称", "专项名称"),
    (HEAD, "主管部门"): ("主管单位", "预算主管部门", "主管部门及代码", "一级预算单位", "部门名称"),
    (HEAD, "实施单位"): ("项目实施单位", "预算单位", "资金使用单位", "项目承担单位", "实施部门"),
    (HEAD, "项目编码"): ("项目代码", "项目编号", "预算项目编码"),
    (HEAD, "年度"): ("预算年度", "评价年度", "所属年度"),
    (FUND_COLUMN, "年初预算数"): ("年初预算", "年初批复数", "年初数"),
    (FUND_COLUMN, "全年预算数"): ("全年预算", "调整后预算数", "调整预算数", "预算数"),
    (FUND_COLUMN, "全年执行数"): ("全年执行", "执行数", "实际执行数", "支出数", "年度执行数"),
    (FUND_COLUMN, "执行率"): ("预算执行率", "执行率(B/A)"),
    (FUND_COLUMN, "分值"): ("分数", "权重"),
    (FUND_COLUMN, "原因"): ("未完成原因", "备注"),
    (FUND_ROW, TOTAL_ROW): (
        "资金总额", "年度财政资金总额", "总额", "合计", "年度资金", "预算资金总额", "小计",
    ),
    (FUND_ROW, "当年财政拨款"): ("财政拨款", "本年财政拨款", "其中当年财政拨款"),
    (FUND_ROW, "上年结转资金"): ("上年结转", "结转资金", "以前年度结转资金"),
    (TEXT, "资金用途"): ("预算规模及资金用途",),
    (GOAL, "预期目标"): ("年初目标", "年初设定目标", "总体目标", "年度目标", "预期绩效目标"),
    (GOAL, "实际完成情况"): ("完成情况", "目标完成情况", "实际完成"),
    (COLUMN, "三级指标"): ("指标", "具体指标", "指标内容"),
    (COLUMN, "年度指标值"): ("指标值", "目标值", "年度目标值", "计划完成值", "预期指标值"),
    (COLUMN, "实际完成值"): ("完成值", "实际值", "全年完成值", "实际完成", "完成情况"),
    (COLUMN, "分值"): ("分数", "权重", "标准分", "权重分值"),
    (COLUMN, "得分"): ("自评得分", "自评分", "评分", "实际得分"),
    (COLUMN, "偏差原因分析及改进措施"): (
        "偏差原因", "原因分析", "偏差原因及改进措施", "偏差原因分析",
        "未完成原因", "原因分析及改进措施",
        "未完成原因分析与改进措施", "偏差分析及改进措施",
    ),
    (COLUMN, "上年实际实现值"): ("实际实现值", "上年实际值", "上年完成值"),
    (COLUMN, "指标性质"): ("性质", "计算符号", "比较符号", "符号"),
    (COLUMN, FIGURE): ("指标值", "目标值"),
    (COLUMN, "计量单位"): ("度量单位", "单位"),
    (CLOSING, TOTAL): ("合计", "总计", "得分合计", "自评总分", "自评得分", "总得分"),
    (CLOSING, GRADE): ("自评等级", "等级", "评价等级"),
}  # fmt: skip
# What a report may say though its form does not ask for it.
_ANYWHERE = ("项目编码",)
_FRAMES = ("绩效指标", "年度绩效指标", "绩效指标完成情况", "年度绩效目标完成情况", "年度总体目标",
           "绩效目标", "总体目标完成情况", "项目基本情况", "绩效评价指标评分")  # fmt: skip
# A target in three columns is a target, whether the layout has one column for it or three.
_PARTS = ("指标性质", "指标方向", FIGURE, "计量单位")


def spoken(layout: Layout) -> Iterator[tuple[Role, str]]:
    """What a form of this layout prints, and what it stands for."""
    for label in chain(*layout.head):
        yield Role(HEAD, label), layout.word(label)
    yield Role(FUNDS, FUNDS), layout.funds.heading
    if layout.has(layouts.FUNDS):
        yield from _of_funds(layout)
    if layout.has(layouts.GOALS):
        yield Role(GOALS, GOALS), layout.goals.heading
        yield from ((Role(GOAL, column), word) for column, word in layout.goals.columns.items())
    if layout.has(layouts.INDICATORS):
        yield from _of_indicators(layout)
    if layout.has(layouts.TOTAL):
        yield from ((Role(CLOSING, name), layout.word(name)) for name in layout.closing)
    yield from _of_entries(layout)


def _of_funds(layout: Layout) -> Iterator[tuple[Role, str]]:
    funds = layout.funds
    yield from ((Role(FUND_COLUMN, column), word) for column, word in funds.columns.items())
    yield Role(FUND_ROW, TOTAL_ROW), layout.word(TOTAL_ROW)
    for name, row in funds.rows.items():
        yield Role(FUND_ROW, name), row.heading
        yield Role(FUND_ROW, name), name
        if row.way:
            yield Role(WAY, row.way), layout.word(row.way)


def _of_indicators(layout: Layout) -> Iterator[tuple[Role, str]]:
    block = layout.indicators
    yield from ((Role(COLUMN, column), word) for column, word in block.columns.items())
    for group, kinds in block.groups.items():
        yield Role(GROUP, group), group
        yield from ((Role(KIND, kind, group), kind) for kind in kinds)


def _of_entries(layout: Layout) -> Iterator[tuple[Role, str]]:
    for name, entry in layout.entries.items():
        if entry.kind == TABLE:
            yield Role(TABLE_NAME, name), layout.word(name)
            for part, labels in ((TABLE_COLUMN, entry.columns), (TABLE_ROW, entry.row_names)):
                yield from ((Role(part, label, name), layout.word(label)) for label in labels)
        elif name in layout.blocks:
            yield Role(TEXT, name), layout.word(name)


class Words:
    """The words of one layout: its own first, then those that others have for the same."""

    def __init__(self, layout: Layout, shared: Mapping[tuple[str, str], Iterable[str]]) -> None:
        self.layout = layout
        self.own: dict[str, list[Role]] = defaultdict(list)
        self._others: dict[str, list[Role]] = defaultdict(list)
        known = list(spoken(layout))
        self.spoken = dict(known)
        """What the form prints for each role, the last word where it has several."""
        for role, word in known:
            _add(self.own, word, role)
        roles = [*self.spoken]
        roles += [Role(HEAD, label) for label in _ANYWHERE if Role(HEAD, label) not in roles]
        if any(role.part == COLUMN and role.label == "年度指标值" for role in roles):
            roles += [Role(COLUMN, part) for part in _PARTS]
        for role in roles:
            for word in shared.get((role.part, role.label), ()):
                _add(self._others, word, role)
        for label in _ANYWHERE:
            _add(self._others, label, Role(HEAD, label))
        for word in _FRAMES:
            if key(word) not in self.own:
                _add(self._others, word, Role(FRAME, word))

    def roles(self, text: str) -> tuple[Role, ...]:
        """What a text of the form may stand for; () for one that is no label."""
        for known in (self.own, self._others):
            if found := known.get(key(text)) or known.get(bare(text)):
                return tuple(found)
        part = of_part(text)
        return tuple(self.own.get(part) or self._others.get(part) or ())

    def role(self, text: str, *parts: str) -> Role | None:
        """What a text stands for in one of these parts of the form."""
        for known in (self.own, self._others):
            for word in (key(text), bare(text), of_part(text)):
                for found in known.get(word, ()):
                    if found.part in parts:
                        return found
            if key(text) in known:  # what the form itself calls so is nothing else
                return None
        return None


def _add(known: dict[str, list[Role]], word: str, role: Role) -> None:
    for spelled in {key(word), bare(word), *((of_part(word),) if role.part == FUND_ROW else ())}:
        if spelled and role not in known[spelled]:
            known[spelled].append(role)


def shared_words(all_layouts: Iterable[Layout]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Every word that any layout, or `MORE`, has for a label of a part of the form."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for layout in all_layouts:
        for role, word in spoken(layout):
            found[role.part, role.label][word] = None
    for place, words in MORE.items():
        found[place] |= dict.fromkeys(words)
    return {place: tuple(words) for place, words in found.items()}
