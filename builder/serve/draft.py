"""A form that is still being filled in, as its page will look: with blanks, and without scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from builder.checks import check
from builder.content import Entry, Settings, addresses, rules_of
from builder.diagnostics import Diagnostic, Diagnostics, Span, catalogue
from builder.layouts import Layout
from builder.model import Amounts, Indicator, report_on
from builder.records import BLANK, completed
from builder.scoring import Document, Scorecard, score
from builder.serve.places import Cell, Places
from builder.site import report_metadata, report_page
from builder.source import Source
from builder.text import NOTHING
from builder.theme import Theme
from builder.views import FormRow, FormView, Link, report_view, site_view

LATER = "填完以后由程序计算。"
BLANKS = frozenset({catalogue.MISSING_KEY, catalogue.MISSING_COLUMN, catalogue.MISSING_WEIGHT})


@dataclass(frozen=True, slots=True)
class Draft:
    """What can be shown of a form with blanks. `found` are those that no decoder tells of."""

    document: Document
    found: tuple[Diagnostic, ...]


def draft(source: Source, entry: Entry, settings: Settings) -> Draft | None:
    """A form that cannot be understood yet; None for what is none, or is of another year."""
    told = Diagnostics()
    rules = rules_of(source, entry, settings, told)
    report = completed(source, report_on(rules[1])) if rules else None
    if rules is None or report is None or f"{report.year}" != entry.folder:
        return None
    document = Document(entry.folder, entry.stem, source, report, *rules, score(report, rules[0]))
    check(document, told)
    return Draft(document, tuple(d for d in told if d.rule in BLANKS))


def draft_page(
    theme: Theme, settings: Settings, shown: Draft, blanks: Iterable[Span], found: Diagnostics
) -> bytes | None:
    """The page of a draft; None where a template fails, which is reported."""
    document, site = shown.document, settings.site
    report = document.report
    view = report_view(replace(document, card=_unscored(document)), site, has_pdf=False)
    places = Places(document, document.source.text)
    cells = {cell for span in blanks if (cell := places.cell(span))}
    home = Link("首页", addresses.HOME)
    name = document.source.file if report.name == BLANK else report.name
    view = replace(
        view,
        name=name,
        form=_blanked(view.form, cells, document.layout),
        unit=replace(view.unit, path=addresses.HOME),
        page=replace(view.page, breadcrumb=(home, Link(name))),
        parts=tuple(replace(part, weight=NOTHING) for part in view.parts),
        figures=(), groups=(), deviations=(), downloads=(), evidence=(),
        execution=replace(view.execution, rate=NOTHING, formula=LATER), total=LATER,
    )  # fmt: skip
    metadata = report_metadata(site, view, report.published)
    files = report_page(theme, site_view(site), view, metadata, found)
    return next((data for path, data in files if path.endswith(".html")), None)


def _unscored(document: Document) -> Scorecard:
    """The scorecard with typed figures only: what would be computed of blanks says nothing."""
    card, report = document.card, document.report
    weights = [indicator.weight for _, indicator in report.indicators()]
    return replace(
        card,
        execution=replace(
            card.execution, total=replace(card.execution.total, rate=None), score=None
        ),
        rows=tuple(replace(row, rate=None) for row in card.rows),
        points=tuple(
            replace(point, weight=weight, computed=None, awarded=point.indicator.awarded)
            for point, weight in zip(card.points, weights, strict=True)
        ),
        weight_sum=None, total=None, total_formula=LATER, grade=None,
    )  # fmt: skip


def _blanked(form: FormView, blanks: set[Cell], layout: Layout) -> FormView:
    """The form with `BLANK` where a figure is missing; of amounts not all there, no sums."""
    total = addresses.fund_row(0)
    labels = {Amounts.label(name) for name in Amounts.model_fields}
    amounts = {column for key, column in layout.funds.columns.items() if key in labels}
    weight = Indicator.label("weight")
    figures = amounts | {c for key, c in layout.indicators.columns.items() if key == weight}
    is_sum_open = any(cell.column in amounts for cell in blanks)

    def rows(of: Iterable[FormRow]) -> Iterator[FormRow]:
        for row in of:
            names = {f"#{row.anchor}", *(f"{cell.text}" for cell in row.cells if cell.scope)}
            wanted = {cell.column for cell in blanks if cell.row in names} & figures
            is_open = is_sum_open and row.anchor == total
            yield replace(
                row,
                cells=tuple(
                    replace(cell, text=BLANK if cell.label in wanted else NOTHING, kind="figure")
                    if cell.label in wanted or (is_open and cell.label in amounts)
                    else cell
                    for cell in row.cells
                ),
            )

    return replace(
        form,
        opening=tuple(
            replace(section, rows=tuple(rows(section.rows)))
            if section.kind == "funding"
            else section
            for section in form.opening
        ),
        indicators=tuple(
            replace(entry, row=row)
            for entry, row in zip(
                form.indicators, rows(entry.row for entry in form.indicators), strict=True
            )
        ),
    )
