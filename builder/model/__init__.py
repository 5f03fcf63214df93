"""A performance report as its author means it, and a site: frozen records, fields and labels.

A field's Chinese label stands here and nowhere else: it is the key in the author's file,
the word in messages, the title in the JSON Schema, the heading in tables and the name in
the data dictionary. Values are exact: texts, `Decimal`, `date`; never a float.
"""

from builder.model.beyond import BEYOND, BEYOND_COLUMNS, BEYOND_TOLD, STEP, numbered
from builder.model.bounds import is_in_bounds
from builder.model.keys import labels
from builder.model.levels import GROUPS, as_written, place
from builder.model.naming import names_are_free
from builder.model.planned import planned
from builder.model.report import (
    TOTAL_ROW,
    Amounts,
    Declared,
    Disclosure,
    Evidence,
    Goals,
    Indicator,
    Report,
    Share,
    Waiver,
    WholeReport,
)
from builder.model.shape import cells, extras, report_on, unmeasured, values
from builder.model.site import Contact, Site
from builder.model.stages import (
    REVIEW,
    SELF,
    STAGES,
    TARGET,
    Approval,
    Approved,
    Cancelled,
    Recheck,
    Review,
    Stage,
)

__all__ = [
    "BEYOND",
    "BEYOND_COLUMNS",
    "BEYOND_TOLD",
    "GROUPS",
    "REVIEW",
    "SELF",
    "STAGES",
    "STEP",
    "TARGET",
    "TOTAL_ROW",
    "Amounts",
    "Approval",
    "Approved",
    "Cancelled",
    "Contact",
    "Declared",
    "Disclosure",
    "Evidence",
    "Goals",
    "Indicator",
    "Recheck",
    "Report",
    "Review",
    "Share",
    "Site",
    "Stage",
    "Waiver",
    "WholeReport",
    "as_written",
    "cells",
    "extras",
    "is_in_bounds",
    "labels",
    "names_are_free",
    "numbered",
    "place",
    "planned",
    "report_on",
    "unmeasured",
    "values",
]
