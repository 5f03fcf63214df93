"""`jixiao explain`: one rule or one layout, or the list of all."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from difflib import get_close_matches

from builder.cli.codes import OK
from builder.content import built_in_settings
from builder.diagnostics import WORDS, catalogue, rule_entry
from builder.failures import WrongUsage
from builder.layouts import account

LAYOUTS = "版式"


def run(options: argparse.Namespace) -> int:
    """Say what a code means and what to do."""
    if options.code is None:
        for rule in catalogue.RULES.values():
            print(f"{rule.code}  {WORDS[rule.severity]}  {rule.title}")
        return OK
    if options.code == LAYOUTS or options.code in built_in_settings().layouts.by_name:
        print("\n".join(_layouts(options.code)))
        return OK
    code = options.code.upper()
    if code not in catalogue.RULES:
        meant = get_close_matches(code, catalogue.RULES, n=5, cutoff=0.75)
        more = f"是否应为 {'、'.join(meant)}？" if meant else ""
        told = "jixiao explain 列出全部编号，jixiao explain 版式 列出全部版式"
        raise WrongUsage(f"没有编号 {options.code}；{more}{told}")
    print(rule_entry(catalogue.RULES[code]))
    return OK


def _layouts(wanted: str) -> Iterator[str]:
    """The built-in layouts in a line each, or one of them whole."""
    settings = built_in_settings()
    for name, layout in settings.layouts.by_name.items():
        users = [rule.name for rule in settings.profiles.by_name.values() if rule.layout == name]
        if wanted == name:
            yield account(layout, users)
        elif wanted == LAYOUTS:
            yield f"{name}  《{layout.form_title}》{layout.summary}"
