"""The targets of a report as they were approved, whatever has come of it since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from builder.layouts import Entry, Layout
from builder.model.levels import GROUPS, NO_LEVEL, place
from builder.model.report import Indicator, Report
from builder.model.shape import extras
from builder.model.stages import TARGET, Approved, Cancelled
from builder.records import Record, record_at


def planned(report: Report, record: type[Report], layout: Layout) -> Report:
    """A report in the stage 目标, on its `record` and `layout`, from the same one in any stage.

    What 批复 says counts before what the author says now; what was added since is not there,
    and what was cancelled is, at the end of its level. No result, reason or evidence is left.
    """
    approval = report.approval
    changes: dict[str, Any] = {
        "stage": TARGET,
        "funds": {
            row: _recast(
                amounts, record_at(record, (Report.label("funds"), row)), layout.funds.entries
            )
            for row, amounts in report.funds.items()
        },
        "groups": _groups(report, record, layout),
        "evidence": (),
    }
    # The form of results may do without goals that the form of targets has.
    goals, kind = report.goals, record_at(record, (Report.label("goals"),))
    said: dict[str, Any] = {}
    if approval and approval.expected:
        said = {"expected": approval.expected}
    if goals:
        changes["goals"] = _recast(goals, kind, **said)
    else:
        changes["goals"] = kind.model_construct(**said) if kind and said else None
    if approval:
        changes["approval"] = approval.without("expected", "cancelled")
        changes["published"] = approval.published or approval.day
    found: Report = _recast(report, record, layout.entries, **changes)
    return found


def _groups(
    report: Report, record: type[Report], layout: Layout
) -> dict[str, dict[str, tuple[Indicator, ...]]]:
    found: dict[str, dict[str, list[Indicator]]] = {}
    own = layout.indicators.entries
    for (first, second, _), indicator in report.indicators():
        at, before = place(first, second, 0), indicator.approved
        below = found.setdefault(first, {}).setdefault(second, [])
        if before is None or not before.is_added:
            changes = {} if before is None else _said(before)
            if indicator.shares:
                part = record_at(record, (*at, Indicator.label("shares"), 0))
                changes["shares"] = tuple(_recast(one, part) for one in indicator.shares)
            below.append(_recast(indicator, record_at(record, at), own, **changes))
    for gone in report.approval.cancelled if report.approval else ():
        first, second = _levels(gone, layout)
        kind = record_at(record, place(first, second, 0))
        entry: Any = _recast(gone, kind, own)
        found.setdefault(first, {}).setdefault(second, []).append(entry)
    return {
        first: {second: tuple(entries) for second, entries in seconds.items() if entries}
        for first, seconds in found.items()
        if any(seconds.values())
    }


def _said(before: Approved) -> dict[str, Any]:
    """What stood otherwise in the approved table."""
    said = {name: getattr(before, name) for name in ("name", "target", "weight")}
    return {name: value for name, value in said.items() if value is not None}


def _levels(gone: Cancelled, layout: Layout) -> tuple[str, str]:
    """Where a cancelled indicator stood; a level that its form has not is ""."""
    depth = len(layout.indicators.levels)
    first = gone.first or GROUPS if depth else NO_LEVEL
    return first, gone.second or first if depth > 1 else NO_LEVEL


def _recast(
    one: Record,
    kind: type[BaseModel] | None,
    own: Mapping[str, Entry] | None = None,
    **changes: Any,
) -> Any:
    """A record as one of another kind: the fields that both know, and of those that only a
    layout knows the ones in `own`, if it has any."""
    assert kind is not None
    assert issubclass(kind, Record)
    foreign = frozenset() if own is None else extras(one).keys() - own.keys()
    values = {
        name: getattr(one, name)
        for name in one.model_fields_set & kind.model_fields.keys()
        if kind.knows(name) and kind.label(name) not in foreign and name != "approved"
    }
    return kind.model_construct(**(values | changes))
