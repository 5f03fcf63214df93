"""An empty form: what its author would type stands blank, with rows enough for indicators."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from builder import content, source
from builder.content import Entry, Rules, Settings, report_labels
from builder.diagnostics import Diagnostics
from builder.model import Indicator, Report, extras
from builder.records import Record
from builder.scoring import Document, score
from builder.starter import empty_form

# How many rows below what stands in front of them: nothing, 一级指标, or both levels.
ROWS = (20, 6, 3)
STEM = "空表"


def empty(rules: Rules, year: int, settings: Settings) -> Document | None:
    """A report of a year in which nothing is filled in, on the form of `rules`; None where that
    does not say what its indicators stand under."""
    text = empty_form(rules.profile, rules.layout, year, is_default=False, stage=rules.stage)
    file = f"{year}/{STEM}.yaml"
    found = source.parse(text, file, report_labels(), Diagnostics())
    entry = Entry(Path(file), file, f"{year}", STEM)
    document = content.make_out(found, entry, settings, Diagnostics())
    if document is None:
        return None
    depth = len(rules.layout.indicators.levels)
    report = _blank(document.report, ROWS[depth], is_whole=rules.profile.is_whole)
    card = score(report, document.profile, document.layout)
    return replace(document, report=report, card=card)


def _blank(report: Report, rows: int, *, is_whole: bool) -> Report:
    """A report without the words that stand for missing names, and with so many indicators for
    each one."""
    names = dict.fromkeys(("name", "department", "unit") if not is_whole else ("department",), "")
    groups = {
        first: {second: tuple(map(_unnamed, entries)) * rows for second, entries in kinds.items()}
        for first, kinds in report.groups.items()
    }
    own = {
        name: _open(value)
        for name in report.model_fields_set
        if report.label(name) in extras(report)
        and isinstance(value := getattr(report, name), Record)
    }
    return report.model_copy(update={**names, **own, "groups": groups})


def _open(table: Record) -> Record:
    """A table in which every cell may still be filled in, so that an annex is on the form, too."""
    rows = {name: getattr(table, name) for name in table.model_fields_set}
    blank: dict[str, Any] = {
        name: type(row).model_construct(**dict.fromkeys(type(row).model_fields))
        for name, row in rows.items()
        if isinstance(row, Record)
    }
    return type(table).model_construct(**blank)


def _unnamed(indicator: Indicator) -> Indicator:
    return indicator.model_copy(update={"name": ""})
