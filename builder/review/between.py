"""A review of two states of a repository, told in one of several formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from builder.diagnostics import Diagnostics
from builder.output import OutputError
from builder.review.comparison import Review, compare
from builder.review.data import data
from builder.review.discretion import in_public
from builder.review.edition import Edition
from builder.review.files import Files, in_revision, on_disk
from builder.review.history import Repository, RevisionError, State, repository
from builder.review.markdown import markdown
from builder.review.page import page
from builder.review.text import text
from builder.theme import open_theme

THEME = "official"


def between(folder: Path, base: str, head: str | None, *, private: bool = False) -> Review:
    """What happened to the content in `folder` from BASE to HEAD, None: to what is on disk.

    What is not for the public is left out, and counted, unless `private`.
    Raises RevisionError for what is not there, GitError where git is missing.
    """
    found = repository(folder)
    old, new = found.sides(base, head)
    assert old.id
    sides = [_files(found, folder, state, "sha1" if len(old.id) == 40 else "sha256")
             for state in (old, new)]  # fmt: skip
    if not any(sides):
        raise RevisionError(f"{old.name}和{new.name}里都没有 {folder}；用 --content 指明内容文件夹")
    before, after = (
        Edition(state.name, folder, files) for state, files in zip((old, new), sides, strict=True)
    )
    review = compare(before, after, found.renames(old.id, new.id))
    return review if private else in_public(review)


def _files(found: Repository, folder: Path, state: State, digest: str) -> Files:
    return in_revision(found, state.id) if state.id else on_disk(folder, digest)


def _html(review: Review) -> str:
    diagnostics = Diagnostics()
    theme = open_theme(THEME, None, diagnostics)
    told = page(review, theme, diagnostics) if theme else None
    if told is None:
        raise OutputError("；".join(f"{found.span} {found.message}" for found in diagnostics))
    return told


FORMATS: Mapping[str, Callable[[Review], str]] = MappingProxyType(
    {"text": text, "markdown": markdown, "html": _html, "json": data}
)
