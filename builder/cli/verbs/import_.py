"""`jixiao import`: forms of Excel, Word, pages and pasted text become authors' files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from builder import content, office
from builder.cli.codes import FOUND, OK
from builder.cli.telling import tell
from builder.content import YEAR, is_stem
from builder.diagnostics import Diagnostics
from builder.failures import WrongUsage, reason
from builder.intake import Catalogue, Taken, account, is_data, take
from builder.model import Report
from builder.office import Paper, Refused
from builder.output import write_new
from builder.source import Value, parse

_WHO = tuple(map(Report.label, ("name", "department", "unit")))


def run(options: argparse.Namespace) -> int:
    """Read each file, write what is in it where nothing stands yet, and give an account."""
    if options.to is None and not options.content.is_dir():
        told = f"没有文件夹 {options.content}；用 --content 指明内容文件夹，或用 --to 指明写到哪里"
        raise WrongUsage(told)
    settings = content.settings(options.content, Diagnostics())
    if options.layout and options.layout not in settings.layouts.by_name:
        known = "、".join(settings.layouts.by_name)
        raise WrongUsage(f"没有版式 {options.layout}，可选：{known}")
    if missing := [f"{path}" for path in options.files if not path.exists()]:
        raise WrongUsage(f"没有文件 {'、'.join(missing)}")
    known_forms = Catalogue(settings)
    shelf = _Shelf(options.to or options.content, is_dry=options.dry_run)
    is_fine, forms = True, 0
    for path in options.files:
        paper = _paper(path)
        if isinstance(paper, Refused):
            tell(f"{paper.file}\n  没有读：{paper.reason}。{paper.advice}\n")
            is_fine = False
            continue
        found = [
            (taken, *shelf.put(taken.year, taken.stem, taken.text, _of(taken)))
            for taken in take(paper, known_forms, options.layout, shelf.year)
        ]
        ready = list(_ready(paper, shelf))
        forms += len(found) + len(ready)
        is_fine &= bool(found or ready) and all(done for *_, done in (*found, *ready))
        is_fine &= all(t.is_complete and not t.findings.failed for t, *_ in found)
        told = account(paper, ((taken, told) for taken, told, _ in found))
        tell(told + "".join(f"  {line}\n" for line, _ in ready))
    tell(f"{len(options.files)} 个文件，{forms} 张表。\n")
    return OK if is_fine else FOUND


def _paper(path: Path) -> Paper | Refused:
    if path.suffix.lower() in (".yaml", ".yml"):
        return Refused(path.name, "已经是自评表文件", "放进内容文件夹的年度里就行，不用导入")
    try:
        with path.open("rb") as stream:  # of a file that is refused anyway no more than tells so
            paper = office.read(path.name, stream.read(office.LARGEST_FILE + 1))
    except OSError as error:
        return Refused(path.name, reason(error), "请检查文件名和权限")
    if isinstance(paper, Paper) and is_data(paper):
        told = "这是本软件生成的年度数据，不是绩效表"
        return Refused(path.name, told, "要自评表的，请用网站上各项目的填报文件（YAML）")
    return paper


def _ready(paper: Paper, shelf: _Shelf) -> Iterator[tuple[str, bool]]:
    """Write the authors' files that a file of ours carries of itself."""
    for name, text in paper.ready.items():
        values = _values(text, name)
        stem = Path(name).stem
        year = values.get(Report.label("year"), "")
        yield shelf.put(year if is_stem(stem) else "", stem, text, values)


def _of(taken: Taken) -> dict[str, str]:
    """The texts at the top of a form's file, which most often was understood already."""
    document = taken.document
    return _texts(document.source.value) if document else _values(taken.text, "")


def _values(text: str, name: str) -> dict[str, str]:
    """The texts at the top of an author's file."""
    return _texts(parse(text, name, content.report_labels(), Diagnostics()).value)


def _texts(value: Value) -> dict[str, str]:
    found = value if isinstance(value, dict) else {}
    return {key: text for key, text in found.items() if isinstance(text, str)}


class _Shelf:
    """The folder that files are written to: nothing that stands there is touched, and no project
    gets a second file."""

    def __init__(self, folder: Path, *, is_dry: bool) -> None:
        self._folder, self._is_dry = folder, is_dry
        self.year = folder.name if YEAR.fullmatch(folder.name) else ""
        """The year of everything in it, "" where it has a folder for each."""
        self._texts: dict[str, dict[str, str]] = {}

    def put(self, year: str, stem: str, text: str, values: dict[str, str]) -> tuple[str, bool]:
        """Write a file, of which `values` are the texts at its top; what was done, in words, and
        whether its text stands there now."""
        if not YEAR.fullmatch(year):
            return "没有写：看不出年度，用 --to 指明年度文件夹，如 content/2024", False
        if self.year not in ("", year):
            return f"没有写：表上是 {year} 年度，不放进 {self.year}", False
        inside = self._folder if self.year else self._folder / year
        there = self._there(inside)
        path, shown = inside / f"{stem}.yaml", f"{year}/{stem}.yaml"
        if path.name in there:
            is_same = there[path.name] == text
            return f"已有 {shown}，{'内容相同' if is_same else '没有改动'}", is_same
        if twin := self._twin(there, values):
            return f"同一项目已有 {year}/{twin}，没有另建", False
        there[path.name] = text
        if self._is_dry:
            return f"会新建 {shown}", True
        if not write_new(path, text.encode()):
            return f"已有 {shown}，没有改动", False
        return f"新建 {shown}", True

    def _there(self, inside: Path) -> dict[str, str]:
        """The files of a year, by name, with their texts."""
        if inside.name not in self._texts:
            self._texts[inside.name] = {
                path.name: path.read_text(encoding="utf-8", errors="replace")
                for path in sorted(inside.glob("*.yaml"))
                if path.is_file()
            }
        return self._texts[inside.name]

    @staticmethod
    def _twin(there: dict[str, str], own: dict[str, str]) -> str | None:
        """Another file about the same project of the same unit."""
        who = [own.get(label) for label in _WHO]
        for name, other in there.items():
            if all(part in other for part in who if part):  # parsing all of them takes its time
                values = _values(other, name)
                if [values.get(label) for label in _WHO] == who:
                    return name
        return None
