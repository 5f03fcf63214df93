"""A text as its author meant it, so that a slip at which a parser stops hides nothing behind it.

Colons and spaces are put right where only one thing can have been meant; every place in the
meant text leads back to the text as it is. Nothing is mended in silence: each slip has been told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from builder.diagnostics import Diagnostic, Span, catalogue, lines_of
from builder.source import slips
from builder.source.bare import is_in_place_of_a_colon

_KEY = re.compile(r"[^\s:：#'\"\[\]{},，-][^:：#'\",{}\[\]]*$")
_COLONS = (catalogue.WIDE_COLON, catalogue.TIGHT_COLON, catalogue.NO_COLON)


@dataclass(frozen=True, slots=True)
class Meant:
    """A text, and by line where it has grown: the column behind which, by how many characters.

    Lines and columns count from 1.
    """

    text: str
    grown: Mapping[int, Sequence[tuple[int, int]]]

    def place(self, span: Span) -> Span:
        """Where a place of this text stands in the text as it was written."""
        if not self.grown:
            return span
        return replace(
            span,
            column=self._column(span.line, span.column),
            end_column=self._column(span.end_line, span.end_column),
        )

    def placed(self, found: Diagnostic) -> Diagnostic:
        """A finding in this text as one in the text as it was written."""
        related = tuple((self.place(span), words) for span, words in found.related)
        return replace(found, span=self.place(found.span), related=related)

    def _column(self, line: int, column: int) -> int:
        return column - sum(by for behind, by in self.grown.get(line, ()) if behind < column)


def meant(text: str, labels: Set[str]) -> Meant:
    """What `text` says without its slips of colons and of the spaces behind them."""
    edits: dict[int, list[tuple[int, int, str]]] = {}
    for number, (rule, start, end, values) in slips.first(text, labels):
        if rule in _COLONS or rule is catalogue.ODD_SPACE:
            label = values["key"] if rule in _COLONS else ""
            edits.setdefault(number, []).append((start, end, label))
    if not edits:
        return Meant(text, {})
    grown, parts, at = {}, list[str](), 0
    for number, line in enumerate(lines_of(text), start=1):
        mended, grown[number] = _mended(line, edits.get(number, ()))
        at += len(line)
        length = 2 if text[at : at + 2] == "\r\n" else 1
        parts += (mended, text[at : at + length])
        at += length
    return Meant("".join(parts), grown)


def _mended(
    line: str, edits: Iterable[tuple[int, int, str]]
) -> tuple[str, Sequence[tuple[int, int]]]:
    """A line with its edits made, and where it has grown by how much."""
    indent = len(line) - len(line.lstrip())
    grown: list[tuple[int, int]] = []
    for start, end, label in sorted(set(edits)):
        at = start + sum(by for _, by in grown)
        if label:
            typed = _KEY.search(line[:at])
            before = line[: typed.start()] + label if typed and typed[0] != label else line[:at]
            gone = is_in_place_of_a_colon(line[at : at + 1])
            follows = line[at + gone :]
            gap = " " if follows and not follows[0].isspace() else ""
            line = f"{before}:{gap}{follows}"
            grown.append((len(before), len(before) - at + 1 - gone + len(gap)))
        elif start >= indent:  # how wide an odd space in the indentation is, nobody knows
            line = line[:at] + " " * (end - start) + line[at + end - start :]
    return line, grown
