"""The JSON Schema of a report, for completion and hints in an editor.

It is the model's own schema; what is open there (funding rows, indicator levels) is filled
with the names that the layouts know, so that an editor can offer them.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from decimal import Decimal
from typing import Any, get_args

from pydantic import TypeAdapter

from builder.content import Settings
from builder.layouts import CHOICE, GOALS, NUMBER, TABLE, Entry, Layout
from builder.model import (
    REVIEW,
    TOTAL_ROW,
    Amounts,
    Disclosure,
    Goals,
    Indicator,
    Report,
    Share,
    report_on,
    unmeasured,
)
from builder.records import BLANK, Figure

_FIGURE = TypeAdapter(Figure).json_schema()


def report_schema(settings: Settings) -> dict[str, Any]:
    """JSON Schema (2020-12) of content/<year>/<stem>.yaml, keys and descriptions in Chinese."""
    schema = Report.model_json_schema(by_alias=True)
    del schema["title"]  # the class's name
    for definition in (schema, *schema["$defs"].values()):
        definition.pop("description", None)  # docstrings are for engineers
        for field in definition["properties"].values():
            field.pop("title", None)
            _drop_null(field)
            _type_examples(field)
            _explain_type(field)
    properties, layouts = schema["properties"], settings.layouts.by_name
    indicator = schema["$defs"][Indicator.__name__]["properties"]
    amounts = schema["$defs"][Amounts.__name__]
    for name, layout in layouts.items():
        _add_entries(properties, layout.entries, name)
        _add_entries(indicator, layout.indicators.entries, name)
        _add_entries(amounts["properties"], layout.funds.entries, name)
        needed = [Amounts.label(field) for field in _needed(layout)]
        amounts["required"] = [label for label in amounts["required"] if label in needed]
    schema |= _require_names(schema["required"], settings)
    schema["allOf"] = [_require_review()]
    # What is not known in January is asked for by the checks, which know the stage.
    schema["$defs"][Share.__name__]["required"].remove(Share.label("actual"))
    if not all(layout.has(GOALS) for layout in layouts.values()):
        schema["required"].remove(Report.label("goals"))
    of_goals = schema["$defs"][Goals.__name__]
    known = [set(layout.goals.columns) for layout in layouts.values() if layout.has(GOALS)]
    of_goals["required"] = [
        label for label in of_goals["required"] if all(label in of for of in known)
    ]
    left_out = {name for layout in layouts.values() for name in unmeasured(layout.indicators)}
    required = schema["$defs"][Indicator.__name__]["required"]
    for name in {"target", "actual"} & left_out:
        required.remove(Indicator.label(name))
    disclosure = schema["$defs"][Disclosure.__name__]  # a field that refers has no type to fit
    disclosure["examples"] = properties[Report.label("disclosure")].pop("examples")
    _name_rows(properties[Report.label("funds")], layouts)
    _name_levels(properties[Report.label("groups")], layouts)
    properties[Report.label("profile")]["examples"] = sorted(settings.profiles.by_name)
    # A code of digits only is a number to an editor, and a text to us.
    properties[Report.label("code")]["type"] = ["string", "number"]
    schema["$defs"][Indicator.__name__]["defaultSnippets"] = [
        _new_indicator("新的指标", "指标、指标值、完成值和分值", "actual"),
        _new_indicator("新的指标（目标）", "指标、指标值和分值"),
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "项目支出绩效自评表",
        **schema,
    }


def _require_names(required: list[str], settings: Settings) -> dict[str, Any]:
    """What a form about a whole office may leave out is required of the others only."""
    label, rules = Report.label, settings.profiles.by_name
    left = [name for name in map(label, ("name", "unit")) if name in required]
    for name in left:
        required.remove(name)
    whole = sorted(name for name, rule in rules.items() if rule.is_whole)
    named: dict[str, Any] = {"properties": {label("profile"): {"enum": whole}}}
    if settings.site.profile not in whole:
        named["required"] = [label("profile")]
    return {"if": named, "else": {"required": left}}


def _require_review() -> dict[str, Any]:
    """Who writes that a report was checked again says when."""
    stage = Report.label("stage")
    rechecked = {"properties": {stage: {"const": REVIEW}}, "required": [stage]}
    return {"if": rechecked, "then": {"required": [Report.label("review")]}}


def _needed(layout: Layout) -> list[str]:
    """The fields that every funding row of a layout has."""
    row = get_args(report_on(layout).model_fields["funds"].annotation)[1]
    return [name for name, field in row.model_fields.items() if field.is_required()]


def _add_entries(fields: dict[str, Any], entries: Mapping[str, Entry], layout: str) -> None:
    """Offer the fields that a layout has of its own; one that is required only there is not
    required by the schema. Layouts may mean different things by one label: then any of them fits.
    """
    for label, entry in entries.items():
        shape, told = _shape(entry), f"{entry.hint}，用于版式“{layout}”"
        known = dict(fields.get(label, {}))
        told = known.pop("description", told)
        ways = known.get("anyOf", [known] if known else [])
        if shape not in ways:
            fields[label] = {**({"anyOf": [*ways, shape]} if ways else shape), "description": told}


def _shape(entry: Entry) -> dict[str, Any]:
    """What may be typed in a field of a layout; in a table, the rows and columns that it has."""
    match entry.kind:
        case kind if kind == NUMBER:
            return _FIGURE
        case kind if kind == CHOICE:
            return {"enum": [*entry.choices, BLANK]}
        case kind if kind != TABLE:
            return {"type": "string"}
    cell = _FIGURE if entry.cell == NUMBER else {"type": "string"}
    row = _closed(dict.fromkeys(entry.columns, cell))
    return _closed(
        {
            name: {**row, "description": f"{group}的一行" if group else "一行"}
            for group, rows in entry.rows.items()
            for name in rows
        }
    )


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _name_rows(funds: dict[str, Any], layouts: Mapping[str, Layout]) -> None:
    """Offer the funding rows that the layouts know, saying which of them do."""
    known: dict[str, set[str]] = {}
    for name, layout in layouts.items():
        for row in layout.funds.rows:
            known.setdefault(row, set()).add(name)
    amounts = funds["additionalProperties"]
    total = {TOTAL_ROW: amounts | {"description": "各行之和；可不填，填写则供核对"}}
    funds["properties"] = total | {
        row: amounts | {"description": _known_to("一行资金", known[row], layouts)}
        for row in sorted(known)
    }


def _name_levels(groups: dict[str, Any], layouts: Mapping[str, Layout]) -> None:
    """Offer the 一级指标 and 二级指标 that the layouts know, saying which of them do."""
    first: dict[str, set[str]] = {}
    second: dict[str, dict[str, set[str]]] = {}
    for layout in layouts.values():
        for name, kinds in layout.indicators.groups.items():
            first.setdefault(name, set()).add(layout.name)
            for kind in kinds:
                second.setdefault(name, {}).setdefault(kind, set()).add(layout.name)
    level = groups["additionalProperties"]
    entries = level["additionalProperties"]
    entries["errorMessage"] = "应为列表，每个指标以 - 开头"
    depths = {len(layout.indicators.levels) for layout in layouts.values()}

    def firsts(name: str) -> dict[str, Any]:
        """What may stand behind a 一级指标: its 二级指标; its indicators where a form has none."""
        kinds = second.get(name, {})
        told = {"description": _known_to("一级指标", first[name], layouts)}
        below = {
            "properties": {
                kind: entries | {"description": _known_to("二级指标", kinds[kind], layouts)}
                for kind in sorted(kinds)
            }
        }
        whole = level | below if kinds or 1 not in depths else level
        return told | (whole if 1 not in depths else {"anyOf": [whole, entries]})

    groups["properties"] = {name: firsts(name) for name in sorted(first)}
    if 1 in depths:
        groups["additionalProperties"] = {"anyOf": [level, entries]}
    # A form may have lost all of them, and one without levels has a list. What holds for a
    # mapping says nothing of those: a slip is told at its place, as on any other form.
    listed = {"items": entries["items"]} if 0 in depths else {}
    types = ["object", *(["array"] if listed else []), "string"]
    groups |= {"type": types, **listed, "pattern": f"^{BLANK}$"}


def _known_to(what: str, names: Set[str], layouts: Mapping[str, Layout]) -> str:
    """Such as `二级指标，用于四川、云南`."""
    if len(names) == len(layouts):
        return f"{what}，各版式通用"
    return f"{what}，用于{'、'.join(sorted(names))}"


def _new_indicator(label: str, description: str, *results: str) -> dict[str, Any]:
    """What an editor writes for a new indicator: the keys that one rarely goes without."""
    fields = ("name", "target", *results, "weight")
    body = {Indicator.label(name): f"${number}" for number, name in enumerate(fields, start=1)}
    return {"label": label, "description": description, "body": body}


def _explain_type(field: dict[str, Any]) -> None:
    """What editors say of another type: of that they tell in English."""
    kind = field.get("type")
    if kind == _FIGURE["type"]:
        told = f"应为数字，不带单位和千分位逗号；空着的写 {BLANK}"
        field |= {"errorMessage": told, "patternErrorMessage": told}
    elif kind == "number":
        field["errorMessage"] = "应为数字，不带单位和千分位逗号"
    elif kind == "integer":
        field["errorMessage"] = "应为四位年份"


def _drop_null(field: dict[str, Any]) -> None:
    """An empty value is a missing value: an editor need not offer null, [] or {}."""
    options = [option for option in field.get("anyOf", ()) if option != {"type": "null"}]
    if len(options) == 1:
        field.pop("anyOf")
        field.pop("default", None)
        field.update(options[0])
    if field.get("default") in ([], {}, None):
        field.pop("default", None)


def _type_examples(field: dict[str, Any]) -> None:
    """Examples as an editor would type them: offered as texts, they came with quotes."""
    types = {"number": Decimal, "integer": int, str(_FIGURE["type"]): Decimal}
    kind = types.get(str(field.get("type")))
    if kind and "examples" in field:
        field["examples"] = [kind(example) for example in field["examples"]]
