"""What two editions differ in beside their reports."""

from __future__ import annotations

from collections.abc import Iterator

from builder.content import SITE, in_order
from builder.model import Site
from builder.review.changes import Change, differing, fields_of
from builder.review.edition import Edition

PROFILES = Site.label("profile")
PREFACE = "前言"


def settings_changes(before: Edition, after: Edition) -> Iterator[Change]:
    """What holds for all reports and is another: site.yaml, profiles, the 前言 of volumes."""
    old, new = before.settings, after.settings
    for change in differing(fields_of(old.site), fields_of(new.site)):
        yield Change((SITE, *change.place), change.old, change.new)
    olds, news = old.profiles.by_name, new.profiles.by_name
    for name in in_order(list(olds), list(news)):
        one, other = olds.get(name), news.get(name)
        if one is None or other is None:
            old_text, new_text = (side.summary if side else None for side in (one, other))
            yield Change((PROFILES, name), old_text, new_text)
        elif one != other:
            for change in differing(fields_of(one), fields_of(other)):
                yield Change((PROFILES, name, *change.place), change.old, change.new)
    for path in in_order(list(before.prefaces), list(after.prefaces)):
        change = Change((path, PREFACE), before.prefaces.get(path), after.prefaces.get(path))
        if change.old != change.new:
            yield change
