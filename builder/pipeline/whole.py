"""Step 6 and all else that spans reports: volumes, pages, search, data, sitemap and feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from builder.cache import digest
from builder.compendium import Book, Bound, Form, Press, bind, books
from builder.content import Settings, Summary
from builder.diagnostics import Diagnostics, Span, catalogue
from builder.model import REVIEW, SELF, TARGET
from builder.opendata import DataFile, data_files, data_package
from builder.output import Staging
from builder.pdf import PrintError
from builder.pipeline.desk import FOUND
from builder.pipeline.packing import findings, pack, unpack
from builder.pipeline.printing import theme_faces
from builder.pipeline.reports import Marks, Public, write
from builder.pipeline.steps import BIND, DATA, SEARCH, SPAN, Load
from builder.pipeline.works import Got, Order, Works
from builder.site import (
    Artifact,
    Scope,
    Spanned,
    commons,
    data_page,
    scopes,
    search_files,
    site_files,
)
from builder.theme import Theme
from builder.views import RevisionView, rules_in_use

if TYPE_CHECKING:
    from builder.progress import Progress  # processes that render import this wing, and show no bar


LARGE = 1_000  # reports
_BOUND = tuple[tuple[Bound, str], ...]
_Sealed = tuple[Form, str]
"""A form for the volume, and what stands for its pages."""


@dataclass(frozen=True, slots=True)
class _Sized:
    """A file that was written: its size in bytes and its SHA-256 in hex."""

    size: int
    digest: str


@dataclass
class Whole:
    """All public reports of a site, what was changed of them after they had been public, and where
    what is made of them goes."""

    settings: Settings
    theme: Theme
    public: Sequence[Public]
    revised: Sequence[tuple[Summary, RevisionView]]
    works: Works
    stage: Staging
    marks: Marks
    diagnostics: Diagnostics

    @cached_property
    def summaries(self) -> list[Summary]:
        return [one.summary for one in self.public]

    @cached_property
    def targets(self) -> list[Summary]:
        """The tables of targets, of reports with and without results."""
        return [one.found.targets for one in self.public if one.found.targets]

    @property
    def news(self) -> list[Summary]:
        """Each table once: of a report without results that of its targets."""
        return [*self.targets, *(one for one in self.summaries if not one.is_planned)]

    def bind(self, prefaces: Mapping[int, str], progress: Progress) -> list[Bound]:
        """Write the volumes of every year, unless something is amiss; report what cannot be set."""
        forms = list(self._forms())
        if not forms or self.diagnostics.failed:
            return []
        years = sorted({form.summary.year for form, _ in forms}, reverse=True)
        found, missing = dict[int, list[Bound]](), dict[int, Callable[[bytes], object]]()
        there = set[str]()
        for year in years:
            made_of = self._bound_of(year, forms, prefaces)
            known, keep = self.works.facts(BIND, f"{year}年度{BIND.words}", made_of)
            kept = dict(unpack(_BOUND, known)) if known else {}
            lost = self.stage.reuse({one.path: digest for one, digest in kept.items()})
            found[year] = list(kept)
            there |= {one.path for one in kept} - {*lost}
            if lost or not kept:
                found[year], missing[year] = [], keep
        if missing:
            press = Press(self.settings, self.theme, theme_faces(self.theme), self.diagnostics)
            made = [
                one
                for one in books([form for form, _ in forms], press, prefaces)
                if one.year in missing
            ]
            for book, number in progress.step("6 汇总", *_volumes(made)):
                bound = self._bind(book, number, there)
                found[book.year] += [bound] if bound else []
        if not self.diagnostics.failed:
            for year, keep in missing.items():
                told = tuple((one, self.stage.digest(one.path)) for one in found[year])
                keep(pack(_BOUND, told))
        return [one for year in years for one in found[year]]

    def _bound_of(
        self, year: int, forms: Sequence[_Sealed], prefaces: Mapping[int, str]
    ) -> list[bytes]:
        """What stands for all that goes into the volumes of a year: its forms, and what they and
        those of the years before say in short."""
        found = [prefaces.get(year, "").encode()]
        for form, seals in forms:
            if form.summary.year <= year:
                found.append(self.marks.of(form.summary))
            if form.summary.year == year:
                found.append(seals.encode())
        return found

    def write(self, bound: Sequence[Bound], progress: Progress) -> None:
        """Write everything else; `bound` are the volumes."""
        site, pages = self.settings.site, [page for one in self.public for page in one.pages]
        spanned = self._spanned(bound)
        parts = list(scopes(spanned))
        large = max(LARGE, len(self.public) // 10)
        sent = [scope for scope in parts if len(scope.summaries) <= large]
        held, files = list[DataFile](), self._data()
        # Others are at work on the next pages while something is made here.
        here = self._made_here(spanned, [one for one in parts if len(one.summaries) > large])
        for made in self._made(sent, progress):
            pages += made + next(here, [])
            held += islice(files, 1)
        pages += chain.from_iterable(here)
        held += files
        self.works.rest()  # the index is large, and so are they
        self._search()
        self.stage.write(*data_package(site, held))
        for path, data in data_page(
            self.theme, site, held, self.summaries, self.diagnostics,
            targets=self.targets, has_corrections=bool(self.revised),
        ):  # fmt: skip
            pages.append(path)
            self.stage.write(path, data)
        source = self.settings.source
        at = source.spans.value(()) if source else Span("site.yaml")
        for path, data in site_files(site, pages, self.news, at, self.diagnostics):
            self.stage.write(path, data)

    def _made(self, parts: Sequence[Scope], progress: Progress) -> Iterator[list[str]]:
        """Write the pages of scopes that whoever has hands may make; the site paths of those that
        are pages, scope by scope."""
        orders = [Order(one.name, self._of(one), partial(self._load, one)) for one in parts]
        done = self.works.do(SPAN, orders, batch=1)
        for got in progress.step("6 各页面", done, len(orders)):
            self.diagnostics.extend(findings(unpack(FOUND, got.facts)))
            yield self._written(got)

    def _made_here(self, spanned: Spanned, parts: Iterable[Scope]) -> Iterator[list[str]]:
        """The same of scopes that hold a large part of all reports, and need not hold it twice; and
        of the pages that tell of none."""
        for scope in parts:
            make = partial(scope.make, self.theme, spanned.site, spanned.profile)
            made_of = [*self._of(scope).values()]
            yield self._written(self.works.files(SPAN, scope.name, made_of, make, self.diagnostics))
        for common in commons(spanned):
            told = [common.told.encode()]
            yield self._written(
                self.works.files(SPAN, common.name, told, common.make, self.diagnostics)
            )

    def _of(self, scope: Scope) -> dict[str, bytes]:
        """What stands for a scope, by the names of the table of steps."""
        marks = map(self.marks.of, (*scope.summaries, *scope.targets))
        return {"file": scope.name.encode(), "data": digest((*scope.told(), *marks)).encode()}

    def _load(self, scope: Scope) -> Load:
        return Load(scope.name, "", "", pack(Scope, scope))

    def _written(self, got: Got) -> list[str]:
        """Write all files of it; the paths of those that are pages."""
        write(self.stage, got, got.digests)
        return [path for path in got.digests if path.endswith(".html")]

    def _forms(self) -> Iterator[_Sealed]:
        """What is bound: printed reports, each with its 复核表, and the tables of targets."""
        for one in self.public:
            if leaves := one.leaves.get(SELF):
                form, seals = Form(one.summary, leaves.pages, leaves.sheaf), leaves.seal
                if review := one.leaves.get(REVIEW):
                    form = replace(form, review_pages=review.pages, review=review.sheaf)
                    seals += review.seal
                yield form, seals
            if (leaves := one.leaves.get(TARGET)) and one.found.targets:
                yield Form(one.found.targets, leaves.pages, leaves.sheaf), leaves.seal

    def _bind(self, book: Book, number: int, there: Set[str]) -> Bound | None:
        """Write one volume, unless the site has it; None, and told, where it cannot be set."""
        path = book.paths[number]
        try:
            if path in there:
                return bind(book, number, lambda _: None)
            with self.stage.open(path) as sink:
                return bind(book, number, sink)
        except PrintError as error:
            if not self.diagnostics.failed:  # a template's mistake has been told at its place
                at = Span(path)
                self.diagnostics.report(catalogue.NOT_PRINTED, at, problem=f"{error}")
            return None

    def _spanned(self, bound: Sequence[Bound]) -> Spanned:
        settings = self.settings
        return Spanned(
            self.theme, settings.site, self.summaries, settings.profile,
            volumes=[(one.path, one.pages) for one in bound],
            targets=self.targets,
            wides={one.summary.id: one.wide for one in self.public if one.wide},
            used=rules_in_use(settings, self.summaries),
            revised=self.revised,
        )  # fmt: skip

    def _search(self) -> None:
        made_of = [
            part
            for one in self.public
            for part in (self.marks.of(one.summary), one.entry_seal.encode())
        ]

        def make(_: Diagnostics) -> Iterator[Artifact]:
            found = ((one.summary, one.found_by()) for one in self.public)
            return search_files(found, self.settings.profile.execution.rate)

        self._written(self.works.files(SEARCH, SEARCH.words, made_of, make, self.diagnostics))

    def _data(self) -> Iterator[DataFile]:
        """Write the data files piece by piece; what they are, with their sizes."""
        rows = [one.rows for one in self.public if one.rows]
        for file in data_files(
            rows, self.summaries, self.settings.site, self.works.remember, self.marks.of
        ):
            made_of = [file.path.encode(), file.made_of()]
            known, keep = self.works.facts(DATA, file.path, made_of)
            if known:
                kept = unpack(_Sized, known)
                if not self.stage.reuse({file.path: kept.digest}):
                    yield replace(file, size=kept.size)
                    continue
            size = 0
            with self.stage.open(file.path) as sink:
                for piece in file.make():
                    sink(piece)
                    size += len(piece)
            told = _Sized(size, self.stage.digest(file.path))
            keep(pack(_Sized, told))
            yield replace(file, size=size)


def _volumes(found: Sequence[Book]) -> tuple[list[tuple[Book, int]], int]:
    volumes = [(book, number) for book in found for number in range(len(book.paths))]
    return volumes, len(volumes)
