"""A transcription as a document: tables with gridSpan and vMerge, texts in the runs Word makes."""

from __future__ import annotations

import io
import re
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml

from tests.support.office_forms import Form, Sheet, Spot, boxes, packed, visible

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
WHO = 'w:author="张某" w:date="2024-03-01T09:30:00Z"'
SCRIPTS = re.compile(r"[ -~]+|[^ -~]+")
EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def written(form: Form) -> bytes:
    """The bytes of the document; sheets follow one another."""
    document = Document()
    body = document.element.body
    section = document.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    boxed = iter(form.text_boxes)
    for sheet in (visible(sheet) for sheet in form.sheets if not sheet.is_hidden):
        rows: list[list[Spot]] = []
        for line in [*sheet.lines, None]:
            if line and line.kind == "row":
                rows.append(line.spots)
                continue
            if rows:
                body.insert(len(body) - 1, parse_xml(table(rows, sheet, form)))
                body.insert(len(body) - 1, parse_xml(paragraph("")))  # Word parts tables so
                rows = []
            if line is None or line.kind == "part":
                continue
            if line.kind == "textbox":
                piece = text_box(next(boxed))
            else:
                texts = [one.text for one in line.spots if one.text not in ("", "<", "<<")]
                piece = paragraph("\t".join(texts), line.kind == "title")
            body.insert(len(body) - 1, parse_xml(piece))
    out = io.BytesIO()
    document.save(out)
    return packed(out.getvalue())


def table(rows: list[list[Spot]], sheet: Sheet, form: Form, room: float = 13600) -> str:
    """A table as wide as `room`, in twentieths of a point."""
    width = max(map(len, rows))
    while width > 1 and all(len(row) < width or row[width - 1].text == "<<" for row in rows):
        width -= 1
    width = max(width, sheet.width if any(row[-1].text == "<<" for row in rows) else 1)
    widths = [*sheet.widths, *[12.0] * width][:width]
    scale = room / sum(widths)
    twips = [int(one * scale) for one in widths]
    lines: list[dict[int, str]] = [{} for _ in rows]
    for box in boxes(rows, width):
        size = sum(twips[box.column : box.column + box.columns])
        span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
        for y in range(box.rows):
            merge = (
                "" if box.rows == 1 else '<w:vMerge w:val="restart"/>' if y == 0 else "<w:vMerge/>"
            )
            inner = content(box.spot, form, size) if y == 0 else "<w:p/>"
            about = f'<w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{span}{merge}</w:tcPr>'
            lines[box.row + y][box.column] = f"<w:tc>{about}{inner}</w:tc>"
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in twips)
    return (
        f'<w:tbl {SPACES}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{EDGES}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        + "".join(row_of(cells, rows[y]) for y, cells in enumerate(lines))
        + "</w:tbl>"
    )


def row_of(cells: dict[int, str], spots: list[Spot]) -> str:
    """A row; cells written `~` are not there: gridBefore, gridAfter."""
    missing = [x for x in sorted(cells) if x < len(spots) and spots[x].text == "~"]
    before = [x for x in missing if all(y in missing for y in range(x))]
    after = len(missing) - len(before)
    told = (f'<w:gridBefore w:val="{len(before)}"/>' if before else "") + (
        f'<w:gridAfter w:val="{after}"/>' if after else ""
    )
    inner = "".join(cells[x] for x in sorted(cells) if x not in missing)
    return f"<w:tr>{f'<w:trPr>{told}</w:trPr>' if told else ''}{inner}</w:tr>"


def content(spot: Spot, form: Form, size: int) -> str:
    """What is in a cell: paragraphs, with a change that waits to be accepted, or a table."""
    if "nested" in spot.marks:
        block = form.blocks[spot.marks["nested"]]
        inner = table([line.spots for line in block.lines], block, form, size - 220)
        return (paragraph(spot.text) if spot.text else "") + inner + "<w:p/>"
    if "was" in spot.marks:
        return (
            f'<w:p><w:del w:id="901" {WHO}><w:r><w:delText>{escape(spot.marks["was"])}</w:delText>'
            f'</w:r></w:del><w:ins w:id="902" {WHO}>{runs(spot.text)}</w:ins></w:p>'
        )
    return "".join(paragraph(line) for line in spot.text.split("\n"))


def paragraph(text: str, is_title: bool = False) -> str:
    look = '<w:pPr><w:jc w:val="center"/></w:pPr>' if is_title else ""
    return f"<w:p {SPACES}>{look}{runs(text, is_title)}</w:p>"


def runs(text: str, is_title: bool = False) -> str:
    """A text in pieces, as Word parts it where the script changes."""
    size = 32 if is_title else 20
    look = (
        f'<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>'
        f'{"<w:b/>" if is_title else ""}<w:sz w:val="{size}"/></w:rPr>'
    )
    return "".join(
        f"<w:r>{look}"
        + "<w:tab/>".join(
            f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in piece.split("\t")
        )
        + "</w:r>"
        for piece in SCRIPTS.findall(text)
    )


def text_box(text: str) -> str:
    """A box that floats over the page; Word keeps its text twice, for newer and older readers."""
    inner = f"<w:txbxContent><w:p>{runs(text)}</w:p></w:txbxContent>"
    return (
        f'<w:p {SPACES}><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>5000000</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="3000000" cy="300000"/><wp:wrapNone/><wp:docPr id="7" name="文本框 1"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="3000000" cy="300000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"</wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape "
        'style="position:absolute;width:236pt;height:24pt" type="#_x0000_t202">'
        f"<v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
