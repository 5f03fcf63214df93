"""The file that holds a document of an office: parts, one the same bytes at any time.

The parts that are no text of the form lie in `parts/`: a library's template would bring styles
of another language, a picture of an empty page, and the time of the day.
"""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from builder.export.words import printable

PARTS = Path(__file__).parent / "parts"
FIXED = {
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "package-links.xml",
    "word/_rels/document.xml.rels": "document-links.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/footer.xml": "footer.xml",
    "word/no-footer.xml": "no-footer.xml",
}
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest moment that an archive knows
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def packed(text: str, title: str, made: date) -> bytes:
    """A .docx of the XML of its text, dated `made` whenever it is written."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, file in FIXED.items():
            _add(archive, name, (PARTS / file).read_text(encoding="utf-8"))
        _add(archive, "docProps/core.xml", _properties(title, made))
        _add(archive, "word/document.xml", text)
    return stream.getvalue()


def _add(archive: ZipFile, name: str, text: str) -> None:
    entry = ZipInfo(name, _FIRST)
    entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
    archive.writestr(entry, text.encode())


def _properties(title: str, made: date) -> str:
    """What a file manager shows of it; who made it is nobody's name."""
    moment = f'xsi:type="dcterms:W3CDTF">{made.isoformat()}T00:00:00Z'
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(printable(title))}</dc:title><dc:language>zh-CN</dc:language>"
        f"<dcterms:created {moment}</dcterms:created>"
        f"<dcterms:modified {moment}</dcterms:modified></cp:coreProperties>"
    )
