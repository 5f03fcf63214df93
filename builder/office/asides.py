"""What a document keeps outside of its text: comments, footnotes, edges of pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from builder.office.numbering import numbering
from builder.office.package import Package, attribute, local
from builder.office.paper import Remark
from builder.office.runs import Notes, Runs
from builder.office.texts import clean, quoted, several

_EDGES = {"header": "页眉", "footer": "页脚"}


class Asides:
    """The other parts of a document, read when they are asked for."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._links = package.links(main)
        styles = self._root("styles")
        self._runs = Runs(_hidden_styles(styles))
        self._numbering = numbering(self._root("numbering"), styles)
        self._texts: dict[str, dict[str, str]] = {}

    def text(self, paragraph: etree._Element, notes: Notes) -> str:
        """The text of the next paragraph, with its number where it has one."""
        text = self._runs.text(paragraph, notes)
        label = self._numbering.label(paragraph)
        if not label or not text.strip():
            return text
        return f"{label} {text}" if label[-1].isalnum() else f"{label}{text}"

    def told(self, notes: Notes) -> Iterator[str]:
        """Sentences for what a place holds beside its text."""
        deleted = several([quoted(text) for text in notes.deleted if text.strip()])
        inserted = several([quoted(text) for text in notes.inserted if text.strip()])
        if deleted or inserted:
            parts = [f"删去{deleted}"] if deleted else []
            parts += [f"加上{inserted}"] if inserted else []
            yield f"有没有接受的修订，按接受读：{'，'.join(parts)}"
        for text in notes.hidden:
            yield f"有设为隐藏的文字，没有读：{quoted(text)}"
        for number in notes.comments:
            if text := self._beside("comments", number):
                yield f"有批注：{quoted(text)}"
        for kind, number in notes.footnotes:
            if text := self._beside(f"{kind}s", number):
                yield f"有{'脚注' if kind == 'footnote' else '尾注'}：{quoted(text)}"
        yield from dict.fromkeys(notes.told)

    def around(self) -> Iterator[Remark]:
        """What stands on the edges of pages, apart from page numbers."""
        seen = set()
        for link in self._links.values():
            if link.kind in _EDGES and not link.is_outside:
                root = self._package.tree(link.target)
                text = "" if root is None else self._all(root)
                if any(map(str.isalpha, text)) and (link.kind, text) not in seen:
                    seen.add((link.kind, text))
                    place = _EDGES[link.kind]
                    yield Remark(place, f"{place}里有文字，没有读：{quoted(text)}")
        if any(posixpath.basename(name) == "vbaproject.bin" for name in self._package):
            yield Remark("文件", "文件带宏，宏没有运行，也没有读")

    def _beside(self, kind: str, number: str) -> str:
        """The text of a comment or footnote by its number."""
        if kind not in self._texts:
            root = self._root(kind)
            self._texts[kind] = {
                attribute(element, "id"): self._all(element)
                for element in (() if root is None else root)
            }
        return self._texts[kind].get(number, "")

    def _all(self, element: etree._Element) -> str:
        notes = Notes()
        lines = [self._runs.text(p, notes) for p in element.iter("{*}p")]
        return clean("\n".join(lines))

    def _root(self, kind: str) -> etree._Element | None:
        for link in self._links.values():
            if link.kind == kind and not link.is_outside:
                return self._package.tree(link.target)
        return None


def _hidden_styles(styles: etree._Element | None) -> frozenset[str]:
    """The names of character styles whose text is not shown."""
    if styles is None:
        return frozenset()
    return frozenset(
        attribute(style, "styleId")
        for style in styles
        if local(style) == "style" and style.find("{*}rPr/{*}vanish") is not None
    )
