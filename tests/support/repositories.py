"""Small real git repositories, the same on every machine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from builder.review.history import Repository, repository

RULES = """基于: 上海市级
名称: 本地
说明: 本地。
预算执行:
  分值: %s
  执行率: {小数位: 2, 舍入: 截断}
  得分: {小数位: 2, 舍入: 四舍五入, 依据: 精确比值}
"""
"""A profile of a site's own, with the points of 预算执行 still to be said."""

SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@dataclass(frozen=True, slots=True)
class Made:
    """A repository with content in `content/`, and what tests do with it."""

    root: Path

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.root / "content"

    @property
    def door(self) -> Repository:
        """The repository as the builder sees it."""
        return repository(self.content)

    def git(self, *arguments: str, day: int = 1, author: str = "张三") -> str:
        """Run git here, on a day of January 2025, as `author`."""
        who = {
            "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": author, "GIT_COMMITTER_EMAIL": "a@example.org",
            "GIT_AUTHOR_DATE": f"2025-01-{day:02}T12:00:00+0800",
            "GIT_COMMITTER_DATE": f"2025-01-{day:02}T12:00:00+0800",
        }  # fmt: skip
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments],
            env=kept | SETTINGS | who, check=True, capture_output=True, encoding="utf-8",
        )  # fmt: skip
        return done.stdout

    def write(self, files: Mapping[str, str | None]) -> None:
        """Files of the content folder; None removes one."""
        for name, text in files.items():
            path = self.content / name
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")

    def commit(self, files: Mapping[str, str | None], day: int = 1, author: str = "张三") -> str:
        """Write and commit; the id of the commit."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "x", day=day, author=author)
        return self.git("rev-parse", "HEAD").strip()


def make(root: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """An empty repository at `root`; the builder's own git sees no settings of the machine."""
    for key in tuple(os.environ):
        if key.startswith("GIT_"):
            monkeypatch.delenv(key)
    for key, value in SETTINGS.items():
        monkeypatch.setenv(key, value)
    root.mkdir(parents=True, exist_ok=True)
    made = Made(root)
    made.git("init", "--quiet", "--initial-branch=main")
    return made
