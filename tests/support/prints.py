"""Reports of any size, printed; and what a PDF shows, page by page."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf

from builder import content, source
from builder.content import LABELS, Entry
from builder.diagnostics import Diagnostics
from builder.layouts import GOALS
from builder.pdf import About, Attachment, Faces, Part, Printer, strokes
from builder.theme import BUILT_IN, Theme, open_theme
from builder.views import ReportView, report_view
from tests.support.reports import layout_of, settings

MM, PIXEL = 72 / 25.4, 0.75
FOLDER = BUILT_IN / "official"
CSS = (FOLDER / "print/print.css").read_text(encoding="utf-8")
DAY = date(2025, 8, 20)
ATTACHMENTS = (
    Attachment("项目.yaml", "年度: 2024\n".encode(), "application/yaml", "填报内容", "Source"),
    Attachment("report.json", b'{"a": 1}', "application/json", "各项得分", "Data", DAY),
)
LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标"),
    "效益指标": ("社会效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
SENTENCES = (
    "完善绩效目标管理，强化过程监控，提高财政资金使用效益。",
    "按照“应检尽检、应修尽修”的原则组织实施，保障节目传输正常（含备份链路）。",
    "依托PC、手机等多屏融合互动的新媒体平台，累计点播量超过100万次。",
)


def prose(length: int, seed: int = 0) -> str:
    """A text of exactly so many characters."""
    text = "甲乙丙丁戊己庚辛壬癸"[seed % 10]
    while len(text) < length:
        text += SENTENCES[(len(text) + seed) % 3]
    return text[: length - 1] + "。"


def report(
    indicators: int,
    *,
    reasons: Mapping[int, int] | None = None,
    goal: str = "建立平台。",
    name: str = "合成项目",
    target: str = "≥90.00(%)",
    profile: str = "上海市级",
    funds: Sequence[str] = ("当年财政拨款", "上年结转资金", "其他资金"),
) -> str:
    """A report with so many indicators, `第1项…` onwards; `reasons` are lengths by number."""
    kinds = [(first, second) for first, seconds in LEVELS.items() for second in seconds]
    places = [kinds[number * len(kinds) // indicators] for number in range(indicators)]
    row = "{年初预算数: 334.50, 全年预算数: 334.50, 全年执行数: 319.26}"
    lines = [
        "年度: 2024", f"评分规则: {profile}", f"项目名称: {name}", "主管部门: 某市教育局",
        "实施单位: 某市教师进修学院", "项目资金:", *(f"  {fund}: {row}" for fund in funds),
    ]  # fmt: skip
    if layout_of(profile).has(GOALS):
        lines += ["年度总体目标:", "  预期目标: |", *(f"    {line}" for line in goal.splitlines())]
        lines.append("  实际完成情况: 建成并投入使用。")
    lines.append("绩效指标:")
    numbers = iter(range(1, indicators + 1))
    for first, of_first in groupby(places, lambda place: place[0]):
        lines.append(f"  {first}:")
        for second, of_second in groupby(of_first, lambda place: place[1]):
            lines.append(f"    {second}:")
            for _ in of_second:
                number = next(numbers)
                lines += [
                    f"      - 三级指标: 第{number}项工作按期完成率",
                    f"        年度指标值: '{target}'",
                    "        实际完成值: 95.00(%)",
                    f"        分值: {90 / indicators:.2f}",
                ]
                if length := (reasons or {}).get(number):
                    lines.append(f"        偏差原因分析及改进措施: {prose(length, number)}")
    return "\n".join(lines) + "\n"


# Reports for every way in which a form can fill its pages.
TWO_PAGES = report(30)
LONG_REASON = report(12, reasons={5: 600, 6: 600})
LONG_GOAL = report(10, goal="\n".join(f"{n}. {prose(90, n)}" for n in range(1, 24)))
REPORTS = {
    "one": report(10),
    "two": TWO_PAGES,
    "many": report(90, reasons={7: 200, 40: 60}),
    "reason": LONG_REASON,
    "goal": LONG_GOAL,
    "hubei": report(12, profile="湖北", funds=("财政资金",)),
    "unscored": report(
        12, profile="转移支付", funds=("中央补助", "地方资金", "县级资金", "其他资金")
    ),
}


def view(text: str) -> ReportView:
    """What the templates see of a report."""
    diagnostics = Diagnostics()
    entry = Entry(Path("case.yaml"), "content/2024/case.yaml", "2024", "case")
    understood = content.understand(
        source.parse(text, entry.file, LABELS, diagnostics), entry, settings(), diagnostics
    )
    assert understood, [found.message for found in diagnostics]
    return report_view(understood, settings().site)


@cache
def _theme() -> Theme:
    theme = open_theme("official", None, Diagnostics())
    assert theme
    return theme


def html(shown: ReportView, parts: Sequence[Part], *, annex: bool = False) -> str:
    """The print page of a report, its indicators in those parts."""
    diagnostics = Diagnostics()
    text = _theme().render(
        "print/print.html", {"report": shown, "parts": parts, "annex": annex}, diagnostics
    )
    assert text, [found.message for found in diagnostics]
    return text


@cache
def printer() -> Printer:
    """The official theme's printer."""
    return Printer(CSS, Faces.of(FOLDER / "fonts"), (FOLDER / "print",))


