"""YAML text written by us: the canonical form in which a report is published.

What leaves the source is written anew from the record, never copied: comments, internal
notes and internal evidence cannot come along.
"""

from __future__ import annotations

from builder.formatter.nodes import mapping, members
from builder.formatter.writing import written
from builder.model import Report

_PUBLIC = (
    "year", "stage", "name", "code", "department", "unit", "profile", "funds", "execution_note",
    "goals", "groups", "approval", "review", "evidence", "published",
)  # fmt: skip


def published(report: Report) -> str:
    """The public part of a report as YAML: labels as keys in the form's order, exact digits.

    Left out: 内部备注, 公开, 核对 and internal 佐证材料.
    """
    public = report.model_copy(
        update={"evidence": tuple(item for item in report.evidence if not item.internal)}
    )
    own = (name for name in type(report).model_fields if name not in Report.model_fields)
    return written(mapping(members(public, (*_PUBLIC, *own))), type(report))
