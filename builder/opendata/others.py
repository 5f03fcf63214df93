"""The fields that only layouts have, as one table of a year in long form.

Every layout has others, and most have none: a column for each would be empty nearly everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from builder.model import Site, values
from builder.opendata.tables import TABLES, WHOSE, Column, Own, Row, Subject, Table
from builder.scoring import Document, Points
from builder.text import to_plain

FORM = "表"


def _place(subject: Subject) -> str:
    """Where a field stands: on the form as a whole, or with an indicator."""
    points = subject.points
    path = (*points.path[:2], points.indicator.name) if points else (FORM,)
    return " / ".join(map(to_plain, path))


def _indicator(subject: Subject) -> int | None:
    """Which indicator of its form it is with, from 1."""
    points = enumerate(subject.document.card.points, start=1)
    return next((number for number, one in points if one is subject.points), None)


def _value(subject: Subject) -> str | None:
    match subject.own[3]:
        case str(text):
            return to_plain(text) or None
        case Decimal() as number:
            return f"{number:f}"
        case date() as day:
            return day.isoformat()
    return None


OTHERS = Table(
    "others",
    "其他栏目",
    "版式比通用的表多出的栏目，每个填了的栏目一行；种类是表的栏目，每格一行",
    (
        *WHOSE,
        Column("序号", "integer", "本报告其他栏目的顺序，从1起", lambda s: s.number, width=8,
               required=True),
        Column("位置", "string",
               f"整张表的栏目写“{FORM}”，三级指标的栏目写“一级指标 / 二级指标 / 三级指标”", _place,
               width=36, required=True),
        Column("指标序号", "integer", "指标表中的序号；整张表的栏目为空", _indicator, width=8),
        Column("栏目", "string", "版式中的栏目名", lambda s: s.own[0], width=20, required=True),
        Column("行", "string", "种类是表的栏目的行名；其余为空", lambda s: s.own[1] or None,
               width=20),
        Column("列", "string", "种类是表的栏目的列名；其余为空", lambda s: s.own[2] or None),
        Column("值", "string", "填报的内容：文字、带全部小数位的数或日期；留空的为空", _value,
               width=50),
    ),
    key=("编号", "序号"),
)  # fmt: skip
ALL = (*TABLES, OTHERS)


def tables(*, has_own: bool) -> tuple[Table, ...]:
    """The tables of a year; `has_own` says whether such fields are filled in."""
    return ALL if has_own else TABLES


def other_rows(document: Document, site: Site) -> list[Row]:
    """The rows of one report."""
    total = document.card.execution.total
    return [
        OTHERS.row(Subject(document, site, total, number, points, own))
        for number, (points, own) in enumerate(_fields(document), start=1)
    ]


def _fields(document: Document) -> Iterator[tuple[Points | None, Own]]:
    yield from ((None, own) for own in values(document.report))
    for points in document.card.points:
        yield from ((points, own) for own in values(points.indicator))
