"""The pipeline on one screen: read, decode, score, check, render, bind.

Left of `render` an author can be wrong, right of it only we can. A report passes through
on its own and leaves its summary; after an error the rest is still checked and rendered,
so that one run shows every problem, but nothing is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from builder import content
from builder.checks import Member, across, check, check_site
from builder.compendium import Bound, Form, Press, bind, books
from builder.content import Entry, Settings, Summary, Withdrawn, grouped, summarize
from builder.diagnostics import Diagnostics, Severity, Span, catalogue
from builder.model import REVIEW, SELF, TARGET, Site
from builder.opendata import DataFile, data_files, data_package
from builder.output import OutputError, Staging, staging
from builder.pdf import PrintError
from builder.pipeline import workers
from builder.pipeline.render import Rendered, Renderer, Task, theme_faces
from builder.pipeline.revised import amended, corrections
from builder.review import Chronicle, GitError, Revision, RevisionError, open_chronicle
from builder.site import (
    Artifact,
    data_page,
    overview_pages,
    search_files,
    site_files,
    withdrawn_pages,
)
from builder.source import Source
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


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it; `files` is None when nothing was published."""

    reports: int
    files: int | None
    texts: dict[str, str]
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
    texts = {settings.source.file: settings.source.text} if settings.source else {}
    themes = request.content / "themes"
    theme = open_theme(request.theme, themes, diagnostics, settings.site.colour)
    entries = content.entries(request.content, request.years, diagnostics)
    prefaces = content.prefaces(request.content, entries, diagnostics)

    chronicle = _chronicle(request, settings, diagnostics)
    found: list[tuple[Entry, Source, tuple[Revision, ...]]] = []
    summaries: list[Summary] = []
    targets: list[Summary] = []
    withdrawn: list[Withdrawn | None] = []
    members, materials = list[Member](), content.Materials()
    strays = content.Strays(content.in_years(request.content, request.years))
    for entry in progress.step("1-4 读取、理解、评分、检查", entries, len(entries)):
        source = content.read(entry, diagnostics)  # 1 read
        texts[entry.file] = source.text
        document = content.make_out(source, entry, settings, diagnostics)  # 2 decode, 3 score
        strays.meet(entry, document, source.text)
        if document is None:
            continue
        check(  # 4 check
            document,
            diagnostics,
            release=request.release,
            review_required=settings.site.review_required,
        )
        members.append(Member.of(document))
        materials.meet(document, partial(content.on_disk, entry.path.parent))
        shown = content.disclosed(document, settings.site)
        if document.report.is_public and document.is_whole:
            has_results = not shown.report.is_planned  # a page of targets tells no revisions
            revisions = chronicle.of(shown) if chronicle and has_results else ()
            summary = summarize(shown, by_review=settings.site.counts_review)
            summaries.append(amended(summary, revisions))
            approved = content.approved(document, settings)
            targets += [summarize(approved)] if approved else []
            found.append((entry, source, revisions))
        withdrawn.append(Withdrawn.of(shown))
    across(members, diagnostics)
    materials.tell(diagnostics)
    strays.tell(request.content, diagnostics)
    texts.update((one.file, one.text) for one in prefaces.values())
    texts.update((own.file, own.text) for own in settings.own)
    check_site(settings, prefaces.values(), diagnostics, release=request.release)
    years = grouped(summaries, lambda summary: summary.project)
    tasks = [
        Task(entry, source, tuple(years[summary.project]), revisions)
        for (entry, source, revisions), summary in zip(found, summaries, strict=True)
    ]
    if not tasks and not diagnostics.failed:
        folder = request.content.name
        hint = f"{len(entries)} 份自评表都写着“不公开”或“撤回”，没有可以上网站的" if entries else ""
        at = Span(folder)
        diagnostics.report(catalogue.NO_REPORTS, at, hint=hint, where="这里", folder=folder)
    if theme is None or not tasks:
        return Result(0, None, texts)

    revised = corrections(zip(summaries, (task.revisions for task in tasks), strict=True))
    opening = partial(
        Renderer, settings, themes, request.theme, pdf=request.pdf, has_corrections=bool(revised)
    )
    renderings = workers.rendered(opening, tasks, request.jobs)
    with staging(request.output) as stage, closing(renderings):
        rendered: list[Rendered] = []
        for one in progress.step("5 排版", renderings, len(tasks)):  # 5 render
            diagnostics.extend(one.found)
            for path, data in one.artifacts:
                stage.write(path, data)
            rendered.append(replace(one, artifacts=()))
        press = Press(settings, theme, theme_faces(theme), diagnostics)
        wides = {s.id: r.wide for s, r in zip(summaries, rendered, strict=True) if r.wide}
        listed = _Listed(summaries, targets, wides, revised)
        forms = _forms(listed, rendered)
        printed = {year: one.printed for year, one in prefaces.items()}
        bound = _bind_books(stage, forms, press, printed, progress)  # 6 bind
        gone = withdrawn_pages(theme, settings.site, filter(None, withdrawn), diagnostics)
        held = _write_data(stage, settings.site, summaries, rendered)
        spanning = _bind(settings, theme, listed, rendered, diagnostics, bound=bound, held=held)
        for path, data in chain(spanning, gone):
            stage.write(path, data)
        files = None if diagnostics.fails(strict=request.strict) else stage.publish()
    return Result(len(tasks), files, texts, tuple(bound))


