"""The content folder: what lies where, and what it means as a whole.

In come paths, out go the site's settings, the entries of its years, each report as a
`Document`, and evidence. Also what is known of reports beyond their own text: their addresses
on the site, their summaries, which ones a command means, and who is who on two sides.
"""

from builder.content import addresses
from builder.content.evidence import evidence, unfit_name, unfit_size
from builder.content.folder import (
    LABELS,
    PREFACE,
    SITE,
    THEMES,
    YEAR,
    Entry,
    Settings,
    entries,
    is_stem,
    read,
    report_labels,
    settings,
    shown,
    sort_out,
    understand,
    understand_settings,
)
from builder.content.kinds import kind_of
from builder.content.matching import Pair, Placed, in_order, pair_indicators, pair_reports
from builder.content.materials import Filed, Listing, Materials, listings, on_disk
from builder.content.names import folded_path
from builder.content.prefaces import Preface, prefaces, understand_preface
from builder.content.selection import CONTENT, chosen, home
from builder.content.strays import Strays, in_years
from builder.content.summary import YUAN, Line, Statistics, Summary, grouped, statistics, summarize

__all__ = [
    "CONTENT",
    "LABELS",
    "PREFACE",
    "SITE",
    "THEMES",
    "YEAR",
    "YUAN",
    "Entry",
    "Filed",
    "Line",
    "Listing",
    "Materials",
    "Pair",
    "Placed",
    "Preface",
    "Settings",
    "Statistics",
    "Strays",
    "Summary",
    "addresses",
    "chosen",
    "entries",
    "evidence",
    "folded_path",
    "grouped",
    "home",
    "in_order",
    "in_years",
    "is_stem",
    "kind_of",
    "listings",
    "on_disk",
    "pair_indicators",
    "pair_reports",
    "prefaces",
    "read",
    "report_labels",
    "settings",
    "shown",
    "sort_out",
    "statistics",
    "summarize",
    "understand",
    "understand_preface",
    "understand_settings",
    "unfit_name",
    "unfit_size",
]
