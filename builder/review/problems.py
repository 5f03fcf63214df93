"""Which problems an edit brings and which it solves: the same problem is known again by its
rule and by what it is about, wherever the lines have gone and however the message counts."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from builder.diagnostics import Diagnostic, Severity
from builder.review.changes import GROUPS, IndicatorChange
from builder.review.edition import Reading
from builder.review.naming import Place, named

Found = tuple[Diagnostic, ...]

INDICATOR = 4  # labels down to an indicator, at most: 绩效指标 and its path


def told_apart(
    before: Reading | None, after: Reading | None, indicators: Iterable[IndicatorChange] = ()
) -> tuple[Found, Found]:
    """The problems of one report that are new, and those that are solved.

    `indicators` are its changed ones, so that a renamed one keeps its problems.
    """
    follows = {
        (GROUPS, *change.old): (GROUPS, *change.new)
        for change in indicators
        if change.old and change.new
    }
    new, solved = difference(
        with_subjects(before, follows) if before else [],
        with_subjects(after, {}) if after else [],
    )
    # Where a file cannot be understood not everything was looked for.
    was_looked_for = after is None or after.whole is not None
    return new, solved if was_looked_for else ()


def errors(found: Found) -> int:
    """How many of these findings forbid publishing."""
    return sum(problem.severity is Severity.ERROR for problem in found)


def difference(
    before: Sequence[tuple[Place, Diagnostic]], after: Sequence[tuple[Place, Diagnostic]]
) -> tuple[Found, Found]:
    """Findings that are only after, and only before; each comes with what it is about."""
    old, new = list(before), list(after)
    # What reads the same first, so that of several alike the right one counts as new.
    for same_text in (True, False):
        counts = Counter(_key(entry, same_text) for entry in old)
        counts &= Counter(_key(entry, same_text) for entry in new)
        old, new = _beyond(counts, old, same_text), _beyond(counts, new, same_text)
    return tuple(found for _, found in new), tuple(found for _, found in old)


def _beyond(
    counts: Mapping[object, int], entries: Iterable[tuple[Place, Diagnostic]], same_text: bool
) -> list[tuple[Place, Diagnostic]]:
    """Entries without the first so many of each key."""
    left, beyond = Counter(counts), []
    for entry in entries:
        key = _key(entry, same_text)
        if left[key]:
            left[key] -= 1
        else:
            beyond.append(entry)
    return beyond


def _key(entry: tuple[Place, Diagnostic], same_text: bool) -> object:
    subject, found = entry
    return found.rule.code, found.severity, subject, found.message if same_text else ""


def with_subjects(
    reading: Reading, follows: Mapping[Place, Place]
) -> list[tuple[Place, Diagnostic]]:
    """Each finding of a reading with what it is about: its place by labels and names, not by
    lines. `follows` holds new paths of indicators by old ones."""
    places = reading.source.spans.places()
    starts = [(span.line, span.column) for span, _ in places]
    found = []
    for diagnostic in reading.found:
        at = bisect_right(starts, (diagnostic.span.line, diagnostic.span.column))
        location = places[at - 1][1] if at else ()
        subject = named(location, reading.source.value)
        heads = (subject[:size] for size in range(INDICATOR, 1, -1))
        head = next((head for head in heads if head in follows), ())
        found.append(((*follows.get(head, ()), *subject[len(head) :]), diagnostic))
    return found
