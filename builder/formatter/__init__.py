"""YAML text written by us: what is published of a report, and the canonical form of a file.

In comes a report or an author's text, out goes the text that says the same.
"""

from builder.formatter.canon import canonical
from builder.formatter.public import published

__all__ = ["canonical", "published"]
