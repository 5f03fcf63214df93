"""A build of what has not changed: told in an instant, before what builds is imported."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from builder import standing
from builder.standing import Asked, Published, Standing

# What has no part in what is made.
_ASIDE = frozenset({"jobs", "cache", "explain_rebuild"})


def is_told(options: argparse.Namespace) -> bool:
    """Whether nothing has changed since the site was published; then that has been told, as all
    was when it was published. Else `options.before` is how everything stands."""
    asked = _asked(options)
    options.before = standing.observe(asked)
    told = standing.unchanged(asked, options.before) if options.before else None
    if told is None:
        return False
    there = f"{told.reports} 份自评表、{told.files} 个文件"
    done = f"没有改动：{options.output} 里的 {there}都是最新的。\n"
    sys.stderr.write(told.findings + done + told.closing)
    return True


def remember(options: argparse.Namespace, told: Published, *, has_history: bool) -> None:
    """Keep what has just been published and told for the next time; nothing of it is withheld."""
    before: Standing | None = getattr(options, "before", None)
    # Machines of a cluster have libraries of their own.
    if before is not None and not getattr(options, "executor", None):
        standing.note(_asked(options), before, told, has_history=has_history)


def _asked(options: argparse.Namespace) -> Asked:
    words = {
        name: f"{value}"
        for name, value in vars(options).items()
        if name not in _ASIDE and name != "before"
    }
    content, output = Path(options.content), Path(options.output)
    return Asked(content, output, repr(sorted(words.items())), not options.no_pdf)
