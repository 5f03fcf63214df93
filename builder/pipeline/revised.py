"""What is told of the revisions of a report: on its page, and where the whole site is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from builder.content import Summary
from builder.review import Revision
from builder.text import day, figure, with_units
from builder.views import RevisionView


def revision_view(revision: Revision) -> RevisionView:
    """A revision in finished words."""
    before, after = figure(revision.before), figure(revision.after)
    effects = [f"{shift.label} {shift.old} → {shift.new}" for shift in revision.shifts]
    if revision.before is None and revision.after is not None:
        effects = [f"总分 {after}", *effects]
    elif before != after and not any(shift.label == "总分" for shift in revision.shifts):
        effects = [f"总分 {before} → {after}", *effects]
    return RevisionView(
        day=day(revision.day),
        moment=revision.day.isoformat(),
        author=revision.author,
        words=tuple(map(with_units, revision.words)),
        effect="，".join(effects),
        kind=revision.kind,
    )


def amended(summary: Summary, revisions: Iterable[Revision]) -> Summary:
    """The summary of a report with the days on which it was changed after it had been public."""
    later = [revision for revision in revisions if revision.kind]
    figures = [revision.day for revision in later if revision.kind == "更正"]
    days = [revision.day for revision in later]
    return replace(
        summary,
        corrected=max(figures, default=None),
        modified=max(days, default=None),
    )


def corrections(
    reports: Iterable[tuple[Summary, Sequence[Revision]]],
) -> list[tuple[Summary, RevisionView]]:
    """What was changed of all reports after they had been public."""
    return [
        (summary, revision_view(revision))
        for summary, revisions in reports
        for revision in revisions
        if revision.kind
    ]
