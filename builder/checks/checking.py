"""All checks, one after the other.

Each is one function over an `Inspection`; the tuples in the modules are the lists.
"""

from __future__ import annotations

from builder.checks import (
    disclosure,
    execution,
    indicators,
    money,
    places,
    points,
    rates,
    reasons,
    recheck,
    satisfaction,
    scores,
    shape,
    splitting,
    stages,
    targets,
    templates,
    texts,
    weights,
)
from builder.checks.inspection import Inspection
from builder.checks.lengths import lengths
from builder.diagnostics import Diagnostics
from builder.scoring import Document

CHECKS = (
    *shape.CHECKS,
    *stages.CHECKS,
    *recheck.CHECKS,
    *weights.CHECKS,
    *money.CHECKS,
    *splitting.CHECKS,
    *scores.CHECKS,
    *execution.CHECKS,
    *reasons.CHECKS,
    *templates.CHECKS,
    *indicators.CHECKS,
    *targets.CHECKS,
    *points.CHECKS,
    *rates.CHECKS,
    *places.CHECKS,
    *satisfaction.CHECKS,
    *texts.CHECKS,
    *disclosure.CHECKS,
)


def check(
    document: Document,
    diagnostics: Diagnostics,
    *,
    release: bool = False,
    review_required: bool = False,
) -> None:
    """Run every check; under `release` the rules of release count as errors.

    `review_required` is the site's word that a review date is needed before publishing.
    """
    inspection = Inspection(document, diagnostics, release, review_required)
    for function in CHECKS:
        function(inspection)
    lengths(document, diagnostics)
