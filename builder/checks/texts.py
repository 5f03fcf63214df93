"""C5 goals, C6 texts: does the report say something, and cleanly?"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from difflib import SequenceMatcher

from builder.checks.inspection import Inspection, label_of
from builder.diagnostics import catalogue
from builder.scoring import Bound
from builder.text import has_stray_space, literal_mark, markup_of

ALIKE = 0.9
COMPARED = 2000  # characters: comparing costs their square
BARE_GOAL = re.compile(r"[0-9.,，]+\s*(?:万元|元)?")
LITERAL = "网页和 PDF 会照原样显示；请改成普通文字。能用的只有分段、列表和加粗（**…**）"
CODE_PREFIX = re.compile(r"([0-9]{3,})\s*[-－—_ ]\s*\S")
# 2023年, 2023-2025年, (2023) or a year at the end; not the 2000 of 2000平方米
YEAR = re.compile(r"(?<![0-9.])(20[0-9]{2})(?=\s?(?:年|[-—–~～至到]\s?20[0-9]{2}|[)）】]|$))")
QUANTITY = re.compile(
    r"(?<![0-9.])([0-9]{1,15}(?:\.[0-9]{1,10})?)\s?(万)?([^\s0-9，。；、,;（）()%]{1,3})"
)


def results_are_not_goals(inspection: Inspection) -> None:
    document, report = inspection.document, inspection.document.report
    expected, achieved = _bare(report.expected), _bare(report.achieved)
    how = ""
    if not expected:
        return
    if expected == achieved:
        how = "完全相同"
    elif _alike(expected[:COMPARED], achieved[:COMPARED]):
        how = "几乎相同"
    if how:
        at = document.key("年度总体目标", "实际完成情况")
        inspection.find(catalogue.GOAL_REPEATED, at, how=how)


def _alike(one: str, other: str) -> bool:
    """Whether two texts differ in hardly more than a word; the cheap bounds come first."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(bound() >= ALIKE for bound in bounds)


def _bare(text: str) -> str:
    """A goal without what only marks it as done, for comparison."""
    return re.sub(r"[了已\s，。；、,.;]", "", text)


def goals_say_something(inspection: Inspection) -> None:
    document, report = inspection.document, inspection.document.report
    for label, text in (
        ("预期目标", report.expected),
        ("实际完成情况", report.achieved),
    ):
        what = ""
        if BARE_GOAL.fullmatch(text):
            what = "一个数"
        elif text.rstrip("。") == report.name:
            what = "项目名称"
        if what:
            at = document.at("年度总体目标", label)
            inspection.find(catalogue.GOAL_EMPTY, at, label=label, what=what)


def goals_agree_with_targets(inspection: Inspection) -> None:
    """A number with a unit that stands once in the goal and once among the targets is the same."""
    document = inspection.document
    mentioned: dict[str, list[tuple[str, str]]] = {}
    for number, magnitude, words in QUANTITY.findall(document.report.expected):
        for length in range(1, len(words) + 1):
            mentioned.setdefault(words[:length], []).append((number, magnitude))
    targets = [point.target for point in document.card.points]
    units = Counter(target.unit for target in targets if isinstance(target, Bound))
    for point in document.card.points:
        target = point.target
        if not isinstance(target, Bound) or target.unit in ("", "%") or units[target.unit] > 1:
            continue
        mentions = mentioned.get(target.unit, [])
        if len(mentions) != 1:
            continue
        number, magnitude = mentions[0]
        if Decimal(number) * (10_000 if magnitude else 1) != target.value:
            inspection.find(
                catalogue.GOAL_NUMBER,
                document.of(point, "年度指标值"),
                label="预期目标",
                goal=f"{number}{magnitude}{target.unit}",
                name=point.indicator.name,
                target=point.indicator.target,
            )


def texts_are_clean(inspection: Inspection) -> None:
    document = inspection.document
    for location, text in inspection.texts():
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
    for label, text in (("项目名称", report.name), ("项目编码", report.code or "")):
        years = {int(year) for year in YEAR.findall(text if label == "项目名称" else text[:4])}
        # 2023—2025年 names a span that the year may lie in.
        if years and not min(years) <= report.year <= max(years):
            found = "、".join(str(year) for year in sorted(years))
            at = document.at(label)
            inspection.find(catalogue.OTHER_YEAR, at, label=label, found=found, year=report.year)


def units_are_named_plainly(inspection: Inspection) -> None:
    document, report = inspection.document, inspection.document.report
    for label, text in (("主管部门", report.department), ("实施单位", report.unit)):
        found = CODE_PREFIX.match(text)
        if found:
            inspection.find(catalogue.CODE_PREFIX, document.at(label), label=label, prefix=found[1])


CHECKS = (
    results_are_not_goals,
    goals_say_something,
    goals_agree_with_targets,
    texts_are_clean,
    names_are_of_the_year,
    units_are_named_plainly,
)
