"""The JSON Schema of a report, for completion and hints in an editor.

It is the model's own schema; what is open there (funding rows, indicator levels) is filled
with the names that the built-in profiles know, so that an editor can offer them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from builder.model import TOTAL_ROW, Report
from builder.profile import Profiles


def report_schema(profiles: Profiles) -> dict[str, Any]:
    """JSON Schema (2020-12) of content/<year>/<stem>.yaml, keys and descriptions in Chinese."""
    schema = Report.model_json_schema(by_alias=True)
    for definition in (schema, *schema["$defs"].values()):
        definition.pop("description", None)  # docstrings and class names are for engineers
        definition.pop("title", None)
        for field in definition["properties"].values():
            field.pop("title", None)
            _drop_null(field)
            _type_examples(field)
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
    # A code of digits only is a number to an editor, and a text to us.
    properties[Report.label("code")]["type"] = ["string", "number"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "项目支出绩效自评表",
        **schema,
    }


def _drop_null(field: dict[str, Any]) -> None:
    """An empty value is a missing value: an editor need not offer null."""
    options = [option for option in field.get("anyOf", ()) if option != {"type": "null"}]
    if len(options) == 1:
        field.pop("anyOf")
        field.pop("default", None)
        field.update(options[0])


def _type_examples(field: dict[str, Any]) -> None:
    """Examples as an editor would type them: offered as texts, they came with quotes."""
    kind = {"number": Decimal, "integer": int}.get(str(field.get("type")))
    if kind and "examples" in field:
        field["examples"] = [kind(example) for example in field["examples"]]
