"""A layout written out anew, in the canonical way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from pydantic import BaseModel

from builder.formatter.layout import Collection, Item, Scalar
from builder.model import Amounts, Goals, Indicator, Report
from builder.records import record_at, type_at
from builder.source import Location

STEP = 2  # columns of indentation
_ALWAYS_BLOCK = (Report, Goals, Indicator)

# What YAML reads as one text in every place, and our own scan never takes for a slip.
_HAN = "0-9A-Za-z\u3400-\u9fff"
_SAFE = re.compile(
    rf"[{_HAN}（《“≥≤=+]"
    rf"(?:[{_HAN}（）()《》“”‘’，。、；…—·./%％+~≥≤=<> \-]*[{_HAN}（）()《》“”’，。；…%％+])?"
)
_FIGURE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What an editor's YAML 1.2 takes for something else than a text.
_TYPED = re.compile(
    r"null|~|true|false|=|[-+]?(?:[0-9]+|0o[0-7]+|0x[0-9a-f]+)"
    r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:e[-+]?[0-9]+)?|[-+]?\.inf|\.nan",
    re.IGNORECASE,
)
_IN_FLOW = re.compile(r"-?[^,\[\]{}#:'\"&*!|>%@`?\s-][^,\[\]{}#:]*")
_KEPT = "\0"  # a blank line inside a text
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def written(root: Collection, record: type[BaseModel]) -> str:
    """The text of a file that holds a `record`."""
    lines: list[str] = []
    # Between the parts one blank line is enough; behind a text that ends in one, it would be more.
    for line in _Writer(record).document(root):
        if line or (lines and lines[-1] not in ("", _KEPT)):
            lines.append(line)
    while not lines[-1]:
        lines.pop()
    return "\n".join(lines).replace(_KEPT, "") + "\n"


class _Writer:
    """Writes the lines of nodes; `record` says what stands where, and in which order."""

    def __init__(self, record: type[BaseModel]) -> None:
        self._record = record

    def document(self, root: Collection) -> Iterator[str]:
        """The file: its head comments, then its parts, with air around those of many lines."""
        first = root.items[0]
        yield from first.above
        first.above = []
        was_long = False
        for number, item in enumerate(self._ordered(root, ())):
            lines = list(self._member(item, (), 0))
            is_long = len(lines) > 1
            if number and (is_long or was_long):
                yield ""
            yield from _comment_lines(item.above, 0)
            yield from lines
            was_long = is_long
        yield from root.below

    def _ordered(self, mapping: Collection, at: Location) -> list[Item]:
        """The members of a record in the form's order, of anything else in the author's."""
        record = record_at(self._record, at) if mapping.is_mapping else None
        if record is None:
            return mapping.items
        fields = record.model_fields.items()
        order = {field.alias or name: i for i, (name, field) in enumerate(fields)}
        return sorted(mapping.items, key=lambda item: order.get(_name(item), len(order)))

    def _member(self, item: Item, at: Location, indent: int) -> Iterator[str]:
        """A key and its value, without the comments above."""
        assert item.key
        key = self._text(item.key, ())
        yield from self._node(f"{' ' * indent}{key}:", item, (*at, item.key.value), indent)

    def _node(self, head: str, item: Item, at: Location, indent: int) -> Iterator[str]:
        node, beside = item.value, f"  {item.beside}" if item.beside else ""
        if isinstance(node, Scalar):
            yield from self._scalar(head, node, beside, at, indent + STEP)
        elif not node.items and not node.below:
            yield f"{head} {'{}' if node.is_mapping else '[]'}{beside}"
        elif (flow := self._flow(node, at)) is not None:
            yield f"{head} {flow}{beside}"
        else:
            yield f"{head}{beside}"
            yield from self._block(node, at, indent + STEP)

    def _block(self, node: Collection, at: Location, indent: int) -> Iterator[str]:
        for position, item in enumerate(self._ordered(node, at)):
            if node.is_mapping:
                yield from _comment_lines(item.above, indent)
                yield from self._member(item, at, indent)
            else:
                yield from self._element(item, (*at, position), indent)
        yield from _comment_lines(node.below, indent)

    def _element(self, item: Item, at: Location, indent: int) -> Iterator[str]:
        """A member of a list; a mapping begins beside the dash."""
        yield from _comment_lines(item.above, indent)
        node, dash = item.value, f"{' ' * indent}-"
        if isinstance(node, Scalar) or not node.is_mapping or not node.items:
            yield from self._node(dash, item, at, indent)
            return
        if item.beside:
            yield f"{' ' * indent}{item.beside}"
        if (flow := self._flow(node, at)) is not None:
            yield f"{dash} {flow}"
            return
        first = self._ordered(node, at)[0]
        yield from _comment_lines(first.above, indent)
        first.above = []
        lines = self._block(node, at, indent + STEP)
        yield f"{dash} {next(lines).lstrip(' ')}"
        yield from lines

    def _scalar(
        self, head: str, node: Scalar, beside: str, at: Location, indent: int
    ) -> Iterator[str]:
        if not node.value.strip():
            yield f"{head}{beside}"
        elif node.style in ("|", ">"):
            body, indicator = _body(node)
            yield f"{head} {node.style}{indicator}{beside}"
            yield from _indented(body, indent)
        elif len(node.lines) == 1:
            yield f"{head} {self._text(node, at)}{beside}"
        else:
            first, *rest = node.lines
            lines = [f"{head} {first}", *_indented((line.lstrip(" \t") for line in rest), indent)]
            lines[-1] += beside
            yield from lines

    def _text(self, scalar: Scalar, at: Location) -> str:
        """A text of one line: plain as it is, quotes only where they are needed."""
        value, raw = scalar.value, scalar.lines[0]
        if not scalar.style:
            return raw
        is_figure = _is_figure(type_at(self._record, at)) if at else False
        if is_figure and _FIGURE.fullmatch(value):
            return value
        if _SAFE.fullmatch(value) and "  " not in value and not _TYPED.fullmatch(value):
            return value
        if UNPRINTABLE.search(value):
            return raw
        return "'" + value.replace("'", "''") + "'"

    def _flow(self, node: Collection, at: Location) -> str | None:
        """A mapping in one line: a money row, or what its author wrote so; None where it may
        not be."""
        record = record_at(self._record, at) if node.is_mapping else None
        is_row = record is not None and issubclass(record, Amounts)
        is_wanted = is_row or (node.is_flow and record not in _ALWAYS_BLOCK)
        if not is_wanted or node.below:
            return None
        parts = []
        for item in self._ordered(node, at):
            value = item.value
            if item.above or item.beside or not isinstance(value, Scalar):
                return None
            if len(value.lines) != 1 or value.style in ("|", ">"):
                return None
            part = self._text(value, (*at, _name(item)))
            is_blank = not part and item.key  # to be filled in, as in an empty form
            if not is_blank and not (part[:1] in ("'", '"') or _IN_FLOW.fullmatch(part)):
                return None
            if item.key:
                key = self._text(item.key, ())
                if not _IN_FLOW.fullmatch(key):
                    return None
                part = f"{key}: {part}"
            parts.append(part)
        return f"{{{', '.join(parts)}}}" if node.is_mapping else f"[{', '.join(parts)}]"


def _name(item: Item) -> str:
    return item.key.value if item.key else ""


def _comment_lines(comments: list[str], indent: int) -> Iterator[str]:
    return (f"{' ' * indent}{comment}" if comment else "" for comment in comments)


def _indented(lines: Iterable[str], indent: int) -> Iterator[str]:
    """The lines of a text; its blank lines count."""
    return (f"{' ' * indent}{line}" if line else _KEPT for line in lines)


def _body(node: Scalar) -> tuple[list[str], str]:
    """The lines of a block text without their indentation, and what its header must say."""
    value = node.value
    first = next(line for line in node.lines if line.strip())
    inner = next(line for line in value.split("\n") if line.strip())
    inside = len(inner) - len(inner.lstrip(" "))
    cut = len(first) - len(first.lstrip(" ")) - inside
    body = [line[cut:] for line in node.lines]
    while body and not body[-1]:
        body.pop()
    breaks = len(value) - len(value.rstrip("\n"))
    body += [""] * max(0, breaks - 1)
    indicator = f"{STEP}" if inside else ""
    return body, indicator + {0: "-", 1: ""}.get(breaks, "+")


def _is_figure(annotation: Any) -> bool:
    """Whether a field is no text: a number, a year, a day, a yes or no."""
    if annotation in (Decimal, int, date, bool):
        return True
    return any(_is_figure(argument) for argument in get_args(annotation) if argument is not str)
