"""A YAML file as plain values that remember where they were written.

Scalars stay text: the model decides what is a number, never the look of the text,
so `5.00`, `否`, `2024` and `12:30` arrive exactly as the author wrote them. What could
surprise a reader or exhaust a machine (anchors, tags, second documents, deep nesting,
huge files) is refused with its position.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ruamel.yaml.error import MarkedYAMLError

from builder.diagnostics import Diagnostics, Span, catalogue, lines_of
from builder.failures import reason
from builder.source import slips
from builder.source.composer import Composer, Refused
from builder.source.encoding import decoded
from builder.source.indents import out_of_step
from builder.source.meant import Meant, meant
from builder.source.spans import Location, Spans, Value
from builder.text import usual

MAX_BYTES = 1024 * 1024

_BLANK_LINE = re.compile(r"(?:\A|(?<=[\r\n]))[^\S\r\n]++(?=[\r\n]|\Z)")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the content: its name, its text, its values and their places.

    `value` is None when the file could not be read; that has then been reported. `blanks` are
    the keys that have no value: `value` does not hold them. Where a parser stops at the text as
    it is written, `is_guess`: then `value` is what its author meant, good for finding more slips.
    """

    file: str
    text: str
    value: Value
    spans: Spans
    blanks: Sequence[Location] = ()
    is_guess: bool = False

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
    content = read_bytes(path, file, diagnostics)
    return None if content is None else decoded(content, file, diagnostics)


def read_bytes(path: Path, file: str, diagnostics: Diagnostics) -> bytes | None:
    """The bytes of one file; None for what keeps them from being read, which is reported."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            diagnostics.report(catalogue.NOT_A_FILE, Span(file))
            return None
        if status.st_size > MAX_BYTES:
            diagnostics.report(catalogue.TOO_LARGE, Span(file), size=status.st_size)
            return None
        return path.read_bytes()
    except OSError as error:
        diagnostics.report(catalogue.UNREADABLE, Span(file), problem=reason(error))
        return None


def from_bytes(content: bytes, file: str, labels: Set[str], diagnostics: Diagnostics) -> Source:
    """Turn the bytes of a file into values; see `read`."""
    text = decoded(content, file, diagnostics)
    if text is None:
        return Source(file, "", None, Spans(file))
    return parse(text, file, labels, diagnostics)


def parse(text: str, file: str, labels: Set[str], diagnostics: Diagnostics) -> Source:
    """Turn the text of a file into values; see `read`.

    A slip of a colon is told, and what stands behind it is read all the same, so that one run
    tells everything. What looks like another character is told, and read as that one: two
    spellings that nobody can tell apart are one department.
    """
    plain, found, spans = without_blanks(usual(text)), Diagnostics(), Spans(file)
    stops = slips.scan(text, file, labels, diagnostics, partial(_is_legal, plain))
    reading = meant(plain, labels) if stops else Meant(plain, {})
    if reading.grown:  # what stood behind a slip in its line, and where a parser stops now
        stops = slips.scan(reading.text, file, labels, found, partial(_is_legal, reading.text))
    lines, composer = lines_of(reading.text), _composer(reading.text, spans, found)
    try:
        value = composer.compose()
    except Refused:
        value = None
    except MarkedYAMLError as error:
        # Behind a slip that was named at its own place, the parser's complaint is an echo.
        stopped = (error.problem_mark or error.context_mark).line + 1
        if all(stopped < stop.line for stop in stops):
            at, hint = _place_of(error, lines, file, labels)
            found.report(catalogue.SYNTAX, at, hint=hint)
        value = None
    diagnostics.extend(reading.placed(problem) for problem in found)
    spans.move(reading.place)
    is_guess = reading.text != plain and not _is_legal(plain)
    return Source(file, text, value, spans, composer.blanks, is_guess)


def without_blanks(text: str) -> str:
    """A text whose lines of nothing but blanks are empty: a tab or a full-width blank that
    stands alone says nothing, but a parser would stop at it."""
    return _BLANK_LINE.sub("", text)


def _composer(text: str, spans: Spans, diagnostics: Diagnostics) -> Composer:
    # Told of by now; libyaml would stop at the first and count its place in bytes.
    return Composer(slips.REFUSED.sub("\ufffd", text), lines_of(text), spans, diagnostics)


def _is_legal(text: str) -> bool:
    """Whether a parser gets through `text`."""
    try:
        _composer(text, Spans(""), Diagnostics()).compose()
    except (Refused, MarkedYAMLError):
        return False
    return True


def _place_of(
    error: MarkedYAMLError, lines: Sequence[str], file: str, labels: Set[str]
) -> tuple[Span, str]:
    """Where the parser gave up, and what to do about it where that is known.

    For a quote or bracket left open, where that one stands; for a line that is in line with
    nothing above it, where the one begins that is out of step.
    """
    mark, begun = error.problem_mark or error.context_mark, error.context_mark
    opened = lines[begun.line][begun.column :][:1] if begun and begun.line < mark.line else ""
    if opened in ("'", '"', "{", "["):
        mark = begun
    elif found := out_of_step(lines, mark.line, labels):
        number, hint = found
        column = len(lines[number]) - len(lines[number].lstrip(" ")) + 1
        return Span(file, number + 1, column, number + 1, column + 1), hint
    return Span(file, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2), ""
