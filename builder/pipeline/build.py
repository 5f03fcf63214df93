"""The pipeline on one screen: read, decode, score, check, render, bind.

Left of `render` an author can be wrong, right of it only we can. A report passes through
on its own and leaves its summary; after an error the rest is still checked and rendered,
so that one run shows every problem, but nothing is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from builder import content
from builder.cache import Cache
from builder.checks import Member, across, check_site
from builder.compendium import Bound, Form, Press, bind, books
from builder.content import Entry, Settings, Summary, Withdrawn
from builder.diagnostics import Diagnostics, Severity, Span, catalogue
from builder.model import REVIEW, SELF, TARGET, Site
from builder.opendata import DataFile, data_files, data_package
from builder.output import OutputError, Staging, staging
from builder.pdf import PrintError
from builder.pipeline import reports, steps
from builder.pipeline.cluster import Cluster
from builder.pipeline.desk import Shared
from builder.pipeline.found import Found
from builder.pipeline.printing import theme_faces
from builder.pipeline.reports import Public
from builder.pipeline.revised import corrections
from builder.pipeline.texts import Texts
from builder.pipeline.workers import Crew, Hands, local
from builder.pipeline.works import Works
from builder.review import Chronicle, GitError, RevisionError, open_chronicle
from builder.site import (
    Artifact,
    data_page,
    overview_pages,
    search_files,
    site_files,
    withdrawn_pages,
)
from builder.theme import Theme, open_theme
from builder.views import RevisionView, rules_in_use

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
    """What came of it; `files` is None when nothing was published."""

    reports: int
    files: int | None
    texts: Mapping[str, str]
    volumes: tuple[Bound, ...] = ()


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
        works = Works(crew, known, Cache(request.cache) if request.cache else None)
        everything = reports.found(entries, works, diagnostics, progress.step)
        public, withdrawn = _look_across(request, everything, diagnostics)
        check_site(settings, prefaces.values(), diagnostics, release=request.release)
        if not public and not diagnostics.failed:
            _tell_nothing(request, entries, diagnostics)
        if theme is None or not public:
            return Result(0, None, texts)
        if chronicle:
            bar = progress.step("修订记录", public, len(public))
            public = [reports.revised(one, settings, chronicle) for one in bar]
        revised = corrections((one.summary, one.revisions) for one in public)
        with staging(request.output) as stage:
            reports.render(  # 5 render
                public, works, stage, diagnostics, progress.step,
                has_pdf=request.pdf, has_corrections=bool(revised),
            )  # fmt: skip
            for one in public:
                for path, data in content.evidence(
                    one.entry, one.found.listed, diagnostics
                ).items():
                    stage.write(path, data)
            targets = [one.found.targets for one in public if one.found.targets]
            listed = _Listed(public, targets, revised)
            press = Press(settings, theme, theme_faces(theme), diagnostics)
            printed = {year: one.printed for year, one in prefaces.items()}
            bound = _bind_books(stage, _forms(listed), press, printed, progress)  # 6 bind
            gone = withdrawn_pages(theme, settings.site, withdrawn, diagnostics)
            held = _write_data(stage, settings.site, listed)
            spanning = _bind(settings, theme, listed, diagnostics, bound=bound, held=held)
            for path, data in chain(spanning, gone):
                stage.write(path, data)
            files = None if diagnostics.fails(strict=request.strict) else stage.publish()
    return Result(len(public), files, texts, tuple(bound))


def _hands(request: Request, shared: Shared, number: int) -> Hands | None:
    """Who works beside this process, where there are so many jobs."""
    if request.executor is None:
        return local(shared, request.jobs, number)
    return Cluster(shared, request.executor) if number else None


def _look_across(
    request: Request, everything: Iterable[tuple[Entry, Found]], diagnostics: Diagnostics
) -> tuple[list[Public], list[Withdrawn]]:
    """What is only seen over all reports; those that the site shows, and those taken back."""
    members, materials = list[Member](), content.Materials()
    strays = content.Strays(content.in_years(request.content, request.years))
    public, withdrawn = list[Public](), list[Withdrawn]()
    for entry, found in everything:
        strays.meet(entry, found.named)
        members += [found.member] if found.member else []
        look = partial(content.on_disk, entry.path.parent)
        materials.take(content.looked_at(found.listed, look))
        public += (
            [Public(entry, replace(found, member=None), found.summary)] if found.summary else []
        )
        withdrawn += [found.withdrawn] if found.withdrawn else []
    across(members, diagnostics)
    materials.tell(diagnostics)
    strays.tell(request.content, diagnostics)
    return public, withdrawn


def _tell_nothing(request: Request, entries: Sequence[Entry], diagnostics: Diagnostics) -> None:
    folder = request.content.name
    hint = f"{len(entries)} 份自评表都写着“不公开”或“撤回”，没有可以上网站的" if entries else ""
    at = Span(folder)
    diagnostics.report(catalogue.NO_REPORTS, at, hint=hint, where="这里", folder=folder)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What is listed: all public reports, their tables of targets, and what was changed of reports
    after they had been public."""

    public: list[Public]
    targets: list[Summary]
    revised: list[tuple[Summary, RevisionView]]

    @property
    def summaries(self) -> list[Summary]:
        return [one.summary for one in self.public]

    @property
    def wides(self) -> Mapping[str, bytes]:
        """What reports give to the tables of their units, by 编号."""
        return {one.summary.id: one.wide for one in self.public if one.wide}

    def for_news(self) -> list[Summary]:
        """Each table once: of a report without results that of its targets."""
        return [*self.targets, *(one for one in self.summaries if not one.is_planned)]


