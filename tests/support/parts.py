"""Office files written part by part, so that a test says what is in them to the letter."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def links(*targets: tuple[str, str] | tuple[str, str, str]) -> str:
    """A part of relationships: kind, target and what else stands there, as rId1, rId2, …"""
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{target[0]}" Target="{escape(target[1])}" '
        f"{''.join(target[2:])}/>"
        for number, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{P}">{inside}</Relationships>'


def xlsx(
    rows: str,
    *,
    formats: tuple[str, ...] = (),
    before: str = "",
    after: str = "",
    settings: str = "",
    state: str = "visible",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A workbook with one sheet 表; style n of a cell has the nth of `formats`, from 1."""
    codes = "".join(
        f'<numFmt numFmtId="{200 + number}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for number, code in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{200 + number}"/>' for number, _ in enumerate(formats))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}">{settings}<sheets>'
        f'<sheet name="表" sheetId="1" state="{state}" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": links(
            ("worksheet", "worksheets/sheet1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{S}"><numFmts>{codes}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}" xmlns:r="{R}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
    }
    return zipped({**parts, **(more or {})})


def docx(body: str, more: Mapping[str, str | bytes] | None = None, *others: str) -> bytes:
    """A document; `others` are the kinds of its further parts (comments, numbering, …)."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": links(("officeDocument", "word/document.xml")),
        "word/document.xml": word("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": links(*((kind, f"{kind}.xml") for kind in others)),
    }
    return zipped({**parts, **(more or {})})


def word(tag: str, inside: str) -> str:
    """A part of a document with its usual prefixes."""
    spaces = "".join(
        f' xmlns:{prefix}="{name}"'
        for prefix, name in {
            "w": W,
            "r": R,
            "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
            "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
            "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
            "v": "urn:schemas-microsoft-com:vml",
        }.items()
    )
    return f"<w:{tag}{spaces}>{inside}</w:{tag}>"
