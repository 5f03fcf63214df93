"""`jixiao explain`: one rule or one layout, or the list of all."""

from __future__ import annotations

import argparse
from difflib import get_close_matches
from importlib import import_module

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
        # Layouts ask for half the builder: not to be waited for by who asks for a code.
        if told := import_module("builder.cli.layouts").told(options.code):
            print(told)
            return OK
        meant = get_close_matches(code, catalogue.RULES, n=5, cutoff=0.75)
        more = f"是否应为 {'、'.join(meant)}？" if meant else ""
        listed = "jixiao explain 列出全部编号，jixiao explain 版式 列出全部版式"
        raise WrongUsage(f"没有编号 {options.code}；{more}{listed}")
    print(rule_entry(catalogue.RULES[code]))
    return OK
