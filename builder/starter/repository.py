"""A content repository, written around what is there.

Files that are the same everywhere stand under `files/`, with `dot-` for a leading dot (git
and editors would take the real names for their own). Nothing that exists is ever replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import simplejson

from builder.content import YEAR, built_in_settings
from builder.output import write_new
from builder.starter.pins import requirements
from builder.starter.schema import report_schema

FILES = Path(__file__).with_name("files")
SAMPLE = "content/2024/"
PROGRAMS = ".githooks/"


@dataclass(frozen=True, slots=True)
class Begun:
    """What `begin` did: files written, and files that were there and stay as they are."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def begin(folder: Path) -> Begun:
    """Write a content repository into `folder`, around what is there.

    A folder that has reports gets no sample. Raises OutputError where it cannot be written.
    """
    has_reports = any(YEAR.fullmatch(path.parent.name) for path in folder.glob("content/*/*.yaml"))
    written: list[str] = []
    kept: list[str] = []
    for name, content in _files():
        if has_reports and name.startswith(SAMPLE):
            continue
        is_new = write_new(folder / name, content, is_program=name.startswith(PROGRAMS))
        (written if is_new else kept).append(name)
    return Begun(tuple(written), tuple(kept))


def _files() -> Iterator[tuple[str, bytes]]:
    """Every file with its path in the repository."""
    for path in sorted(FILES.rglob("*")):
        if path.is_file():
            parts = path.relative_to(FILES).parts
            name = "/".join(f".{part[4:]}" if part.startswith("dot-") else part for part in parts)
            yield name, path.read_bytes()
    schema = report_schema(built_in_settings())
    text = simplejson.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    yield "content/report.schema.json", text.encode()
    yield "requirements.txt", requirements().encode()
