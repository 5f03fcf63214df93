"""Charts as shapes: where a mark stands, in percent of the width and pixels of the height.

Widths in percent and no viewBox: a chart fills its column while its text keeps the size
of the text around it. Each chart has a sentence for a title, which is true of the figures
behind it, and those figures as a table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from builder.text import count, figure, percent
from builder.views.page import LABELS

ZERO, HUNDRED = Decimal(0), Decimal(100)
RATES = (95, 90, 80, 60)
TOTALS = (99, 95, 90, 80, 60)
FARTHEST = Decimal(200)  # a slip of the pen must not stretch an axis until nothing is seen
AT_ENDS = "超出横轴的画在两端。"
MOST_LABELS = 6  # what a telephone has room for, 100.00 beside 100.00
SHADES = 4
NARROWEST = 16  # a segment of less than this share (in %) has its label at the end of the line


@dataclass(frozen=True, slots=True)
class Shape:
    """One mark. `x` and `width` are percentages, `y`, `height` and `radius` pixels.

    A line runs from `x` to `width`, a slope also from `y` to `height`; of a text `style` is also
    the side it stands at.
    """

    kind: Literal["bar", "dot", "line", "slope", "text"]
    x: str
    y: int
    width: str = ""
    height: int = 0
    radius: int = 0
    style: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ChartView:
    """A drawing of `height` pixels, and the table behind it; none where the page has one."""

    name: str
    title: str
    description: str
    height: int
    shapes: tuple[Shape, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def grades_chart(
    grades: Mapping[str, int], order: Sequence[str], everything: int, noun: str = "项目"
) -> ChartView | None:
    """评分等级 of `everything` projects as one stacked bar, best first; None without grades.

    `noun` is what is counted, here and in the other charts, if no projects.
    """
    names = [*(g for g in order if grades.get(g)), *sorted(set(grades) - set(order))]
    total = sum(grades.values())
    if not total:
        return None
    shapes, narrow, start = [], [], ZERO
    for position, name in enumerate(names):
        part = Decimal(grades[name]) * HUNDRED / total
        style = f"shade-{min(position, SHADES - 1) + 1}"
        shapes.append(Shape("bar", _at(start), 0, _at(part), 28, style=style))
        label = f"{name} {grades[name]}"
        if part < NARROWEST and position:
            narrow.append(label)
        else:
            shapes.append(Shape("text", _at(start), 48, style="start", text=label))
        start += part
    if narrow:
        shapes.append(Shape("text", "100%", 48, style="end", text="　".join(narrow)))
    best, most = max(((n, grades[n]) for n in names), key=lambda pair: pair[1])
    return ChartView(
        "grades",
        f"{_scored(total, everything)}{_of(most, total, noun)}评为{best}",
        f"一条横条按评分等级分段，各段长度为{noun}数所占的比例。",
        56,
        tuple(shapes),
        (LABELS.grade, f"{noun}数"),
        tuple((name, f"{grades[name]}") for name in names),
    )


def rates_chart(rates: Sequence[tuple[str, Decimal]], noun: str = "项目") -> ChartView | None:
    """执行率 of named projects as dots on a line; one dot stands for one whole percent."""
    if not rates:
        return None
    values = [rate for _, rate in rates]
    low, high = _within(min(Decimal(90), *values)), _within(max(HUNDRED, *values))
    step = 10 if high - low <= 60 else 20 if high - low <= 100 else 50
    low, high = _down(low, step), _up(high, step)
    place, ends = _scale(low, high), _ends(values, low, high)
    shapes = [Shape("line", place(low), 46, place(high), style="axis")]
    shapes += [
        Shape("text", place(Decimal(tick)), 66, style="tick", text=f"{ends.get(tick, '')}{tick}%")
        for tick in range(int(low), int(high) + 1, step)
    ]
    dots = Counter(_down(value, 1) for value in values)
    placed = {_down(value, 1): value for value in map(_within, values)}
    drawn = Counter(_down(_within(value), 1) for value in values)
    most = max(drawn.values())
    for whole, number in sorted(drawn.items()):
        at = placed[whole] if number == 1 else whole + Decimal("0.5")
        radius = 5 if most == 1 else round(4 + 7 * (Decimal(number) / most).sqrt())
        shapes.append(Shape("dot", place(min(at, high)), 32, radius=radius))
    name, lowest = min(rates, key=lambda pair: pair[1])
    if len(rates) > 1:
        at = _within(lowest)
        side = int((at - low) * 3 / (high - low))
        shapes.append(
            Shape(
                "text", place(at), 12, style=("start", "middle", "end", "end")[side],
                text=f"最低{percent(lowest)}，{_short(name)}",
            )
        )  # fmt: skip
    return ChartView(
        "rates",
        _sentence(LABELS.rate, values, RATES, "%", noun),
        f"每个圆点是执行率在同一个百分点内的{noun}，圆点越大{noun}越多。"
        + (AT_ENDS if ends else ""),
        76,
        tuple(shapes),
        (LABELS.rate, f"{noun}数"),
        tuple((f"{whole}%至{whole + 1}%", f"{dots[whole]}") for whole in sorted(dots)),
    )


def totals_chart(
    totals: Sequence[Decimal], everything: int, noun: str = "项目"
) -> ChartView | None:
    """总分 as bars over equal steps, each step with its lower limit and without its upper."""
    if len(totals) < 2:
        return None
    # A total over 100 is an error, told elsewhere; the chart has room for it all the same.
    low, high = _within(min(HUNDRED, *totals)), _within(max(HUNDRED, *totals))
    step = next(s for s in (1, 2, 5, 10, 20) if s == 20 or high - _down(low, s) <= 10 * s)
    low, high = min(_down(low, step), HUNDRED - step), _up(high, step)
    ends = _ends(totals, low, high)
    number = int((high - low) / step)
    bins = [0] * number
    for total in totals:
        bins[min(number - 1, int((_within(total) - low) / step))] += 1
    edges = [low + step * i for i in range(number + 1)]
    place, most = _scale(low, high), max(bins)
    shapes = [Shape("line", place(low), 90, place(high), style="axis")]
    for i, inside in enumerate(bins):
        tall = 64 * inside // most
        middle = place(edges[i] + Decimal(step) / 2)
        wide = Decimal(92) / number
        x = Decimal(4) + wide * i + wide / 10
        if inside:
            bar = Shape("bar", _at(x), 90 - tall, _at(wide * 8 / 10), tall, style="shade-1")
            shapes += [bar, Shape("text", middle, 84 - tall, style="middle", text=f"{inside}")]
    shapes += [
        Shape("text", place(e), 110, style="tick", text=f"{ends.get(int(e), '')}{e:f}")
        for e in edges
    ]
    last = len(bins) - 1
    return ChartView(
        "totals",
        _scored(len(totals), everything) + _sentence(LABELS.total, totals, TOTALS, "分", noun),
        f"竖条的高度是总分落在每{step}分一段内的{noun}数，从零起。" + (AT_ENDS if ends else ""),
        120,
        tuple(shapes),
        (LABELS.total, f"{noun}数"),
        tuple(
            (_step(edges[i], edges[i + 1], ends, is_last=i == last), f"{inside}")
            for i, inside in enumerate(bins)
        ),
    )


def _step(start: Decimal, end: Decimal, ends: Mapping[int, str], *, is_last: bool) -> str:
    """What a bar of totals counts: `90分至95分以下`; the last one has its upper limit, too."""
    if int(start) in ends:
        return f"不到{end:f}分"
    if int(end) in ends:
        return f"{start:f}分以上"
    return f"{start:f}分至{end:f}分{'' if is_last else '以下'}"


def trend_chart(totals: Sequence[tuple[int, Decimal]]) -> ChartView | None:
    """总分 of one project by year, oldest first, as bars from zero.

    None for a single year, and where a year has two: then there is no course to be seen.
    """
    if len(totals) < 2 or len({year for year, _ in totals}) < len(totals):
        return None
    most = max(HUNDRED, *(total for _, total in totals))
    wide, last = Decimal(92) / len(totals), len(totals) - 1
    # Every n-th bar has its figures; the first and the last one always, none too close to it.
    every = -(-last // (MOST_LABELS - 1))
    shapes = [Shape("line", "4%", 90, "96%", style="axis")]
    for i, (year, total) in enumerate(totals):
        tall = int(64 * max(total, ZERO) / most)
        x = Decimal(4) + wide * i
        part = min(wide / 2, Decimal(12))
        middle, left = _at(x + wide / 2), _at(x + (wide - part) / 2)
        shapes.append(Shape("bar", left, 90 - tall, _at(part), tall, style="shade-1"))
        if i == last or (i % every == 0 and 5 * (last - i) >= 4 * every):
            shapes += [
                Shape("text", middle, 84 - tall, style="middle", text=figure(total)),
                Shape("text", middle, 110, style="tick", text=f"{year}"),
            ]
    (first, before), (newest, after) = totals[0], totals[-1]
    course = "升至" if after > before else "降至"
    return ChartView(
        "trend",
        f"{LABELS.total}{first}年{figure(before)}分，"
        + (f"{newest}年相同" if after == before else f"{newest}年{course}{figure(after)}分"),
        f"每个年度一根竖条，高度为{LABELS.total}，从零起；数据见下表。",
        120,
        tuple(shapes),
        (),
        (),
    )


def _sentence(
    subject: str, values: Sequence[Decimal], thresholds: Sequence[int], unit: str, noun: str
) -> str:
    """What is true of most: the highest threshold that more than half of the values reach."""
    total = len(values)
    for threshold in thresholds:
        reached = sum(value >= threshold for value in values)
        if 2 * reached > total:
            return f"{_of(reached, total, noun)}{subject}在{threshold}{unit}以上"
    below = sum(value < thresholds[-1] for value in values)
    return f"{_of(below, total, noun)}{subject}不到{thresholds[-1]}{unit}"


def _scored(part: int, everything: int) -> str:
    """What a sentence begins with that is not about all projects."""
    return "" if part == everything else "已评分的"


def _of(part: int, total: int, noun: str) -> str:
    """`五个项目中四个`, `五个项目全部`, `一个项目`."""
    if part == total:
        return f"{count(total)}个{noun}{'全部' if total > 1 else ''}"
    return f"{count(total)}个{noun}中{count(part)}个"


def _scale(low: Decimal, high: Decimal) -> Callable[[Decimal], str]:
    """Where a value stands on an axis, which leaves room for half a label at either end."""
    return lambda value: _at(4 + (value - low) * 92 / (high - low))


def _within(value: Decimal) -> Decimal:
    """Where a value is drawn that may lie beyond what any axis shows."""
    return min(max(value, ZERO), FARTHEST)


def _ends(values: Sequence[Decimal], low: Decimal, high: Decimal) -> Mapping[int, str]:
    """The sign before the end of an axis beyond which there are values: `≥200`."""
    ends = {}
    if min(values) < low:
        ends[int(low)] = "≤"
    if max(values) > high:
        ends[int(high)] = "≥"
    return ends


def share(part: Decimal, whole: Decimal) -> str:
    """The length of a bar for `part` of `whole`, within its frame: `78.91%`."""
    return _at(max(ZERO, min(part, whole)) * HUNDRED / whole) if whole > 0 else "0%"


def _at(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01')).normalize():f}%"


def _down(value: Decimal, step: int) -> Decimal:
    return (value / step).to_integral_value(ROUND_FLOOR) * step


def _up(value: Decimal, step: int) -> Decimal:
    return (value / step).to_integral_value(ROUND_CEILING) * step


def _short(name: str) -> str:
    return name if len(name) <= 9 else name[:8] + "…"
