"""Review of an edit before it is public: what it changes in the form, in the scores, in the
problems; told on a terminal, in a comment, on a page, to a program.
"""

from builder.review.between import FORMATS, between
from builder.review.history import RevisionError, git
from builder.review.history.git import GitError
from builder.review.revisions import Chronicle, Revision, open_chronicle

__all__ = [
    "FORMATS",
    "Chronicle",
    "GitError",
    "Revision",
    "RevisionError",
    "between",
    "git",
    "open_chronicle",
]
