"""A form that is still being filled in, as its page will look: with blanks, and without scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from markupsafe import escape

from builder.content import Settings, addresses
from builder.diagnostics import Diagnostics, Span, catalogue
from builder.layouts import Layout
from builder.model import SELF, TARGET
from builder.records import UNFILLED
from builder.scoring import Document, FundLine, Scorecard
from builder.serve.places import Cell, Places
from builder.site import report_page
from builder.text import NOTHING
from builder.theme import Theme
from builder.views import (
    FormRow,
    FormView,
    Link,
    ReportView,
    Section,
    StageView,
    report_view,
    site_view,
    stage_view,
)

View = TypeVar("View", ReportView, StageView)

LATER = "填完以后由程序计算。"
BLANKS = frozenset({catalogue.MISSING_KEY, catalogue.MISSING_COLUMN, catalogue.MISSING_WEIGHT})


def draft_page(
    theme: Theme, settings: Settings, document: Document, blanks: Iterable[Span], found: Diagnostics
) -> bytes | None:
    """The page of a form that is not whole yet; None where a template fails, which is reported."""
    site, report = settings.site, document.report
    document = replace(document, card=_unscored(document), recheck=None)
    places = Places(document, document.source.text)
    cells = {cell for span in blanks if (cell := places.cell(span))}
    home = Link("首页", addresses.HOME)
    name = document.source.file if report.name == UNFILLED else report.name

    def unfinished(view: View) -> View:
        return replace(
            view,
            name=name,
            form=_blanked(view.form, cells, document.layout),
            unit=replace(view.unit, path=addresses.HOME),
            page=replace(view.page, breadcrumb=(home, Link(name))),
            figures=(), downloads=(),
        )  # fmt: skip

    view: ReportView | StageView
    if report.is_planned:
        view = unfinished(stage_view(document, site, TARGET, stages=(), at=SELF, has_pdf=False))
    else:
        whole = unfinished(report_view(document, site, has_pdf=False))
        view = replace(
            whole,
            parts=tuple(replace(part, weight=NOTHING) for part in whole.parts),
            groups=(), deviations=(), evidence=(), answer=(), menu=(),
            execution=replace(whole.execution, rate=NOTHING, formula=LATER), total=LATER,
        )  # fmt: skip
    shown = site_view(site)
    files = report_page(theme, site, shown, view, found, published=report.published)
    return next((data for path, data in files if path.endswith(".html")), None)


def _unscored(document: Document) -> Scorecard:
    """The scorecard with typed figures only: what would be computed of blanks says nothing."""
    card, report = document.card, document.report
    weights = [indicator.weight for _, indicator in report.indicators()]
    return replace(
        card,
        execution=replace(card.execution, total=_typed(card.execution.total), score=None),
        rows=tuple(map(_typed, card.rows)),
        points=tuple(
            replace(point, weight=weight, computed=None, awarded=point.indicator.awarded)
            for point, weight in zip(card.points, weights, strict=True)
        ),
        weight_sum=None, total=None, total_formula=LATER, grade=None,
    )  # fmt: skip


def _typed(line: FundLine) -> FundLine:
    return replace(line, rate=None, shares=dict.fromkeys(line.shares), score=None)


def _blanked(form: FormView, blanks: set[Cell], layout: Layout) -> FormView:
    """The form with `UNFILLED` where a value is missing; of amounts not all there, no sums."""
    funds = layout.funds
    amounts = {column for key, column in funds.columns.items() if key in funds.amounts}
    is_sum_open = any(cell.column in amounts for cell in blanks)
    total = addresses.fund_row(0)

    def filled(row: FormRow) -> FormRow:
        heads = [escape(cell.text).striptags() for cell in row.cells if cell.scope]
        names = {f"#{row.anchor}", *heads, *(("",) if row.kind == "goals" else ())}
        wanted = {cell.column for cell in blanks if cell.row in names and cell.column}
        alone = {cell.row for cell in blanks if not cell.column}
        is_open = is_sum_open and row.anchor == total
        cells, before = [], ""
        for cell in row.cells:
            if not cell.scope and (cell.label in wanted or before in alone):
                cells.append(replace(cell, text=UNFILLED))
            elif is_open and cell.label in amounts:
                cells.append(replace(cell, text=NOTHING, kind="figure"))
            else:
                cells.append(cell)
            before = escape(cell.text).striptags() if cell.scope == "row" else ""
        return replace(row, cells=tuple(cells), brief=None)

    def sections(of: Iterable[Section]) -> tuple[Section, ...]:
        return tuple(replace(one, rows=tuple(map(filled, one.rows))) for one in of)

    return replace(
        form,
        opening=sections(form.opening),
        indicators=tuple(replace(one, row=filled(one.row)) for one in form.indicators),
        closing=sections(form.closing),
    )
