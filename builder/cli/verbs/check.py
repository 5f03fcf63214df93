"""`jixiao check`: everything that is wrong with some reports, or all."""

from __future__ import annotations

import argparse
from functools import partial

from builder import content
from builder.checks import Codes, check, check_site
from builder.cli.codes import FOUND, OK
from builder.cli.telling import tell_count
from builder.diagnostics import REPORTERS, Diagnostics


def run(options: argparse.Namespace) -> int:
    """Read, understand, score and check; report in the format asked for."""
    diagnostics = Diagnostics()
    texts: dict[str, str] = {}
    settings = content.settings(options.content, diagnostics)
    if settings.source:
        texts[settings.source.file] = settings.source.text
    codes, materials = Codes(), content.Materials()
    for entry in content.chosen(options.content, options.paths, diagnostics):
        found = content.read(entry, diagnostics)
        texts[entry.file] = found.text
        document = content.understand(found, entry, settings, diagnostics)
        if document:
            check(document, diagnostics, review_required=settings.site.review_required)
            codes.meet(document, diagnostics)
            materials.meet(document, partial(content.on_disk, entry.path.parent))
            content.evidence(entry, document, diagnostics)
    materials.tell(diagnostics)
    prefaces = content.prefaces(options.content, diagnostics)
    texts.update(prefaces)
    texts.update((own.file, own.text) for own in settings.profiles.own)
    check_site(settings, prefaces, diagnostics)
    print(REPORTERS[options.format](diagnostics, texts), end="")
    tell_count(diagnostics)
    return FOUND if diagnostics.fails(strict=options.strict) else OK
