"""`jixiao score`: how every point came about."""

from __future__ import annotations

import argparse

from builder import content, opendata
from builder.cli.codes import FOUND, OK
from builder.cli.streams import hand_over
from builder.cli.telling import tell, tell_findings
from builder.diagnostics import Diagnostics
from builder.scoring import explain


def run(options: argparse.Namespace) -> int:
    """Explain each report's score in sentences, or give all as data."""
    diagnostics = Diagnostics()
    settings = content.settings(options.content, diagnostics)
    texts: dict[str, str] = {}
    records = []
    for entry in content.chosen(options.content, options.paths, diagnostics):
        found = content.read(entry, diagnostics)
        texts[entry.file] = found.text
        document = content.make_out(found, entry, settings, diagnostics)
        if document is None:
            continue
        if options.format == "json":
            records.append(opendata.record(document))
        else:
            tell(explain(document) + "\n")
    if options.format == "json":
        hand_over(opendata.to_json(records))
    tell_findings(diagnostics, texts)
    return FOUND if diagnostics.failed else OK
