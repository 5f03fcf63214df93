"""The content folder: which files there are, and what each of them means.

content/site.yaml  content/profiles/*.yaml  content/<year>/<stem>.yaml
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import cache
from pathlib import Path

from builder import source
from builder.content import addresses, misplaced
from builder.diagnostics import Diagnostics, Severity, Span, catalogue
from builder.model import TOTAL_ROW, Report, Site, labels
from builder.records import decode
from builder.scoring import Document, Profiles, read_profiles, score
from builder.text import PAPER, contrast, joined, readable

STEM = re.compile(r"[0-9A-Za-z\u3400-\u9fff][0-9A-Za-z_\-\u3400-\u9fff]*")
RESERVED = frozenset({"index", "data", "compendium", "deviations", "indicators"})
OTHERS = frozenset({"profiles", "themes"})
YEAR = re.compile(r"(19|20)[0-9]{2}")
LABELS = labels()
SITE = "site.yaml"


@cache
def report_labels() -> frozenset[str]:
    """The keys that a report may have: fields, and what the built-in profiles name."""
    profiles = read_profiles(None, Diagnostics()).by_name.values()
    rows = (profile.funding_rows for profile in profiles)
    groups = [group for profile in profiles for group in profile.groups.items()]
    kinds = (group.kinds for _, group in groups)
    return LABELS.union({TOTAL_ROW}, *rows, (name for name, _ in groups), *kinds)


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every report: the site's settings and the scoring profiles."""

    site: Site
    profiles: Profiles
    source: source.Source | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One report's file: where it is, the name shown for it, its year folder and stem."""

    path: Path
    file: str
    folder: str
    stem: str


def shown(path: Path, content: Path) -> str:
    """A file's name for messages: relative to the content folder's parent where it lies inside."""
    try:
        return path.absolute().relative_to(content.absolute().parent).as_posix()
    except ValueError:
        return path.as_posix()


def settings(content: Path, diagnostics: Diagnostics) -> Settings:
    """Read site.yaml (every key is optional, and so is the file) and the profiles."""
    profiles = read_profiles(content / "profiles", diagnostics)
    path = content / SITE
    if not path.exists() and not path.is_symlink():
        return understand_settings(None, profiles, diagnostics)
    found = source.read(path, shown(path, content), LABELS, diagnostics)
    return understand_settings(found, profiles, diagnostics)


def understand_settings(
    found: source.Source | None, profiles: Profiles, diagnostics: Diagnostics
) -> Settings:
    """The settings that site.yaml holds, if there is one; see `settings`."""
    site = decode(found, Site, diagnostics) if found else None
    if site and found:
        profiles.find(site.profile, found.spans.value(("评分规则",)), diagnostics)
        if site.colour and readable(site.colour) != site.colour:
            ratio = contrast(site.colour, PAPER).quantize(Decimal("0.01"), ROUND_DOWN)
            at = found.spans.value((Site.label("colour"),))
            diagnostics.report(
                catalogue.PALE_COLOUR, at,
                value=site.colour, ratio=ratio, mended=readable(site.colour),
            )  # fmt: skip
    return Settings(site or Site.model_validate({}), profiles, found)


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
    listing = {
        path.name: [below.name for below in path.iterdir()] if path.is_dir() else None
        for path in content.iterdir()
    }
    found = sort_out(listing, content, years, diagnostics)
    for folder in sorted({entry.path.parent for entry in found}):
        for path in sorted(folder.iterdir()):
            # One that may not be read is told where a report names what is in it.
            if path.is_dir() and not path.is_symlink() and os.access(path, os.R_OK | os.X_OK):
                names = [below.name for below in path.iterdir()]
                _report_misplaced(misplaced.below_a_year(names), path, content, diagnostics)
    return found


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
                paths = sorted(folder / below for below in names)
                found.extend(_of_year(paths, content, diagnostics))
        elif folder.name == "profiles":
            for below in sorted(names or ()):
                problem = misplaced.in_profiles(below)
                _report_misplaced(problem, folder / below, content, diagnostics)
        elif names is None:
            problem = misplaced.at_the_top(folder.name)
            _report_misplaced(problem, folder, content, diagnostics)
        elif folder.name not in OTHERS:
            problem = misplaced.folder(folder.name, list(names))
            _report_misplaced(problem, folder, content, diagnostics)
    for year in sorted(wanted - {entry.folder for entry in found}):
        _report_missing(year, listing, content, diagnostics, is_all=not found)
    return found


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


