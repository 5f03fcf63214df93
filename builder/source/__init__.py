"""Read a YAML file into plain values that remember where they were written.

In come bytes, out goes a `Source`, whose scalars are still text; slips of the pen and what could
surprise a reader or exhaust a machine are reported with their places.
"""

from builder.source.blemishes import tell as tell_blemishes
from builder.source.encoding import decoded
from builder.source.reading import (
    MAX_BYTES,
    Source,
    from_bytes,
    parse,
    read,
    read_bytes,
    read_text,
    without_blanks,
)
from builder.source.spans import Location, Spans, Value

__all__ = [
    "MAX_BYTES",
    "Location",
    "Source",
    "Spans",
    "Value",
    "decoded",
    "from_bytes",
    "parse",
    "read",
    "read_bytes",
    "read_text",
    "tell_blemishes",
    "without_blanks",
]
