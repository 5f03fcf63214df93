"""What every record is: fields with labels, values that are exact, and decoding.

In come plain values that know their places, out goes a frozen record, or diagnostics where the
values do not fit. `named` reads the settings that a site names: layouts and scoring profiles.
Knows no field of any form: those are in `model`, `layouts`, `scoring` and `theme`.
"""

from builder.records.completing import UNFILLED, completed
from builder.records.decode import decode
from builder.records.likeness import close_to, suggestion
from builder.records.named import FOR_EVER, Kind, Named, Shelf, own_files, shelf
from builder.records.places import fields_at, record_at, type_at
from builder.records.record import Record
from builder.records.values import (
    BLANK,
    NUMBER,
    WEB_ADDRESS,
    Colour,
    Day,
    Figure,
    Line,
    Measure,
    Number,
    OrBlank,
    Reachable,
    Text,
    WebAddress,
    Word,
    Year,
    YesNo,
)

__all__ = [
    "BLANK",
    "FOR_EVER",
    "NUMBER",
    "UNFILLED",
    "WEB_ADDRESS",
    "Colour",
    "Day",
    "Figure",
    "Kind",
    "Line",
    "Measure",
    "Named",
    "Number",
    "OrBlank",
    "Reachable",
    "Record",
    "Shelf",
    "Text",
    "WebAddress",
    "Word",
    "Year",
    "YesNo",
    "close_to",
    "completed",
    "decode",
    "fields_at",
    "own_files",
    "record_at",
    "shelf",
    "suggestion",
    "type_at",
]
