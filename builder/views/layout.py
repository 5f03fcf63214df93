"""Lays out the official form, by the scoring profile alone.

The form is one table. Its columns are the indicator columns, with 三级指标 divided so that
the funding block above, which has other columns, finds edges of its own. Nothing here
knows how many funding rows, goal columns or 一级指标 there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, groupby, pairwise

from builder.content import addresses
from builder.model import TOTAL_ROW
from builder.scoring import Document, FundLine, Points
from builder.text import NOTHING, common_decimals, figure, percent, to_html, to_inline
from builder.views.form import Cell, FormRow, FormView, IndicatorRow, in_words
from builder.views.page import LABELS

RATE, WEIGHT, SCORE, REASON = "执行率", "分值", "得分", "偏差原因分析及改进措施"
LEVELS = ("一级指标", "二级指标")
NAME = "三级指标"
POINTS_COLUMNS = (WEIGHT, SCORE)

# Class names of the grid columns, and how wide they are relative to one another. A theme sets
# the true widths; these only decide under which columns the funding block lies.
COLUMNS = {
    "一级指标": ("level1", 8), "二级指标": ("level2", 12), NAME: ("name", 20),
    "年度指标值": ("target", 11), "实际完成值": ("actual", 11), WEIGHT: ("weight", 7),
    SCORE: ("score", 7), REASON: ("reason", 23),
}  # fmt: skip
KINDS = {WEIGHT: "number points", SCORE: "number points", REASON: "text"}
WANTED = {WEIGHT: 7, RATE: 8, SCORE: 10}
WANTED_LABEL, WANTED_AMOUNT = 32, 11


def form_view(document: Document) -> FormView:
    """Lay out the official form of one scored report."""
    return _Layout(document).form()


class _Layout:
    """One form on its grid."""

    def __init__(self, document: Document) -> None:
        profile, card, layout = document.profile, document.card, document.layout
        self.report, self.card, self.profile = document.report, card, profile
        self.layout = layout
        scored = profile.is_scored
        self.headings: dict[str, str] = {
            key: label
            for key, label in layout.indicators.columns.items()
            if scored or key not in POINTS_COLUMNS
        }
        self.headings.setdefault(NAME, NAME)
        self.fund_columns = {
            key: label
            for key, label in layout.funds.columns.items()
            if scored or key not in POINTS_COLUMNS
        }
        # 三级指标 gives as many grid columns as the funding block needs edges, two at least.
        missing = len(self.fund_columns) + 2 - (len(self.headings) - 1)
        self.parts = max(2, missing)
        self.grid = tuple(
            key for key in self.headings for _ in range(self.parts if key == NAME else 1)
        )

        lines = (card.execution.total, *card.rows)
        amounts = [amount for line in lines for amount in (line.initial, line.budget, line.spent)]
        self.decimals = common_decimals(amounts)
        longest = max(len(figure(amount, self.decimals)) for amount in amounts)
        self.amount = "number amount long" if longest > 8 else "number amount"

    def form(self) -> FormView:
        report, profile, layout = self.report, self.profile, self.layout
        return FormView(
            title=layout.form_title,
            year=f"（{report.year}年度）",
            summary=f"{report.name}，{report.year}年度{layout.form_title}",
            columns=tuple(COLUMNS[key][0] for key in self.grid),
            head=self._head(),
            funding=tuple(self._funding()),
            goals=self._goals(),
            heading=FormRow(
                tuple(
                    Cell(in_words(label), "label", "col", self.grid.count(key))
                    for key, label in self.headings.items()
                ),
                "heading",
            ),
            closing=tuple(self._closing()) if profile.is_scored else (),
            indicators=tuple(self._indicators()),
        )

    def _head(self) -> tuple[FormRow, ...]:
        report, total = self.report, len(self.grid)
        label = max(1, sum(key in LEVELS for key in self.grid))
        half = max(label + 1, min(self._middle(), total - 2))
        second = min(2, total - half - 1)
        name = Cell(LABELS.name, "label", "row", label)
        department = Cell(LABELS.department, "label", "row", label)
        unit = Cell(LABELS.unit, "label", "row", second)
        return (
            FormRow((name, Cell(report.name, columns=total - label))),
            FormRow(
                (
                    department,
                    Cell(report.department, columns=half - label),
                    unit,
                    Cell(report.unit, columns=total - half - second),
                )
            ),
        )

    def _middle(self) -> int:
        """Where what was wanted ends and what came of it begins: after 年度指标值."""
        key = "年度指标值"
        return self.grid.index(key) + 1 if key in self.grid else len(self.grid) // 2

    def _funding(self) -> Iterator[FormRow]:
        spans = self._funding_spans()
        card, layout = self.card, self.layout
        lines = [(TOTAL_ROW, card.execution.total), *((row.label, row) for row in card.rows)]
        unit = Cell(
            in_words(f"{layout.funds.heading}({layout.money_unit})"),
            "label",
            "row",
            rows=len(lines) + 1,
        )
        headings = (
            Cell(in_words(label), "label", "col", span)
            for label, span in zip(self.fund_columns.values(), spans[1:], strict=True)
        )
        yield FormRow((unit, Cell(columns=spans[0]), *headings), "heading")
        for position, (key, line) in enumerate(lines):
            label = layout.funds.rows.get(key, key)
            head = Cell(label, "label" if position == 0 else "text", "row", spans[0])
            yield FormRow(
                (head, *self._fund_cells(line, spans[1:], is_total=position == 0)),
                "fund",
                addresses.fund_row(position),
            )

    def _fund_cells(
        self, line: FundLine, spans: Sequence[int], *, is_total: bool
    ) -> Iterator[Cell]:
        execution, rule = self.card.execution, self.profile.execution
        digits = int(rule.score.digits) if rule.score else 0
        amounts = {"年初预算数": line.initial, "全年预算数": line.budget, "全年执行数": line.spent}
        texts = {key: figure(value, self.decimals) for key, value in amounts.items()}
        texts[RATE] = percent(line.rate, sign=self.layout.funds.percent_sign)
        texts[WEIGHT] = figure(execution.weight if is_total else None, digits)
        texts[SCORE] = figure(execution.score if is_total else None, digits)
        for (key, heading), span in zip(self.fund_columns.items(), spans, strict=True):
            kind = self.amount if key in amounts else "number points"
            kind = "figure" if texts[key] == NOTHING else kind
            anchor = "execution" if is_total and key == SCORE else ""
            yield Cell(texts[key], kind, "", span, label=heading, anchor=anchor)

    def _funding_spans(self) -> tuple[int, ...]:
        """How many grid columns the row label and each funding column take.

        Of all ways to cut the grid after its first column, the one that comes nearest to
        the widths the funding block would like.
        """
        widths = [
            Decimal(COLUMNS[key][1]) / (self.parts if key == NAME else 1) for key in self.grid
        ][1:]
        wanted = [WANTED_LABEL] + [WANTED.get(key, WANTED_AMOUNT) for key in self.fund_columns]

        def misfit(cuts: tuple[int, ...]) -> Decimal:
            spans = zip(pairwise(cuts), wanted, strict=True)
            return sum(
                ((sum(widths[a:b], Decimal(0)) - want) ** 2 for (a, b), want in spans), Decimal(0)
            )

        inner = combinations(range(1, len(widths)), len(wanted) - 1)
        cuts = min(((0, *chosen, len(widths)) for chosen in inner), key=misfit)
        return tuple(b - a for a, b in pairwise(cuts))

    def _goals(self) -> tuple[FormRow, ...]:
        goals = {
            "预期目标": self.report.goals.expected,
            "实际完成情况": self.report.goals.achieved,
        }
        columns = self.layout.goals.columns
        free, left = len(self.grid) - 1, self._middle() - 1
        spans = [left, free - left] if len(columns) == 2 else [free]
        label = Cell(in_words(self.layout.goals.heading), "label", "row", rows=2)
        heads = (
            Cell(text, "label", "col", span)
            for text, span in zip(columns.values(), spans, strict=True)
        )
        texts = (
            Cell(to_html(goals[key]), "prose", "", span, label=text)
            for (key, text), span in zip(columns.items(), spans, strict=True)
        )
        return FormRow((label, *heads), "heading"), FormRow(tuple(texts), "goals", addresses.GOALS)

    def _indicators(self) -> Iterator[IndicatorRow]:
        levels = [key for key in LEVELS if key in self.headings]
        for number, point in enumerate(self.card.points, start=1):
            path = dict(zip(LEVELS, point.path[:2], strict=True))
            yield IndicatorRow(
                tuple((self.headings[key], path[key]) for key in levels),
                FormRow(
                    tuple(self._cells(point, number)), "indicator", addresses.indicator_row(number)
                ),
            )

    def _cells(self, point: Points, number: int) -> Iterator[Cell]:
        indicator, digits = point.indicator, self.profile.point_digits
        texts = {
            NAME: indicator.name, "年度指标值": indicator.target,
            "实际完成值": indicator.actual, REASON: to_inline(indicator.reason or ""),
            WEIGHT: figure(point.weight, digits), SCORE: figure(point.awarded, digits),
        }  # fmt: skip
        for key, heading in self.headings.items():
            if key == NAME:
                yield Cell(texts[key], "text", "row", self.grid.count(key), label=heading)
            elif key in texts:
                kind = KINDS.get(key, "figure") if texts[key] != NOTHING else "figure"
                anchor = f"points-{number}" if key == SCORE and texts[key] != NOTHING else ""
                yield Cell(texts[key], kind, "", label=heading, anchor=anchor)

    def _closing(self) -> Iterator[FormRow]:
        """总分 under the columns it sums up; 评分等级 where the profile has grades."""
        card, profile = self.card, self.profile
        digits = int(profile.total.digits) if profile.total else 0
        sums = {WEIGHT: card.weight_sum, SCORE: card.total}
        figures = {key: value for key, value in sums.items() if key in self.grid}
        first = min((self.grid.index(key) for key in figures), default=len(self.grid))
        cells = [Cell(LABELS.total, "label", "row", first)]
        for is_figure, keys in groupby(self.grid[first:], lambda key: key in figures):
            if not is_figure:
                cells.append(Cell(columns=len(list(keys))))
                continue
            for key in keys:
                text, heading = figure(figures[key], digits), self.headings[key]
                is_known = text != NOTHING
                anchor = "total" if key == SCORE and is_known else ""
                kind = KINDS[key] if is_known else "figure"
                cells.append(Cell(text, kind, label=heading, anchor=anchor))
        yield FormRow(tuple(cells), "total", addresses.TOTAL_ROW)
        if profile.bands:
            label = max(1, sum(key in LEVELS for key in self.grid))
            yield FormRow(
                (
                    Cell(LABELS.grade, "label", "row", label),
                    Cell(card.grade or "", "text", columns=len(self.grid) - label),
                ),
                "grade",
            )
