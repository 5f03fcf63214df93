"""`jixiao check`: everything that is wrong with some reports, or all."""

from __future__ import annotations

import argparse

from builder import content
from builder.checks import Member, across, check
from builder.cli.codes import FOUND, OK
from builder.cli.streams import hand_over
from builder.cli.telling import tell_count
from builder.diagnostics import REPORTERS, Diagnostics


def run(options: argparse.Namespace) -> int:
    """Read, understand, score and check; report in the format asked for."""
    diagnostics = Diagnostics()
    texts: dict[str, str] = {}
    settings = content.settings(options.content, diagnostics)
    if settings.source:
        texts[settings.source.file] = settings.source.text
    members: list[Member] = []
    for entry in content.chosen(options.content, options.paths, diagnostics):
        found = content.read(entry, diagnostics)
        texts[entry.file] = found.text
        document = content.understand(found, entry, settings, diagnostics)
        if document:
            check(document, diagnostics, review_required=settings.site.review_required)
            members.append(Member.of(document))
            content.evidence(entry, document, diagnostics)
    across(members, diagnostics)
    told = REPORTERS[options.format](diagnostics, texts)
    if options.format == "text":
        print(told, end="")
    else:
        hand_over(told)
    tell_count(diagnostics)
    return FOUND if diagnostics.fails(strict=options.strict) else OK