@cache
def printed(text: str) -> bytes:
    """The PDF of a report."""
    return print_anew(text)


def print_anew(text: str, *, dated: bool = True, annex: bool = False) -> bytes:
    """The PDF of a report, printed once more."""
    shown = view(text)
    about = About(shown.name, "某市教师进修学院", "一句话说明", DAY if dated else None)
    return printer().print(lambda parts: html(shown, parts, annex=annex), about, ATTACHMENTS)


@dataclass(frozen=True)
class Word:
    """A run of text on a page; the unit is the point, from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Rule:
    """A line of a table: where it stands, from where to where, as `Word` has it."""

    is_upright: bool
    place: float
    start: float
    end: float


@dataclass
class Element:
    """A structure element, as a screen reader meets it."""

    role: str
    id: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text of the element, in reading order, without blanks and list numbers."""
        return "".join(
            kid if isinstance(kid, str) else kid.text
            for kid in self.kids
            if isinstance(kid, str) or kid.role != "Lbl"
        )

    def all(self, *roles: str) -> list[Element]:
        """The elements of those roles below this one, in reading order."""
        found = [self] if self.role in roles else []
        below = (kid for kid in self.kids if isinstance(kid, Element))
        return found + [element for kid in below for element in kid.all(*roles)]

    @property
    def rows(self) -> list[list[str]]:
        """The texts of a table's cells, row by row."""
        return [[cell.text for cell in row.all("TH", "TD")] for row in self.all("TR")]


def structure(pdf: bytes) -> Element:
    """The structure tree of a PDF with the text that its content gives to each element."""
    with opened(pdf) as document:
        fonts: Fonts = {}
        pages = [page for page in document.pages if "/Contents" in page]
        texts = {page.obj.objgen: _marked_texts(page, fonts) for page in pages}
        return _element(document.Root.StructTreeRoot.K[0], texts)


Fonts = dict[Any, dict[tuple[int, int], str]]
"""What the codes of each font stand for, by the number of its object."""


def _element(node: Any, texts: Mapping[Any, Mapping[int, str]]) -> Element:
    element = Element(str(node.S)[1:], str(node.get("/ID", "")))
    for name, value in dict(node.get("/A", {})).items():
        element.attributes[name[1:]] = [str(v) for v in value] if name == "/Headers" else value
    for kid in node.get("/K", []):
        if isinstance(kid, int):
            element.kids.append(texts[node.Pg.objgen][kid])
        elif "/MCID" in kid:
            element.kids.append(texts[kid.Pg.objgen][kid.MCID])
        elif "/Obj" not in kid:
            assert kid.P.objgen == node.objgen
            element.kids.append(_element(kid, texts))
    return element


