"""Styles of elements by their path: their names and classes, from the root down.

WeasyPrint tries every rule on every element of every document. Where selectors speak of
nothing but names, classes and what an element is in, all elements of one path have the same
style: it is found for the first of them, and kept with the style sheet. Like the `shortcuts`
this is proved before it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import tinycss2
from cssselect2 import ElementWrapper
from lxml import etree
from weasyprint import css

from builder.pdf import places
from builder.pdf.places import Place

# So many paths are kept: in a text, lists can be nested as deep as its author likes.
_MANY = 2_000

_PLAIN_SELECTORS = re.compile(r"[\w\-.,>*\s]*")
_is_special = etree.XPath("boolean(//*[@id or @name] | //style | //link)")


def suffice(sheet: str) -> bool:
    """Whether the path of an element tells which rules of a style sheet apply to it."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return all(
        _PLAIN_SELECTORS.fullmatch(tinycss2.serialize(rule.prelude))
        if rule.type == "qualified-rule"
        else rule.type == "at-rule" and rule.lower_at_keyword == "page"
        for rule in rules
    )


class _Paths:
    """The paths that elements of one style sheet's documents have, with their styles."""

    def __init__(self) -> None:
        # By path, then by part of the element: None for itself, or "before".
        self.styles: dict[int, dict[str | None, Any]] = {}
        self._numbers: dict[tuple[int | str | None, ...], int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, element: etree._Element, above: int = -1) -> Iterator[tuple[etree._Element, int]]:
        """An element and all that is in it, each with the number of its path."""
        get = element.get
        step = above, element.tag, get("class"), get("lang"), get("style")
        path = self._numbers.setdefault(step, len(self._numbers))
        yield element, path
        for child in element:
            yield from self.of(child, path)


class Styles(css.StyleFor):  # type: ignore[misc]
    """The styles of a document; takes the place of WeasyPrint's class."""

    def __init__(
        self, document: Any, sheets: Any, hints: Any, font_config: Any, collector: Any
    ) -> None:
        rest = sheets, hints, font_config, collector
        if hints or _is_special(document.etree_element):
            super().__init__(document, *rest)
            return
        paths = _paths(sheets[-1][0])
        found = list(paths.of(document.etree_element))
        is_known = all(path in paths.styles for _, path in found)
        super().__init__(_BLANK if is_known else document, *rest)
        computed = self.get_computed_styles()
        if is_known:
            computed.clear()
            for element, path in found:
                for part, style in paths.styles[path].items():
                    computed[element, part] = style
        else:
            numbers = dict(found)
            for (element, part), style in computed.items():
                paths.styles.setdefault(numbers[element], {})[part] = style


def _paths(sheet: Any) -> _Paths:
    known: _Paths | None = sheet.__dict__.get("_paths")
    if known is None or len(known) > _MANY:
        known = sheet.__dict__["_paths"] = _Paths()
    return known


class _Blank:
    """A document without content."""

    base_url = None
    etree_element = etree.Element("html")
    wrapper_element = ElementWrapper.from_html_root(etree_element)


_BLANK = _Blank()


PLACES: tuple[Place, ...] = ((css, "StyleFor", Styles),)


def taken() -> AbstractContextManager[None]:
    """Find styles so while the context lasts."""
    return places.taken(PLACES)
