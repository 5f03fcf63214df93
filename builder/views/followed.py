"""What became of last year's deviations, told on the page of the form that comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from builder.content import Deviation, Summary, addresses, earlier_deviations
from builder.text import figure
from builder.views.page import Link
from builder.views.register import became, course, remedy_views, row_of


@dataclass(frozen=True, slots=True)
class FollowedView:
    """A deviation of the form before: `row` is its place on this form, "" where it has none."""

    name: str
    row: str
    now: str
    before: Link
    measure: Markup
    source: str


def followed(years: Sequence[Summary], id_: str) -> Iterator[FollowedView]:
    """The deviations of the form before the one with this 编号; `years` are all of its project."""
    for summary in years:
        if summary.id == id_ and not summary.is_planned:
            yield from (_followed(one) for one in earlier_deviations(summary, years))


def _followed(one: Deviation) -> FollowedView:
    before, line, later = one.summary, one.line, one.later
    assert later
    page = addresses.report_page(before.year, before.stem)
    lost = f"扣 {figure(line.lost, before.point_digits)} 分" if line.lost else ""
    _, measure, source = remedy_views(one.remedy)
    return FollowedView(
        name=line.name,
        row=row_of(later.line) if later.line else "",
        now=_joined(course(later.line) if later.line else "", became(later)),
        before=Link(f"{before.year}年度：{_joined(course(line), lost)}", f"{page}#{row_of(line)}"),
        measure=measure,
        source=source,
    )


def _joined(*texts: str) -> str:
    return "，".join(filter(None, texts))
