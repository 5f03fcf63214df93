"""A review as one page that needs nothing else: the forms marked cell by cell, no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from builder.diagnostics import WORDS, Diagnostic, Diagnostics
from builder.review.comparison import Project, Review, Year
from builder.review.counting import Tally
from builder.review.digest import (
    ALIKE,
    Digest,
    Fold,
    alike,
    digest,
    elsewhere,
    following,
    rewritten,
)
from builder.review.figures import Shift
from builder.review.marking import marked, marked_form, told
from builder.review.sections import (
    NOTHING,
    Entry,
    Line,
    Section,
    by_part,
    counts,
    has_errors,
    headline,
    left_out,
    sides,
    verdict,
)
from builder.text import Run, runs, shortened, visible
from builder.theme import Theme
from builder.views import FormView, form_view

TEMPLATE = "templates/review.html"
MOST_FORMS = 200  # forms on one page: a browser has to lay them out


@dataclass(frozen=True, slots=True)
class LineView:
    """One field with its old and new text."""

    label: str
    text: Markup


@dataclass(frozen=True, slots=True)
class EntryView:
    """What happened to one indicator, one 佐证材料, one part of the form."""

    heading: str
    remark: str
    lines: tuple[LineView, ...]
    effect: str


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One problem; `words` says whether it is new or solved."""

    words: str
    severity: str
    code: str
    message: str
    place: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """One project; `counts` says how many new problems there are, `fails` whether errors are
    among them; `form` is there where both sides could be understood."""

    anchor: str
    kind: str
    title: str
    file: str
    alarms: tuple[str, ...]
    counts: str
    fails: bool
    effect: str
    elsewhere: str
    entries: tuple[EntryView, ...]
    problems: tuple[ProblemView, ...]
    form: FormView | None


@dataclass(frozen=True, slots=True)
class AlarmView:
    """An alarm and the projects it holds of."""

    words: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoldView:
    """Projects told together: their equal edits, problems in words, effects as title and words."""

    heading: str
    edits: tuple[EntryView, ...]
    problems: tuple[ProblemView, ...]
    effects: tuple[LineView, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class TallyView:
    """A year or a department as a row of figures, each with its label."""

    name: str
    figures: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year and its departments as a table."""

    name: str
    labels: tuple[str, ...]
    rows: tuple[TallyView, ...]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """All that the page shows."""

    title: str
    sides: str
    headline: str
    verdict: str
    left_out: str
    fails: bool
    alarms: tuple[AlarmView, ...]
    folds: tuple[FoldView, ...]
    rewritten: str
    sections: tuple[SectionView, ...]
    settings: tuple[EntryView, ...]
    problems: tuple[ProblemView, ...]
    years: tuple[YearView, ...]


def page(review: Review, theme: Theme, diagnostics: Diagnostics) -> str | None:
    """The review as HTML; None where the theme's template fails (reported)."""
    return theme.render(TEMPLATE, {"review": review_view(review)}, diagnostics)


def review_view(review: Review) -> ReviewView:
    """What the template of a review may know."""
    found = digest(review)
    return ReviewView(
        title=visible(f"{review.base} → {review.head}"),
        sides=sides(review),
        headline=headline(review),
        verdict=verdict(review),
        left_out=left_out(review),
        fails=review.fails,
        alarms=tuple(
            AlarmView(visible(alarm.words), tuple(map(visible, alarm.titles)))
            for alarm in found.alarms
        ),
        folds=tuple(_folds(found)),
        rewritten=visible(rewritten(found.rewritten)),
        sections=tuple(
            _section(number, *told_) for number, told_ in enumerate(found.told, start=1)
        ),
        settings=tuple(map(_entry, by_part(review.settings))),
        problems=tuple(_problems(review.new, review.solved)),
        years=tuple(map(_year, review.years)),
    )


def _folds(found: Digest) -> Iterator[FoldView]:
    if found.following.count or found.following.problems:
        yield _fold(following(found.following), found.following, "")
    if found.alike.edits or found.alike.problems:
        yield _fold(ALIKE, found.alike, alike(found.alike))


def _fold(heading: str, fold: Fold, remark: str) -> FoldView:
    return FoldView(
        heading,
        tuple(_entry(shared.counted) for shared in fold.edits),
        tuple(
            ProblemView(
                f"{p.words}　{p.count} 个项目", WORDS[p.severity], p.code, visible(p.message), ""
            )
            for p in fold.problems
        ),
        tuple(LineView(visible(title), Markup.escape(effect)) for title, effect in fold.effects),
        remark,
    )


def _section(number: int, project: Project, found: Section) -> SectionView:
    return SectionView(
        anchor=f"project-{number}",
        kind=found.kind,
        title=visible(found.title),
        file=visible(found.file),
        alarms=tuple(map(visible, found.alarms)),
        counts=counts(found.new),
        fails=has_errors(found.new),
        effect=found.effect,
        elsewhere=elsewhere(found),
        entries=tuple(map(_entry, found.entries)),
        problems=tuple(_problems(found.new, found.solved)),
        form=_form(project) if number <= MOST_FORMS else None,
    )


def _form(project: Project) -> FormView | None:
    """The marked form, where anything differs; of a new project the form as it is."""
    old = project.before.document if project.before else None
    new = project.after.document if project.after else None
    is_shown = project.before is not None and not project.before.is_kept_back
    if new is None or (is_shown and not (old and project.change)):
        return None
    return marked_form(old, new) if old else form_view(new)


def _entry(entry: Entry) -> EntryView:
    lines = tuple(LineView(visible(line.label), _text(line)) for line in entry.lines)
    return EntryView(visible(entry.heading), visible(entry.remark), lines, entry.effect)


def _text(line: Line) -> Markup:
    if line.is_long:
        return told(shortened(runs(line.old or "", line.new or "")))
    if line.old is None or line.new is None:
        return marked(line.old, line.new)
    return told((Run("gone", line.old), Run("new", line.new)))


def _problems(new: Iterable[Diagnostic], solved: Iterable[Diagnostic]) -> Iterable[ProblemView]:
    for words, found in (("新问题", new), ("已解决", solved)):
        for problem in found:
            place = visible(f"{problem.span}") if words == "新问题" else ""
            yield ProblemView(
                words, WORDS[problem.severity], problem.rule.code, visible(problem.message), place
            )


def _year(year: Year) -> YearView:
    labels = tuple(shift.label for shift in year.total.figures)
    tallies = (year.total, *year.departments)
    return YearView(year.total.name, labels, tuple(_tally(tally, labels) for tally in tallies))


def _tally(tally: Tally, labels: Iterable[str]) -> TallyView:
    figures = {shift.label: _figure(shift) for shift in tally.figures}
    cells = (LineView(label, figures.get(label, Markup())) for label in labels)
    return TallyView(visible(tally.name), tuple(cells))


def _figure(shift: Shift) -> Markup:
    if shift.is_same:
        return told((Run("kept", shift.new),))
    return told((Run("gone", shift.old or NOTHING), Run("new", shift.new or NOTHING)))
