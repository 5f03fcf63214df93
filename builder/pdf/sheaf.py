"""The pages of a printed document, taken out so that they can be bound with others.

Every document is set in the same faces with the same glyph numbers, so its page contents
work against one shared font. A sheaf keeps those contents, the structure tree and what the
fonts were used for; it is small and travels between processes as bytes.

The structure tree is kept as PDF syntax with its numbers left blank: to bind it is to fill
in where its objects come to stand.
"""

from __future__ import annotations

import pickle
import re
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import unquote

POINT = 0.75
"""Points in a CSS pixel."""

SCHEME = "volume:"
"""Links of this scheme lead to a destination of the bound volume."""

FaceKey = tuple[str, int]
"""CSS family and weight."""

_BLANK = re.compile(rb"(\d+) 0 R|\(h(\d+)\)|(%)")
_END = b"\x1e"
# What stands in the margins of a page, as `tags` marks it.
_FOOTER = re.compile(
    rb"\n/Artifact\n<</Type /Pagination/Subtype /Footer>>\nBDC\n.*?\nEMC(?=\n|$)", re.DOTALL
)


class Link(NamedTuple):
    """A place on a page (from 0) that leads to `target`; points from the lower left.

    `element` is the number of the structure element it belongs to.
    """

    page: int
    target: str
    box: tuple[float, float, float, float]
    element: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: its content (deflated) without a footer; size and side margins in points."""

    content: bytes
    width: float
    height: float
    left: float
    right: float
    is_turned: bool = False
    """Whether its head lies to the left."""


@dataclass(frozen=True, slots=True)
class FontUse:
    """What a document used of a face: widths (per mille of an em) and texts, by glyph."""

    family: str
    weight: int
    widths: dict[int, float]
    texts: dict[int, str]

    @property
    def key(self) -> FaceKey:
        """The face."""
        return self.family, self.weight


@dataclass(frozen=True, slots=True)
class Structure:
    """Structure elements, the top one first, then the parents of each page's content.

    Each is PDF syntax with `%d` for what is not known yet. `blanks` says what goes there, by
    its place in this row: elements, pages, links, headings, the parent of the top.
    """

    syntax: bytes
    blanks: array[int]
    elements: int
    headings: array[int]
    """The elements that are heading cells; each has an ID."""

    def filled(self, numbers: Sequence[int], *, lower: bool = False) -> list[bytes]:
        """All objects, with `numbers` in that row's order; `lower` takes headings down a rank."""
        text = zlib.decompress(self.syntax) % tuple(map(numbers.__getitem__, self.blanks))
        for rank in (5, 4, 3, 2, 1) if lower else ():
            text = text.replace(b"/S /H%d/" % rank, b"/S /H%d/" % (rank + 1))
        return text.split(_END)


@dataclass(frozen=True, slots=True)
class Sheaf:
    """A document taken apart. `states` are the graphics states its contents name."""

    leaves: tuple[Leaf, ...]
    structure: Structure
    links: tuple[Link, ...]
    fonts: Mapping[str, FontUse]
    states: Mapping[str, bytes]
    anchors: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    """By name: page from 0, height in points."""

    def packed(self) -> bytes:
        """This sheaf, to be sent or put aside."""
        return zlib.compress(pickle.dumps(self, pickle.HIGHEST_PROTOCOL), 1)

    @staticmethod
    def unpacked(data: bytes) -> Sheaf:
        """A sheaf that `packed` made, in this very run."""
        sheaf: Sheaf = pickle.loads(zlib.decompress(data))  # noqa: S301  our own bytes
        return sheaf


def take(document: Any, pdf: Any, written: Sequence[Any]) -> Sheaf:
    """The sheaf of a WeasyPrint document, from its PDF's objects and what is `written` of them.

    Both in the same order; `content` is that of a stream before it was deflated.
    """
    of_type: dict[str, list[Any]] = {"/StructElem": [], "/Page": [], "/Annot": []}
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") in of_type:
            of_type[item["Type"]].append(item)
    elements, pages, annotations = of_type.values()
    places = {item.number: place for place, item in enumerate((*elements, *pages, *annotations))}
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    parents = _object(pdf, root["ParentTree"])["Nums"]
    by_key = dict(zip(parents[::2], parents[1::2], strict=True))
    top = _object(pdf, root["K"][0])
    assert top is elements[0], "the tree does not begin with its top"
    headings = array("I", (n for n, element in enumerate(elements) if "ID" in element))
    places[root.number] = len(places) + len(headings)

    objects = [written[element.number].data for element in elements]
    objects += [by_key[page["StructParents"]].data for page in pages]
    leaves = [
        _leaf(page, _of(written, page["Contents"]).content, source)
        for page, source in zip(pages, document.pages, strict=True)
    ]
    owners = {item.number: by_key[item["StructParent"]] for item in annotations}
    links = [
        _link(number, _object(pdf, reference), owners, places)
        for number, page in enumerate(pages)
        for reference in page.get("Annots", ())
    ]
    resources = _object(pdf, pages[0]["Resources"])
    return Sheaf(
        tuple(leaves),
        structure(objects, places, len(elements), headings),
        tuple(links),
        _fonts(document.fonts.values()),
        {name: state.data for name, state in resources["ExtGState"].items()},
        {
            name: (number, (page.height - box[1]) * POINT)
            for number, page in enumerate(document.pages)
            for name, box in page.anchors.items()
        },
    )


def structure(
    objects: Iterable[bytes], places: Mapping[int, int], elements: int, headings: array[int]
) -> Structure:
    """Structure elements as they would be written, their references and IDs made blank."""
    blanks = array("I")
    first_heading = len(places) - 1

    def blank(found: re.Match[bytes]) -> bytes:
        if found[3]:
            return b"%%"
        if found[2]:
            blanks.append(first_heading + int(found[2]))
            return b"(%07d)"
        blanks.append(places[int(found[1])])
        return b"%d 0 R"

    syntax = _BLANK.sub(blank, _END.join(objects))
    return Structure(zlib.compress(syntax), blanks, elements, headings)


def _object(pdf: Any, reference: bytes) -> Any:
    return _of(pdf.objects, reference)


def _of(objects: Sequence[Any], reference: bytes) -> Any:
    return objects[int(reference.split()[0])]


def _leaf(page: Any, content: bytes, source: Any) -> Leaf:
    left, top, right, bottom = page["MediaBox"]
    box = source._page_box  # noqa: SLF001
    return Leaf(
        zlib.compress(_FOOTER.sub(b"", content)),
        right - left,
        bottom - top,
        box.margin_left * POINT,
        box.margin_right * POINT,
    )


def _link(
    page: int, annotation: Any, owners: Mapping[int, bytes], places: Mapping[int, int]
) -> Link:
    target = annotation["A"]["URI"].string
    assert target.startswith(SCHEME), target
    x1, y1, x2, y2 = annotation["Rect"]
    element = places[int(owners[annotation.number].split()[0])]
    box = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    return Link(page, unquote(target.removeprefix(SCHEME)), box, element)


def _fonts(fonts: Iterable[Any]) -> dict[str, FontUse]:
    uses: dict[str, FontUse] = {}
    for font in fonts:
        use = uses.setdefault(font.hash, FontUse(font.family, int(font.weight), {}, {}))
        use.widths.update(font.widths)
        use.texts.update(font.to_unicode)
    return uses
