"""`jixiao export`: what an office hands in."""

from __future__ import annotations

import argparse
from pathlib import Path

from builder.cli.codes import FOUND, OK
from builder.failures import WrongUsage


def run(options: argparse.Namespace) -> int:
    """Make the table of each year that is asked for."""
    if options.table is None:
        raise WrongUsage("写明要哪张表：--table 汇总表、公开表或复核汇总表")
    return _tables(options, _folder(options))


def _folder(options: argparse.Namespace) -> Path:
    """Where the files go: beside the content, never into it, where they would be strays."""
    folder: Path = options.to or options.content.absolute().parent / "export"
    return folder


def _tables(options: argparse.Namespace, folder: Path) -> int:
    raise NotImplementedError
