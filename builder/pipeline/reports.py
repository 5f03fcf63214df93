"""The reports of one build: each goes through its steps, and leaves a few facts here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256

from builder import source
from builder.content import Entry, Settings, Summary, grouped
from builder.diagnostics import Diagnostics
from builder.model import Stage
from builder.opendata import DataRows
from builder.output import OutputError, Staging
from builder.pipeline.desk import (
    ENTRY,
    REVISIONS,
    ROWS,
    SHEAF,
    SUMMARIES,
    WIDE,
    PrintFacts,
    RenderFacts,
    task,
)
from builder.pipeline.found import Found
from builder.pipeline.packing import findings, mark, pack, unpack
from builder.pipeline.revised import amended
from builder.pipeline.sheets import shown
from builder.pipeline.steps import FIND, HISTORY, PRINT, RENDER, Load
from builder.pipeline.works import Got, Order, Works
from builder.review import Chronicle, Revision

Bar = Callable[[str, Iterator[Got], int], Iterator[Got]]
"""How work that takes its time is shown; see `Progress.step`."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The pages of a table for the volume: how many, what gives them, and the SHA-256 of that."""

    pages: int
    sheaf: Callable[[], bytes]
    seal: str


@dataclass(slots=True)
class Public:
    """A report that the site shows: what it says in short, and what it gives to what spans
    reports.

    `seal` is the SHA-256 of its file. `found_by` gives its entry in the search, whose SHA-256 in
    hex is `entry_seal`; `leaves` are its pages for the volume, by table.
    """

    entry: Entry
    seal: bytes
    found: Found
    summary: Summary
    revisions: tuple[Revision, ...] = ()
    pages: tuple[str, ...] = ()
    rows: DataRows | None = None
    found_by: Callable[[], bytes] = bytes
    entry_seal: str = ""
    wide: bytes = b""
    leaves: dict[Stage, Kept] = field(default_factory=dict)


@dataclass(slots=True)
class Marks:
    """Digests of summaries: what is made of one says by this of which."""

    _known: dict[int, tuple[Summary, bytes]] = field(default_factory=dict)

    def of(self, summary: Summary) -> bytes:
        """32 bytes that no other summary has."""
        if id(summary) not in self._known:
            self.know(summary, mark(Summary, summary))
        return self._known[id(summary)][1]

    def know(self, summary: Summary, digest: str) -> None:
        """Take over what was worked out before, in hex."""
        self._known[id(summary)] = summary, bytes.fromhex(digest)


def load(entry: Entry, seal: bytes) -> Load:
    """The bytes of a report's file, whose SHA-256 was `seal` when it was first read.

    Raises OutputError where it is no longer: what is made of it would not fit together.
    """
    data = source.read_bytes(entry.path, entry.file, Diagnostics()) or b""
    if sha256(data).digest() != seal:
        raise OutputError(f"生成期间 {entry.file} 被改动了，请重新运行")
    return Load(entry.file, entry.folder, entry.stem, data)


def found(
    entries: Sequence[Entry], works: Works, diagnostics: Diagnostics, bar: Bar
) -> Iterator[tuple[Entry, bytes, Found]]:
    """Steps 1 to 4 of every report that can be read, each with the seal of its file."""
    readable = [
        (entry, sha256(data).digest())
        for entry in entries
        if (data := source.read_bytes(entry.path, entry.file, diagnostics)) is not None
    ]
    orders = [
        Order(entry.file, _of(entry, seal), partial(load, entry, seal)) for entry, seal in readable
    ]
    steps = bar("1-4 读取、理解、评分、检查", works.do(FIND, orders), len(orders))
    for (entry, seal), got in zip(readable, steps, strict=True):
        one = unpack(Found, got.facts)
        diagnostics.extend(findings(one.told))
        yield entry, seal, replace(one, told=())


def _of(entry: Entry, seal: bytes) -> dict[str, bytes]:
    """What stands for a report's file, by the names of the table of steps."""
    return {
        "file": entry.file.encode(), "folder": entry.folder.encode(), "stem": entry.stem.encode(),
        "data": seal,
    }  # fmt: skip


def revised(one: Public, settings: Settings, chronicle: Chronicle, works: Works) -> Public:
    """A report with its revisions: one without results tells none."""
    if not one.found.has_results:
        return one
    entry = one.entry
    history = chronicle.made_of(f"{entry.folder}/{entry.stem}.yaml")
    known, keep = works.facts(HISTORY, entry.file, [entry.file.encode(), one.seal, history])
    if known is None:
        revisions = chronicle.of(shown(task(load(entry, one.seal)), settings))
        keep(pack(REVISIONS, revisions))
    else:
        revisions = unpack(REVISIONS, known)
    return replace(one, revisions=revisions, summary=amended(one.summary, revisions))


def render(
    reports: Sequence[Public], works: Works, stage: Staging, diagnostics: Diagnostics, bar: Bar,
    *, marks: Marks, has_pdf: bool, has_corrections: bool,
) -> None:  # fmt: skip
    """Step 5 of every report: write its files, and keep what it gives to what spans reports."""
    years = grouped((one.summary for one in reports), lambda summary: summary.project)

    def changes(one: Public) -> bytes:
        return pack(REVISIONS, one.revisions) if one.revisions else b""

    def alone(one: Public) -> Load:
        return replace(load(one.entry, one.seal), revisions=changes(one))

    def among(one: Public) -> Load:
        members = pack(SUMMARIES, tuple(years[one.summary.project]))
        return replace(alone(one), years=members, has_corrections=has_corrections)

    def of_one(one: Public) -> dict[str, bytes]:
        return _of(one.entry, one.seal) | {"revisions": changes(one)}

    def of_all(one: Public) -> dict[str, bytes]:
        members = b"".join(map(marks.of, years[one.summary.project]))
        told = b"1" if has_corrections else b""
        return of_one(one) | {"years": members, "has_corrections": told}

    orders = [Order(one.entry.file, of_all(one), partial(among, one)) for one in reports]
    for one, got in zip(reports, bar("5 排版", works.do(RENDER, orders), len(orders)), strict=True):
        facts = unpack(RenderFacts, got.facts)
        diagnostics.extend(findings(facts.told))
        name, year, counts, digest = facts.rows
        one.pages, one.wide = facts.pages, got.read((WIDE,))[WIDE] if facts.has_wide else b""
        one.rows = DataRows(name, year, got.later(ROWS), counts, bytes.fromhex(digest))
        one.found_by, one.entry_seal = got.later(ENTRY), facts.entry
        write(stage, got, facts.files)
    if not has_pdf:
        return
    orders = [Order(one.entry.file, of_one(one), partial(alone, one)) for one in reports]
    for one, got in zip(reports, bar("5 打印", works.do(PRINT, orders), len(orders)), strict=True):
        printed = unpack(PrintFacts, got.facts)
        diagnostics.extend(findings(printed.told))
        one.leaves = {
            name: Kept(pages, got.later(f"{SHEAF}{name}"), seal)
            for name, (pages, seal) in printed.leaves.items()
        }
        write(stage, got, printed.files)


def write(stage: Staging, got: Got, files: Iterable[str]) -> None:
    """Write files of what a step came to; those that the site has already are not even read."""
    new = stage.reuse({path: got.digests[path] for path in files})
    for path, data in got.read(new).items():
        stage.write(path, data)