def _forms(listed: _Listed) -> list[Form]:
    """What is bound: reports that were printed, with their 复核表, and the tables of targets."""
    found, approved = list[Form](), {summary.id: summary for summary in listed.targets}
    for one in listed.public:
        if leaves := one.leaves.get(SELF):
            form = Form(one.summary, leaves.pages, leaves.sheaf)
            if review := one.leaves.get(REVIEW):
                form = replace(form, review_pages=review.pages, review=review.sheaf)
            found.append(form)
        if leaves := one.leaves.get(TARGET):
            found.append(Form(approved[one.summary.id], leaves.pages, leaves.sheaf))
    return found


def _bind_books(
    stage: Staging,
    forms: Sequence[Form],
    press: Press,
    prefaces: Mapping[int, str],
    progress: Progress,
) -> list[Bound]:
    """Write the volumes of every year, unless something is amiss; report what cannot be set."""
    diagnostics = press.diagnostics
    if not forms or diagnostics.failed:
        return []
    found = books(forms, press, prefaces)
    volumes = [(book, number) for book in found for number in range(len(book.paths))]
    bound = []
    for book, number in progress.step("6 汇总", volumes, len(volumes)):
        try:
            with stage.open(book.paths[number]) as sink:
                bound.append(bind(book, number, sink))
        except PrintError as error:
            if not diagnostics.failed:  # a template's mistake has been told at its place
                at = Span(book.paths[number])
                diagnostics.report(catalogue.NOT_PRINTED, at, problem=f"{error}")
    return bound


def _write_data(stage: Staging, site: Site, listed: _Listed) -> list[DataFile]:
    """Write the data files piece by piece; what they are, with their sizes."""
    written = []
    rows = [one.rows for one in listed.public if one.rows]
    for file in data_files(rows, listed.summaries, site):
        size = 0
        with stage.open(file.path) as sink:
            for piece in file.make():
                sink(piece)
                size += len(piece)
        written.append(replace(file, size=size))
    return written


def _bind(
    settings: Settings,
    theme: Theme,
    listed: _Listed,
    diagnostics: Diagnostics,
    *,
    bound: list[Bound],
    held: Sequence[DataFile],
) -> Iterator[Artifact]:
    """What spans reports: overview pages, search, what leads to the data, sitemap and feed."""
    site, summaries = settings.site, listed.summaries
    profile = settings.profiles.by_name[site.profile]
    pages = [page for one in listed.public for page in one.pages]
    volumes = [(volume.path, volume.pages) for volume in bound]
    for path, data in overview_pages(
        theme, site, summaries, profile, diagnostics, volumes=volumes, targets=listed.targets,
        wides=listed.wides, revised=listed.revised, used=rules_in_use(settings, summaries),
    ):  # fmt: skip
        if path.endswith(".html"):
            pages.append(path)
        yield path, data
    found = ((one.summary, one.found_by) for one in listed.public if one.found_by)
    yield from search_files(found, profile.execution.rate)
    yield data_package(site, held)
    for path, data in data_page(
        theme, site, held, summaries, diagnostics,
        targets=listed.targets, has_corrections=bool(listed.revised),
    ):  # fmt: skip
        pages.append(path)
        yield path, data
    at = settings.source.spans.value(()) if settings.source else Span("site.yaml")
    yield from site_files(site, pages, listed.for_news(), at, diagnostics)


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
