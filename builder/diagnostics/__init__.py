"""What can be wrong, as values: where, what, why, and what to do.

Wings below and above report into a `Diagnostics`; out go texts for persons, GitHub, GitLab,
SARIF viewers and programs. `catalogue` holds every rule with an example; no other wing words
a problem of an author.
"""

from builder.diagnostics import catalogue
from builder.diagnostics.manual import rule_entry
from builder.diagnostics.reporters import REPORTERS, WORDS, as_json
from builder.diagnostics.values import (
    Diagnostic,
    Diagnostics,
    Rule,
    Severity,
    Span,
    lines_of,
    place,
)

__all__ = [
    "REPORTERS",
    "WORDS",
    "Diagnostic",
    "Diagnostics",
    "Rule",
    "Severity",
    "Span",
    "as_json",
    "catalogue",
    "lines_of",
    "place",
    "rule_entry",
]
