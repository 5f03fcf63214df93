"""`jixiao fmt`: one way to write a file."""

from __future__ import annotations

import argparse
import sys

from builder import content
from builder.cli.codes import FOUND, OK
from builder.cli.telling import tell_findings
from builder.diagnostics import Diagnostics
from builder.formatter import canonical
from builder.model import Report
from builder.output import replace_file


def run(options: argparse.Namespace) -> int:
    """Rewrite what is untidy, or only name it; leave alone what cannot be read."""
    diagnostics = Diagnostics()
    settings = content.settings(options.content, Diagnostics())
    texts: dict[str, str] = {}
    untidy = left = 0
    for entry in content.chosen(options.content, options.paths, diagnostics):
        found = content.read(entry, Diagnostics())
        rules = content.rules_of(found, entry, settings, Diagnostics())
        record = rules.record if rules else Report
        tidy = canonical(found.text, entry.file, record)
        if tidy is None:
            left += 1
            texts[entry.file] = content.read(entry, diagnostics).text
            print(f"没有整理，请先改正其中的问题：{entry.file}", file=sys.stderr)
        elif tidy.encode() != entry.path.read_bytes():
            untidy += 1
            print(f"{'需要整理' if options.check else '已整理'}：{entry.file}")
            if not options.check:
                replace_file(entry.path, tidy.encode())
    tell_findings(diagnostics, texts)
    return FOUND if left or diagnostics.failed or (untidy and options.check) else OK
