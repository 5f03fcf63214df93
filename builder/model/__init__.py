"""A performance report as its author means it: frozen records, fields and labels.

A field's Chinese label stands here and nowhere else: it is the key in the author's file,
the word in messages, the title in the JSON Schema, the heading in tables and the name in
the data dictionary. Values are exact: texts, `Decimal`, `date`; never a float.
"""

from __future__ import annotations

from pydantic.fields import FieldInfo

from builder.model.record import Record
from builder.model.report import (
    TOTAL_ROW,
    Amounts,
    Declared,
    Disclosure,
    Evidence,
    Goals,
    Groups,
    Indicator,
    Report,
)
from builder.model.site import Binding, Contact, Site
from builder.model.values import NUMBER, WEB_ADDRESS, Number, Text, YesNo

__all__ = [
    "NUMBER",
    "TOTAL_ROW",
    "WEB_ADDRESS",
    "Amounts",
    "Binding",
    "Contact",
    "Declared",
    "Disclosure",
    "Evidence",
    "Goals",
    "Groups",
    "Indicator",
    "Number",
    "Record",
    "Report",
    "Site",
    "Text",
    "YesNo",
    "labels",
]


def labels() -> frozenset[str]:
    """Every key that an author's file or site.yaml may have, but for open ones (rows, groups)."""
    records = (
        Amounts,
        Goals,
        Indicator,
        Evidence,
        Disclosure,
        Declared,
        Report,
        Contact,
        Binding,
        Site,
    )
    fields: list[FieldInfo] = [f for record in records for f in record.model_fields.values()]
    return frozenset(field.alias for field in fields if field.alias)
