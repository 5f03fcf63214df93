"""What a cell of a spreadsheet stores, and what it shows of that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from builder.office import figures
from builder.office.package import local, whole
from builder.office.paper import Remark
from builder.office.texts import clean, quoted, unescape

# What programs are asked to start or to fetch: told, because whoever opens the file is asked.
_ACTIVE = re.compile(
    r"\b(?:WEBSERVICE|DDE|CALL|REGISTER|EXEC|HYPERLINK)\s*\(|^[=+\-@]?[\w.]+\|.*!", re.IGNORECASE
)
# How WPS keeps a picture in a cell; Excel keeps an error there that names a rich value.
_PICTURE = re.compile(r"\bDISPIMG\s*\(")


@dataclass(frozen=True, slots=True)
class Values:
    """What turns stored values into shown ones: the texts and formats that sheets share."""

    texts: list[str]
    formats: list[str]
    is_1904: bool

    def shown(
        self, cell: etree._Element, place: str, remarks: list[Remark], *, has_zeros: bool
    ) -> tuple[str, str, bool]:
        """The text of a cell, its exact number, and whether it is a formula without a result."""
        value = formula = None
        inline = ""
        for child in cell:
            name = local(child)
            if name == "v":
                value = child.text or ""
            elif name == "f":
                formula = child.text or ""
            elif name == "is":
                inline = rich_text(child)
        kind = cell.get("t", "n")
        if formula and _ACTIVE.search(formula):
            told = f"公式要打开或访问别的东西，没有运行：{quoted(formula)}"
            remarks.append(Remark(place, told))
        if (formula and _PICTURE.search(formula)) or (kind == "e" and cell.get("vm")):
            remarks.append(Remark(place, "格子里是一张图片，图片里的字没有读"))
            return "", "", False
        if formula is not None and not value and kind != "str":
            return "", "", True
        if kind != "inlineStr" and not value:
            return "", "", False
        index = whole(cell.get("s"))
        code = self.formats[index] if index < len(self.formats) else "General"
        if kind == "n" and value:
            return *self._number(value, code, place, remarks, has_zeros=has_zeros), False
        return self._text(self._stored(kind, value or "", inline), code, place, remarks), "", False

    def _stored(self, kind: str, value: str, inline: str) -> str:
        """The text that a cell stores which is no number."""
        if kind == "inlineStr":
            return inline
        if kind == "s":
            number = whole(value, -1)
            return self.texts[number] if 0 <= number < len(self.texts) else ""
        if kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE"
        if kind == "d":
            return value.removesuffix("T00:00:00")
        return unescape(value)

    def _text(self, text: str, code: str, place: str, remarks: list[Remark]) -> str:
        text = clean(text)
        shown = text if code == "General" else clean(figures.show_text(text, code))
        if text and not shown:
            told = f"数字格式把内容藏起来了，照样读了：{quoted(text)}"
            remarks.append(Remark(place, told))
            shown = text
        if text[:1] in ("=", "+", "-", "@") and _ACTIVE.search(text):
            told = f"文字像一个要运行程序的公式，只当文字读：{quoted(text)}"
            remarks.append(Remark(place, told))
        return shown

    def _number(
        self, value: str, code: str, place: str, remarks: list[Remark], *, has_zeros: bool
    ) -> tuple[str, str]:
        number = figures.number(value.strip())
        if number is None:
            return clean(value), ""
        shown = figures.show(number, code, is_1904=self.is_1904)
        text, stored = clean(shown.text), figures.plain(number)
        if not shown.is_sure:
            told = f"数字格式{quoted(code)}不认得，照存的数 {stored} 读了"
            remarks.append(Remark(place, told))
        if number.adjusted() >= 15 and number == number.to_integral_value():
            told = f"{stored} 超过 15 位，表格软件只存得下前 15 位，后面的成了 0，请核对"
            remarks.append(Remark(place, told))
        if not text or not (number or has_zeros):
            told = f"这一格存着 {stored}，但设置成不显示，照样读了"
            remarks.append(Remark(place, told))
            return stored, ""
        return text, shown.exact


def rich_text(item: etree._Element) -> str:
    """The text of a shared or inline string: its runs, without how they are pronounced."""
    pieces = []
    for child in item:
        kind = local(child)
        if kind == "t":
            pieces.append(child.text or "")
        elif kind == "r":
            pieces += [piece.text or "" for piece in child if local(piece) == "t"]
    return unescape("".join(pieces))
