"""Run the measurements named on the command line, or all."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

names = sys.argv[1:] or sorted(
    path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_")
)
for name in names:
    sys.stdout.write(f"== {name}\n")
    import_module(f"tests.bench.{name}").main()
