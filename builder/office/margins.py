"""What a spreadsheet holds beside its cells: told, because no table shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from builder.office.package import Link, Package, attribute, local, parse, whole
from builder.office.paper import Remark
from builder.office.references import coordinates
from builder.office.sheet import Sheet
from builder.office.texts import clean, quoted, unescape
from builder.office.values import rich_text

# &C, &"宋体,常规", &12, &P: where and how the edges of a page are printed, page numbers, dates.
_EDGE_CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|.)')
# Words around page numbers that say nothing of the form.
_PAGES = re.compile(r"[第共页,，/\-—\s\d.]*|page\s*(?:of)?\s*", re.IGNORECASE)
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


def of_workbook(package: Package, links: Iterable[Link]) -> Iterator[Remark]:
    """What the whole workbook has: macros, other files that its formulas ask."""
    if any(name.endswith("vbaproject.bin") for name in package):
        yield Remark("文件", "文件带宏，宏没有运行，也没有读")
    if any(link.kind == "externalLink" for link in links):
        told = "公式引用了别的文件，没有去读那个文件，用的是这个文件里存下的数，请核对"
        yield Remark("文件", told)


def of_sheet(package: Package, part: str, sheet: Sheet) -> Iterator[Remark]:
    """What lies on a sheet: comments, drawings, links, text on the edges of printed pages."""
    for text in dict.fromkeys(map(_edge, sheet.edges)):
        if text:
            yield Remark(sheet.name, f"页眉或页脚里有文字，没有读：{quoted(text)}")
    links = package.links(part)
    inside = {link.target: link.kind for link in links.values() if not link.is_outside}
    is_threaded = "threadedComment" in inside.values()
    for target, kind in inside.items():
        # What threads say stands in the comments again, for programs that know no threads.
        if target in package and not (is_threaded and kind == "comments"):
            yield from _READERS.get(kind, _nothing)(package, target, sheet)
    for reference, identity in sheet.links:
        yield from _link(reference, links.get(identity), sheet)


def _edge(text: str) -> str:
    """What an edge of the page says beyond page numbers."""
    bare = " ".join(clean(_EDGE_CODE.sub(" ", unescape(text))).split())
    return "" if _PAGES.fullmatch(bare) else bare


def _comments(package: Package, part: str, sheet: Sheet) -> Iterator[Remark]:
    root = package.tree(part)
    for comment in () if root is None else root.iterfind("{*}commentList/{*}comment"):
        body = comment.find("{*}text")
        if body is not None:
            yield from _commented(sheet, comment.get("ref", ""), rich_text(body))


def _threads(package: Package, part: str, sheet: Sheet) -> Iterator[Remark]:
    root = package.tree(part)
    for comment in () if root is None else root:
        body = comment.find("{*}text")
        if body is not None:
            yield from _commented(sheet, comment.get("ref", ""), body.text or "")


def _commented(sheet: Sheet, reference: str, text: str) -> Iterator[Remark]:
    if text := clean(text):
        yield Remark(f"{sheet.name}!{reference}", f"有批注：{quoted(text)}")


def _drawing(package: Package, part: str, sheet: Sheet) -> Iterator[Remark]:
    """Text boxes with their words, pictures and charts."""
    root = package.tree(part)
    for anchor in () if root is None else root:
        if local(anchor) not in _ANCHORS:
            continue
        row, column = (whole(anchor.findtext(f"{{*}}from/{{*}}{name}")) for name in ("row", "col"))
        place = sheet.place(row, column)
        paragraphs = [
            "".join(text.text or "" for text in paragraph.iter("{*}t"))
            for paragraph in anchor.iter("{*}p")
            if not any(local(above) == "Fallback" for above in paragraph.iterancestors())
        ]
        if text := clean("\n".join(paragraphs)):
            yield Remark(place, f"有文本框，里面的字没有读进表里：{quoted(text)}")
        elif next(anchor.iter("{*}pic"), None) is not None:
            yield Remark(place, "有一张图片，图片里的字没有读")
        elif next(anchor.iter("{*}graphicFrame"), None) is not None:
            yield Remark(place, "有一张图（图表或 SmartArt），里面的字没有读")


def _controls(package: Package, part: str, sheet: Sheet) -> Iterator[Remark]:
    """Buttons and boxes to tick, which stand in a drawing of an older kind, not always sound."""
    # Excel writes line breaks in them as HTML has them.
    data = package.read(part).replace(b"<br>", b"<br/>")
    root = parse(data, recover=True)
    for shape in root.iter("{*}shape"):
        data = shape.find("{*}ClientData")
        kind = "Note" if data is None else attribute(data, "ObjectType", "Note")
        if kind == "Note" or data is None:
            continue
        box = shape.find("{*}textbox")
        text = "" if box is None else clean(" ".join("".join(box.itertext()).split()))
        anchor = [whole(number.strip()) for number in data.findtext("{*}Anchor", "").split(",")]
        place = sheet.place(anchor[2], anchor[0]) if len(anchor) > 2 else sheet.name
        state = {"1": "已勾选", "0": "未勾选"}.get(data.findtext("{*}Checked", "0").strip(), "")
        if kind == "Checkbox":
            yield Remark(place, f"有复选框控件{quoted(text)}（{state}），没有读进表里")
        elif text:
            yield Remark(place, f"有控件，上面的字没有读进表里：{quoted(text)}")


def _link(reference: str, link: Link | None, sheet: Sheet) -> Iterator[Remark]:
    """A link to elsewhere that a cell does not name by itself; it is never followed."""
    found = coordinates(reference.partition(":")[0])
    if link is None or not link.is_outside or found is None:
        return
    address = link.target.removeprefix("mailto:").rstrip("/")
    if address not in sheet.text(*found):
        yield Remark(sheet.place(*found), f"有链接，没有打开：{quoted(link.target)}")


def _nothing(_package: Package, _part: str, _sheet: Sheet) -> Iterator[Remark]:
    """Print settings, tables, properties: they say nothing that a reader would miss."""
    yield from ()


_READERS = {
    "comments": _comments,
    "threadedComment": _threads,
    "drawing": _drawing,
    "vmlDrawing": _controls,
}
