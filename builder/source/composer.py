"""Builds values that know their places from libyaml's events, and refuses what could surprise."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
from builder.source.values import CUT_TEXT
from builder.text import HIDDEN

MAX_DEPTH = 16

_NULL = ("~", "null", "Null", "NULL")  # what other programs write for no value
_NUMBER = re.compile(r"[-+]?[\d.]+")


class Refused(Exception):
    """The file may not be read further; the reason has been reported."""


@dataclass(slots=True)
class _Cut:
    """What commas cut off in a mapping: pieces of a text not yet told, or half a number."""

    pieces: list[Span] = field(default_factory=list)
    is_split: bool = False


class Composer:
    """Builds values from libyaml's event stream, one event at a time, so that a
    hundred thousand open brackets cost no more than the first sixteen."""

    def __init__(
        self,
        text: str,
        lines: Sequence[str],
        spans: Spans,
        diagnostics: Diagnostics,
    ) -> None:
        self._parser = CParser(text)
        self._lines = lines
        self._spans = spans
        self._diagnostics = diagnostics
        self._found_before = len(diagnostics)
        self.blanks: list[Location] = []  # keys that no value follows

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
        self._report_escaped(event)
        if not event.value.strip() or (not event.style and event.value in _NULL):
            return None
        # Where YAML folds lines, what is left of a blank line is one break: a paragraph's end.
        text: str = event.value
        return text if event.style == "|" else text.replace("\n", "\n\n")

    def _report_escaped(self, event: ScalarEvent) -> None:
        """`"\u202e"`: what nobody sees is told at its own place where it is not an escape."""
        if event.style != '"' or not (hidden := HIDDEN.findall(event.value)):
            return
        span = self._span(event)
        written = "\n".join(self._lines[span.line - 1 : span.end_line])
        for character in dict.fromkeys(hidden):
            if character not in written:
                code = f"{ord(character):04X}"
                self._diagnostics.report(catalogue.CONTROL_CHARACTER, span, code=code)

    def _report_cut_text(self, event: ScalarEvent) -> None:
        """`第 #3 号`: YAML takes the rest for a comment; an author meant a text."""
        mark = event.end_mark  # at the end of a file: on the line after the last one
        line = self._lines[mark.line] if mark.line < len(self._lines) else ""
        cut = CUT_TEXT.match(line, mark.column)
        if cut:
            number, start, end = mark.line + 1, cut.start("text") + 1, cut.end("text") + 1
            at = Span(self._spans.file, number, start, number, end)
            self._diagnostics.report(catalogue.CUT_TEXT, at, text=cut["text"])

    def _report_duplicate_key(self, key: str, at: Span, first: Span) -> None:
        if len(self._diagnostics) > self._found_before + slips.MOST:
            raise Refused
        related = {first: "首次出现在这里"}
        self._diagnostics.report(catalogue.DUPLICATE_KEY, at, key=key, related=related)

    def _is_cut_off(
        self, event: ScalarEvent, follower: Event, last: str, items: Mapping[str, Value], cut: _Cut
    ) -> bool:
        """Whether a key in braces has no colon: a comma made it, inside what stood behind `last`.

        It is told as half a number, else with its neighbours.
        """
        is_split, cut.is_split = cut.is_split, False
        if not _has_no_colon(event, follower):
            self._report_cut_by_comma(cut.pieces)
            return False
        is_number = event.value.replace(".", "", 1).isdigit()
        if is_number and (is_split or _NUMBER.fullmatch(str(items.get(last)))):
            # `{年初预算数: 1,234.50}`
            cut.is_split = True
            if not is_split:
                self._report_split_number(last, items.get(last), event)
        else:
            cut.pieces.append(self._span(event))
            if len(cut.pieces) > slips.MOST:
                self._report_cut_by_comma(cut.pieces)
        return True

    def _report_cut_by_comma(self, pieces: list[Span]) -> None:
        """`{预期目标: 走访,慰问,送温暖}`: each comma began a new key, which nothing follows."""
        if not pieces:
            return
        first, last = pieces[0], pieces[-1]
        at = Span(first.file, first.line, first.column, last.end_line, last.end_column)
        lines = list(self._lines[at.line - 1 : at.end_line])
        lines[-1] = lines[-1][: at.end_column - 1]
        lines[0] = lines[0][at.column - 1 :]
        text = "".join(line.strip() for line in lines)
        self._diagnostics.report(catalogue.CUT_BY_COMMA, at, text=text)
        if len(pieces) > slips.MOST or len(self._diagnostics) > self._found_before + slips.MOST:
            raise Refused
        pieces.clear()

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
        last_key, cut = "", _Cut()
        while not isinstance(event := self._next(), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._diagnostics.report(catalogue.COMPLEX_KEY, self._span(event))
                raise Refused
            key, key_span = event.value, self._span(event)
            self._report_escaped(event)
            if "\n" in key or not key.strip():
                self._diagnostics.report(catalogue.COMPLEX_KEY, key_span)
            value_event = self._next()
            if start.flow_style and self._is_cut_off(event, value_event, last_key, items, cut):
                continue
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
            else:
                self.blanks.append((*location, key))
        self._report_cut_by_comma(cut.pieces)
        if not items:
            return items
        if location == ():
            self._spans.put((), None, next(iter(first_keys.values())))
        elif isinstance(location[-1], int):
            self._spans.put(location, None, next(iter(first_keys.values())))
        return items


def _has_no_colon(key: ScalarEvent, value: Event) -> bool:
    """Whether a key in braces stands there alone: then its empty value begins where it ends."""
    end, start = key.end_mark, value.start_mark
    return isinstance(value, ScalarEvent) and (end.line, end.column) == (start.line, start.column)
