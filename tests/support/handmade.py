"""Reports typed anew into a workbook by a clerk with habits of his own: seeded, so that the same
number gives the same sheet. Knows nothing of how forms are exported or read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from random import Random

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from builder.scoring import Document

# What the clerks call things, in the order of the columns.
HEADS = {
    "三级指标": ("三级指标", "指标内容", "具体指标"),
    "年度指标值": ("年度指标值", "指标值", "年初目标值", "目标值"),
    "实际完成值": ("实际完成值", "完成值", "全年完成值"),
    "分值": ("分值", "权重", "分值(分)"),
    "得分": ("得分", "自评得分", "自评分"),
    "原因": ("偏差原因分析及改进措施", "偏差原因及改进措施", "未完成原因"),
}
Row = list[tuple[object, int, int]]
"""Cells of a row: what stands there, how many columns and rows it is merged over."""


def typed(document: Document, seed: int) -> bytes:
    """The workbook that a clerk makes of a report."""
    book = Workbook()
    assert book.active is not None
    _Clerk(document, Random(seed)).write(book.active)  # noqa: S311
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Clerk:
    def __init__(self, document: Document, random: Random) -> None:
        self._report, self._card = document.report, document.card
        self._random = random
        self._is_yuan = random.random() < 0.3
        self._levels = random.choice(("merged", "repeated", "first"))
        self._is_merging = random.random() < 0.7
        self._is_counting = random.random() < 0.3  # 序号
        self._is_remarking = random.random() < 0.3  # 备注
        self._is_summing = random.random() < 0.3  # 小计
        self._gap = random.random() < 0.3  # an empty column behind each
        self._width = 9 + self._is_counting + self._is_remarking

    def write(self, sheet: Worksheet) -> None:
        top, left = self._random.choice(((1, 1), (1, 2), (4, 3)))
        taken: set[tuple[int, int]] = set()
        stretch = 2 if self._gap else 1
        for y, row in enumerate(self._rows(), start=top):
            x = 0
            for value, columns, rows in row:
                while (y, x) in taken:
                    x += 1
                taken |= {(y + b, x + a) for a in range(columns) for b in range(rows)}
                first, last = left + x * stretch, left + (x + columns - 1) * stretch
                cell = sheet.cell(y, first)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
                if (last, rows) != (first, 1) and (self._is_merging or rows > 1):
                    sheet.merge_cells(
                        start_row=y, end_row=y + rows - 1, start_column=first, end_column=last
                    )
                x += columns

    def _rows(self) -> Iterator[Row]:
        random, report, wide = self._random, self._report, self._width
        year = f"（{report.year}年度）"
        if random.random() < 0.5:
            yield [(f"财政项目支出绩效自评表{year}", wide, 1)]
        else:
            yield [("财政项目支出绩效自评表", wide, 1)]
            yield [(year, wide, 1)]
        yield [("项目名称", 2, 1), (report.name, wide - 2, 1)]
        yield [("主管部门", 2, 1), (report.department, 3, 1),
               (random.choice(("实施单位", "项目实施单位", "实施单位（盖章）")), 1, 1),
               (report.unit, wide - 6, 1)]  # fmt: skip
        yield from self._funds()
        if random.random() < 0.3:
            yield []
        yield from self._goals()
        yield from self._indicators()

    def _funds(self) -> Iterator[Row]:
        wide, unit = self._width, "元" if self._is_yuan else "万元"
        names = {"当年财政拨款": "其中：当年财政拨款"}
        rows = list(self._report.rows.items())
        yield [(f"项目资金（{unit}）", 2, len(rows) + 2), ("", 1, 1), ("年初预算数", 1, 1),
               ("全年预算数", 1, 1), ("全年执行数", 1, 1), ("分数", 1, 1), ("执行率(%)", 1, 1),
               ("得分", wide - 8, 1)]  # fmt: skip
        sums = [sum((getattr(row, name) or Decimal(0) for _, row in rows), Decimal(0))
                for name in ("initial", "budget", "spent")]  # fmt: skip
        execution = self._card.execution
        yield [("年度资金总额", 1, 1), *((self._money(one), 1, 1) for one in sums), (10, 1, 1),
               (f"{execution.total.rate}%", 1, 1), (f"{execution.score}", wide - 8, 1)]  # fmt: skip
        for name, row in rows:
            amounts = (row.initial, row.budget, row.spent)
            yield [(names.get(name, name), 1, 1), *((self._money(a), 1, 1) for a in amounts),
                   ("—", 1, 1), ("", 1, 1), ("—", wide - 8, 1)]  # fmt: skip

    def _money(self, amount: Decimal | None) -> object:
        if amount is None:
            return ""
        amount = amount * 10000 if self._is_yuan else amount
        match self._random.randrange(4):
            case 0:
                return float(amount)
            case 1:
                return f"{amount:,.2f}"
            case 2:
                return f"{amount}{'元' if self._is_yuan else '万元'}"
            case _:
                return f"{amount}".translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})

    def _goals(self) -> Iterator[Row]:
        wide, goals = self._width, self._report.goals
        assert goals
        if self._random.random() < 0.5:
            yield [("年度总体目标", 1, 2), ("预期目标", 4, 1), ("实际完成情况", wide - 5, 1)]
            yield [(goals.expected, 4, 1), (goals.achieved, wide - 5, 1)]
        else:
            yield [("年度总体目标", 1, 2), ("预期目标", 2, 1), (goals.expected, wide - 3, 1)]
            yield [("实际完成情况", 2, 1), (goals.achieved, wide - 3, 1)]

    def _indicators(self) -> Iterator[Row]:
        points = list(self._card.points)
        extra: Row = [("备注", 1, 1)] if self._is_remarking else []
        count: Row = [("序号", 1, 1)] if self._is_counting else []
        yield [*count, ("一级指标", 1, 1), ("二级指标", 1, 1),
               *((self._random.choice(words), 1, 1) for words in HEADS.values()), *extra,
               ]  # fmt: skip
        number = 0
        for first, inside in groupby(points, key=lambda point: point.path[0]):
            rows, group = list(inside), f"{first}"
            for second, within in groupby(rows, key=lambda point: point.path[1]):
                kinds = list(within)
                for at, point in enumerate(kinds):
                    number += 1
                    line: Row = [(number, 1, 1)] if self._is_counting else []
                    line += self._level(group, len(rows), is_first=point is rows[0])
                    line += self._level(f"{second}", len(kinds), is_first=not at)
                    indicator = point.indicator
                    reason = indicator.reason or self._random.choice(("", "/", "—"))
                    line += [(text, 1, 1) for text in (
                        indicator.name, indicator.target, indicator.actual,
                        self._points(indicator.weight), self._points(point.awarded), reason,
                    )]  # fmt: skip
                    yield line
            if self._is_summing and self._levels != "merged":
                sums = [sum((getattr(p, name) or Decimal(0) for p in rows), Decimal(0))
                        for name in ("weight", "awarded")]  # fmt: skip
                yield [*count[:0], ("小计", 5 + self._is_counting, 1), (float(sums[0]), 1, 1),
                       (float(sums[1]), 1, 1), ("", 1, 1)]  # fmt: skip
        total = self._random.choice(("总分", "合计", "总　分"))
        yield [(total, 5 + self._is_counting, 1), (100, 1, 1), (f"{self._card.total}", 1, 1)]
        grade: Row = [("评分等级", 5 + self._is_counting, 1), (self._card.grade, 2, 1)]
        yield grade

    def _level(self, name: str, rows: int, *, is_first: bool) -> Row:
        if self._levels == "merged":
            return [(name, 1, rows)] if is_first else []
        return [(name if is_first or self._levels == "repeated" else "", 1, 1)]

    def _points(self, points: Decimal | None) -> object:
        if points is None:
            return ""
        return self._random.choice((float(points), f"{points}", f"{points}分"))
