"""How figures are spread: every report once, areas as numbers, and the outermost by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.views import ChartView, Shape
from builder.views.charts import LETTER
from builder.views.histogram import (
    BOTTOM,
    FEWEST,
    RATES,
    Named,
    rates_histogram,
    sentence,
    totals_histogram,
)
from builder.views.page import Link

HUNDRED = Decimal(100)
SLIPS = [Decimal(n) for n in ("-99999999999", "-1", "0", "100", "100.01", "130", "99999990000")]
FIGURES = st.decimals(0, 130, places=2) | st.sampled_from(SLIPS)
MANY = st.lists(FIGURES, min_size=1, max_size=60)


def named(values: Sequence[Decimal]) -> list[Named]:
    return [(Link(f"项目{n}", f"2024/p{n}/index.html"), value) for n, value in enumerate(values)]


def charts(values: Sequence[Decimal]) -> list[ChartView]:
    found = (rates_histogram(named(values)), totals_histogram(named(values), len(values)))
    return [chart for chart in found if chart]


def at(text: str) -> Decimal:
    return Decimal(text.removesuffix("%"))


def bars(chart: ChartView) -> list[Shape]:
    return [shape for shape in chart.shapes if shape.kind == "bar"]


@given(MANY)
def test_every_report_is_counted_once_where_it_belongs(values: list[Decimal]) -> None:
    for chart in charts(values):
        assert sum(int(number) for _, number in chart.rows) == len(values) >= FEWEST
        for words, number in chart.rows:
            assert sum(is_in(words, value) for value in values) == int(number), words


def is_in(words: str, value: Decimal) -> bool:
    """What the words of a row say."""
    if words == "100%":
        return value == HUNDRED
    if known := re.fullmatch(r"超过100.", words):
        return value > HUNDRED
    if known := re.fullmatch(r"不到(\d+).", words):
        return value < int(known[1])
    known = re.fullmatch(r"(\d+).至(\d+).(以下)?", words)
    assert known, words
    low, high = int(known[1]), int(known[2])
    return low <= value < high or (not known[3] and value == high)


@given(MANY)
def test_areas_are_as_the_numbers(values: list[Decimal]) -> None:
    for chart in charts(values):
        numbers = [int(number) for _, number in chart.rows if number != "0"]
        drawn = bars(chart)
        assert len(drawn) == len(numbers)
        assert len({shape.width for shape in drawn}) == 1
        tallest = max(shape.height for shape in drawn)
        for shape, number in zip(drawn, numbers, strict=True):
            assert abs(shape.height - Decimal(tallest * number) / max(numbers)) <= 1
            assert shape.y + shape.height == BOTTOM


@given(MANY)
def test_drawings_are_whole_and_their_texts_apart(values: list[Decimal]) -> None:
    for chart in charts(values):
        for shape in chart.shapes:
            assert 0 <= at(shape.x) <= 100
            assert 0 <= shape.y <= chart.height
        for one, other in combinations(bars(chart), 2):
            assert at(one.x) + at(one.width) <= at(other.x)
        ticks = [s for s in chart.shapes if s.style == "tick"]
        assert 2 <= len(ticks) <= 12
        for one, other in combinations(ticks, 2):
            wide = (len(one.text) + len(other.text)) * LETTER * Decimal("0.43")
            assert abs(at(one.x) - at(other.x)) >= wide, (one.text, other.text)


@given(MANY)
def test_the_outermost_are_named_and_nobody_is_passed_over(values: list[Decimal]) -> None:
    for chart in charts(values):
        for extremes in chart.extremes:
            own = [values[int(one.link.text.removeprefix("项目"))] for one in extremes.members]
            assert 1 <= len(own) <= 5
            assert [one.figure.removesuffix("%") for one in extremes.members] == [
                f"{value:f}" for value in own
            ]
            others = list(values)
            for value in own:
                others.remove(value)
            if "最低" in extremes.title:
                assert own == sorted(own)
                assert all(value > max(own) for value in others)
            else:
                assert own == sorted(own, reverse=True)
                assert min(own) > HUNDRED
                assert all(value < min(own) for value in others)


def test_what_shows_nothing_is_not_drawn() -> None:
    few = [Decimal(n) for n in range(90, 90 + FEWEST - 1)]
    assert charts(few) == []
    assert charts([HUNDRED] * 20) == []
    assert charts([Decimal("96.5")] * 20) == []
    assert charts([]) == []
    assert len(charts([*few, Decimal(80)])) == 2


def test_nobody_is_named_of_many_equals() -> None:
    values = [Decimal(90)] * 6 + [Decimal(95)] * 6
    (rates, totals) = charts(values)
    assert rates.extremes == totals.extremes == ()
    rates, _ = charts([Decimal(80), *values])
    assert [one.link.text for one in rates.extremes[0].members] == ["项目0"]


@given(st.lists(st.decimals(0, 130, places=2), min_size=1, max_size=30))
def test_a_sentence_is_true_of_most(values: list[Decimal]) -> None:
    told = sentence("执行率", values, RATES, "%", "项目")
    known = re.fullmatch(r"(.+?)个项目(?:全部|中(.+?)个)?执行率(在|不到)(\d+)%(?:以上)?", told)
    assert known, told
    limit = int(known[4])
    true = sum(value >= limit if known[3] == "在" else value < limit for value in values)
    part = number(known[2]) if known[2] else len(values)
    assert (number(known[1]), part) == (len(values), true)
    assert 2 * true > len(values) or limit == RATES[-1]


def number(words: str) -> int:
    return int(words) if words.isdecimal() else "零一两三四五六七八九十".index(words)


@pytest.mark.parametrize(
    ("rates", "told"),
    [
        (["99", "98"], "两个项目全部执行率在95%以上"),
        (["95", "94.99"], "两个项目全部执行率在90%以上"),
        (["10", "20", "99"], "三个项目中两个执行率不到60%"),
        (["59.99"], "一个项目执行率不到60%"),
        (["96"] * 11, "11个项目全部执行率在95%以上"),
    ],
)
def test_titles_are_true(rates: list[str], told: str) -> None:
    assert sentence("执行率", [Decimal(rate) for rate in rates], RATES, "%", "项目") == told
