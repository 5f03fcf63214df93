"""What was read of a form as an author's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

from builder import layouts
from builder.content import Rules
from builder.formatter import drafted
from builder.intake.draft import Draft, Tree
from builder.layouts import AMOUNTS, Layout
from builder.model import GROUPS, REVIEW, SELF, TOTAL_ROW, Goals, Indicator, Report
from builder.records import BLANK
from builder.source import Location

_FUNDS = Report.label("funds")
_GOALS = Report.label("goals")
_ACTUAL, _SCORE, _WEIGHT = "实际完成值", "得分", "分值"


def tree(draft: Draft, rules: Rules, layout: Layout, year: str, default: str) -> Tree:
    """The values of an author's file.

    `layout` is what the form stands on, `default` the site's own scoring profile, which need not
    be named. What the form has a cell for, and nothing in it, is `留空` where something is asked.
    """
    found = deepcopy(draft.values)
    head: Tree = {Report.label("year"): found.pop(Report.label("year"), year)}
    if rules.stage != SELF:
        head[Report.label("stage")] = rules.stage
    if rules.profile.name != default:
        head[Report.label("profile")] = rules.profile.name
    found.setdefault(GROUPS, BLANK)
    if _FUNDS in found:
        found[_FUNDS] = _funds(found[_FUNDS], layout)
    if _GOALS in found or (layout.has(layouts.GOALS) and rules.stage != REVIEW):
        found[_GOALS] = _goals(found.get(_GOALS, {}), layout)
    for indicator in _indicators(found[GROUPS]):
        _finish(indicator, is_scored=rules.profile.is_scored)
    return {key: value for key, value in {**head, **found}.items() if value != ""}


def text_of(values: Tree, draft: Draft, rules: Rules) -> str:
    """The canonical text of a file, with what found no place in comments beside it."""
    comments: dict[Location, list[str]] = {}
    for what, losses in (("没有找到位置", draft.lost), ("表下的注", draft.notes)):
        for lost in losses:
            comments.setdefault(_beside(lost.beside, values), []).append(
                f"{what}（{lost.place}）：{lost.text}"
            )
    return drafted(values, comments, rules.record)


def without_points(values: Tree, same: Iterable[Location]) -> Tree:
    """The values without the 得分 that the rules give anyway: an author states them only where
    they are lower. `same` are their places."""
    found = deepcopy(values)
    for at in same:
        inside: Any = found
        for part in at[:-1]:
            inside = inside[part]
        inside.pop(at[-1], None)
    return found


def _beside(at: Location, values: Tree) -> Location:
    """An indicator rather than one of its fields, a row rather than an amount."""
    if at[:1] == (GROUPS,):
        numbers = [place for place, part in enumerate(at) if isinstance(part, int)]
        return at[: numbers[0] + 1] if numbers else at
    if at[:1] == (_FUNDS,):
        return at[:1]
    return at[:1] if at and at[0] in values else ()


def _funds(rows: Tree, layout: Layout) -> Tree:
    """The rows with an amount; blank what is asked of them and stands nowhere. A total that is
    no more than the sum of its rows goes without saying."""
    funds, found = layout.funds, {}
    for row, amounts in rows.items():
        if not amounts and (row in funds.rows or len(rows) > 1):
            continue
        asked = funds.asked(row) if row in funds.rows or row == TOTAL_ROW else ()
        found[row] = {**amounts, **{c: BLANK for c in asked if c not in amounts}}
    if TOTAL_ROW in found and not funds.unsummed and _is_sum(found, layout):
        del found[TOTAL_ROW]
    return found


def _is_sum(rows: Tree, layout: Layout) -> bool:
    parts = [row for row in rows if row != TOTAL_ROW]
    if not parts or any(layout.funds.family(row) != (None, None) for row in parts):
        return False
    total = rows[TOTAL_ROW]
    for column, text in total.items():
        if column not in AMOUNTS and column not in layout.funds.entries:
            continue
        if text == BLANK:
            return False
        amounts = [rows[row].get(column, BLANK) for row in parts]
        if BLANK in amounts or sum(map(Decimal, amounts)) != Decimal(text):
            return False
    return True


def _goals(goals: Tree, layout: Layout) -> Tree:
    asked = [
        Goals.label(name)
        for name in Goals.model_fields
        if Goals.label(name) in layout.goals.columns
    ]
    return {label: goals.get(label) or BLANK for label in asked}


def _indicators(groups: Any) -> Iterator[Tree]:
    if isinstance(groups, list):
        yield from groups
    elif isinstance(groups, dict):
        for inner in groups.values():
            yield from _indicators(inner)


def _finish(indicator: Tree, *, is_scored: bool) -> None:
    """Blanks of an indicator: said where something is asked, gone elsewhere."""
    is_open = indicator.get(_ACTUAL) == ""
    for label in [key for key, value in indicator.items() if value == ""]:
        is_asked = label in (Indicator.label("target"), _ACTUAL)
        is_asked = is_asked or (is_scored and (label == _WEIGHT or (label == _SCORE and is_open)))
        if is_asked:
            indicator[label] = BLANK
        else:
            del indicator[label]
