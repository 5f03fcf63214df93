"""Every key that authors may write: what a reader of slips needs to know."""

from __future__ import annotations

from pydantic.fields import FieldInfo

from builder.model.report import (
    Amounts,
    Declared,
    Disclosure,
    Evidence,
    Goals,
    Indicator,
    Report,
    Share,
    Waiver,
)
from builder.model.site import Binding, Contact, Site
from builder.model.stages import Approval, Approved, Cancelled, Recheck, Review


def labels() -> frozenset[str]:
    """Every key that an author's file or site.yaml may have, but for open ones (rows, groups)."""
    records = (
        Amounts,
        Goals,
        Indicator,
        Share,
        Evidence,
        Disclosure,
        Waiver,
        Declared,
        Approval,
        Approved,
        Cancelled,
        Recheck,
        Review,
        Report,
        Contact,
        Binding,
        Site,
    )
    fields: list[FieldInfo] = [f for record in records for f in record.model_fields.values()]
    return frozenset(field.alias for field in fields if field.alias)
