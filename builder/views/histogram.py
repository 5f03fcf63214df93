"""How figures are spread: columns over equal steps, as high as their numbers, and who is outermost.

All columns of a drawing are equally wide, so that their areas are as their numbers. What is at
or over 100 % of its budget has columns of its own, set apart: there a step of five points and one
of fifty would look alike. Of few reports there is no such drawing: the table of the page shows
each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal

from builder.text import count, figure, percent
from builder.views.charts import ChartView, Extreme, Extremes, Shape, at, part_of, scored
from builder.views.page import LABELS, Link

FEWEST = 8  # reports
STEPS = (1, 2, 5, 10, 20)
MOST, MOST_TICKS = 10, 8  # columns below 100, and how many of them a telephone can name
NAMED, NAMED_ALIKE = 3, 5  # with those that are equal to the last
RATES = (95, 90, 80, 60)
TOTALS = (99, 95, 90, 80, 60)
TOP, BOTTOM, TICKS, HEIGHT = 24, 120, 140, 148  # pixels
LEFT, ROOM = Decimal(4), Decimal(92)  # in %
AIR = Decimal("0.4")  # columns between those below 100 and those set apart
ZERO, HUNDRED = Decimal(0), Decimal(100)

Named = tuple[Link, Decimal]
"""A figure with the report that has it."""
Told = Callable[[Decimal], str]


@dataclass(frozen=True, slots=True)
class _Column:
    """How many are in a step; `tick` stands at its left edge, or below it where `is_apart`."""

    number: int
    words: str
    tick: str
    is_apart: bool = False


def rates_histogram(rates: Sequence[Named], noun: str = "项目") -> ChartView | None:
    """执行率 (in %) of reports; None of fewer than eight, and where all are in one step.

    `noun` is what is counted, here and in the other charts, if no projects.
    """
    values = [rate for _, rate in rates]
    columns = [*_steps([rate for rate in values if rate < HUNDRED], "%", has_top=False)]
    full = sum(rate == HUNDRED for rate in values)
    over = len(values) - full - sum(column.number for column in columns)
    columns += [_Column(full, "100%", "100%", is_apart=True)] * bool(full)
    columns += [_Column(over, "超过100%", ">100%", is_apart=True)] * bool(over)
    beyond = [pair for pair in rates if pair[1] > HUNDRED]
    title = sentence(LABELS.rate, values, RATES, "%", noun) if values else ""
    text = f"竖条的高度是执行率落在一段内的{noun}数，从零起；达到和超过100%的各为一条。"
    return _drawn(
        ChartView("rates", title, text, HEIGHT, (), (LABELS.rate, f"{noun}数"), ()),
        columns,
        _outermost(rates, "最低的", percent),
        _outermost(beyond, "超出预算最多的", percent, is_highest=True),
    )


def totals_histogram(
    totals: Sequence[Named], everything: int, noun: str = "项目"
) -> ChartView | None:
    """总分 of those of `everything` reports that have one, as `rates_histogram` has the rates."""
    values = [total for _, total in totals]
    columns = [*_steps([total for total in values if total <= HUNDRED], "分", has_top=True)]
    # A total over 100 is an error, told elsewhere; the chart has room for it all the same.
    over = len(values) - sum(column.number for column in columns)
    columns += [_Column(over, "超过100分", ">100", is_apart=True)] * bool(over)
    title = sentence(LABELS.total, values, TOTALS, "分", noun) if values else ""
    text = f"竖条的高度是总分落在一段内的{noun}数，从零起。"
    return _drawn(
        ChartView(
            "totals", scored(len(totals), everything) + title, text, HEIGHT, (),
            (LABELS.total, f"{noun}数"), (),
        ),
        columns,
        _outermost(totals, "最低的", figure),
    )  # fmt: skip


def sentence(
    subject: str, values: Sequence[Decimal], thresholds: Sequence[int], unit: str, noun: str
) -> str:
    """What is true of most: the highest threshold that more than half of the values reach."""
    total = len(values)
    for threshold in thresholds:
        reached = sum(value >= threshold for value in values)
        if 2 * reached > total:
            return f"{part_of(reached, total, noun)}{subject}在{threshold}{unit}以上"
    below = sum(value < thresholds[-1] for value in values)
    return f"{part_of(below, total, noun)}{subject}不到{thresholds[-1]}{unit}"


def _drawn(
    chart: ChartView, columns: Sequence[_Column], *named: Extremes | None
) -> ChartView | None:
    numbers = [column.number for column in columns]
    if sum(numbers) < FEWEST or sum(number > 0 for number in numbers) < 2:
        return None
    return replace(
        chart,
        shapes=tuple(_shapes(columns)),
        rows=tuple((column.words, f"{column.number:,d}") for column in columns),
        extremes=tuple(extremes for extremes in named if extremes),
    )


def _steps(values: Sequence[Decimal], unit: str, *, has_top: bool) -> Iterator[_Column]:
    """Columns of one step up to 100, from that of the lowest; with `has_top` 100 is in the last.

    A figure below zero is a slip of the pen: it is in the lowest, which says so.
    """
    if not values:
        return
    least = max(min(values), ZERO)
    step = next(s for s in STEPS if HUNDRED - _down(least, s) <= MOST * s)
    edges = range(int(min(_down(least, step), HUNDRED - step)), 100, step)
    for edge in edges:
        end = edge + step
        is_first, is_last = edge == edges[0], end == HUNDRED
        inside = [
            v
            for v in values
            if (v >= edge or is_first) and (v < end or (is_last and has_top and v == end))
        ]
        words = f"{edge}{unit}至{end}{unit}{'' if is_last and has_top else '以下'}"
        if is_first and min(values) < edge:
            words = f"不到{end}{unit}"
        yield _Column(len(inside), words, f"{edge}{unit if unit == '%' else ''}")


def _shapes(columns: Sequence[_Column]) -> Iterator[Shape]:
    apart = sum(column.is_apart for column in columns)
    every = 2 if len(columns) - apart > MOST_TICKS else 1
    is_mixed = 0 < apart < len(columns)
    wide = ROOM / (len(columns) + AIR * (apart if is_mixed else max(apart - 1, 0)))
    most, x = max(column.number for column in columns), LEFT
    yield Shape("line", at(LEFT), BOTTOM, at(LEFT + ROOM), style="axis")
    for place, column in enumerate(columns):
        x += wide * AIR if column.is_apart and place else ZERO
        tall = max(round((BOTTOM - TOP) * Decimal(column.number) / most), 1)
        middle = at(x + wide / 2)
        if column.number:
            left, width = at(x + wide / 20), at(wide * 9 / 10)
            yield Shape("bar", left, BOTTOM - tall, width, tall, style="shade-1")
            label = f"{column.number:,d}"
            yield Shape("text", middle, BOTTOM - tall - 6, style="middle", text=label)
        if column.is_apart or place % every == 0:
            under = middle if column.is_apart else at(x)
            yield Shape("text", under, TICKS, style="tick", text=column.tick)
        x += wide
        is_last = place + 1 == len(columns)
        is_end = not column.is_apart and (is_last or columns[place + 1].is_apart)
        has_percent = column.tick.endswith("%")
        # Columns of rates that are set apart begin with 100 % themselves.
        if is_end and (is_last or not has_percent):
            yield Shape("text", at(x), TICKS, style="tick", text="100%" if has_percent else "100")


def _outermost(
    pairs: Sequence[Named], title: str, told: Told, *, is_highest: bool = False
) -> Extremes | None:
    """The three lowest or highest, with their equals if those are few, else without."""
    sign = -1 if is_highest else 1
    ordered = sorted(pairs, key=lambda pair: sign * pair[1])
    ends = ordered[:NAMED]
    if ordered[NAMED:] and ends[-1][1] == ordered[NAMED][1]:
        last = ends[-1][1]
        ends = [pair for pair in ordered if sign * pair[1] <= sign * last]
        if len(ends) > NAMED_ALIKE:
            ends = [pair for pair in ends if pair[1] != last]
    if not ends:
        return None
    many = f"{count(len(ends))}个" if len(ends) > 1 else ""
    return Extremes(title + many, tuple(Extreme(link, told(value)) for link, value in ends))


def _down(value: Decimal, step: int) -> Decimal:
    return (value / step).to_integral_value(ROUND_FLOOR) * step
