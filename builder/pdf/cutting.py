"""Cut the content of an element in two, as a page break does."""

from __future__ import annotations

from lxml import etree

MAY_BREAK, MAY_NOT = "\u200b", "\u2060"
"""Signs without width: a line may be broken here, or must not."""

_UNSEEN = str.maketrans("", "", MAY_BREAK + MAY_NOT)


def cut(element: etree._Element, count: int) -> etree._Element:
    """Leave the first `count` characters in `element`; returns an element with the rest.

    Blanks are not counted: a line break may have swallowed them. A list goes on counting;
    an item that was cut is not numbered twice.
    """
    return _cut(element, count)[0]


def length(text: str) -> int:
    """How many characters a text has, as `cut` counts them; the signs above are none."""
    return len("".join(text.translate(_UNSEEN).split()))


def number_from(items: etree._Element, first: int) -> None:
    """Let the items of an `ol` be numbered from `first`."""
    items.set("start", str(first))
    items.set("style", f"counter-reset: list-item {first - 1}")


def _cut(element: etree._Element, left: int) -> tuple[etree._Element, int]:
    rest = element.makeelement(element.tag, dict(element.attrib))
    element.text, rest.text, left = _cut_text(element.text, left)
    number = int(element.get("start", 1))
    for child in list(element):
        size = length(child.text_content())
        if size <= left or not size:
            left -= size
            child.tail, tail, left = _cut_text(child.tail, left)
            rest.text = (rest.text or "") + tail
            number += child.tag == "li"
            continue
        piece, tail = child, child.tail
        child.tail = None
        if left:
            piece, left = _cut(child, left)
            if child.tag == "li":
                piece.set("class", "goes-on")
        piece.tail = tail
        rest.append(piece)
    if element.tag == "ol":
        number_from(rest, number)
    return rest, left


def _cut_text(text: str | None, left: int) -> tuple[str, str, int]:
    """The first `left` characters of a text, the rest of it, and how many were not found."""
    for position, character in enumerate(text or ""):
        if left <= 0:
            assert text
            return text[:position], text[position:], 0
        left -= not character.isspace()
    return text or "", "", left
