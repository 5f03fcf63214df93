"""What this machine has for jixiao, what it lacks, and how to get that: `jixiao doctor`."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from builder.output import OutputError
from builder.pdf import fonts, library
from builder.pipeline import machine
from builder.review import GitError, git


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `problem` says what is wrong with it and what to do."""

    name: str
    told: str = ""
    problem: str = ""
    is_needed: bool = True
    """Whether a build fails without it."""

    @property
    def fails(self) -> bool:
        """Whether something is amiss without which a build fails."""
        return bool(self.problem) and self.is_needed

    def __str__(self) -> str:
        mark = "×" if self.fails else "!" if self.problem else "√"
        return f"{mark} {self.name}：{self.problem or self.told}"


def examine() -> Iterator[Finding]:
    """Look at everything that a command may need."""
    yield Finding("jixiao", f"{version('jixiao')}，Python {platform.python_version()}")
    # ruamel.yaml falls back to Python in silence; our reader needs the events of the C library.
    lacks_c = find_spec("_ruamel_yaml") is None
    how = "缺少 ruamel.yaml.clib，读不了自评表；请重新安装 jixiao"
    yield Finding("读取 YAML", f"ruamel.yaml {version('ruamel.yaml')}", how if lacks_c else "")
    try:
        told = "，".join(f"{name} {number}" for name, number in library.versions().items())
        yield Finding("打印 PDF", told)
    except OutputError as error:
        yield Finding("打印 PDF", problem=f"{error}")
    faces = "、".join(face.path.name for face in fonts.installed())
    how = "没有后备字体，主题字体以外的生僻字会报错；Debian、Ubuntu 上可安装 fonts-noto-cjk"
    yield Finding("生僻字", faces, "" if faces else how, is_needed=False)
    try:
        yield Finding("比较版本", git.run(Path(), ["version"]).stdout.decode().strip())
    except GitError as error:
        how = f"{error}；没有它就没有 jixiao diff 和修订记录"
        yield Finding("比较版本", problem=how, is_needed=False)
    yield Finding("同时工作", _capacity())


def _capacity() -> str:
    left = machine.memory()
    memory = "内存未知" if left is None else f"可用内存 {left / 2**30:.1f} GiB"
    return f"{machine.processors()} 个处理器，{memory}；build 默认用 {machine.jobs()} 个进程"
