"""Content for bound volumes: many reports of several departments, and what a volume shows."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf

from builder.cli.main import main
from tests.support.prints import Element, Word, report, structure, words

WITHHELD = "青鸾计划"
PREFACE = "本书汇编**全市**项目支出绩效\n自评表，供查阅。"
DEPARTMENTS = ("市教育局", "市卫生健康委员会", "市农业农村局", "市司法局", "市文化和旅游局")
NAMES = (
    "义务教育学校校舍维修", "《长三角》区域合作专项", "IPTV平台运维服务", "基层卫生机构能力提升",
    "重点水域禁捕退捕补助", "法律援助",
    "非物质文化遗产保护传承与数字化展示平台建设（二期）项目经费",
)  # fmt: skip

RESULTS = {6: "72.00(%)", 11: "58.00(%)"}
"""What some reports reach of a target of 90 %, so that not all of them are 优."""

COUNTS = (9, 12, 10, 18, 15, 30, 20, 24, 6, 25)  # the points of each are exact


def text_of(number: int) -> str:
    """The report of that number: its length, money, profile and points differ."""
    name = f"{NAMES[number % len(NAMES)]}{number}"
    count = COUNTS[number * 3 % len(COUNTS)]
    profile = "上海区级" if number % 9 == 4 else "上海市级"
    result = RESULTS.get(number % 13)
    reasons = {2: 40, 3: 120} if number % 4 == 1 else {}
    if result:
        reasons = dict.fromkeys(range(1, count + 1), 21)
    text = report(count, name=name, profile=profile, reasons=reasons)
    text = text.replace("某市教育局", DEPARTMENTS[number * 3 % 7 % len(DEPARTMENTS)])
    text = text.replace("某市教师进修学院", f"第{'一二三'[number % 3]}事务中心")
    if result:
        text = text.replace("实际完成值: 95.00(%)", f"实际完成值: {result}")
    elif reasons:  # short of their targets
        text = text.replace("实际完成值: 95.00(%)", "实际完成值: 81.00(%)", 3)
        text = text.replace("实际完成值: 81.00(%)", "实际完成值: 95.00(%)", 1)
    spent = 319 - number * 5 % 97
    return text.replace("全年执行数: 319.26", f"全年执行数: {spent}.{number % 90 + 10}")


def write_content(folder: Path, count: int, site: str = "") -> None:
    """A content folder of so many public reports and a withheld one, with a preface."""
    year = folder / "2024"
    year.mkdir(parents=True)
    for number in range(count):
        (year / f"xiangmu-{number:04}.yaml").write_text(text_of(number), encoding="utf-8")
    secret = text_of(count).replace("项目名称: ", f"项目名称: {WITHHELD}")
    secret += f"公开: {{范围: 不公开, 理由: {WITHHELD}}}\n"
    (year / "xiangmu-9999.yaml").write_text(secret, encoding="utf-8")
    (year / "compendium.md").write_text(PREFACE, encoding="utf-8")
    (folder / "site.yaml").write_text(site or "主办单位: 某市财政局\n", encoding="utf-8")


@dataclass
class Volume:
    """A built volume: its file, and what each of its pages shows."""

    path: Path

    @cached_property
    def texts(self) -> list[str]:
        return pages_of(self.path)

    @cached_property
    def words(self) -> list[list[Word]]:
        return words(self.path.read_bytes())

    @cached_property
    def document(self) -> Element:
        return structure(self.path.read_bytes())

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(self.path)

    @cached_property
    def places(self) -> dict[str, int]:
        """The page (from 0) of every named destination."""
        pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(self.pdf.pages)}
        names = pikepdf.NameTree(self.pdf.Root.Names.Dests)
        return {name: pages[place[0].objgen] for name, place in names.items()}

    @cached_property
    def labels(self) -> list[str]:
        return [page.label for page in self.pdf.pages]

    @cached_property
    def bookmarks(self) -> list[tuple[int, str, str]]:
        """Level, title and destination of each, in order."""
        return list(_bookmarks(self.pdf.Root.Outlines))

    def part(self, title: str) -> Element:
        """The part of that title, as a screen reader meets it."""
        found = [e for e in self.document.kids if isinstance(e, Element)]
        return next(e for e in found if [h.text for h in e.all("H1")][:1] == [title])


def _bookmarks(node: Any, level: int = 1) -> Iterator[tuple[int, str, str]]:
    child = node.get("/First")
    while child is not None:
        yield level, str(child.Title), str(child.Dest)
        yield from _bookmarks(child, level + 1)
        child = child.get("/Next")


def build(folder: Path, *options: str) -> Path:
    """The site of `folder`'s content."""
    content, output = str(folder / "content"), folder / "output"
    assert main(["build", "--content", content, "--output", str(output), *options]) == 0
    return output


def pages_of(pdf: Path) -> list[str]:
    """The text of every page, in the order of its content, without blanks."""
    shown = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    return ["".join(page.split()) for page in shown.split("\f")[:-1]]
