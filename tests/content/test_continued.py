"""Who goes on over the years of a project: none is lost, none stands twice, none is guessed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from builder.content import Course, Line, Summary, courses, summarize, with_results
from builder.model import TARGET
from tests.support.pages import document
from tests.support.reports import GOOD

ONE = summarize(document(GOOD))
LINE = Line(
    1, "数量指标", "培训人次", "≥2次", "1次", Decimal(10), Decimal(5), "", is_deviation=True
)  # fmt: skip
NAMES = ["培训人次", "{year}年培训人次", "（一）培训人次", "满意度", "合格率"]
KINDS = ["", "数量指标", "数量", "质量指标"]


def of(year: int, *lines: Line, stem: str = "p") -> Summary:
    numbered = tuple(replace(line, number=n) for n, line in enumerate(lines, start=1))
    return replace(ONE, year=year, stem=stem, code="X1", indicators=numbered)


def named(*names: str, kind: str = "数量指标") -> list[Line]:
    return [replace(LINE, name=name, kind=kind) for name in names]


def told(*years: Summary) -> list[list[str | None]]:
    return [[line.name if line else None for line in course] for course in courses(years)]


@st.composite
def projects(draw: st.DrawFn) -> list[Summary]:
    """Some years of a project, whose indicators may be called alike, in whatever kind."""
    lines = st.tuples(st.sampled_from(NAMES), st.sampled_from(KINDS))
    return [
        of(
            year,
            *(
                replace(LINE, name=name.format(year=year), kind=kind)
                for name, kind in draw(st.lists(lines, max_size=6))
            ),
        )
        for year in range(2020, 2020 + draw(st.integers(2, 5)))
    ]


@given(projects())
def test_every_indicator_stands_once_and_in_its_own_year(years: list[Summary]) -> None:
    found = courses(years)
    for place, summary in enumerate(years):
        column = [course[place] for course in found if course[place]]
        assert sorted(line.number for line in column if line) == [
            line.number for line in summary.indicators
        ]
        assert all(line is summary.indicators[line.number - 1] for line in column if line)
    assert all(any(course) for course in found)


@given(projects())
def test_what_stands_together_is_called_alike(years: list[Summary]) -> None:
    """And no other of its year could have been meant."""
    for course in courses(years):
        names = {
            line.name.removeprefix("（一）").replace(f"{summary.year}年", "")
            for summary, line in zip(years, course, strict=True)
            if line
        }
        assert len(names) == 1
        assert len({line.kind.removesuffix("指标") for line in course if line and line.kind}) <= 1


def test_those_of_the_newest_year_come_first_in_its_order() -> None:
    before, after = of(2023, *named("甲", "乙", "丙")), of(2024, *named("丙", "丁", "甲"))
    assert told(before, after) == [["丙", "丙"], [None, "丁"], ["甲", "甲"], ["乙", None]]


def test_one_that_was_away_goes_on() -> None:
    years = of(2022, *named("甲")), of(2023, *named("乙")), of(2024, *named("甲"))
    assert told(*years) == [["甲", None, "甲"], [None, "乙", None]]


def test_in_doubt_none_goes_on() -> None:
    assert told(of(2023, *named("甲", "甲")), of(2024, *named("甲"))) == [
        [None, "甲"], ["甲", None], ["甲", None],
    ]  # fmt: skip
    assert told(of(2023, *named("甲")), of(2024, *named("甲", "甲"))) == [
        [None, "甲"], [None, "甲"], ["甲", None],
    ]  # fmt: skip


def test_of_several_the_one_of_its_kind_goes_on() -> None:
    years = (
        of(2023, *named("甲"), *named("甲", kind="质量指标")),
        of(2024, *named("甲", kind="质量"), *named("甲")),
    )
    kinds = [[line.kind if line else None for line in course] for course in courses(years)]
    assert kinds == [["质量指标", "质量"], ["数量指标", "数量指标"]]


def test_years_are_compared_where_it_is_clear_which_they_are() -> None:
    old, new = of(2023, *named("甲")), of(2024, *named("甲"))
    assert with_results([new, old]) == [old, new]
    assert with_results([new]) == []
    assert with_results([new, replace(old, stage=TARGET)]) == []
    assert with_results([new, old, of(2024, stem="q")]) == []


def test_a_course_has_a_place_for_each_year() -> None:
    found: list[Course] = courses([of(2022), of(2023), of(2024, *named("甲"))])
    assert [[bool(line) for line in course] for course in found] == [[False, False, True]]


def test_a_code_is_not_taken_for_a_name() -> None:
    named = replace(ONE, code=None, department="财政局", stem="p1")
    coded = replace(ONE, code="财政局/p1", department="教育局", stem="p2")
    assert named.project != coded.project
    assert coded.project == replace(coded, stem="p3").project
