"""The structure tree of a PDF: what a screen reader reads, in place of WeasyPrint's.

WeasyPrint 70 writes a table of its own on every page, no scopes, and headers that miss
where cells are merged. Here one HTML element is one structure element, however many pages
it takes; what repeats on later pages, and what stands in margins, is an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from builder.pdf.contract import PrintError
from builder.pdf.grid import headings

# HTML element -> role. Other elements give their content to the one around them.
ROLES = {
    "main": "Part", "article": "Art", "section": "Sect", "blockquote": "BlockQuote",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "p": "P",
    "ul": "L", "ol": "L", "li": "LI", "li::marker": "Lbl",
    "table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody",
    "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD", "a": "Link",
}  # fmt: skip
ARTIFACT = "Artifact"  # the role of what stands in margins
SCOPES = {"row": b"/Row", "col": b"/Column"}


@dataclass(eq=False, slots=True)
class Node:
    """A structure element; its kids are nodes, pieces of content (page, MCID) and annotations."""

    role: str
    element: Any = None
    parent: Node | None = None
    kids: list[Node | tuple[int, int] | pydyf.Dictionary] = field(default_factory=list)
    page: int = 0
    """The page on which it begins."""
    written: Any = None
    reference: bytes = b""
    """That of `written`, which is asked for several times."""

    def add(self, role: str, element: Any, page: int) -> Node:
        """A new last kid."""
        node = Node(role, element, self, page=page)
        self.kids.append(node)
        return node

    def descend(self) -> Iterator[Node]:
        """This node and all nodes below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.descend()


