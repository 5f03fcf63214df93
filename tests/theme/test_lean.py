"""Scripts are sent smaller, and say the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.theme.lean import lean
from builder.theme.theme import BUILT_IN

SCRIPTS = sorted((BUILT_IN / "official/assets").glob("*.js"))


def test_only_what_nobody_runs_is_left_out() -> None:
    script = (
        '/* What it is\n   and why: "a". */\n"use strict";\n\n  /** One. */\n'
        '  const a = "http://x /* y */"; // stays\n  // goes\n    const b = /\\/*/; /* stays */\n'
    )
    assert lean(script) == (
        '"use strict";\nconst a = "http://x /* y */"; // stays\nconst b = /\\/*/; /* stays */\n'
    )


def code(script: str) -> Iterator[str]:
    """The lines of a script outside of comments, by going through them one by one."""
    is_inside = False
    for line in map(str.strip, script.splitlines()):
        is_inside = is_inside or line.startswith("/*")
        if line and not is_inside and not line.startswith("//"):
            yield line
        is_inside = is_inside and not line.endswith("*/")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_line_of_code_is_sent(path: Path) -> None:
    script = path.read_text("utf-8")
    assert lean(script).splitlines() == list(code(script))
    assert len(lean(script)) < len(script)


def test_a_text_over_lines_is_not_touched() -> None:
    with pytest.raises(ValueError, match="over lines"):
        lean("const a = `x\n  // y`;\n")
