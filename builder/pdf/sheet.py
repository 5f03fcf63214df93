"""What paper asks of a form's HTML and no style sheet can give: good breaks.

Print templates stay plain; this works on the finished tree. It divides the form where
`breaks` found that pages end, keeps the end of a text together, so that no line holds a
single character, and a number with its unit; and it marks tables whose long reasons need
the width that names can spare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import chain, count, groupby, pairwise

from lxml import etree  # type: ignore[import-untyped]

from builder.pdf.breaks import GOALS, LABEL, Break, parts
from builder.pdf.cutting import cut, number_from

CONTINUED = "（续）"
NEXT_PAGE = "next-page"

# In characters: a text shorter than this has no second line, or none that matters.
ONE_LINE, SHORTEST = 6, 4
# In em: what a column of figures holds on one line.
FIGURE = 5.4
# In characters again: a cell longer than this may go on overleaf; a shorter one takes its row along.
TALL_REASON, TALL_GOAL = 150, 300
LONG_REASON = 45

_HAN = "[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
_NAME_END = re.compile(rf"{_HAN}{{3}}$|{_HAN}{{2}}[^\w\s]+$")
_TEXT_END = re.compile(rf"{_HAN}{{2}}[^\w\s]*$")
_NUMBER = re.compile(r"[\d.,%-]+")
_QUANTITY = re.compile(
    r"[<>=≥≤≧≦＝]{0,2}\d[\d,.]*(?:[(（][^()（）\d]{1,4}[)）]|[%％℃]|[年月日天次个家人项元万亿])?"
)


def shape(root: etree._Element, breaks: Sequence[Break]) -> None:
    """Prepare the tree of a print page for layout, in place.

    Its template has divided the indicators into `parts(breaks)`.
    """
    for items in root.iter("ol"):
        number_from(items, int(items.get("start", 1)))
    _number(root, breaks)
    for row, group in groupby(breaks, key=lambda entry: entry.row):
        _divide(root, row, list(group))
    for table in root.iter("table"):
        reasons = table.xpath(".//tr[@class='indicator']/td[@class='text']")
        if any(len(cell.text_content()) > LONG_REASON for cell in reasons):
            _add_class(table, "long-reasons")
    for row in root.xpath("//tr[@data-row]"):
        limit = TALL_GOAL if row.get("data-row") == str(GOALS) else TALL_REASON
        if any(len(cell.text_content()) > limit for cell in row):
            _add_class(row, "tall")
    for block in root.xpath("//*[self::td or self::th]/div | //td//p | //td//li"):
        _keep_together(block)


def _number(root: etree._Element, breaks: Sequence[Break]) -> None:
    """Tell every row that a page may divide its number, and whether labels hang over it."""
    *whole, last = parts(breaks)
    numbers = chain(*(range(part.start, part.stop or 0) for part in whole), count(last.start))
    rows = root.xpath("//tr[@class='indicator']")
    labels = [len(row.xpath(f"th[@class='{LABEL}']")) for row in rows]
    for row, number, own in zip(rows, numbers, labels, strict=False):
        row.set("data-row", str(number))
        if own < max(labels):
            row.set("data-merged", "yes")
    for row in root.xpath("//tr[@class='goals']"):
        row.set("data-row", str(GOALS))
        row.set("data-merged", "yes")


def _divide(root: etree._Element, number: int, breaks: Sequence[Break]) -> None:
    """Divide one row at its breaks; a page begins at each."""
    rows = root.xpath(f"//tr[@data-row='{number}']")
    cuts = [entry.cut for entry in breaks if entry.cut]
    if number == GOALS:  # the template has them once, whole
        block = rows[0].getparent()
        if len(cuts) < len(breaks):
            _add_class(block, NEXT_PAGE)
        for _ in cuts:
            block.addnext(deepcopy(block))
            _add_class(block.getnext(), NEXT_PAGE)
        rows = root.xpath(f"//tr[@data-row='{number}']")
    for row, (begin, end) in zip(rows, pairwise((None, *cuts, None)), strict=True):
        cells = [cell for cell in row if cell.get("class") != LABEL]
        for position, cell in enumerate(cells):
            if cell.tag == "td":
                start = begin[position] if begin else 0
                if end:
                    cut(cell, end[position])
                if start:
                    row.replace(cell, cut(cell, start))
        if begin:
            row.set("data-cut", " ".join(map(str, begin)))
            block = row.getparent() if number == GOALS else row
            for heading in block.xpath("descendant-or-self::*/th[@scope='row']/div"):
                if not heading.xpath("string()").endswith(CONTINUED):
                    _append(heading, CONTINUED)


def _keep_together(block: etree._Element) -> None:
    """Keep in one piece what would look wrong in two: the end of a text, a quantity."""
    text = block.text or ""
    cell = block.getparent()
    if len(block) or len(text) < SHORTEST:
        return
    if cell.get("class") == "figure":
        if _NUMBER.fullmatch(text):
            if _width(text) > FIGURE:
                _add_class(cell, "small")
            return
        pieces = [found.span() for found in _QUANTITY.finditer(text)]
        if not pieces or pieces[-1][1] < len(text) - 2:
            pieces += [found.span() for found in _TEXT_END.finditer(text)]
        _keep(block, [(start, end) for start, end in pieces if _width(text[start:end]) <= FIGURE])
    elif len(text) > ONE_LINE:
        end = _NAME_END if cell.tag == "th" else _TEXT_END
        _keep(block, [found.span() for found in end.finditer(text)])


def _width(text: str) -> float:
    """About how wide a text is, in em: a Han character is 1, a Latin one half of that."""
    return sum(1 if character > "\u2e7f" else 0.55 for character in text)


def _keep(block: etree._Element, spans: Iterable[tuple[int, int]]) -> None:
    """Wrap parts of a block's text in spans that do not break."""
    text, done = block.text, 0
    block.text = ""
    for start, end in spans:
        _append(block, text[done:start])
        etree.SubElement(block, "span", {"class": "word"}).text = text[start:end]
        done = end
    _append(block, text[done:])


def _append(block: etree._Element, text: str) -> None:
    if len(block):
        block[-1].tail = (block[-1].tail or "") + text
    else:
        block.text = (block.text or "") + text


def _add_class(element: etree._Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())
