"""An office's file taken in: every form in it as an author's file, with an account of how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

from builder import content
from builder.content import Entry
from builder.diagnostics import Diagnostics
from builder.intake.authoring import text_of, tree, without_points
from builder.intake.beyond import as_told, put_back
from builder.intake.choosing import Catalogue, Choice
from builder.intake.comparing import Difference, differences, same_points
from builder.intake.draft import Draft, Tree
from builder.intake.forms import Form, forms, year_of
from builder.intake.levels import NO_LEVEL
from builder.intake.reading import read
from builder.intake.wide import parted
from builder.model import GROUPS, Report
from builder.office import Paper
from builder.opendata import PROJECTS
from builder.scoring import Document
from builder.source import parse

_UNFIT = re.compile(r"[^0-9A-Za-z_\-\u3400-\u9fff]+")
_LONGEST = 40  # characters of a file's name that is made of a project's name
_EQUAL = 1.5  # of the score: layouts closer than that are told apart by their figures
_SHOWN = 4  # columns by which our own table of projects is known
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Taken:
    """One form of a file, read: the author's file that it becomes, and what is to be told."""

    place: str
    title: str
    choice: Choice
    equals: tuple[str, ...]
    """Other scoring profiles that the form could be read by as well."""
    draft: Draft
    year: str
    stem: str
    text: str
    document: Document | None
    findings: Diagnostics
    differences: tuple[Difference, ...]

    @property
    def is_complete(self) -> bool:
        """Whether everything on the form found its place."""
        return not self.draft.lost


def take(
    paper: Paper, known: Catalogue, named: str | None = None, year: str = ""
) -> Iterator[Taken]:
    """Every form of a file, in order; on the layout `named`, if there is one.

    `year` holds where neither the form nor the file's name tells it ("" for unknown).
    """
    hint = year or _last_year(Path(paper.file).stem)
    taken: set[str] = set()
    for whole in forms(paper, known.marks):
        for form in parted(whole, known.marks):
            one = _taken(form, known, named, hint)
            if one:
                yield _renamed(one, taken)


def _taken(form: Form, known: Catalogue, named: str | None, hint: str) -> Taken | None:
    year = _year(form) or hint
    choices = _as_told(form, known.choices(form, int(year) if year else 2024, named))
    has_heading = any(map(known.marks.is_heading, form.lines))
    if not choices or (choices[0].score <= 0 and not has_heading):
        return None
    best = choices[0].score
    near = [choice for choice in choices if choice.score > best - _EQUAL]
    drafts: dict[int, Draft] = {}
    found: list[Taken] = []
    for choice in near:
        layout = choice.words.layout
        if id(layout) not in drafts:
            drafts[id(layout)] = read(form, choice.words)
        found.append(_authored(form, choice, drafts[id(layout)], known, year))
        if not _misfits(found[-1]):
            break
    chosen = _shortened(_likeliest(found), known)
    if named is None and not _says_of_what(chosen.draft):
        return None
    equal = [c for c in near if c.score == chosen.choice.score and c is not chosen.choice]
    return replace(chosen, equals=tuple(c.rules.profile.name for c in equal))


def _says_of_what(draft: Draft) -> bool:
    """Whether a form asks what it is about, or says under which levels its indicators stand; a list
    of indicators of many projects does neither."""
    about = (Report.label(name) for name in ("name", "department", "unit", "funds"))
    return any(label in draft.values for label in about) or any(
        group != NO_LEVEL for group in draft.values.get(GROUPS, ())
    )


def is_data(paper: Paper) -> bool:
    """Whether a file is the open data of a year, that we made ourselves of all its reports."""
    names = tuple(column.name for column in PROJECTS.columns)[:_SHOWN]
    rows = (row.texts[:_SHOWN] for table in paper.tables for row in table.rows[:1])
    return names in rows


def _as_told(form: Form, choices: list[Choice]) -> list[Choice]:
    """The choices that agree with what stands behind an exported form; all where none does."""
    rows = [line.filled for line in form.beyond]
    told = ((choice, as_told(choice.rules, rows)) for choice in choices) if rows else ()
    return [replace(choice, rules=rules) for choice, rules in told if rules] or choices


def _likeliest(found: list[Taken]) -> Taken:
    """The first, which the words speak for, unless another one's figures agree clearly better: one
    figure that was rounded by hand is no other region."""
    first = found[0]
    return min(found, key=lambda one: _misfits(one) + (one is not first))


def _misfits(one: Taken) -> int:
    """How much speaks against the rules that a form was read by: figures that come out
    otherwise, errors, what found no place."""
    return len(one.differences) + len(one.draft.lost) + one.findings.failed


def _authored(form: Form, choice: Choice, draft: Draft, known: Catalogue, year: str) -> Taken:
    settings, rules = known.settings, choice.rules
    draft = deepcopy(draft)
    put_back([line.filled for line in form.beyond], rules.record, draft)
    values = tree(draft, rules, choice.words.layout, year, settings.site.profile)
    year = f"{values.get(Report.label('year'), year)}"
    stem = _stem(values)
    text = text_of(values, draft, rules)
    document, findings = _understood(text, year, stem, known)
    found = tuple(differences(document)) if document else ()
    return Taken(
        form.place, form.title, choice, (), draft, year, stem, text, document, findings, found
    )


def _shortened(one: Taken, known: Catalogue) -> Taken:
    """The same without the 得分 that the rules give anyway."""
    same = same_points(one.document) if one.document else ()
    if not same:
        return one
    rules, layout = one.choice.rules, one.choice.words.layout
    values = tree(one.draft, rules, layout, one.year, known.settings.site.profile)
    text = text_of(without_points(values, same), one.draft, rules)
    document, findings = _understood(text, one.year, one.stem, known)
    return replace(one, text=text, document=document, findings=findings)


def _understood(
    text: str, year: str, stem: str, known: Catalogue
) -> tuple[Document | None, Diagnostics]:
    findings = Diagnostics()
    file = f"{year or '年度'}/{stem}.yaml"
    source = parse(text, file, content.report_labels(), findings)
    entry = Entry(Path(file), file, year or "2024", stem)
    return content.make_out(source, entry, known.settings, findings), findings


def _year(form: Form) -> str:
    for line in (*form.opening, *form.lines[:3]):
        for cell in line.filled:
            if found := year_of(cell.text):
                return found
    return ""


def _last_year(name: str) -> str:
    found = _YEAR.findall(name)
    return found[-1] if found else ""


def _stem(values: Tree) -> str:
    """A file's name made of the project's; of the office's where the form is about it."""
    name = values.get(Report.label("name")) or values.get(Report.label("department")) or ""
    stem = _UNFIT.sub("-", f"{name}").strip("-_")[:_LONGEST].rstrip("-_")
    return stem if content.is_stem(stem) else f"自评表{stem}" if stem else "未命名"


def _renamed(one: Taken, taken: set[str]) -> Taken:
    """The same under a name of its own among the forms of a file."""
    stem, number = one.stem, 1
    while f"{one.year}/{stem}" in taken:
        number += 1
        stem = f"{one.stem}-{number}"
    taken.add(f"{one.year}/{stem}")
    return replace(one, stem=stem)
