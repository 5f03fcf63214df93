"""What the name of a file says about what its author meant by it."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from builder.text import usual

# What editors and systems leave behind beside the files of their users.
_LEFTOVER = re.compile(
    r"\..*|~\$.*|#.*#|.*~|.*\.(bak|sw[a-z]|te?mp|orig|rej)|(eh)?thumbs\.db|desktop\.ini|__macosx",
    re.IGNORECASE,
)
# A report by any other name: a.yml, a.ymal, a.yaml.txt, a。yaml
_LIKE_YAML = re.compile(r".*[.。](y[aml]{2,4}|json)(\.[0-9a-z]+)?", re.IGNORECASE)


def folded_path(path: str) -> str:
    """A path as it is compared: some systems part a letter from its accent, and a report's
    file is read with the usual character in the place of one that looks like it."""
    return unicodedata.normalize("NFC", usual(path))


def is_leftover(name: str) -> bool:
    """Whether a file or folder of that name is nobody's work: an editor's copy, a hidden file."""
    return _LEFTOVER.fullmatch(name) is not None


def looks_like_report(path: str) -> bool:
    """Whether a file's name says that somebody meant it for a report or settings."""
    name = unicodedata.normalize("NFKC", path.rpartition("/")[2])
    return _LIKE_YAML.fullmatch(name) is not None and not is_leftover(name)


def shown(path: Path, content: Path) -> str:
    """A file's name for messages: relative to the content folder's parent where it lies inside."""
    try:
        name = path.absolute().relative_to(content.absolute().parent).as_posix()
    except ValueError:
        name = path.as_posix()
    return os.fsencode(name).decode("utf-8", "replace")  # a name may be no text at all
