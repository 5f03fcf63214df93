"""The rivals of a site without PDFs: Hugo makes the pages, Pagefind the search of them.

Hugo's site (templates in `hugo/`) has the same reports, their YAML as front matter: the page of
each with the mark-up of ours, cell by cell the same form, its `report.json` and its YAML; lists by
year, department and unit with their sums, 50 rows a page; three CSV files a year; our styles and
scripts. The templates add up funds and points and work out rates, once for a report, and no part
of a page is made twice where it is the same. Pagefind indexes the pages of the reports.

What it lacks: nothing is checked or scored. Points are those that the author typed, or full ones;
how they came about, and what lost most, is one sentence for all. No decimals are exact. Both do
all again at every build. Only ours has XLSX, JSON of a year and data of all years, the pages of
deviations and of indicators of a kind, charts, ranks, sentences on departments and units, what
sets two of them beside each other, glossary, rules, and checksums of all files. Neither has a page
for a project over its years: no project of the corpus has two.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from lxml import html

from builder.theme import BUILT_IN

TEMPLATES = Path(__file__).parent / "hugo"
PAGES = "20??/xiangmu-*/index.html"
COMPARED = 50


def lacking() -> str:
    """What has to be installed to measure them; nothing where all is."""
    if shutil.which("hugo") is None:
        return "no hugo (apt-get install hugo)"
    if find_spec("pagefind") is None:
        return "no pagefind (pip install 'pagefind[extended]' beside ours)"
    return ""


def versions() -> str:
    """Both, by version; the extended Pagefind alone finds words in Chinese."""
    hugo = _said("hugo", "version").split()[1].removeprefix("v")
    pagefind = _said(sys.executable, "-m", "pagefind", "--version").capitalize()
    extended = " extended" if find_spec("pagefind_bin_extended") else ""
    return f"Hugo {hugo}, {pagefind}{extended}"


def write(content: Path, site: Path) -> None:
    """Lay out the reports of a content folder as a site of Hugo."""
    shutil.copytree(TEMPLATES, site)
    shutil.copytree(BUILT_IN / "official/assets", site / "static/assets")
    for year in content.glob("20??"):
        pages = site / "content" / year.name
        pages.mkdir(parents=True)
        (pages / "_index.md").write_text(f"---\ntitle: {year.name}年度\n---\n", encoding="utf-8")
        for path in year.glob("*.yaml"):
            front = path.read_text(encoding="utf-8")
            (pages / f"{path.stem}.md").write_text(f"---\n{front}---\n", encoding="utf-8")
            files = site / "static" / year.name / path.stem
            files.mkdir(parents=True)
            shutil.copy(path, files)


def commands(site: Path) -> dict[str, list[str]]:
    """What makes the site, and then its search."""
    pagefind = [sys.executable, "-m", "pagefind", "--site", str(site / "public"), "--glob", PAGES]
    return {
        "Hugo": ["hugo", "--quiet", "--source", str(site)],
        "Pagefind": [*pagefind, "--force-language", "zh-cn"],
    }


def compared(output: Path, site: Path) -> str:
    """How large both sites are; they have the same forms, else nothing was compared."""
    public = site / "public"
    ours, theirs = (sorted(folder.glob(PAGES)) for folder in (output, public))
    assert [path.relative_to(output) for path in ours] == [
        path.relative_to(public) for path in theirs
    ]
    for mine, other in list(zip(ours, theirs, strict=True))[:COMPARED]:
        assert _cells(mine) == _cells(other), other
    return (
        f"A report's page has {_mean(ours):.1f} kB, Hugo's {_mean(theirs):.1f}; "
        f"the site {_files(output):,} files, Hugo's with Pagefind's {_files(public):,}."
    )


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _cells(path: Path) -> list[tuple[object, ...]]:
    """The cells of a report's form: how far they reach, and what stands in them."""
    (form,) = html.parse(str(path)).getroot().xpath("//table[starts-with(@class, 'form')]")
    return [
        (cell.tag, cell.get("colspan"), cell.get("rowspan"), "".join(cell.text_content().split()))
        for cell in form.iter("th", "td")
    ]


def _mean(pages: list[Path]) -> float:
    return sum(path.stat().st_size for path in pages) / len(pages) / 1000


def _files(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))
