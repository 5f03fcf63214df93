"""Step 6 and all else that spans reports: volumes, pages, search, data, sitemap and feed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from builder.compendium import Book, Bound, Form, Press, bind, books
from builder.content import Settings, Summary
from builder.diagnostics import Diagnostics, Span, catalogue
from builder.model import REVIEW, SELF, TARGET
from builder.opendata import DataFile, data_files, data_package
from builder.output import Staging
from builder.pdf import PrintError
from builder.pipeline.packing import pack, unpack
from builder.pipeline.printing import theme_faces
from builder.pipeline.reports import Public, write
from builder.pipeline.steps import BIND, DATA, SEARCH, SPAN
from builder.pipeline.works import Works
from builder.scoring import Profile
from builder.site import Artifact, Spanned, data_page, scopes, search_files, site_files
from builder.theme import Theme
from builder.views import RevisionView, rules_in_use

if TYPE_CHECKING:
    from builder.progress import Progress  # processes that render import this wing, and show no bar


_BOUND = tuple[tuple[Bound, str], ...]


@dataclass(frozen=True, slots=True)
class _Sized:
    """A file that was written: its size in bytes and its SHA-256 in hex."""

    size: int
    digest: str


@dataclass(slots=True)
class Marks:
    """Digests of summaries: what is made of one says by this of which."""

    _known: dict[int, tuple[Summary, bytes]] = field(default_factory=dict)

    def of(self, summary: Summary) -> bytes:
        """32 bytes that no other summary has."""
        if id(summary) not in self._known:
            self._known[id(summary)] = summary, sha256(pack(Summary, summary)).digest()
        return self._known[id(summary)][1]


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
    diagnostics: Diagnostics
    marks: Marks = field(default_factory=Marks)

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
        made_of = [repr(sorted(prefaces.items())).encode()]
        for form in forms:
            made_of += [self.marks.of(form.summary), _digest(form.sheaf), _digest(form.review)]

        known, keep = self.works.facts(BIND, BIND.words, made_of)
        kept = unpack(_BOUND, known) if known else ()
        there = {one.path for one, digest in kept if self.stage.reuse(one.path, digest)}
        if kept and len(there) == len(kept):
            return [one for one, _ in kept]
        press = Press(self.settings, self.theme, theme_faces(self.theme), self.diagnostics)
        found = [
            bound
            for book, number in progress.step("6 汇总", *_volumes(books(forms, press, prefaces)))
            if (bound := self._bind(book, number, there))
        ]
        if not self.diagnostics.failed:
            told = tuple((one, self.stage.digest(one.path)) for one in found)
            keep(pack(_BOUND, told))
        return found

    def write(self, bound: Sequence[Bound], progress: Progress) -> None:
        """Write everything else; `bound` are the volumes."""
        site, pages = self.settings.site, [page for one in self.public for page in one.pages]
        parts = list(scopes(self._spanned(bound)))
        for scope in progress.step("6 各页面", parts, len(parts)):
            reports = [*scope.summaries, *scope.targets]
            told = [scope.name.encode(), *(text.encode() for text in scope.told)]
            made_of = [*told, *map(self.marks.of, reports)]
            got = self.works.files(SPAN, scope.name, made_of, scope.make, self.diagnostics)
            write(self.stage, got, got.digests)
            pages += [path for path in got.digests if path.endswith(".html")]
        self._search()
        held = list(self._data())
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

    def _forms(self) -> Iterator[Form]:
        """What is bound: printed reports, each with its 复核表, and the tables of targets."""
        for one in self.public:
            if leaves := one.leaves.get(SELF):
                form = Form(one.summary, leaves.pages, leaves.sheaf)
                if review := one.leaves.get(REVIEW):
                    form = replace(form, review_pages=review.pages, review=review.sheaf)
                yield form
            if (leaves := one.leaves.get(TARGET)) and one.found.targets:
                yield Form(one.found.targets, leaves.pages, leaves.sheaf)

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
            self.theme, settings.site, self.summaries, self._profile,
            volumes=[(one.path, one.pages) for one in bound],
            targets=self.targets,
            wides={one.summary.id: one.wide for one in self.public if one.wide},
            used=rules_in_use(settings, self.summaries),
            revised=self.revised,
        )  # fmt: skip

    @property
    def _profile(self) -> Profile:
        return self.settings.profiles.by_name[self.settings.site.profile]

    def _search(self) -> None:
        made_of = [
            part for one in self.public for part in (self.marks.of(one.summary), one.found_by)
        ]

        def make(_: Diagnostics) -> Iterator[Artifact]:
            found = ((one.summary, one.found_by) for one in self.public if one.found_by)
            return search_files(found, self._profile.execution.rate)

        got = self.works.files(SEARCH, SEARCH.words, made_of, make, self.diagnostics)
        write(self.stage, got, got.digests)

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
                if self.stage.reuse(file.path, kept.digest):
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


def _digest(data: bytes) -> bytes:
    return sha256(data).digest()
