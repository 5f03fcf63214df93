"""Our own PDFs: the author's file is attached to them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import settings

from builder.office import limits
from builder.office.failing import Unreadable, excessive
from builder.office.paper import Paper

# A report's YAML has 20 KiB.
_LONGEST: Final = limits.MIB
_ADVICE: Final = (
    "PDF 里的表格读不准，请导入原来的 .xlsx 或 .docx 文件；"
    "只有 PDF 的，请用 WPS 或 Acrobat 转成 .xlsx，核对后再导入"
)
# Anything may stand where our PDFs have an attachment: pikepdf has no types to ask for.
_WRONG: Final = (
    pikepdf.PdfError,
    zlib.error,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
_NAMES: Final = (".yaml", ".yml")

# For the whole process, of which nothing else opens PDFs: qpdf by itself unpacks without end what
# it needs to find its way, tables of objects and packed objects.
settings.set_qpdf_limits(
    flate_max_memory=limits.PART,
    png_max_memory=limits.PART,
    run_length_max_memory=limits.PART,
    tiff_max_memory=limits.PART,
    parser_max_container_size=limits.PLACES,
)


def read(file: str, data: bytes) -> Paper:
    """The authors' files that a PDF of ours carries; raises `Unreadable` for any other PDF."""
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
            ready = dict(_sources(pdf))
    except pikepdf.PasswordError:
        raise Unreadable("PDF 有密码", "请导入原来的 .xlsx 或 .docx 文件") from None
    except _WRONG:
        raise Unreadable("PDF 不完整，也可能不是本系统生成的", _ADVICE) from None
    if not ready:
        raise Unreadable(
            "PDF 里没有附带填报内容，不是本系统生成的自评表（汇编里没有，单个项目的 PDF 里才有）",
            _ADVICE,
        )
    return Paper(file, ready=ready)


def _sources(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Name and text of what is attached as the source of the document (PDF/A-3)."""
    for specification in pdf.Root.get("/AF", pikepdf.Array()):
        name = str(specification.get("/UF", specification.get("/F", "")))
        if specification.get("/AFRelationship") == "/Source" and name.endswith(_NAMES):
            stream = specification.EF.F
            if isinstance(stream, pikepdf.Stream):
                yield name, _unpacked(stream).decode("utf-8")


def _unpacked(stream: pikepdf.Stream) -> bytes:
    """The bytes of a stream, unpacked by ourselves, because qpdf knows no bound."""
    packed = stream.read_raw_bytes()
    if stream.get("/Filter") is None:
        content = packed
    elif stream.get("/Filter") == "/FlateDecode" and "/DecodeParms" not in stream:
        content = zlib.decompressobj().decompress(packed, _LONGEST + 1)
    else:
        raise ValueError("packed in a way that we do not use")
    if len(content) > _LONGEST:
        raise excessive("PDF 里附带的填报内容太长")
    return content
