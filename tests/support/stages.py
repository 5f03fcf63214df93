"""One report in the three stages of its year: `data/stages`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from builder.model import STAGES

__all__ = ["STAGES", "staged"]


@cache
def staged(stage: str) -> str:
    """The text of the file in a stage."""
    path = Path(__file__).parents[1] / "data" / "stages" / f"{stage}.yaml"
    return path.read_text(encoding="utf-8")
