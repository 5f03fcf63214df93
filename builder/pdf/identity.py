"""What a PDF that we write ourselves says of itself, as WeasyPrint writes it for the others."""

from __future__ import annotations

from importlib.resources import files

import pydyf

from builder.pdf.contract import About


def packet(about: About, language: str) -> bytes:
    """The metadata of a document that is PDF/A-3a and PDF/UA-1."""
    from builder.pdf import metadata

    pdf = pydyf.PDF()
    metadata.describe(about, language).include_in_pdf(pdf, "a", 3, "A", compress=False)
    written = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    return b"".join(written.stream)


def entries(about: About) -> bytes:
    """The document information dictionary; the same as the metadata."""
    from weasyprint import VERSION

    from builder.pdf import metadata

    values = {
        "Title": about.title,
        "Author": about.author,
        "Subject": about.subject,
        "Creator": metadata.GENERATOR,
        "Producer": f"WeasyPrint {VERSION}",
    }
    if about.created:
        day = about.created
        values["CreationDate"] = values["ModDate"] = f"D:{day:%Y%m%d}"
    written: bytes = pydyf.Dictionary({k: pydyf.String(v) for k, v in values.items() if v}).data
    return written


def colour_profile() -> bytes:
    """The sRGB profile."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
