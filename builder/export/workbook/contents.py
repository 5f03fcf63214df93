"""What stands in the cells of a form's sheet: texts, numbers and formulas, by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from builder.export.workbook.arithmetic import Formula
from builder.export.workbook.figures import Figure, bare, figure
from builder.export.workbook.formulas import Formulas
from builder.export.workbook.locks import marked
from builder.export.workbook.measure import wide
from builder.export.workbook.plan import Plan, Spot, plan
from builder.layouts import CHOICE, RATE
from builder.model import extras
from builder.scoring import Amount, Bound, Document, read_result, read_target
from builder.source import Location
from builder.text import NOTHING
from builder.views import FormView, form_view

SIZE = 10.0  # of the letters, in points
ABOVE = 2  # rows: title and year
SHRUNK = 0.75  # of its size, at least, is a number set that is too wide for its cell
TARGETS = frozenset({"年度指标值", "年初指标值", "调整指标值", "指标数值"})
RESULTS = frozenset({"实际完成值", "完成值"})


@dataclass(frozen=True)
class Contents:
    """A form on its sheet. `figures` are the cells that hold a number, `formulas` those that are
    worked out; the others hold their texts."""

    view: FormView
    plan: Plan
    figures: Mapping[Location, Figure]
    formulas: Mapping[Location, Formula]

    @cached_property
    def names(self) -> Mapping[Location, str]:
        """What formulas call the cells."""
        return {place: spot.name for place, spot in self.plan.places().items()}

    @cached_property
    def texts(self) -> Mapping[Location, str]:
        """What the cells show."""
        return {place: spot.text for place, spot in self.plan.places().items()}


def contents(document: Document, *, is_empty: bool = False) -> Contents:
    """What stands on the sheet of a report, or of an empty form."""
    view = form_view(document)
    planned = plan(view, dict(_choices(document)), SIZE, ABOVE, is_empty=is_empty)
    if is_empty:  # a dash says that there is nothing, and so it is not yet
        blank = (replace(one, text="") if _is_dash(one) else one for one in planned.spots)
        planned = replace(planned, spots=tuple(blank))
    spots = planned.places()
    figures = {place: found for place, spot in spots.items() if (found := _figure(spot))}
    names = {place: spot.name for place, spot in spots.items()}
    texts = {place: spot.text for place, spot in spots.items()}
    formulas = Formulas(document, names, texts, figures, is_empty=is_empty).by_place()
    return Contents(view, planned, figures, formulas)


def _choices(document: Document) -> Iterator[tuple[Location, str]]:
    """The choices in the head, as one text that is chosen from a list."""
    given = extras(document.report)
    for label, entry in document.layout.entries.items():
        if entry.kind == CHOICE:
            chosen = dict(zip(entry.choices, marked(entry), strict=True))
            none = "　".join(f"□{name}" for name in entry.choices)
            yield (label,), chosen.get(given.get(label, ""), none)


def _is_dash(spot: Spot) -> bool:
    return bool(spot.cell.place) and spot.text == NOTHING


def _figure(spot: Spot) -> Figure | None:
    """What a cell says as a number, where it has room for that."""
    kinds, key = spot.cell.kind.split(), spot.cell.place[-1]
    found = figure(spot.text) if spot.text else None
    if found is None or wide(spot.text, SIZE) * SHRUNK > spot.width:
        return None
    if key in TARGETS:
        return found if isinstance(read_target(spot.text), Bound) else None
    if key in RESULTS:
        return found if isinstance(read_result(spot.text), Amount) else None
    return bare(spot.text) if "number" in kinds or key == RATE else None
