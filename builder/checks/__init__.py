"""Checks on a whole report: does it agree with itself, its profile and the rules of disclosure?

In comes a `Document`, out go diagnostics. `across` asks the same of many reports together. What
is wrong with a single field is found earlier, in `records`.
"""

from builder.checks.across import across
from builder.checks.checking import check
from builder.checks.disclosure import check_site
from builder.checks.lengths import lengths, longest
from builder.checks.member import Member

__all__ = ["Member", "across", "check", "check_site", "lengths", "longest"]
