"""The site's pages made in memory, and a page taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

from builder import content, source
from builder.content import LABELS, Entry, grouped, summarize
from builder.diagnostics import Diagnostic, Diagnostics
from builder.model import Site
from builder.opendata import data_files, data_package, data_rows
from builder.scoring import Document
from builder.site import Spanned, data_page, overview_pages, report_page
from builder.theme import open_theme
from builder.views import report_view, rules_in_use, site_view
from tests.support.reports import profiles, settings

VOID = {"meta", "link", "br", "col", "input", "rect", "circle", "line"}


def document(text: str, stem: str = "case", year: str = "2024") -> Document:
    """A report read and scored; what is doubtful about it is nobody's concern here."""
    diagnostics = Diagnostics()
    file = f"content/{year}/{stem}.yaml"
    found = source.parse(text, file, LABELS, diagnostics)
    entry = Entry(Path(file), file, year, stem)
    understood = content.understand(found, entry, settings(), diagnostics)
    assert understood, [d.message for d in diagnostics]
    return understood


@dataclass(frozen=True)
class Made:
    """All pages of a site, and what went wrong with the templates."""

    files: Mapping[str, bytes]
    found: list[Diagnostic]

    def page(self, path: str) -> Page:
        return Page(self.files[path].decode())

    def written(self, folder: Path) -> Path:
        """That folder with all files in it."""
        for path, data in self.files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return folder


def make(
    documents: Iterable[Document], site: Site | None = None, themes: Path | None = None
) -> Made:
    """Every page over these reports and all data, as the pipeline makes them."""
    site = site or Site.model_validate({})
    diagnostics = Diagnostics()
    theme = open_theme("official", themes, diagnostics, site.colour)
    assert theme
    view, artifacts, documents = site_view(site), [], list(documents)
    summaries, rows = [summarize(d) for d in documents], [data_rows(d, site) for d in documents]
    projects = grouped(summaries, lambda summary: summary.project)
    for d, summary in zip(documents, summaries, strict=True):
        report = report_view(d, site, years=projects[summary.project])
        artifacts += report_page(
            theme, site, view, report, diagnostics, published=d.report.published
        )
    default = profiles().by_name[site.profile]
    used = rules_in_use(settings(), summaries)
    artifacts += overview_pages(Spanned(theme, site, summaries, default, used=used), diagnostics)
    held = []
    for one in data_files(rows, summaries, site):
        data = b"".join(one.make())
        artifacts.append((one.path, data))
        held.append(replace(one, size=len(data)))
    artifacts.append(data_package(site, held))
    artifacts += data_page(theme, site, held, summaries, diagnostics)
    files = dict(artifacts)
    assert len(files) == len(artifacts), "two artifacts share a path"
    return Made(files, list(diagnostics))


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


class Page(HTMLParser):
    """A page's elements in order, each with all the text inside it. Fails on unclosed elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(text)
        self.close()
        assert not self._open, self._open[-1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute stands twice in <{tag}>"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.parts.append(data)

    def all(self, tag: str, kind: str = "") -> list[Element]:
        """Elements of a tag, of a class if one is given."""
        return [e for e in self.elements if e.tag == tag and (not kind or kind in e.classes)]

    def rows(self, kind: str) -> list[list[str]]:
        """The texts of the cells of all tables of a class, row by row, without blanks."""
        found: list[list[str]] = []
        is_inside = False
        for element in self.elements:
            if element.tag == "table":
                is_inside = kind in element.classes
            elif is_inside and element.tag == "tr":
                found.append([])
            elif is_inside and element.tag in ("th", "td"):
                found[-1].append("".join(element.text.split()))
        return found

    @property
    def text(self) -> str:
        return self.elements[0].text
