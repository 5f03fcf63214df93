"""What paper asks of a form's HTML and no style sheet can give: good breaks.

Print templates stay plain; this works on the finished tree. It divides the form where
`breaks` found that pages end, keeps the end of a text together, so that no line holds a
single character, and a number with its unit; and it marks pages whose long reasons need
the width that names can spare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import chain, count, groupby, pairwise

from lxml import etree

from builder.pdf import groups
from builder.pdf.breaks import GOALS, LABEL, Break, Cut, add_class, body_cells, has_class, parts
from builder.pdf.cutting import MAY_BREAK, MAY_NOT, cut, length, number_from
from builder.pdf.sizes import FIGURE, SMALL_FIGURE, even, rooms, width

CONTINUED = "（续）"
NEXT_PAGE, GROUP, NARROW, WORD, TALL = "next-page", "group", "narrow", "word", "tall"

# In characters: a text shorter than this has no second line, or none that matters.
ONE_LINE, SHORTEST = 6, 4
# In characters: a cell longer than this may go on overleaf, a shorter one takes its row along.
TALL_REASON, TALL_GOAL, TALL_FIGURE = 150, 300, 75
# A heading longer than this is repeated overleaf by its beginning.
LONG_NAME, BEGINNING = 40, 20
LONG_REASON = 45

_HAN = "[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
# Between two characters of which one is wide Unicode lets a line be broken; a sign between
# others would part letters that are set closer together.
_WIDE = "[\u2e80-\uffef\U00020000-\U000323af]"
_MAY_PART = re.compile(rf"(?<={_WIDE})(?=.)|(?<=.)(?={_WIDE})")
_LINE_END = re.compile(rf"(?:^|{_HAN}|[，。、；：！？）》])$")
_NAME_END = re.compile(rf"{_HAN}{{3}}$|{_HAN}{{2}}[^\w\s]+$|{_HAN}{{1,2}}{CONTINUED}$")
_TEXT_END = re.compile(rf"{_HAN}{{2}}[^\w\s]*$")
_RESULT = re.compile(rf"{_HAN}{{1,4}} [\d.]+|（{_HAN}+）$")
# Digits among letters are of a name, not of a quantity.
_QUANTITY = re.compile(
    r"(?<![A-Za-z_\d])([(（]?[<>=≥≤≧≦＝]{0,2}\d[\d,.]*)(?![A-Za-z_\d,.])"
    r"([(（][^()（）\d]{1,7}[)）]|[%％℃]|"
    r"[万亿]?(?:人次|公里|平方米|[年月日天次个家人项元吨件户套台份场期处名辆亩])[)）]?|[万亿])?"
)
# Where a line may be broken before a quantity anyway; not before 至 or a dash behind a unit.
_FREE = re.compile(rf"\s(?=\S)|{_WIDE}(?=[\w<>=≥≤≧≦＝])|{MAY_BREAK}")


def shape(root: etree._Element, breaks: Sequence[Break]) -> None:
    """Prepare the tree of a print page for layout, in place.

    Its template has divided the indicators into `parts(breaks)`.
    """
    for items in root.iter("ol"):
        number_from(items, int(items.get("start", 1)))
    groups.part(root)
    _number(root, breaks)
    dividing = (entry for entry in breaks if entry.divides)
    for row, group in groupby(dividing, key=lambda entry: entry.row):
        _divide(root, row, list(group))
    for row in root.xpath("//tr[*]"):
        _bookmark(row)
        if row.get("data-row"):
            _weigh(row)
    indicators = root.xpath("//tr[@data-row >= 0]")
    if indicators and has_class(indicators[-1], TALL):
        _part_from_closing(indicators[-1])
    for table in root.iter("table"):
        even(table)
    for cell in root.iter("td", "th"):
        _unwrap(cell)
        for block in (cell, *cell.iter("p", "li")):
            _keep_together(block, cell)


def _bookmark(row: etree._Element) -> None:
    """Give the reader's outline the blocks of the form and the 一级指标."""
    head, text = row[0], row[0].text_content()
    named = has_class(row, "heading") and head.get("scope") == "row"
    opens = has_class(head, GROUP) or named or has_class(row, "named")
    if opens and not text.endswith(CONTINUED):
        add_class(head, "bookmark")
        head.set("title", text)


