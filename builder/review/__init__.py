"""Review of an edit before it is public: what it changes in the form, in the scores, in the
problems; told on a terminal, in a comment, on a page, to a program."""

from builder.review.between import FORMATS, between
from builder.review.comparison import Project, Review, Tally, Year, compare

__all__ = ["FORMATS", "Project", "Review", "Tally", "Year", "between", "compare"]
