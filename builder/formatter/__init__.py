"""YAML text written by us: what is published of a report, the canonical form of a file, and
a project carried into another year, what was found in a file of an office.

In comes a report or an author's text, out goes the text that says the same.
"""

from builder.formatter.canon import canonical
from builder.formatter.carried import carried
from builder.formatter.drafted import drafted
from builder.formatter.public import published

__all__ = ["canonical", "carried", "drafted", "published"]