def _weigh(row: etree._Element) -> None:
    """Mark rows and pages for their long texts."""
    is_indicator = has_class(row, "indicator")
    sizes = [len(cell.text_content()) for cell in row]
    longest = max(sizes)
    figures = [len(cell.text_content()) for cell in row if has_class(cell, "figure")]
    limit = TALL_REASON if is_indicator else TALL_GOAL
    is_long = any(size > limit * room for size, room in zip(sizes, rooms(row), strict=True))
    if is_long or max(figures, default=0) > TALL_FIGURE:
        add_class(row, TALL)
    if is_indicator and longest > LONG_REASON:
        add_class(next(row.iterancestors("body")), "long-reasons")


def _part_from_closing(last: etree._Element) -> None:
    """Let a page end between a tall last indicator and what closes the form.

    They are kept together otherwise; but a row that fills a page has nowhere to go.
    """
    closing = last.getparent().getnext()
    if closing is not None and len(closing):
        add_class(closing, "apart")
        add_class(closing[0], "apart")


def _unwrap(cell: etree._Element) -> None:
    """Take the `div` out of a cell, and out of a label that fits the words that stay whole.

    Every element costs the time of a box.
    """
    block = cell.find("div")
    if block is not None and len(cell) == 1:
        cell.remove(block)
        cell.text = block.text
        cell.extend(block)
    if has_class(cell, LABEL) and all(has_class(word, WORD) for word in cell):
        text = cell.text_content()
        is_wide = cell.get("scope") == "row" and not has_class(cell, GROUP)
        if len(text) > (5 if is_wide and not has_class(cell, NARROW) else 3):
            words = ((_kept(word.text or ""), word.tail or "") for word in cell)
            text = "".join((cell.text or "", *chain.from_iterable(words)))
        for word in list(cell):
            cell.remove(word)
        cell.text = text


def _number(root: etree._Element, breaks: Sequence[Break]) -> None:
    """Tell every row that a page may divide its number, and whether labels hang over it."""
    *whole, last = parts(breaks)
    numbers = chain(*(range(part.start, part.stop or 0) for part in whole), count(last.start))
    rows = [row for row in root.iter("tr") if has_class(row, "indicator")]
    labels = [sum(has_class(cell, LABEL) for cell in row) for row in rows]
    for row, number, own in zip(rows, numbers, labels, strict=False):
        row.set("data-row", str(number))
        if own < max(labels):
            row.set("data-merged", "yes")
        elif own:
            add_class(row[0], GROUP)
    for row in root.iter("tr"):
        if has_class(row, "goals"):
            row.set("data-row", str(GOALS))
            row.set("data-merged", "yes")
    others = count(GOALS - 1, -1)
    for row in root.xpath("//tbody/tr[not(@data-row)]"):
        if not has_class(row, "heading"):  # which goes with the row below it
            row.set("data-row", str(next(others)))


def _divide(root: etree._Element, number: int, breaks: Sequence[Break]) -> None:
    """Divide one row at its breaks; a page begins at each."""
    cuts = [entry.cut for entry in breaks if entry.cut]
    if number < 0:  # the template has it once and whole
        row = root.xpath(f"//tr[@data-row='{number}']")[0]
        block = row.getparent() if number == GOALS else row
        _repeat(block, len(cuts), on_new_page=len(cuts) < len(breaks))
    rows = root.xpath(f"//tr[@data-row='{number}']")
    for row, (begin, end) in zip(rows, pairwise((None, *cuts, None)), strict=True):
        _show_only(row, begin, end)
        if begin:
            row.set("data-cut", " ".join(map(str, begin)))
            _mark_continued(row.getparent() if number == GOALS else row)


def _repeat(block: etree._Element, times: int, *, on_new_page: bool) -> None:
    """Put copies of a block behind it, each on a page of its own, and itself if so wished."""
    for _ in range(times):
        block.addnext(deepcopy(block))
        add_class(block.getnext(), NEXT_PAGE)
    if on_new_page:
        add_class(block, NEXT_PAGE)


