"""The register of deviations as a file: rows known by their keys, figures that the forms have."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

from builder.content import Line, deviations_of, grouped, summarize
from builder.opendata.delimited import to_csv
from builder.opendata.deviations import DEVIATIONS
from tests.support.documents import amounts, document, five

LINE = Line(
    2, "质量指标", "合格率", "≥90%", "=80%", Decimal("10.00"), Decimal("8.50"),
    "人手不足。下一步补充人员。", is_deviation=True, group="产出指标",
)  # fmt: skip
ONE = replace(summarize(five()[0]), year=2023, stem="p", code=None, execution=None)


def rows_of(*every: object, year: int = 2024) -> list[dict[str, str]]:
    years = grouped(every, lambda s: s.project)  # type: ignore[attr-defined]
    members = [s for s in every if s.year == year]  # type: ignore[attr-defined]
    deviations = deviations_of(members, years)  # type: ignore[arg-type]
    text = to_csv(DEVIATIONS, map(DEVIATIONS.row, deviations)).decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert text.startswith(",".join(column.name for column in DEVIATIONS.columns))
    keys = [tuple(row[name] for name in DEVIATIONS.key) for row in found]
    assert len(set(keys)) == len(keys)
    for row in found:
        for column in DEVIATIONS.columns:
            cell = row[column.name]
            assert cell or not column.required
            assert not cell or not column.choices or cell in column.choices
            if cell and column.kind in ("number", "integer"):
                Decimal(cell)
    return found


def test_a_row_has_cause_measure_and_what_became_of_it() -> None:
    before = replace(ONE, indicators=(LINE,))
    better = replace(LINE, number=1, actual="=95%", awarded=Decimal("10.00"), is_deviation=False)
    (row,) = rows_of(before, replace(ONE, year=2024, indicators=(better,)), year=2023)
    assert (row["偏差原因"], row["改进措施"]) == ("人手不足。", "下一步补充人员。")
    assert (row["措施来源"], row["扣分"]) == ("按规则拆分", "1.50")
    assert (row["后来编号"], row["后来情况"], row["后来扣分"]) == ("2024/p", "没有偏差", "0.00")
    assert row["实际完成值"] == "'=80%"  # guarded, as in all tables
    (alone,) = rows_of(before, year=2023)
    assert alone["后来年度"] == alone["后来情况"] == ""
    (gone,) = rows_of(before, replace(ONE, year=2024, indicators=()), year=2023)
    assert gone["后来情况"] == "没有同名指标"


def test_amounts_have_every_digit() -> None:
    for yuan, told in (("2154576000", "215457.60"), ("215457.6", "21.54576"), ("0", "0.00")):
        one = replace(ONE, indicators=(LINE,), budget=Decimal(yuan))
        assert rows_of(one, year=2023)[0]["全年预算数（万元）"] == told


def test_the_five_forms_have_the_deviations_that_their_pages_tell() -> None:
    summaries = [summarize(one) for one in five()]
    found = rows_of(*summaries)
    short = [line.name for summary in summaries for line in summary.deviations]
    assert [row["三级指标"] for row in found if row["序号"] != "0"] == short


def test_an_execution_that_needs_a_reason_is_a_row() -> None:
    low = document({
        "项目资金": {"其他资金": amounts("100.00", "100.00", "40.00")},
        "预算执行说明": "招标推迟。下一步提前招标。",
    })  # fmt: skip
    (row,) = [row for row in rows_of(summarize(low)) if row["序号"] == "0"]
    assert (row["三级指标"], row["二级指标"]) == ("预算执行", "预算执行")
    assert (row["改进措施"], row["执行率（%）"]) == ("下一步提前招标。", "40.00")
