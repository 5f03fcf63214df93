"""Read a YAML file into plain values that remember where they were written.

Scalars stay text: the model decides what is a number, never the look of the text,
so `5.00`, `否`, `2024` and `12:30` arrive exactly as the author wrote them. What could
surprise a reader or exhaust a machine (anchors, tags, second documents, deep nesting,
huge files) is refused with its position.
"""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
from ruamel.yaml.error import MarkedYAMLError
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

from builder import catalogue, slips
from builder.diagnostics import Diagnostics, Span, lines_of, place

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MAX_BYTES = 1024 * 1024
MAX_DEPTH = 16

# No space behind the sign: a text, not a comment.
_CUT = re.compile(r"[ \t]++(?P<text>#[^\s#](?:.*\S)?)")

Location = tuple[str | int, ...]
Value = str | list["Value"] | dict[str, "Value"] | None


@dataclass(slots=True)
class Spans:
    """Where each key and value of a file stands."""

    file: str
    _values: dict[Location, Span] = field(default_factory=dict)
    _keys: dict[Location, Span] = field(default_factory=dict)

    def put(self, location: Location, key: Span | None, value: Span) -> None:
        """Remember a value and, inside a mapping, its key."""
        self._values[location] = value
        if key:
            self._keys[location] = key

    def value(self, location: Location) -> Span:
        """The span of the value at `location`, or of the nearest thing around it."""
        while location and location not in self._values:
            location = location[:-1]
        return self._values.get(location) or Span(self.file)

    def key(self, location: Location) -> Span:
        """The span of the key at `location`; of the value where there is no key."""
        return self._keys.get(location) or self.value(location)

    def places(self) -> list[tuple[Span, Location]]:
        """Every key and value in the order of the text, the outermost of several at one place
        last."""
        found = [(s, at) for spans in (self._values, self._keys) for at, s in spans.items()]
        return sorted(found, key=lambda entry: (entry[0].line, entry[0].column, -len(entry[1])))


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the content: its name, its text, its values and their places.

    `value` is None when the file could not be read; that has then been reported.
    """

    file: str
    text: str
    value: Value
    spans: Spans

    def excerpt(self, span: Span) -> list[str]:
        """The lines that a span covers, as written, cut at its ends."""
        lines = list(lines_of(self.text)[span.line - 1 : span.end_line])
        if not lines:
            return []
        if span.end_line - span.line < len(lines):
            lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        return lines


def read(path: Path, file: str, labels: Set[str], diagnostics: Diagnostics) -> Source:
    """Read one file; what is wrong with it is reported under the name `file`.

    Never raises for what an author or a stranger put there: a folder, a link, a file
    that cannot be opened, wrong encodings and broken YAML all become diagnostics.
    """
    text = read_text(path, file, diagnostics)
    if text is None:
        return Source(file, "", None, Spans(file))
    return parse(text, file, labels, diagnostics)


def read_text(path: Path, file: str, diagnostics: Diagnostics) -> str | None:
    """The text of one file; None for what is wrong with it, which is reported."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            diagnostics.report(catalogue.NOT_A_FILE, Span(file))
            return None
        if status.st_size > MAX_BYTES:
            diagnostics.report(catalogue.TOO_LARGE, Span(file), size=status.st_size)
            return None
        content = path.read_bytes()
    except OSError as error:
        diagnostics.report(catalogue.UNREADABLE, Span(file), problem=error.strerror or "")
        return None
    return _decode(content, file, diagnostics)


def from_bytes(content: bytes, file: str, labels: Set[str], diagnostics: Diagnostics) -> Source:
    """Turn the bytes of a file into values; see `read`."""
    text = _decode(content, file, diagnostics)
    if text is None:
        return Source(file, "", None, Spans(file))
    return parse(text, file, labels, diagnostics)


def parse(text: str, file: str, labels: Set[str], diagnostics: Diagnostics) -> Source:
    """Turn the text of a file into values; see `read`."""
    spans = Spans(file)
    lines = lines_of(text)
    first_slip = slips.scan(text, file, labels, diagnostics)
    try:
        # Told of by now; libyaml would stop at the first and count its place in bytes.
        value = _Composer(slips.REFUSED.sub("\ufffd", text), lines, spans, diagnostics).compose()
    except _Refused:
        value = None
    except MarkedYAMLError as error:
        at = _place_of(error, lines, file)
        # Behind a slip that was named at its own place, the parser's complaint is an echo.
        if first_slip is None or at.line < first_slip:
            diagnostics.report(catalogue.SYNTAX, at)
        value = None
    return Source(file, text, value, spans)


def _decode(content: bytes, file: str, diagnostics: Diagnostics) -> str | None:
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


def _place_of(error: MarkedYAMLError, lines: Sequence[str], file: str) -> Span:
    """Where the parser gave up; for a quote or bracket left open, where that one stands."""
    mark, begun = error.problem_mark or error.context_mark, error.context_mark
    opened = lines[begun.line][begun.column :][:1] if begun and begun.line < mark.line else ""
    if opened in ("'", '"', "{", "["):
        mark = begun
    return Span(file, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)


class _Refused(Exception):
    """The file may not be read further; the reason has been reported."""


class _Composer:
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
        self._next()  # stream start
        if isinstance(self._next(), StreamEndEvent):
            self._diagnostics.report(catalogue.EMPTY, Span(self._spans.file))
            raise _Refused
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
            raise _Refused
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
        cut = _CUT.match(line, mark.column)
        if cut:
            number, start, end = mark.line + 1, cut.start("text") + 1, cut.end("text") + 1
            at = Span(self._spans.file, number, start, number, end)
            self._diagnostics.report(catalogue.CUT_TEXT, at, text=cut["text"])

    def _sequence(self, location: Location) -> list[Value]:
        items: list[Value] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            items.append(self._node(event, (*location, len(items))))
        return items

    def _mapping(self, start: MappingStartEvent, location: Location) -> dict[str, Value]:
        items: dict[str, Value] = {}
        first_keys: dict[str, Span] = {}
        last_key = ""
        while not isinstance(event := self._next(), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._diagnostics.report(catalogue.COMPLEX_KEY, self._span(event))
                raise _Refused
            key, key_span = event.value, self._span(event)
            value_event = self._next()
            if start.flow_style and last_key and key.replace(".", "", 1).isdigit():
                # `{年初预算数: 1,234.50}`: the comma began a new key.
                number = f"{items.get(last_key)},{key}"
                self._diagnostics.report(
                    catalogue.SPLIT_NUMBER, key_span, key=last_key, number=number
                )
                self._node(value_event, (*location, key), key_span)
                continue
            if key in first_keys:
                if len(self._diagnostics) > self._found_before + slips.MOST:
                    raise _Refused
                related = {first_keys[key]: "首次出现在这里"}
                self._diagnostics.report(
                    catalogue.DUPLICATE_KEY, key_span, key=key, related=related
                )
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
