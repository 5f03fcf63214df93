"""What a review may say in public: withheld reports become a number, and so do edits of what is
never published of the others.

A review is made for a comment or a page that others read; a withheld report or an internal note
must not come to light on the way to publication. What is left out is counted. Of
复核 nothing is told where the site publishes nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from builder.diagnostics import Diagnostic, catalogue
from builder.model import REVIEW, Disclosure, Evidence, Report
from builder.review.changes import EVIDENCE, Change, EvidenceChange, ReportChange, compare
from builder.review.comparison import Project, Review
from builder.review.edition import Reading
from builder.review.figures import FOUND_TOTAL, Shift
from builder.review.leftout import LeftOut
from builder.review.naming import Place
from builder.review.problems import Found, errors, with_subjects
from builder.source import Source, Spans

_PRIVATE = (
    (Report.label("internal_note"),),
    (Report.label("declared"),),
    (Report.label("disclosure"), Disclosure.label("basis")),
)
_REVIEW, _STAGE = Report.label("review"), Report.label("stage")
# Where a file cannot be understood, what it looks like decides.
_WITHHELD = re.compile(r"范围['\"]?\s*[:：]\s*['\"]?(?:不公开|撤回)")


def in_public(review: Review) -> Review:
    """The review without what is not for the public, and with how much that is."""
    projects, left_out = [], LeftOut()
    for project in review.projects:
        shown, left = _of_project(project)
        left_out += left
        if shown:
            projects.append(shown)
    new, solved = _published(review.new), _published(review.solved)
    hidden = len(review.new + review.solved) - len(new + solved)
    left_out += LeftOut(problems=hidden, errors=errors(review.new) - errors(new))
    return replace(review, projects=tuple(projects), new=new, solved=solved, left_out=left_out)


def _published(found: Found) -> Found:
    """The findings that name no file which is neither read nor published."""
    return tuple(one for one in found if one.rule is not catalogue.WRONG_PLACE)


def _of_project(project: Project) -> tuple[Project | None, LeftOut]:
    before, after = project.before, project.after
    was_kept, is_kept = _is_kept_back(before, after), _is_kept_back(after, before)
    if not was_kept and not is_kept:
        return _of_public(project)
    old = _blank(before) if before and was_kept else before
    new = _blank(after) if after and is_kept else after
    told, left = replace(project, before=old, after=new, change=compare(old, new)), LeftOut(1)
    if new and not is_kept:
        shown = _told(project.new, new)
        found = replace(told, new=shown, solved=())
        hidden = len(project.new) - len(shown) + len(project.solved)
        return found, left + LeftOut(problems=hidden, errors=errors(project.new) - errors(shown))
    left += LeftOut(problems=len(project.new + project.solved), errors=errors(project.new))
    is_told = old is not None and not was_kept
    return replace(told, new=(), solved=()) if is_told else None, left


def _of_public(project: Project) -> tuple[Project | None, LeftOut]:
    change, sides = project.change, (project.before, project.after)
    if any(side and side.is_review_withheld for side in sides):
        change = _without_review(change)
    fields = tuple(field for field in change.fields if not _is_private(field.place))
    evidence = tuple(filter(None, map(_of_evidence, change.evidence)))
    new, solved = _told(project.new, project.after), _told(project.solved, project.before)
    left = LeftOut(
        edits=_edits(project.change) - _edits(replace(change, fields=fields)),
        evidence=len(change.evidence) - len(evidence),
        problems=len(project.new + project.solved) - len(new + solved),
        errors=errors(project.new) - errors(new),
    )
    told = replace(change, fields=fields, evidence=evidence)
    follows = project.follows or bool(project.caused and not told.has_edits)
    shown = replace(project, change=told, new=new, solved=solved, follows=follows)
    return shown if shown.is_edited or not left else None, left


def _edits(change: ReportChange) -> int:
    return len(change.fields) + sum(len(one.fields) for one in change.indicators)


def _without_review(change: ReportChange) -> ReportChange:
    """What differs apart from 复核, and from that it took place."""

    def others(fields: Iterable[Change]) -> tuple[Change, ...]:
        return tuple(field for field in fields if not _is_of_review(field))

    edited = (
        replace(one, fields=others(one.fields), found=Shift(one.found.label, "", ""))
        for one in change.indicators
    )
    return replace(
        change,
        fields=others(change.fields),
        indicators=tuple(one for one in edited if one.is_told),
        figures=tuple(shift for shift in change.figures if shift.label != FOUND_TOTAL),
    )


def _is_of_review(field: Change) -> bool:
    took_place = field.place == (_STAGE,) and REVIEW in (field.old, field.new)
    return took_place or field.place[0] == _REVIEW


def _is_kept_back(reading: Reading | None, other: Reading | None) -> bool:
    """Whether a side is withheld; of one that cannot be read the other side tells, too."""
    if _says_so(reading):
        return True
    return reading is not None and not reading.document and _says_so(other)


def _says_so(reading: Reading | None) -> bool:
    if reading is None or reading.document:
        return bool(reading and reading.is_withheld)
    return _WITHHELD.search(reading.source.text) is not None


def _blank(reading: Reading) -> Reading:
    """A side of which nothing is told but that it is withheld."""
    nothing = Source("", "", None, Spans(""))
    return replace(
        reading,
        source=nothing,
        document=None,
        found=(),
        evidence={},
        approved=None,
        is_kept_back=True,
    )


def _is_private(place: Place) -> bool:
    return any(place[: len(private)] == private for private in _PRIVATE)


def _of_evidence(change: EvidenceChange) -> EvidenceChange | None:
    """What of a 佐证材料 is public: of one that changes sides, only the public side's words."""
    old, new = change.old, change.new
    public = [item for item in (old, new) if item and not item.internal]
    if not public:
        return None
    if old and new and old.internal != new.internal:
        name = {"name": public[0].name}
        return EvidenceChange(old.model_copy(update=name), new.model_copy(update=name), False)
    return change


def _told(found: Found, reading: Reading | None) -> Found:
    """The findings that quote nothing private; of a file that is no YAML, their titles."""
    if reading is None or not found:
        return found
    if reading.source.value is None:
        return tuple(replace(one, message=one.rule.title, related=()) for one in found)
    shown = set(_public_files(reading))
    hidden = {
        one
        for place, one in with_subjects(reading, {})
        if _is_private(place)
        or (reading.is_review_withheld and _is_about_review(place, one))
        or (place[:1] == (EVIDENCE,) and shown.isdisjoint(place[1:2]))
    }
    return tuple(one for one in found if one not in hidden)


def _is_about_review(place: Place, one: Diagnostic) -> bool:
    return _REVIEW in place or one.rule is catalogue.NO_REVIEW


def _public_files(reading: Reading) -> Iterable[str]:
    """The files of 佐证材料 that say 内部: 否; whatever else stands there is private."""
    value = reading.source.value
    items = value.get(EVIDENCE) if isinstance(value, dict) else None
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and item.get(Evidence.label("internal")) == "否":
            yield str(item.get(Evidence.label("file")))
