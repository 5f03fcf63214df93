"""The levels that indicators stand under: none, 一级指标, or 一级 and 二级指标.

Every form is read as if it had both; a level that it has not is "". How its author wrote it is
known here alone: `place` leads back into the file, `as_written` to what stands there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from builder.source import Location

NO_LEVEL = ""
GROUPS = "绩效指标"

# What is written under 绩效指标 on a form of so many levels.
DESCRIPTIONS = (
    "三级指标的列表", "一级指标 → 三级指标的列表", "一级指标 → 二级指标 → 三级指标的列表",
)  # fmt: skip


def groups_of(depth: int, indicator: type) -> Any:
    """The type of 绩效指标 where indicators stand under so many levels."""
    entries: Any = tuple[indicator, ...]  # type: ignore[valid-type]
    match depth:
        case 0:
            return Annotated[entries, AfterValidator(_under_both)]
        case 1:
            return Annotated[dict[str, entries], AfterValidator(_under_second)]
    return dict[str, dict[str, entries]]


def as_written(groups: Mapping[str, Mapping[str, Any]]) -> Any:
    """What the author wrote under 绩效指标: the list itself where the form has no levels."""
    firsts = {first: kinds.get(NO_LEVEL, kinds) for first, kinds in groups.items()}
    return firsts.get(NO_LEVEL, firsts)


def place(*path: str | int) -> Location:
    """Where in the file a level, an indicator or its field stands, by its path in the record."""
    return GROUPS, *(part for part in path if part != NO_LEVEL)


def _under_second(firsts: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {first: {NO_LEVEL: entries} for first, entries in firsts.items()}


def _under_both(entries: tuple[Any, ...]) -> dict[str, dict[str, Any]]:
    if not entries:  # asked for in the type, it would be told of a list with misfits, too
        raise PydanticCustomError("too_short", "empty")
    return {NO_LEVEL: {NO_LEVEL: entries}}
