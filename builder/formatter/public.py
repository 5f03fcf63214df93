"""YAML text written by us: the canonical form in which a report is published.

What leaves the source is written anew from the record, never copied: comments, internal
notes and internal evidence cannot come along.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter

from builder.model import Amounts, Evidence, Goals, Indicator, Record, Report
from builder.prose import joined

_LITERAL = frozenset({Report.label("code"), Report.label("profile"), Evidence.label("file")})


def published(report: Report) -> str:
    """The public part of a report as YAML: labels as keys in the form's order, exact digits.

    Left out: 内部备注, 公开, 核对 and internal 佐证材料.
    """
    label = Report.label
    data = CommentedMap()
    data[label("year")] = _Digits(report.year)
    for field in ("name", "code", "department", "unit", "profile"):
        _put(data, label(field), getattr(report, field))
    data[label("funds")] = _map({row: _flow(amounts) for row, amounts in report.funds.items()})
    _put(data, label("execution_note"), report.execution_note)
    data[label("goals")] = _record(report.goals, Goals)
    data[label("groups")] = _map(
        {
            first: _map(
                {
                    second: [_record(entry, Indicator) for entry in entries]
                    for second, entries in kinds.items()
                }
            )
            for first, kinds in report.groups.items()
        }
    )
    evidence = [_record(item, Evidence) for item in report.evidence if not item.internal]
    _put(data, label("evidence"), evidence)
    if report.published:
        data[label("published")] = report.published.isoformat()
    stream = io.StringIO()
    _writer().dump(data, stream)
    return stream.getvalue()


def _writer() -> YAML:
    writer = YAML(typ="rt")
    writer.width = 4096
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.allow_unicode = True
    writer.Representer = _Representer
    return writer


class _Representer(RoundTripRepresenter):
    """Texts plain where YAML allows it, in a literal block where they have lines."""


def _text(representer: RoundTripRepresenter, text: str) -> ScalarNode:
    style = "|" if "\n" in text else None
    return representer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


class _Digits(str):
    """A number as it was written; YAML must not quote it."""

    __slots__ = ()


def _digits(representer: RoundTripRepresenter, digits: _Digits) -> ScalarNode:
    kind = "float" if "." in digits else "int"
    return representer.represent_scalar(f"tag:yaml.org,2002:{kind}", str(digits))


_Representer.add_representer(str, _text)
_Representer.add_representer(_Digits, _digits)


def _map(items: dict[str, Any]) -> CommentedMap:
    return CommentedMap(items)


def _flow(amounts: Amounts) -> CommentedMap:
    entry = _record(amounts, Amounts)
    entry.fa.set_flow_style()
    return entry


def _record(record: Record, kind: type[Record]) -> CommentedMap:
    data = CommentedMap()
    for name, field in kind.model_fields.items():
        _put(data, field.alias or name, getattr(record, name))
    return data


def _put(data: CommentedMap, key: str, value: object) -> None:
    match value:
        case None | "" | () | []:
            return
        case bool():
            data[key] = "是" if value else "否"
        case Decimal():
            data[key] = _Digits(f"{value:f}")
        case str() if key not in _LITERAL and joined(value) != value:
            # A text about tags and entities: read again, they would be taken for stray markup.
            data[key] = value.replace("&", "&amp;").replace("<", "&lt;")
        case _:
            data[key] = value
