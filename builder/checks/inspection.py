"""What a check works with: a document, where to report, how severe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from builder.diagnostics import Diagnostics, Rule, Severity, Span
from builder.scoring import Document, reason_of
from builder.source import Location, Value


@dataclass(frozen=True)
class Inspection:
    """One document under inspection."""

    document: Document
    diagnostics: Diagnostics
    release: bool
    review_required: bool

    def find(
        self,
        rule: Rule,
        at: Span,
        *,
        severity: Severity | None = None,
        hint: str = "",
        related: Mapping[Span, str] | None = None,
        **values: Any,
    ) -> None:
        """Report a finding with the severity that release, profile or rule give it.

        What guards publication a profile may only raise: the site's demands stand above it.
        """
        asked = severity or rule.severity
        chosen = self.document.profile.severity(rule.code) or asked
        if rule.is_gate and asked.is_graver_than(chosen):
            chosen = asked
        if self.release and rule.release:
            chosen = Severity.ERROR
        self.diagnostics.report(rule, at, severity=chosen, hint=hint, related=related, **values)

    def stops(self, rule: Rule) -> bool:
        """Whether a finding of the rule keeps the report from being published.

        Only then may what follows from it go untold: it is told when the cause is mended.
        """
        return (self.document.profile.severity(rule.code) or rule.severity) is Severity.ERROR

    @cached_property  # several checks go through them
    def texts(self) -> Sequence[tuple[Location, str]]:
        """Every text that may be published, as written, with its location."""
        return tuple(texts_of(self.document))

    def blanks(self, *location: str) -> list[str]:
        """The keys below `location` that nothing is written behind."""
        blanks = self.document.source.blanks
        return [str(blank[-1]) for blank in blanks if blank[:-1] == location]


def texts_of(document: Document) -> Iterator[tuple[Location, str]]:
    """Every text of a report that may be published, as written, with its location."""
    yield from _texts(document.source.value, ())


def is_explained(document: Document, reason: str | None, *place: str | int) -> bool:
    """Whether a reason is given, or something that could not be read stands at its place."""
    return bool(reason_of(reason)) or document.is_unread(*place)


_PRIVATE = ("内部备注", "公开", "核对", "评分规则")


def _texts(value: Value, location: Location) -> Iterator[tuple[Location, str]]:
    match value:
        case str():
            yield location, value
        case list():
            for position, item in enumerate(value):
                if not (isinstance(item, dict) and item.get("内部") == "是"):
                    yield from _texts(item, (*location, position))
        case dict():
            for key, item in value.items():
                if location or key not in _PRIVATE:
                    yield from _texts(item, (*location, key))


def label_of(location: Location) -> str:
    """The label nearest to a location: what the author calls the field."""
    return next((part for part in reversed(location) if isinstance(part, str)), "")
