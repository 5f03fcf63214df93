"""Fonts: what the theme's can show, where other characters come from, what nobody can show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

from builder import source
from builder.content import LABELS
from builder.diagnostics import Diagnostics
from builder.pdf import About, Face, Faces, Printer, fonts
from tests.support import prints
from tests.support.prints import FOLDER, printer

FACES = Faces.of(FOLDER / "fonts")
RARE = "\U000212fe"  # 𡋾, in no national list
PRIVATE = "\ue000"  # in no font at all


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder in place of all fonts of this machine."""
    monkeypatch.setattr(fonts, "_font_folders", lambda: (tmp_path,))
    fonts.installed.cache_clear()
    yield tmp_path
    fonts.installed.cache_clear()


def make_font(path: Path, characters: str, family: str = "Test") -> Path:
    """A font that has a black square for each of those characters."""
    names = [".notdef", *(f"u{ord(character):X}" for character in characters)]
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 700), (800, 700), (800, 0)):
        pen.lineTo(point)
    pen.closePath()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): name for c, name in zip(characters, names[1:], strict=True)})
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    builder.save(path)
    return path


def test_a_user_without_a_home_has_the_fonts_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A container's user may be a number alone: no HOME, no line in passwd."""

    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    there = fonts._font_folders()
    monkeypatch.setattr(Path, "home", no_home)
    alone = fonts._font_folders()
    assert set(alone) < set(there)
    assert alone


def heading(text: str) -> str:
    return f'<html lang="zh-CN"><body><h1>{text}</h1></body></html>'


def reported(text: str, printed: str) -> list[tuple[str, int, int, str]]:
    diagnostics = Diagnostics()
    file = source.parse(text, "case.yaml", LABELS, diagnostics)
    fonts.check(file, printed, FACES, diagnostics)
    return [(d.rule.code, d.span.line, d.span.column, d.message) for d in diagnostics]


def test_the_four_faces_show_the_same_characters() -> None:
    assert len(FACES.own) == 4
    assert len({face.characters for face in FACES.own}) == 1


@pytest.mark.parametrize("face", FACES.own, ids=lambda face: face.path.stem)
@pytest.mark.parametrize("digits", ["0123456789", "₀₁₂₃₄₅₆₇₈₉"])
def test_digits_of_a_face_are_of_one_width(face: Face, digits: str) -> None:
    """Figures stand under one another, the narrow 1 in the middle of its box."""
    with face.opened() as font:
        names = [font.getBestCmap()[ord(digit)] for digit in digits]
        widths = [font["hmtx"].metrics[name][0] for name in names]
        assert len(set(widths)) == 1
        for name, width in zip(names, widths, strict=True):
            glyph = font["glyf"][name]
            assert abs(glyph.xMin - (width - glyph.xMax)) < width / 16
            assert font["hmtx"].metrics[name][1] == glyph.xMin


def test_names_and_signs_of_forms_are_in_the_themes_fonts() -> None:
    assert not FACES.missing("喆垚祎㑇䶮堃翀昇赟玥珺旻")
    assert not FACES.missing("≥≤≧≦═﹦＝±×÷°℃㎡‰…—“”〔〕★☑☐①⑳ⅠⅫ")


def test_what_shows_nothing_needs_no_glyph() -> None:
    assert not FACES.missing("甲\u200b乙\ufe0f丙\U000e0100丁\u2060\ufeff\n\t")


def test_a_character_beyond_comes_from_the_first_font_of_a_fixed_order(installed: Path) -> None:
    make_font(installed / "HanaMinB.ttf", RARE)
    (installed / "sub").mkdir()
    first = make_font(installed / "sub/BabelStoneHan.ttf", RARE)
    make_font(installed / "AAA-unknown.ttf", RARE)
    (found,) = FACES.covering(f"甲{RARE}")
    assert found.path == first
    assert FACES.covering("甲乙") == ()


