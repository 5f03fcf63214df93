"""The kinds of values that a field can hold, and the slips that each of them knows.

Values are exact: texts, `Decimal`, `date`; never a float. A misfit raises PydanticCustomError
with a type of its own, which `decode` turns into a message.

A value that is meant to be blank is written `留空`: a figure is then None, a text "", and one
that is not written at all keeps the default of its field.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from builder.text import joined

BLANK = "留空"
# Long enough for any budget and any share of it, short enough for exact sums and quotients.
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,10})?")
WEB_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>]+(/[^\s?#\"'<>]*)?")
MAIL_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def _number(value: object) -> object:
    """Let Decimal see only what an author can mean by a number.

    It would also take `1_000`, `1e3`, `１８４` and `NaN`. Raises PydanticCustomError with
    a type of its own for each slip, which `decode` turns into a message.
    """
    if not isinstance(value, str) or NUMBER.fullmatch(value):
        return value
    plain = value.strip().translate(_HALF_WIDTH)
    if NUMBER.fullmatch(plain):
        raise PydanticCustomError("number_wide", "full-width", {"mended": plain})
    if re.fullmatch(r"-?[0-9]{1,3}([,，][0-9]{3})+(\.[0-9]+)?", plain):
        mended = re.sub("[,，]", "", plain)
        raise PydanticCustomError("number_thousands", "separators", {"mended": mended})
    with_unit = re.fullmatch(r"(-?[0-9]+(?:\.[0-9]+)?)\s*([^\s0-9.,]{1,4})", plain)
    if with_unit:
        found = {"mended": with_unit[1], "unit": with_unit[2]}
        raise PydanticCustomError("number_unit", "with unit", found)
    raise PydanticCustomError("number_format", "not a number")


_HALF_WIDTH = str.maketrans("０１２３４５６７８９．－", "0123456789.-")


def _year(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(r"(19|20)[0-9]{2}", value):
            raise PydanticCustomError("year_format", "not a year")
        return int(value)
    return value


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value if re.fullmatch(r"[0-9-]{10}", value) else "")
        except ValueError:
            raise PydanticCustomError("date_format", "not a date") from None
    return value


def _is_web(value: str) -> bool:
    return WEB_ADDRESS.fullmatch(value) is not None


def _web_address(value: object) -> object:
    if isinstance(value, str) and not _is_web(value):
        context = {"what": "网址"}
        raise PydanticCustomError("address_format", "not a web address", context)
    return value


def _reachable(value: object) -> object:
    is_one = isinstance(value, str) and (MAIL_ADDRESS.fullmatch(value) or _is_web(value))
    if isinstance(value, str) and not is_one:
        context = {"what": "网址或邮箱"}
        raise PydanticCustomError("address_format", "no address to write to", context)
    return value


def _colour(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise PydanticCustomError("colour_format", "not a colour")
    return value


def _yes_no(value: object) -> object:
    if isinstance(value, str):
        if value not in ("是", "否"):
            raise PydanticCustomError("yes_no", "not 是 or 否")
        return value == "是"
    return value


def _figure(value: object) -> object:
    return None if value == BLANK else _number(value)


def _or_blank(value: object, read: ValidatorFunctionWrapHandler) -> Any:
    return "" if value == BLANK else read(value)


def _text(value: str) -> str:
    """A text as it is meant; one that was nothing but tags and spaces is a missing text."""
    text = joined(value)
    if text == BLANK:
        raise PydanticCustomError("text_blank", "must not be blank")
    if not text:
        raise PydanticCustomError("text_empty", "nothing left")
    return text


def _one_line(value: str) -> str:
    """A text that stands in one line wherever it is shown."""
    line = value.strip()
    if "\n" in line:
        raise PydanticCustomError("text_lines", "more than one line")
    return line


# The schemas say how an editor reads the same text: it types `93` as a number.
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Text = Annotated[str, AfterValidator(_text)]
Line = Annotated[Text, AfterValidator(_one_line)]
Word = Annotated[str, AfterValidator(_one_line)]  # as it is typed: a code, a path
T = TypeVar("T")
OrBlank = Annotated[T, WrapValidator(_or_blank)]
"""A text, "" where it is blank on purpose."""
Figure = Annotated[
    Decimal | None,
    BeforeValidator(_figure),
    WithJsonSchema({"type": ["number", "string"], "pattern": f"^{BLANK}$"}),
]
"""A number, None where it is blank on purpose."""
Measure = Annotated[OrBlank[Text], WithJsonSchema({"type": ["string", "number"]})]
Year = Annotated[int, BeforeValidator(_year)]
Day = Annotated[date, BeforeValidator(_day)]
YesNo = Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"enum": ["是", "否"]})]
WebAddress = Annotated[str, BeforeValidator(_web_address)]
Reachable = Annotated[str, BeforeValidator(_reachable)]  # a web page or a mail address
Colour = Annotated[str, BeforeValidator(_colour)]
