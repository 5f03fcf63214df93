"""Where a page lives: site paths (posix, from the root) that never change once published.

A path ends in a file name, so that a site works from a folder on a stick as well as from
a server. Names of departments and units become folder names here, and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePosixPath
from posixpath import dirname
from typing import Literal
from urllib.parse import quote

from builder.model import REVIEW, SELF, TARGET, Stage

HOME = "index.html"
NOT_FOUND = "404.html"
DEPARTMENTS = "departments/index.html"
DATA = "data/index.html"
DATA_PACKAGE = "data/datapackage.json"
SITEMAP = "sitemap.xml"
FEED = "feed.xml"
ROBOTS = "robots.txt"
GLOSSARY = "glossary/index.html"
RULES = "rules/index.html"
CORRECTIONS = "corrections/index.html"
BESIDE = "compare/index.html"
SEARCH = "search/index.html"
SEARCH_CORE = "search/core.js"

ALL_YEARS: Literal["all"] = "all"
Years = int | Literal["all"]
"""What a file of open data is about: a year, or all of them."""

SHORT = "short"  # on the page of a kind of indicators, those that fell short

# Places on the page of a report.
GOALS = "goals"
DEVIATIONS = "deviations"
FOLLOWED = "followed"
EXECUTION_NOTE = "execution-note"
TOTAL_ROW = "total-row"
EVIDENCE = "evidence"
RECHECK = "recheck"

LONGEST = 60
_OF_SPENDING = {"项目支出": "projects", "转移支付": "transfers", "部门整体": "offices"}
_OF_STAGE: Mapping[Stage, str] = {TARGET: "/targets", SELF: "", REVIEW: "/review"}
_KEPT = "-_()（）·、，；：“”‘’《》〔〕—"
_HASHED = re.compile(r".*-[0-9a-f]{8}")
_WEB_ADDRESS = re.compile(r"(?i)https?://(?:[^/?#\s]*@)?([^/:?#@\[\]\s]+)(?=[:/?#]|$)")
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]", re.IGNORECASE)  # Windows refuses


@lru_cache(4096)  # the same offices over and over
def segment(name: str, *, cased: bool = False) -> str:
    """A folder name for `name`: itself where that is safe everywhere, else mended, with a hash.

    Letters, figures and common signs of any script stay; what has a meaning to a file
    system, an address or a terminal does not. The hash of the whole name keeps two names
    that mend alike apart; so does it with two that differ in case alone, unless `cased`.
    """
    text = unicodedata.normalize("NFC", name)
    mended = "".join(c if unicodedata.category(c)[0] in "LNM" or c in _KEPT else "-" for c in text)
    mended = re.sub("-{2,}", "-", mended).strip("-")[:LONGEST]
    is_plain = mended == name and not _HASHED.fullmatch(name) and not _DEVICE.fullmatch(name)
    if is_plain and (cased or name == name.casefold()):
        return name
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{mended}-{digest}".lstrip("-")


def year_page(year: int) -> str:
    """The page of a year."""
    return f"{year}/index.html"


def spending_page(year: int, kind: str) -> str:
    """The reports of a year of one 支出类别, where it has several."""
    return f"{year}/index-{_OF_SPENDING[kind]}.html"


def targets_page(year: int) -> str:
    """The tables of targets of a year."""
    return f"{year}/targets/index.html"


def deviations_page(year: int) -> str:
    """All deviations of a year with their reasons."""
    return f"{year}/deviations/index.html"


def register_rows(year: int, number: int) -> str:
    """A part of all rows of the register of deviations, as a script."""
    return f"{dirname(deviations_page(year))}/rows-{number}.js"


def kinds_page(year: int) -> str:
    """The 二级指标 of a year, each with a page of its own."""
    return f"{year}/indicators/index.html"


def kind_page(year: int, kind: str) -> str:
    """The indicators of one 二级指标 over all projects of a year."""
    return f"{year}/indicators/{segment(kind)}/index.html"


def further_page(path: str, number: int) -> str:
    """A page over many reports that goes on: `…/index-2.html` after `…/index.html`."""
    head, dot, suffix = path.rpartition(".")
    return path if number == 1 else f"{head}-{number}{dot}{suffix}"


def volumes(year: int, number: int, stage: Stage = SELF) -> list[str]:
    """The bound volumes of a year, of its forms or of its tables of targets: one, or as many as
    it is divided into."""
    folder = dirname(targets_page(year) if stage == TARGET else year_page(year))
    if number == 1:
        return [f"{folder}/compendium.pdf"]
    return [f"{folder}/compendium-{place}.pdf" for place in range(1, number + 1)]


def report_folder(year: int, stem: str, stage: Stage = SELF) -> str:
    """The folder of a report: its page and its downloads. Below it lie those of the table of
    targets as it was approved, and of 复核: each keeps its own for ever."""
    return f"{year}/{segment(stem, cased=True)}{_OF_STAGE[stage]}"


def report_page(year: int, stem: str, stage: Stage = SELF) -> str:
    """The page of a report, or of its table of another stage."""
    return f"{report_folder(year, stem, stage)}/index.html"


def report_file(year: int, stem: str, suffix: str, stage: Stage = SELF) -> str:
    """A download of a report named after it, such as its `.pdf`."""
    name = segment(stem, cased=True)
    return f"{report_folder(year, stem, stage)}/{name}{suffix}"


def indicator_row(number: int) -> str:
    """The place of an indicator in the form, counted from 1 in the form's order."""
    return f"indicator-{number}"


