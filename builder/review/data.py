"""A review for a program: one JSON object, texts whole and exact."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from builder.diagnostics import Diagnostic, Diagnostics, as_json
from builder.model import Evidence
from builder.review.changes import Change, EvidenceChange, IndicatorChange
from builder.review.comparison import Project, Review
from builder.review.counting import Tally
from builder.review.digest import digest
from builder.review.edition import Reading
from builder.review.figures import Shift
from builder.review.sections import section
from builder.review.sharing import Shared


def data(review: Review) -> str:
    """The review as JSON; keys in English, places and figures by the form's labels."""
    found = digest(review)
    record = {
        "base": review.base,
        "head": review.head,
        "fails": review.fails,
        "unchanged": review.same,
        "left_out": asdict(review.left_out),
        "alarms": [{"words": a.words, "projects": list(a.titles)} for a in found.alarms],
        "same_edits": [_shared(shared) for shared in found.alike.edits],
        "projects": [_project(project) for project in review.projects],
        "settings": [_change(change) for change in review.settings],
        "years": [
            {
                "year": year.year,
                "figures": _shifts(year.total.figures),
                "departments": [_tally(tally) for tally in year.departments],
            }
            for year in review.years
        ],
        "new": _problems(review.new),
        "solved": _problems(review.solved),
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _project(project: Project) -> dict[str, Any]:
    told, change = section(project), project.change
    return {
        "change": _kind(project),
        "follows": project.follows,
        "title": told.title,
        "before": _side(project.before),
        "after": _side(project.after),
        "alarms": list(told.alarms),
        "effect": told.effect,
        "figures": _shifts(change.figures),
        "fields": [_change(field) for field in change.fields],
        "indicators": [_indicator(indicator) for indicator in change.indicators],
        "evidence": [_evidence(item) for item in change.evidence],
        "reordered": [list(place) for place in change.reordered],
        "new": _problems(project.new),
        "solved": _problems(project.solved),
    }


def _kind(project: Project) -> str:
    if project.before is None:
        return "added"
    if project.after is None:
        return "removed"
    return "changed" if project.is_edited else "rewritten"


def _side(reading: Reading | None) -> dict[str, Any] | None:
    if reading is None:
        return None
    document = reading.document
    if reading.is_kept_back:
        return {"file": None, "id": None, "readable": None, "unread": [], "public": False}
    return {
        "file": reading.entry.file,
        "id": f"{reading.entry.folder}/{reading.entry.stem}",
        "readable": document is not None,
        "unread": [list(place) for place in reading.unread],
        "public": document.report.is_public if document else None,
    }


def _shared(shared: Shared) -> dict[str, Any]:
    """An edit that many projects have alike; of long texts, those of the first."""
    entry = shared.entry
    lines = [{"label": line.label, "old": line.old, "new": line.new} for line in entry.lines]
    return {
        "heading": entry.heading, "remark": entry.remark, "fields": lines,
        "projects": shared.count,
    }  # fmt: skip


def _change(change: Change) -> dict[str, Any]:
    return {"place": list(change.place), "old": change.old, "new": change.new}


def _indicator(change: IndicatorChange) -> dict[str, Any]:
    return {
        "old": list(change.old) if change.old else None,
        "new": list(change.new) if change.new else None,
        "moved": change.is_moved,
        "renamed": change.is_renamed,
        "fields": [_change(field) for field in change.fields],
        "points": {"old": change.points.old or None, "new": change.points.new or None},
        "review_points": {"old": change.found.old or None, "new": change.found.new or None},
    }


def _evidence(change: EvidenceChange) -> dict[str, Any]:
    def side(item: Evidence | None) -> dict[str, Any] | None:
        if item is None:
            return None
        return {"name": item.name, "file": item.file, "internal": item.internal}

    return {"old": side(change.old), "new": side(change.new), "replaced": change.is_replaced}


def _tally(tally: Tally) -> dict[str, Any]:
    return {"name": tally.name, "figures": _shifts(tally.figures)}


def _shifts(shifts: Iterable[Shift]) -> dict[str, dict[str, str | None]]:
    return {shift.label: {"old": shift.old or None, "new": shift.new or None} for shift in shifts}


def _problems(found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    diagnostics = Diagnostics()
    diagnostics.extend(found)
    told: list[dict[str, Any]] = json.loads(as_json(diagnostics, {}))
    return told