@dataclass(frozen=True, slots=True)
class _Listed:
    """What is listed of all public reports, and of their tables of targets; `wides` is what
    those give to the tables of their units, by 编号, `revised` what was changed of reports after
    they had been public."""

    summaries: list[Summary]
    targets: list[Summary]
    wides: Mapping[str, bytes]
    revised: list[tuple[Summary, RevisionView]]

    def for_news(self) -> list[Summary]:
        """Each table once: of a report without results that of its targets."""
        return [*self.targets, *(one for one in self.summaries if not one.is_planned)]


def _forms(listed: _Listed, rendered: Sequence[Rendered]) -> list[Form]:
    """What is bound: reports that were printed, with their 复核表, and the tables of targets."""
    found, approved = list[Form](), {summary.id: summary for summary in listed.targets}
    for summary, one in zip(listed.summaries, rendered, strict=True):
        if leaves := one.leaves.get(SELF):
            form = Form(summary, leaves.pages, leaves.sheaf)
            if review := one.leaves.get(REVIEW):
                form = replace(form, review_pages=review.pages, review=review.sheaf)
            found.append(form)
        if leaves := one.leaves.get(TARGET):
            found.append(Form(approved[summary.id], leaves.pages, leaves.sheaf))
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


def _write_data(
    stage: Staging, site: Site, summaries: Sequence[Summary], rendered: Sequence[Rendered]
) -> list[DataFile]:
    """Write the data files piece by piece; what they are, with their sizes."""
    written = []
    rows = [one.rows for one in rendered if one.rows]
    for file in data_files(rows, summaries, site):
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
    rendered: Sequence[Rendered],
    diagnostics: Diagnostics,
    *,
    bound: list[Bound],
    held: Sequence[DataFile],
) -> Iterator[Artifact]:
    """What spans reports: overview pages, search, what leads to the data, sitemap and feed."""
    site, summaries = settings.site, listed.summaries
    profile = settings.profiles.by_name[site.profile]
    pages = [page for one in rendered for page in one.pages]
    volumes = [(volume.path, volume.pages) for volume in bound]
    for path, data in overview_pages(
        theme, site, summaries, profile, diagnostics, volumes=volumes, targets=listed.targets,
        wides=listed.wides, revised=listed.revised, used=rules_in_use(settings, summaries),
    ):  # fmt: skip
        if path.endswith(".html"):
            pages.append(path)
        yield path, data
    entries = zip(summaries, (one.found_by for one in rendered), strict=True)
    found = ((summary, entry) for summary, entry in entries if entry)
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
