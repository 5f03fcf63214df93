"""What is left of a report that was public and is no longer (撤回)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from builder.content import addresses
from builder.model import REVIEW, SELF, TARGET, Stage
from builder.scoring import Document


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Its name, the day and what the office says of it: no figure, no other text."""

    year: int
    stem: str
    name: str
    day: date | None
    notice: str
    stages: tuple[Stage, ...] = (SELF,)
    """Those of which there was a table, the own page's first."""

    @classmethod
    def of(cls, document: Document) -> Withdrawn | None:
        """What is kept of a report whose 范围 is 撤回; None of any other."""
        report, disclosure = document.report, document.report.disclosure
        if not (report.is_withdrawn and document.is_whole):
            return None
        notice = disclosure.notice or ""
        stages: list[Stage] = [SELF]
        stages += [TARGET] if report.is_planned or report.approval else []
        stages += [REVIEW] if report.review else []
        year, stem = report.year, document.stem
        return cls(year, stem, report.name, disclosure.withdrawn, notice, tuple(stages))

    @property
    def pages(self) -> tuple[str, ...]:
        """The addresses where it was, and where a page now says that it is gone."""
        return tuple(addresses.report_page(self.year, self.stem, stage) for stage in self.stages)
