"""C7: may what is published be said in public, and has somebody looked at it?

Of a report everything that its page shows, with the labels that its author chose and the name
of its file; of the site its settings, its own profiles and the 前言 of its volumes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from builder.checks.folding import folded
from builder.checks.inspection import Inspection, label_of
from builder.checks.sensitive import Sensitive, sensitive
from builder.content import Preface, Settings
from builder.diagnostics import Diagnostics, Rule, Severity, Span, catalogue
from builder.model import Disclosure, Report, Site, Waiver
from builder.scoring import reason_of
from builder.source import Location, Source, Spans, Value
from builder.text import joined

CODE, FUNDS = Report.label("code"), Report.label("funds")
NAME, NOTICE = Report.label("name"), Disclosure.label("notice")
GROUPS, CONTACT = Report.label("groups"), Site.label("contact")
DISCLOSURE, WAIVERS = Report.label("disclosure"), Disclosure.label("waivers")
OFFICIAL = frozenset(("电话号码", "个人邮箱", "QQ 号或微信号"))
MOST = 100  # findings told of one text

Tell = Callable[..., None]
"""Reports a finding: a rule, a span, and the values for its message."""
Covers = Sequence[tuple[Sequence[int], Sequence[int]]]
"""Where each waiver's text stands in a text: beginnings and ends, both ascending."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A published text, how it is called and where it stands."""

    label: str
    text: str
    at: Span
    allowed: frozenset[str] = frozenset()  # kinds of numbers that belong there


def report_may_be_published(inspection: Inspection) -> None:
    document = inspection.document
    disclosure = document.report.disclosure
    waivers = _Waivers(disclosure.waivers, document.source, (DISCLOSURE, WAIVERS))
    if document.report.is_public or document.report.is_withdrawn:
        for passage in _of_report(inspection):
            _examine(passage, document.source, waivers, inspection.find)
    waivers.tell(inspection.find)


def review_is_recorded(inspection: Inspection) -> None:
    document = inspection.document
    asked = inspection.review_required or inspection.release
    if asked and document.report.is_public and document.report.disclosure.reviewed is None:
        # A site that asks for the review publishes nothing without it.
        inspection.find(catalogue.NOT_REVIEWED, document.key("公开"), severity=Severity.ERROR)


CHECKS = (report_may_be_published, review_is_recorded)


def check_site(
    settings: Settings,
    prefaces: Iterable[Preface],
    diagnostics: Diagnostics,
    *,
    release: bool = False,
) -> None:
    """The same for what belongs to no report.

    Under `release` the rules of release count as errors.
    """

    def tell(rule: Rule, at: Span, **values: Any) -> None:
        severity = Severity.ERROR if release and rule.release else None
        diagnostics.report(rule, at, severity=severity, **values)

    site = settings.source
    waivers = _Waivers(settings.site.waivers, site, (WAIVERS,))
    for source in (*((site,) if site else ()), *settings.own):
        for passage in _of_settings(source, source.value, ()):
            _examine(passage, source, waivers, tell)
    for one in prefaces:
        lines = one.text.split("\n")
        at = Span(one.file, 1, 1, len(lines), len(lines[-1]) + 1)
        source = Source(one.file, one.text, None, Spans(one.file))
        _examine(Passage("前言", one.text, at), source, waivers, tell)
    waivers.tell(tell)


def _of_report(inspection: Inspection) -> Iterator[Passage]:
    document, report = inspection.document, inspection.document.report
    yield Passage("文件名", document.stem, Span(document.source.file))
    if report.is_withdrawn:
        yield Passage(NAME, report.name, document.at(NAME))
        yield Passage(NOTICE, report.disclosure.notice or "", document.at(DISCLOSURE, NOTICE))
        return
    numbers = frozenset(("电话号码", "银行卡号"))
    for location, text in inspection.texts:
        if location[0] != FUNDS:  # amounts, which are nothing else
            # A code of eleven or sixteen digits may look like one of these.
            allowed = numbers if location[0] == CODE else frozenset()
            yield Passage(label_of(location), text, document.at(*location), allowed)
    for row in report.funds:
        yield Passage(FUNDS, row, document.key(FUNDS, row))
    for first, kinds in report.groups.items():
        if first:
            yield Passage(GROUPS, first, document.key(GROUPS, first))
        for second in filter(None, kinds):
            yield Passage(first, second, document.key(GROUPS, first, second))


