"""The command `jixiao`: parse arguments, call a verb, exit. Nothing is decided here."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from builder.cli.arguments import parser
from builder.cli.codes import ENVIRONMENT, OK, USAGE
from builder.failures import EnvironmentFailed, WrongUsage


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: the process's own); its exit code, of `codes`."""
    command = parser()
    try:
        options = command.parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    if options.version:
        from importlib.metadata import version

        print(f"jixiao {version('jixiao')}")
        return OK
    if options.verb is None:
        command.print_help()
        return OK
    try:
        return _run(options)
    except WrongUsage as error:
        print(f"jixiao：{error}", file=sys.stderr)
        return USAGE
    except EnvironmentFailed as error:
        print(f"jixiao：{error}", file=sys.stderr)
        return ENVIRONMENT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        print("jixiao：已中断，原有的输出没有改动", file=sys.stderr)
        return ENVIRONMENT


def _run(options: argparse.Namespace) -> int:
    """Import what this verb needs, and no more: all together take half a second."""
    if "content" in options:
        from builder.content import CONTENT, home

        base = home()
        if options.content is None:
            options.content = base / CONTENT
        if "output" in options and options.output is None:
            options.output = base / "output"
    code: int = import_module(f"builder.cli.verbs.{options.verb}").run(options)
    return code
