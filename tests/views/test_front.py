"""The front page: what a citizen asks first, and nothing that answers no question."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from builder.content import Summary, addresses, summarize
from builder.model import Site
from builder.views import HomeView, Overview, site_view
from tests.support.corpus import document_of
from tests.support.pages import Page, document, make
from tests.support.reports import GOOD, profiles
from tests.support.wholes import whole

SITE = Site.model_validate({"主办单位": "某市财政局"})
PROFILE = profiles().by_name["上海市级"]
PROJECT, WHOLE = summarize(document(GOOD)), summarize(whole())


def home(
    *summaries: Summary, site: Site = SITE, volumes: tuple[tuple[str, int], ...] = ()
) -> HomeView:
    return Overview(site_view(site), summaries, PROFILE, volumes).home()[0]


def labels(view: HomeView) -> dict[str, str]:
    return {figure.label: figure.text for figure in view.figures}


def several(number: int, **changes: object) -> list[Summary]:
    return [
        replace(PROJECT, stem=f"p{n}", department=f"部门{n}", **changes)  # type: ignore[arg-type]
        for n in range(number)
    ]


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ([2024], "3个部门2024年度的3个项目"),
        ([2022, 2023, 2024], "3个部门2022至2024年度的9个项目"),
        ([2020, 2024], "3个部门两个年度的6个项目"),
    ],
)
def test_a_sentence_says_what_the_site_holds(years: list[int], words: str) -> None:
    found = [one for year in years for one in several(3, year=year)]
    assert home(*found).lead.startswith(words)


def test_a_site_says_it_itself_where_it_wants_to() -> None:
    site = Site.model_validate({"说明": "收录**全市**的表。"})
    view, page = Overview(site_view(site), [PROJECT], PROFILE).home()
    assert view.lead == page.description == "收录全市的表。"
    one = home(PROJECT, site=Site.model_validate({"主办单位": PROJECT.department}))
    assert one.lead.startswith("2024年度的1个项目")
    assert home(PROJECT).lead.startswith(PROJECT.department)
    assert home(PROJECT, WHOLE).lead.startswith(f"{PROJECT.department}2024年度的2份自评表")


def test_the_newest_year_leads_with_what_was_spent() -> None:
    older = several(3, year=2023, spent=Decimal(1))
    view = home(*several(3), *older)
    assert labels(view) == {
        "项目": "3", "全年预算数": "300.00", "全年执行数": "285.00", "执行率": "95.00",
        "平均总分": f"{PROJECT.total}",
    }  # fmt: skip
    assert view.latest.path == addresses.year_page(2024)


def test_figures_that_no_form_has_are_left_out() -> None:
    bare = home(*several(2, total=None, grade=None))
    assert list(labels(bare)) == ["项目", "全年预算数", "全年执行数", "执行率"]
    blank = home(*several(2, budget=None, spent=None, rate=None))
    assert list(labels(blank)) == ["项目", "平均总分"]
    assert blank.money is None
    beside = home(PROJECT, WHOLE)
    assert labels(beside)["部门整体支出"] == "1"
    assert labels(beside)["全年执行数"] == "95.00"


def test_departments_are_told_once() -> None:
    many = home(*several(30))
    assert many.money
    assert many.money.is_of_departments
    assert (many.departments, len(many.money.table.rows)) == ((), 11)
    assert many.everything
    assert many.everything.path == "2024/index.html#departments"
    assert "30" in many.everything.text
    two = home(*several(2))
    assert two.money is None
    assert [row.link.text for row in two.departments] == ["部门0", "部门1"]
    few = home(*several(4))
    assert few.everything is None
    assert home(PROJECT).departments == ()


def test_years_are_there_where_there_are_several() -> None:
    assert home(*several(3)).years is None
    view = home(*several(3), *several(3, year=2022), *several(2, year=2023, kind=WHOLE.kind))
    assert view.years
    rows = [(row.link.text, row.count, row.budget) for row in view.years.rows]
    assert rows == [
        ("2024年度", "3", "300.00"),
        ("2023年度", "0", "-"),
        ("2022年度", "3", "300.00"),
    ]
    assert view.courses


def test_another_kind_of_form_is_no_last_year() -> None:
    view = home(*several(3, kind=WHOLE.kind), *several(3, year=2023))
    words = "".join(piece.text for piece in view.answer)
    assert "部门" in labels(view)
    assert "上年" not in words


def test_data_and_volume_can_be_had_from_here() -> None:
    view = home(PROJECT, volumes=(("2024/compendium.pdf", 90), ("2023/compendium.pdf", 80)))
    paths = [download.path for download in view.downloads]
    assert paths == [
        "2024/compendium.pdf",
        *(f"data/2024.{kind}" for kind in ("xlsx", "csv", "json")),
    ]


def test_the_page_says_what_the_view_does() -> None:
    made = make([document_of(n) for n in range(60)], SITE)
    assert not made.found
    page: Page = made.page("index.html")
    tables = page.all("table", "money")
    assert len(tables) == 2
    assert [e.attributes["class"] for e in page.all("svg", "drawing")] == [
        "drawing course-money", "drawing course-rate", "drawing course-average",
    ]  # fmt: skip
    bars = [e for e in page.all("rect") if e.attributes["class"] in {"budget", "spent"}]
    rows = page.rows("drawn")[1:]
    assert len(bars) == 2 * len(rows)
    words = [e.attributes["href"].partition("#")[2] for e in page.all("a", "meaning")]
    assert {"department", "budget", "spent", "rate", "total"} <= set(words)
    assert len(words) == len(set(words))
