"""The register of deviations: what fell short, and what the project's next form says of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from builder.content import Line, Summary, deviations_of, earlier_deviations, grouped, summarize
from builder.model import TARGET
from tests.support.pages import document
from tests.support.reports import GOOD

ONE = summarize(document(GOOD))
LINE = Line(
    1, "数量指标", "2023年度培训人次", "≥2次", "1次", Decimal(10), Decimal(5),
    "人手不足。下一步补充人员。", is_deviation=True,
)  # fmt: skip
OTHER = replace(LINE, number=2, name="满意度", kind="服务对象满意度指标")


def of(year: int, *lines: Line, stem: str = "p", **changes: object) -> Summary:
    execution = replace(ONE.execution, is_deviation=False) if ONE.execution else None
    found = replace(ONE, year=year, stem=stem, code=None, indicators=lines, execution=execution)
    return replace(found, **changes)  # type: ignore[arg-type]


def told(*every: Summary, year: int = 2023) -> list[tuple[str, int | None, str | None]]:
    """The deviations of a year: name, the year of the next form, the result in it."""
    years = grouped(every, lambda s: s.project)
    found = deviations_of((s for s in every if s.year == year), years)
    return [
        (
            one.line.name,
            one.later.summary.year if one.later else None,
            one.later.line.actual if one.later and one.later.line else None,
        )
        for one in found
    ]


def test_what_became_of_it_stands_in_the_next_form_under_the_same_name() -> None:
    later = replace(LINE, number=3, name="2024年度培训人次", actual="3次", is_deviation=False)
    last = replace(later, name="2025年度培训人次", actual="9次")
    name = LINE.name
    assert told(of(2023, LINE), of(2024, OTHER, later), of(2025, last)) == [(name, 2024, "3次")]
    assert told(of(2023, LINE), of(2025, last)) == [(name, 2025, "9次")]
    assert told(of(2023, LINE), of(2024, OTHER)) == [(name, 2024, None)]
    assert told(of(2023, LINE)) == [(name, None, None)]
    assert told(of(2023, LINE), of(2022, later)) == [(name, None, None)]


def test_nothing_is_said_where_it_is_not_certain_who_goes_on() -> None:
    later = replace(LINE, name="2024年度培训人次", actual="3次")
    twins = of(2024, later), of(2024, later, stem="q", name="别的")
    both = [replace(one, code="X1") for one in (of(2023, LINE), *twins)]
    assert told(*both) == [(LINE.name, None, None)]
    assert told(of(2023, LINE), of(2024, later, replace(later, number=2))) == [
        (LINE.name, None, None)
    ]
    assert told(of(2023, LINE, replace(LINE, number=2)), of(2024, later))[0][1] is None
    # Of two with one name the one in the same place goes on; what stands elsewhere does not.
    elsewhere = replace(later, number=2, kind="质量指标", actual="8次")
    assert told(of(2023, LINE), of(2024, elsewhere, later)) == [(LINE.name, 2024, "3次")]
    assert told(of(2023, LINE), of(2024, elsewhere)) == [(LINE.name, 2024, None)]


def test_a_table_of_targets_tells_of_no_result() -> None:
    assert told(of(2023, LINE), of(2024, LINE, stage=TARGET)) == [(LINE.name, None, None)]


def test_the_execution_is_one_of_them_and_comes_first() -> None:
    assert ONE.execution
    short = replace(ONE.execution, is_deviation=True)
    before, after = of(2023, LINE, execution=short), of(2024, execution=ONE.execution)
    assert told(before, after) == [
        ("预算执行", 2024, ONE.execution.actual), (LINE.name, 2024, None),
    ]  # fmt: skip
    assert told(of(2023, LINE)) == [(LINE.name, None, None)]


def test_a_form_answers_for_the_one_before() -> None:
    first, second, third = of(2022, OTHER), of(2023, LINE), of(2024, LINE)
    years = [third, second, first]
    assert [one.line.name for one in earlier_deviations(third, years)] == [LINE.name]
    assert [one.line.name for one in earlier_deviations(second, years)] == [OTHER.name]
    assert not earlier_deviations(first, years)
    assert earlier_deviations(third, years)[0].remedy.measure == "下一步补充人员。"


def test_amounts_and_measures_come_from_the_form() -> None:
    card, execution = document(GOOD).card, ONE.execution
    assert execution
    assert execution.target == f"{card.execution.total.budget}万元"
    assert execution.weight == card.execution.weight
    assert [line.group for line in ONE.indicators] == [point.path[0] for point in card.points]
