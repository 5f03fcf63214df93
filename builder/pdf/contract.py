"""What goes through the door: a document's description, its attachments, the one exception."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class About:
    """A document's own description; without a `created` date it names none."""

    title: str
    author: str = ""
    subject: str = ""
    created: date | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a PDF; `relationship` is its part in the document (PDF/A-3)."""

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: Literal["Source", "Data"]
    modified: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Indicators from `start` up to `stop` (None: to the end), numbered from 0; on one page.

    Merged cells stay within a part. Every part but the first begins a page.
    """

    start: int
    stop: int | None


class PrintError(Exception):
    """A page that cannot be printed as it should; the message is the engine's."""


class EndlessError(PrintError):
    """A layout that was stopped after so many `pages`."""

    def __init__(self, pages: int) -> None:
        super().__init__(f"no end after {pages} pages")
        self.pages = pages
