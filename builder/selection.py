"""Which reports the arguments of a command name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from builder import content
from builder.content import Entry
from builder.diagnostics import Diagnostics


class WrongUsage(Exception):
    """The arguments cannot be meant as they stand; the text says why, in Chinese."""


def chosen(folder: Path, paths: Sequence[Path], diagnostics: Diagnostics) -> list[Entry]:
    """The entries of the content folder that `paths` name: files, or folders of them; all
    without paths. Raises WrongUsage for a path that leads to none."""
    found = content.entries(folder, (), diagnostics)
    if not paths:
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
            name = content.shown(path, folder)
            below = [Entry(path, name, wanted.parent.name, wanted.stem)]
        if not below:
            raise WrongUsage(f"没有这个文件：{path}")
        named |= {entry.path.absolute(): entry for entry in below}
    return list(named.values())
