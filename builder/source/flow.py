"""Braces and brackets that go on over lines, as the scan for slips sees them.

A line of them is read with its quoted texts and comments masked, so that every sign that is
left is one of structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

QUOTED_TEXT = r"\"[^\"\\]*+(?:\\.[^\"\\]*+)*\"|'[^']*+(?:''[^']*+)*'(?!')"
_CLOSED = {
    '"': re.compile(r"[^\"\\]*+(?:\\.[^\"\\]*+)*\""),
    "'": re.compile(r"[^']*+(?:''[^']*+)*'(?!')"),
}
_TEXT = re.compile(QUOTED_TEXT)
_TOKEN = re.compile(r"[\[\]{},]|\s++|[^\s\[\]{},]++")
DEEPEST = 64  # brackets in brackets: far more than is read, and little to remember for a line
_SIGNS = "[]{},"
_SIGN = re.compile(r"[\[\]{},]")
_COLON = re.compile(r":(?=\s|$)")
_APART = re.compile(r"[\s，、；]")
_BEGINS = "{[,:"  # the signs behind which a key or a value begins


@dataclass(slots=True)
class Flow:
    """What braces and brackets have left open where a line begins.

    Lines indented deeper than `home` go on with it.
    """

    home: int
    opened: list[str] = field(default_factory=list)
    before: str = ""  # the sign behind which the line begins, or a letter of a text that goes on
    has_colon: bool = False  # whether the member that goes on has its colon
    _quote: str = ""  # the sign that ends the quoted text we are in

    @property
    def is_open(self) -> bool:
        """Whether the next line may go on with it."""
        return bool(self.opened)

    def goes_on(self, indent: int, rest: str) -> bool:
        """Whether a line goes on with it: else a bracket was forgotten.

        `rest` is the line without its indentation. libyaml asks for none: so less of it will do
        where the line speaks of brackets.
        """
        if self._quote or indent > self.home or rest[:1] in (*"]},", ""):
            return True
        here = Flow(self.home, list(self.opened), self.before)
        here.read(rest)
        deeper = len(here.opened) - len(self.opened)
        return deeper < 0 or (deeper == 0 and here.before == ",")

    def read(self, line: str) -> str:
        """A line from its first sign on, masked; what stands behind the last bracket as well."""
        masked, at = [], 0
        if self._quote:
            closed = _CLOSED[self._quote].match(line)
            at = closed.end() if closed else len(line)
            masked.append("_" * at)
            self.before, self._quote = "_", "" if closed else self._quote
        while at < len(line):
            begin, sign = at, line[at]
            is_fresh = self.before in _BEGINS
            if sign == "#":  # libyaml asks for no blank before it
                at = len(line)
                masked.append(" " * (at - begin))
            elif sign in "\"'" and is_fresh:
                text = _TEXT.match(line, at)
                at = text.end() if text else len(line)
                masked.append("_" * (at - begin))
                self.before, self._quote = "_", "" if text else sign
                if line[at : at + 1] == ":":  # "a":b, as JSON allows
                    masked.append(":")
                    self._take(":")
                    at += 1
            else:
                token = _TOKEN.match(line, at)
                assert token
                at = token.end()
                masked.append(token[0])
                self._take(token[0])
        return "".join(masked)

    def _take(self, token: str) -> None:
        if token in ("[", "{") and len(self.opened) < DEEPEST:
            self.opened.append(token)
        elif token in ("]", "}") and self.opened:
            self.opened.pop()
        if not token.isspace():
            self.before = token[-1]
            self.has_colon = token[-1] == ":" or (self.has_colon and token not in _SIGNS)


def pieces_without_colon(flow: str, opened: list[str], begin: int) -> Iterator[tuple[int, int]]:
    """Where in braces commas part off what has no colon; neighbours count as one.

    `flow` is a masked line whose column `begin` is the first of its own, `opened` what is open
    there. Where neighbours may stand on another line, they are left to the composer.
    """
    opened, run, is_whole = list(opened), (-1, -1), begin == 0
    for sign in _SIGN.finditer(flow, begin):
        piece = flow[begin : sign.start()]
        is_piece = opened[-1:] == ["{"] and sign[0] in ",}" and flow[begin - 1] in "{,"
        is_piece = is_piece and bool(piece.strip()) and not _COLON.search(piece)
        if is_piece:
            start = begin + len(piece) - len(piece.lstrip())
            run = (run[0] if run[0] >= 0 else start, begin + len(piece.rstrip()))
        if run[0] >= 0 and (not is_piece or sign[0] == "}"):
            if is_whole:
                yield run
            run = (-1, -1)
        is_whole |= not is_piece
        if sign[0] in "{[":
            opened.append(sign[0])
        elif sign[0] in "}]" and opened:
            opened.pop()
        begin = sign.end()


def second_colons(flow: str, begin: int, *, has_colon: bool) -> Iterator[tuple[int, int, int]]:
    """Where a member of braces has one colon too many: its place, and from where to where the
    word before it goes. A comma is missing there, a full-width one stands there, or it is text.

    `flow` is a masked line whose column `begin` is the first of its own, `has_colon` that of a
    member that goes on there.
    """
    ends = [sign.start() for sign in _SIGN.finditer(flow, begin)]
    for end in [*ends, len(flow)]:
        for colon in _COLON.finditer(flow, begin, end):
            text = flow[begin : colon.start()].rstrip()
            word = _APART.split(text)[-1]
            if has_colon and word:
                yield colon.start(), begin + len(text) - len(word), begin + len(text)
            has_colon, begin = True, colon.end()
        has_colon, begin = False, end + 1
