"""Pages over many reports, as templates see them."""

from __future__ import annotations

from dataclasses import dataclass

from builder.views.page import Download, Link, PagerView
from builder.views.pictures import Pictures
from builder.views.table import PROJECTS, Noun, TableView
from builder.views.tally import GroupView, StatisticsView
from builder.views.whole import WholeView

NO_PICTURES = Pictures()


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """All departments, each with its units; `year` is that of all figures, if they have one."""

    year: str
    departments: tuple[tuple[GroupView, tuple[GroupView, ...]], ...]
    noun: Noun


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page of the search: what leads on without words, and without a script."""

    departments: tuple[GroupView, ...]
    years: tuple[GroupView, ...]
    noun: Noun


@dataclass(frozen=True, slots=True)
class ListingView:
    """A year, a department or a unit: statistics of `period`, then one table for each year.

    `whole` is what the office spends as a whole, `wholes` are tables of such forms; `planned` are
    tables of targets that have no results yet; `wides` lead to the targets of whole units.
    `answer` are sentences in pieces, some of which lead to a report.
    """

    name: str
    lead: str
    period: str
    statistics: StatisticsView
    departments: tuple[GroupView, ...]
    units: tuple[GroupView, ...]
    tables: tuple[TableView, ...]
    comparisons: tuple[Link, ...] = ()
    downloads: tuple[Download, ...] = ()
    pager: PagerView | None = None
    whole: WholeView | None = None
    wholes: tuple[TableView, ...] = ()
    planned: tuple[TableView, ...] = ()
    wides: tuple[Link, ...] = ()
    noun: Noun = PROJECTS
    answer: tuple[Link, ...] = ()
    pictures: Pictures = NO_PICTURES
