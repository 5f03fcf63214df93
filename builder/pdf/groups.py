"""Groups of rows under one label that are too long for a page to keep together."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from builder.pdf.breaks import LABEL, add_class, has_class

# In characters of the longest cell of each row: what stays below that is kept on one page.
SHORT, LEAST = 300, 15


def part(root: etree._Element) -> None:
    """Give every row of a long group the label of its own, in place: a page may end behind any.

    A label merged over rows on both sides of a page break would stand on the first page only.
    """
    for body in root.xpath("//tbody[@class='table']"):
        longest = (max(len(cell.text_content()) for cell in row) for row in body)
        if sum(max(LEAST, size) for size in longest) <= SHORT:
            continue
        add_class(body, "parted")
        first = body[0]
        if has_class(first[0], LABEL):
            first[0].attrib.pop("rowspan", None)
            for row in body[1:]:
                row.insert(0, deepcopy(first[0]))
