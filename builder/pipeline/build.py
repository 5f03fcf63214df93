"""The pipeline on one screen: read, decode, score, check, render, bind.

Left of `render` an author can be wrong, right of it only we can. A report passes through
on its own and leaves its summary; after an error the rest is still checked and rendered,
so that one run shows every problem, but nothing is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder import content
from builder.cache import Cache
from builder.checks import Member, across, check_site
from builder.compendium import Bound
from builder.content import Entry, Settings, Withdrawn
from builder.diagnostics import Diagnostics, Severity, Span, catalogue
from builder.model import Site
from builder.output import OutputError, staging
from builder.pipeline import reports, steps
from builder.pipeline.cluster import Cluster
from builder.pipeline.desk import Shared
from builder.pipeline.found import Found
from builder.pipeline.ledger import Ledger
from builder.pipeline.reports import Marks, Public
from builder.pipeline.revised import corrections
from builder.pipeline.texts import Texts
from builder.pipeline.whole import Whole
from builder.pipeline.workers import Crew, Hands, local
from builder.pipeline.works import Works
from builder.review import Chronicle, GitError, RevisionError, open_chronicle
from builder.site import withdrawn_pages
from builder.theme import open_theme

if TYPE_CHECKING:
    from builder.progress import Progress  # processes that render import this wing, and show no bar


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for; see `jixiao build --help`."""

    content: Path
    output: Path
    theme: str = "official"
    years: tuple[str, ...] = ()
    pdf: bool = True
    release: bool = False
    strict: bool = False
    jobs: int = 1
    address: str | None = None
    cache: Path | None = None
    executor: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it; `files` is None when nothing was published.

    `is_open` says that no report was withheld, nor anything in one; `has_history` that git was
    asked for changes.
    """

    reports: int
    files: int | None
    texts: Mapping[str, str]
    volumes: tuple[Bound, ...] = ()
    made: Iterable[str] = ()
    """What was not in the cache, and why: a line for each step and reason, found when asked for."""
    is_open: bool = False
    has_history: bool = False


def build(request: Request, diagnostics: Diagnostics, progress: Progress) -> Result:
    """Compile the content into the output folder, unless an error forbids it.

    Raises OutputError when the environment fails: the output folder is not ours, another
    build is at work, the disk is full.
    """
    settings = content.settings(request.content, diagnostics)
    if request.address:
        site = settings.site.model_copy(update={"address": request.address})
        settings = replace(settings, site=site)
    themes = request.content / content.THEMES
    theme = open_theme(request.theme, themes, diagnostics, settings.site.colour)
    entries = content.entries(request.content, request.years, diagnostics)
    prefaces = content.prefaces(request.content, entries, diagnostics)
    texts = Texts(settings, prefaces.values(), entries)
    chronicle = _chronicle(request, settings, diagnostics)
    common = Shared(settings, themes, request.theme, request.pdf, request.release)
    known = steps.shared(settings, theme, release=request.release, pdf=request.pdf)
    with closing(Crew(common, partial(_hands, request, common))) as crew:
        cache = Cache(request.cache) if request.cache else None
        place = f"{request.output.absolute()}"
        works = Works(crew, Ledger(known, cache.noted(place) if cache else b""), cache)
        everything = reports.found(entries, works, diagnostics, progress.step)
        marks = Marks()
        public, withdrawn, is_open = _look_across(request, everything, marks, diagnostics)
        check_site(settings, prefaces.values(), diagnostics, release=request.release)
        if not public and not diagnostics.failed:
            _tell_nothing(request, entries, diagnostics)
        if theme is None or not public:
            return Result(0, None, texts)
        if chronicle:
            bar = progress.step("修订记录", public, len(public))
            public = [reports.revised(one, settings, chronicle, works) for one in bar]
        revised = corrections((one.summary, one.revisions) for one in public)
        with staging(request.output) as stage:
            reports.render(  # 5 render
                public, works, stage, diagnostics, progress.step,
                marks=marks, has_pdf=request.pdf, has_corrections=bool(revised),
            )  # fmt: skip
            for one in public:
                for path, data in content.evidence(
                    one.entry, one.found.listed, diagnostics
                ).items():
                    stage.write(path, data)
            for path, data in withdrawn_pages(
                theme, settings.site, withdrawn, diagnostics, has_corrections=bool(revised)
            ):
                stage.write(path, data)
            printed = {year: one.printed for year, one in prefaces.items()}
            whole = Whole(settings, theme, public, revised, works, stage, marks, diagnostics)
            bound = whole.bind(printed, progress)  # 6 bind
            whole.write(bound, progress)
            if cache and works.ledger.has_made:
                cache.note(place, works.ledger.packed())
                cache.tidy()
            files = None if diagnostics.fails(strict=request.strict) else stage.publish()
    return Result(
        len(public), files, texts, tuple(bound), works.ledger.told(), is_open=is_open,
        has_history=chronicle is not None,
    )  # fmt: skip


def _hands(request: Request, shared: Shared, number: int) -> Hands | None:
    """Who works beside this process, where there are so many jobs."""
    if request.executor is None:
        return local(shared, request.jobs, number)
    return Cluster(shared, request.executor) if number else None


def _look_across(
    request: Request, everything: Iterable[tuple[Entry, bytes, Found]], marks: Marks,
    diagnostics: Diagnostics,
) -> tuple[list[Public], list[Withdrawn], bool]:  # fmt: skip
    """What is only seen over all reports; those that the site shows, those taken back, and whether
    nothing of any is withheld."""
    members, materials = list[Member](), content.Materials()
    strays = content.Strays(content.in_years(request.content, request.years))
    public, withdrawn, is_open = list[Public](), list[Withdrawn](), True
    for entry, seal, found in everything:
        strays.meet(entry, found.named)
        is_open = is_open and found.may_be_kept
        members += [found.member] if found.member else []
        look = partial(content.on_disk, entry.path.parent)
        materials.take(content.looked_at(found.listed, look))
        if found.summary:
            public.append(Public(entry, seal, replace(found, member=None), found.summary))
            for summary, mark in zip((found.summary, found.targets), found.marks, strict=True):
                if summary:
                    marks.know(summary, mark)
        withdrawn += [found.withdrawn] if found.withdrawn else []
    across(members, diagnostics)
    materials.tell(diagnostics)
    strays.tell(request.content, diagnostics)
    return public, withdrawn, is_open


def _tell_nothing(request: Request, entries: Sequence[Entry], diagnostics: Diagnostics) -> None:
    folder = request.content.name
    hint = f"{len(entries)} 份自评表都写着“不公开”或“撤回”，没有可以上网站的" if entries else ""
    at = Span(folder)
    diagnostics.report(catalogue.NO_REPORTS, at, hint=hint, where="这里", folder=folder)


def _chronicle(request: Request, settings: Settings, diagnostics: Diagnostics) -> Chronicle | None:
    """The history of the content, if the site asks for it; one without its beginning is told."""
    try:
        chronicle = open_chronicle(request.content, settings.site)
    except (GitError, RevisionError) as error:
        raise OutputError(f"读不出修订记录：{error}；不用时把 修订记录 改为 否") from error
    if chronicle and settings.source and not chronicle.is_whole:
        at = settings.source.spans.value((Site.label("has_revisions"),))
        severity = Severity.ERROR if request.release else None
        diagnostics.report(catalogue.SHALLOW_HISTORY, at, severity=severity)
    return chronicle
