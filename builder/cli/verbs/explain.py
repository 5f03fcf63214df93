"""`jixiao explain`: one rule, or the list of all."""

from __future__ import annotations

import argparse
import sys

from builder.cli.codes import OK, USAGE
from builder.diagnostics import WORDS, catalogue, rule_entry


def run(options: argparse.Namespace) -> int:
    """Say what a code means and what to do."""
    if options.code is None:
        for rule in catalogue.RULES.values():
            print(f"{rule.code}  {WORDS[rule.severity]}  {rule.title}")
        return OK
    code = options.code.upper()
    if code not in catalogue.RULES:
        print(f"jixiao：没有编号 {options.code}；jixiao explain 列出全部编号", file=sys.stderr)
        return USAGE
    print(rule_entry(catalogue.RULES[code]))
    return OK
