"""Spreadsheets (.xlsx and its kin): sheets, shared texts, formats.

Read straight from their XML: for one form openpyxl takes 13 ms for what is shown and as much again
for which cells are formulas, we take 3 for both; it makes an object for every place of a merged
range however large, fails on the styles of some programs, and loses text boxes.
"""

from __future__ import annotations

from lxml import etree

from builder.office import margins
from builder.office.failing import damaged, suspicious
from builder.office.formats import BUILT_IN
from builder.office.grid import Room
from builder.office.package import Package, attribute, whole
from builder.office.paper import Paper, Remark, Table
from builder.office.sheet import Sheet
from builder.office.texts import clean, unescape
from builder.office.values import Values, rich_text

_STATES = {"hidden": "隐藏", "veryHidden": "深度隐藏"}


def read(file: str, package: Package, main: str) -> Paper:
    """A workbook whose description is the part `main`; raises `Unreadable`."""
    root = package.tree(main)
    if root is None:
        raise damaged("没有工作簿")
    links = package.links(main)
    parts = {link.kind: link.target for link in links.values()}
    values = Values(
        texts=_shared_texts(package, parts.get("sharedStrings", "")),
        formats=_formats(package, parts.get("styles", "")),
        is_1904=_is_on(root, "workbookPr", "date1904"),
    )
    room = Room()
    remarks = list(margins.of_workbook(package, links.values()))
    tables: list[Table] = []
    seen: set[str] = set()
    for entry in root.iterfind("{*}sheets/{*}sheet"):
        link = links.get(attribute(entry, "id"))
        if link and link.target in seen:
            raise suspicious("两张工作表是同一份内容")
        seen |= {link.target} if link else set()
        name = clean(unescape(entry.get("name", ""))) or "未命名"
        if link is None or link.target not in package:
            remarks.append(Remark(name, "工作簿里登记了这张工作表，文件里却没有，没有读"))
        elif link.kind != "worksheet":
            remarks.append(Remark(name, "这一张不是工作表（图表或对话框），没有读"))
        else:
            sheet = Sheet(name, values, room)
            table = sheet.read(package, link.target)
            if table and (state := _STATES.get(entry.get("state", ""))):
                remarks.append(Remark(name, f"这张工作表是{state}的，照样读了；不要的请删去"))
            remarks += [*sheet.remarks, *margins.of_sheet(package, link.target, sheet)]
            tables += [table] if table else []
    return Paper(file, tuple(tables), tuple(remarks))


def _is_on(root: etree._Element, tag: str, name: str) -> bool:
    element = root.find(f"{{*}}{tag}")
    return element is not None and element.get(name) in ("1", "true", "on")


def _shared_texts(package: Package, part: str) -> list[str]:
    if part not in package:
        return []
    return [rich_text(item) for item in package.elements(part, "si")]


def _formats(package: Package, part: str) -> list[str]:
    """The number format of each cell style, by its number."""
    root = package.tree(part) if part in package else None
    if root is None:
        return []
    codes = dict(BUILT_IN)
    for element in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[whole(element.get("numFmtId"), -1)] = unescape(element.get("formatCode", ""))
    styles = root.iterfind("{*}cellXfs/{*}xf")
    return [codes.get(whole(style.get("numFmtId")), "General") for style in styles]