class Tree:
    """Grows by the boxes of one page after the other."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self.margins = Node(ARTIFACT)
        self._nodes: dict[tuple[Any, str], Node] = {}

    def add(self, page: int, box: Any, marks: dict[Any, Any]) -> list[Node | None]:
        """Add what a page shows: by MCID, the node that holds it, or None for what repeats.

        `marks` tells the MCID of a box; it is emptied.
        """
        owners: list[Node | None] = [None] * len(marks)
        pending: list[tuple[Any, Node | None]] = [(box, self.root)]
        while pending:
            box, node = pending.pop()
            if isinstance(box, AbsolutePlaceholder):
                box = box._box  # noqa: SLF001
            if isinstance(box, boxes.MarginBox):
                node = self.margins
            role = ROLES.get(box.element_tag) if node and box.element is not None else None
            if node and role:
                node = self._node(role, box.element, node, page)
            if mark := marks.pop(box, None):
                owners[mark["mcid"]] = node
                if node:
                    node.kids.append((page, mark["mcid"]))
            if role == "Link" and node and (link := getattr(box, "link_annotation", None)):
                node.kids.append(link)
            pending.extend((child, node) for child in reversed(getattr(box, "children", ())))
        return owners

    def _node(self, role: str, element: Any, parent: Node, page: int) -> Node | None:
        """The node of an element, made at its first box; None for a heading that repeats."""
        node = self._nodes.get((element, role))
        if node is None:
            if role == "Lbl":  # beside the body of its item, not in it
                assert parent.parent
                node = Node(role, element, parent.parent, page=page)
                parent.parent.kids.insert(0, node)
            else:
                node = parent.add(role, element, page)
            if role == "LI":
                node = node.add("LBody", element, page)
            self._nodes[element, role] = node
        return None if role == "THead" and node.page < page else node


def write(pdf: Any, document: Any, version: object, streams: Sequence[Any]) -> None:  # noqa: ARG001
    """Write the structure tree of `document`; takes the place of WeasyPrint's `add_tags`."""
    tree = Tree()
    owners = [
        tree.add(number, page._page_box, stream._tags)  # noqa: SLF001
        for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True))
    ]
    for stream, holders in zip(streams, owners, strict=True):
        _mark_artifacts(stream, holders)

    root = _added(pdf, {"Type": "/StructTreeRoot"})
    nodes = list(tree.root.descend())
    for node in nodes:
        node.written = _added(pdf, {"Type": "/StructElem", "S": f"/{node.role}"})
        node.reference = node.written.reference
    pages = pdf.page_references
    for node in nodes:
        element = node.written
        element["P"] = node.parent.reference if node.parent else root.reference
        element["Pg"] = pages[node.page]
        element["K"] = b"[%b]" % b" ".join(_kid(kid, node, pages) for kid in node.kids)
    root["K"] = pydyf.Array([tree.root.reference])
    root["IDTree"] = _added(pdf, {"Names": _tables(nodes)}).reference

    numbers = pydyf.Array()
    for page, holders in enumerate(owners):
        held = (node.reference if node and node.reference else b"null" for node in holders)
        numbers.extend((page, pydyf.Array(held)))
    for node in nodes:
        for kid in node.kids:
            if isinstance(kid, pydyf.Dictionary):
                kid["StructParent"] = len(numbers) // 2
                numbers.extend((len(numbers) // 2, node.reference))
    root["ParentTree"] = _added(pdf, {"Nums": numbers}).reference
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


def install() -> None:
    """Make WeasyPrint write our structure tree. It has no other way in for one."""
    if not hasattr(weasyprint.pdf, "add_tags"):
        raise PrintError(f"WeasyPrint {weasyprint.VERSION} writes tags in another way")
    weasyprint.pdf.add_tags = write


def _added(pdf: Any, values: dict[str, Any]) -> Any:
    dictionary = pydyf.Dictionary(values)
    pdf.add_object(dictionary)
    return dictionary


def _kid(
    kid: Node | tuple[int, int] | pydyf.Dictionary, node: Node, pages: Sequence[bytes]
) -> bytes:
    if isinstance(kid, Node):
        return kid.reference
    if isinstance(kid, pydyf.Dictionary):
        return b"<</Type /OBJR/Pg %b/Obj %b>>" % (pages[node.page], kid.reference)
    page, mcid = kid
    if page == node.page:
        return b"%d" % mcid
    return b"<</Type /MCR/Pg %b/MCID %d>>" % (pages[page], mcid)


def _tables(nodes: Sequence[Node]) -> Any:
    """Give every cell its spans, scope and headers; the IDs of all headings, with their cells."""
    names = pydyf.Array()
    for node in nodes:
        if node.role != "Table":
            continue
        cells = [cell for cell in node.descend() if cell.role in ("TH", "TD")]
        ids = {}
        for cell in cells:
            if cell.role == "TH":
                # Of one length, so that their order is also that of the name tree.
                ids[cell.element] = cell.written["ID"] = name = b"(h%05d)" % (len(names) // 2)
                names.extend((name, cell.reference))
        found = headings(row.element for row in node.descend() if row.role == "TR")
        for cell in cells:
            attributes = [b"/O /Table"]
            for attribute, key in (("colspan", b"ColSpan"), ("rowspan", b"RowSpan")):
                if (span := int(cell.element.get(attribute, 1))) > 1:
                    attributes.append(b"/%b %d" % (key, span))
            if cell.role == "TH":
                attributes.append(b"/Scope " + SCOPES[cell.element.get("scope", "col")])
            if of_cell := found.get(cell.element):
                attributes.append(b"/Headers [%b]" % b" ".join(map(ids.__getitem__, of_cell)))
            cell.written["A"] = b"<<%b>>" % b"".join(attributes)
    return names


def _mark_artifacts(stream: Any, owners: Sequence[Node | None]) -> None:
    """Take what belongs to no node out of the document's content."""
    content = stream.stream
    for position, item in enumerate(content):
        if isinstance(item, pydyf.Dictionary) and "MCID" in item:
            owner = owners[item["MCID"]]
            if owner is None or owner.role == ARTIFACT:
                content[position - 1] = "/Artifact"
                kind = {"Subtype": "/Footer"} if owner else {}
                content[position] = pydyf.Dictionary({"Type": "/Pagination", **kind})
