"""Builds values that know their places from libyaml's events, and refuses what could surprise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from builder.diagnostics import Diagnostics, Span, catalogue
from builder.source import slips
from builder.source.spans import Location, Spans, Value

MAX_DEPTH = 16

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Refused(Exception):
    """The file may not be read further; the reason has been reported."""


class Composer:
    """Builds values from libyaml's event stream, one event at a time, so that a
    hundred thousand open brackets cost no more than the first sixteen."""

    def __init__(
        self, text: str, lines: Sequence[str], spans: Spans, diagnostics: Diagnostics
    ) -> None:
        self._parser = CParser(text)
        self._lines = lines
        self._spans = spans
        self._diagnostics = diagnostics
        self._found_before = len(diagnostics)

    def compose(self) -> Value:
        """The values of the first document. Raises Refused, and libyaml's MarkedYAMLError."""
        self._next()  # stream start
        if isinstance(self._next(), StreamEndEvent):
            self._diagnostics.report(catalogue.EMPTY, Span(self._spans.file))
            raise Refused
        value = self._node(self._next(), ())
        self._next()  # document end
        extra = self._next()
        if isinstance(extra, DocumentStartEvent):
            self._diagnostics.report(catalogue.SECOND_DOCUMENT, self._span(extra))
        if value is None:
            self._diagnostics.report(catalogue.EMPTY, Span(self._spans.file))
        return value

    def _next(self) -> Event:
        event: Event = self._parser.get_event()
        return event

    def _span(self, event: Event) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(
            self._spans.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1
        )

    def _node(self, event: Event, location: Location, key: Span | None = None) -> Value:
        span = self._span(event)
        if isinstance(event, AliasEvent):
            self._diagnostics.report(catalogue.ANCHOR, span)
            self._spans.put(location, key, span)
            return None
        assert isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent)
        if event.anchor is not None:
            self._diagnostics.report(catalogue.ANCHOR, span)
        if event.tag is not None:
            self._diagnostics.report(catalogue.TAG, span)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, location, key, span)
        if len(location) >= MAX_DEPTH:
            self._diagnostics.report(catalogue.TOO_DEEP, span)
            raise Refused
        # YAML ends a collection where the next token starts: point at its key instead.
        self._spans.put(location, key, key or span)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(location)
        return self._mapping(event, location)

    def _scalar(
        self, event: ScalarEvent, location: Location, key: Span | None, span: Span
    ) -> str | None:
        self._spans.put(location, key, span if event.value else key or span)
        if not event.style:
            self._report_cut_text(event)
        elif control := _CONTROL.search(event.value):  # written as an escape: "\u0007"
            code = f"{ord(control[0]):04X}"
            self._diagnostics.report(catalogue.CONTROL_CHARACTER, span, code=code)
        if not event.value.strip():
            return None
        # Where YAML folds lines, what is left of a blank line is one break: a paragraph's end.
        text: str = event.value
        return text if event.style == "|" else text.replace("\n", "\n\n")

    def _report_cut_text(self, event: ScalarEvent) -> None:
        """`第 #3 号`: YAML takes the rest for a comment; an author meant a text."""
        mark = event.end_mark  # at the end of a file: on the line after the last one
        line = self._lines[mark.line] if mark.line < len(self._lines) else ""
        cut = slips.CUT_TEXT.match(line, mark.column)
        if cut:
            number, start, end = mark.line + 1, cut.start("text") + 1, cut.end("text") + 1
            at = Span(self._spans.file, number, start, number, end)
            self._diagnostics.report(catalogue.CUT_TEXT, at, text=cut["text"])

    def _report_duplicate_key(self, key: str, at: Span, first: Span) -> None:
        if len(self._diagnostics) > self._found_before + slips.MOST:
            raise Refused
        related = {first: "首次出现在这里"}
        self._diagnostics.report(catalogue.DUPLICATE_KEY, at, key=key, related=related)

    def _report_split_number(self, key: str, first: Value, event: ScalarEvent) -> None:
        mark = event.start_mark
        rest = slips.REST_OF_NUMBER.match(self._lines[mark.line], mark.column)
        number = f"{first},{rest[0] if rest else event.value}"
        self._diagnostics.report(catalogue.SPLIT_NUMBER, self._span(event), key=key, number=number)

    def _sequence(self, location: Location) -> list[Value]:
        items: list[Value] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            items.append(self._node(event, (*location, len(items))))
        return items

    def _mapping(self, start: MappingStartEvent, location: Location) -> dict[str, Value]:
        items: dict[str, Value] = {}
        first_keys: dict[str, Span] = {}
        last_key, is_split = "", False
        while not isinstance(event := self._next(), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._diagnostics.report(catalogue.COMPLEX_KEY, self._span(event))
                raise Refused
            key, key_span = event.value, self._span(event)
            value_event = self._next()
            if start.flow_style and last_key and key.replace(".", "", 1).isdigit():
                # `{年初预算数: 1,234.50}`: the comma began a new key.
                if not is_split:
                    self._report_split_number(last_key, items.get(last_key), event)
                is_split = True
                self._node(value_event, (*location, key), key_span)
                continue
            is_split = False
            if key in first_keys:
                self._report_duplicate_key(key, key_span, first_keys[key])
                self._node(value_event, (*location, key, "重复"), key_span)
                continue
            first_keys[key] = key_span
            last_key = key
            value = self._node(value_event, (*location, key), key_span)
            # An empty value is a missing value; its key keeps its place for the message.
            if value is not None:
                items[key] = value
        if not items:
            return items
        if location == ():
            self._spans.put((), None, next(iter(first_keys.values())))
        elif isinstance(location[-1], int):
            self._spans.put(location, None, next(iter(first_keys.values())))
        return items
