"""UTF-8 and nothing else; what a file is written in instead is named."""

from __future__ import annotations

import codecs

from builder.diagnostics import Diagnostics, Span, catalogue, place


def decoded(content: bytes, file: str, diagnostics: Diagnostics) -> str | None:
    """The text of a file; None for another encoding, which is reported at its first place."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4]:
        diagnostics.report(catalogue.ENCODING, Span(file), encoding="UTF-16")
        return None
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        at = place(before, len(before), file)
        diagnostics.report(catalogue.ENCODING, at, encoding=_likely_encoding(content))
        return None


def _likely_encoding(content: bytes) -> str:
    """GBK if its two-byte characters make mostly common Chinese, else 'another one'."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return "其他编码"
    wide = [character for character in text if ord(character) > 127]
    common = sum("\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" for c in wide)
    return "GBK" if common * 10 >= len(wide) * 8 else "其他编码"
