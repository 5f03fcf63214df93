"""Slips of the pen set right where only one thing can have been meant: full-width colons
behind known labels, full-width digits in figures, commas and braces in money rows, odd spaces,
missing spaces after a colon."""

from __future__ import annotations

import re

from pydantic import BaseModel

from builder.content import report_labels
from builder.diagnostics import Diagnostic, Diagnostics, catalogue
from builder.model import labels
from builder.records import decode
from builder.source import Source, parse

ROUNDS = 20  # a scan tells a hundred slips at a time
WORK = 2_000_000  # characters read in these rounds: what is much larger than a form gets fewer
TABS = (2, 4, 8)  # columns that a tab may have meant

_COLONS = frozenset({catalogue.WIDE_COLON.code, catalogue.TIGHT_COLON.code})
_FIGURES = frozenset(
    rule.code for rule in (catalogue.WIDE_NUMBER, catalogue.NOT_A_YEAR, catalogue.NOT_A_DATE)
)
_WIDE = str.maketrans("０１２３４５６７８９．－", "0123456789.-")
_LABEL = "|".join(sorted(labels()))
_FLOW = re.compile(
    r"(?P<head>\s*(?:- +)?[^\s{｛'\":：#]+)\s*[:：]\s*"
    r"[{｛](?P<inside>[^'\"{}｛｝#]*)[}｝](?P<tail>\s*(?:#.*)?)"
)
_FLOW_KEY = re.compile(rf"(?P<comma>^|[,，])\s*(?P<key>{_LABEL})\s*[:：]\s*")
_SPACES = re.compile(r"\s+")


def mended(text: str, file: str, record: type[BaseModel]) -> str:
    """The text of a file with its slips mended; as it is where it has none, or would not be
    better for it."""
    source, problems = _examine(text, file, record)
    if not problems:
        return text
    meant = decode(source, record, Diagnostics())
    best, fewest = text, len(problems)
    for tab in TABS if "\t" in text else TABS[:1]:
        tried = _mend(text, file, record, tab)
        source, problems = _examine(tried, file, record)
        is_same = meant is None or decode(source, record, Diagnostics()) == meant
        if source.value is not None and is_same and len(problems) < fewest:
            best, fewest = tried, len(problems)
    return best


def _examine(text: str, file: str, record: type[BaseModel]) -> tuple[Source, list[Diagnostic]]:
    diagnostics = Diagnostics()
    source = parse(text, file, report_labels(), diagnostics)
    decode(source, record, diagnostics)
    return source, list(diagnostics)


def _mend(text: str, file: str, record: type[BaseModel], tab: int) -> str:
    for _ in range(min(ROUNDS, 1 + WORK // (len(text) + 1))):
        _, problems = _examine(text, file, record)
        lines = text.split("\n")
        # From the right, so that places further left stay true.
        for problem in sorted(problems, key=lambda found: found.span, reverse=True):
            number = problem.span.line - 1
            if number < len(lines):
                lines[number] = _mend_line(lines[number], problem, tab)
        better = "\n".join(map(_mend_flow, lines))
        if better == text:
            break
        text = better
    return text


def _mend_line(line: str, problem: Diagnostic, tab: int) -> str:
    span, code = problem.span, problem.rule.code
    start = span.column - 1
    if code in _COLONS:
        left, right = line[:start].rstrip(), line[start + 1 :].lstrip()
        return f"{left}: {right}" if right else f"{left}:"
    if code == catalogue.ODD_SPACE.code:
        indent = line[: len(line) - len(line.lstrip())]
        if start < len(indent):
            return "".join(_columns(space, tab) for space in indent) + line[len(indent) :]
        found = next(
            (run for run in _SPACES.finditer(line) if run.start() <= start < run.end()), None
        )
        return f"{line[: found.start()]} {line[found.end() :]}" if found else line
    if code in _FIGURES and span.line == span.end_line:
        end = span.end_column - 1
        return line[:start] + line[start:end].translate(_WIDE) + line[end:]
    return line


def _mend_flow(line: str) -> str:
    """`拨款：｛年初预算数：1，全年预算数：2｝`: a money row with full-width signs."""
    row = _FLOW.fullmatch(line)
    if row is None or not _FLOW_KEY.search(row["inside"]):
        return line
    inside = _FLOW_KEY.sub(lambda k: f"{', ' if k['comma'] else ''}{k['key']}: ", row["inside"])
    return f"{row['head']}: {{{inside}}}{row['tail']}"


def _columns(space: str, tab: int) -> str:
    """A blank of the indentation as spaces: as wide as it looks."""
    return " " * {"\t": tab, "\u3000": 2}.get(space, 1)
