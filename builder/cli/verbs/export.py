"""`jixiao export`: what an office hands in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from builder import content, export
from builder.cli import forms
from builder.cli.codes import FOUND, OK
from builder.cli.handing import folder_of, put, say
from builder.cli.telling import tell_findings
from builder.diagnostics import Diagnostics
from builder.failures import WrongUsage
from builder.progress import Progress

BANNER = "报财政部门，含不公开的内容，不得公开"


def run(options: argparse.Namespace) -> int:
    """Make the table of each year, or the forms of the reports that are asked for."""
    folder = folder_of(options)
    if options.table:
        _refuse(options, "paths", "format", "stage", "empty", "layout", "profile")
        return _tables(options, folder)
    if options.empty:
        return forms.empty(options, folder)
    _refuse(options, "layout", "profile")
    return forms.filled(options, folder)


def _refuse(options: argparse.Namespace, *names: str) -> None:
    """WrongUsage where options are given that say nothing here."""
    if given := [name for name in names if getattr(options, name)]:
        words = ["文件" if name == "paths" else f"--{name}" for name in given]
        with_what = "--table" if options.table else "--empty"
        told = (
            f"{with_what} 不和{'、'.join(words)}同用"
            if options.table
            else (f"{'、'.join(words)} 只用于空表，加 --empty")
        )
        raise WrongUsage(told)


def _tables(options: argparse.Namespace, folder: Path) -> int:
    """One workbook for each year; none where an error would leave a report out."""
    diagnostics, texts = Diagnostics(), dict[str, str]()
    settings = content.settings(options.content, diagnostics)
    own = export.own_tables(options.content, settings.layouts, diagnostics)
    sources = (settings.source, *settings.own, *own.sources)
    texts |= {file.file: file.text for file in sources if file}
    table, for_finance = own.tables[options.table], options.reader is not None
    collection = export.Collection(table, settings, for_finance=for_finance)
    entries = content.entries(options.content, options.year, diagnostics)
    with Progress(sys.stderr) as progress:
        for entry in progress.step("读取、理解、评分", entries, len(entries)):
            found = content.read(entry, diagnostics)
            texts[entry.file] = found.text
            document = content.make_out(found, entry, settings, diagnostics)
            if document and document.is_whole:
                collection.meet(document)
    tell_findings(diagnostics, texts)
    if diagnostics.failed:
        say(f"没有写{table.name}：先改正上面的错误。")
        return FOUND
    if not collection.columns:
        raise WrongUsage(f"{table.name}只剩报财政部门的列，加 --for 财政")
    return _write(collection, table, settings, folder, for_finance=for_finance)


def _write(
    collection: export.Collection,
    table: export.Table,
    settings: content.Settings,
    folder: Path,
    *,
    for_finance: bool,
) -> int:
    """Write the workbooks and say what is in them, and what is empty there."""
    years = collection.years()
    mark, banner = ("（报财政）", BANNER) if for_finance else ("", "")
    written = [
        put(
            folder / f"{year}年度{table.name}{mark}.xlsx",
            export.to_sheets(table, lists, year, settings.site, banner),
            f"{sum(len(one.rows) for one in lists)} 行",
        )
        for year, lists in years.items()
    ]
    if not written:
        say(f"没有能列进{table.name}的自评表，没有写文件。")
    if tall := sum(export.overfull(one) for lists in years.values() for one in lists):
        say(f"有 {tall} 行文字太长，打印时印不全：在表格程序里把列拉宽。")
    for name, count, advice in collection.gaps():
        say(f"{name}空着 {count} 行：{advice}。")
    if not for_finance:
        # Said of every content, so that it tells nothing of this one.
        say("不公开、撤回的不在表里；报财政部门要列的，加 --for 财政。")
    return OK if written and all(written) else FOUND
