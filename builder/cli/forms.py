"""`jixiao export` of forms: those of reports, filled in, and empty ones."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from builder import content, export
from builder.checks import check
from builder.cli.codes import FOUND, OK
from builder.cli.handing import put, say
from builder.cli.rules import rules_asked
from builder.cli.telling import tell_findings
from builder.content import Entry, Settings
from builder.diagnostics import Diagnostics, Severity
from builder.failures import WrongUsage
from builder.model import SELF, TARGET
from builder.progress import Progress
from builder.scoring import Document

XLSX = "xlsx"
MARK = "（报财政）"
EMPTY = "空表"


def filled(options: argparse.Namespace, folder: Path) -> int:
    """Write the forms of the reports that are asked for, each to files of its own."""
    run = _Run(options, folder)
    entries = content.chosen(options.content, options.paths, run.diagnostics)
    if options.year:
        entries = [entry for entry in entries if entry.folder in options.year]
    with Progress(sys.stderr) as progress:
        for entry in progress.step("读取、检查、导出", entries, len(entries)):
            run.meet(entry)
    return run.code()


def empty(options: argparse.Namespace, folder: Path) -> int:
    """Write a form with nothing filled in."""
    if options.paths or options.reader:
        raise WrongUsage("空表不是哪一份自评表的：--empty 后面不写文件，也不加 --for")
    if options.format not in (None, XLSX, "docx"):
        raise WrongUsage("空表只有 xlsx 和 docx 两种")
    diagnostics = Diagnostics()
    settings = content.settings(options.content, diagnostics)
    year = _year(options, diagnostics)
    rules = rules_asked(settings, year, options.profile, options.layout, options.stage)
    document = export.empty(rules, year, settings)
    if document is None:
        raise WrongUsage(
            f"版式 {rules.layout.name} 没有评分规则 {rules.profile.name} 的一级指标，做不成空表"
        )
    kind = options.format or XLSX
    make = export.form_to_xlsx if kind == XLSX else export.to_docx
    data = make(document, is_empty=True)
    of_targets = f"-{rules.stage}" if rules.stage == TARGET else ""
    name = f"{year}-{rules.profile.name}{of_targets}-{EMPTY}.{kind}"
    told = f"{document.layout.form_title}，评分规则 {rules.profile.name}"
    return OK if put(folder / name, data, told) else FOUND


def _year(options: argparse.Namespace, diagnostics: Diagnostics) -> int:
    """The year of an empty form: the one that is asked for, else the newest of the content."""
    years = (
        options.year
        or sorted({entry.folder for entry in content.entries(options.content, (), diagnostics)})[
            -1:
        ]
    )
    if len(years) != 1 or not content.YEAR.fullmatch(years[0]):
        raise WrongUsage("写明空表是哪个年度的，如 --year 2025")
    return int(years[0])


def _made(document: Document, kind: str, settings: Settings) -> Mapping[str, bytes]:
    """What becomes of a report: the bytes of files, by what stands behind their name."""
    match kind:
        case "docx":
            return {".docx": export.to_docx(document)}
        case "json":
            return {".json": export.to_json(document)}
        case "csv":
            return export.to_csv(document, settings.site)
    return {".xlsx": export.form_to_xlsx(document)}


class _Run:
    """One call of the verb."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.diagnostics = Diagnostics()
        self._options, self._folder = options, folder
        self._kind = options.format or XLSX
        self._settings = content.settings(options.content, self.diagnostics)
        self._texts = {
            one.file: one.text for one in (self._settings.source, *self._settings.own) if one
        }
        self._is_withheld = self._is_refused = self._is_flawed = False
        self._left: list[str] = []
        self._count = 0

    def meet(self, entry: Entry) -> None:
        """Write one report, if it can be read and may be seen. With errors in it, too: who has no
        other program mends them in the form."""
        own = Diagnostics()
        found = content.read(entry, own)
        self._texts[entry.file] = found.text
        document = content.make_out(found, entry, self._settings, own)
        if document:
            check(document, own)
        self.diagnostics.extend(one for one in own if one.severity is Severity.ERROR)
        self._is_flawed = self._is_flawed or own.failed
        if document is None or not document.is_whole:
            self._left.append(entry.file)
            return
        report, is_public = document.report, document.report.is_public
        if not is_public and not self._options.reader:
            self._is_withheld = True
            return
        if not self._options.reader:
            document = content.disclosed(document, self._settings.site)
        table = self._table(document)
        if table is None:
            say(f"{entry.file} 没有{self._options.stage}阶段的表，没有导出。")
            self._is_refused = True
            return
        mark = "" if table is document else f"-{self._options.stage}"
        name = f"{report.year}-{entry.stem}{mark}{'' if is_public else MARK}"
        for behind, data in _made(table, self._kind, self._settings).items():
            self._count += 1
            is_put = put(self._folder / f"{name}{behind}", data, report.name)
            self._is_refused = self._is_refused or not is_put

    def code(self) -> int:
        """Say what was left out, and how it went."""
        tell_findings(self.diagnostics, self._texts)
        if self._left:
            say(f"没有导出 {'、'.join(self._left)}：先改正上面的错误。")
        if self._is_withheld:
            say("不公开、撤回的没有导出；报财政部门的，加 --for 财政。")
        if self._is_flawed and self._count:
            say("有错误的，能导出的也导出了，改好再报。")
        is_whole = self._count and not self._is_flawed and not self._is_refused
        return OK if is_whole else FOUND

    def _table(self, document: Document) -> Document | None:
        """The table of the stage that is asked for: the report's own where nobody asked."""
        stage = self._options.stage
        own = SELF if document.recheck else document.report.stage
        if stage in (None, own):
            return document
        return content.other_tables(document, self._settings).get(stage)
