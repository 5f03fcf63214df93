"""What a report is worth: targets and results understood, rules applied, points summed.

In come a report and a `Profile`, out goes a `Scorecard` of exact decimals, and how each figure
came about, in sentences. A region's rules are data: `profiles/*.yaml`.
"""

from builder.scoring.adjustment import adjustment, cancellation
from builder.scoring.columns import split_target
from builder.scoring.deviation import (
    deviates,
    execution_deviates,
    execution_needs_reason,
    missed,
    reason_of,
)
from builder.scoring.document import Document
from builder.scoring.explanation import explain
from builder.scoring.funds import FundLine, groups, making_the_total, typed, worked_out
from builder.scoring.kinds import is_cost, is_little, is_rate
from builder.scoring.losses import EXECUTION, Loss, Losses, losses
from builder.scoring.notation import normalized, read_result, read_target
from builder.scoring.profile import PROFILES, SPENDING, WHOLE, Profile, Profiles, Rounding
from builder.scoring.recheck import gap, rechecked
from builder.scoring.remedy import Remedy, names_measures, told_apart
from builder.scoring.ruling import HUNDRED, ZERO, Method, within
from builder.scoring.scorecard import Points, Scorecard, score
from builder.scoring.staged import apart
from builder.scoring.target import (
    NOTHING,
    Amount,
    Bound,
    Comparator,
    Deadline,
    NotApplicable,
    Quality,
    Range,
    plain,
)
from builder.scoring.units import Doubt, Pair, paired, side_by_side

__all__ = [
    "EXECUTION",
    "HUNDRED",
    "NOTHING",
    "PROFILES",
    "SPENDING",
    "WHOLE",
    "ZERO",
    "Amount",
    "Bound",
    "Comparator",
    "Deadline",
    "Document",
    "Doubt",
    "FundLine",
    "Loss",
    "Losses",
    "Method",
    "NotApplicable",
    "Pair",
    "Points",
    "Profile",
    "Profiles",
    "Quality",
    "Range",
    "Remedy",
    "Rounding",
    "Scorecard",
    "adjustment",
    "apart",
    "cancellation",
    "deviates",
    "execution_deviates",
    "execution_needs_reason",
    "explain",
    "gap",
    "groups",
    "is_cost",
    "is_little",
    "is_rate",
    "losses",
    "making_the_total",
    "missed",
    "names_measures",
    "normalized",
    "paired",
    "plain",
    "read_result",
    "read_target",
    "reason_of",
    "rechecked",
    "score",
    "side_by_side",
    "split_target",
    "told_apart",
    "typed",
    "within",
    "worked_out",
]