def _of_settings(source: Source, value: Value, location: Location) -> Iterator[Passage]:
    """Texts and chosen labels of site.yaml or a profile; 联系方式 is there to be published."""
    match value:
        case str():
            allowed = OFFICIAL if location[0] == CONTACT else frozenset()
            yield Passage(label_of(location), value, source.spans.value(location), allowed)
        case list():
            for position, item in enumerate(value):
                yield from _of_settings(source, item, (*location, position))
        case dict():
            for key, item in value.items():
                if location or key != WAIVERS:
                    at = source.spans.key((*location, key))
                    yield Passage(label_of(location) or key, key, at)
                    yield from _of_settings(source, item, (*location, key))


def _examine(passage: Passage, source: Source, waivers: _Waivers, tell: Tell) -> None:
    text = joined(passage.text)  # without the tags that could stand inside a number
    found = [one for one in sensitive(text) if one.what not in passage.allowed]
    covers = waivers.in_text(text) if found else ()
    found = [one for one in found if not waivers.cover(covers, one)][:MOST]
    for one, at in zip(found, _places(found, text, source, passage.at), strict=True):
        if one.is_secret:
            tell(catalogue.SECRECY_WORD, at, label=passage.label, word=one.what)
        else:
            tell(catalogue.PERSONAL_DATA, at, label=passage.label, what=one.what)


def _places(found: Sequence[Sensitive], text: str, source: Source, at: Span) -> Iterator[Span]:
    """Where each finding of a text is written in its file.

    What is hidden behind tags or escapes there has the place of the whole text.
    """
    lines = source.excerpt(at) if found else []
    raw = "\n".join(lines)
    written: dict[tuple[str, str], list[Sensitive]] = {}
    for one in sensitive(raw):
        written.setdefault((one.what, _read(raw, one)), []).append(one)
    for one in found:
        same = written.get((one.what, _read(text, one)))
        yield _span(raw, same.pop(0), at) if same else at


def _read(text: str, one: Sensitive) -> str:
    return folded(text[one.start : one.end]).without_gaps().text


def _span(raw: str, one: Sensitive, at: Span) -> Span:
    """The place of a stretch of a text that begins at `at`."""

    def place(index: int) -> tuple[int, int]:
        line, last = raw.count("\n", 0, index), raw.rfind("\n", 0, index)
        return at.line + line, index - last if line else at.column + index

    return Span(at.file, *place(one.start), *place(one.end))


class _Waivers:
    """What somebody has looked at and lets pass, each with a reason."""

    def __init__(
        self, waivers: Sequence[Waiver], source: Source | None, location: tuple[str, ...]
    ) -> None:
        self._waivers, self._source, self._location = waivers, source, location
        self._texts = [folded(waiver.text).without_gaps().text for waiver in waivers]
        self._used: set[int] = set()

    def in_text(self, text: str) -> Covers:
        """Where the waivers' texts stand in a text."""
        bare = folded(text).without_gaps()
        covers: list[tuple[list[int], list[int]]] = []
        for words in self._texts:
            spans = []
            at = bare.text.find(words) if words else -1
            while at >= 0:
                spans.append(bare.origin(at, at + len(words)))
                at = bare.text.find(words, at + 1)
            covers.append(([start for start, _ in spans], [end for _, end in spans]))
        return covers

    def cover(self, covers: Covers, one: Sensitive) -> bool:
        """Whether a finding stands inside a text that is let pass; the waiver has its use then."""
        covering = set()
        for number, (starts, ends) in enumerate(covers):
            # The last one that begins there or before also ends last.
            last = bisect_right(starts, one.start) - 1
            if last >= 0 and one.end <= ends[last]:
                covering.add(number)
        self._used |= covering
        return bool(covering)

    def tell(self, tell: Tell) -> None:
        """Report waivers that let nothing pass, and those without a reason."""
        if self._source is None:
            return
        for number, waiver in enumerate(self._waivers):
            place: Location = (*self._location, number)
            if number not in self._used:
                at = self._source.spans.value((*place, Waiver.label("text")))
                tell(catalogue.IDLE_WAIVER, at, text=waiver.text)
            if not reason_of(waiver.reason):
                at = self._source.spans.value((*place, Waiver.label("reason")))
                tell(catalogue.WAIVER_WITHOUT_REASON, at, text=waiver.text, reason=waiver.reason)
