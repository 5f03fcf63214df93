"""What several verbs say: prose, findings, how many there were."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from shutil import get_terminal_size

from builder.diagnostics import REPORTERS, WORDS, Diagnostic, Diagnostics, Severity
from builder.text import folded


def tell(text: str) -> None:
    """Print prose; on a terminal in lines of its width, elsewhere as it is."""
    is_seen = sys.stdout.isatty()
    print(folded(text, get_terminal_size().columns) if is_seen else text, end="")


def tell_findings(found: Iterable[Diagnostic], texts: Mapping[str, str]) -> str:
    """Say what was found, beside what the verb prints; what was said."""
    report = REPORTERS["text"](found, texts)
    return _said(f"{report}\n" if report else "")


def tell_count(diagnostics: Diagnostics, *, hidden: bool = False) -> str:
    """Say how many findings there are; `hidden`: remarks were counted, but not told."""
    counts = {severity: diagnostics.count(severity) for severity in Severity}
    told = "，".join(f"{counts[severity]} 个{WORDS[severity]}" for severity in Severity)
    more = "（提示用 jixiao check 查看）" if hidden and counts[Severity.INFO] else ""
    return _said(f"{told}{more}。\n")


def _said(words: str) -> str:
    print(words, end="", file=sys.stderr)
    return words
