"""What stands in a paragraph of a document, and what its reader would not see."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from builder.office import symbols
from builder.office.package import attribute, local
from builder.office.texts import quoted

_LEFT_OUT: Final = {"del", "moveFrom"}
_SIGNS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
}
# Two signs in one place, as 带圈字符 are kept: EQ \o\ac(□,√)
_OVER = re.compile(
    r"\\o\s*(?:\\a[clr]\s*)?\(([^,，;()]{0,20})[,，;]([^,，;()]{0,20})\)", re.IGNORECASE
)


@dataclass
class Notes:
    """What a paragraph or a cell holds beside its text."""

    deleted: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    # What is named by numbers, each once.
    comments: dict[str, None] = field(default_factory=dict)
    footnotes: dict[tuple[str, str], None] = field(default_factory=dict)
    boxes: list[etree._Element] = field(default_factory=list)
    # The code of a field until it ends.
    code: list[str] = field(default_factory=list)


class Runs:
    """The reader of runs; `hidden` are the styles whose text is not shown."""

    def __init__(self, hidden: frozenset[str] = frozenset()) -> None:
        self._hidden = hidden

    def text(self, paragraph: etree._Element, notes: Notes) -> str:
        """The text of a paragraph with tabs and line breaks, changes taken as accepted."""
        pieces: list[str] = []
        self._inside(paragraph, notes, pieces)
        return "".join(pieces)

    def _inside(self, element: etree._Element, notes: Notes, pieces: list[str]) -> None:
        for child in element:
            kind = local(child)
            if kind == "r":
                self._run(child, notes, pieces)
            elif kind in _LEFT_OUT:
                # Text inside is `delText` or, where it was moved, `t`.
                texts = [t.text or "" for t in child.iter("{*}delText", "{*}t")]
                notes.deleted.append("".join(texts))
            elif kind in ("ins", "moveTo"):
                count = len(pieces)
                self._inside(child, notes, pieces)
                notes.inserted.append("".join(pieces[count:]))
            elif kind == "AlternateContent":
                self._alternate(child, notes, pieces)
            elif kind == "commentRangeStart":
                notes.comments.setdefault(attribute(child, "id"))
            elif kind == "sdt" and is_unfilled(child):
                notes.told.append("有一处控件没有填，里面的提示文字没有读")
            elif kind == "t":  # of a formula
                pieces.append(child.text or "")
            elif not kind.endswith("Pr"):
                self._inside(child, notes, pieces)

    def _run(self, run: etree._Element, notes: Notes, pieces: list[str]) -> None:
        properties = run.find("{*}rPr")
        font = "" if properties is None else self._font(properties)
        shown: list[str] = []
        for child in run:
            kind = local(child)
            if kind == "t":
                shown.append(_pictures(child.text or "", font))
            elif kind in _SIGNS:
                shown.append(_SIGNS[kind])
            elif kind == "sym":
                shown.append(_sign(child, notes))
            elif kind == "AlternateContent":
                self._alternate(child, notes, shown)
            elif child is not properties:
                self._other(child, kind, notes, shown)
        text = "".join(shown)
        if properties is not None and text.strip():
            if self._is_hidden(properties):
                notes.hidden.append(text)
                return
            if _is_on(properties, "strike") or _is_on(properties, "dstrike"):
                notes.told.append(f"有划掉的字，照样读了：{quoted(text)}")
        pieces.append(text)

    def _other(self, child: etree._Element, kind: str, notes: Notes, pieces: list[str]) -> None:
        if kind in ("footnoteReference", "endnoteReference"):
            notes.footnotes.setdefault((kind[:-9], attribute(child, "id")))
        elif kind == "delText":
            notes.deleted.append(child.text or "")
        elif kind == "commentReference":
            notes.comments.setdefault(attribute(child, "id"))
        elif kind == "ruby":
            base = child.find("{*}rubyBase")
            if base is not None:
                self._inside(base, notes, pieces)
        elif kind == "instrText":
            notes.code.append(child.text or "")
        elif kind == "fldChar":
            pieces.append(_drawn(child, notes))
        elif kind in ("drawing", "pict", "object"):
            self._drawing(child, kind, notes)

    def _drawing(self, drawing: etree._Element, kind: str, notes: Notes) -> None:
        boxes = [box for box in drawing.iter("{*}txbxContent") if not _is_within(box, drawing)]
        notes.boxes += boxes
        if kind == "object":
            notes.told.append("嵌入的对象（如 Excel 表、公式）没有读，里面的内容请另行导入")
        elif next(drawing.iter("{*}blip", "{*}imagedata"), None) is not None:
            notes.told.append("有一张图片，图片里的字没有读")
        elif not boxes and next(drawing.iter("{*}relIds", "{*}chart"), None) is not None:
            notes.told.append("有一张图（图表或 SmartArt），里面的字没有读")
        for path in drawing.iter("{*}textpath"):
            notes.told.append(f"有艺术字没有读：{quoted(path.get('string', ''))}")

    def _alternate(self, element: etree._Element, notes: Notes, pieces: list[str]) -> None:
        """One of the ways to show the same thing: the first, as new programs do."""
        for choice in element:
            if local(choice) in ("Choice", "Fallback"):
                for child in choice:
                    kind = local(child)
                    if kind in ("drawing", "pict", "object"):
                        self._drawing(child, kind, notes)
                    elif kind == "r":
                        self._run(child, notes, pieces)
                    else:
                        self._inside(choice, notes, pieces)
                        break
                return

    def _is_hidden(self, properties: etree._Element) -> bool:
        if properties.find("{*}vanish") is not None:
            return _is_on(properties, "vanish")
        style = properties.find("{*}rStyle")
        return style is not None and attribute(style, "val") in self._hidden

    def _font(self, properties: etree._Element) -> str:
        fonts = properties.find("{*}rFonts")
        if fonts is None:
            return ""
        names = [attribute(fonts, name) for name in ("ascii", "hAnsi")]
        return next((name for name in names if symbols.is_symbolic(name)), "")


def _sign(element: etree._Element, notes: Notes) -> str:
    font, code = attribute(element, "font"), attribute(element, "char")
    try:
        found = symbols.character(font, int(code, 16))
    except ValueError:
        found = ""
    if not found:
        notes.told.append(f"有一个符号（字体 {font}，编码 {code}）不认得，没有读")
    return found


def _pictures(text: str, font: str) -> str:
    """A text whose letters stand for pictures, where its font is one of symbols."""
    if not font:
        return text
    return "".join(symbols.character(font, ord(letter)) or letter for letter in text)


def is_unfilled(control: etree._Element) -> bool:
    """Whether a control shows no more than a hint what belongs there."""
    return control.find("{*}sdtPr/{*}showingPlcHdr") is not None


def _drawn(mark: etree._Element, notes: Notes) -> str:
    """What a field draws that stands in no result: boxes to tick, signs set over each other."""
    box = mark.find("{*}ffData/{*}checkBox")
    if box is not None:
        return "☑" if _is_checked(box) else "□"
    if attribute(mark, "fldCharType") != "end":
        return ""
    match = _OVER.search("".join(notes.code))
    notes.code.clear()
    if not match:
        return ""
    below, above = match[1].strip(), match[2].strip()
    if below in ("□", "口") and above in ("√", "✓", "✔"):
        return "☑"
    if below in ("○", "〇") and above.isdecimal() and 0 < int(above) <= 20:
        return chr(0x2460 + int(above) - 1)
    notes.told.append(f"有叠在一起的符号，分开读了：{quoted(below + above)}")
    return below + above


def _is_on(properties: etree._Element, name: str) -> bool:
    element = properties.find(f"{{*}}{name}")
    return element is not None and attribute(element, "val", "1") not in ("0", "false", "off")


def _is_checked(box: etree._Element) -> bool:
    is_told = box.find("{*}checked") is not None
    return _is_on(box, "checked") if is_told else _is_on(box, "default")


def _is_within(box: etree._Element, drawing: etree._Element) -> bool:
    """Whether a text box lies in another one, or stands in for one that is read already."""
    for ancestor in box.iterancestors():
        if ancestor is drawing:
            return False
        if local(ancestor) in ("txbxContent", "Fallback"):
            return True
    return False
