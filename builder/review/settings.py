"""What differs outside of reports and reaches every page: settings, profiles, themes, 前言."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.content import SITE, THEMES, in_order
from builder.layouts import Layout
from builder.model import Site
from builder.review.changes import Change, differing, fields_of
from builder.review.edition import Edition
from builder.scoring import Profile

PROFILES = Site.label("profile")
LAYOUTS = Profile.label("layout")
PREFACE = "前言"


def differences(before: Edition, after: Edition) -> Iterator[Change]:
    """Settings, profiles, themes and 前言 that differ, under the file or part they belong to."""
    old, new = before.settings, after.settings
    for change in differing(fields_of(old.site), fields_of(new.site)):
        yield Change((SITE, *change.place), change.old, change.new)
    yield from _rules(PROFILES, old.profiles.by_stem, new.profiles.by_stem)
    yield from _rules(LAYOUTS, old.layouts.by_stem, new.layouts.by_stem)
    yield from _themes(before, after)
    for path in in_order(list(before.prefaces), list(after.prefaces)):
        change = Change((path, PREFACE), before.prefaces.get(path), after.prefaces.get(path))
        if change.old != change.new:
            yield change


def _rules(
    kind: str, olds: Mapping[str, Profile | Layout], news: Mapping[str, Profile | Layout]
) -> Iterator[Change]:
    """Profiles or layouts, by their files."""
    for name in in_order(list(olds), list(news)):
        one, other = olds.get(name), news.get(name)
        if one is None or other is None:
            old_text, new_text = (side.summary if side else None for side in (one, other))
            yield Change((kind, name), old_text, new_text)
        elif one != other:
            for change in differing(fields_of(one), fields_of(other)):
                yield Change((kind, name, *change.place), change.old, change.new)


def _themes(before: Edition, after: Edition) -> Iterator[Change]:
    """Files of themes, which are the site as much as any text; what is in them we do not read."""
    paths = {*before.files, *after.files}
    for path in sorted(path for path in paths if path.startswith(f"{THEMES}/")):
        old, new = before.files.get(path), after.files.get(path)
        if old is None or new is None or old.id != new.id:
            sizes = (f"{file.size} 字节" if file else None for file in (old, new))
            yield Change((THEMES, path.removeprefix(f"{THEMES}/")), *sizes)
