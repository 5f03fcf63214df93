"""What prints the same report in the PDF benchmark: we, and what others would reach for.

Each printer is a context manager: inside, it is warm and gives the PDF of a job and the CPU
seconds that it has taken so far. All are given the same form and the same attachments.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lxml import html as lxml_html

from builder.model import Site
from builder.pdf import About, Attachment, Faces, Part, Printer, Sheaf
from builder.pipeline.garbage import Collector
from builder.scoring import Document
from builder.views import FormRow, FormView, ReportView, report_view
from tests.bench._measure import cpu
from tests.support.browser import ARGUMENTS, CHROMIUM
from tests.support.prints import CSS, FOLDER, html

SYSTEM_FONT = "Noto Serif CJK SC"
"""What Debian's fonts-noto-cjk installs and most machines in China have."""

_FONTS_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>"""


@dataclass(frozen=True, slots=True)
class Job:
    """One report to print."""

    view: ReportView
    about: About
    attachments: tuple[Attachment, ...]

    @classmethod
    def of(cls, document: Document, attachments: Sequence[Attachment]) -> Job:
        """The job of a report that has been understood."""
        view = report_view(document, Site.model_validate({}))
        about = About(view.name, document.report.unit, view.page.description)
        return cls(view, about, tuple(attachments))

    def page(self, parts: Sequence[Part] = (Part(0, None),)) -> str:
        """Its HTML, as the theme's template gives it."""
        return html(self.view, parts)


@dataclass(frozen=True, slots=True)
class Warm:
    """A printer at work; `taken` is CPU seconds."""

    print: Callable[[Job], bytes]
    taken: Callable[[], float] = cpu


@contextmanager
def ours() -> Iterator[Warm]:
    """As a worker of `jixiao build`: it also keeps the pages for the volume."""
    printer = Printer(CSS, Faces.of(FOLDER / "fonts"), (FOLDER / "print",))
    collector = Collector()
    collector.start()

    def print_(job: Job) -> bytes:
        kept: list[Sheaf] = []
        pdf = printer.print(job.page, job.about, job.attachments, kept.append)
        kept[0].packed()
        collector.done()
        return pdf

    yield Warm(print_)


@contextmanager
def plain_weasyprint() -> Iterator[Warm]:
    """As its documentation shows, tagged PDF/A-3a with attachments."""
    with _system_font() as family:
        import weasyprint

        style = _style(family)

        def print_(job: Job) -> bytes:
            attachments = [
                weasyprint.Attachment(
                    string=entry.content,
                    name=entry.name,
                    description=entry.description,
                    relationship=entry.relationship,
                )
                for entry in job.attachments
            ]
            page = job.page().replace("</head>", f"{style}</head>")
            pdf: bytes = weasyprint.HTML(string=page).write_pdf(
                pdf_variant="pdf/a-3a", attachments=attachments
            )
            return pdf

        yield Warm(print_)


@contextmanager
def warm_chromium() -> Iterator[Warm]:
    """One page of one browser; it cannot attach anything. Only the browser's CPU counts."""
    from playwright.sync_api import sync_playwright

    with _system_font() as family, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page, style = browser.new_page(), _style(family)

        def print_(job: Job) -> bytes:
            page.set_content(job.page().replace("</head>", f"{style}</head>"))
            return page.pdf(prefer_css_page_size=True, tagged=True, outline=True)

        yield Warm(print_, lambda: _cpu_below(os.getpid(), "chromium"))
        browser.close()


@contextmanager
def typst() -> Iterator[Warm]:
    """The form as a typst table, tagged PDF/A-3a and PDF/UA-1 with attachments.

    Raises ModuleNotFoundError where it is not installed: it is no dependency of ours.
    """
    import typst as binding

    with _system_font() as family:
        folders = [FOLDER / "fonts"] if family != SYSTEM_FONT else []
        template = Path(__file__).with_name("form.typ")
        compiler = binding.Compiler(str(template), font_paths=folders)

        def print_(job: Job) -> bytes:
            pdf: bytes = compiler.compile(
                format="pdf",
                pdf_standards=["a-3a", "ua-1"],
                sys_inputs={"data": json.dumps(_plain_form(job)), "font": family},
            )
            return pdf

        yield Warm(print_)


PRINTERS: dict[str, Callable[[], AbstractContextManager[Warm]]] = {
    "jixiao": ours,
    "WeasyPrint, plain": plain_weasyprint,
    "Chromium, warm": warm_chromium,
    "typst": typst,
}


def font_family() -> str:
    """The family that the others set in: the system's, or the theme's where there is none."""
    found = subprocess.run(
        ["fc-list", SYSTEM_FONT, "family"], capture_output=True, text=True, check=True
    )
    return SYSTEM_FONT if found.stdout.strip() else "Jixiao Song"


@contextmanager
def _system_font() -> Iterator[str]:
    """The family to set in, known to fontconfig as an installed font is."""
    family = font_family()
    if family == SYSTEM_FONT:
        yield family
        return
    with TemporaryDirectory() as scratch:
        settings = Path(scratch, "fonts.conf")
        settings.write_text(_FONTS_CONF.format(FOLDER / "fonts", scratch), encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(settings)
        yield family


def _style(family: str) -> str:
    return f"<style>{CSS}</style>".replace("var(--song)", f'"{family}"')


def _plain_form(job: Job) -> dict[str, Any]:
    """The form as typst takes it: rows of cells with their spans, texts without markup."""
    form: FormView = job.view.form
    attached = [
        {
            "name": entry.name,
            "text": entry.content.decode(),
            "type": entry.media_type,
            "about": entry.description,
            "relationship": entry.relationship.lower(),
        }
        for entry in job.attachments
    ]
    return {
        "title": form.title,
        "year": form.year,
        "name": job.view.name,
        "columns": form.columns,
        "opening": _rows([row for section in form.opening for row in section.rows]),
        "heading": _rows([form.heading]),
        "indicators": _rows(
            [row for group in form.groups() for row in group]
            + [row for section in form.closing for row in section.rows]
        ),
        "attached": attached,
    }


def _rows(rows: Sequence[FormRow]) -> list[dict[str, Any]]:
    return [
        {
            "text": lxml_html.fromstring(f"<i>{cell.text}</i>").text_content(),
            "columns": cell.columns,
            "rows": cell.rows,
            "left": cell.kind in ("text", "prose") and not cell.scope,
        }
        for row in rows
        for cell in row.cells
    ]


def _cpu_below(parent: int, name: str) -> float:
    """CPU seconds of the processes of that name below a process, and of those that ended."""
    seconds, parents = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            text = (folder / "stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended just now; its parent has its seconds
        command, _, rest = text.partition("(")[2].rpartition(")")
        values = rest.split()
        pid = int(folder.name)
        parents[pid] = int(values[1])
        if command.startswith(name):
            seconds[pid] = sum(map(int, values[11:15])) / os.sysconf("SC_CLK_TCK")
    total = 0.0
    for pid, taken in seconds.items():
        above = pid
        while above in parents and above != parent:
            above = parents[above]
        total += taken if above == parent else 0
    return total
