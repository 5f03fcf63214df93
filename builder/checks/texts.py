"""C5 goals, C6 texts: does the report say something, and cleanly?"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from difflib import SequenceMatcher

from builder.checks.inspection import Inspection, label_of
from builder.checks.rates import measures
from builder.diagnostics import catalogue
from builder.scoring import Document, reason_of
from builder.text import has_stray_space, literal_mark, markup_of

ALIKE = 0.9
COMPARED = 2000  # characters: comparing costs their square
PART = 8  # characters; shorter ones are alike by chance
BARE_GOAL = re.compile(r"[0-9.,，]{1,40}\s*(?:万元|元|万|%|％)?")
SAME = frozenset({"同上", "同左", "同预期目标", "同年度目标"})
LITERAL = "网页和 PDF 会照原样显示；请改成普通文字。能用的只有分段、列表和加粗（**…**）"
CODE_PREFIX = re.compile(r"([0-9]{3,})\s*[-－—_ ]\s*\S")
# A name may begin with a year or a date, but not with 51000021R000000019951-.
LONG_PREFIX = re.compile(r"([0-9][0-9A-Za-z]{9,40})\s*[-－—_]\s*\S")
# 2023年, 2023-2025年, (2023) or a year at the end; not the 2000 of 2000平方米
YEAR = re.compile(r"(?<![0-9.])(20[0-9]{2})(?=\s?(?:年|[-—–~～至到]\s?20[0-9]{2}|[)）】]|$))")
YEAR_NUMBER = re.compile("(?:19|20)[0-9]{2}")
# What makes another unit of one: 人次, 个月, 户均, 年度.
GOES_ON = frozenset("次月均度级")
QUANTITY = re.compile(
    r"(?<![0-9.第约近~～—至到-])([0-9]{1,15}(?:\.[0-9]{1,10})?)\s?(万)?([^\s0-9，。；、,;（）()%]{1,3})"
)


def results_are_not_goals(inspection: Inspection) -> None:
    document = inspection.document
    how = _repeated(document)
    if how:
        at = document.key("年度总体目标", "实际完成情况")
        inspection.find(catalogue.GOAL_REPEATED, at, how=how)


def _repeated(document: Document) -> str:
    """How much of the result is the goal once more, in words; `""` where it says something new."""
    goals = document.report.goals
    texts = (goals.expected, goals.achieved) if goals else ()
    if not goals or any(not text or _nothing(document, text) for text in texts):
        return ""  # told by itself, and both are to be written anew
    expected, achieved = _bare(goals.expected)[:COMPARED], _bare(goals.achieved)[:COMPARED]
    if expected == achieved:
        return "完全相同"
    matcher = SequenceMatcher(None, expected, achieved, autojunk=False)
    # The cheap bounds come first.
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    if all(bound() >= ALIKE for bound in bounds):
        return "几乎相同"
    shared = (Counter(expected) & Counter(achieved)).total()
    if len(achieved) < PART or shared < ALIKE * len(achieved):
        return ""
    copied = sum(block.size for block in matcher.get_matching_blocks() if block.size >= PART)
    return "的一段相同" if copied >= ALIKE * len(achieved) else ""


def _bare(text: str) -> str:
    """A goal without what only marks it as done, for comparison."""
    return re.sub(r"[了已\s，。；、,.;]", "", text)


def goals_say_something(inspection: Inspection) -> None:
    document, goals = inspection.document, inspection.document.report.goals
    if goals is None:
        return
    for label, text in (("预期目标", goals.expected), ("实际完成情况", goals.achieved)):
        if text and (what := _nothing(document, text)):
            at = document.at("年度总体目标", label)
            inspection.find(catalogue.GOAL_EMPTY, at, label=label, what=what)


def _nothing(document: Document, text: str) -> str:
    """What stands where a goal or a result should be told; `""` where it is told."""
    bare = text.strip().rstrip("。.！!")
    if bare == document.report.name:
        return "项目名称"
    if not reason_of(bare) or bare in SAME or document.profile.tier_of(bare):
        return f"“{bare}”"
    return "一个数" if BARE_GOAL.fullmatch(bare) else ""


def goals_agree_with_targets(inspection: Inspection) -> None:
    """A number with a unit that stands once in the goal and once among the targets is the same,
    and so is one of the result among the results."""
    document, report = inspection.document, inspection.document.report
    for label, text, field in (
        ("预期目标", report.expected, "年度指标值"),
        ("实际完成情况", report.achieved, "实际完成值"),
    ):
        values = [(point, value) for point in document.card.points
                  for name, _, value in measures(point) if name == field]  # fmt: skip
        units = Counter(value.unit for _, value in values)
        for point, value in values:
            mentions = _mentions(text, value.unit) if units[value.unit] == 1 else []
            if len(mentions) != 1 or value.value == mentions[0][1]:
                continue
            if field == "实际完成值" and (_repeated(document) or not report.expected):
                return  # a result that was, or may be, copied has the numbers of its goal
            inspection.find(
                catalogue.GOAL_NUMBER,
                document.of(point, field),
                label=label,
                goal=mentions[0][0],
                name=point.indicator.name,
                field=field,
                value=point.indicator.target if field == "年度指标值" else point.indicator.actual,
            )


def _mentions(text: str, unit: str) -> list[tuple[str, Decimal]]:
    """The quantities of a unit in a text, each as written and its value.

    Not the 年 of 2024年, the 人 of 人次, nor what is counted off or rounded (第3期, 约500人).
    """
    found = []
    for match in QUANTITY.finditer(text) if unit not in ("", "%") else ():
        number, magnitude, words = match.groups()
        is_unit = words.startswith(unit) and words[len(unit) : len(unit) + 1] not in GOES_ON
        is_year = unit == "年" and YEAR_NUMBER.fullmatch(number)
        if is_unit and not is_year:
            value = Decimal(number) * (10_000 if magnitude else 1)
            found.append((f"{number}{magnitude or ''}{unit}", value))
    return found


def texts_are_clean(inspection: Inspection) -> None:
    document = inspection.document
    for location, text in inspection.texts:
        if document.is_unread(*location):
            continue
        label, at = label_of(location), document.at(*location)
        tags = markup_of(text)
        if tags:
            inspection.find(catalogue.STRAY_MARKUP, at, label=label, what=f"网页标签 {tags[0]}")
        # Only spaces the author typed: folding a long line puts one there, too.
        elif any(has_stray_space(line.strip()) for line in document.source.excerpt(at)):
            inspection.find(catalogue.STRAY_MARKUP, at, label=label, what="汉字之间的空格")
        if mark := literal_mark(text):
            what = f"{mark[0]} {mark[1]}"
            inspection.find(catalogue.STRAY_MARKUP, at, hint=LITERAL, label=label, what=what)
        private = next((c for c in text if "\ue000" <= c <= "\uf8ff" or ord(c) >= 0xF0000), None)
        if private:
            code = f"{ord(private):04X}"
            inspection.find(catalogue.PRIVATE_USE, at, label=label, code=code)


def names_are_of_the_year(inspection: Inspection) -> None:
    document, report = inspection.document, inspection.document.report
    if f"{report.year}" != document.folder:
        return  # told by itself; which of both is meant is not known
    for label, text in (("项目名称", report.name), ("项目编码", report.code or "")):
        years = {int(year) for year in YEAR.findall(text if label == "项目名称" else text[:4])}
        # 2023—2025年 names a span that the year may lie in.
        if years and not min(years) <= report.year <= max(years):
            found = "、".join(str(year) for year in sorted(years))
            at = document.at(label)
            inspection.find(catalogue.OTHER_YEAR, at, label=label, found=found, year=report.year)


def names_are_plain(inspection: Inspection) -> None:
    document, report = inspection.document, inspection.document.report
    names = {"项目名称": report.name, "主管部门": report.department, "实施单位": report.unit}
    for label, text in names.items():
        if document.typed(label) is None:
            continue  # a form about a whole office says only once whose it is
        found = (LONG_PREFIX if label == "项目名称" else CODE_PREFIX).match(text)
        if found:
            inspection.find(catalogue.CODE_PREFIX, document.at(label), label=label, prefix=found[1])


CHECKS = (
    results_are_not_goals,
    goals_say_something,
    goals_agree_with_targets,
    texts_are_clean,
    names_are_of_the_year,
    names_are_plain,
)
