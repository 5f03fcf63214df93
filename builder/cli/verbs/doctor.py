"""`jixiao doctor`: what this machine lacks."""

from __future__ import annotations

import argparse

from builder.cli import doctor
from builder.cli.codes import ENVIRONMENT, OK


def run(_options: argparse.Namespace) -> int:
    """Print what was looked at."""
    findings = list(doctor.examine())
    for finding in findings:
        print(f"{finding}")
    return ENVIRONMENT if any(finding.fails for finding in findings) else OK
