"""What reports say of problems, reasons and measures, as far as they tell them apart.

Most forms have one column for reasons and measures together: what stands there stays together.
Only a field that a layout calls a problem or a measure is told as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.model import values
from builder.opendata import Subject
from builder.scoring import names_measures, reason_of
from builder.text import to_plain

_PROBLEMS = re.compile(r"(存在的?|主要)问题")


def problems(subject: Subject) -> str | None:
    """What its author calls problems, a line each; None where there are none."""
    return _lines(text for name, text in _told(subject) if _PROBLEMS.fullmatch(name))


def measures(subject: Subject) -> str | None:
    """What its author calls measures, and nothing else."""
    return _lines(text for name, text in _told(subject) if names_measures(name))


def reasons(subject: Subject) -> str | None:
    """Reasons and measures in one: of the execution, of the indicators, of the form as a whole."""
    report = subject.report
    found = [("预算执行", reason_of(report.execution_note))]
    found += [(i.name, reason_of(i.reason)) for _, i in report.indicators()]
    found += [(name, text) for name, text in _told(subject) if "原因" in name]
    return _lines(f"{name}：{text}" for name, text in found if text)


def _told(subject: Subject) -> Iterator[tuple[str, str]]:
    """The texts in fields that only the layout has: what they are called, and the text; in a
    table they are called by their column."""
    for label, row, column, value in values(subject.report):
        if isinstance(value, str) and (text := reason_of(value)):
            yield column or label, f"{row}：{text}" if row else text


def _lines(texts: Iterator[str]) -> str | None:
    return "\n".join(map(to_plain, texts)) or None
