"""Rules over many reports: is each project there once, under a code of its own, and has every
office one name?

Each is one function over reports, of one year or of all; two tuples are the list. They work on
the little that is kept of every report, when all have been seen (`member`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from builder.checks.member import CODE, DEPARTMENT, NAME, UNIT, Meeting, Member
from builder.checks.yearly import years_go_on
from builder.content import folded, grouped
from builder.diagnostics import Diagnostics, Severity, catalogue


def across(members: Iterable[Member], diagnostics: Diagnostics) -> None:
    """Apply every rule, to the reports of each year or to all, in the order given."""
    everyone = [member for member in members if member.places]
    years = grouped(everyone, lambda member: member.year).values()
    groups = [(OF_A_YEAR, found) for found in years] + [(OF_ALL, everyone)]
    for met in (met for rules, found in groups for rule in rules for met in rule(found)):
        one = met.one
        fields: dict[str, str] = {
            "year": f"{one.year}",
            "name": one.name,
            "unit": one.unit,
            "code": one.code,
        }
        diagnostics.report(
            met.rule, met.at, severity=one.severities.get(met.rule.code, met.severity),
            related=met.related, **{**fields, **met.values},
        )  # fmt: skip


def codes_are_used_once(members: Sequence[Member]) -> Iterator[Meeting]:
    """Under one code the site joins the years of a project. Told at the later ones."""
    for first, *others in grouped(members, lambda member: member.code).values():
        for one in others if first.code else ():
            is_told = one.is_public and first.is_public and _project(one) == _project(first)
            if not is_told:
                words = {first.places[CODE]: "首次出现在这里"}
                yield Meeting(catalogue.SAME_CODE, one, one.places[CODE], words)


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
            words = {other.places[NAME]: "另一份在这里"}
            yield Meeting(catalogue.SAME_PROJECT, one, one.places[NAME], words, severity)


def offices_are_spelt_once(members: Sequence[Member]) -> Iterator[Meeting]:
    """Each spelling is an office of its own on the site and in the sums. Told at the later ones."""
    names: Mapping[str, Callable[[Member], tuple[str, ...]]] = {
        DEPARTMENT: lambda member: (member.department,),
        UNIT: lambda member: (member.department, member.unit),
    }
    for label, name in names.items():
        offices: dict[tuple[str, ...], list[Member]] = {}
        for member in members:
            offices.setdefault(tuple(map(folded, name(member))), []).append(member)
        for first, *others in offices.values():
            spelling = name(first)[-1]
            for one in others:
                is_told = label == UNIT and one.places[UNIT] == one.places[DEPARTMENT]
                if (other := name(one)[-1]) != spelling and not is_told:
                    values = {"label": label, "name": other, "other": spelling}
                    words = {first.places[label]: f"这里写作“{spelling}”"}
                    at = one.places[label]
                    yield Meeting(catalogue.SPELT_TWICE, one, at, words, values=values)


OfMany = Callable[[Sequence[Member]], Iterator[Meeting]]
OF_A_YEAR: tuple[OfMany, ...] = (codes_are_used_once, projects_are_there_once)
OF_ALL: tuple[OfMany, ...] = (offices_are_spelt_once, years_go_on)


def _project(member: Member) -> tuple[str, str]:
    return folded(member.name), folded(member.unit)


def _owner(member: Member) -> str:
    return folded(member.department)
