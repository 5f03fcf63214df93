"""What several tests need: sites that are built once in a run."""

from __future__ import annotations

import gc
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import simplejson
from hypothesis import settings

from builder.cli.main import main
from builder.cli.verbs import build as build_verb
from builder.pipeline import garbage, machine
from builder.theme import theme
from tests.support.browser import ARGUMENTS, CHROMIUM
from tests.support.corpus import write_years
from tests.support.shared import once
from tests.support.stages import staged
from tests.support.volumes import Volume, build, write_content
from tests.support.wholes import WHOLE

MANY = 42
PROJECTS, YEARS = 24, (2022, 2023, 2024)
ROOT = Path(__file__).parent.parent

# The same examples in every run, whatever else the machine is doing; `make proof` tries more.
settings.register_profile("jixiao", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("proof", derandomize=True, deadline=None, max_examples=500)
settings.load_profile("jixiao")


def fingerprint(folder: Path) -> str:
    """One hash over every path and byte below a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(path.relative_to(folder).as_posix().encode())
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def pytest_collection_finish() -> None:
    """What thousands of tests were collected from lives as long as they do: no search for garbage
    goes through it again."""
    gc.collect()
    gc.freeze()


class Young:
    """`gc` for builds in this process, which look for garbage in what came since the last time."""

    enable, disable = staticmethod(gc.enable), staticmethod(gc.disable)

    def collect(self) -> None:
        gc.collect(1)

    def freeze(self) -> None:
        """Nothing: what is older is not looked at."""

    unfreeze = freeze


@pytest.fixture(scope="session", autouse=True)
def quick_builds() -> Iterator[None]:
    """The hundreds of sites that are built in this process share what no site changes: the code
    of templates, by their text, and what is alive all the time. Nor does any start workers that
    it was not told to: a test already runs on each processor."""
    known: dict[tuple[object, ...], Any] = {}
    compiles = theme._Sandbox.compile

    def compiled(self: Any, *source: Any) -> Any:
        if source not in known:
            known[source] = compiles(self, *source)
        return known[source]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(theme._Sandbox, "compile", compiled)
        patch.setattr(garbage, "gc", Young())
        patch.setattr(machine, "processors", lambda: 1)
        yield


@pytest.fixture(autouse=True)
def own_cache(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No test takes what another one made: it may have changed what makes it."""
    name = hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]
    monkeypatch.setattr(build_verb, "CACHE", f"{tmp_path_factory.getbasetemp()}/cache-{name}")


@pytest.fixture(scope="session")
def distributed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make dist` makes of this checkout."""

    def make(folder: Path) -> None:
        subprocess.run(
            ["sh", ROOT / "release/dist.sh", folder],
            env={**os.environ, "PYTHON": sys.executable}, check=True, capture_output=True,
        )  # fmt: skip

    return once(tmp_path_factory, "dist", make)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that `jixiao build` makes of content/, PDFs and all."""

    def make(folder: Path) -> None:
        options = ["--output", str(folder / "output"), "--cache", str(folder / "cache")]
        assert main(["build", "--content", str(ROOT / "content"), *options]) == 0

    return once(tmp_path_factory, "published", make, "output")


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of so many reports that its volume has all that a volume may have."""

    def make(folder: Path) -> None:
        write_content(folder / "content", MANY, "主办单位: 某市财政局\n发布日期: 2025-08-20\n")
        build(folder)

    return once(tmp_path_factory, "many", make, "output")


@pytest.fixture(scope="session")
def volume(many: Path) -> Volume:
    """The bound volume of that site."""
    return Volume(many / "2024/compendium.pdf")


@pytest.fixture(scope="session")
def reports(many: Path) -> list[Any]:
    """What that site publishes of every report."""
    found = [
        simplejson.loads(path.read_text(encoding="utf-8"), use_decimal=True)
        for path in sorted(many.glob("2024/*/report.json"))
    ]
    assert len(found) == MANY
    return found


@pytest.fixture(scope="session")
def years_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of projects over three years; beside them a form about a whole office and a table
    of targets."""

    def make(folder: Path) -> None:
        write_years(folder / "content", PROJECTS, YEARS)
        (folder / "content/2024/zhengti.yaml").write_text(WHOLE, "utf-8")
        (folder / "content/2024/mubiao.yaml").write_text(staged("目标"), "utf-8")
        build(folder, "--no-pdf")

    return once(tmp_path_factory, "years", make, "output")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium instead of a download of its own."""
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}
