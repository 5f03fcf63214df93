"""The content folder: what lies where, and what it means as a whole.

In come paths, out go the site's settings, the entries of its years, each report as a
`Document`, and evidence. Also what is known of reports beyond their own text: their addresses
on the site, their summaries, which ones a command means, and who is who on two sides.
"""

from builder.content import addresses
from builder.content.continued import Course, courses, with_results
from builder.content.evidence import evidence, unfit_name, unfit_size
from builder.content.folder import (
    PREFACE,
    TABLES,
    THEMES,
    Entry,
    entries,
    is_stem,
    read,
    sort_out,
)
from builder.content.kinds import kind_of
from builder.content.matching import (
    Pair,
    Placed,
    folded,
    in_order,
    kind_name,
    pair_indicators,
    pair_over_years,
    pair_reports,
    timeless,
)
from builder.content.materials import (
    Filed,
    Listing,
    Materials,
    listings,
    looked_at,
    on_disk,
)
from builder.content.names import folded_path, shown
from builder.content.prefaces import Preface, prefaces, understand_preface
from builder.content.register import (
    Deviation,
    Later,
    deviations_in,
    deviations_of,
    earlier_deviations,
    short_lines,
)
from builder.content.rules import Rules, by_profile, rules_of
from builder.content.selection import chosen
from builder.content.settings import (
    LABELS,
    RULE_LABELS,
    RULES,
    Settings,
    built_in_settings,
    report_labels,
    settings,
    understand_settings,
)
from builder.content.strays import Strays, in_years, named_files
from builder.content.summary import YUAN, Line, Summary, grouped, summarize
from builder.content.sums import Statistics, counted, disjoint, mean, statistics
from builder.content.understanding import (
    approved,
    disclosed,
    make_out,
    other_tables,
    understand,
)
from builder.content.withdrawn import Withdrawn
from builder.home import CONTENT, SITE, YEAR, home

__all__ = [
    "CONTENT",
    "LABELS",
    "PREFACE",
    "RULES",
    "RULE_LABELS",
    "SITE",
    "TABLES",
    "THEMES",
    "YEAR",
    "YUAN",
    "Course",
    "Deviation",
    "Entry",
    "Filed",
    "Later",
    "Line",
    "Listing",
    "Materials",
    "Pair",
    "Placed",
    "Preface",
    "Rules",
    "Settings",
    "Statistics",
    "Strays",
    "Summary",
    "Withdrawn",
    "addresses",
    "approved",
    "built_in_settings",
    "by_profile",
    "chosen",
    "counted",
    "courses",
    "deviations_in",
    "deviations_of",
    "disclosed",
    "disjoint",
    "earlier_deviations",
    "entries",
    "evidence",
    "folded",
    "folded_path",
    "grouped",
    "home",
    "in_order",
    "in_years",
    "is_stem",
    "kind_name",
    "kind_of",
    "listings",
    "looked_at",
    "make_out",
    "mean",
    "named_files",
    "on_disk",
    "other_tables",
    "pair_indicators",
    "pair_over_years",
    "pair_reports",
    "prefaces",
    "read",
    "report_labels",
    "rules_of",
    "settings",
    "short_lines",
    "shown",
    "sort_out",
    "statistics",
    "summarize",
    "timeless",
    "understand",
    "understand_preface",
    "understand_settings",
    "unfit_name",
    "unfit_size",
    "with_results",
]
