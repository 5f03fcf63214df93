"""Review of an edit before it is public: what it changes in the form, in the scores, in the
problems; told on a terminal, in a comment, to a program, on a page."""

from builder.review.comparison import Project, Review, Tally, Year, compare

__all__ = ["Project", "Review", "Tally", "Year", "compare"]