def test_several_fonts_may_be_needed(installed: Path) -> None:
    make_font(installed / "HanaMinA.ttf", "\u3ad0" + RARE)
    make_font(installed / "HanaMinB.ttf", "\U00020bb7")
    names = [face.path.name for face in FACES.covering(f"{RARE}\U00020bb7")]
    assert names == ["HanaMinA.ttf", "HanaMinB.ttf"]


def test_one_font_of_a_collection_is_taken(installed: Path) -> None:
    collection = TTCollection()
    for family, characters in (("Noto Serif CJK JP", "日"), ("Noto Serif CJK SC", RARE)):
        collection.fonts.append(TTFont(make_font(installed / f"{family}.ttf", characters, family)))
    collection.save(installed / "NotoSerifCJK-Regular.ttc")
    (found,) = FACES.covering(RARE)
    assert found.characters == {RARE}
    assert found.content()[:4] == b"\x00\x01\x00\x00"


def test_a_damaged_font_is_passed_over(installed: Path) -> None:
    (installed / "BabelStoneHan.ttf").write_bytes(b"no font")
    (installed / "NotoSerifCJK-Regular.ttc").write_bytes(b"ttcf")
    make_font(installed / "HanaMinB.ttf", RARE)
    (found,) = FACES.covering(RARE)
    assert found.path.name == "HanaMinB.ttf"


def test_a_covered_character_is_printed_and_can_be_read(installed: Path) -> None:
    make_font(installed / "HanaMinB.ttf", RARE)
    pdf = printer().print(lambda _: heading(f"项目{RARE}工程"), About("题"))
    assert prints.structure(pdf).text == f"项目{RARE}工程"


def test_which_font_covers_does_not_depend_on_what_was_printed_before(installed: Path) -> None:
    make_font(installed / "HanaMinA.ttf", RARE)
    make_font(installed / "HanaMinB.ttf", RARE + "\U00020bb7")
    anew = Printer(prints.CSS, FACES)
    alone = anew.print(lambda _: heading(RARE), About("题"))
    used = Printer(prints.CSS, FACES)
    used.print(lambda _: heading("\U00020bb7"), About("题"))
    assert used.print(lambda _: heading(RARE), About("题")) == alone


def test_a_character_that_no_font_has_is_reported_at_its_place(installed: Path) -> None:
    assert not list(installed.iterdir())
    (found,) = reported(f"项目名称: 甲\n主管部门: 乙{RARE}局\n", RARE)
    assert found[:3] == ("F101", 2, 8)
    assert "U+212FE" in found[3]


def test_a_character_that_only_this_machine_has_is_told_once(installed: Path) -> None:
    make_font(installed / "HanaMinB.ttf", RARE)
    text = f"项目名称: 甲{RARE}\n主管部门: {RARE}{PRIVATE}\n"
    told = reported(text, text)
    assert [entry[:3] for entry in told] == [("F103", 1, 8), ("F101", 2, 8)]
    assert "HanaMinB.ttf" in told[0][3]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("text", "expected"), [
    (f"项目名称: {PRIVATE}甲{PRIVATE}\n", [(1, 7), (1, 9)]),
    (f"年度总体目标:\n  预期目标: |\n    甲\n    乙{PRIVATE}\n", [(4, 6)]),
    (f"项目资金:\n  {PRIVATE}资金: 1\n", [(2, 3)]),
    (f"项目名称: 甲 # {PRIVATE}\n", []),
    ('项目名称: "\\uE000"\n', [(1, 7)]),
    (f"绩效指标:\n  产出:\n    - 甲\n    - 乙{PRIVATE}\n", [(4, 8)]),
    ("项目名称: 甲\n", []),
])  # fmt: skip
def test_every_place_is_found(text: str, expected: list[tuple[int, int]]) -> None:
    found = [(line, column) for _, line, column, _ in reported(text, text + PRIVATE)]
    assert found == expected


@pytest.mark.usefixtures("installed")
def test_what_is_not_printed_needs_no_glyph() -> None:
    assert not reported(f"项目名称: 甲\n内部备注: {PRIVATE}\n", "项目名称: 甲")
