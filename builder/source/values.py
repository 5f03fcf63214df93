"""Slips at the beginning of a value: what YAML takes for a sign of its own, a comment or a key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from builder.diagnostics import Rule, catalogue
from builder.source.flow import QUOTED_TEXT

Slip = tuple[Rule, int, int, dict[str, Any]]  # columns from 0, what its message is filled with

# A text that YAML takes for a comment: no space behind its sign.
CUT_TEXT = re.compile(r"[ \t]*+(?P<text>#[^\s#](?:.*\S)?)")
BLOCK_HEADER = re.compile(r"[|>](?P<step>[+-]?[1-9]|[1-9]?[+-]?)(?:\s++(?:#.*)?|(?P<tight>#.*))?")
BRACKETED = re.compile(r"(?:\[[^\[\]]*+\]|\{[^{}]*+\})(?P<tail>\s*+[^\s#,}\]].*)")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*")
_QUOTED = re.compile(rf"(?:{QUOTED_TEXT})(?P<tail>\s*+[^\s#,}}\]].*)")
_RESERVED = re.compile(r"[%@`,\]}]|\*\*|[-?]\s++[^\s#]|[*&!](?![\sA-Za-z0-9_!-]|$)|!!(?![A-Za-z])")
_INNER_COLON = re.compile(r":(?=\s|$)")


def value_slips(
    value: str, at: int, *, flow: bool = False, header: re.Match[str] | None = None
) -> Iterator[Slip]:
    """Slips at the beginning of a value, which starts at column `at` (from 0) of its line.

    `header` is all of it, where a text in lines of its own follows.
    """
    end = at + len(value.rstrip())
    shown = value.strip()
    if re.fullmatch(r"-(\s++(#.*)?)?", value):
        yield catalogue.LONE_DASH, at, at + 1, {}
    elif _RESERVED.match(value) or (value[:1] in (">", "|") and not header):
        yield catalogue.NEEDS_QUOTES, at, end, {"sign": value[0], "value": shown}
    elif header and header["tight"]:
        hint = f"# 前空一格：{value[: header.start('tight')]} {header['tight']}"
        yield catalogue.SYNTAX, at + header.start("tight"), end, {"hint": hint}
    elif tail := _QUOTED.fullmatch(value):
        yield catalogue.QUOTE_ENDS_EARLY, at + tail.start("tail"), end, {"value": shown}
    elif BRACKETED.fullmatch(value):
        yield catalogue.NEEDS_QUOTES, at, end, {"sign": value[0], "value": shown}
    elif value[:1] not in ("'", '"', "{", "[", ""):
        comment = _COMMENT.search(value)
        text = value[: comment.start()].rstrip() if comment else value
        if comment and not flow and (cut := CUT_TEXT.match(value, comment.start())):
            yield catalogue.CUT_TEXT, at + cut.start("text"), at + cut.end(), {"text": cut["text"]}
        if inner := _INNER_COLON.search(text):
            hint = "花括号、逗号改成英文的 { } 和 , " if value[0] in "｛［" else ""
            place = at + inner.start(), at + inner.end()
            yield catalogue.INNER_COLON, *place, {"value": text, "hint": hint.strip()}
