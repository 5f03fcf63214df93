"""Which revisions of a report are corrections: what changed after it had been made public.

A version with results is public from its own 发布日期 on; where it says none, from that which the
site said at the time, if that lies after the year of the report: the day of last year's batch says
nothing of drafts of the next. A report that was public once stays so, whatever day is written
later, also while it is withdrawn. A revision corrects if it is of a later day than that on which
one of the versions before it was public. So the first public version is never a correction, nor
what was changed on the day of publication, and where no day is known nothing is.

Of such revisions those that change a figure are 更正, others 文字修改. A step to another stage is
neither; what else was changed with it is.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from builder.model import Report, Site

Kind = Literal["", "更正", "文字修改"]
FIGURES: Kind = "更正"
WORDS: Kind = "文字修改"


class Publicity:
    """Whether a report was public, as its versions go by, the oldest first."""

    def __init__(self) -> None:
        self._is_public = False

    def until(self, day: date, report: Report, site: Site) -> bool:
        """Whether the report was public before `day`, on which a next version took the place of
        `report`; `site` is what held for it."""
        since = _published(report, site)
        self._is_public |= since is not None and since < day
        return self._is_public


def kind_of(*, is_public: bool, is_step: bool, has_figures: bool) -> Kind:
    """What a revision is that was made when the report `is_public`."""
    if not is_public:
        return ""
    if has_figures:
        return FIGURES
    return "" if is_step else WORDS


def _published(report: Report, site: Site) -> date | None:
    if report.is_planned:
        return None
    if report.published:
        return report.published
    is_of_batch = site.published is not None and site.published.year > report.year
    return site.published if is_of_batch else None
