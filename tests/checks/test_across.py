"""Rules over many reports: C605 and C608, at the places of both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builder.checks import Member, across
from builder.diagnostics import Diagnostics, Severity
from tests.support.pages import document
from tests.support.reports import GOOD


def found(*reports: str) -> list[tuple[str, Severity, str, str]]:
    """What is told of reports a, b, c …: code, severity, where, and where the other one is."""
    diagnostics = Diagnostics()
    stems = "abcdefghij"[: len(reports)]
    across(
        [Member.of(document(text, stem)) for stem, text in zip(stems, reports, strict=True)],
        diagnostics,
    )
    told = []
    for one in diagnostics:
        ((other, _),) = one.related
        assert one.span.column == other.column == 7
        here, there = (Path(span.file).stem for span in (one.span, other))
        told.append((one.rule.code, one.severity, here, there))
    return told


def report(code: str = "", **fields: str) -> str:
    """The good report with other fields, at its end a code."""
    text = GOOD
    for label, value in fields.items():
        line = next(line for line in GOOD.splitlines() if line.startswith(f"{label}: "))
        text = text.replace(line, f"{label}: {value}", 1)
    return f"{text}项目编码: {code}\n" if code else text


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def test_a_code_belongs_to_one_project_of_a_year() -> None:
    names = [
        report("甲1"),
        report("乙2", 项目名称="乙"),
        report("甲1", 项目名称="丙"),
        report(项目名称="丁"),
    ]
    assert found(*names) == [("C605", WARNING, "c", "a")]
    assert found(*names[:2]) == []


def test_years_do_not_meet() -> None:
    members = []
    for year in ("2023", "2024"):
        text = report("甲1").replace("年度: 2024", f"年度: {year}")
        members.append(Member.of(document(text, "a", year)))
    diagnostics = Diagnostics()
    across(members, diagnostics)
    assert not [one for one in diagnostics if one.rule.code[:2] == "C6"]


def test_a_project_that_is_there_twice_is_told_at_both() -> None:
    """Its code is the same or missing: one finding for each, C605 says nothing besides."""
    both = [("C608", ERROR, "a", "b"), ("C608", ERROR, "b", "a")]
    assert found(report(), report()) == both
    assert found(report("甲1"), report("甲1")) == both
    assert found(report("甲1"), report()) == both
    assert found(report(), report(项目名称="乙")) == []
    assert found(report(), report(实施单位="乙")) == []


@pytest.mark.parametrize(
    "name", ["公益 培训（二期）", "公益培训(二期)", "公益培训　（二期）", "⽂化（二期）"]
)
def test_names_are_the_same_however_they_are_typed(name: str) -> None:
    other = {"⽂化（二期）": "文化（二期）"}.get(name, "公益培训（二期）")
    assert len(found(report(项目名称=name), report(项目名称=other))) == 2


def test_two_codes_or_two_departments_are_two_projects() -> None:
    look = [("C608", INFO, "a", "b"), ("C608", INFO, "b", "a")]
    assert found(report("甲1"), report("乙2")) == look
    assert found(report(), report(主管部门="乙")) == look


def test_of_many_the_one_that_counts_twice_is_named() -> None:
    codes = ("甲1", "乙2", "丙3", "乙2")
    assert found(*map(report, codes), report("丙3", 主管部门="乙")) == [
        ("C608", INFO, "a", "b"),
        ("C608", ERROR, "b", "d"),
        ("C608", ERROR, "c", "e"),
        ("C608", ERROR, "d", "b"),
        ("C608", ERROR, "e", "c"),
    ]
    assert found(report("甲1"), report(), report(主管部门="乙")) == [
        ("C608", ERROR, "a", "b"),
        ("C608", ERROR, "b", "a"),
        ("C608", INFO, "c", "a"),
    ]


def test_what_is_not_published_is_not_summed() -> None:
    withheld = report() + "公开: {范围: 不公开, 理由: 涉密}\n"
    assert found(report(), withheld) == []
    assert found(withheld, withheld) == []


def test_many_alike_are_bounded_work() -> None:
    """Each looks at a few others, not at all."""
    member = Member.of(document(report("甲1"), "a"))
    count = 0

    class Counted(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            nonlocal count
            count += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    many = [replace(member, code=Counted(f"{number}")) for number in range(500)]
    across(many, Diagnostics())
    assert count < 10 * len(many)


def test_an_office_has_one_spelling() -> None:
    offices = [
        ("某市教育局（本级）", "学院"), ("某市教育局(本级)", "学院"),
        ("某市教育局（本级）", "学院 "), ("某市教育厅（本级）", "学 院"),
        ("某市教育厅（本级）", "学院(东)"), ("某市教育厅（本级）", "学院（东）"),
    ]  # fmt: skip
    reports = [
        report(项目名称=f"第{number}", 主管部门=department, 实施单位=unit)
        for number, (department, unit) in enumerate(offices)
    ]
    assert found(*reports) == [("C606", WARNING, "b", "a"), ("C606", WARNING, "f", "e")]


def test_an_office_has_one_spelling_in_all_years() -> None:
    members, diagnostics = [], Diagnostics()
    for year, department in (("2023", "某市教育局（本级）"), ("2024", "某市教育局(本级)")):
        text = report(主管部门=department).replace("年度: 2024", f"年度: {year}")
        members.append(Member.of(document(text, "a", year)))
    across(members, diagnostics)
    assert [one.rule.code for one in diagnostics if one.rule.code[:2] == "C6"] == ["C606"]
