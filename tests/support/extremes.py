"""Reports with one text cell of any length, and what must hold of every PDF of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from random import Random

from tests.support import prints
from tests.support.prints import MM, Element, Rule, Word

CELLS = (
    "项目名称", "主管部门", "实施单位", "预期目标", "实际完成情况",
    "三级指标", "年度指标值", "实际完成值", "偏差原因分析及改进措施",
)  # fmt: skip
PLACES = ("first", "middle", "last")
PROFILES = (
    ("上海市级", ("当年财政拨款", "上年结转资金", "其他资金")), ("四川", ("财政资金",)),
    ("湖北", ("财政资金",)), ("转移支付", ("中央补助", "地方资金", "县级资金")),
)  # fmt: skip
OF_INDICATOR = CELLS[5:]
PROSE = ("预期目标", "实际完成情况", "偏差原因分析及改进措施")  # in which a list is one
SLACK = 0.3  # points: half the width of a rule
LETTERS = "更换路灯并完成线路检修和灯杆防腐"
KINDS: Mapping[str, Callable[[int], str]] = {
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
    """Texts of a form that a rule crosses or that stand outside its margins, by page."""
    found = []
    for number, (texts, rules) in enumerate(zip(prints.runs(pdf), prints.rules(pdf), strict=True)):
        for text in texts:
            if not text.text:  # a sign without width
                continue
            inside = 25 * MM < text.left < text.right < (210 - 18) * MM and text.bottom < 285 * MM
            if not inside or any(_crosses(rule, text) for rule in rules):
                found.append((number + 1, text.text))
    return found


def _crosses(rule: Rule, text: Word) -> bool:
    """Whether a rule goes through a text."""
    if rule.is_upright:
        across, along = (text.left, text.right), (text.top, text.bottom)
    else:
        across, along = (text.top, text.bottom), (text.left, text.right)
    hits = across[0] + SLACK < rule.place < across[1] - SLACK
    return hits and rule.start < along[1] - SLACK and along[0] + SLACK < rule.end


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
    for cell in tree.all("TH", "TD"):
        yield cell.text


def mixed(seed: int) -> str:
    """A report in which many texts are of many lengths, always the same for a number."""
    random = Random(f"extreme {seed}")  # noqa: S311  not a secret
    count = random.choice([1, 2, 3, 5, 8, 12, 20, 30])
    sizes = (10, 46, 80, 140, 151, 200, 300, 600, 900)
    chosen = (number for number in range(1, count + 1) if random.random() < 0.4)
    profile, funds = random.choice(PROFILES)
    lines = prints.report(
        count,
        reasons={number: random.choice(sizes) for number in chosen},
        goal=prints.prose(random.choice([5, 290, 310, 600, 1500, 3000]), seed),
        name=prints.prose(random.choice([5, 40, 200])),
        profile=profile,
        funds=funds,
    ).splitlines()
    for at, line in enumerate(lines):
        label, _, _ = line.partition(":")
        if label.strip(" -") in OF_INDICATOR[:3] and random.random() < 0.2:
            letters = random.choice([LETTERS, "abcdefghijk", "0123456789"])
            text = "".join(random.choices(letters, k=random.choice(sizes)))
            lines[at] = f'{label}: "{at}号{text}"'
    return "\n".join(lines) + "\n"
