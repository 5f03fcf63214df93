"""Which content, and which reports of it, the arguments of a command mean."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from builder.content.folder import TABLES, Entry, entries
from builder.content.names import shown
from builder.diagnostics import Diagnostics, Severity, Span, catalogue
from builder.failures import WrongUsage
from builder.home import SITE


def chosen(folder: Path, paths: Sequence[Path], diagnostics: Diagnostics) -> list[Entry]:
    """The entries of the content folder that `paths` name: files, or folders of them; all
    without paths. Raises WrongUsage for a path that leads to none."""
    found = entries(folder, (), diagnostics)
    if not paths:
        if not found and folder.is_dir():
            at = Span(folder.name)
            diagnostics.report(
                catalogue.NO_REPORTS, at, severity=Severity.WARNING, where="这里", folder=at.file
            )
        return found
    named: dict[Path, Entry] = {}
    for path in paths:
        wanted = path.absolute()
        below = [
            entry
            for entry in found
            if entry.path.absolute() == wanted or wanted in entry.path.absolute().parents
        ]
        if not below and wanted.is_file():
            below = [_outside(path, folder)]
        if not below:
            raise WrongUsage(_nothing_at(path, found))
        named |= {entry.path.absolute(): entry for entry in below}
    return list(named.values())


def _outside(path: Path, folder: Path) -> Entry:
    """A file that is not among the reports, taken for one. Raises WrongUsage for what is none."""
    wanted, content = path.absolute(), folder.absolute()
    what = {content / SITE: "网站设置"}.get(wanted) or {
        content / "profiles": "评分规则",
        content / "layouts": "版式",
        content / TABLES: "上报表的列",
    }.get(wanted.parent)
    if what:
        raise WrongUsage(f"{path} 是{what}，不是自评表；命令后面不写文件，就会连它一起检查")
    if wanted.suffix != ".yaml":
        raise WrongUsage(f"{path} 不是自评表：自评表的文件名以 .yaml 结尾")
    return Entry(path, shown(path, folder), wanted.parent.name, wanted.stem)


def _nothing_at(path: Path, found: Sequence[Entry]) -> str:
    """What to say of a path with no report: one that may have been meant, by its name."""
    if path.is_dir():
        return f"{path} 里没有自评表"
    names = {entry.path.name: entry.path for entry in found}
    names |= {entry.stem: entry.path for entry in found}
    names |= {entry.folder: entry.path.parent for entry in found}
    close = get_close_matches(path.name, names, n=1, cutoff=0.7)
    return f"没有这个文件：{path}" + (f"，是否应为 {names[close[0]]}？" if close else "")
