"""The 前言 of a year's bound volume: content/<year>/compendium.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder import source
from builder.content.folder import PREFACE, Entry
from builder.content.names import shown
from builder.diagnostics import Diagnostics, Span, catalogue
from builder.home import YEAR
from builder.text import joined, markup_of, usual

# What other programs make of a text's marks, and a volume prints as typed.
_UNKNOWN_MARKS = {
    "标题": re.compile(r"#{1,6}[ \t]|##|#[\u3400-\u9fff]"),
    "标题或分隔线": re.compile(r"(?:={3,}|-{3,}|\*{3,}|_{3,})[ \t]*$"),
    "表格": re.compile(r"\|.*\||.*?(?<!-)--+:?[ \t]*\|"),
    "引用": re.compile(r">[ \t]"),
    "代码": re.compile(r"```|~~~|.*?`[^`]+`"),
    "链接或图片": re.compile(r".*?\[[^\[\]]*\]\([^()]*\)"),
    "斜体": re.compile(r".*?(?<![*0-9])\*[^*\s]+\*(?![*0-9])"),
}


@dataclass(frozen=True, slots=True)
class Preface:
    """A 前言: the name shown for its file, its text as written, and as it is printed."""

    file: str
    text: str
    printed: str


def prefaces(
    folder: Path, entries: Iterable[Entry], diagnostics: Diagnostics
) -> Mapping[int, Preface]:
    """The 前言 of the years that these reports are of; a year without one is not there."""
    found = {}
    for year in sorted({entry.folder for entry in entries if YEAR.fullmatch(entry.folder)}):
        path = folder / year / PREFACE
        if path.exists() or path.is_symlink():
            name = shown(path, folder)
            text = source.read_text(path, name, diagnostics) or ""
            found[int(year)] = Preface(name, text, understand_preface(text, name, diagnostics))
    return found


def understand_preface(text: str, file: str, diagnostics: Diagnostics) -> str:
    """A 前言 as it is printed; what no text may hold, marks that print as typed, and tags that do
    not print, are told."""
    source.tell_blemishes(text, file, diagnostics, is_yaml=False)
    for number, line in enumerate(text.split("\n"), start=1):
        start = len(line) - len(line.lstrip())
        found = [kind for kind, marks in _UNKNOWN_MARKS.items() if marks.match(line, start)]
        found += ["HTML 标签"] if markup_of(line) else []
        if found:
            at = Span(file, number, start + 1, number, len(line.rstrip()) + 1)
            diagnostics.report(catalogue.PREFACE_MARKS, at, kind="、".join(found))
    return joined(usual(text))
