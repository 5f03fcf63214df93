"""An empty form to fill in: the keys of a profile's form, each with what belongs there."""

from __future__ import annotations

from collections.abc import Iterator

from builder.layouts import GOALS, TABLE, TEXT, Entry, Layout
from builder.model import (
    SELF,
    TARGET,
    TOTAL_ROW,
    Goals,
    Indicator,
    Report,
    Stage,
    WholeReport,
    unmeasured,
)
from builder.records import Record
from builder.scoring import Profile

HEAD = """\
# yaml-language-server: $schema=../report.schema.json
# 写在冒号后面，中间空一格；# 和它后面的说明留着或删去都可以。
# 评分规则“{name}”：{summary}
{year}: {number}
"""
PLANNED = "  # 年初的目标，还没有结果；年底在同一份文件里接着填，改为“自评”"
FUNDS = """
{funds}:  # 单位：{unit}；数字里不写千分位逗号
"""
GROUPS = """
# {told}
{groups}:
"""
TOLD = (
    "有几个指标，就照样写几段。",
    "一个一级指标下有几个指标，就照样写几段；没有的一级指标整段删去。",
    "一个二级指标下有几个指标，就照样写几段；没有的二级指标整段删去。",
)
BY_STANDARD = "  # 按评分标准评定的得分，单位：分"
LISTED = "# 预算执行是其中一项：三级指标写“{name}”{result}。"
OPTIONAL = """
# 以下各项需要时才填，去掉行首的 # 即可。
"""


def empty_form(
    profile: Profile, layout: Layout, year: int, *, is_default: bool, stage: Stage = SELF
) -> str:
    """The text of a report with nothing filled in but its year, and its stage if that is 目标.

    `layout` is that of the stage. The profile is named in it unless it is the site's default one.
    """
    report, is_planned = Report.label, stage == TARGET
    parts = [
        HEAD.format(name=profile.name, summary=profile.summary, year=report("year"), number=year)
    ]
    if is_planned:
        parts.append(f"{report('stage')}: {stage}{PLANNED}\n")
    names = ("department",) if profile.is_whole else ("name", "department", "unit")
    parts += (_line(Report, name) for name in names)
    if not is_default:
        parts.append(f"{report('profile')}: {profile.name}\n")
    parts.append(FUNDS.format(funds=report("funds"), unit=layout.money_unit))
    rows = tuple(layout.funds.rows)
    if layout.funds.unsummed or not rows:
        rows = (TOTAL_ROW, *rows)
    parts += (
        f"  {row}: {{{', '.join(f'{label}: ' for label in layout.funds.filled_in(row))}}}\n"
        for row in rows
    )
    if layout.has(GOALS):
        parts.append(f"\n{report('goals')}:\n")
        known = (name for name in Goals.model_fields if Goals.label(name) in layout.goals.columns)
        parts += (_line(Goals, name, "  ") for name in known)
    told, listed = TOLD[len(layout.indicators.levels)], profile.execution.indicator
    result = "" if is_planned else "，完成值写执行率"
    told += f"\n{LISTED.format(name=listed, result=result)}" if listed else ""
    parts.append(GROUPS.format(groups=report("groups"), told=told))
    parts += _groups(profile, layout, is_planned=is_planned)
    parts += _own(layout)
    parts.append(OPTIONAL)
    left = ("name", "unit") if profile.is_whole else ()
    parts += (_line(WholeReport, name, "# ") for name in left)
    late = () if is_planned else ("execution_note", "published")
    parts += (_line(Report, name, "# ") for name in ("code", *late))
    for name in ("approval", "disclosure") if is_planned else ("disclosure", "evidence"):
        parts += _example(name)
    parts.append(_line(Report, "internal_note", "# "))
    return "".join(parts)


