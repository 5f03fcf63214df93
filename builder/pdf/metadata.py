"""What a PDF says of itself and what it carries: identifiers, title, dates, attachments."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5
from typing import Any

import pydyf
from weasyprint.pdf.metadata import DocumentMetadata

from builder.pdf.contract import About, Attachment

GENERATOR = "jixiao"

# PDF/UA's identifier, and its description, which PDF/A asks for. Both must stand in the one
# rdf:RDF of the metadata: WeasyPrint's own option would append a second one.
_UA = (
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    b'<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
    b"</rdf:Description>"
)


class Metadata(DocumentMetadata):  # type: ignore[misc]
    """WeasyPrint's metadata, which also say that the document is PDF/UA."""

    def generate_rdf_metadata(self, *arguments: object) -> bytes:
        rdf: bytes = super().generate_rdf_metadata(*arguments)
        return rdf.replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>")


def describe(about: About, language: str) -> Metadata:
    """The metadata of a document in `language`."""
    created = about.created.isoformat() if about.created else None
    return Metadata(
        title=about.title,
        authors=[about.author] if about.author else [],
        description=about.subject or None,
        generator=GENERATOR,
        created=created,
        modified=created,
        lang=language,
    )


def attach(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Embed files.

    WeasyPrint would take media types from the machine's tables and dates from its clock.
    """
    specifications = []
    for entry in sorted(attachments, key=lambda attachment: attachment.name):
        checksum = md5(entry.content, usedforsecurity=False).hexdigest()
        subtype = entry.media_type.replace("/", "#2f")
        parameters = {"CheckSum": f"<{checksum}>", "Size": len(entry.content)}
        if entry.modified:
            day = entry.modified
            parameters["ModDate"] = pydyf.String(f"D:{day:%Y%m%d}")
        stream = pydyf.Stream(
            [entry.content],
            pydyf.Dictionary(
                {
                    "Type": "/EmbeddedFile",
                    "Subtype": f"/{subtype}",
                    "Params": pydyf.Dictionary(parameters),
                }
            ),
            compress=True,
        )
        pdf.add_object(stream)
        specification = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": pydyf.String(entry.name),
                "UF": pydyf.String(entry.name),
                "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
                "Desc": pydyf.String(entry.description),
                "AFRelationship": f"/{entry.relationship}",
            }
        )
        pdf.add_object(specification)
        specifications.append((entry.name, specification))
    if not specifications:
        return
    names = pydyf.Array()
    for name, specification in specifications:
        names.extend((pydyf.String(name), specification.reference))
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    pdf.catalog["AF"] = pydyf.Array(entry.reference for _, entry in specifications)
