"""A blank silences nothing and is told once: what is taken away adds no finding but its own."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from builder import content, source
from builder.checks import check
from builder.content import Entry, Settings, report_labels, statistics, summarize
from builder.diagnostics import Diagnostics
from builder.formatter import published
from builder.model import Site
from builder.opendata import record, to_json
from builder.opendata.tables import rows
from builder.records import BLANK
from builder.scoring import Document, explain
from builder.site.search.passages import passages
from builder.source import Location, Source, Value
from builder.views.layout import form_view
from tests.conftest import ROOT
from tests.support.reports import GOOD, blank, changed, examine, settings

CONTENT = ROOT / "tests" / "data" / "forms" / "content"
FORMS = sorted(CONTENT.glob("2*/*.yaml"))
MISSING = {"S103", "S306", "S307"}
# Not 得分 and reasons: without them others are asked for.
FIELDS = {"三级指标", "年初预算数", "全年预算数", "全年执行数", "预期目标", "实际完成情况",
          "年度指标值", "实际完成值", "分值", "项目名称", "主管部门", "实施单位"}  # fmt: skip
NAMES = {"三级指标", "项目名称", "主管部门", "实施单位"}
# Seven bare targets that make a hundred are points (C418); of six nobody knows. Two goals that
# are the name of the project are told as that, else as equal.
OWN: dict[tuple[str, object], set[str]] = {
    ("31-langzhong-jiaotong", "年度指标值"): {"C410", "C420"},
    ("13-jishan-zhaidian", "项目名称"): {"C501"},
}

Place = tuple[str, int, int]


@cache
def read(path: Path) -> Source:
    """A form as it is."""
    return source.read(
        path, f"content/{path.parent.name}/{path.name}", report_labels(), Diagnostics()
    )


@cache
def own_rules(folder: Path) -> Settings:
    """The rules of a content folder, its own ones among them."""
    return content.settings(folder, Diagnostics())


def judged(path: Path, value: Value) -> tuple[Document, set[Place]]:
    """A form with these values, and what is told of it, by place."""
    found, entry = Diagnostics(), Entry(path, read(path).file, path.parent.name, path.stem)
    known = own_rules(path.parents[1])
    document = content.make_out(replace(read(path), value=value), entry, known, found)
    assert document is not None
    check(document, found)
    return document, {(d.rule.code, d.span.line, d.span.column) for d in found}


def leaves(value: Value, fields: set[str], at: Location = ()) -> Iterator[Location]:
    """Every place of these fields."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value or ())
    for key, below in pairs:
        if isinstance(below, dict | list):
            yield from leaves(below, fields, (*at, key))
        elif key in fields and at[:1] != ("核对",):
            yield (*at, key)


def without(value: Value, at: Location, put: Value = None) -> Value:
    """The same values, one of them taken away or replaced."""
    whole = deepcopy(value)
    inside: object = whole
    for part in at[:-1]:
        inside = inside[part]  # type: ignore[index]
    if put:
        inside[at[-1]] = put  # type: ignore[index]
    else:
        del inside[at[-1]]  # type: ignore[attr-defined]
    return whole


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_value_taken_away_is_the_only_finding(path: Path) -> None:
    form = read(path)
    _, before = judged(path, form.value)
    for at in leaves(form.value, FIELDS):
        document, after = judged(path, without(form.value, at))
        new = {code for code, *_ in after - before}
        assert new <= MISSING | OWN.get((path.stem, at[-1]), set()), (at, after - before)
        assert explain(document)
    for at in leaves(form.value, FIELDS):
        if at[-1] in NAMES:
            continue
        document, after = judged(path, without(form.value, at, BLANK))
        span = form.spans.value(at)
        assert ("S319", span.line, span.column) in after
        new = {code for code, *_ in after - before} - {"S319"}
        assert new <= OWN.get((path.stem, at[-1]), set()), (at, after - before)
        assert document.is_whole
        assert to_json(record(document))


@pytest.mark.parametrize("path", FORMS[::3], ids=lambda path: path.stem)
def test_a_value_that_does_not_fit_is_the_only_finding(path: Path) -> None:
    form = read(path)
    _, before = judged(path, form.value)
    for at in leaves(form.value, FIELDS | {"得分", "偏差原因分析及改进措施", "预算执行说明"}):
        _, after = judged(path, without(form.value, at, ["x"]))
        new = {code for code, *_ in after - before} - OWN.get((path.stem, at[-1]), set())
        assert new == {"S104"}, (at, after - before)


def test_the_rest_is_judged_and_disclosed() -> None:
    text = changed(
        ("        实际完成值: 12(期)\n", ""), ("        分值: 30\n", ""), ("96(%)", "80(%)"),
        ("课程评价良好。", "课程评价良好，联系人 13812345678。"),
    )  # fmt: skip
    finding = examine(text)
    assert set(finding.codes) == {"S103", "S307", "C701"}
    assert finding.document is not None
    assert not finding.document.is_whole
    card = finding.document.card
    assert [f"{point.awarded}" for point in card.points] == ["None", "25.00", "None", "10.00"]
    assert (f"{card.execution.score}", card.total, card.weight_sum) == ("9.50", None, None)


