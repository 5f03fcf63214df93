"""The standard streams: texts for a terminal, data for programs, and the end of both.

A terminal may know fewer characters than we write; a program is always given UTF-8.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO

from builder.cli.codes import ENVIRONMENT
from builder.failures import reason

# What no terminal lacks: `√` becomes `\u221a`, which can be looked up, while `?` could be anything.
_INSTEAD = "backslashreplace"


def prepare() -> None:
    """Let nothing that is written fail for its characters, and no stream be missing.

    Under the number of a closed one the next file would be opened, and then written into.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_INSTEAD)


def hand_over(data: str) -> None:
    """Write what a program reads: UTF-8, whatever the terminal takes."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors=_INSTEAD)
    print(data, end="")


def complain(words: str) -> None:
    """Say why a command ends, as far as anybody can be told."""
    with suppress(OSError):
        print(f"jixiao：{words}", file=sys.stderr)


def finish(code: int, error: OSError | None = None) -> int:
    """Bring out what is still held back; the exit code, which is another one where that fails.

    Python would try that after us, and tell of a failure in a traceback. `error` is what has
    stopped the command: most likely the same.
    """
    lost = _flush(sys.stdout)
    if lost:
        complain(f"写不出结果：{reason(lost)}")
    elif error:
        where = f"{os.fsdecode(error.filename)}：" if error.filename else ""
        complain(f"{where}{reason(error)}")
    untold = _flush(sys.stderr)
    return ENVIRONMENT if lost or error or untold else code


def _flush(stream: TextIO) -> OSError | None:
    try:
        stream.flush()
    except OSError as error:
        # The rest goes nowhere, or the interpreter would try again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        # Who reads us may have seen enough.
        return None if isinstance(error, BrokenPipeError) else error
    return None
