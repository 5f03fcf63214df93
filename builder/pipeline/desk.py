"""Where the steps of reports are done: bytes in, bytes out.

A desk knows what all reports share; each report comes to it as a `Load`, and what a step came to
leaves it as `Made`. So it may stand in this process, in another one, or on another machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import takewhile
from pathlib import Path

from builder import source
from builder.content import Entry, Settings, Summary, report_labels
from builder.diagnostics import Diagnostics
from builder.model import Stage
from builder.pipeline.found import Found, find
from builder.pipeline.packing import Told, pack, told, unpack
from builder.pipeline.printing import Printing
from builder.pipeline.render import Renderer
from builder.pipeline.sheets import Task
from builder.pipeline.steps import FIND, PRINT, RENDER, SPAN, Load, Step
from builder.review import Revision
from builder.site import Scope
from builder.theme import Theme, open_theme

SUMMARIES, REVISIONS, FOUND = tuple[Summary, ...], tuple[Revision, ...], tuple[Told, ...]
ROWS, ENTRY, WIDE = "rows", "entry", "wide"
"""Parts that are no files: what a report gives to data, to search, to the table of its unit."""
SHEAF = "sheaf "
"""Before the stage whose pages for the volume a part holds."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What all reports share. `themes` is the site's own folder of themes."""

    settings: Settings
    themes: Path
    theme: str
    pdf: bool
    release: bool


@dataclass(frozen=True, slots=True)
class Made:
    """What a step came to: facts, and parts by name, those that are files by their site path."""

    facts: bytes
    parts: Mapping[str, bytes] = field(default_factory=dict)
    may_be_kept: bool = True


Rows = tuple[str, int, tuple[int, ...], str]
"""What is known of `DataRows` beside what is packed: 编号, year, numbers of rows, digest in hex."""


@dataclass(frozen=True, slots=True)
class RenderFacts:
    """What is known of a rendered report beside its parts; see `Rendered`. `entry` is the SHA-256
    of what it gives to the search, in hex."""

    told: tuple[Told, ...]
    pages: tuple[str, ...]
    files: tuple[str, ...]
    rows: Rows
    entry: str
    has_wide: bool


@dataclass(frozen=True, slots=True)
class PrintFacts:
    """What is known of a printed report beside its parts; `leaves` are the numbers of pages of its
    tables, with the SHA-256 of their sheaves in hex."""

    told: tuple[Told, ...]
    files: tuple[str, ...]
    leaves: Mapping[Stage, tuple[int, str]]


class Desk:
    """Does the steps of reports, one after the other."""

    def __init__(self, shared: Shared, is_enough: Callable[[], bool] = lambda: False) -> None:
        """`is_enough` tells that nobody waits any more for what takes its time."""
        self._shared, self._is_enough = shared, is_enough
        self._steps: Mapping[str, Callable[[Load], Made]] = {
            FIND.name: self._find, RENDER.name: self._render, PRINT.name: self._print,
            SPAN.name: self._span,
        }  # fmt: skip

    def do(self, step: Step, load: Load) -> Made:
        """What a step makes of a report, of which it sees what its row in the table names.

        Raises OutputError for what the theme or the system lacks.
        """
        return self._steps[step.name](load.only(step.takes))

    @cached_property
    def _theme(self) -> Theme:
        shared = self._shared
        colour = shared.settings.site.colour
        theme = open_theme(shared.theme, shared.themes, Diagnostics(), colour)
        if theme is None:  # it has been opened before, and its problems told
            raise ValueError(shared.theme)
        return theme

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self._shared.settings, self._theme, pdf=self._shared.pdf)

    @cached_property
    def _printing(self) -> Printing:
        return Printing(self._shared.settings, self._theme)

    def _find(self, load: Load) -> Made:
        settings, release = self._shared.settings, self._shared.release
        found = find(_entry(load), load.data, settings, release=release)
        return Made(pack(Found, found), may_be_kept=found.may_be_kept)

    def _render(self, load: Load) -> Made:
        done = self._renderer.render(task(load))
        files, rows = dict(done.artifacts), done.rows
        known = rows.id, rows.year, rows.counts, rows.digest.hex()
        facts = RenderFacts(
            told(done.found), done.pages, tuple(files), known, _digest(done.found_by),
            bool(done.wide),
        )  # fmt: skip
        parts = {ROWS: rows.packed(), ENTRY: done.found_by, WIDE: done.wide, **files}
        return Made(pack(RenderFacts, facts), parts, may_be_kept=not done.found)

    def _print(self, load: Load) -> Made:
        done = self._printing.print(task(load))
        files = dict(done.artifacts)
        leaves = {stage: (one.pages, _digest(one.sheaf)) for stage, one in done.leaves.items()}
        sheaves = {f"{SHEAF}{stage}": one.sheaf for stage, one in done.leaves.items()}
        facts = PrintFacts(told(done.found), tuple(files), leaves)
        return Made(pack(PrintFacts, facts), {**sheaves, **files}, may_be_kept=done.is_fixed)

    def _span(self, load: Load) -> Made:
        found, settings = Diagnostics(), self._shared.settings
        scope = unpack(Scope, load.data)
        made = scope.make(self._theme, settings.site, settings.profile, found)
        files = dict(takewhile(lambda _: not self._is_enough(), made))
        return Made(pack(FOUND, told(found)), files, may_be_kept=not len(found))


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _entry(load: Load) -> Entry:
    return Entry(Path(load.file), load.file, load.folder, load.stem)


def task(load: Load) -> Task:
    """What pages and prints of a report are made of."""
    read = source.from_bytes(load.data, load.file, report_labels(), Diagnostics())
    years = unpack(SUMMARIES, load.years) if load.years else ()
    revisions = unpack(REVISIONS, load.revisions) if load.revisions else ()
    return Task(_entry(load), read, years, revisions, load.has_corrections)
