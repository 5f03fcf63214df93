"""Whatever shape an unfinished file has, it is a form with blanks, or none: never a crash."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

import pytest

from builder.content import report_labels
from builder.diagnostics import Diagnostics
from builder.model import Report
from builder.records import UNFILLED, completed, decode
from builder.source import Location, Value, parse
from tests.support.reports import GOOD

WHOLE = parse(GOOD, "content/2024/a.yaml", report_labels(), Diagnostics())


def places(value: Value, at: Location = ()) -> Iterator[Location]:
    """Every place in a file."""
    yield at
    pairs = value.items() if isinstance(value, dict) else enumerate(value or ())
    for key, below in pairs if isinstance(value, dict | list) else ():
        yield from places(below, (*at, key))


def spoiled(at: Location, put: Value, whole: Value = WHOLE.value) -> Value:
    """The good file with something else at a place; None: nothing."""
    value = deepcopy(whole)
    inside: object = value
    for part in at[:-1]:
        inside = inside[part]  # type: ignore[index]
    if put is None:
        del inside[at[-1]]  # type: ignore[attr-defined]
    else:
        inside[at[-1]] = put  # type: ignore[index]
    return value


@pytest.mark.parametrize("put", [None, "x", "-1", {}, [], {"a": "b"}, ["x"], [{}], [[]]], ids=str)
def test_a_file_of_any_shape(put: Value) -> None:
    for at in places(WHOLE.value):
        if at:
            source = replace(WHOLE, value=spoiled(at, deepcopy(put)))
            made = completed(source, Report)
            assert decode(source, Report, Diagnostics()) is None or made
            assert made is None or isinstance(made[0], Report)


@pytest.mark.parametrize("label", ["项目名称", "主管部门", "实施单位"])
def test_a_missing_name_is_a_blank(label: str) -> None:
    made = completed(replace(WHOLE, value=spoiled((label,), None)), Report)
    assert made
    report, unread = made
    assert UNFILLED in {report.name, report.department, report.unit}
    assert unread == {(label,)}
    assert completed(WHOLE, Report) == (Report.model_validate(WHOLE.value), frozenset())
