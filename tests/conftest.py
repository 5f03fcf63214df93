"""What several tests need: the five forms built once for a worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from builder.cli import main
from tests.browser import ARGUMENTS, CHROMIUM

ROOT = Path(__file__).parent.parent

# The same examples in every run, whatever else the machine is doing.
settings.register_profile("jixiao", derandomize=True, deadline=None, max_examples=200)
settings.load_profile("jixiao")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that `jixiao build` makes of content/, PDFs and all."""
    output = tmp_path_factory.mktemp("site") / "output"
    assert main(["build", "--content", str(ROOT / "content"), "--output", str(output)]) == 0
    return output


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium instead of a download of its own."""
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}
