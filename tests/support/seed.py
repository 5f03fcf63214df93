"""The published forms of 2024 as they were printed, read from `data/seed-2024.txt`.

An independent witness: it shares no code with the builder, and figures stay printed strings.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SEED = Path(__file__).parents[1] / "data" / "seed-2024.txt"
TITLE = "# 财政项目支出绩效自评表"

CHINESE = r"[\u201c\u201d\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]"  # characters and punctuation
WRAP = re.compile(rf"(?<={CHINESE}) (?={CHINESE})")
FIGURE = re.compile(r"\d+\.\d\d")


@dataclass(frozen=True)
class FundRow:
    label: str
    initial: str
    budget: str
    spent: str
    points: str
    rate: str
    score: str


@dataclass(frozen=True)
class Row:
    level1: str
    level2: str
    name: str
    target: str
    actual: str
    weight: str
    score: str
    reason: str


@dataclass(frozen=True)
class Form:
    year: int
    name: str
    department: str
    unit: str
    money_unit: str
    rows: tuple[FundRow, ...]
    goal: str
    result: str
    indicators: tuple[Row, ...]
    total_weight: str
    total: str
    grade: str


@cache
def forms() -> tuple[Form, ...]:
    _, *texts = SEED.read_text(encoding="utf-8").split(TITLE)
    return tuple(_form(text) for text in texts)


def _form(text: str) -> Form:
    lines = [_filled_cells(line) for line in text.splitlines() if line.strip()]
    match lines:
        case [
            [year],
            ["项目名称", name],
            ["主管部门", department, "实施单位", unit],
            [money, "年初预算数", "全年预算数", "全年执行数", "分数", "执行率(%)", "得分"],
            ["年度资金总额", *_] as sum_of_funds,
            ["其中：当年财政拨款", *_] as grant,
            ["上年结转资金", *_] as carried_over,
            ["其他资金", *_] as other,
            ["年度总体目标", "预期目标", "实际完成情况"],
            [goal, result],
            ["一级指标", *_],
            *indicators,
            ["总分", total_weight, total],
            ["评分等级", grade],
        ]:
            return Form(
                year=int(_in_brackets(year).removesuffix("年度")),
                name=name,
                department=department,
                unit=unit,
                money_unit=_in_brackets(money),
                rows=tuple(FundRow(*row) for row in (sum_of_funds, grant, carried_over, other)),
                goal=goal,
                result=result,
                indicators=tuple(_indicators(indicators)),
                total_weight=total_weight,
                total=total,
                grade=grade,
            )
    raise ValueError(f"not laid out like the published form: {lines}")


def _indicators(lines: Iterable[list[str]]) -> Iterator[Row]:
    """Read a row outwards from its 分值, the first bare figure.

    Counting columns fails: their number differs from form to form, and one row has lost its
    two leading cells.
    """
    levels: list[str] = []
    for cells in lines:
        weight_at = next(i for i, cell in enumerate(cells) if FIGURE.fullmatch(cell))
        *own_levels, name, target, actual = cells[:weight_at]
        weight, score, *reason = cells[weight_at:]
        levels = [*levels[: 2 - len(own_levels)], *own_levels]
        level1, level2 = levels
        yield Row(level1, level2, name, target, actual, weight, score, "".join(reason))


def _filled_cells(line: str) -> list[str]:
    """Return the cells with text; blank ones only stand for merged cells."""
    return [unwrap(re.sub(r"</?p>", "", cell)) for cell in line.split("\t") if cell]


def unwrap(text: str) -> str:
    """Drop the spaces which line wraps left between Chinese characters."""
    return WRAP.sub("", text)


def _in_brackets(text: str) -> str:
    return text[text.index("(") + 1 : text.index(")")]


def without_spaces(text: str) -> str:
    """A text as it is compared where only its characters count."""
    return "".join(text.split())


# The files that the forms were written to, in the same order.
STEMS = (
    "dangjian-fuwu",
    "dianjiao-yuanjiao",
    "yuancheng-wangluo-yunwei",
    "xinxihua-yunwei",
    "xinxihua-jianshe",
)
FORMS = dict(zip(STEMS, forms(), strict=True))
