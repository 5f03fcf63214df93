"""`jixiao diff`: what an edit changes in reports and scores."""

from __future__ import annotations

import argparse

from builder.cli.codes import FOUND, OK
from builder.cli.streams import hand_over
from builder.cli.telling import tell
from builder.review import FORMATS, between


def run(options: argparse.Namespace) -> int:
    """Compare two states of the content."""
    review = between(options.content, options.base, options.head, private=options.with_private)
    told = FORMATS[options.format](review)
    if options.format == "text":
        tell(told)
    else:
        hand_over(told)
    return FOUND if review.fails else OK
