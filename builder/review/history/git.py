"""Run git so that it does nothing but tell.

Revisions and paths travel as arguments behind `--end-of-options`, never as shell text; no
setting makes git run a program: hooks, pagers, external diffs, text conversion and file system
monitors are switched off, nothing is fetched (a clone without all objects would start ssh and
helpers), and git never looks into the working tree, where filters would run. Working tree,
index and settings are never written.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from builder.failures import EnvironmentFailed, reason

_OPTIONS = (
    "--no-pager", "--literal-pathspecs",
    "-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}",
    "-c", "color.ui=false", "-c", "diff.renameLimit=1000",
    # A folder of the content that is laid out as a repository is not taken for one.
    "-c", "safe.bareRepository=explicit",
)  # fmt: skip
# What decides which objects are seen, and whose settings hold. All else would lead git astray:
# inside a hook, GIT_DIR and GIT_INDEX_FILE belong to the caller.
_KEPT = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CEILING_DIRECTORIES", "GIT_CONFIG_", "GIT_EXEC_PATH",
    "GIT_OBJECT_DIRECTORY",
)  # fmt: skip


class GitError(EnvironmentFailed):
    """git is missing or fails; the text says how, in Chinese."""


def run(
    folder: Path, arguments: Iterable[str], data: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """What git says in `folder` to `arguments`, its exit code included. Raises GitError."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("GIT_") or key.startswith(_KEPT)
    }
    quiet = {
        "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "",  # the latter for git before 2.44
    }  # fmt: skip
    command = ["git", "-C", str(folder), *_OPTIONS, *arguments]
    try:
        return subprocess.run(
            command, input=data, capture_output=True, env=kept | quiet | {"LC_ALL": "C"},
            check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise GitError("没有找到 git，请先安装 git 再试") from None
    except ValueError:  # a NUL inside an argument: no revision has one
        return subprocess.CompletedProcess(command, 1, b"", b"")
    except OSError as error:
        raise GitError(f"git 运行不了：{reason(error)}") from error
