"""What a question may have meant that found nothing as it was typed."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page

from builder.text import sounds
from tests.support.searching import DONE, SEARCH, folded, reports, truth


@pytest.fixture(scope="module")
def folder(years_city: Path) -> Path:
    return years_city


def ask(page: Page, root: str, question: str, **chosen: str) -> None:
    asked = {"q": question, **chosen}
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in asked.items() if value)
    page.goto(f"{root}{SEARCH}?{query}")
    page.wait_for_selector(DONE, state="attached")


def count(page: Page) -> int:
    return int(page.locator("[data-search-count]").get_attribute("data-search-count") or "0")


def advice(page: Page) -> list[tuple[dict[str, list[str]], str]]:
    """What each suggestion asks, and what it says."""
    items = page.locator("[data-search-advice] li").all()
    links = [item.locator("a").get_attribute("href") or "" for item in items]
    return [
        (parse_qs(urlsplit(link).query), item.inner_text())
        for link, item in zip(links, items, strict=True)
    ]


def test_a_part_of_the_question_is_offered_that_finds_something(
    page: Page, root: str, years_city: Path
) -> None:
    known = folded(reports(years_city))
    ask(page, root, "满意度兴")
    assert count(page) == 0
    (asked, said), *others = advice(page)
    assert asked == {"q": ["满意度"]}
    assert f"{len(truth(known, '满意度'))} 份" in said
    assert len(others) < 3
    page.locator("[data-search-advice] a").first.click()
    page.wait_for_selector(DONE, state="attached")
    assert count(page) == len(truth(known, "满意度"))
    assert page.locator("[data-search-advice] li").count() == 0


def test_a_word_is_left_out_that_finds_nothing(page: Page, root: str, years_city: Path) -> None:
    known = folded(reports(years_city))
    assert not truth(known, "扶贫车间")
    ask(page, root, "满意度 扶贫车间")
    (asked, said), *_ = advice(page)
    assert asked == {"q": ["满意度"]}
    assert f"{len(truth(known, '满意度'))} 份" in said


def test_a_filter_is_left_out_that_leaves_nothing(page: Page, root: str) -> None:
    ask(page, root, "满意度", 年度="2022", 阶段="目标")
    assert count(page) == 0
    told = advice(page)
    assert [asked for asked, _ in told] == [
        {"q": ["满意度"], "阶段": ["目标"]},
        {"q": ["满意度"], "年度": ["2022"]},
    ]
    for asked, said in told:
        ask(page, root, asked["q"][0], **{k: v[0] for k, v in asked.items() if k != "q"})
        assert count(page) > 0
        assert f"（{count(page)} 份）" in said


def test_never_more_than_three_and_none_that_finds_nothing(page: Page, root: str) -> None:
    for question in (
        "满意兴意度兴度满",
        "甲满意度乙 运维丙 党群丁",
        "不存在的词语",
        "zzzz",
        "9999999",
    ):
        ask(page, root, question)
        told = advice(page)
        assert len(told) <= 3
        for asked, _ in told:
            ask(page, root, asked["q"][0])
            assert count(page) > 0, (question, asked)


def test_what_is_found_needs_no_advice(page: Page, years_city: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, f"{years_city.as_uri()}/", "满意度")
    assert count(page) > 0
    assert advice(page) == []
    assert not [address for address in asked if "meant" in address]


def test_traditional_characters_find_what_is_meant(page: Page, root: str, years_city: Path) -> None:
    known = folded(reports(years_city))
    true = truth(known, "满意度")
    assert true
    ask(page, root, "滿意度")
    assert count(page) == len(true)
    assert "满意度" in page.locator("[data-search-count]").inner_text()
    marks = page.locator("[data-search-results] mark").all_inner_texts()
    assert set(marks) == {"满意度"}
    assert page.locator("#q").input_value() == "滿意度"
    assert parse_qs(urlsplit(page.url).query)["q"] == ["滿意度"]


def test_the_panel_reads_traditional_characters(page: Page, years_city: Path) -> None:
    page.goto(f"{years_city.as_uri()}/departments/index.html")
    page.fill("#q", "滿意")
    page.wait_for_selector(".panel:not([hidden]) li")
    assert count(page) == len(truth(folded(reports(years_city)), "满意"))
    assert "满意" in page.locator("[data-search-count]").inner_text()


def test_a_character_with_several_meanings_is_the_commonest(page: Page, years_city: Path) -> None:
    page.goto(f"{years_city.as_uri()}/{SEARCH}")
    table = page.evaluate(
        """async () => {
            const { traditional } = jixiaoSearch.form.dataset;
            return jixiaoSearch.load("traditional", traditional);
        }"""
    )
    assert len(table) % 2 == 0
    pairs = dict(zip(table[::2], table[1::2], strict=True))
    wanted = {"黨": "党", "乾": "干", "幹": "干", "後": "后", "發": "发", "髮": "发", "臺": "台"}
    assert {sign: pairs[sign] for sign in wanted} == wanted


@pytest.mark.parametrize("typed", ["manyidu", "myd", "MANYID"])
def test_letters_are_read_as_pinyin(page: Page, root: str, years_city: Path, typed: str) -> None:
    known = folded(reports(years_city))
    names = "\n".join(name for texts in known.values() for name in texts[:3])
    assert "满意度" not in names  # only what stands in names can be asked for so
    ask(page, root, typed)
    assert "满意度" not in page.locator("[data-search-count]").inner_text()


@pytest.mark.parametrize("way", ["whole", "first", "begun"])
def test_names_are_found_by_pinyin(page: Page, root: str, years_city: Path, way: str) -> None:
    known = folded(reports(years_city))
    name = known[0][0]
    part = next(name[i : i + 3] for i in range(len(name) - 2) if name[i : i + 3].isalpha()
                and not re.search("[0-9a-z]", name[i : i + 3]))  # fmt: skip
    said = [sound.rstrip("12345") for sound in sounds(part)]
    typed = {
        "whole": "".join(said),
        "first": "".join(sound[0] for sound in said),
        "begun": "".join(said[:-1]) + said[-1][0],
    }[way]
    ask(page, root, typed)
    found = re.search("“(.+?)”", page.locator("[data-search-count]").inner_text())
    assert found
    others = [asked["q"][0] for asked, _ in advice(page)]
    assert part in [found[1], *others]
    assert len(others) <= 3
    assert count(page) == len(truth(known, found[1]))
    assert found[1] in page.locator("[data-search-results] mark").all_inner_texts()


def test_pinyin_of_two_words_and_of_one_beside_han(page: Page, years_city: Path) -> None:
    known = folded(reports(years_city))
    department = known[0][1]
    part = department[-3:-1]
    typed = " ".join(sound.rstrip("12345") for sound in sounds(part))
    root = f"{years_city.as_uri()}/"
    ask(page, root, f"满意度 {typed.replace(' ', '')}")
    assert "满意度" in page.locator("[data-search-count]").inner_text()
    assert count(page) > 0


def test_what_letters_find_as_they_are_is_not_read_as_pinyin(page: Page, years_city: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, f"{years_city.as_uri()}/", "满意度")
    assert not [address for address in asked if "pinyin" in address]
    ask(page, f"{years_city.as_uri()}/", "qwxz")
    assert [address for address in asked if "pinyin" in address]
    assert count(page) == 0
