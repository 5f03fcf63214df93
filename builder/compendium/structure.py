"""The structure tree of a volume, into which those of its pieces are hung.

Document → a Part for each department → a Sect for each unit → what stands there. Elements
go to the file as they come; only the tree's own nodes and the numbers of what pages and
headings refer to are kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from builder.compendium.pieces import Piece
from builder.compendium.writer import Writer, references, text
from builder.pdf import Sheaf


@dataclass(slots=True)
class _Node:
    number: int
    role: bytes
    title: str
    parent: int
    kids: list[int] = field(default_factory=list)


class StructureTree:
    """The tree of one volume, growing by one piece after the other."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._root, document = writer.numbers(2)
        self._nodes: dict[tuple[str, ...], _Node] = {
            (): _Node(document, b"Document", "", self._root)
        }
        # By key (of a page or an annotation): what tells the elements that it belongs to.
        self._parents = array("L")
        # By number of its ID: a heading cell.
        self._headings = array("L")

    @property
    def next_key(self) -> int:
        """The key of the next page; those of a piece's pages, then of its links, follow on."""
        return len(self._parents)

    def hang(self, piece: Piece, sheaf: Sheaf, pages: Sequence[int], links: Sequence[int]) -> None:
        """Write a piece's elements, below the department and unit it stands in."""
        writer, node = self._writer, self._node(piece.place)
        elements = writer.numbers(sheaf.structure.elements)
        node.kids.append(elements[0])
        first = len(self._headings)
        headings = range(first, first + len(sheaf.structure.headings))
        # Below the heading of its department a form's own heading is one of the second rank.
        objects = sheaf.structure.filled(
            (*elements, *pages, *links, *headings, node.number), lower=bool(piece.place[1:])
        )
        top = objects[0].replace(b"/S /Document", b"/S/" + piece.role.encode(), 1)
        objects[0] = top[:-2] + b"/T%b>>" % text(piece.title)
        writer.write_all(zip(elements, objects, strict=False))
        self._headings.extend(elements[place] for place in sheaf.structure.headings)
        self._parents.extend(map(writer.add, objects[len(elements) :]))
        self._parents.extend(elements[link.element] for link in sheaf.links)

    def write(self) -> int:
        """Write what is left of the tree; the number of its root."""
        writer = self._writer
        for node in self._nodes.values():
            title = b"/T" + text(node.title) if node.title else b""
            writer.write(
                node.number,
                b"<</Type/StructElem/S/%b/P %d 0 R%b/K[%b]>>"
                % (node.role, node.parent, title, references(node.kids)),
            )
        parents = ((b"%d" % key, b"%d 0 R" % n) for key, n in enumerate(self._parents))
        entries = b"/ParentTree %d 0 R" % writer.add_tree(b"/Nums", parents)
        if self._headings:
            ids = ((b"(%07d)" % place, b"%d 0 R" % n) for place, n in enumerate(self._headings))
            entries += b"/IDTree %d 0 R" % writer.add_tree(b"/Names", ids)
        writer.write(
            self._root,
            b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTreeNextKey %d%b>>"
            % (self._nodes[()].number, len(self._parents), entries),
        )
        return self._root

    def _node(self, place: tuple[str, ...]) -> _Node:
        if place not in self._nodes:
            above = self._node(place[:-1])
            role = b"Part" if len(place) == 1 else b"Sect"
            node = _Node(self._writer.number(), role, place[-1], above.number)
            above.kids.append(node.number)
            self._nodes[place] = node
        return self._nodes[place]
