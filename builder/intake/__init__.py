"""Forms found in the tables of an office's file, and written as authors' files.

In come tables of cells, out go YAML texts, each with an account of what was read, what is
doubtful, and what found no place. Labels are recognised, never positions.
"""

from builder.intake.account import account
from builder.intake.choosing import Catalogue
from builder.intake.taking import Taken, is_data, take

__all__ = ["Catalogue", "Taken", "account", "is_data", "take"]
