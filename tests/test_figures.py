"""Every figure printed on the five forms is the same in the data, on the page and in the PDF.

The truth is the seed file itself, read by an oracle that knows nothing of the builder.
"""

from __future__ import annotations

import re
import subprocess
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import simplejson
from lxml import html

from tests.support.seed import Form, forms

STEMS = {
    "党建服务工作经费": "dangjian-fuwu",
    "电教远教工作经费": "dianjiao-yuanjiao",
    "上海市党员干部现代远程教育网络体系运维（非信息化项目）": "yuancheng-wangluo-yunwei",
    "信息化运维项目": "xinxihua-yunwei",
    "信息化建设项目": "xinxihua-jianshe",
}
FORMS = pytest.mark.parametrize("form", forms(), ids=lambda form: STEMS[form.name])


def squeezed(text: str) -> str:
    """A text without any white space: page and PDF break lines where the seed does not."""
    return re.sub(r"\s", "", text)


def rows_of(form: Form) -> list[str]:
    """The form's rows as printed, cell after cell, without white space."""
    funds = [
        (row.label, row.initial, row.budget, row.spent, row.points, row.rate, row.score)
        for row in form.rows
    ]
    indicators = [
        (row.name, row.target, row.actual, row.weight, row.score, row.reason)
        for row in form.indicators
    ]
    closing = [("总分", form.total_weight, form.total), ("评分等级", form.grade)]
    return [squeezed("".join(cells)) for cells in (*funds, *indicators, *closing)]


@cache
def page(site: Path, stem: str) -> html.HtmlElement:
    return html.parse(str(site / "2024" / stem / "index.html")).getroot()


@FORMS
def test_data_equals_the_seed(form: Form, published: Path) -> None:
    text = (published / "2024" / STEMS[form.name] / "report.json").read_text(encoding="utf-8")
    data = simplejson.loads(text, use_decimal=True)
    total, *rows = form.rows
    funds = data["项目资金"]
    assert str(funds["年度资金总额"]["执行率"]) == total.rate
    assert str(funds["年度资金总额"]["得分"]) == total.score
    for row in rows:
        line = funds[row.label.removeprefix("其中：")]
        assert [str(line[key]) for key in ("年初预算数", "全年预算数", "全年执行数", "执行率")] == [
            row.initial,
            row.budget,
            row.spent,
            row.rate,
        ]
    printed = [(row.name, row.weight, row.score) for row in form.indicators]
    assert [(i["三级指标"], str(i["分值"]), str(i["得分"])) for i in data["绩效指标"]] == printed
    assert (str(data["总分"]), data["评分等级"]) == (form.total, form.grade)
    assert data["分值合计"] == Decimal(form.total_weight)


@FORMS
def test_page_equals_the_seed(form: Form, published: Path) -> None:
    table = page(published, STEMS[form.name]).xpath("//table[contains(@class, 'form')]")[0]
    rows = [squeezed(row.text_content()) for row in table.xpath(".//tr")]
    for expected in rows_of(form):
        assert any(row.endswith(expected) for row in rows), expected


@FORMS
def test_pdf_equals_the_seed(form: Form, published: Path) -> None:
    stem = STEMS[form.name]
    file = published / "2024" / stem / f"{stem}.pdf"
    found = subprocess.run(
        ["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, encoding="utf-8"
    )
    text = squeezed(found.stdout)
    for expected in rows_of(form):
        assert expected in text
