"""A transcription as a page: an old website's layout in tables, the form pasted out of WPS."""

from __future__ import annotations

from html import escape

from tests.support.office_forms import Form, Sheet, Spot, boxes, visible

HEAD = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" \
content="text/html; charset=utf-8" /><title>预算绩效-信息公开</title>
<style>.MsoNormalTable td{padding:0 5.4pt}</style><script>var _hmt=_hmt||[];</script></head>
<body><table width="1000" border="0" align="center" cellpadding="0" cellspacing="0"><tr><td>
<table width="100%"><tr><td><a href="/">首页</a> &gt; <a href="/xxgk/">信息公开</a></td>\
<td align="right">字体：[<a href="#">大</a>&nbsp;<a href="#">小</a>]</td></tr></table>
<div id="zoom"><!--ZJEG_RSS.content.begin-->
"""
FOOT = """<!--ZJEG_RSS.content.end--></div></td></tr>
<tr><td align="center">版权所有&copy;&nbsp;&nbsp;网站地图</td></tr></table></body></html>
"""


def written(form: Form) -> str:
    """The page; what is hidden in a workbook is not on it."""
    inner = [piece(visible(sheet)) for sheet in form.sheets if not sheet.is_hidden]
    return HEAD + "".join(inner) + FOOT


def piece(sheet: Sheet) -> str:
    """Texts above and below, and the table between them."""
    parts: list[str] = []
    rows: list[list[Spot]] = []
    for line in [*sheet.lines, None]:
        if line and line.kind in ("row", "blank"):
            rows.append(line.spots)
        elif rows:
            parts.append(table(rows, sheet))
            rows = []
        if line and line.kind in ("title", "line"):
            texts = [one.text for one in line.spots if one.text not in ("", "<", "<<")]
            align = ' align="center"' if line.kind == "title" else ""
            parts.append(paragraph("&nbsp;&nbsp;".join(map(escape, texts)), align))
    return "".join(parts)


def table(rows: list[list[Spot]], sheet: Sheet) -> str:
    cells: list[list[str]] = [[] for _ in rows]
    for box in boxes(rows, sheet.width):
        text = "<br />".join(escape(part) for part in box.spot.text.split("\n")) or "&nbsp;"
        span = (f' colspan="{box.columns}"' if box.columns > 1 else "") + (
            f' rowspan="{box.rows}"' if box.rows > 1 else ""
        )
        cells[box.row].append(f'<td valign="center"{span}>{paragraph(text)}</td>')
    inner = "\n".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    return f'<table class="MsoNormalTable" border="1"><tbody>\n{inner}\n</tbody></table>\n'


def paragraph(inner: str, align: str = "") -> str:
    look = "font-family:宋体;mso-spacerun:'yes';font-size:10.0000pt;"
    return f'<p class="MsoNormal"{align}><span style="{look}">{inner}<o:p></o:p></span></p>'
