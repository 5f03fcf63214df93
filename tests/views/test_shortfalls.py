"""Where points were lost: bars that add up to what is told, and links to the same deviations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from builder.content import Deviation, Line, Summary, summarize
from builder.scoring import Remedy
from builder.views.shortfalls import MOST, LossRow, causes_chart, loss_view
from tests.support.pages import document
from tests.support.reports import GOOD
from tests.support.wholes import whole

PROJECT, WHOLE = summarize(document(GOOD)), summarize(whole())
assert PROJECT.execution
EXECUTION = PROJECT.execution
POINTS = st.decimals(0, 10, places=2)
KINDS = st.sampled_from([f"指标{n}" for n in range(14)] + [""])


def narrowed(asked: Mapping[str, str]) -> str:
    return f"register?{urlencode(asked)}"


@st.composite
def reports(draw: st.DrawFn) -> list[Summary]:
    """Reports of one sum of points, each indicator of some kind."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        lines = tuple(
            replace(
                PROJECT.indicators[0], number=place, kind=draw(KINDS), group="产出",
                weight=Decimal(10), awarded=Decimal(10) - draw(POINTS),
            )
            for place in range(1, 10)
        )  # fmt: skip
        execution = replace(EXECUTION, weight=Decimal(10), awarded=Decimal(10) - draw(POINTS))
        found.append(replace(PROJECT, stem=f"p{number}", indicators=lines, execution=execution))
    return found


def every(found: list[Summary]) -> list[Line]:
    return [line for s in found for line in (s.execution, *s.indicators) if line and line.lost]


def told(summary: Summary, line: Line, cause: str = "", measure: str = "") -> Deviation:
    return Deviation(summary, line, Remedy(cause, measure), None)


def lost(row: LossRow) -> Decimal:
    return Decimal(row.lost)


@given(reports())
def test_bars_add_up_to_what_is_told(found: list[Summary]) -> None:
    deviations = [told(s, line) for s in found for line in s.indicators if line.lost]
    view, lines = loss_view(found, deviations, narrowed), every(found)
    kinds = {line.kind or line.group for line in lines}
    if view is None:
        assert len(kinds) < 2
        return
    total = sum((line.lost or Decimal() for line in lines), Decimal())
    assert lost(view.total) == total == sum(map(lost, view.rows))
    assert int(view.total.count) == len(lines) == sum(int(row.count) for row in view.rows)
    assert f"共扣{view.total.lost}分" in view.title
    assert len(view.rows) <= MOST + 1
    own = [row for row in view.rows if not row.link.text.startswith("其余 ")]
    assert [*map(lost, own)] == sorted(map(lost, own), reverse=True)
    for row in own:
        part = [line for line in lines if (line.kind or line.group) == row.link.text]
        assert lost(row) == sum((line.lost or Decimal() for line in part), Decimal())
        drawn = Decimal(row.length.removesuffix("%"))
        assert abs(drawn - lost(row) * 100 / lost(own[0])) <= Decimal("0.01")
        is_listed = row.link.text in {one.line.kind for one in deviations}
        assert bool(row.link.path) == is_listed
        if is_listed:
            assert row.link.path == narrowed({"类别": row.link.text})
    if "最多" in view.title:
        name = re.search("分，(.+)最多，扣(.+)分$", view.title)
        assert name
        assert (name[1], name[2]) == (own[0].link.text, own[0].lost)
        assert lost(own[0]) > lost(own[1])
    else:
        assert lost(own[0]) == lost(own[1])


def two_kinds() -> list[Summary]:
    first = replace(PROJECT.indicators[0], weight=Decimal(50), awarded=Decimal(45), kind="甲")
    return [replace(PROJECT, indicators=(first, replace(first, awarded=Decimal(49), kind="乙")))]


def test_points_of_different_sums_are_not_added_up() -> None:
    found = two_kinds()
    assert loss_view(found, [], narrowed)
    other = replace(found[0], stem="other", indicators=found[0].indicators[:1])
    assert loss_view([*found, other], [], narrowed) is None
    more = replace(found[0].indicators[0], awarded=Decimal(51))
    over = replace(found[0], indicators=(more, *found[0].indicators))
    assert loss_view([over], [], narrowed) is None
    assert loss_view([], [], narrowed) is None


def test_what_contains_others_is_not_in_it() -> None:
    found = two_kinds()
    assert loss_view([*found, WHOLE], [], narrowed) == loss_view(found, [], narrowed)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=40))
def test_what_is_written_is_counted(pairs: list[tuple[bool, bool]]) -> None:
    line = PROJECT.indicators[0]
    deviations = [told(PROJECT, line, "因为" * cause, "改进" * how) for cause, how in pairs]
    chart = causes_chart(deviations, narrowed)
    expected = [
        sum(how for _, how in pairs),
        sum(cause and not how for cause, how in pairs),
        sum(not cause and not how for cause, how in pairs),
    ]
    if chart is None:
        assert sum(number > 0 for number in expected) < 2
        return
    assert [int(number) for _, number in chart.rows] == [number for number in expected if number]
    assert f"{len(pairs)}项偏差中，{expected[0]}项" in chart.title
    ((one,),) = [extremes.members for extremes in chart.extremes]
    assert one.figure == f"{expected[1] + expected[2]}项"
    assert one.link.path == narrowed({"无改进措施": "1"})
    wide = sum((Decimal(s.width.rstrip("%")) for s in chart.shapes if s.kind == "bar"), Decimal())
    assert abs(wide - 100) < Decimal("0.1")
