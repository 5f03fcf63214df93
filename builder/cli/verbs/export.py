"""`jixiao export`: what an office hands in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from builder import content, export
from builder.cli.codes import FOUND, OK
from builder.cli.telling import tell_findings
from builder.diagnostics import Diagnostics
from builder.failures import WrongUsage, reason
from builder.output import OutputError, write_new
from builder.progress import Progress

BANNER = "报财政部门，含不公开的内容，不得公开"


def run(options: argparse.Namespace) -> int:
    """Make the table of each year that is asked for."""
    if options.table is None:
        raise WrongUsage("写明要哪张表：--table 汇总表、公开表或复核汇总表")
    return _tables(options, _folder(options))


def _folder(options: argparse.Namespace) -> Path:
    """Where the files go: beside the content, never into it, where they would be strays."""
    if options.to:
        return Path(options.to)
    content_folder: Path = options.content
    is_named = content_folder.name.strip(".")  # `..` has no parent to be told
    return (content_folder if is_named else content_folder.resolve()).parent / "export"


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
        _say(f"没有写{table.name}：先改正上面的错误。")
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
        _put(
            folder / f"{year}年度{table.name}{mark}.xlsx",
            export.to_sheets(table, lists, year, settings.site, banner),
            f"{sum(len(one.rows) for one in lists)} 行",
        )
        for year, lists in years.items()
    ]
    if not written:
        _say(f"没有能列进{table.name}的自评表，没有写文件。")
    if tall := sum(export.overfull(one) for lists in years.values() for one in lists):
        _say(f"有 {tall} 行文字太长，打印时印不全：在表格程序里把列拉宽。")
    for name, count, advice in collection.gaps():
        _say(f"{name}空着 {count} 行：{advice}。")
    if not for_finance:
        # Said of every content, so that it tells nothing of this one.
        _say("不公开、撤回的不在表里；报财政部门要列的，加 --for 财政。")
    return OK if written and all(written) else FOUND


def _put(path: Path, data: bytes, told: str) -> bool:
    """Write a file, and say so; one of another content stays: somebody may have worked on it."""
    is_new = write_new(path, data)
    try:
        is_same = is_new or path.read_bytes() == data
    except OSError as error:
        raise OutputError(f"读不了 {path}：{reason(error)}") from error
    if is_same:
        _say(f"{'已写' if is_new else '没有变化'} {path}：{told}。")
    else:
        _say(f"已有 {path}，内容不同，没有改动；移走它，或用 --to 换一个目录。")
    return is_same


def _say(text: str) -> None:
    print(text, file=sys.stderr)
