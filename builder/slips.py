"""Slips of the pen that a YAML parser stops at, or swallows without a word.

A parser names the first place where it could not go on, often the line after the
slip, and then gives up. This scan reads the file line by line, names every slip at
its own place and says what to type instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from difflib import get_close_matches
from typing import Any

from builder import catalogue
from builder.diagnostics import Diagnostics, Rule, Span, lines_of

_LINE = re.compile(r"(?P<indent>[ \t\u00a0\u3000]*)(?P<dashes>(?:- +)*)(?P<rest>.*)")
_KEY = re.compile(r"(?P<key>[^\s:：#'\"\[\]{},&*!|>%@`][^:：#'\"]*?):(?P<gap>\s+|$)(?P<value>.*)")
_WIDE_KEY = re.compile(
    r"(?:^|(?<=[{,]))\s*(?P<key>[^\s:：#'\"\[\]{},][^:：#'\",{}]*?)\s*(?P<at>：)"
)
_TIGHT_KEY = re.compile(
    r"(?:^|(?<=[{,]))\s*(?P<key>[^\s:：#'\"\[\]{},][^:：#'\",{}]*?)(?P<at>:)(?=\S)"
)
_FLOW_VALUE = re.compile(r"(?<=[{,])[^:：{},]+:\s+(?P<value>[>%@`|][^,}]*)")
_BLOCK_HEADER = re.compile(r"[|>][+-]?[1-9]?[+-]?\s*(#.*)?$")
_QUOTED = re.compile(r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')(?P<tail>\s*[^\s#,}\]].*)")
_BRACKETED = re.compile(r"(?:\[[^\[\]]*\]|\{[^{}]*\})(?P<tail>\s*[^\s#,}\]].*)")
_RESERVED = re.compile(r"[%@`]|\*\*|[*&!][^\sA-Za-z0-9_-]")
_INNER_COLON = re.compile(r":(?=\s|$)")


def scan(text: str, file: str, labels: Set[str], diagnostics: Diagnostics) -> int | None:
    """Report every slip in `text`; return the first line that has one, None if there is none.

    `labels` are the keys an author may mean: only a known label before a full-width
    colon is a slip, any other may be a sentence.
    """
    first: int | None = None
    for number, offset, line in _structural_lines(text):
        for rule, start, end, values in _slips(line, labels):
            first = first or number
            at = Span(file, number, offset + start + 1, number, offset + end + 1)
            diagnostics.report(rule, at, **values)
    return first


def _structural_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Lines that hold keys and values: (line number, columns cut off at the left, rest).

    Left out: blank lines, comments, the text of block scalars, and lines that go on
    with a plain or quoted text begun above.
    """
    text_indent = -1  # lines indented deeper than this belong to a text begun above
    quote = ""
    for number, line in enumerate(lines_of(text), start=1):
        if quote:
            if _closes(line, quote):
                quote = ""
            continue
        shape = _LINE.fullmatch(line)
        if shape is None or not shape["rest"] or shape["rest"].startswith("#"):
            continue
        column = len(shape["indent"]) + len(shape["dashes"])
        if text_indent >= 0 and len(shape["indent"]) > text_indent:
            continue
        text_indent = -1
        yield number, 0, line
        key = _KEY.fullmatch(shape["rest"])
        value = key["value"] if key else shape["rest"]
        if value[:1] in ("'", '"') and not _closes(value[1:], value[0]):
            quote = value[0]
        elif key and value and not value.startswith(("#", "{", "[")):
            text_indent = column


def _closes(text: str, quote: str) -> bool:
    """Whether a quoted text begun before `text` ends within it."""
    bare = re.sub(r"\\." if quote == '"' else "''", "", text)
    return quote in bare


Slip = tuple[Rule, int, int, dict[str, Any]]


def _slips(line: str, labels: Set[str]) -> Iterator[Slip]:
    shape = _LINE.fullmatch(line)
    if shape is None:
        return
    indent, rest, left = shape["indent"], shape["rest"], shape.start("rest")
    odd = re.search(r"[^ ]", indent)
    if odd:
        yield catalogue.ODD_SPACE, odd.start(), odd.end(), {"name": _space_name(odd[0])}
    for found in _WIDE_KEY.finditer(rest):
        label = _meant(found["key"], labels)
        if label:
            at = left + found.start("at")
            yield catalogue.WIDE_COLON, at, at + 1, {"key": label}
    for found in _TIGHT_KEY.finditer(rest):
        if found["key"] in labels:
            at = left + found.start("at")
            yield catalogue.TIGHT_COLON, at, at + 1, {"key": found["key"]}
    key = _KEY.fullmatch(rest)
    if key and re.search(r"[\u00a0\u3000]", key["gap"]):
        odd_gap = key["gap"].strip(" \t")
        at = left + key.start("gap") + key["gap"].index(odd_gap)
        yield catalogue.ODD_SPACE, at, at + len(odd_gap), {"name": _space_name(odd_gap[0])}
    value_at = left + (key.start("value") if key else 0)
    if key or shape["dashes"]:
        yield from _value_slips(key["value"] if key else rest, value_at)
    for found in _FLOW_VALUE.finditer(rest):
        yield from _value_slips(found["value"].rstrip(), left + found.start("value"), flow=True)


def _value_slips(value: str, at: int, *, flow: bool = False) -> Iterator[Slip]:
    """Slips at the beginning of a value, which starts at column `at` (from 0) of its line."""
    end = at + len(value)
    if re.fullmatch(r"-\s*(#.*)?", value):
        yield catalogue.LONE_DASH, at, at + 1, {}
    elif _RESERVED.match(value) or (
        value[:1] in (">", "|") and value and (flow or not _BLOCK_HEADER.fullmatch(value))
    ):
        yield catalogue.NEEDS_QUOTES, at, end, {"sign": value[0], "value": value.strip()}
    elif tail := _QUOTED.fullmatch(value):
        yield catalogue.QUOTE_ENDS_EARLY, at + tail.start("tail"), end, {"value": value.strip()}
    elif tail := _BRACKETED.fullmatch(value):
        yield catalogue.NEEDS_QUOTES, at, end, {"sign": value[0], "value": value.strip()}
    elif value[:1] not in ("'", '"', "{", "[", "#", ""):
        text = re.split(r"\s#", value, maxsplit=1)[0]
        if inner := _INNER_COLON.search(text):
            yield catalogue.INNER_COLON, at + inner.start(), at + inner.end(), {"value": text}


def _meant(key: str, labels: Set[str]) -> str:
    """The label an author meant by `key`, or an empty text if it is like none."""
    if key in labels:
        return key
    return next(iter(get_close_matches(key, sorted(labels), n=1, cutoff=0.8)), "")


def _space_name(character: str) -> str:
    names = {"\t": "制表符（Tab）", "\u00a0": "不间断空格", "\u3000": "全角空格"}
    return names[character]
