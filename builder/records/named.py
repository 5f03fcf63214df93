"""Settings that a site names: files that come with the builder, and the site's own beside them.

A file is called by the name it gives itself, or by name and year (`安徽-2024`) where it holds
from a year on: a form that changes leaves the reports of earlier years as they were. What is
not written in a file it takes from the one that it is `基于`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import Field

from builder import source
from builder.diagnostics import Diagnostics, Rule, Span, catalogue
from builder.failures import reason
from builder.records.decode import decode
from builder.records.likeness import suggestion
from builder.records.record import Record
from builder.records.values import Line, Year

BASE, SINCE = "基于", "自年度"
YEAR = re.compile(r"-[0-9]{4}$")
FOR_EVER = 9999  # a year that every version is there in


class Named(Record):
    """A file of settings under its name; `since` is the first year it holds for, if not all."""

    name: Line = Field(alias="名称")
    since: Year | None = Field(None, alias=SINCE)

    @property
    def stem(self) -> str:
        """How its file is called, without the ending."""
        return self.name if self.since is None else f"{self.name}-{self.since}"


N = TypeVar("N", bound=Named)


@dataclass(frozen=True, slots=True)
class Kind(Generic[N]):
    """One kind of settings: its record, the folder of the built-in ones, and what is told.

    `shown` names a folder of such files in messages. `depth` is how many levels of a file are
    taken from its base setting by setting; below them a setting is taken whole. `is_sound`
    reports what no single setting can show. `moved` are keys that such files once had, each
    with what is to be written now and where.
    """

    record: type[N]
    folder: Path
    shown: str
    unknown: Rule
    depth: int
    is_sound: Callable[[N, source.Source, Diagnostics], bool] = lambda *_: True
    moved: Mapping[str, str] = field(default_factory=dict)

    @property
    def labels(self) -> frozenset[str]:
        """The keys that a file may have at its top."""
        fields = self.record.model_fields.values()
        return frozenset(entry.alias or "" for entry in fields) | {BASE}


@dataclass(frozen=True, slots=True)
class Shelf(Generic[N]):
    """Every file of a kind that a site may name; the unusable ones have been reported.

    `versions` are those of a name, the earliest first; `own` are the files of the site's own.
    """

    kind: Kind[N]
    versions: Mapping[str, tuple[N, ...]]
    unusable: frozenset[str] = frozenset()
    own: tuple[source.Source, ...] = ()

    @property
    def by_name(self) -> Mapping[str, N]:
        """The newest version of each name."""
        return {name: versions[-1] for name, versions in self.versions.items()}

    @property
    def by_stem(self) -> Mapping[str, N]:
        """Every version of every name, by what its file is called."""
        return {record.stem: record for all_ in self.versions.values() for record in all_}

    def of(self, name: str, year: int) -> N | None:
        """What that name meant in a year; None where there was none yet, or never is."""
        fit = [v for v in self.versions.get(name, ()) if v.since is None or v.since <= year]
        return fit[-1] if fit else None

    def find(self, name: str, at: Span, diagnostics: Diagnostics, year: int = FOR_EVER) -> N | None:
        """What that name meant in a year, or means today; an unknown one is reported at `at`."""
        found = self.of(name, year)
        if found is None and name not in self.unusable:
            known = self.versions.get(name)
            hint = (
                f"“{name}”自 {known[0].since} 年度起才有"
                if known
                else suggestion(name, self.versions)
            )
            diagnostics.report(self.kind.unknown, at, name=name, hint=hint)
        return found


def own_files(
    folder: Path, labels: frozenset[str], diagnostics: Diagnostics
) -> dict[str, source.Source]:
    """A site's own files, by their names; a linked or closed folder is reported."""
    name = f"{folder.parent.name}/{folder.name}"
    if folder.is_symlink():
        diagnostics.report(catalogue.NOT_A_FILE, Span(name))
        return {}
    try:
        paths = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        paths = []
        diagnostics.report(catalogue.UNREADABLE, Span(name), problem=reason(error))
    return {
        path.name: source.read(path, f"{name}/{path.name}", labels, diagnostics)
        for path in paths
        if path.suffix == ".yaml"
    }


def shelf(kind: Kind[N], own: Mapping[str, source.Source], diagnostics: Diagnostics) -> Shelf[N]:
    """The built-in files of a kind and a site's own ones, given by their stems.

    A name that the site has itself is the site's alone: no built-in version stays beside it.
    """
    built_in = _built_in(kind.folder, kind.shown, kind.labels)
    sources = {**built_in, **own}
    usable: dict[str, N] = {}
    for stem, text in sources.items():
        record = _decode(kind, text, built_in, diagnostics)
        if record and record.stem != stem:
            at = text.spans.value(("名称",))
            diagnostics.report(catalogue.PROFILE_NAME, at, name=record.stem, stem=stem)
        elif record and kind.is_sound(record, text, diagnostics):
            usable[stem] = record
    mine = {record.name for stem, record in usable.items() if stem in own}
    versions: dict[str, tuple[N, ...]] = {}
    for stem, record in sorted(usable.items(), key=lambda item: item[1].since or 0):
        if stem in own or record.name not in mine:
            versions[record.name] = (*versions.get(record.name, ()), record)
    unusable = {YEAR.sub("", stem) for stem in sources.keys() - usable.keys()}
    return Shelf(kind, versions, frozenset(unusable), tuple(own.values()))


@cache
def _built_in(folder: Path, shown: str, labels: frozenset[str]) -> Mapping[str, source.Source]:
    """The built-in files by their stems, read once: they are ours, and the tests read them too."""
    return {
        path.stem: source.read(path, f"{shown}/{path.name}", labels, Diagnostics())
        for path in sorted(folder.glob("*.yaml"))
    }


def _decode(
    kind: Kind[N], text: source.Source, built_in: Mapping[str, source.Source],
    diagnostics: Diagnostics,
) -> N | None:  # fmt: skip
    for label in kind.moved.keys() & text.value if isinstance(text.value, dict) else ():
        at, moved = text.spans.key((label,)), kind.moved[label]
        diagnostics.report(catalogue.MOVED_SETTING, at, label=label, moved=moved)
    merged = _merged(kind, text, built_in, diagnostics)
    blanks = [location for location in text.blanks if location != (BASE,)]
    own = replace(text, value=merged, blanks=blanks)
    return decode(own, kind.record, diagnostics) if merged else None


def _merged(
    kind: Kind[N], text: source.Source, built_in: Mapping[str, source.Source],
    diagnostics: Diagnostics,
) -> source.Value:  # fmt: skip
    """The settings of a file over those of its base, and of that one's base."""
    if not isinstance(text.value, dict):
        return text.value
    own = {key: entry for key, entry in text.value.items() if key not in (BASE, *kind.moved)}
    if BASE not in text.value:
        return own
    base = str(text.value[BASE])
    # Built-in files name only built-in ones as their base, and none names itself.
    if base not in built_in or built_in[base] is text:
        at = text.spans.value((BASE,))
        diagnostics.report(kind.unknown, at, name=base, hint=suggestion(base, built_in))
        return None
    below = _merged(kind, built_in[base], built_in, diagnostics)
    if not isinstance(below, dict):
        return None
    # From when on the base holds says nothing of what is based on it.
    settings: source.Value = {key: entry for key, entry in below.items() if key != SINCE}
    return _over(settings, own, kind.depth)


def _over(below: source.Value, above: source.Value, depth: int) -> source.Value:
    if depth and isinstance(below, dict) and isinstance(above, dict):
        both = {key: _over(below[key], above[key], depth - 1) for key in below if key in above}
        return {**below, **above, **both}
    return above
