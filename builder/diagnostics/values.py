"""What we tell an author about a file: where, which rule, what to do.

Problems are values. They are collected while the work goes on, sorted once and
told by `reporters`; an author's mistake never travels as an exception.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

LONGEST_QUOTE = 120  # characters


class Severity(StrEnum):
    """How much a problem matters: an error keeps the site from being published."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def is_graver_than(self, other: Severity) -> bool:
        """Whether a problem of this severity matters more."""
        order = list(Severity)
        return order.index(self) < order.index(other)


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A range of one source file. Lines and columns count from 1, in code points.

    `file` is the name shown to the author: relative to the content folder's
    parent where it lies inside, with forward slashes.
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong, as the catalogue describes it.

    `message` and `hint` are templates for `str.format`; `wrong` and `mended` are
    short excerpts of a file before and after, for `jixiao explain` and the manual.
    """

    code: str
    title: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR
    why: str = ""
    wrong: str = ""
    mended: str = ""
    release: bool = False
    """A rule of release: its findings become errors under `--publish`."""

    @property
    def is_gate(self) -> bool:
        """Whether it guards what is published: no profile may make it matter less."""
        return self.code.startswith("C7")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding at one place."""

    rule: Rule
    severity: Severity
    span: Span
    message: str
    hint: str
    related: tuple[tuple[Span, str], ...] = ()


@dataclass(slots=True)
class Diagnostics:
    """Collects findings, so that one run tells the author everything at once."""

    _found: dict[Diagnostic, None] = field(default_factory=dict)

    def report(
        self,
        rule: Rule,
        at: Span,
        *,
        severity: Severity | None = None,
        hint: str = "",
        related: Mapping[Span, str] | None = None,
        **values: object,
    ) -> None:
        """Record a finding of `rule` at `at`; the rule's templates are filled with `values`.

        `severity` overrides the rule's own (a profile may), `hint` replaces its advice.
        """
        values = {name: _shortened(value) for name, value in values.items()}
        diagnostic = Diagnostic(
            rule,
            severity or rule.severity,
            at,
            rule.message.format(**values),
            hint or rule.hint.format(**values),
            tuple((related or {}).items()),
        )
        self._found.setdefault(diagnostic)

    def extend(self, others: Iterable[Diagnostic]) -> None:
        """Take over findings made elsewhere (in a worker process)."""
        for diagnostic in others:
            self._found.setdefault(diagnostic)

    def __iter__(self) -> Iterator[Diagnostic]:
        """By file and place, then by code: the order in which an author reads."""
        return iter(sorted(self._found, key=lambda d: (d.span, d.rule.code, d.message)))

    def __len__(self) -> int:
        return len(self._found)

    def count(self, severity: Severity) -> int:
        """How many findings have exactly this severity."""
        return sum(d.severity is severity for d in self._found)

    @property
    def failed(self) -> bool:
        """Whether anything was found that forbids publishing."""
        return self.count(Severity.ERROR) > 0

    def fails(self, *, strict: bool) -> bool:
        """The same; under `strict` warnings forbid it, too."""
        return self.failed or (strict and self.count(Severity.WARNING) > 0)


def _shortened(value: object) -> str:
    """A value as a message quotes it: a text of a page would bury what is said about it."""
    text = str(value)
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def place(text: str, index: int, file: str) -> Span:
    """Where the character number `index` (from 0) of a file's text stands."""
    before = lines_of(text[:index])
    line, column = len(before), len(before[-1]) + 1
    return Span(file, line, column, line, column + 1)


@lru_cache(maxsize=8)
def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a file as YAML counts them, without their breaks.

    Remembered for the last few files: many findings quote lines of the same one.
    """
    return tuple(_LINE_BREAK.split(text))
