"""What a file means: its record and its scores, as far as it can be read."""

from __future__ import annotations

from dataclasses import replace

from builder import source
from builder.content.folder import Entry
from builder.content.rules import by_profile, rules_of
from builder.content.settings import Settings
from builder.diagnostics import Diagnostics, catalogue
from builder.model import REVIEW, SELF, TARGET, Indicator, Report, Site, Stage, planned
from builder.records import completed, decode
from builder.scoring import Document, rechecked, score
from builder.source import Location

GUARDED = frozenset(Report.label(name) for name in ("disclosure", "evidence"))


def understand(
    found: source.Source, entry: Entry, settings: Settings, diagnostics: Diagnostics
) -> Document | None:
    """Steps 2 and 3 of a report: decode and score; None where that cannot be (reported)."""
    document = make_out(found, entry, settings, diagnostics)
    return document if document and document.is_whole else None


def disclosed(document: Document, site: Site) -> Document:
    """A report as the site shows it: without 复核, where that is 不公开."""
    if not site.withholds_review or not document.report.is_rechecked:
        return document
    report = document.report.without("review").with_indicators(_unchecked)
    report = report.model_copy(update={"stage": SELF})
    # The scores hold their indicators: those of the report as it is shown, too.
    card = score(report, document.profile, document.layout)
    return replace(document, report=report, card=card, recheck=None)


def _unchecked(indicator: Indicator) -> Indicator:
    return indicator.without("recheck")


def approved(document: Document, settings: Settings) -> Document | None:
    """The targets of a report as they were approved, in any of its stages.

    None where no table of them was published: with results, and nothing said of 批复.
    """
    report, profile = document.report, document.profile
    if not report.is_planned and report.approval is None:
        return None
    rules = by_profile(profile, report.year, settings, TARGET)
    if rules is None or rules.targets is None:
        return None
    targets = planned(report, rules.record, rules.layout)
    card = score(targets, profile, rules.layout)
    return replace(
        document, report=targets, layout=rules.layout, beside=rules.beside, card=card, recheck=None
    )


def review_form(document: Document, settings: Settings) -> Document | None:
    """A report on the form of 复核; None where it was not rechecked, or has no such form."""
    named = document.profile.review
    layout = settings.layouts.of(named, document.report.year) if named else None
    levels = document.layout.indicators.levels
    if document.recheck is None or layout is None or layout.indicators.levels != levels:
        return None
    return replace(document, layout=layout)


def other_tables(document: Document, settings: Settings) -> dict[Stage, Document]:
    """The tables that a report has beside its own: the approved targets, and 复核."""
    tables: dict[Stage, Document | None] = {
        TARGET: approved(document, settings),
        REVIEW: review_form(document, settings),
    }
    return {stage: table for stage, table in tables.items() if table}


def make_out(
    found: source.Source, entry: Entry, settings: Settings, diagnostics: Diagnostics
) -> Document | None:
    """The same as far as it goes: what is missing or does not fit is blank (and reported).

    Such a document is there to be judged; it is never published. None where too little is
    known: of what kind the form is, its year, whether it or its 佐证材料 may be seen.
    """
    rules = rules_of(found, entry, settings, diagnostics)
    if rules and rules.lacks_form:
        at = found.spans.value((Report.label("stage"),))
        diagnostics.report(catalogue.NO_TARGET_FORM, at, profile=rules.profile.name)
        return None
    record, unread = rules.record if rules else Report, frozenset[Location]()
    report = decode(found, record, diagnostics)
    if report is None and rules and (made := completed(found, record)):
        report, unread = made
    if report is None or rules is None or found.is_guess or any(at[0] in GUARDED for at in unread):
        return None
    profile, layout = rules.profile, rules.layout
    return Document(
        entry.folder, entry.stem, found, report, profile, layout, score(report, profile, layout),
        rechecked(report, profile, layout), rules.beside, unread,
    )  # fmt: skip
