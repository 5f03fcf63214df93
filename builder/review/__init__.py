"""Review of an edit before it is public: what it changes in the form, in the scores, in the
problems; told on a terminal, in a comment, on a page, to a program.

In come two moments of a content folder, revisions or the files of now, out goes a `Review`, and
texts of it. What git is asked goes through `history`, which only reads.
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
