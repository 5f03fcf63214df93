"""The canonical form of an author's file: keys in the form's order, one way to space and to
quote, money rows on one line; every word, digit, break and comment stays.

The order of funding rows, of 一级 and 二级指标 and of indicators is the author's: it is what
the form shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from builder.content import report_labels
from builder.diagnostics import Diagnostics
from builder.formatter.layout import Collection, Scalar, lay_out
from builder.formatter.mending import mended
from builder.formatter.writing import written
from builder.records import record_at
from builder.source import Location, Value, parse, without_blanks
from builder.text import usual

_ODD_BREAKS = ("\x85", "\u2028", "\u2029")


def canonical(text: str, file: str, record: type[BaseModel]) -> str | None:
    """The canonical form of a file that holds a `record`, slips of the pen mended.

    None for a file that cannot be read even then, or whose meaning would not certainly stay
    the same. `file` is its name.
    """
    plain = without_blanks(usual(text)).replace("\r\n", "\n").replace("\r", "\n")
    lines = mended(plain, file, record)
    found = Diagnostics()
    source = parse(lines, file, report_labels(), found)
    root = None if found.failed or any(b in lines for b in _ODD_BREAKS) else lay_out(lines)
    if root is None:
        return None
    comments = sorted(_comments(root))
    result = written(root, record)
    again, layout = parse(result, file, report_labels(), found), lay_out(result)
    is_sound = not found.failed and layout and sorted(_comments(layout)) == comments
    if not is_sound or not _is_same(source.value, again.value, (), record):
        return None
    return result.replace("\n", "\r\n") if "\r\n" in text else result


def _comments(node: Collection | Scalar) -> Iterator[str]:
    if isinstance(node, Collection):
        for item in node.items:
            yield from filter(None, (*item.above, item.beside))
            yield from _comments(item.value)
        yield from filter(None, node.below)


def _is_same(one: Value, other: Value, at: Location, record: type[BaseModel]) -> bool:
    """Whether two values mean the same: the order of keys matters where the names are open."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys, others = list(one), list(other)
        if record_at(record, at):
            keys, others = sorted(keys), sorted(others)
        return keys == others and all(
            _is_same(one[key], other[key], (*at, key), record) for key in keys
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(
            _is_same(a, b, (*at, position), record)
            for position, (a, b) in enumerate(zip(one, other, strict=True))
        )
    return one == other
