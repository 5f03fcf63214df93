"""Forms about whole offices beside projects: what leads, what is listed, what is added up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.compendium.book import Book
from builder.compendium.front import volume_view
from builder.compendium.order import Form, chapters
from builder.content import Summary, addresses, summarize
from builder.model import Site
from builder.site.search.facets import facets
from builder.views import ListingView, Overview, site_view
from builder.views.page import Figure
from tests.compendium.test_body import press
from tests.support.pages import document, make
from tests.support.reports import GOOD, profiles
from tests.support.wholes import whole

OFFICE, UNIT = "某市教育局", "某市教师进修学院"


def overview(*summaries: Summary) -> Overview:
    return Overview(site_view(Site.model_validate({})), summaries, profiles().by_name["上海市级"])


def known(figures: tuple[Figure, ...]) -> dict[str, str]:
    return {figure.label: figure.text for figure in figures}


def rows(view: ListingView) -> list[str]:
    return [row.name.text for table in view.wholes for _, rows in table.groups for row in rows]


PROJECT = summarize(document(GOOD, "a"))
WHOLE, OTHER = summarize(whole()), summarize(whole("某市体育局", "b"))
OF_UNIT = summarize(whole(unit=UNIT, stem="c"))


def test_a_year_counts_projects_and_lists_whole_offices_apart() -> None:
    view, page = overview(PROJECT, WHOLE, OTHER).year(2024)
    figures = known(view.statistics.figures)
    assert (figures["项目"], figures["全年预算数"], figures["部门整体支出"]) == ("1", "100.00", "2")
    assert view.ranking
    assert [(row.link.text, row.count, row.budget.text) for row in view.ranking.rows] == [
        (OFFICE, "1", "100.00"), ("某市体育局", "0", "-"),
    ]  # fmt: skip
    assert sorted(rows(view)) == sorted([OFFICE, "某市体育局"])
    assert len(view.tables) == 1
    assert page.description.endswith("共3份自评表。")


def test_each_kind_of_a_year_has_its_page() -> None:
    many = overview(PROJECT, WHOLE, OTHER)
    pages = {page.path: view for view, page in many.spendings(2024)}
    assert list(pages) == ["2024/index-projects.html", "2024/index-offices.html"]
    offices = known(pages["2024/index-offices.html"].statistics.figures)
    assert (offices["部门"], offices["全年预算数"]) == ("2", "400.00")
    links = {link.path for link in many.year(2024)[0].comparisons}
    assert pages.keys() <= links
    assert not [*overview(PROJECT).spendings(2024)]


def test_the_page_of_a_department_leads_with_its_own_form() -> None:
    earlier = replace(WHOLE, year=2023)
    view, _ = overview(PROJECT, WHOLE, earlier, OF_UNIT).offices.department(OFFICE)
    assert view.whole
    assert view.whole.link.path == addresses.report_page(2024, WHOLE.stem)
    assert [link.text for link in view.whole.earlier] == ["2023年度"]
    assert known(view.whole.figures)["全年预算数"] == "200.00"
    assert known(view.statistics.figures)["全年预算数"] == "100.00"
    assert rows(view) == [UNIT]
    own, _ = overview(PROJECT, WHOLE, OF_UNIT).offices.unit(OFFICE, UNIT)
    assert own.whole
    assert own.whole.link.path == addresses.report_page(2024, OF_UNIT.stem)


def test_a_department_is_no_unit_of_its_own_for_its_whole_form() -> None:
    every = overview(PROJECT, WHOLE)
    assert list(every.offices.units_of(OFFICE)) == [UNIT]
    pages = make([document(GOOD, "a"), whole()])
    assert not pages.found
    assert addresses.unit_page(OFFICE, OFFICE) not in pages.files
    assert addresses.department_page(OFFICE) in pages.files


@pytest.mark.parametrize("others", [[], [OF_UNIT]])
def test_whole_offices_alone_are_added_up(others: list[Summary]) -> None:
    every = overview(WHOLE, OTHER, *others)
    view, _ = every.year(2024)
    figures = known(view.statistics.figures)
    assert (figures["部门"], figures["全年预算数"]) == ("2", "400.00")
    assert view.ranking
    assert [row.budget.text for row in view.ranking.rows] == ["200.00", "200.00"]
    assert view.tables == ()
    alone, _ = every.offices.department("某市体育局")
    assert (alone.statistics.figures, alone.tables) == ((), ())
    home, _ = every.home()
    assert known(home.figures)["部门"] == "2"


def test_the_volume_follows_the_same_rule() -> None:
    forms = [Form(summary, 1, bytes) for summary in (PROJECT, OTHER, WHOLE)]
    found = chapters(forms)
    assert [chapter.department for chapter in found] == [OFFICE, "某市体育局"]
    assert [form.summary.stem for form in found[0].forms] == [WHOLE.stem, PROJECT.stem]
    view = volume_view(Book(2024, found, [found], (), "", press()), [""], 0)
    assert view.total.cells[:2] == ("1", "100.00")
    assert [row.cells[0] for row in view.rows] == ["1", "0"]
    assert view.title == "支出绩效自评表汇编"


def test_search_narrows_by_kind() -> None:
    facet = next(facet for facet in facets([PROJECT, WHOLE]) if facet["label"] == "支出类别")
    assert facet["values"] == ["项目支出", "部门整体"]