def _groups(profile: Profile, layout: Layout, *, is_planned: bool) -> Iterator[str]:
    """The indicator levels, an indicator in each; hints where the first one stands.

    Of a profile that gives usual points, only the groups that have them.
    """
    block = layout.indicators
    usual = {name: block.groups.get(name, ()) for name in profile.weights}
    is_first, depth = True, len(block.levels)
    groups = (usual or block.groups) if depth else {"": ()}
    for first, kinds in groups.items():
        points = f"  # 通行分值 {profile.weights[first]} 分" if first in profile.weights else ""
        if depth:
            yield f"  {first}:{points}\n"
        for second in kinds if depth > 1 else ("",):
            if second:
                yield f"    {second}:\n"
            indent = "  " * (depth + 1)
            yield from _indicator(profile, layout, indent, hinted=is_first, is_planned=is_planned)
            is_first = False


def _indicator(
    profile: Profile, layout: Layout, indent: str, *, hinted: bool, is_planned: bool
) -> Iterator[str]:
    """The keys of an indicator."""
    left_out, is_manual = unmeasured(layout.indicators), not layout.indicators.has_targets
    has_points = profile.is_scored and not (
        is_planned and Indicator.label("weight") not in layout.indicators.columns
    )
    points = ["weight", *(["awarded"] if is_manual and not is_planned else [])]
    points = points if has_points else []
    for name in ("name", "target", "actual", *points):
        if name in left_out:
            continue
        before = f"{indent}{'- ' if name == 'name' else '  '}"
        if name == "awarded":
            yield f"{before}{Indicator.label(name)}:{BY_STANDARD if hinted else ''}\n"
        else:
            yield _line(Indicator, name, before, hinted=hinted)
    optional = ("awarded", "reason") if profile.is_scored else ("reason",)
    for name in optional if hinted and not is_planned else ():
        if name not in points:
            yield _line(Indicator, name, f"{indent}  # ")
    for label, entry in layout.indicators.entries.items():
        yield _entry(label, entry, f"{indent}  ", hinted=hinted)


def _line(record: type[Record], name: str, before: str = "", *, hinted: bool = True) -> str:
    """A key without a value and, `hinted`, what to write there."""
    field = record.model_fields[name]
    example = f"。例：{field.examples[0]}" if field.examples else ""
    hint = f"  # {field.description}{example}" if hinted else ""
    return f"{before}{record.label(name)}:{hint}\n"


def _own(layout: Layout) -> Iterator[str]:
    """The fields that only this layout has, with air around those of many lines."""
    was_table = True
    for label, entry in layout.entries.items():
        is_table = entry.kind == TABLE
        yield ("\n" if is_table or was_table else "") + _entry(label, entry)
        was_table = is_table


def _entry(label: str, entry: Entry, before: str = "", *, hinted: bool = True) -> str:
    """A field that only this layout has; one that may stay empty is commented out, but for a
    table, whose cells may."""
    choices = f"。可选：{'、'.join(entry.choices)}" if entry.choices else ""
    hint = f"  # {entry.hint}{choices}" if hinted else ""
    if entry.kind == TABLE:
        return f"{label}:{hint}；空着的格子可不填\n" + "".join(_rows(entry))
    return f"{before}{'' if entry.required else '# '}{label}:{hint}\n"


def _rows(entry: Entry) -> Iterator[str]:
    """The rows of a table: those of texts with a line for each cell, others on one line."""
    for group, rows in entry.rows.items():
        if group and rows != (group,):
            yield f"  # {group}\n"
        for row in rows:
            if entry.cell == TEXT:
                yield f"  {row}:\n"
                yield from (f"    {column}:\n" for column in entry.columns)
            else:
                yield f"  {row}: {{{', '.join(f'{column}: ' for column in entry.columns)}}}\n"


def _example(name: str) -> Iterator[str]:
    """A key that holds more than a text, with its example, commented out."""
    field, label = Report.model_fields[name], Report.label(name)
    assert field.examples, f"{label} has no example"
    match field.examples[0]:
        case dict() as record:
            yield f"# {label}: {_flow(record)}  # {field.description}\n"
        case records:
            yield f"# {label}:  # {field.description}\n"
            yield from (f"#   - {_flow(record)}\n" for record in records)


def _flow(record: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in record.items()) + "}"
