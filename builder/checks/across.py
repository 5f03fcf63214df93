"""Rules over many reports: is each project there once, under a code of its own, and has every
office one name?

Each is one function over reports, of one year or of all; two tuples are the list. They work on
the little that is kept of every report, when all have been seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.content import grouped
from builder.diagnostics import Diagnostics, Rule, Severity, Span, catalogue
from builder.scoring import Document, Profile
from builder.text import folded_name

NAME, CODE, DEPARTMENT, UNIT = "项目名称", "项目编码", "主管部门", "实施单位"


@dataclass(frozen=True, slots=True)
class Member:
    """One report as others see it; `places` are those of the fields that are compared, none where
    one of them is missing."""

    year: int
    name: str
    department: str
    unit: str
    code: str
    is_public: bool
    profile: Profile
    places: Mapping[str, Span]

    @classmethod
    def of(cls, document: Document) -> Member:
        """What is kept of a report; `code` is "" where none is written."""
        report, labels = document.report, (NAME, CODE, DEPARTMENT, UNIT)
        is_named = not any((label,) in document.unread for label in labels)
        at = {label: document.at(label) for label in labels}
        for label in (NAME, UNIT):
            if document.typed(label) is None:  # a form about a whole office says only whose it is
                at[label] = at[DEPARTMENT]
        return cls(
            report.year, report.name, report.department, report.unit, report.code or "",
            report.is_public, document.profile,
            at if is_named else {},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a rule finds: at a field of one report, because of the same field of another one."""

    rule: Rule
    one: Member
    other: Member
    label: str
    words: str
    severity: Severity | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    """What the message says beside the fields of `one`."""


def across(members: Iterable[Member], diagnostics: Diagnostics) -> None:
    """Apply every rule, to the reports of each year or to all, in the order given."""
    everyone = [member for member in members if member.places]
    years = grouped(everyone, lambda member: member.year).values()
    groups = [(OF_A_YEAR, found) for found in years] + [(OF_ALL, everyone)]
    for met in (met for rules, found in groups for rule in rules for met in rule(found)):
        one, at = met.one, met.one.places[met.label]
        fields: dict[str, str] = {
            "year": f"{one.year}",
            "name": one.name,
            "unit": one.unit,
            "code": one.code,
        }
        diagnostics.report(
            met.rule, at, severity=one.profile.severity(met.rule.code) or met.severity,
            related={met.other.places[met.label]: met.words}, **{**fields, **met.values},
        )  # fmt: skip


def codes_are_used_once(members: Sequence[Member]) -> Iterator[Meeting]:
    """Under one code the site joins the years of a project. Told at the later ones."""
    for first, *others in grouped(members, lambda member: member.code).values():
        for one in others if first.code else ():
            is_told = one.is_public and first.is_public and _project(one) == _project(first)
            if not is_told:
                yield Meeting(catalogue.SAME_CODE, one, first, CODE, "首次出现在这里")


def projects_are_there_once(members: Sequence[Member]) -> Iterator[Meeting]:
    """What is published twice counts twice in every sum. Told at each: either may be the wrong one.

    Two codes, or without codes two departments, say that there are two projects: then it is
    worth a look.
    """
    public = (member for member in members if member.is_public)
    for group in grouped(public, _project).values():
        if len(group) < 2:
            continue
        coded = grouped(group, lambda member: member.code)
        owned = grouped(group, lambda member: (_owner(member), not member.code))
        for one in group:
            bare = owned.get((_owner(one), True), [])
            kin = [coded[one.code] if one.code else owned.get((_owner(one), False), []), bare]
            same = next((other for few in kin for other in few[:2] if other is not one), None)
            other = same or next(other for other in group if other is not one)
            severity = None if same else Severity.INFO
            yield Meeting(catalogue.SAME_PROJECT, one, other, NAME, "另一份在这里", severity)


def offices_are_spelt_once(members: Sequence[Member]) -> Iterator[Meeting]:
    """Each spelling is an office of its own on the site and in the sums. Told at the later ones."""
    names: Mapping[str, Callable[[Member], tuple[str, ...]]] = {
        DEPARTMENT: lambda member: (member.department,),
        UNIT: lambda member: (member.department, member.unit),
    }
    for label, name in names.items():
        offices: dict[tuple[str, ...], list[Member]] = {}
        for member in members:
            offices.setdefault(tuple(map(_folded, name(member))), []).append(member)
        for first, *others in offices.values():
            spelling = name(first)[-1]
            for one in others:
                is_told = label == UNIT and one.places[UNIT] == one.places[DEPARTMENT]
                if (other := name(one)[-1]) != spelling and not is_told:
                    values = {"label": label, "name": other, "other": spelling}
                    words = f"这里写作“{spelling}”"
                    yield Meeting(catalogue.SPELT_TWICE, one, first, label, words, values=values)


OfMany = Callable[[Sequence[Member]], Iterator[Meeting]]
OF_A_YEAR: tuple[OfMany, ...] = (codes_are_used_once, projects_are_there_once)
OF_ALL: tuple[OfMany, ...] = (offices_are_spelt_once,)


def _project(member: Member) -> tuple[str, str]:
    return _folded(member.name), _folded(member.unit)


def _owner(member: Member) -> str:
    return _folded(member.department)


def _folded(name: str) -> str:
    """A name as names are compared: without blanks, and however wide it was typed."""
    return "".join(folded_name(name).split())
