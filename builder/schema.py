"""The JSON Schema of a report, for completion and hints in an editor.

It is the model's own schema; what is open there (funding rows, indicator levels) is filled
with the names that the built-in profiles know, so that an editor can offer them.
"""

from __future__ import annotations

from typing import Any

from builder.model import TOTAL_ROW, Report
from builder.profile import Profiles


def report_schema(profiles: Profiles) -> dict[str, Any]:
    """JSON Schema (2020-12) of content/<year>/<stem>.yaml, keys and descriptions in Chinese."""
    schema = Report.model_json_schema(by_alias=True)
    for definition in (schema, *schema["$defs"].values()):
        definition.pop("description", None)  # docstrings are for engineers
        for field in definition["properties"].values():
            field.pop("title", None)
            _drop_null(field)
    properties = schema["properties"]
    amounts = properties["项目资金"]["additionalProperties"]
    rows = {row for profile in profiles.by_name.values() for row in profile.funding_rows}
    properties["项目资金"]["properties"] = dict.fromkeys((TOTAL_ROW, *sorted(rows)), amounts)
    kinds: dict[str, set[str]] = {}
    for profile in profiles.by_name.values():
        for name, group in profile.groups.items():
            kinds.setdefault(name, set()).update(group.kinds)
    level = properties["绩效指标"]["additionalProperties"]
    entries = level["additionalProperties"]
    properties["绩效指标"]["properties"] = {
        name: level | {"properties": dict.fromkeys(sorted(seconds), entries)}
        for name, seconds in sorted(kinds.items())
    }
    properties["评分规则"]["examples"] = sorted(profiles.by_name)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "项目支出绩效自评表",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def _drop_null(field: dict[str, Any]) -> None:
    """An empty value is a missing value: an editor need not offer null."""
    options = [option for option in field.get("anyOf", ()) if option != {"type": "null"}]
    if len(options) == 1:
        field.pop("anyOf")
        field.pop("default", None)
        field.update(options[0])
