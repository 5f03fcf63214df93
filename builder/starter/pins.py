"""What this program was tested with, pinned for a content repository by version and hash."""

from __future__ import annotations

import re
from importlib.metadata import distribution

from builder.failures import EnvironmentFailed

NAME = "jixiao"
LOCK = "extra_metadata/requirements.lock"
HEAD = """\
# jixiao 用到的软件，版本和校验码都固定，各处算出来的才一样。jixiao 自己从 wheels/ 安装，见 README。
# 升级 jixiao 后，删去本文件，再运行 jixiao init，就有新的一份。
"""

_ENTRY = re.compile(r"^(?P<name>[\w.-]+)==(?:.*\n)(?:[ \t]+.*\n)*", re.MULTILINE)
_WHY = re.compile(r"^    #(?: via|  ) (?P<name>\S.*)$", re.MULTILINE)
_COMMENT = re.compile(r"^ +#.*\n", re.MULTILINE)
_ITSELF = f"{NAME} (pyproject.toml)"


def requirements() -> str:
    """requirements.txt: all that this program needs to run, and nothing that only builds it.

    Raises EnvironmentFailed where the installed program has come without its lock.
    """
    lock = distribution(NAME).read_text(LOCK)
    if lock is None:
        raise EnvironmentFailed("装着的 jixiao 不完整，缺少依赖的版本清单；请用安装包重新安装")
    entries = {entry["name"]: entry[0] for entry in _ENTRY.finditer(lock)}
    needed_by = {name: set(_WHY.findall(entry)) for name, entry in entries.items()}
    needed: set[str] = set()
    while more := {n for n, by in needed_by.items() if by & (needed | {_ITSELF})} - needed:
        needed |= more
    return HEAD + "".join(_COMMENT.sub("", entries[name]) for name in sorted(needed))
