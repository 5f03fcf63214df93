"""Which content a command means where nobody says so, found before anything else is imported."""

from __future__ import annotations

import re
from pathlib import Path

CONTENT = "content"
SITE = "site.yaml"
YEAR = re.compile(r"(19|20)[0-9]{2}")


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
