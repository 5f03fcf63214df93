"""The rows of the indicators on the form: each with what is part of it, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from builder import layouts
from builder.content import addresses
from builder.layouts import LEVEL_POINTS, LEVELS, PART_OF, QUOTIENT
from builder.model import Indicator, Recheck, Share, extras
from builder.scoring import (
    HUNDRED,
    Document,
    Points,
    deviates,
    gap,
    plain,
    reason_of,
    split_target,
)
from builder.source import Location
from builder.text import NOTHING, figure, signed, to_inline
from builder.views.form import Cell, FormRow, IndicatorRow, before_unit
from builder.views.grid import NAME, REASON
from builder.views.head import written
from builder.views.levels import Levels

WEIGHT, SCORE = "分值", "得分"
TARGET, ACTUAL = "年度指标值", "实际完成值"
IN_FRONT = (*LEVELS, *LEVEL_POINTS)
COMPUTED = {layouts.INITIAL_TARGET, layouts.ADJUSTED_TARGET, QUOTIENT}
CENT = Decimal("0.01")

KINDS = {
    WEIGHT: "number points", SCORE: "number points", REASON: "text",
    layouts.INITIAL_TARGET: "figure",
    **dict.fromkeys(layouts.RECHECKED[1:3], "number points"), layouts.RECHECKED[3]: "text",
}  # fmt: skip
COLUMNS = {TARGET: "target", ACTUAL: "actual", WEIGHT: "weight", SCORE: "score", REASON: "reason"}
TOLD = "told"  # a reason that the page of the report tells with its deviation, too
PLAIN = {*IN_FRONT, NAME, *COLUMNS}
OWN_KINDS = {"文字": "text", "一行": "text", "数字": "number"}
SHARES = Indicator.label("shares")
_RECHECK = Indicator.label("recheck")
# Where 复核 says what its columns print; how far the two are apart stands nowhere.
RECHECKED = {
    layouts.RECHECKED[0]: (_RECHECK, Recheck.label("actual")),
    layouts.RECHECKED[1]: (_RECHECK, Recheck.label("awarded")),
    layouts.RECHECKED[3]: (_RECHECK, Recheck.label("note")),
}


def indicator_rows(
    document: Document, headings: Mapping[str, str], grid: Sequence[str]
) -> Iterator[IndicatorRow]:
    """The indicators of a form under the columns of `headings`, of which `grid` says how many
    columns of the form each takes."""
    rows, levels = _Rows(document, headings, grid), Levels(document, headings)
    for number, point in enumerate(document.card.points, start=1):
        cells = tuple(rows.cells(point, number))
        yield IndicatorRow(
            levels.of(point),
            FormRow(cells, _kind_of(point), addresses.indicator_row(number)),
            tuple(rows.shares(point)),
        )


def _kind_of(point: Points) -> str:
    return "indicator deviates" if deviates(point) else "indicator"


class _Rows:
    """The rows of one form."""

    def __init__(
        self, document: Document, headings: Mapping[str, str], grid: Sequence[str]
    ) -> None:
        self._layout, self._profile, self._headings = document.layout, document.profile, headings
        self._columns = {key: grid.count(key) for key in headings}
        self._has_parts = not {*layouts.PARTS}.isdisjoint(headings)
        self._has_computed = not COMPUTED.isdisjoint(headings)
        self._found = document.recheck.points if document.recheck else ()

    def cells(self, point: Points, number: int) -> Iterator[Cell]:
        """The cells of an indicator behind its levels; it is that of `number`, from 1."""
        indicator = point.indicator
        texts: dict[str, str] = {
            NAME: indicator.name, TARGET: indicator.target,
            **self._parts(indicator.target),
            ACTUAL: indicator.actual, REASON: to_inline(indicator.reason or ""),
            WEIGHT: self._points(point.weight, point), SCORE: self._points(point.awarded, point),
            **(self._computed(point) if self._has_computed else {}),
            **{label: written(value) for label, value in extras(indicator).items()},
            **(self._rechecked(point, self._found[number - 1]) if self._found else {}),
        }  # fmt: skip
        for key, heading in self._headings.items():
            place = point.place(*RECHECKED.get(key, (key,)))
            if key == NAME:
                columns = self._columns[key]
                yield Cell(texts[key], "text", "row", columns, label=heading, place=place)
            elif key not in IN_FRONT:
                text = texts.get(key, "")
                kind = self._kind(key, text) if text != NOTHING else "figure"
                if key == REASON and reason_of(indicator.reason):
                    kind += f" {TOLD}"
                anchor = f"points-{number}" if self._is_explained(key, text) else ""
                if kind == "figure" and self._found:  # no form has narrower columns
                    text = before_unit(text)
                column, about = COLUMNS.get(key, ""), indicator.name if anchor else ""
                yield Cell(
                    text, kind, "", label=heading, anchor=anchor, about=about, place=place,
                    column=column,
                )  # fmt: skip

    def shares(self, point: Points) -> Iterator[FormRow]:
        """The rows of what is part of an indicator."""
        for number, share in enumerate(point.indicator.shares):
            yield self._share(share, (*point.place(SHARES), number))

    def _share(self, share: Share, place: Location) -> FormRow:
        """A row of what is part of an indicator: a name, a target and a result."""
        texts = {
            NAME: f"{self._layout.word(PART_OF)}{share.name}",
            TARGET: share.target, ACTUAL: share.actual,
            **self._parts(share.target),
        }  # fmt: skip
        return FormRow(
            tuple(
                Cell(texts.get(key, ""), "text" if key == NAME else "figure",
                     "row" if key == NAME else "", self._columns[key], label=heading,
                     place=(*place, key) if key in texts else (),
                     column=COLUMNS.get(key, ""))
                for key, heading in self._headings.items() if key not in IN_FRONT
            ),
            "share",
        )  # fmt: skip

    def _computed(self, point: Points) -> dict[str, str]:
        """What some forms print and nobody types: the share of the points that were given, and a
        target in two columns, of which the second is for one that was adjusted."""
        target, own = point.indicator.target, extras(point.indicator)
        is_adjusted = layouts.INITIAL_TARGET in own
        texts = {
            layouts.INITIAL_TARGET: target,
            layouts.ADJUSTED_TARGET: target if is_adjusted else "",
        }
        if point.weight and point.awarded is not None:
            share = (point.awarded * HUNDRED / point.weight).quantize(CENT, ROUND_HALF_UP)
            texts[QUOTIENT] = f"{plain(share)}%"
        return texts

    def _parts(self, target: str) -> dict[str, str]:
        """A target in several columns, where the form has them."""
        if not self._has_parts:
            return {}
        found = zip(layouts.PARTS, split_target(target), strict=True)
        own = self._layout.indicators.entries
        return {key: text for key, text in found if key not in own}

    def _is_explained(self, key: str, text: str) -> bool:
        """Whether a cell leads to how it came about: that stands on the report's own page."""
        is_own = layouts.RECHECKED[1] not in self._headings
        return is_own and key == SCORE and text != NOTHING

    def _rechecked(self, own: Points, found: Points) -> dict[str, str]:
        """What 复核 found, in the columns of its form."""
        recheck, digits = own.indicator.recheck, self._profile.point_digits
        actual, points, apart, note = layouts.RECHECKED
        return {
            actual: found.indicator.actual,
            points: figure(found.awarded, digits),
            apart: signed(gap(own.awarded, found.awarded), digits),
            note: to_inline(recheck.note or "") if recheck else "",
        }

    def _points(self, points: Decimal | None, of: Points) -> str:
        """Points as printed: nothing where a blank keeps them open."""
        is_open = points is None and of.is_blank
        return "" if is_open else figure(points, self._profile.point_digits)

    def _kind(self, key: str, text: str) -> str:
        if key == layouts.FIGURE and text[:1].isdigit() and text.isascii():  # no date
            return "number points bound"
        entry = self._layout.indicators.entries.get(key)
        return KINDS.get(key) or OWN_KINDS.get(entry.kind if entry else "", "figure")