def _show_only(row: etree._Element, begin: Cut | None, end: Cut | None) -> None:
    """Leave of the cells of a row what stands between two breaks.

    A heading that is complete is repeated.
    """
    for position, cell in enumerate(body_cells(row)):
        size = length(cell.text_content())
        if end:
            cut(cell, end[position])
        if begin and (cell.tag == "td" or begin[position] < size):
            row.replace(cell, cut(cell, begin[position]))
        elif begin:
            _repeat_heading(cell)


def _repeat_heading(cell: etree._Element) -> None:
    text = cell.text_content()
    if len(text) > LONG_NAME:
        for child in list(cell):
            cell.remove(child)
        cell.text = f"{text[:BEGINNING]}……"
    _append(cell if cell.find("div") is None else cell[0], CONTINUED)


def _mark_continued(block: etree._Element) -> None:
    for heading in block.iter("th"):
        is_label = heading.get("scope") == "row" and has_class(heading, LABEL)
        if is_label and not heading.text_content().endswith(CONTINUED):
            text = heading.find("div")
            _append(heading if text is None else text, CONTINUED)


def _keep_together(block: etree._Element, cell: etree._Element) -> None:
    """Keep in one piece what would look wrong in two: the end of a text, a quantity."""
    text = block.text or ""
    if len(block) and block[-1].tail:
        block[-1].tail = _TEXT_END.sub(lambda found: _kept(found[0]), block[-1].tail)
    if len(block) or len(text) < SHORTEST or MAY_NOT in text:
        return
    if has_class(cell, "number"):
        if width(text) > SMALL_FIGURE:
            block.text = text.replace(".", f"{MAY_BREAK}.")
    elif has_class(cell, "figure"):
        _keep_figures(block, cell)
    elif has_class(cell, "formula"):
        _keep(block, [found.span() for found in _RESULT.finditer(text)])
    elif len(text) > ONE_LINE:
        end = _NAME_END if cell.tag == "th" else _TEXT_END
        _keep(block, [found.span() for found in end.finditer(text)])


def _keep_figures(block: etree._Element, cell: etree._Element) -> None:
    """Keep quantities whole; one too wide for its column breaks before its unit."""

    def fitted(found: re.Match[str]) -> str:
        unit = found[2] or ""
        if width(found[0]) <= FIGURE or width(unit) > FIGURE:
            return found[0]
        return f"{found[1]}{MAY_BREAK}{_kept(unit)}"

    text = _parted(_QUANTITY.sub(fitted, block.text))
    block.text = text
    quantities = [found for found in _QUANTITY.finditer(text) if width(found[0]) <= SMALL_FIGURE]
    if any(width(found[0]) > FIGURE for found in quantities):
        add_class(cell, "small")
    pieces = [found.span() for found in quantities]
    if not pieces or pieces[-1][1] < len(text) - 2:
        pieces += [found.span() for found in _TEXT_END.finditer(text)]
    _keep(block, pieces)


def _parted(text: str) -> str:
    """Let a line be broken inside a range or a sum that is too wide: behind its sign."""
    free = 0

    def begun(found: re.Match[str]) -> str:
        nonlocal free
        places = [place.end() for place in _FREE.finditer(text, free, found.start())]
        free = max((free, *places))
        if found.start() > free and width(text[free : found.end()]) > FIGURE:
            free = found.start()
            return MAY_BREAK + found[0]
        return found[0]

    return _QUANTITY.sub(begun, text)


def _keep(block: etree._Element, spans: Iterable[tuple[int, int]]) -> None:
    """Let parts of a block's text stay in one piece."""
    text, done = block.text, 0
    block.text = ""
    for start, end in spans:
        _append(block, text[done:start])
        piece = text[start:end]
        # A sign asks for less work than an element. But where no line break comes right
        # before, a piece that has no room could be broken in spite of it.
        if " " not in piece and _LINE_END.search(text[:start]):
            _append(block, _kept(piece))
        else:
            etree.SubElement(block, "span", {"class": WORD}).text = piece
        done = end
    _append(block, text[done:])


def _kept(text: str) -> str:
    """A text that no line break divides."""
    return _MAY_PART.sub(MAY_NOT, text)


def _append(block: etree._Element, text: str) -> None:
    if len(block):
        block[-1].tail = (block[-1].tail or "") + text
    else:
        block.text = (block.text or "") + text
