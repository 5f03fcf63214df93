"""The command: what it costs before, and with, the little work that an author waits for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.bench._measure import cpu, say, table, versions

TIMES = 15
ROOT = Path(__file__).parents[2]
COMMAND = "import sys; from builder.cli.main import main; sys.exit(main())"
CASES = (["--help"], ["--version"], ["explain", "C303"], ["check"], ["score"], ["fmt", "--check"])


def seconds(arguments: list[str]) -> float:
    """CPU seconds of one run, from the interpreter's start to its end."""
    before = cpu()
    subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments], cwd=ROOT, capture_output=True, check=True
    )
    return cpu() - before


def main() -> None:
    """Run each command several times, in a process of its own, over the five published forms."""
    say(f"{versions('pydantic', 'ruamel.yaml')}; the median of {TIMES} runs.\n")
    rows = []
    for arguments in CASES:
        seconds(arguments)  # modules are compiled once
        found = [seconds(arguments) for _ in range(TIMES)]
        rows.append([f"jixiao {' '.join(arguments)}", f"{median(found):.2f}", f"{min(found):.2f}"])
    table(["command", "CPU s", "least"], rows)
