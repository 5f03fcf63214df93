"""The content folder: which reports there are, and what each of them means.

content/<year>/<stem>.yaml
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os.path import splitext
from pathlib import Path

from builder import source
from builder.content.names import looks_like_report, shown
from builder.content.settings import RULES, report_labels
from builder.diagnostics import Diagnostics, Severity, Span, catalogue
from builder.failures import reason
from builder.home import SITE, YEAR

STEM = re.compile(r"[0-9A-Za-z\u3400-\u9fff][0-9A-Za-z_\-\u3400-\u9fff]*")
RESERVED = frozenset({"index", "data", "compendium", "deviations", "indicators", "targets"})
# Devices of Windows, where no file can be called so: the folder could not be fetched there.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)}
)
_TAKEN = RESERVED | _DEVICES
THEMES = "themes"
TABLES = "tables"
"""The folder that says which columns the tables have that an office hands in."""
OTHERS = frozenset({*RULES, THEMES, TABLES})
MEANT = {
    ("profile", "profiles", "评分规则"): "放评分规则的文件夹叫 profiles",
    ("layout", "layouts", "版式"): "放版式的文件夹叫 layouts",
    ("table", "tables", "上报表"): "放上报表的列的文件夹叫 tables",
}
PREFACE = "compendium.md"
SCHEMA = "report.schema.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One report's file: where it is, the name shown for it, its year folder and stem."""

    path: Path
    file: str
    folder: str
    stem: str


def entries(content: Path, years: Iterable[str], diagnostics: Diagnostics) -> list[Entry]:
    """Every report's file, by year and stem; of `years` only, if there are any.

    Files that look like reports but would not be read are reported, and so are stems that
    cannot be told apart on every file system.
    """
    if not content.is_dir():
        name = content.name
        hint = f"没有文件夹 {name}：在项目文件夹里运行，或用 --content 指明内容文件夹"
        diagnostics.report(catalogue.NO_REPORTS, Span(name), hint=hint, where="这里", folder=name)
        return []
    listing: dict[str, list[str] | None] = {}
    for name in _names(content, content, diagnostics):
        path = content / name
        listing[name] = _below(path, content, diagnostics) if path.is_dir() else None
    return sort_out(listing, content, years, diagnostics)


def _below(folder: Path, content: Path, diagnostics: Diagnostics) -> list[str]:
    """What is in a folder at the top; of one that is not ours, in all folders below it, too."""
    is_ours = YEAR.fullmatch(folder.name) or folder.name in OTHERS or folder.name.startswith(".")
    if is_ours or folder.is_symlink():
        return _names(folder, content, diagnostics)
    return [name for _, _, names in os.walk(folder) for name in names]


def _names(folder: Path, content: Path, diagnostics: Diagnostics) -> list[str]:
    """What lies in a folder; one that is closed to us is reported, and the others are read."""
    try:
        return [path.name for path in folder.iterdir()]
    except OSError as error:
        at = Span(shown(folder, content))
        diagnostics.report(catalogue.UNREADABLE, at, problem=reason(error))
        return []


def sort_out(
    listing: Mapping[str, Sequence[str] | None],
    content: Path,
    years: Iterable[str],
    diagnostics: Diagnostics,
) -> list[Entry]:
    """The entries among the names in the content folder; see `entries`.

    `listing` holds what is in each of its folders, and None for each of its files.
    """
    wanted = frozenset(years)
    found: list[Entry] = []
    for folder in sorted(content / name for name in listing):
        name, names = shown(folder, content), listing[folder.name]
        if names is not None and folder.is_symlink() and folder.name not in OTHERS:
            diagnostics.report(catalogue.NOT_A_FILE, Span(name))
        elif names is not None and YEAR.fullmatch(folder.name):
            if not wanted or folder.name in wanted:
                found.extend(_of_year(folder, name, sorted(names), diagnostics))
        else:
            for path, problem, hint in _misplaced(folder.name, names):
                at, last = Span(shown(content / path, content)), path.rpartition("/")[2]
                diagnostics.report(catalogue.WRONG_PLACE, at, name=last, problem=problem, hint=hint)
    for year in sorted(wanted - {entry.folder for entry in found}):
        _report_missing(year, listing, content, diagnostics, is_all=not found)
    return found


def _misplaced(name: str, names: Sequence[str] | None) -> Iterator[tuple[str, str, str]]:
    """What is no year's folder, but has the look of something that we should read: its path,
    what is wrong, and what to do ("" for the usual)."""
    if names is None:
        if name.casefold() == PREFACE:
            yield name, "不在年度文件夹里", f"年度汇编的前言放在 content/年度/{PREFACE}"
        if not looks_like_report(name) or name in (SITE, SCHEMA):
            return
        if name.casefold().startswith("site."):
            yield name, f"不叫 {SITE}，其中的设置没有用上", f"改名为 {SITE}"
        else:
            yield name, "不在年度文件夹里", ""
    elif name in (*RULES, TABLES):
        for below in names:
            if looks_like_report(below) and not below.endswith(".yaml"):
                yield f"{name}/{below}", "的扩展名不是 .yaml", "这里的文件名是 名称.yaml"
    elif name not in OTHERS and any(map(looks_like_report, names)):
        hint = next((hint for words, hint in MEANT.items() if name.casefold() in words), "")
        yield name, "不是四位年份的文件夹", hint


def _report_missing(
    year: str,
    listing: Mapping[str, Sequence[str] | None],
    content: Path,
    diagnostics: Diagnostics,
    *,
    is_all: bool,
) -> None:
    """Tell of a year that was asked for and has no reports; `is_all`: no other has any."""
    years = [
        name
        for name, names in sorted(listing.items())
        if YEAR.fullmatch(name) and any(below.endswith(".yaml") for below in names or ())
    ]
    if year in years:
        return  # those that are there cannot be read, and have been told
    diagnostics.report(
        catalogue.NO_REPORTS,
        Span(content.name),
        severity=None if is_all else Severity.WARNING,
        hint=f"有自评表的年度：{'、'.join(years)}" if years else "",
        where=f"{year} 年度",
        folder=content.name,
    )


def _of_year(
    folder: Path, shown_as: str, names: Iterable[str], diagnostics: Diagnostics
) -> Iterator[Entry]:
    seen: set[str] = set()
    for name in names:
        stem, suffix = splitext(name)  # noqa: PTH122  of ten thousand names
        if suffix.lower() not in (".yml", ".yaml"):
            continue
        file = f"{shown_as}/{name}"
        if suffix != ".yaml":
            problem = "的扩展名不是 .yaml"
            diagnostics.report(catalogue.WRONG_PLACE, Span(file), name=name, problem=problem)
        elif not is_stem(stem):
            diagnostics.report(catalogue.BAD_STEM, Span(file), stem=stem)
        elif stem.casefold() in seen:
            diagnostics.report(catalogue.CLASHING_STEM, Span(file), stem=stem)
        else:
            seen.add(stem.casefold())
            yield Entry(folder / name, file, folder.name, stem)


def is_stem(name: str) -> bool:
    """Whether a report's file may be called that: it is part of an address for ever."""
    is_free = name.casefold() not in _TAKEN
    return STEM.fullmatch(name) is not None and is_free and len(name) <= 80


def read(entry: Entry, diagnostics: Diagnostics) -> source.Source:
    """Step 1 of a report: its file as positioned values."""
    return source.read(entry.path, entry.file, report_labels(), diagnostics)
