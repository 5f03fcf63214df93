"""One report of the preview: its file as it stands, and the last that could be made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from builder import content, source
from builder.checks import Member, check
from builder.content import (
    Entry,
    Listing,
    Materials,
    Settings,
    Summary,
    addresses,
    report_labels,
    summarize,
)
from builder.diagnostics import Diagnostic, Diagnostics
from builder.model import SELF, STAGES, Stage
from builder.opendata import DataRows, data_rows
from builder.pipeline import Task
from builder.scoring import Document
from builder.serve.draft import BLANKS, draft_page
from builder.serve.making import Maker
from builder.serve.places import Cell, Places
from builder.site import search
from builder.source import Source
from builder.theme import Theme
from builder.views import form_view, wide_part

WITHHELD = "这份自评表不公开或已撤回，网站上不会有它的内容。"
UNREAD = "这份自评表还读不懂。按提示改好后，这里就会出现它的页面。"
KEPT = "这份材料在本年度另一处是内部材料，不公开。"
EMPTY = "还没有自评表。用 jixiao new 新建一份，这里就会出现。"
UNFILLED = "还没有填好的自评表。打开一份，边填边看。"
OLD_SETTINGS = "网站设置有错；这里沿用出错之前的设置。"
BROKEN = "文件有错，读不懂了；这里显示的是出错之前的内容。"
DRAFT = "这份自评表还没有填完；得分和各页面要填完以后才有。"
DRAFT_OF_TARGETS = "这份目标表还没有填完；各页面要填完以后才有。"
OLD_TEMPLATE = "主题有错，排不出来了；这里显示的是出错之前的页面。"
PAGE = "index.html"


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding, the page that it concerns ("" for the whole site), and its cell there.

    A blank is what nobody has filled in yet: no mistake, but it has to be counted.
    """

    diagnostic: Diagnostic
    page: str = ""
    cell: Cell | None = None
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to see at an address. Without `data` the note says why there is nothing, and
    `links`, a text and a site path each, where there is something."""

    data: bytes | None
    note: str = ""
    problems: tuple[Problem, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Pages:
    """The files of a report by their path below its folder; what they show, what went wrong.

    `tables` are what is printed of it, by stage: each has a page and a PDF."""

    document: Document
    tables: Mapping[Stage, Document]
    files: Mapping[str, bytes]
    found: tuple[Diagnostic, ...]
    is_whole: bool


@dataclass(slots=True)
class LiveReport:
    """One file of the content.

    `change` says that the file, or what it depends on, is no longer the same; `examine` and
    `look` then do what is needed, and nothing twice.
    """

    entry: Entry
    text: str = ""
    summary: Summary | None = None
    targets: Summary | None = None
    member: Member | None = None
    rows: DataRows | None = None
    found_by: bytes = b""
    wide: bytes = b""
    is_public: bool = True
    materials: tuple[Listing, ...] = ()
    is_stale: bool = True
    beside: tuple[Diagnostic, ...] = ()
    """What is wrong with it because of other reports."""
    _good: str | None = None
    _stage: Stage | None = None  # in which it was then
    _draft: Document | None = None
    _found: tuple[Diagnostic, ...] = ()
    _pages: _Pages | None = None
    _made_of: tuple[Summary, ...] | None = None

    @property
    def folder(self) -> str:
        """Its folder on the site."""
        return addresses.report_folder(int(self.entry.folder), self.entry.stem)

    @property
    def page(self) -> str:
        """The site path of its page."""
        return f"{self.folder}/{PAGE}"

    def has_pdf(self, path: str) -> bool:
        """Whether a PDF of one of its tables is at a site path."""
        at, stages = self.entry, self._pages.tables if self._pages else ()
        year = int(at.folder)
        return path in [addresses.report_file(year, at.stem, ".pdf", stage) for stage in stages]

    def change(self) -> None:
        """Take note that nothing known of this report can be relied on."""
        self.is_stale, self._made_of = True, None

    def examine(self, settings: Settings) -> None:
        """Read, decode, score and check the file."""
        if not self.is_stale:
            return
        found = Diagnostics()
        read = content.read(self.entry, found)
        document = content.make_out(read, self.entry, settings, found)
        self._draft = None
        if document:
            check(document, found, review_required=settings.site.review_required)
        # Amounts and points may stay away from a record: in a new form they are to be filled in.
        is_new = self._good is None and any(one.rule in BLANKS for one in found)
        if document and (is_new or not document.is_whole):
            # Once there was something to show, that stays, until it can be understood again;
            # but for what is no mistake: who comes back with results begins to fill in anew.
            is_begun = document.report.stage != self._stage
            if is_begun and f"{document.report.year}" == self.entry.folder:
                self._draft, self.is_public = document, document.report.is_public
        elif document:
            report = document.report
            self._good, self._stage = read.text, report.stage
            self.is_public = report.is_public
            look = partial(content.on_disk, self.entry.path.parent)
            self.materials = content.looked_at(content.listings(document), look)
            own = Materials()
            own.take(self.materials)
            own.tell(found)
            self.summary = self.rows = self.member = self.targets = None
            self.found_by = self.wide = b""
            # A report of another year than its folder's is told of; it belongs nowhere.
            is_placed = f"{report.year}" == self.entry.folder
            if is_placed:
                self.member = Member.of(document)
            if report.is_public and is_placed:
                site, shown = settings.site, content.disclosed(document, settings.site)
                self.summary = summarize(shown, by_review=site.counts_review)
                self.rows = data_rows(shown, site)
                self.found_by = search.entry(shown)
                if approved := content.approved(document, settings):
                    self.targets = summarize(approved)
                    self.wide = wide_part(approved, form_view(approved))
        self.text, self._found, self.is_stale = read.text, tuple(found), False

    def shown(self) -> Source | None:
        """The last text that could be understood, read again; None without one to show."""
        if self._good is None or self._draft or not self.is_public:
            return None
        return source.parse(self._good, self.entry.file, report_labels(), Diagnostics())

    def look(
        self, path: str, settings: Settings, maker: Maker, years: tuple[Summary, ...]
    ) -> Look | None:
        """What there is at a site path in this report's folder; `years` are those of the same
        project, as far as they are known by now."""
        self.examine(settings)
        self._make(settings, maker, years)
        problems = tuple(self.problems(path))
        if self._pages is None or not self.is_public:
            note = UNREAD if self.is_public else WITHHELD
            return Look(None, note, problems) if path == self.page else None
        data = self._pages.files.get(path.removeprefix(f"{self.folder}/"))
        if data is None:
            return None
        if self._draft:
            note = DRAFT_OF_TARGETS if self._draft.report.is_planned else DRAFT
            return Look(data, note, problems)
        note = BROKEN if self._is_broken else "" if self._pages.is_whole else OLD_TEMPLATE
        return Look(data, note, problems)

    @property
    def state(self) -> str:
        """How far it is where it has no place on the overview pages."""
        if not self.is_public:
            return "不公开"
        return f"还有 {self.blanks} 处待填" if self.blanks else "有错误"

    @property
    def blanks(self) -> int:
        """How many places of a form that was never whole are still to be filled in."""
        return sum(d.rule in BLANKS for d in self._found) if self._draft else 0

    def problems(self, path: str = "") -> Iterator[Problem]:
        """What is known to be wrong, with the cells where it shows: of the page of another stage
        at `path`, where that shows it, else of the report's own page."""
        pages = dict(self._places(path))
        # Of others it is known how this report was when it could be understood.
        found = dict.fromkeys((*self._found, *(() if self._is_broken else self.beside)))
        if self._pages:
            # Of the text shown; while another one stands in the file, only the theme counts.
            found |= dict.fromkeys(
                d
                for d in self._pages.found
                if not self._is_broken or d.span.file != self.entry.file
            )
        for diagnostic in sorted(found, key=lambda d: (d.span, d.rule.code)):
            is_own = diagnostic.span.file == self.entry.file
            cells = {
                page: cell
                for page, places in pages.items()
                if is_own and (cell := places.cell(diagnostic.span))
            }
            page, cell = next(iter(cells.items()), (self.page, None))
            is_blank = self._draft is not None and diagnostic.rule in BLANKS
            yield Problem(diagnostic, page, cell, is_blank)

    def _places(self, path: str) -> Iterator[tuple[str, Places]]:
        """Where problems belong on the page at `path`, and on the report's own."""
        shown, year = self._pages, int(self.entry.folder)
        if shown is None:
            return
        for stage, table in shown.tables.items():
            if stage != SELF and path == addresses.report_page(year, self.entry.stem, stage):
                yield path, Places(shown.document, self.text, table)
        yield self.page, Places(shown.document, self.text)

    @property
    def _is_broken(self) -> bool:
        return self.text != self._good

    def _make(self, settings: Settings, maker: Maker, years: tuple[Summary, ...]) -> None:
        """Make the pages of what is shown; where a template fails the earlier ones stay."""
        if self._draft:
            if self._made_of != years or self._pages is None:
                self._pages = self._drafted(self._draft, settings, maker.theme)
            self._made_of = years
            return
        if self._made_of == years or (text := self.shown()) is None:
            return
        document = content.understand(text, self.entry, settings, Diagnostics())
        if document:  # else understood under earlier settings, but not under these
            found = Diagnostics()
            task, listed = Task(self.entry, text, years), content.listings(document)
            folder = addresses.report_folder(document.report.year, document.stem)
            made = maker.make(task, listed, found).items()
            files = {path.removeprefix(f"{folder}/"): data for path, data in made}
            before = self._pages.files if self._pages else {}
            is_whole = PAGE in files
            self._pages = _Pages(
                document, _tables(document, settings), files if is_whole else {**before, **files},
                tuple(found), is_whole,
            )  # fmt: skip
        self._made_of = years

    def _drafted(self, shown: Document, settings: Settings, theme: Theme) -> _Pages | None:
        found = Diagnostics()
        blanks = [d.span for d in self._found if d.rule in BLANKS]
        data = draft_page(theme, settings, shown, blanks, found)
        if data is None and self._pages is None:
            return None
        files = self._pages.files if data is None and self._pages else {PAGE: data or b""}
        return _Pages(shown, {}, files, tuple(found), data is not None)


def _tables(document: Document, settings: Settings) -> Mapping[Stage, Document]:
    """What is printed of a report; one without results has its targets on its own page, too."""
    shown = content.disclosed(document, settings.site)
    tables = content.other_tables(shown, settings)
    if not shown.report.is_planned:
        tables[SELF] = shown
    return {stage: tables[stage] for stage in STAGES if stage in tables}


def kept(report: LiveReport, reports: Iterable[LiveReport]) -> frozenset[str]:
    """The site paths below `report` of what any of the reports of its year keeps internal."""
    year, materials = report.entry.folder, Materials()
    for other in reports:
        materials.take(one for one in other.materials if one.folder == year)
    files = (public.file for public in materials.exposed())
    return frozenset(addresses.evidence_file(int(year), report.entry.stem, file) for file in files)
