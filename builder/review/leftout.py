"""How much a review keeps to itself."""

from __future__ import annotations

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How much a review does not tell because it is not for the public: withheld reports, edits
    of private fields, internal 佐证材料, and problems of all these, new errors among them."""

    reports: int = 0
    edits: int = 0
    evidence: int = 0
    problems: int = 0
    errors: int = 0

    def __add__(self, other: LeftOut) -> LeftOut:
        return LeftOut(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def __bool__(self) -> bool:
        return any(astuple(self))
