"""What every bound page gets beside its content: margins, heads, its number, crop marks."""

from __future__ import annotations

from dataclasses import dataclass

from builder.compendium.composer import HEIGHT, INK, LINE, MM, MUTED, WIDTH, rule
from builder.compendium.letters import REGULAR, SONG, Letters, Style
from builder.pdf import Leaf

NUMBER = Style(SONG, REGULAR, 10.5)
HEAD = Style(SONG, REGULAR, 8)
HEAD_HEIGHT, NUMBER_HEIGHT = HEIGHT - 16 * MM, 13 * MM
CROP, CROP_GAP = 5 * MM, 3 * MM
"""Length of a crop mark, and its distance from the corner: the usual bleed."""


def shift(leaf: Leaf, *, right_hand: bool, gutter: float) -> float:
    """How far a page's content moves to the right, in points.

    The margin at the binding becomes `gutter` wider than the one at the edge.
    """
    inner = (leaf.left + leaf.right + gutter) / 2
    return inner - leaf.left if right_hand else leaf.right - inner


def before(move: float) -> bytes:
    """Operators in front of a page's content."""
    return b"q 1 0 0 1 %.3f 0 cm\n" % move


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the text of a page begins and ends, in points, once it is moved."""

    left: float
    right: float
    right_hand: bool

    @classmethod
    def of(cls, leaf: Leaf, *, right_hand: bool, gutter: float) -> Frame:
        """The frame of a page, at whose binding the margin is `gutter` wider."""
        inner, outer = ((leaf.left + leaf.right + way) / 2 for way in (gutter, -gutter))
        if right_hand:
            return cls(inner, leaf.width - outer, right_hand)
        return cls(outer, leaf.width - inner, right_hand)


def after(frame: Frame, heads: tuple[str, str], label: str, letters: Letters) -> bytes:
    """Operators behind a page's content: its head and its number.

    A page without a `label` has neither. The number stands one character in from the outer
    edge (GB/T 9704).
    """
    if not label:
        return b"\nQ"
    number = f"— {label} —"
    x = frame.left + NUMBER.size
    if frame.right_hand:
        x = frame.right - NUMBER.size - letters.width(number, NUMBER)
    shown = _text(letters, x, NUMBER_HEIGHT, number, NUMBER)
    parts = [_artifact(b"Footer", INK + b" " + shown)]
    if any(heads):
        room = frame.right - frame.left
        department = _short(letters, heads[0], room / 2)
        room -= letters.width(department, HEAD) + 2 * HEAD.size
        project = _short(letters, heads[1], room)
        x = frame.right - letters.width(project, HEAD)
        parts.append(
            _artifact(
                b"Header",
                MUTED + b" " + _text(letters, frame.left, HEAD_HEIGHT, department, HEAD)
                + _text(letters, x, HEAD_HEIGHT, project, HEAD)
                + rule(frame.left, frame.right, HEAD_HEIGHT - 4, 0.35, LINE),
            )
        )  # fmt: skip
    return b"\nQ " + b"\n".join(parts)


def crop_marks() -> bytes:
    """Operators of the marks at the corners of a sheet that is larger than the page."""
    lines = []
    for x, way in ((0.0, -1), (WIDTH, 1)):
        for y in (0.0, HEIGHT):
            start = x + way * CROP_GAP
            lines.append(b"%.2f %.2f m %.2f %.2f l S" % (start, y, start + way * CROP, y))
    for y, way in ((0.0, -1), (HEIGHT, 1)):
        for x in (0.0, WIDTH):
            start = y + way * CROP_GAP
            lines.append(b"%.2f %.2f m %.2f %.2f l S" % (x, start, x, start + way * CROP))
    return b"\n/Artifact<</Type/Page>>BDC q 0 G 0.25 w " + b" ".join(lines) + b" Q EMC"


def _artifact(kind: bytes, operators: bytes) -> bytes:
    return b"/Artifact<</Type/Pagination/Subtype/%b>>BDC q %b Q EMC" % (kind, operators)


def _text(letters: Letters, x: float, y: float, text: str, style: Style) -> bytes:
    shown = letters.show(text, style)
    return b"BT 1 0 0 1 %.2f %.2f Tm %b ET " % (x, y, shown)


def _short(letters: Letters, text: str, width: float) -> str:
    if letters.width(text, HEAD) <= width:
        return text
    while text and letters.width(text + "…", HEAD) > width:
        text = text[:-1]
    return text + "…"
