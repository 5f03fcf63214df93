"""Number formats of spreadsheets, taken apart: sections, conditions and tokens.

Own code, because no library that is looked after does it: the one on PyPI, ssf 0.2.2, has six
dependencies, has stood still since 2020 and ends in a KeyError with today's Babel.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

# What the numbers of built-in formats mean in Chinese Excel and WPS (ECMA-376, 18.8.30, zh-cn).
BUILT_IN: Final = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0',
    6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?) | \\(?P<escaped>.) | (?P<blank>_.) | (?P<fill>\*.)
    | \[(?P<bracket>[^\]]*)\] | (?P<general>General|G/通用格式)
    | (?P<noon>AM/PM|A/P|上午/下午) | (?P<exponent>E[+-]0+)
    | (?P<date>y+|m+|d+|h+|s+(?:\.0{1,3})?|aaaa?|e+) | (?P<digit>[0\#?]) | (?P<sign>[.,%@/])
    | (?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d{1,15}(?:\.\d{1,15})?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
# Excel takes 255, but what people make has 80 at most, and every sign costs for every number.
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a format.

    `kind` is literal, general, noon, exponent, date, elapsed, digit or sign.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """How some of the numbers are shown, those that meet `relation` to `limit` if there is one."""

    tokens: tuple[Token, ...]
    relation: str = ""
    limit: Decimal = Decimal(0)
    numerals: str = ""

    @property
    def is_date(self) -> bool:
        return any(token.kind in ("date", "elapsed") for token in self.tokens)

    def meets(self, value: Decimal) -> bool:
        """Whether the section's own condition holds of a value."""
        order = (value > self.limit) - (value < self.limit)
        held = {"<": (-1,), ">": (1,), "=": (0,), "<=": (-1, 0), ">=": (0, 1), "<>": (-1, 1)}
        return order in held[self.relation]


@lru_cache(maxsize=1024)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a format, at most four; none where it is too long to be one."""
    if len(code) > _LONGEST:
        return ()
    found: list[list[tuple[str, str]]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or ""
        if kind == "other" and match[kind] == ";":
            found.append([])
        else:
            found[-1].append((kind, match[kind]))
    return tuple(_section(pieces) for pieces in found[:4])


def _section(pieces: list[tuple[str, str]]) -> Section:
    """What brackets say: a condition, Chinese numerals, currency, time; colours say nothing."""
    tokens: list[Token] = []
    relation, limit, numerals = "", Decimal(0), ""
    for kind, text in pieces:
        if kind != "bracket":
            tokens += [_token(kind, text)] if kind != "fill" else []
        elif condition := _CONDITION.fullmatch(text):
            relation, limit = condition[1], Decimal(condition[2])
        elif text.upper().startswith("DBNUM"):
            numerals = text[5:6]
        elif text.startswith("$"):
            tokens.append(Token("literal", text[1:].partition("-")[0]))
        elif _ELAPSED.fullmatch(text):
            tokens.append(Token("elapsed", text.lower()))
    return Section(tuple(tokens), relation, limit, numerals)


def _token(kind: str, text: str) -> Token:
    if kind in ("general", "noon", "exponent", "digit", "sign"):
        return Token(kind, text)
    if kind == "date":
        return Token(kind, text.lower())
    shown = {"quoted": text.strip('"'), "blank": " "}
    return Token("literal", shown.get(kind, text))