def fund_row(number: int) -> str:
    """The place of a funding row in the form; 0 is the total."""
    return f"fund-{number}"


def table_row(table: int, row: int) -> str:
    """The place of a row of a table that only a layout has, both counted from 1."""
    return f"table-{table}-{row}"


def reason(row: str) -> str:
    """The place where the reason given for the indicator of that row stands."""
    return f"reason-{row}"


def rule_anchor(stem: str) -> str:
    """The place of a scoring profile on the page of the rules; `stem` is its name, with the year
    that a later version holds from."""
    return f"rule-{segment(stem, cased=True)}"


def search_part(name: str) -> str:
    """A part of the search index, by what it is and a digest of what it holds: `grams/0a1b2c3d`."""
    return f"{dirname(SEARCH)}/{name}.js"


def evidence_file(year: int, stem: str, file: str) -> str:
    """The copy of a public 佐证材料, whose path in the content is `file`."""
    *folders, name = PurePosixPath(file).parts
    head, dot, suffix = name.rpartition(".")
    copy = f"{segment(head)}.{segment(suffix)}" if head and dot else segment(name)
    path = "/".join([*(segment(folder) for folder in folders), copy])
    return f"{report_folder(year, stem)}/evidence/{path}"


def is_evidence(path: str) -> bool:
    """Whether a site path is that of a public 佐证材料."""
    return path.split("/")[2:3] == ["evidence"]


def department_page(department: str) -> str:
    """The page of a 主管部门."""
    return f"departments/{segment(department)}/index.html"


def unit_page(department: str, unit: str) -> str:
    """The page of a 实施单位 under its 主管部门."""
    return f"departments/{segment(department)}/{segment(unit)}/index.html"


def project_page(project: str) -> str:
    """The years of a project side by side. `project` is what stays the same over them, so that
    a year that is added, newer or older, moves nothing."""
    return f"projects/{segment(project)}/index.html"


def beside_report(year: int, stem: str) -> str:
    """By what a report is called in the address of the page where two stand side by side."""
    return f"r-{year}-{segment(stem, cased=True)}"


def beside_department(year: int, department: str) -> str:
    """By what a department of a year is called there."""
    return f"d-{year}-{segment(department)}"


def beside_unit(year: int, department: str, unit: str) -> str:
    """By what a unit of a department in a year is called there."""
    return f"u-{year}-{segment(f'{department}/{unit}')}"


def beside_script(key: str) -> str:
    """What that page shows of a report, a department or a unit, as a script."""
    return f"{dirname(BESIDE)}/{key}.js"


def beside_names(year: int) -> str:
    """What can be chosen there of a year, as a script."""
    return f"{dirname(BESIDE)}/names-{year}.js"


def unit_targets_page(department: str, unit: str, year: int) -> str:
    """The targets of all projects of a 实施单位 in a year, in one table."""
    return f"{dirname(unit_page(department, unit))}/targets/{year}/index.html"


def data_file(years: Years, ending: str) -> str:
    """A file of open data of a year or of all, such as its `.csv` or `-indicators.csv`."""
    return f"{dirname(DATA)}/{years}{ending}"


def data_field(table: str, label: str) -> str:
    """The place of a field on the page of the data; `label` is its name without its unit."""
    return f"{table}-{label}"


def relative(path: str, page: str) -> str:
    """The link from one site path to another, percent-encoded: `../2024/index.html`.

    A path may ask something of its page, as `urlencode` writes it or in plain signs, and name a
    place on it: `…/index.html?部门=财政局#indicator-3`.
    """
    rest, mark, place = path.partition("#")
    file, asks, question = rest.partition("?")
    link = _from_folder(file, page.rpartition("/")[0])
    if asks:
        link += f"?{quote(question, safe='=&%+')}"
    return f"{link}#{quote(place)}" if mark else link


@lru_cache(4096)  # a page leads to the same few from all of its rows
def _from_folder(file: str, folder: str) -> str:
    there, here = file.split("/"), folder.split("/") if folder else []
    common = 0
    for above, own in zip(there, here, strict=False):
        if above != own:
            break
        common += 1
    return quote("/".join([*[".."] * (len(here) - common), *there[common:]]) or ".")


def absolute(address: str, path: str) -> str:
    """A site path under the site's own `address`, percent-encoded; that may lack its last `/`."""
    return f"{address.rstrip('/')}/{quote(path)}"


def host(address: str) -> str:
    """The host of a web address, in lower case; "" where it is none."""
    found = _WEB_ADDRESS.match(address)
    return found[1].lower() if found else ""
