"""The years as lines: sentences that follow the figures, and drawings that are true to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from builder.content import Summary, statistics, summarize
from builder.text import in_wan, width
from builder.views import ChartView, Shape
from builder.views.charts import LETTER
from builder.views.course import AVERAGE, RATE, SPENT, courses, project_courses
from builder.views.lines import HEIGHT, Values
from tests.support.pages import document
from tests.support.reports import GOOD, profiles
from tests.support.wholes import whole

PROFILE = profiles().by_name["上海市级"]
PROJECT, WHOLE = summarize(document(GOOD)), summarize(whole())
FEW = st.sampled_from([Decimal(n) for n in (0, 70, 80, 90, 95, 100, 130)])
RATES = FEW | st.decimals(0, 120, places=2)
YEARS = st.integers(2008, 2026)


@given(st.dictionaries(YEARS, RATES, min_size=2, max_size=12))
def test_a_sentence_names_the_turns(given_: dict[int, Decimal]) -> None:
    values = dict(sorted(given_.items()))
    words = RATE.sentence(values).replace("\u00a0", " ")
    if len(set(values.values())) == 1:
        assert words.endswith(f"年都是 {next(iter(values.values()))}%")
        return
    told = [
        (int(y), way, Decimal(v))
        for y, way, v in re.findall(r"(\d{4})年(为|升至|降至) (-?[\d.]+)%", words)
    ]
    assert all(values[year] == value for year, _, value in told)
    assert [year for year, *_ in told] == sorted({year for year, *_ in told})
    assert (told[0][0], told[-1][0]) == (min(values), max(values))
    for (_, _, before), (_, way, after) in pairwise(told):
        assert (after > before) == (way == "升至") or after == before
    # No year lies beyond all that are named.
    named = [value for _, _, value in told]
    assert (min(named), max(named)) == (min(values.values()), max(values.values()))
    steps = [after - before for before, after in pairwise(values.values())]
    is_straight = all(s >= 0 for s in steps) or all(s <= 0 for s in steps)
    assert ("其间" in words) == (len(told) == 2 and not is_straight)


def test_a_peak_is_not_passed_over() -> None:
    told = SPENT.sentence({2022: Decimal("85.05"), 2023: Decimal("90.90"), 2024: Decimal("82.14")})
    assert (
        told.replace("\u00a0", " ")
        == "支出2022年为 85.05 万元，2023年增至 90.90 万元，2024年减至 82.14 万元"
    )
    same = AVERAGE.sentence({2023: Decimal(90), 2024: Decimal(90)})
    assert same.replace("\u00a0", " ") == "平均总分两年都是 90 分"


AMOUNTS = st.none() | st.decimals(0, 10**8, places=2)


@st.composite
def reports(draw: st.DrawFn) -> list[Summary]:
    """Some of several years, in no order; each figure may be blank."""
    return [
        replace(
            PROJECT,
            year=draw(YEARS),
            stem=f"p{number}",
            budget=draw(AMOUNTS),
            spent=draw(AMOUNTS),
            rate=draw(st.none() | RATES),
            total=draw(st.none() | RATES),
        )
        for number in range(draw(st.integers(0, 12)))
    ]


def at(text: str) -> Decimal:
    return Decimal(text.removesuffix("%"))


def of_kind(chart: ChartView, kind: str, style: str = "") -> list[Shape]:
    return [s for s in chart.shapes if s.kind == kind and style in s.style]


def expected(found: Sequence[Summary], name: str) -> Values:
    """The figure of each year that has it: of amounts, if no report of the year leaves one open."""
    values = {}
    for year in sorted({s.year for s in found}):
        part = [s for s in found if s.year == year]
        figures = statistics(part, PROFILE.execution.rate)
        is_filled = all(None not in (s.budget, s.spent) for s in part)
        value: Decimal | None = getattr(figures, name)
        if value is not None and (is_filled or name == "average"):
            values[year] = value if name in {"rate", "average"} else in_wan(value)
    return values


@given(reports())
def test_every_figure_is_a_point_and_nothing_else_is(found: list[Summary]) -> None:
    charts = {chart.name: chart for chart in courses(found, PROFILE)}
    for name, style, key in (
        ("rate", "", "rate"),
        ("average", "", "average"),
        ("money", "thin", "budget"),
        ("money", "", "spent"),
    ):
        values, chart = expected(found, key), charts.get(f"course-{name}")
        if len(values) < 2:
            assert chart is None
            continue
        if chart is None:
            assert name == "money"
            assert not any(expected(found, "budget").values())
            assert not any(expected(found, "spent").values())
            continue
        points = [s for s in of_kind(chart, "dot") if s.style == style]
        assert len(points) == len(values)
        assert [at(p.x) for p in points] == sorted(at(p.x) for p in points)
        pairs = zip(points, values.values(), strict=True)
        for (one, first), (other, second) in combinations(pairs, 2):
            assert one.y == other.y or (one.y > other.y) == (first < second)
        joined = sum(year + 1 in values for year in values)
        slopes = [s for s in of_kind(chart, "slope") if ("thin" in s.style) == (style == "thin")]
        assert len(slopes) == joined


@given(reports())
def test_drawings_are_whole_and_their_texts_apart(found: list[Summary]) -> None:
    for chart in courses(found, PROFILE):
        for shape in chart.shapes:
            assert 0 <= at(shape.x) <= 100
            assert 0 <= shape.y <= chart.height == HEIGHT
        texts = of_kind(chart, "text")
        for one, other in combinations(texts, 2):
            (start, end), (left, right) = span(one), span(other)
            assert end <= left or right <= start or abs(one.y - other.y) >= 12
        ticks = [s.text for s in texts if s.style == "tick"]
        years = {f"{s.year}" for s in found}
        assert {min(years), max(years)} <= set(ticks) <= years
        for shape in texts:
            start, end = span(shape)
            assert start >= 0
            assert end <= 100
            passed = [p for p in of_kind(chart, "dot") if start <= at(p.x) <= end]
            assert not any(shape.y - 12 < p.y < shape.y + 2 for p in passed)


def span(shape: Shape) -> tuple[Decimal, Decimal]:
    wide, x = width(shape.text) * LETTER, at(shape.x)
    start = {"start": x, "end": x - wide}.get(shape.style, x - wide / 2)
    return start, start + wide


def test_figures_stand_at_their_points() -> None:
    found = [
        replace(PROJECT, year=2022 + n, stem=f"p{n}", rate=Decimal(f"9{n}.50")) for n in range(3)
    ]
    rate = next(chart for chart in courses(found, PROFILE) if chart.name == "course-rate")
    assert {"90.50%", "91.50%", "92.50%"} <= {shape.text for shape in of_kind(rate, "text")}
    money = next(chart for chart in courses(found, PROFILE) if chart.name == "course-money")
    texts = {shape.text for shape in of_kind(money, "text")}
    assert {"预算 100.00", "支出 95.00"} <= texts
    (axis,) = of_kind(money, "line")
    assert (axis.x, axis.width) == ("0%", "100%")


def test_a_year_alone_has_no_course() -> None:
    assert courses([PROJECT], PROFILE) == ()
    assert courses([], PROFILE) == ()


def test_projects_and_whole_offices_are_no_course_of_one_another() -> None:
    assert courses([PROJECT, replace(WHOLE, year=2023)], PROFILE) == ()
    assert courses([WHOLE, replace(WHOLE, year=2023)], PROFILE)


def test_a_project_has_its_own_figures_year_by_year() -> None:
    rates = ("85.05", "90.90", "82.14")
    found = [
        replace(PROJECT, year=2022 + n, rate=Decimal(rate), total=Decimal(f"9{n}.5"))
        for n, rate in enumerate(rates)
    ]
    money, rate, total = project_courses(reversed(found))
    assert rate.title.replace("\u00a0", " ") == (
        "执行率2022年为 85.05%，2023年升至 90.90%，2024年降至 82.14%"
    )
    # As its forms print them, with their own decimals.
    assert {"90.5", "91.5", "92.5"} <= {shape.text for shape in of_kind(total, "text")}
    assert money.name == "course-money"
    twice = [*found, replace(found[0], stem="other")]
    assert project_courses(twice) == ()
    assert project_courses(found[:1]) == ()
    planned = replace(found[0], year=2025, stage="目标")
    assert project_courses([*found, planned]) == (money, rate, total)
