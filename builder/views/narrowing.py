"""What other pages ask of the register: its rows of an office, of a kind, and where these are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from builder.content import Summary, addresses, grouped, short_lines
from builder.views.paging import ROWS
from builder.views.table import OFFICES, by_weight, noun

OF_PROJECTS, OF_OFFICES = "项目指标", "整体指标"  # what else a 类别 may be in an address

Places = Mapping[tuple[int, str], int]
"""Numbers of pages, from 1, by year and department."""


def register_places(years: Mapping[str, Sequence[Summary]]) -> Places:
    """On which page of the register of a year each department begins that is in it."""
    found: dict[tuple[int, str], int] = {}
    for members in years.values():
        rows = 0
        for summary in in_order(members):
            short = len(short_lines(summary))
            if short:
                found.setdefault((summary.year, summary.department), rows // ROWS + 1)
            rows += short
    return found


def in_order(members: Sequence[Summary]) -> list[Summary]:
    """The reports of a year as their register has them: by department."""
    parts = grouped(members, lambda s: s.department).items()
    return [s for _, part in sorted(parts, key=by_weight) for s in part]


def narrowed(year: int, asked: Mapping[str, str]) -> str:
    """The register of a year, narrowed where there are scripts."""
    return f"{addresses.deviations_page(year)}?{urlencode(asked)}"


def of_department(department: str) -> Mapping[str, str]:
    """What is asked of the register for the rows of a department."""
    return {"部门": department}


def of_unit(department: str, unit: str) -> Mapping[str, str]:
    """The same for a unit of it. In quotes only that of just this name is meant."""
    return {"部门": department, "词": f"“{unit}”"}


def of_indicators(members: Iterable[Summary]) -> Mapping[str, str]:
    """The same for what `Statistics.deviations` counts of `members`: neither 预算执行, nor what is
    not counted with them."""
    return {"类别": group_of(members)}


def anchor(department: str) -> str:
    """The place on a page of the register where a department begins."""
    return f"department-{addresses.segment(department)}"


def group_of(members: Iterable[Summary]) -> str:
    """Of which group the indicators are that are counted of these reports."""
    return OF_OFFICES if noun(members) == OFFICES else OF_PROJECTS
