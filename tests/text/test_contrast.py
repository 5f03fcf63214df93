"""The main colour is readable whatever a site chooses, by the arithmetic of WCAG 2."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import Diagnostics
from builder.text import PAPER, contrast, readable
from builder.text.contrast import DARK_PAPER, ENOUGH
from builder.theme import BUILT_IN, open_theme
from builder.theme.theme import COLOUR

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # Known pairs: #767676 is the lightest grey that may stand on white.
    [("#000000", "#ffffff", "21.00"), ("#ffffff", "#ffffff", "1.00"),
     ("#767676", "#ffffff", "4.54"), ("#777777", "#ffffff", "4.48"),
     ("#ff0000", "#FFFFFF", "4.00"), ("#0000ff", "#ffffff", "8.59")],
)  # fmt: skip
def test_contrast_is_that_of_the_standard(one: str, other: str, ratio: str) -> None:
    assert f"{contrast(one, other):.2f}" == f"{contrast(other, one):.2f}" == ratio


def test_papers_are_those_of_the_theme() -> None:
    css = (BUILT_IN / "official" / "assets" / "site.css").read_text(encoding="utf-8")
    assert re.findall(r"--paper: (#[0-9a-f]{6});", css) == [PAPER, DARK_PAPER]


def shades(colour: str) -> list[str]:
    theme = open_theme("official", None, Diagnostics(), colour)
    assert theme
    (css,) = (data for path, data in theme.assets() if COLOUR.removesuffix(".css") in path)
    return re.findall(r"#[0-9a-fA-F]{6}", css.decode())


@pytest.mark.parametrize("colour", ["#ffe14d", "#ffffff", "#00ff00", "#9a2a22", "#000000"])
def test_the_theme_is_readable_in_any_colour(colour: str) -> None:
    brand, light = shades(colour)
    assert contrast(brand, PAPER) >= ENOUGH
    assert contrast(light, DARK_PAPER) >= ENOUGH
    assert (brand == colour) == (contrast(colour, PAPER) >= ENOUGH)


@given(COLOURS)
def test_a_colour_is_darkened_no_more_than_it_must(colour: str) -> None:
    made = readable(colour)
    assert contrast(made, PAPER) >= ENOUGH
    if made != colour:
        assert contrast(colour, PAPER) < ENOUGH
        assert contrast(made, PAPER) < Decimal("4.8")
