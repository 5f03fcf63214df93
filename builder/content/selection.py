"""Which content, and which reports of it, the arguments of a command mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from builder.content.folder import SITE, YEAR, Entry, entries, shown
from builder.diagnostics import Diagnostics
from builder.failures import WrongUsage

CONTENT = "content"


def home() -> Path:
    """The folder whose `content/` is meant where nobody says so: the nearest one upwards.

    Somebody in `content/2024` means the content around them, as git means the repository.
    The current folder where there is none.
    """
    try:
        here = Path.cwd()
    except OSError:  # somebody removed it
        return Path()
    if not (here / CONTENT).is_dir():
        for folder in here.parents:
            if _is_content(folder / CONTENT):
                return folder
    return Path()


def _is_content(folder: Path) -> bool:
    try:
        is_ours = (folder / SITE).is_file()
        return is_ours or any(YEAR.fullmatch(path.name) for path in folder.iterdir())
    except OSError:
        return False


def chosen(folder: Path, paths: Sequence[Path], diagnostics: Diagnostics) -> list[Entry]:
    """The entries of the content folder that `paths` name: files, or folders of them; all
    without paths. Raises WrongUsage for a path that leads to none."""
    found = entries(folder, (), diagnostics)
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
            name = shown(path, folder)
            below = [Entry(path, name, wanted.parent.name, wanted.stem)]
        if not below:
            raise WrongUsage(f"没有这个文件：{path}")
        named |= {entry.path.absolute(): entry for entry in below}
    return list(named.values())
