"""The command `jixiao`: parse arguments, call a verb, exit. Nothing is decided here."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from keyword import iskeyword
from threading import current_thread, main_thread

from builder.cli import streams
from builder.cli.arguments import parser
from builder.cli.codes import ENVIRONMENT, OK, USAGE
from builder.failures import EnvironmentFailed, WrongUsage


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: the process's own); its exit code, of `codes`."""
    streams.prepare()
    with _interruptible():
        try:
            return streams.finish(_called(arguments))
        except OSError as error:
            return streams.finish(ENVIRONMENT, error)


def _called(arguments: Sequence[str] | None) -> int:
    """What the verb answers, or why it could not."""
    command = parser()
    try:
        options = command.parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    try:
        return _answer(command, options)
    except WrongUsage as error:
        streams.complain(f"{error}")
        return USAGE
    except EnvironmentFailed as error:
        streams.complain(f"{error}")
    except BrokenPipeError:  # who read us has seen enough
        return OK
    except MemoryError:
        streams.complain("内存不足，没有做完")
    except KeyboardInterrupt:
        streams.complain("已中断，原有的输出没有改动")
    return ENVIRONMENT


def _answer(command: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    if options.version:
        from importlib.metadata import version

        print(f"jixiao {version('jixiao')}")
        return OK
    if options.verb is None:
        command.print_help()
        return OK
    return _run(options)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Whoever ends us by a signal has everything tidied up, as by Ctrl-C."""
    names = ("SIGTERM", "SIGHUP")  # Windows has no second one
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    if current_thread() is not main_thread():  # no other one may ask for signals
        numbers = []
    taken = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _run(options: argparse.Namespace) -> int:
    """Import what this verb needs, and no more: all together take half a second."""
    if "content" in options:
        from builder.home import CONTENT, home

        base = home()
        if options.content is None:
            options.content = base / CONTENT
        if "output" in options and options.output is None:
            options.output = base / "output"
    if options.verb == "build":
        from builder.cli import unchanged

        if unchanged.is_told(options):
            return OK
    name = f"{options.verb}_" if iskeyword(options.verb) else options.verb
    code: int = import_module(f"builder.cli.verbs.{name}").run(options)
    return code