def test_what_is_missing_is_told_of_the_indicator() -> None:
    (found,) = examine(changed(("        实际完成值: 12(期)\n", ""))).found
    assert "培训期数" in found.message
    (found,) = examine(changed(("- 三级指标: 培训期数\n       ", "-"))).found
    assert "第 1 项" in found.message


def test_a_blank_amount_is_not_zero() -> None:
    blank = changed(
        (
            "其他资金: {年初预算数: 0.00, 全年预算数: 0.00",
            "其他资金: {年初预算数: 0.00, 全年预算数: 留空",
        )
    )
    document = examine(blank).document
    assert document is not None
    total = document.card.execution.total
    assert (total.budget, f"{total.spent}", total.rate) == (None, "95.00", None)
    assert (document.card.execution.score, document.card.total) == (None, None)
    # Where the rows leave it open, what is written of the total holds.
    written = blank.replace(
        "项目资金:\n",
        "项目资金:\n  年度资金总额: {年初预算数: 100, 全年预算数: 100, 全年执行数: 95}\n",
    )
    document = examine(written).document
    assert document is not None
    assert f"{document.card.execution.total.rate}" == "95.00"
    assert f"{document.card.total}" == "99.50"


def test_points_typed_for_a_blank_result_count() -> None:
    text = changed(
        (
            "实际完成值: 12(期)\n",
            "实际完成值: 留空\n        得分: 20\n        偏差原因分析及改进措施: 两期改在线上。\n",
        )
    )
    document = examine(text).document
    assert document is not None
    point = document.card.points[0]
    assert (point.computed, f"{point.awarded}") == (None, "20")
    assert f"{document.card.total}" == "94.50"


def test_a_blank_is_blank_wherever_it_is_published() -> None:
    text = changed(
        ("实际完成值: 12(期)", "实际完成值: 留空"), ("分值: 30", "分值: 留空"),
        ("预期目标: 面向全市教师举办公益培训，提升教学能力。", "预期目标: 留空"),
        ("其他资金: {年初预算数: 0.00", "其他资金: {年初预算数: 留空"),
    )  # fmt: skip
    document = examine(text).document
    assert document is not None
    assert document.is_whole
    data = record(document)
    first, _, third, _ = data["绩效指标"]
    assert (first["实际完成值"], first["得分"], third["分值"], third["得分"]) == (None,) * 4
    assert data["年度总体目标"]["预期目标"] is None
    assert data["项目资金"]["其他资金"]["年初预算数"] is None
    assert (data["分值合计"], data["总分"], data["评分等级"]) == (None,) * 3
    told = [to_json(data), f"{rows(document, Site.model_validate({}))}", f"{form_view(document)}"]
    told.append(f"{list(passages(document))}")
    assert not any(BLANK in text for text in told)
    public = published(document.report)
    assert public.count(BLANK) == 4
    again = examine(public).document
    assert again is not None
    assert again.report == document.report
    assert published(again.report) == public


def test_a_sum_over_projects_counts_no_blank() -> None:
    blank = changed(
        (
            "其他资金: {年初预算数: 0.00, 全年预算数: 0.00",
            "其他资金: {年初预算数: 0.00, 全年预算数: 留空",
        )
    )
    documents = [examine(text).document for text in (GOOD, blank)]
    found = statistics(
        [summarize(document) for document in documents if document],
        settings().profiles.by_name["上海市级"].execution.rate,
    )
    assert (found.count, found.scored, f"{found.rate}", f"{found.average}") == (
        2, 1, "95.00", "99.50",
    )  # fmt: skip
    assert found.budget == 100 * 10_000


def test_points_left_open_count_nowhere() -> None:
    document = examine(
        changed(("        分值: 30", "        分值: 30\n        得分: 留空"))
    ).document
    assert document is not None
    point = document.card.points[2]
    assert (f"{point.computed}", point.awarded, document.card.total) == ("30.00", None, None)
    assert point.is_short
    assert record(document)["绩效指标"][2]["得分"] is None


@pytest.mark.parametrize(
    "guarded", ["公开: {范围: 不公 开}", "公开: {理由: [a]}", "佐证材料: [{名称: 甲, 文件: 乙}]"]
)
def test_what_may_be_seen_is_never_guessed(guarded: str) -> None:
    assert examine(f"{GOOD}{guarded}\n").document is None


def test_an_entry_without_a_name_is_called_by_its_place() -> None:
    """No word that nobody typed stands in a message."""
    found = examine(blank("上海市级")).found
    assert [d for d in found if d.rule.code == "S307"]
    assert not [d for d in found if "待填" in d.message + d.hint]


def test_no_row_of_funds_goes_by_the_name_of_their_unit() -> None:
    """In report.json 单位 says whether they are 元 or 万元."""
    text = changed(("  其他资金:", "  单位:"), ("主管部门:", "评分规则: 转移支付\n主管部门:"))
    assert "S303" in examine(text.replace("当年财政拨款", "中央补助")).codes
