"""Where files go that are handed in, and what is said of them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from builder.failures import reason
from builder.output import OutputError, write_new


def folder_of(options: argparse.Namespace) -> Path:
    """Where the files go: beside the content, never into it, where they would be strays."""
    if options.to:
        return Path(options.to)
    content_folder: Path = options.content
    is_named = content_folder.name.strip(".")  # `..` has no parent to be told
    return (content_folder if is_named else content_folder.resolve()).parent / "export"


def put(path: Path, data: bytes, told: str) -> bool:
    """Write a file, and say so; one of another content stays: somebody may have worked on it."""
    is_new = write_new(path, data)
    try:
        is_same = is_new or path.read_bytes() == data
    except OSError as error:
        raise OutputError(f"读不了 {path}：{reason(error)}") from error
    if is_same:
        say(f"{'已写' if is_new else '没有变化'} {path}：{told}。")
    else:
        say(f"已有 {path}，内容不同，没有改动；移走它，或用 --to 换一个目录。")
    return is_same


def say(text: str) -> None:
    """Tell whoever called; what is printed to the other stream is data."""
    print(text, file=sys.stderr)
