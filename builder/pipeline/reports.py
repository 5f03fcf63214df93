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
from builder.pipeline.packing import findings, pack, unpack
from builder.pipeline.printing import Leaves
from builder.pipeline.revised import amended
from builder.pipeline.sheets import shown
from builder.pipeline.steps import FIND, HISTORY, PRINT, RENDER, Load
from builder.pipeline.works import Got, Works
from builder.review import Chronicle, Revision

Bar = Callable[[str, Iterator[Got], int], Iterator[Got]]
"""How work that takes its time is shown; see `Progress.step`."""


@dataclass(slots=True)
class Public:
    """A report that the site shows: what it says in short, and what it gives to what spans
    reports. `seal` is the SHA-256 of its file, `leaves` are its pages for the volume, by table."""

    entry: Entry
    seal: bytes
    found: Found
    summary: Summary
    revisions: tuple[Revision, ...] = ()
    pages: tuple[str, ...] = ()
    rows: DataRows | None = None
    found_by: bytes = b""
    wide: bytes = b""
    leaves: dict[Stage, Leaves] = field(default_factory=dict)


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
    done = works.do(FIND, [partial(load, *one) for one in readable])
    steps = bar("1-4 读取、理解、评分、检查", done, len(readable))
    for (entry, seal), got in zip(readable, steps, strict=True):
        one = unpack(Found, got.facts)
        diagnostics.extend(findings(one.told))
        yield entry, seal, replace(one, told=())


def revised(one: Public, settings: Settings, chronicle: Chronicle, works: Works) -> Public:
    """A report with its revisions: one without results tells none."""
    if not one.found.has_results:
        return one
    own = load(one.entry, one.seal)
    history = chronicle.made_of(f"{own.folder}/{own.stem}.yaml")
    made_of = [own.file.encode(), own.data, history]
    known, keep = works.facts(HISTORY, own.file, made_of)
    if known is None:
        revisions = chronicle.of(shown(task(own), settings))
        keep(pack(REVISIONS, revisions))
    else:
        revisions = unpack(REVISIONS, known)
    return replace(one, revisions=revisions, summary=amended(one.summary, revisions))


def render(
    reports: Sequence[Public], works: Works, stage: Staging, diagnostics: Diagnostics, bar: Bar,
    *, has_pdf: bool, has_corrections: bool,
) -> None:  # fmt: skip
    """Step 5 of every report: write its files, and keep what it gives to what spans reports."""
    years = grouped((one.summary for one in reports), lambda summary: summary.project)

    def alone(one: Public) -> Load:
        revisions = pack(REVISIONS, one.revisions) if one.revisions else b""
        return replace(load(one.entry, one.seal), revisions=revisions)

    def among(one: Public) -> Load:
        members = pack(SUMMARIES, tuple(years[one.summary.project]))
        return replace(alone(one), years=members, has_corrections=has_corrections)

    orders = [partial(among, one) for one in reports]
    for one, got in zip(reports, bar("5 排版", works.do(RENDER, orders), len(orders)), strict=True):
        facts = unpack(RenderFacts, got.facts)
        diagnostics.extend(findings(facts.told))
        own = got.read((ROWS, ENTRY, WIDE))
        one.pages, one.found_by, one.wide = facts.pages, own[ENTRY], own[WIDE]
        name, year, counts, digest = facts.rows
        one.rows = DataRows(name, year, own[ROWS], counts, bytes.fromhex(digest))
        write(stage, got, facts.files)
    if not has_pdf:
        return
    orders = [partial(alone, one) for one in reports]
    for one, got in zip(reports, bar("5 打印", works.do(PRINT, orders), len(orders)), strict=True):
        printed = unpack(PrintFacts, got.facts)
        diagnostics.extend(findings(printed.told))
        sheaves = got.read(f"{SHEAF}{name}" for name in printed.leaves)
        one.leaves = {
            name: Leaves(count, sheaves[f"{SHEAF}{name}"]) for name, count in printed.leaves.items()
        }
        write(stage, got, printed.files)


def write(stage: Staging, got: Got, files: Iterable[str]) -> None:
    """Write files of what a step came to; those that the site has already are not even read."""
    new = [path for path in files if not stage.reuse(path, got.digests[path])]
    for path, data in got.read(new).items():
        stage.write(path, data)
