"""What a form says without a label: the project in its title, the office above it."""

from __future__ import annotations

import re

from builder.intake.draft import Doubt, Draft
from builder.intake.forms import Form
from builder.intake.texts import line
from builder.layouts import Layout
from builder.model import Report

_OFFICE = re.compile(
    r"(?:[0-9]{3,}[-—]?)?(?P<name>[\u3400-\u9fff()（）]{2,40}(?:局|院|委|委员会|厅|部|中心|处|办|办公室|署|校|学院|馆|"
    r"站|所|队|会|社|政府|集团|公司|医院|法院|检察院))"
)
_PROJECT = re.compile(r"(?P<name>.*项目)?(?:绩效)")


def supply(draft: Draft, form: Form, layout: Layout) -> None:
    """Take the name of a project from its title, and of its unit from what stands above the form,
    where no label has them. Both are doubtful, and told."""
    labels = [label for row in layout.head for label in row]
    name, unit = Report.label("name"), Report.label("unit")
    if name in labels and not draft.values.get(name) and (found := _in_title(form.title)):
        draft.values[name] = found
        draft.doubts.append(Doubt(form.place, form.title, f"表上没有项目名称，取自表名：{found}"))
    if unit not in labels or draft.values.get(unit):
        return
    for lost in draft.lost:
        if not lost.beside and (office := _OFFICE.fullmatch(line(lost.text))):
            draft.values[unit] = office["name"]
            draft.doubts.append(Doubt(lost.place, lost.text, "没有写明是哪个单位，当作实施单位"))
            again = [one for one in draft.lost if _office(one.text) == office["name"]]
            draft.lost = [one for one in draft.lost if one not in again]
            return


def _office(text: str) -> str:
    found = _OFFICE.fullmatch(line(text))
    return found["name"] if found else ""


def _in_title(title: str) -> str:
    """服务贸易项目绩效自评表 is about 服务贸易项目; what only says which kind of form it is, is
    about nothing."""
    flat = re.sub(r"\s+", "", re.sub(r"^[0-9]{4}\s*年度?", "", title.strip()))
    found = _PROJECT.match(flat)
    name = found["name"] if found and found["name"] else ""
    return name if len(name) > 4 and "预算项目" not in name and "部门" not in name else ""
