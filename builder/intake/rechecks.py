"""What 复核 found of an indicator, in columns of its own."""

from __future__ import annotations

from collections.abc import Mapping

from builder.intake.draft import Draft
from builder.intake.figures import is_nothing, number
from builder.intake.texts import measure, prose
from builder.layouts import RECHECKED
from builder.model import Indicator, Recheck
from builder.office import Cell
from builder.source import Location

_ACTUAL, _SCORE = "实际完成值", "得分"


def recheck(draft: Draft, at: Location, texts: Mapping[str, Cell]) -> None:
    """Put what 复核 does not confirm of the indicator at that place."""
    actual, score, apart, note = (texts.get(label) for label in RECHECKED)
    own = draft.at(at) or {}
    place = (*at, Indicator.label("recheck"))
    if actual and measure(actual.text) != own.get(_ACTUAL):
        draft.put((*place, Recheck.label("actual")), measure(actual.text), actual)
    digits = number(score.text) if score else None
    if score and digits is not None and digits != own.get(_SCORE):
        draft.put((*place, Recheck.label("awarded")), digits, score)
    if note and not is_nothing(note.text):
        draft.put((*place, Recheck.label("note")), prose(note.text), note)
    draft.know(*(cell for cell in (actual, score, apart) if cell))
