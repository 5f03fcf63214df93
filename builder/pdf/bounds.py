"""No layout goes on for ever: WeasyPrint makes pages as long as something is left to be set."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from weasyprint.layout import page

from builder.pdf import places
from builder.pdf.contract import EndlessError

MOST_PAGES = 300
"""Of one document; the longest form that passes the checks takes about half of that."""

_make_page = page.make_page


def make_page(context: Any, root: Any, kind: Any, resume_at: Any, *rest: Any) -> Any:
    """Make a page, whose number from 1 comes first in `rest`; takes WeasyPrint's place."""
    if rest[0] > MOST_PAGES:
        raise EndlessError(MOST_PAGES)
    return _make_page(context, root, kind, resume_at, *rest)


def kept() -> AbstractContextManager[None]:
    """Keep within the bounds while the context lasts."""
    return places.taken([(page, "make_page", make_page)])
