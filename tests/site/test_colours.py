"""One colour, one meaning: what fell short has a colour of its own, and all can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from builder.compendium.book import COLOUR
from builder.text import contrast
from builder.text.contrast import ENOUGH
from builder.theme import BUILT_IN
from tests.support.browser import served, watched
from tests.support.volumes import build, write_content

THEME = BUILT_IN / "official"
CSS = (THEME / "assets/site.css").read_text(encoding="utf-8")
SCHEMES = {"light": 0, "dark": 1}
WRITTEN = ("ink", "muted", "main", "visited", "deviation")
GROUNDS = ("paper", "tint")
BRAND = "#0b6b5d"
PAGES = ("index.html", "2024/index.html", "2024/deviations/index.html", "departments/index.html",
         "2024/indicators/index.html", "glossary/index.html", "rules/index.html",
         *(f"2024/xiangmu-{number:04}/index.html" for number in range(6)))  # fmt: skip
# Every element that is painted with a colour, and whether it is one that fell short.
PAINTED = """(colour) => [...document.querySelectorAll("body *")].filter((part) =>
    ["", "::before", "::after"].some((name) => {
        const style = getComputedStyle(part, name);
        const sides = ["Top", "Right", "Bottom", "Left"].filter(
            (side) => style[`border${side}Style`] !== "none");
        const seen = ["color", "backgroundColor", "fill", "stroke", "accentColor", "outlineColor",
                      ...sides.map((side) => `border${side}Color`)];
        return seen.some((property) => style[property] === colour);
    })).map((part) => Boolean(part.closest(
        ".deviation, .mark.deviates, .remark:has(> h3 > .deviates), .indicator.deviates")))"""


def colours(scheme: str) -> dict[str, str]:
    """The variables of the style sheet in a scheme, without a site's own colour."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"--([a-z]+): (?:var\(--[a-z-]+, )?(#[0-9a-f]{6})", CSS):
        found.setdefault(name, []).append(value)
    return {name: values[SCHEMES[scheme]] for name, values in found.items() if len(values) > 1}


def rgb(colour: str) -> str:
    return "rgb({}, {}, {})".format(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))


@pytest.fixture(scope="module", params=["", f"主色: '{BRAND}'\n"], ids=["own", "site's"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site without and with a colour of its own."""
    folder = tmp_path_factory.mktemp("colours")
    write_content(folder / "content", 12, request.param)
    return build(folder, "--no-pdf")


@pytest.fixture
def root(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_that_is_written_can_be_read(scheme: str) -> None:
    shown = colours(scheme)
    pairs = {(name, ground) for name in WRITTEN for ground in GROUNDS} | {("ink", "marked")}
    ratios = {pair: contrast(*(shown[name] for name in pair)) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < ENOUGH} == {}


def test_pages_volume_and_icon_have_one_main_colour() -> None:
    volume = (THEME / "volume/volume.css").read_text(encoding="utf-8")
    icon = (THEME / "assets/icon.svg").read_text(encoding="utf-8")
    assert colours("light")["main"] == COLOUR
    assert set(re.findall(r"\.rule .*?(#[0-9a-f]{6}).*?(#[0-9a-f]{6})", volume)) == {(COLOUR,) * 2}
    assert f'fill="{COLOUR}"' in icon


def test_only_deviations_ask_for_their_colour() -> None:
    """In the style sheet, so that it holds for what a pointer or a key is on, too."""
    rules = re.findall(r"([^{}]+)\{[^{}]*var\(--deviation\)[^{}]*\}", CSS)
    assert len(rules) > 2
    assert [rule for rule in rules if not re.search(r"\.deviat", rule)] == []


def test_nothing_but_a_deviation_is_painted_so(browser: Browser, root: str) -> None:
    seen: dict[tuple[str, int], list[bool]] = {}
    with watched(browser, root) as page:
        for path in PAGES:
            page.goto(root + path)
            for scheme, width in product(SCHEMES, (1280, 375)):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                page.set_viewport_size({"width": width, "height": 900})
                found = page.evaluate(PAINTED, rgb(colours(scheme)["deviation"]))
                assert all(found), path
                seen.setdefault((scheme, width), []).extend(found)
    assert min(map(len, seen.values())) > len(PAGES)


def test_a_site_colours_what_leads_on_and_no_more(browser: Browser, root: str, site: Path) -> None:
    has_brand = any(BRAND in file.read_text() for file in site.glob("assets/colour.*.css"))
    main = BRAND if has_brand else COLOUR
    colour = "(part) => getComputedStyle(part).color"
    with watched(browser, root) as page:
        page.emulate_media(color_scheme="light")
        page.goto(root + "2024/index.html")
        assert page.locator("a.button").first.evaluate(colour) == rgb(main)
        bar = "(part) => getComputedStyle(part).borderLeftColor"
        deviation = page.locator(".deviation").first.evaluate(bar)
        assert deviation == rgb(colours("light")["deviation"])
