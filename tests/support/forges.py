"""What a forge does with the workflows of a content repository, as far as shells are asked.

Actions are passed over, expressions are filled in; which scripts there are, in which order, with
which variables and how deep a clone, is read from the files that `jixiao init` writes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

GITHUB = ".github/workflows/jixiao.yml"
GITLAB = ".gitlab-ci.yml"
GITEE_CHECK = ".workflow/jixiao-check.yml"
GITEE_PUBLISH = ".workflow/jixiao-publish.yml"

# Programs that images have and test machines may not; each notes what it was asked.
STUB = '#!/bin/sh\nprintf "%s\\n" "${0##*/} $*" >> "$ASKED"\n'


@dataclass(frozen=True, slots=True)
class Script:
    """What a forge hands to one shell; `shell` are the shell's own words."""

    text: str
    variables: Mapping[str, str] = field(default_factory=dict)
    shell: tuple[str, ...] = ("sh", "-e", "-c")


def workflow(folder: Path, name: str) -> Any:
    """A workflow of the repository in `folder`, as plain values."""
    return YAML(typ="safe", pure=True).load(folder / name)


def depth(flow: Any, job: str) -> int:
    """How many commits a forge fetches for a job; 0 for all. Gitee does as it likes: 1."""
    if "jobs" in flow:
        uses = (step.get("with", {}) for step in flow["jobs"][job]["steps"] if "uses" in step)
        return int(next(uses).get("fetch-depth", 1))
    return int(flow["variables"].get("GIT_DEPTH", 20)) if "variables" in flow else 1


def scripts(flow: Any, job: str, values: Mapping[str, str]) -> Iterator[Script]:
    """The scripts of a job; `values` fill GitHub's expressions, by their text."""
    if "jobs" in flow:  # GitHub
        of_all = _filled(flow.get("env", {}), values)
        for step in flow["jobs"][job]["steps"]:
            if "run" in step:
                own = of_all | _filled(step.get("env", {}), values)
                assert "${{" not in step["run"], "an expression in a script is code of strangers"
                yield Script(step["run"], own, ("bash", "-e", "-c"))
    elif job in flow:  # GitLab
        variables = {key: f"{value}" for key, value in flow["variables"].items()}
        yield Script("\n".join(flow[job]["script"]), variables)
    else:  # Gitee
        (step,) = (s for stage in flow["stages"] for s in stage["steps"] if "commands" in s)
        yield Script("\n".join(step["commands"]))


def _filled(variables: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Variables with each `${{ expression }}` replaced; one that nobody set is empty."""
    return {
        key: re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda found: values.get(found[1], ""), text)
        for key, text in variables.items()
    }


class Runner:
    """A machine with an empty Python of its own, git and a shell; no network, no jixiao.

    What jixiao needs lies beside, as an index would give it; jixiao itself does not.
    """

    def __init__(self, folder: Path, empty: Path, needed: Path) -> None:
        """`empty` is a virtual environment to copy, `needed` a folder of packages."""
        self.folder = folder
        self._python = folder / "python"
        subprocess.run(["cp", "-a", empty, self._python], check=True)
        stubs = folder / "stubs"
        stubs.mkdir()
        for name in ("gh", "curl", "sudo", "apt-get"):
            (stubs / name).write_text(STUB, encoding="utf-8")
            (stubs / name).chmod(0o755)
        for name in ("paths", "asked", "summary.md"):
            (folder / name).write_text("", encoding="utf-8")
        (folder / "home").mkdir()
        self._path = f"{self._python / 'bin'}:{stubs}:/usr/local/bin:/usr/bin:/bin"
        self.environment = {
            "HOME": str(folder / "home"), "LANG": "C.UTF-8", "PYTHONPATH": str(needed),
            "ASKED": str(folder / "asked"), "PIP_NO_INDEX": "1", "PIP_NO_CACHE_DIR": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1", "GIT_CONFIG_SYSTEM": os.devnull,
            "GITHUB_PATH": str(folder / "paths"), "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "RUNNER_TEMP": str(folder),
        }  # fmt: skip

    def run(
        self, script: Script, where: Path, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a script in `where`, as the next one after those before."""
        before = "".join(f"{p}:" for p in (self.folder / "paths").read_text("utf-8").split())
        return subprocess.run(
            [*script.shell, script.text], cwd=where, capture_output=True, text=True,
            encoding="utf-8", check=False,
            env={**self.environment, "PATH": before + self._path, **script.variables, **variables},
        )  # fmt: skip

    @property
    def asked(self) -> str:
        """What programs outside were asked, a line each."""
        return (self.folder / "asked").read_text(encoding="utf-8")


def packages_without(name: str, folder: Path) -> None:
    """Links in `folder` to the packages of this very Python: all but `name` and installers."""
    installed = Path(next(p for p in sys.path if p.endswith("site-packages")))
    folder.mkdir()
    for path in installed.iterdir():
        if not re.match(rf"(_|__editable__\W*)?({name}|pip|setuptools|distutils)\b", path.name):
            (folder / path.name).symlink_to(path)
