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
from builder.intake import Catalogue, Taken, account, take
from builder.office import Paper, Refused
from builder.output import write_new

NEW, THERE, SAME, WITHOUT_YEAR = (
    "新建 {}",
    "已有 {}，没有改动",
    "已有 {}，内容相同",
    "没有写：看不出年度",
)


def run(options: argparse.Namespace) -> int:
    """Read each file, write what is in it where nothing stands yet, and give an account."""
    settings = content.settings(options.content, Diagnostics())
    if options.layout and options.layout not in settings.layouts.by_name:
        known = "、".join(settings.layouts.by_name)
        raise WrongUsage(f"没有版式 {options.layout}，可选：{known}")
    known_forms = Catalogue(settings)
    folder: Path = options.to or options.content
    year = folder.name if YEAR.fullmatch(folder.name) else ""
    code, forms = OK, 0
    for path in options.files:
        paper = _paper(path)
        if isinstance(paper, Refused):
            tell(f"{paper.file}\n  没有读：{paper.reason}。{paper.advice}\n")
            code = FOUND
            continue
        found = []
        for taken in take(paper, known_forms, options.layout, year):
            target = _target(folder, taken, year)
            done, is_done = _write(target, taken.text, is_dry=options.dry_run)
            found.append((taken, done))
            is_fine = taken.is_complete and is_done
            code = code if is_fine else FOUND
        ready = list(_ready(paper, folder, is_dry=options.dry_run))
        forms += len(found) + len(ready)
        code = code if found or ready else FOUND
        tell(account(paper, found) + "".join(f"  {line}\n" for line in ready))
    tell(f"{len(options.files)} 个文件，{forms} 张表。\n")
    return code


def _paper(path: Path) -> Paper | Refused:
    try:
        with path.open("rb") as stream:  # of a file that is refused anyway no more than tells so
            return office.read(path.name, stream.read(office.LARGEST_FILE + 1))
    except OSError as error:
        return Refused(path.name, reason(error), "请检查文件名和权限")


def _target(folder: Path, taken: Taken, year: str) -> Path | None:
    """Where a form is written: in the folder of its year; None where its year is not known."""
    if not YEAR.fullmatch(taken.year):
        return None
    inside = folder if year else folder / taken.year
    return inside / f"{taken.stem}.yaml"


def _write(target: Path | None, text: str, *, is_dry: bool) -> tuple[str, bool]:
    """What was done with a text, in words, and whether it now stands where it belongs."""
    if target is None:
        return WITHOUT_YEAR, False
    shown = f"{target.parent.name}/{target.name}"
    if is_dry:
        return f"会新建 {shown}" if not target.exists() else THERE.format(shown), True
    if write_new(target, text.encode()):
        return NEW.format(shown), True
    is_same = target.read_text(encoding="utf-8") == text
    return (SAME if is_same else THERE).format(shown), is_same


def _ready(paper: Paper, folder: Path, *, is_dry: bool) -> Iterator[str]:
    """Write the authors' files that a file of ours carries of itself."""
    for name, text in paper.ready.items():
        stem = Path(name).stem
        year = next((line.partition(":")[2].strip() for line in text.splitlines()
                     if line.startswith("年度:")), "")  # fmt: skip
        target = folder / year / f"{stem}.yaml" if YEAR.fullmatch(year) and is_stem(stem) else None
        yield _write(target, text, is_dry=is_dry)[0]
