"""Steps 1 to 4 of one report: read, decode, score, check; what is kept of it for the whole.

The report itself is let go again: a worker makes these few facts of its bytes, and no process
ever holds more than one report at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from builder import content, source
from builder.checks import Member, check
from builder.content import Entry, Listing, Settings, Summary, Withdrawn, summarize
from builder.diagnostics import Diagnostics
from builder.model import Report
from builder.pipeline.packing import Told, mark, told
from builder.scoring import Document


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of one report once it has been checked, and what was found in it.

    `named` are the files that it names. `summary` is there for a report that the site shows, as
    it does, `targets` for one whose targets were approved; `has_results` says that it is more
    than these. `marks` stand for both summaries. `withdrawn` is what is left of one that was
    taken back. `may_be_kept` says that nothing of it is withheld, so that these facts may be
    written down.
    """

    told: tuple[Told, ...]
    named: tuple[str, ...] = ()
    member: Member | None = None
    listed: tuple[Listing, ...] = ()
    summary: Summary | None = None
    targets: Summary | None = None
    marks: tuple[str, str] = ("", "")
    has_results: bool = False
    withdrawn: Withdrawn | None = None
    may_be_kept: bool = False


def find(entry: Entry, data: bytes, settings: Settings, *, release: bool) -> Found:
    """What the bytes of one report's file come to; `release` asks what publishing asks for."""
    diagnostics = Diagnostics()
    read = source.from_bytes(data, entry.file, content.report_labels(), diagnostics)
    document = content.make_out(read, entry, settings, diagnostics)
    named = content.named_files(document, read.text)
    if document is None:
        return Found(told(diagnostics), named)
    site = settings.site
    check(document, diagnostics, release=release, review_required=site.review_required)
    shown = content.disclosed(document, site)
    found = Found(
        told(diagnostics), named, Member.of(document), tuple(content.listings(document)),
        withdrawn=Withdrawn.of(shown), may_be_kept=_is_all_public(document, shown),
    )  # fmt: skip
    if not (document.report.is_public and document.is_whole):
        return found
    approved = content.approved(document, settings)
    summary = summarize(shown, by_review=site.counts_review)
    targets = summarize(approved) if approved else None
    return replace(
        found,
        summary=summary,
        targets=targets,
        marks=(mark(Summary, summary), mark(Summary, targets) if targets else ""),
        has_results=not shown.report.is_planned,
    )


def _is_all_public(document: Document, shown: Document) -> bool:
    """Whether nothing that was found in a report may quote what is withheld of it."""
    report: Report = document.report
    is_marked = any(item.internal for item in report.evidence)
    return report.is_public and shown is document and not is_marked and not report.internal_note
