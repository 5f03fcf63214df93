"""The versions that are at work here, pinned for a content repository."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution, version

NAME = "jixiao"
HEAD = """\
# jixiao 和它用到的软件，版本固定，各处算出来的才一样。升级时改第一行的版本，删去其余各行，安装后
# 用 pip freeze 重新列出。jixiao 若以安装包（.whl 文件）提供，请放进 wheels/ 文件夹。
--find-links wheels
"""

_REQUIREMENT = re.compile(r"([\w.-]+)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")


def requirements() -> str:
    """requirements.txt: this program first, then all that it needs, by name."""
    needed: set[tuple[str, str]] = set()
    _follow(NAME, "", needed)
    names = sorted({name for name, _ in needed} - {NAME})
    return HEAD + "".join(f"{name}=={version(name)}\n" for name in (NAME, *names))


def _follow(name: str, extra: str, needed: set[tuple[str, str]]) -> None:
    """Add a package, with all that it needs for `extra` ("" for what it always needs)."""
    if (name, extra) in needed:
        return
    try:
        requires = distribution(name).requires or ()
    except PackageNotFoundError:  # needed on another system, or by another Python
        return
    needed.add((name, extra))
    for text in requires:
        requirement, _, marker = text.partition(";")
        condition = _EXTRA.search(marker)
        if (condition[1] if condition else "") != extra:
            continue
        if found := _REQUIREMENT.match(requirement):
            child = re.sub(r"[-_.]+", "-", found[1]).lower()
            for part in ("", *(found[2] or "").split(",")):
                _follow(child, part.strip(), needed)
