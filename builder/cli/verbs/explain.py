"""`jixiao explain`: one rule, or the list of all."""

from __future__ import annotations

import argparse
from difflib import get_close_matches

from builder.cli.codes import OK
from builder.diagnostics import WORDS, catalogue, rule_entry
from builder.failures import WrongUsage


def run(options: argparse.Namespace) -> int:
    """Say what a code means and what to do."""
    if options.code is None:
        for rule in catalogue.RULES.values():
            print(f"{rule.code}  {WORDS[rule.severity]}  {rule.title}")
        return OK
    code = options.code.upper()
    if code not in catalogue.RULES:
        meant = get_close_matches(code, catalogue.RULES, n=5, cutoff=0.75)
        more = f"是否应为 {'、'.join(meant)}？" if meant else ""
        raise WrongUsage(f"没有编号 {options.code}；{more}jixiao explain 列出全部编号")
    print(rule_entry(catalogue.RULES[code]))
    return OK
