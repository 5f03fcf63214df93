"""What no text of ours may hold, YAML or not: marks of an unfinished merge, characters that
nobody sees, that stand for lost ones, or that look like others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from builder.diagnostics import Diagnostics, Span, catalogue, lines_of, place
from builder.text import HIDDEN, lookalikes

MOST = 100  # findings of one kind in one file: more than that is no longer a report

_BREAKS = "\x85\u2028\u2029"  # YAML begins a new line behind them

_MARK = re.compile(r"(?:<{7}|\|{7}|>{7})(?: .*)?|={7}")
# What a program writes for what it could not read; the second is that, read once more as GBK.
_LOST = re.compile("[\ufffc\ufffd]|锟斤拷")


def tell(text: str, file: str, diagnostics: Diagnostics, *, is_yaml: bool = True) -> list[Span]:
    """Report the blemishes of `text`; return the places of those that a parser may stop at.

    In YAML a line of `=` is a mark of its own, and a line that begins with `#` a comment.
    """
    stops = []
    for found in islice(HIDDEN.finditer(text), MOST):
        stops.append(place(text, found.start(), file))
        code = f"{ord(found[0]):04X}"
        hint = "换成普通的换行，或删去它" if found[0] in _BREAKS else ""
        diagnostics.report(catalogue.CONTROL_CHARACTER, stops[-1], hint=hint, code=code)
    for found in islice(_LOST.finditer(text), MOST):
        at = place(text, found.start(), file)
        diagnostics.report(catalogue.LOST_CHARACTER, at, text=found[0])
    lines = lines_of(text)
    for marks in islice(_conflicts(lines, file), MOST):
        if is_yaml or len(marks) > 1 or lines[marks[0].line - 1][0] in "<>":
            first, *others = marks
            related = dict.fromkeys(others[:2], "另一种写法")
            if others:
                related[others[-1]] = "到这里为止"
            mark = lines[first.line - 1][:7]
            diagnostics.report(catalogue.UNFINISHED_MERGE, first, related=related, mark=mark)
            stops += marks
    _tell_lookalikes(text, lines, file, diagnostics, is_yaml=is_yaml)
    return stops


def _conflicts(lines: tuple[str, ...], file: str) -> Iterator[list[Span]]:
    """The marks of each unfinished merge, the first of them where it begins."""
    open_: list[Span] = []
    for number, line in enumerate(lines, start=1):
        if not _MARK.fullmatch(line) or (line[0] == "|" and not open_):
            continue
        if line[0] == "<" and open_:
            yield open_
            open_ = []
        open_.append(Span(file, number, 1, number, len(line) + 1))
        if line[0] == ">" or (len(open_) == 1 and line[0] != "<"):
            yield open_
            open_ = []
    if open_:
        yield open_


def _tell_lookalikes(
    text: str, lines: tuple[str, ...], file: str, diagnostics: Diagnostics, *, is_yaml: bool
) -> None:
    if not lookalikes(text):
        return
    told = 0
    for number, line in enumerate(lines, start=1):
        found = {} if is_yaml and line.lstrip().startswith("#") else lookalikes(line)
        if found and told < MOST:
            told += 1
            column = line.index(next(iter(found))) + 1
            words = "、".join(
                f"“{one}”（U+{ord(one):04X}）" + (f"不是“{usual}”" if usual else "是部首，不是字")
                for one, usual in found.items()
            )
            at = Span(file, number, column, number, column + 1)
            diagnostics.report(catalogue.LOOKALIKE, at, found=words)
