"""YAML text written by us: what is published of a report, and the canonical form of a file."""

from builder.formatter.canon import canonical
from builder.formatter.public import published

__all__ = ["canonical", "published"]
