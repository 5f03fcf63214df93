"""The data of one report, as the site publishes that of all."""

from __future__ import annotations

from builder import opendata
from builder.model import Site
from builder.scoring import Document


def to_json(document: Document) -> bytes:
    """`report.json` of a report, whatever its site publishes of it."""
    return opendata.to_json(opendata.record(document)).encode()


def to_csv(document: Document, site: Site) -> dict[str, bytes]:
    """The rows of a report in the tables of its year, by what stands behind a file's name: `.csv`
    for the project, `-indicators.csv`, `-funds.csv`, and `-others.csv` where there are such."""
    return dict(opendata.report_tables(document, site))
