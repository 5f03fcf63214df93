"""Reports with one text cell of any length, and what must hold of every PDF of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tests.support import prints
from tests.support.prints import MM, Element, Rule, Word

CELLS = (
    "项目名称", "主管部门", "实施单位", "预期目标", "实际完成情况",
    "三级指标", "年度指标值", "实际完成值", "偏差原因分析及改进措施",
)  # fmt: skip
PLACES = {"first": 1, "middle": 7, "last": 12}
OF_INDICATOR = CELLS[5:]
LETTERS = "更换路灯并完成线路检修和灯杆防腐"
KINDS = {
    "sentences": prints.prose,
    "han": lambda length: (LETTERS * (length // len(LETTERS) + 1))[:length],
    "word": lambda length: ("Optoelectronics" * (length // 15 + 1))[:length],
    "digits": lambda length: ("1234567890" * (length // 10 + 1))[:length],
    "list": lambda length: "\n".join(
        f"{n}. {text}" for n, text in enumerate(_pieces(prints.prose(length), 60), 1)
    ),
}
"""Texts of so many characters, by what is hard about them."""


def _pieces(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(0, len(text), size))


def extreme(cell: str, text: str, place: str = "middle", indicators: int = 12) -> str:
    """A report in which one cell has that text, in an indicator of that place."""
    written = '"' + text.replace("\n", "\\n") + '"'
    lines = prints.report(indicators).splitlines()
    if cell in OF_INDICATOR:
        begins = [at for at, line in enumerate(lines) if "- 三级指标:" in line]
        at = begins[{"first": 0, "middle": indicators // 2, "last": -1}[place]]
        if cell == OF_INDICATOR[-1]:
            lines.insert(at + 4, f"        {cell}: {written}")
            return "\n".join(lines) + "\n"
        at = next(at for at, line in enumerate(lines[at:], at) if f"{cell}:" in line)
    else:
        at = next(at for at, line in enumerate(lines) if line.strip().startswith(f"{cell}:"))
    if lines[at].endswith("|"):
        del lines[at + 1]
    lines[at] = f"{lines[at].partition(':')[0]}: {written}"
    return "\n".join(lines) + "\n"


def crossing(pdf: bytes) -> list[tuple[int, str]]:
    """Words of a form that a rule crosses or that stand outside its margins, by page."""
    found = []
    for number, (words, rules) in enumerate(zip(prints.words(pdf), prints.rules(pdf), strict=True)):
        for word in words:
            inside = 25 * MM < word.left < word.right < (210 - 18) * MM and word.bottom < 285 * MM
            if not inside or any(_crosses(rule, word) for rule in rules):
                found.append((number + 1, word.text))
    return found


def _crosses(rule: Rule, word: Word) -> bool:
    """Whether a rule goes through the inside of a word's box.

    Boxes of words are as high as their line: their ink keeps off by a third.
    """
    air = (word.bottom - word.top) / 3
    if rule.is_upright:
        across = word.left + 0.5 < rule.place < word.right - 0.5
        return across and rule.start < word.bottom - air and word.top + air < rule.end
    across = word.top + air < rule.place < word.bottom - air
    return across and rule.start < word.right - 0.5 and word.left + 0.5 < rule.end


def emptiest(pdf: bytes) -> float:
    """How far down the pages are filled, least of all: 1 is all of a page.

    The last one, and one before an annex, may end anywhere.
    """
    pages = prints.words(pdf)
    top, bottom = 25 * MM, (297 - 23) * MM
    filled = [1.0]
    for page, following in pairwise(pages):
        if any(word.text.startswith("附：评分说明") for word in following):
            continue
        ends = max(word.bottom for word in page if word.bottom < bottom)
        filled.append((ends - top) / (bottom - top))
    return min(filled)


def shown(pdf: bytes, text: str) -> bool:
    """Whether a text is in the PDF whole and in order, over however many pages."""
    wanted = re.sub(r"^\d+\. ", "", text, flags=re.MULTILINE)
    wanted = "".join(wanted.split())
    left = wanted
    for cell in _cells(prints.structure(pdf)):
        if left and (left.startswith(cell) or cell.startswith(left)) and cell:
            left = left[len(cell) :]
    return not left


def _cells(tree: Element) -> Iterator[str]:
    for cell in tree.all("TH", "TD", "P"):
        yield cell.text
