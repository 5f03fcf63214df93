"""Single files: those of the content, written for their authors, and what can be made anew."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from builder.failures import reason
from builder.output.system import OutputError


def replace_file(path: Path, content: bytes) -> None:
    """Give one file of the content other contents, in one step; its permissions stay.

    Raises OutputError; then the file is as it was.
    """
    aside = path.with_name(f".{path.name}.new")
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise OutputError(f"{path} 不是普通文件，没有改动")
        aside.unlink(missing_ok=True)  # left by one that was stopped
        with aside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.chmod(stat.S_IMODE(status.st_mode))
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise OutputError(f"写不了 {path}：{reason(error)}") from error


def write_new(path: Path, content: bytes, *, is_program: bool = False) -> bool:
    """Write a file where there is none; False, and nothing changed, where there is something.

    Raises OutputError; then there is no file.
    """
    if os.path.lexists(path):
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            stream.write(content)
        if is_program:
            path.chmod(0o755)
    except OSError as error:
        if not isinstance(error, FileExistsError):
            with suppress(OSError):
                path.unlink()
        raise OutputError(f"写不了 {path}：{reason(error)}") from error
    return True


def keep_file(path: Path, content: bytes) -> None:
    """Write a file that can be made anew at any time: whole or not at all, in its place or not.

    Folders above it are made. Raises OutputError.
    """
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        try:
            aside.write_bytes(content)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(content)
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise OutputError(f"写不了 {path}：{reason(error)}") from error


def drop_file(path: Path) -> bool:
    """Delete a file that can be made anew; False where it is gone already, or not ours."""
    try:
        path.unlink()
    except OSError:
        return False
    return True
