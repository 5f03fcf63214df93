"""Slips of the pen that a YAML parser stops at, or swallows without a word.

A parser names the first place where it could not go on, often the line after the slip,
and then gives up; invisible characters it takes in. This scan reads the file line by line,
names every slip at its own place and says what to type instead. Its patterns never go back
over what they have read: a hostile line costs as much as a harmless one of its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice

from builder.diagnostics import Diagnostics, Span, catalogue, lines_of
from builder.source import bare, blemishes
from builder.source.flow import QUOTED_TEXT, Flow, pieces_without_colon, second_colons
from builder.source.values import BLOCK_HEADER, BRACKETED, Slip, value_slips
from builder.text import usual

MOST = blemishes.MOST
LONGEST_LABEL = bare.LONGEST
FAR = 20  # lines below, of which most are blank or comments
_LEVEL = "指标"

# What YAML does not allow.
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")

# No group is repeated possessively: Python before 3.11.5, as in Debian 12, gets that wrong.
_LINE = re.compile(r"(?P<indent>\s*+)(?P<dashes>(?:-(?: ++|$))*)(?P<rest>.*)")
_KEY = re.compile(
    rf"(?P<key>{QUOTED_TEXT}|[^\s:：#'\"\[\]{{}},&*!|>%@`][^:：#'\"]*+)\s*+:"
    r"(?P<gap>\s++|$)(?P<value>.*)"
)
_SLIPPED_KEY = re.compile(
    rf"(?:^|(?<=[{{,]))\s*+(?P<key>{QUOTED_TEXT}|[^\s:：#'\"\[\]{{}},][^:：#'\",{{}}]*+)"
    r"(?P<at>：|:(?=\S)|:(?=[^\S \t]))"
)
_FLOW_VALUE = re.compile(r"(?<=[{,])[^:：{},]*+:\s++(?P<value>[>%@`|][^,}]*+)")
# `1,234.50` in braces: what comes behind its first comma.
REST_OF_NUMBER = re.compile(r"(?P<piece>\d[\d.]*+)(?:,\s*+\d[\d.]*+)*(?!,\s*+\d)")
_SPLIT_NUMBER = re.compile(
    r"(?<=[{,])\s*+(?P<key>[^\s:：{},][^:：{},]*+):\s++(?P<number>[-+]?[\d.]++,\s*+"
    rf"{REST_OF_NUMBER.pattern})(?=\s*+(?:[,}}#]|$))"
)
# What a parser takes without a word, so that the composer finds it too, where it comes so far.
_SWALLOWED = (catalogue.CUT_TEXT, catalogue.SPLIT_NUMBER, catalogue.CUT_BY_COMMA)

# What no parser gets through: where one does, this scan of lines was mistaken.
_REFUSED_BY_ALL = (catalogue.INNER_COLON, catalogue.QUOTE_ENDS_EARLY, catalogue.NO_COLON)


def scan(
    text: str,
    file: str,
    labels: Set[str],
    diagnostics: Diagnostics,
    is_legal: Callable[[], bool] = lambda: False,
) -> list[Span]:
    """Report the slips in `text`; return the places of those at which a parser stops.

    `labels` are the keys an author may mean: only a known label before a full-width
    colon is a slip, any other may be a sentence. `is_legal` says whether a parser gets through.
    """
    places = blemishes.tell(text, file, diagnostics)
    found = list(first(usual(text), labels))
    if any(slip[0] in _REFUSED_BY_ALL for _, slip in found) and is_legal():
        found = [entry for entry in found if entry[1][0] not in _REFUSED_BY_ALL]
    for number, (rule, start, end, values) in found:
        at = Span(file, number, start + 1, number, end + 1)
        diagnostics.report(rule, at, **values)
        if rule not in _SWALLOWED:
            places.append(at)
    return places


def first(text: str, labels: Set[str]) -> Iterator[tuple[int, Slip]]:
    """The first slips in `text`, as many as are told, with their lines (from 1)."""
    return islice(_Scan(labels).slips(text), MOST)


@dataclass(slots=True)
class _Scan:
    """One pass over the lines of a file that knows which of them hold keys and values.

    Passed over: blank lines, comments, the text of block scalars, and lines that go on
    with a plain or quoted text begun above.
    """

    labels: Set[str]
    quote: str = ""  # the sign that ends the quoted text we are in
    text_indent: int = -1  # lines indented deeper than this belong to a text begun above
    is_block: bool = False  # whether that text keeps its lines
    hanging: int = -1  # the column of a key whose value may begin in the next line
    flow: Flow = field(default_factory=lambda: Flow(0))
    lines: tuple[str, ...] = ()
    meant: dict[str, str] = field(default_factory=dict)

    def slips(self, text: str) -> Iterator[tuple[int, Slip]]:
        """Line numbers and slips, in order."""
        self.lines = lines_of(text)
        for number, line in enumerate(self.lines, start=1):
            if self.quote:
                if _closes(line, self.quote):
                    self.quote = ""
            elif shape := _LINE.fullmatch(line):
                for slip in self._any_line(shape, number):
                    yield number, slip

    def _any_line(self, shape: re.Match[str], number: int) -> Iterator[Slip]:
        """The slips of a line outside of quoted texts."""
        indent, rest = shape["indent"], shape["rest"]
        if self.flow.is_open and shape.string.strip():
            if self.flow.goes_on(len(indent), shape.string[len(indent) :]):
                yield from _odd_indent(indent)
                yield from self._flow_slips(shape.string[len(indent) :], len(indent))
                return
            self.flow = Flow(0)
        is_inside = len(indent) > self.text_indent >= 0
        if shape["dashes"] and not rest and not is_inside:
            self.text_indent = self.hanging = -1  # a dash alone begins something new
        elif rest[:1] == "#" and not (is_inside and self.is_block):
            yield from _odd_indent(indent)
        elif rest and not is_inside:
            yield from self._line(shape, number)

    def _line(self, shape: re.Match[str], number: int) -> Iterator[Slip]:
        """The slips of one line of keys and values; remembers what it leaves open."""
        indent, rest, left = shape["indent"], shape["rest"], shape.start("rest")
        yield from _odd_indent(indent)
        key = _KEY.fullmatch(rest)
        # Below a key without a value a text may begin.
        is_below = len(indent) > self.hanging >= 0 and not shape["dashes"]
        slipped = self._misfits(shape, key, number, is_below=is_below)
        key = None if slipped else key
        is_flow = not key and rest[0] in "{["
        yield from slipped
        if rest[0] == "-" and key and key["key"].lstrip("-").strip() in self.labels:
            yield (
                catalogue.SYNTAX,
                left,
                left + 1,
                {"hint": f"减号后空一格：- {rest.lstrip('-').strip()}"},
            )
        if key and (gap := re.search(r"[^ \t]+", key["gap"])):
            at = left + key.start("gap") + gap.start()
            yield catalogue.ODD_SPACE, at, at + len(gap[0]), {"name": _space_name(gap[0][0])}
        is_text = is_below and not key and not slipped
        self.text_indent, hanging, self.hanging, self.is_block = -1, self.hanging, -1, False
        if slipped and (begun := rest[slipped[0][2] - left :].lstrip())[:1] in ("{", "["):
            self.flow = Flow(len(indent))
            self.flow.read(begun)
        if not (key or shape["dashes"] or is_text or is_flow):
            return
        value, at = (key["value"], left + key.start("value")) if key else (rest, left)
        header = BLOCK_HEADER.fullmatch(value)
        if header and value[0] == ">" and not self._is_header(header["step"], len(indent), number):
            header = None
        self.is_block = header is not None
        # In a text of its own line a colon would have made a key.
        found = value_slips(value, at, header=header)
        yield from (
            bare.without_brace(slip, value, at, self.labels)
            for slip in found
            if slip[0] != catalogue.INNER_COLON or key
        )
        if value[:1] in ("{", "["):
            is_root = is_flow and not is_text and not shape["dashes"]
            self.flow = Flow(-1 if is_root else hanging if is_text else len(indent))
            yield from self._flow_slips(value, at)
        elif value[:1] in ("'", '"') and not _closes(value[1:], value[0]):
            self.quote = value[0]
        elif key and (not value or value.startswith("#")):
            self.hanging = left
        elif key:
            self.text_indent = left
        else:
            self.text_indent = hanging if is_text else len(indent)

    def _misfits(
        self, shape: re.Match[str], key: re.Match[str] | None, number: int, *, is_below: bool
    ) -> list[Slip]:
        """What keeps a line from being a field or an entry: its colon, or its dash."""
        rest, left, indent = shape["rest"], shape.start("rest"), len(shape["indent"])
        following = next((line for line in self.lines[number : number + FAR] if line.strip()), "")
        is_heading = len(following) - len(following.lstrip(" ")) > indent
        found = bare.odd_dash(rest, left, self.labels)
        if not found and (not key or "{" in key["key"]):
            is_sure = key is not None or not is_below
            found = bare.without_colon(
                rest, left, self.labels, is_sure=is_sure, is_heading=is_heading
            )
        elif not found and is_heading and not shape["dashes"]:
            found = bare.without_dash(rest, left, following.lstrip())
        if found:
            return [found]
        is_flow = not key and rest[0] in "{["
        return list(self._slipped_keys("" if key or is_flow else rest, left, exact=is_below))

    def _is_header(self, step: str, indent: int, number: int) -> bool:
        """Whether a text so deep follows `>2-`: `>2` alone is a comparison, of which nothing
        would be left."""
        digit = step.strip("+-")
        if not digit:
            return True
        below = (self.lines[place] for place in range(number, len(self.lines)))
        text = next((line for line in below if line.strip()), "")
        return len(text) - len(text.lstrip(" ")) >= indent + int(digit)

    def _flow_slips(self, line: str, at: int) -> Iterator[Slip]:
        """The slips inside braces or brackets, of a line that begins at column `at` (from 0)."""
        lead, opened, has_colon = self.flow.before, list(self.flow.opened), self.flow.has_colon
        masked = self.flow.read(line)
        slipped = list(self._slipped_keys(masked, at))
        yield from slipped
        # Behind which sign it begins matters to the rest.
        at, line, flow = at - len(lead), lead + line, lead + masked
        told = [start - at for _, start, _, _ in slipped]
        for split in _SPLIT_NUMBER.finditer(flow):
            told.append(split.start("piece"))
            key = line[slice(*split.span("key"))].strip().strip("'\"")
            start, end = (at + place for place in split.span("piece"))
            yield catalogue.SPLIT_NUMBER, start, end, {"key": key, "number": split["number"]}
        is_odd = not lead and BRACKETED.fullmatch(flow)  # told as a whole
        for start, end in () if is_odd else pieces_without_colon(flow, opened, len(lead)):
            if not any(start <= place < end for place in told):
                yield catalogue.CUT_BY_COMMA, at + start, at + end, {"text": line[start:end]}
        for colon, start, end in second_colons(flow, len(lead), has_colon=has_colon):
            if flow[start:end] in self.labels:
                yield _missing_comma(flow, at, start, end)
            else:
                yield catalogue.INNER_COLON, at + colon, at + colon + 1, {"value": flow[start:end]}
        for found in _FLOW_VALUE.finditer(flow):
            text = line[found.start("value") : found.end("value")].rstrip()
            yield from value_slips(text, at + found.start("value"), flow=True)

    def _slipped_keys(self, text: str, at: int, *, exact: bool = False) -> Iterator[Slip]:
        """Known labels in `text` whose colon is full-width or stands too close to the value."""
        for found in _SLIPPED_KEY.finditer(text):
            key = found["key"].strip().strip("'\"")
            start, end = at + found.start("at"), at + found.end("at")
            following = text[found.end("at") : found.end("at") + 1]
            if found["at"] == "：":
                if bare.is_printed_row(text, found.end("at"), self.labels):
                    continue
                if exact and key.endswith(_LEVEL) and following.strip() not in ("", "{", "["):
                    continue  # a sentence: 数量指标：全年十二期
                if label := self._label(key, exact=exact):
                    yield catalogue.WIDE_COLON, start, end, {"key": label}
            elif key in self.labels and following.isspace():
                yield catalogue.ODD_SPACE, end, end + 1, {"name": _space_name(following)}
            elif key in self.labels:
                yield catalogue.TIGHT_COLON, start, end, {"key": key}

    def _label(self, key: str, *, exact: bool) -> str:
        """The label an author meant by `key`, or an empty text if it is like none."""
        if key in self.labels:
            return key
        if exact or len(key) > LONGEST_LABEL or len(self.meant) > 10 * MOST:
            return ""
        if key not in self.meant:
            close = get_close_matches(key, sorted(self.labels), n=1, cutoff=0.75)
            self.meant[key] = next(iter(close), "")
        return self.meant[key]


def _closes(text: str, quote: str) -> bool:
    """Whether a quoted text begun before `text` ends within it."""
    bare = re.sub(r"\\." if quote == '"' else "''", "", text)
    return quote in bare


def _missing_comma(flow: str, at: int, start: int, end: int) -> Slip:
    """A label in braces behind a value: its comma is full-width, or was forgotten."""
    before = flow[:start].rstrip()[-1:]
    wrong = f"的“{before}”改成英文逗号" if before in ("，", "、", "；") else "少了英文逗号"
    hint = f"“{flow[start:end]}”前面{wrong}"
    return catalogue.SYNTAX, at + start, at + end, {"hint": hint}


def _odd_indent(indent: str) -> Iterator[Slip]:
    odd = re.search(r"[^ ]", indent)
    if odd:
        yield catalogue.ODD_SPACE, odd.start(), odd.end(), {"name": _space_name(odd[0])}


def _space_name(character: str) -> str:
    names = {"\t": "制表符（Tab）", "\u00a0": "不间断空格", "\u3000": "全角空格"}
    return names.get(character, f"特殊空格（U+{ord(character):04X}）")
