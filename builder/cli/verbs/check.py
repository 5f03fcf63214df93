"""`jixiao check`: everything that is wrong with some reports, or all."""

from __future__ import annotations

import argparse
from functools import partial

from builder import content
from builder.checks import Member, across, check, check_site
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
    members, materials = list[Member](), content.Materials()
    # Asked for some reports, nobody knows what the others name.
    strays = content.Strays(() if options.paths else content.in_years(options.content, ()))
    entries = content.chosen(options.content, options.paths, diagnostics)
    prefaces = content.prefaces(options.content, () if options.paths else entries, diagnostics)
    for entry in entries:
        found = content.read(entry, diagnostics)
        texts[entry.file] = found.text
        document = content.understand(found, entry, settings, diagnostics)
        strays.meet(entry, document, found.text)
        if document:
            check(document, diagnostics, review_required=settings.site.review_required)
            members.append(Member.of(document))
            materials.meet(document, partial(content.on_disk, entry.path.parent))
            content.evidence(entry, document, diagnostics)
    across(members, diagnostics)
    materials.tell(diagnostics)
    strays.tell(options.content, diagnostics)
    texts.update((one.file, one.text) for one in prefaces.values())
    texts.update((own.file, own.text) for own in settings.profiles.own)
    check_site(settings, prefaces.values(), diagnostics)
    told = REPORTERS[options.format](diagnostics, texts)
    if options.format == "text":
        print(told, end="")
    else:
        hand_over(told)
    tell_count(diagnostics)
    return FOUND if diagnostics.fails(strict=options.strict) else OK
