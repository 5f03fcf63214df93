"""The 前言 of a year's bound volume: content/<year>/compendium.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from builder import source
from builder.content.folder import PREFACE, YEAR, Entry, shown
from builder.diagnostics import Diagnostics, Span, catalogue
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


def prefaces(folder: Path, entries: Iterable[Entry], diagnostics: Diagnostics) -> Mapping[int, str]:
    """The 前言 of each year's bound volume, from its compendium.md; "" where there is none."""
    years = sorted({int(entry.folder) for entry in entries if YEAR.fullmatch(entry.folder)})
    return {year: _preface(folder, year, diagnostics) for year in years}


def _preface(folder: Path, year: int, diagnostics: Diagnostics) -> str:
    path = folder / str(year) / PREFACE
    if not path.exists() and not path.is_symlink():
        return ""
    name = shown(path, folder)
    return understand_preface(source.read_text(path, name, diagnostics) or "", name, diagnostics)


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
