"""The numbers that a word processor puts in front of paragraphs, which stand in no text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from builder.office.dates import counted
from builder.office.package import attribute, local, whole

_LEVELS: Final = 9
_LONGEST: Final = 100
_PLACE = re.compile(r"%([1-9])")
_CHINESE: Final = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographDigital", "japaneseDigitalTenThousand",
}  # fmt: skip
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_ROMAN: Final = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
)  # fmt: skip
# Larger ones are made by nobody, and would be long in Roman numerals.
_MOST: Final = 399


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    text: str


@dataclass
class Numbering:
    """Counts the paragraphs of a document as they come."""

    # The list of each number that paragraphs name, and its levels.
    _lists: dict[str, tuple[str, list[_Level]]] = field(default_factory=dict)
    # List and level of each style that has one.
    _styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def label(self, paragraph: etree._Element) -> str:
        """What stands in front of the next paragraph; "" for most."""
        properties = paragraph.find("{*}pPr")
        found = None if properties is None else self._named(properties)
        if found is None or found[0] not in self._lists or found[1] >= _LEVELS:
            return ""
        (name, levels), depth = self._lists[found[0]], found[1]
        if depth >= len(levels):
            return ""
        counts = self._counts.setdefault(name, [level.start - 1 for level in levels])
        counts[depth] += 1
        for below in range(depth + 1, len(levels)):
            counts[below] = levels[below].start - 1
        if levels[depth].kind == "bullet":
            return ""  # a sign that says nothing
        return _PLACE.sub(
            lambda match: _number(levels, counts, int(match[1]) - 1), levels[depth].text
        )

    def _named(self, properties: etree._Element) -> tuple[str, int] | None:
        """List and level of a paragraph: its own, or those of its style."""
        style = properties.find("{*}pStyle")
        inherited = None if style is None else self._styles.get(attribute(style, "val"))
        own = properties.find("{*}numPr")
        return inherited if own is None else _listed(own, inherited)


def numbering(root: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists of a document, from its parts `numbering` and `styles`."""
    if root is None:
        return Numbering()
    drafts = {
        attribute(element, "abstractNumId"): [
            _level(level) for level in element if local(level) == "lvl"
        ][:_LEVELS]
        for element in root
        if local(element) == "abstractNum"
    }
    lists = {}
    for element in root:
        if local(element) != "num":
            continue
        draft, number = _value(element, "abstractNumId"), attribute(element, "numId")
        levels = list(drafts.get(draft, []))
        overrides = element.findall("{*}lvlOverride")
        for override in overrides:
            depth = whole(attribute(override, "ilvl"))
            start = _value(override, "startOverride")
            if depth < len(levels) and start:
                old = levels[depth]
                levels[depth] = _Level(whole(start, 1), old.kind, old.text)
        # Numbers of one draft count on together, unless one of them begins anew.
        lists[number] = (f"{draft}/{number}" if overrides else draft, levels)
    return Numbering(lists, _styled(styles))


def _level(element: etree._Element) -> _Level:
    start = whole(_value(element, "start"), 1)
    text = _value(element, "lvlText")[:_LONGEST]
    return _Level(start, _value(element, "numFmt") or "decimal", text)


def _styled(styles: etree._Element | None) -> dict[str, tuple[str, int]]:
    found = {}
    for style in () if styles is None else styles:
        own = style.find("{*}pPr/{*}numPr")
        listed = None if own is None else _listed(own, None)
        if listed:
            found[attribute(style, "styleId")] = listed
    return found


def _listed(element: etree._Element, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
    number, depth = _value(element, "numId"), _value(element, "ilvl")
    name = number or (inherited[0] if inherited else "")
    if name in ("", "0"):  # the way to say that a paragraph has no number
        return None
    return name, whole(depth, inherited[1] if inherited else 0)


def _number(levels: list[_Level], counts: list[int], depth: int) -> str:
    if depth >= len(levels):
        return ""
    count, kind = max(counts[depth], levels[depth].start), levels[depth].kind
    if kind in _CHINESE and count < 100:
        return counted(count)
    if kind.startswith("decimalEnclosedCircle") and 0 < count <= 20:
        return chr(0x2460 + count - 1)
    if kind in ("lowerLetter", "upperLetter") and 0 < count <= 26:
        return chr((97 if kind == "lowerLetter" else 65) + count - 1)
    if kind in ("lowerRoman", "upperRoman") and 0 < count <= _MOST:
        return _roman(count) if kind == "lowerRoman" else _roman(count).upper()
    if kind == "ideographTraditional" and 0 < count <= len(_STEMS):
        return _STEMS[count - 1]
    return "" if kind == "none" else f"{count:02d}" if kind == "decimalZero" else str(count)


def _roman(count: int) -> str:
    pieces = []
    for worth, sign in _ROMAN:
        times, count = divmod(count, worth)
        pieces.append(sign * times)
    return "".join(pieces)


def _value(element: etree._Element, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return "" if found is None else attribute(found, "val")
