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
from builder.review.files import in_revision, on_disk
from builder.review.history import RevisionError, repository
from builder.review.markdown import markdown
from builder.review.page import page
from builder.review.pointers import settled
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
    olds = in_revision(found, old.id)
    if new.id:
        news = in_revision(found, new.id)
    else:
        digest = "sha1" if len(old.id) == 40 else "sha256"
        news = settled(olds, on_disk(folder, digest), found, folder)
    if not (olds or news):
        raise RevisionError(f"{old.name}和{new.name}里都没有 {folder}；用 --content 指明内容文件夹")
    before, after = Edition(old.name, folder, olds), Edition(new.name, folder, news)
    review = compare(before, after, found.renames(old.id, new.id))
    return review if private else in_public(review)


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
