"""What a layout may call the fields of its own (栏目): any name that nothing else goes by.

A field under the label of another one would be filled with what was typed there, and an
内部备注 or a 核对 would be printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from builder.diagnostics import Diagnostics, catalogue
from builder.layouts import COLUMNS, COMPUTED, FUNDS, GOALS, HEAD, INDICATORS, TOTAL, Layout
from builder.model.report import Indicator, Report
from builder.records import Record
from builder.source import Location, Source
from builder.text import folded_name

ENTRIES = "栏目"


def _labels(record: type[Record]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in record.model_fields.items())


# Beside the fields: what is worked out, and stands under these names in report.json.
OF_REPORTS = _labels(Report) | {
    HEAD, FUNDS, GOALS, INDICATORS, TOTAL, "编号", "版式", "评分规则自年度", "版式自年度",
    "支出类别", "分值合计", "总分", "评分等级",
}  # fmt: skip
# What a form works out (指标性质, 得分系数) another one may have typed.
OF_INDICATORS = _labels(Indicator) | ({*COLUMNS} - COMPUTED) | {"计算得分", "评分方式", "评分说明"}


def names_are_free(layout: Layout, text: Source, diagnostics: Diagnostics) -> bool:
    """Whether every field that the layout adds has a name of its own; others are reported."""
    is_free = True
    for location, name in _taken(layout):
        diagnostics.report(catalogue.TAKEN_NAME, text.spans.key(location), name=name)
        is_free = False
    return is_free


def _taken(layout: Layout) -> Iterator[tuple[Location, str]]:
    inside: Mapping[Location, tuple[Mapping[str, Any], frozenset[str]]] = {
        (ENTRIES,): (layout.declared, OF_REPORTS),
        (INDICATORS, ENTRIES): (layout.indicators.declared, OF_INDICATORS),
    }
    for location, (entries, taken) in inside.items():
        for name in entries:
            if folded_name(name) in taken:
                yield (*location, name), name