def _marked_texts(page: pikepdf.Page, known: Fonts) -> dict[int, str]:
    """What the content of a page shows under each MCID."""
    fonts: Fonts = {}
    resources: Any = page.resources
    for name, font in resources.Font.items():
        if font.objgen not in known:
            known[font.objgen] = _characters(font)
        fonts[name] = known[font.objgen]
    texts: dict[int, str] = {}
    mcid, font = None, {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC":
                mcid = operands[1].get("/MCID")
            case "EMC":
                mcid = None
            case "Tf":
                font = fonts[str(operands[0])]
            case "TJ" | "Tj" as shows if mcid is not None:
                strings: Any = operands if shows == "Tj" else operands[0]
                codes = b"".join(bytes(s) for s in strings if isinstance(s, pikepdf.String))
                shown = "".join(font[code] for code in zip(codes[::2], codes[1::2], strict=True))
                texts[mcid] = texts.get(mcid, "") + "".join(shown.split())
    return texts


def _characters(font: Any) -> dict[tuple[int, int], str]:
    """What a font's two-byte codes stand for."""
    pairs = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", font.ToUnicode.read_bytes())
    return {
        (code[0], code[1]): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in ((bytes.fromhex(pair[0].decode()), pair[1]) for pair in pairs)
    }


def words(pdf: bytes) -> list[list[Word]]:
    """Where the text of each page stands."""
    word = re.compile(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    )
    return [
        [Word(found[5], *map(float, found.groups()[:4])) for found in word.finditer(page)]
        for page in _poppler("pdftotext", "-bbox", pdf, "-").split("<page ")[1:]
    ]


def runs(pdf: bytes) -> list[list[Word]]:
    """Every run of glyphs on each page of a form, by the advances that its fonts give.

    Poppler takes two texts as one word where hardly more than a rule is between them.
    """
    fonts: Fonts = {}
    with opened(pdf) as document:
        return [list(_runs(page, fonts)) for page in document.pages]


def _runs(page: pikepdf.Page, known: Fonts) -> Iterator[Word]:
    resources: Any = page.resources
    fonts, left, base, size = resources.Font, 0.0, 0.0, 0.0
    font: Any = None
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "Tm":
                left, base = (float(operand) * PIXEL for operand in operands[4:])
            case "Tf":
                font, size = fonts[str(operands[0])], float(operands[1]) * PIXEL
                if font.objgen not in known:
                    known[font.objgen] = _characters(font)
            case "TJ":
                text, width, advances = "", 0.0, _advances(font)
                for part in operands[0]:
                    if isinstance(part, pikepdf.String):
                        data = bytes(part)
                        for code in zip(data[::2], data[1::2], strict=True):
                            text += known[font.objgen][code]
                            width += advances[code[0] * 256 + code[1]]
                    else:
                        width -= float(part)
                right = left + width * size / 1000
                yield Word(text, left, base - 0.88 * size, right, base + 0.12 * size)


def _advances(font: Any) -> dict[int, float]:
    """How wide each glyph of a font is, in thousandths of an em."""
    widths: list[Any] = list(font.DescendantFonts[0].W)
    return {
        int(first) + place: float(width)
        for first, more in zip(widths[::2], widths[1::2], strict=True)
        for place, width in enumerate(more)
    }


def rules(pdf: bytes) -> list[list[Rule]]:
    """The lines of the tables of each page of a form, which count in pixels from above."""
    with opened(pdf) as document:
        contents = [page.Contents.read_bytes() for page in document.pages]
    return [
        [
            Rule(is_upright, place * PIXEL, start * PIXEL, end * PIXEL)
            for (is_upright, place), reaches in strokes.shown(content)[2].items()
            for start, end in reaches
        ]
        for content in contents
    ]


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The PDF taken apart."""
    return pikepdf.open(BytesIO(pdf))


def _poppler(tool: str, option: str, pdf: bytes, *more: str) -> str:
    run = subprocess.run([tool, option, "-", *more], input=pdf, capture_output=True, check=True)
    return run.stdout.decode()