def _of_year(paths: Iterable[Path], content: Path, diagnostics: Diagnostics) -> Iterator[Entry]:
    seen: set[str] = set()
    for path in paths:
        at = Span(shown(path, content))
        _report_misplaced(misplaced.in_a_year(path.name), path, content, diagnostics)
        if path.suffix != ".yaml":
            continue
        if not is_stem(path.stem):
            diagnostics.report(catalogue.BAD_STEM, at, stem=path.stem)
            continue
        if path.stem.casefold() in seen:
            diagnostics.report(catalogue.CLASHING_STEM, at, stem=path.stem)
            continue
        seen.add(path.stem.casefold())
        yield Entry(path, at.file, path.parent.name, path.stem)


def _report_misplaced(
    problem: misplaced.Problem | None, path: Path, content: Path, diagnostics: Diagnostics
) -> None:
    if problem:
        what, hint = problem
        at = Span(shown(path, content))
        diagnostics.report(catalogue.WRONG_PLACE, at, hint=hint, name=path.name, problem=what)


def is_stem(name: str) -> bool:
    """Whether a report's file may be called that: it is part of an address for ever."""
    return STEM.fullmatch(name) is not None and name not in RESERVED and len(name) <= 80


def read(entry: Entry, diagnostics: Diagnostics) -> source.Source:
    """Step 1 of a report: its file as positioned values."""
    return source.read(entry.path, entry.file, report_labels(), diagnostics)


def understand(
    found: source.Source, entry: Entry, settings_: Settings, diagnostics: Diagnostics
) -> Document | None:
    """Steps 2 and 3 of a report: decode and score; None where that cannot be (reported)."""
    report = decode(found, Report, diagnostics)
    if report is None:
        return None
    name = report.profile or settings_.site.profile
    at = found.spans.value(("评分规则",)) if report.profile else found.spans.key(("年度",))
    if report.profile is None and name not in settings_.profiles.by_name:
        return None  # site.yaml has been told already
    profile = settings_.profiles.find(name, at, diagnostics)
    if profile is None:
        return None
    card = score(report, profile)
    return Document(entry.folder, entry.stem, found, report, profile, card)


def preface(folder: Path, year: int, diagnostics: Diagnostics) -> str:
    """The 前言 of a year's bound volume, from its compendium.md; nothing where there is none."""
    path = folder / str(year) / "compendium.md"
    if not path.exists() and not path.is_symlink():
        return ""
    return joined(source.read_text(path, shown(path, folder), diagnostics) or "")


def evidence(entry: Entry, document: Document, diagnostics: Diagnostics) -> Mapping[str, bytes]:
    """The public 佐证材料 of a report: bytes by site path.

    A file must lie in the report's own year folder, through no link; otherwise, or when it
    cannot be read, it is reported.
    """
    root = entry.path.parent.resolve()
    copies: dict[str, bytes] = {}
    for position, item in enumerate(document.report.evidence):
        if item.internal:
            continue
        path = root / item.file
        problem = ""
        content = b""
        try:
            if path.resolve() != path or not path.is_relative_to(root) or path == root:
                problem = "不在本年度的文件夹里，或是链接"
            elif path.suffix.lower() in (".yaml", ".yml"):
                problem = "是填报的源文件，其中有不公开的内容"
            elif not path.is_file():
                problem = "不存在"
            else:
                content = path.read_bytes()
        except (OSError, ValueError):
            problem = "打不开"
        if problem:
            diagnostics.report(
                catalogue.NO_EVIDENCE_FILE,
                document.at("佐证材料", position, "文件"),
                name=item.name,
                path=item.file,
                problem=problem,
            )
            continue
        relative = path.relative_to(root).as_posix()
        copies[addresses.evidence_file(document.report.year, entry.stem, relative)] = content
    return copies
