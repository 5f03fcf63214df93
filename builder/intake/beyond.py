"""What an exported form has no place for, read back from the list behind it.

Whoever fills in the form may have edited the list, too, or taken a row of the form away: every
place is looked up anew, an indicator by its name before its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args, get_origin

from builder.content import Rules
from builder.intake.draft import Draft, found_at
from builder.model import (
    BEYOND,
    BEYOND_COLUMNS,
    BEYOND_TOLD,
    REVIEW,
    SELF,
    Indicator,
    Report,
)
from builder.office import Cell
from builder.records import BLANK, record_at, type_at
from builder.source import Location

_STEP = re.compile(r"\s*[›>＞»]\s*")
_NUMBERED = re.compile(r"第\s*([0-9]{1,4})\s*[项份个条](?:\s+(.*))?")
_NAME = Indicator.label("name")
_APPROVAL, _PROFILE = Report.label("approval"), Report.label("profile")
_STAGE_LABEL = Report.label("stage")
_GROUPS = Report.label("groups")


@dataclass(frozen=True, slots=True)
class Restored:
    """A row of the list: its text, and where in the author's file it belongs; no place where its
    label leads nowhere in such a file."""

    label: Cell
    text: Cell
    at: Location | None


def restored(
    rows: Iterable[Sequence[Cell]], record: type[Report], values: Mapping[str, Any]
) -> Iterator[Restored]:
    """Every row of the list that says something, in order.

    `record` is what a file on the layout of the form may hold, `values` what was read of the
    form itself (labels and what stands under them, as in a file). A row whose text was taken
    away says nothing. What leads to a list that the form does not show is numbered from 0
    without gaps.
    """
    known = _Known(record, values)
    for row in rows:
        filled = [cell for cell in row if cell.text]
        if not filled or _joined(filled[0].text) in _AROUND:
            continue
        label, *texts = filled
        at = known.place(label.text)
        if not texts and at is None:
            yield Restored(label, label, None)
        for number, text in enumerate(texts):
            fits = not number and at is not None and known.may_hold(at, text.text)
            yield Restored(label, text, at if fits else None)


def put_back(rows: Sequence[Sequence[Cell]], record: type[Report], draft: Draft) -> None:
    """Add what the list behind a form says to what was read of the form; the rest is a loss."""
    for one in list(restored(rows, record, draft.values)):
        if one.at is None:
            draft.lose(replace(one.text, text=f"{_joined(one.label.text)}：{one.text.text}"))
        else:
            draft.put(one.at, one.text.text, one.text)


def as_told(rules: Rules, rows: Sequence[Sequence[Cell]]) -> Rules | None:
    """The rules that a form is read by with what the list behind it says of them; None where it
    names another profile. A report that was rechecked may stand on its own form."""
    said = {_joined(row[0].text): row[1].text for row in rows if len(row) == 2}
    if said.get(_PROFILE, rules.profile.name) != rules.profile.name:
        return None
    is_rechecked = said.get(_STAGE_LABEL) == REVIEW and rules.stage == SELF
    is_approved = any(label.startswith(f"{_APPROVAL} ") for label in said)
    stage = REVIEW if is_rechecked else rules.stage
    return replace(rules, stage=stage, is_approved=is_approved)


class _Known:
    """Where a label of the list leads."""

    def __init__(self, record: type[Report], values: Mapping[str, Any]) -> None:
        self._record, self._values = record, values
        self._positions: dict[tuple[Location, int], int] = {}

    def place(self, label: str) -> Location | None:
        """The place that a label leads to; None where there is none."""
        at: Location = ()
        for part in _STEP.split(_joined(label)):
            found = self._step(at, part.strip())
            if found is None:
                return None
            at = (*at, found)
        return at

    def may_hold(self, at: Location, text: str) -> bool:
        """Whether a place can hold a text; what is blank as a whole can stand anywhere."""
        type_ = type_at(self._record, at)
        is_branch = record_at(self._record, at) is not None or _holds(type_) in (tuple, dict)
        return text == BLANK or not is_branch

    def _step(self, at: Location, part: str) -> str | int | None:
        type_ = type_at(self._record, at)
        if _holds(type_) is tuple:
            numbered = _NUMBERED.fullmatch(part)
            return self._position(at, int(numbered[1]), numbered[2]) if numbered else None
        if record_at(self._record, at) is None and at:
            # The levels that a row is under are those of the form.
            shown = found_at(self._values, at)
            is_open = at[0] != _GROUPS or (isinstance(shown, Mapping) and part in shown)
            return part if part and _holds(type_) is dict and is_open else None
        return part if type_at(self._record, (*at, part)) is not None else None

    def _position(self, at: Location, number: int, name: str | None) -> int | None:
        """Which of a list is meant: of those that the form shows the one of that name, else of
        that number."""
        shown = found_at(self._values, at)
        if not isinstance(shown, list):
            return self._positions.setdefault((at, number), self._count(at))
        names = [_squeezed(entry.get(_NAME, "")) for entry in shown]
        wanted = _squeezed(name or "")
        if 0 < number <= len(names) and names[number - 1] == wanted:
            return number - 1
        if names.count(wanted) == 1:
            return names.index(wanted)
        return number - 1 if 0 < number <= len(names) else None

    def _count(self, at: Location) -> int:
        return sum(place == at for place, _ in self._positions)


def _holds(type_: Any) -> Any:
    """What a field is: a tuple, a mapping, or something else; what may be left out is the same."""
    options = [type_, *(option for option in get_args(type_) if option is not type(None))]
    found = (get_origin(option) for option in options)
    return next((origin for origin in found if origin in (tuple, dict)), None)


def _joined(text: str) -> str:
    """A label in one line: an office breaks long ones."""
    return " ".join(text.split())


def _squeezed(text: str) -> str:
    return "".join(f"{text}".replace("›", " ").split())


# What belongs to the list and to no report.
_AROUND = frozenset(map(_joined, (BEYOND, BEYOND_TOLD, *BEYOND_COLUMNS)))
