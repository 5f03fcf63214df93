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
    # Asked for some reports, nobody knows what the others name.
    strays = content.Strays(() if options.paths else content.in_years(options.content, ()))
    entries = content.chosen(options.content, options.paths, diagnostics)
    if not options.paths:
        content.prefaces(options.content, entries, diagnostics)
    for entry in entries:
        found = content.read(entry, diagnostics)
        texts[entry.file] = found.text
        document = content.understand(found, entry, settings, diagnostics)
        strays.meet(entry, document, found.text)
        if document:
            check(document, diagnostics, review_required=settings.site.review_required)
            members.append(Member.of(document))
            content.evidence(entry, document, diagnostics)
    across(members, diagnostics)
    strays.tell(options.content, diagnostics)
    told = REPORTERS[options.format](diagnostics, texts)
    if options.format == "text":
        print(told, end="")
    else:
        hand_over(told)
    tell_count(diagnostics)
    return FOUND if diagnostics.fails(strict=options.strict) else OK
