"""Checks on a whole report: does it agree with itself, its profile and the rules of disclosure?

In comes a `Document`, out go diagnostics. What is wrong with a single field is found earlier,
in `records`.
"""

from builder.checks.checking import check
from builder.checks.codes import Codes
from builder.checks.lengths import lengths, longest

__all__ = ["Codes", "check", "lengths", "longest"]
