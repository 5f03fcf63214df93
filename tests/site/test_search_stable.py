"""What a change of one report leaves of the search index as it was: nearly everything."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from builder.content import Summary, grouped, summarize
from builder.site import search_files
from builder.site.search import entry
from builder.site.search.files import _short
from builder.site.search.parting import parted
from builder.site.search.passages import pack
from tests.support.browser import watched
from tests.support.corpus import document_of
from tests.support.reports import profiles
from tests.support.searching import texts

COUNT = 60
ONE = 31  # the report that changes
RATE = profiles().by_name["上海市级"].execution.rate
ITSELF = {"core.js": 1, "text": 1, "texts": 1}  # with a text its address changes

ORDERED = """async ([most, order]) => {
    const s = jixiaoSearch, core = await s.core();
    const numbers = [...Array(core.count).keys()].reverse();
    let levels = new Float64Array(core.count);
    if (order) levels = await s.ordered(levels, order, false);
    const groups = await s.placed(core, { numbers, levels }, most ?? Infinity, order);
    const records = await Promise.all(groups.flat().map(s.report));
    const ids = new Map(groups.flat().map((number, i) => [number, records[i].row[0]]));
    return groups.map((group) => group.map((number) => ids.get(number)));
}"""

Edit = Callable[[str], str]


def edited(pattern: str, to: str) -> Edit:
    """An edit of the first place that looks so."""

    def edit(text: str) -> str:
        changed = re.sub(pattern, to, text, count=1, flags=re.MULTILINE)
        assert changed != text
        return changed

    return edit


def known(number: int, edit: Edit = str) -> tuple[Summary, bytes]:
    document = document_of(number, edit)
    return summarize(document), entry(document)


@pytest.fixture(scope="module")
def reports() -> list[tuple[Summary, bytes]]:
    """Reports with their entries."""
    return [known(number) for number in range(COUNT)]


@pytest.fixture(scope="module")
def index(reports: list[tuple[Summary, bytes]]) -> dict[str, bytes]:
    """The files of their index."""
    return dict(search_files(reports, RATE))


def new_in(files: Mapping[str, bytes], before: Mapping[str, bytes]) -> Counter[str]:
    """How many files of each kind have an address or bytes that were not there."""
    return Counter(
        path.split("/")[1] for path, data in files.items() if before.get(path) != data
    )  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "columns"),
    [
        (edited(r"(预期目标: )", r"\1稳妥推进，"), set()),
        (edited(r"(实际完成值: )(\d+)\(", r"\g<1>1\2("), set()),
        (edited(r"(项目名称: )", r"\1魑魅"), {"pinyin"}),
        (edited(r"主管部门: .*", "主管部门: 市某局"), {"pinyin"}),
        (
            edited(r"(年初预算数: )(.*)(, 全年预算数: )(.*)(, 全年执行数)", r"\g<1>9\2\g<3>9\4\5"),
            {"place-2021", "amounts-2021", "order-budget", "order-rate", "order-total"},
        ),
        (edited(r"(得分: )\d\.\d\d", r"\g<1>0.07"), {"order-total"}),
    ],
    ids=["word", "figure", "name", "department", "budget", "score"],
)
def test_a_change_of_one_report_is_new_where_it_is_told(
    reports: list[tuple[Summary, bytes]],
    index: dict[str, bytes],
    edit: Edit,
    columns: set[str],
) -> None:
    other = dict(search_files([*reports[:ONE], known(ONE, edit), *reports[ONE + 1 :]], RATE))
    assert reports[ONE][0].year == 2021
    new = new_in(other, index)
    assert new.pop("grams") <= 12
    assert new.pop("lists") <= 3
    assert new == {**ITSELF, **dict.fromkeys(columns, 1)}
    assert len(index) > 100


def test_a_report_that_comes_or_goes_leaves_the_texts_of_others(
    reports: list[tuple[Summary, bytes]], index: dict[str, bytes]
) -> None:
    fewer = dict(search_files([*reports[:ONE], *reports[ONE + 1 :]], RATE))
    assert new_in(fewer, index)["text"] == 0
    assert new_in(index, fewer)["text"] == 1
    of_years = {kind for kind in new_in(fewer, index) if re.search("-20..$", kind)}
    assert of_years == {"amounts-2021", "place-2021"}


def test_an_index_depends_on_its_reports_alone(
    reports: list[tuple[Summary, bytes]], index: dict[str, bytes]
) -> None:
    mixed = Random("any order").sample(reports, COUNT)  # noqa: S311  not a secret
    assert dict(search_files(mixed, RATE)) == index


def test_no_figure_and_no_name_moves_a_number(reports: list[tuple[Summary, bytes]]) -> None:
    def ids(files: dict[str, bytes]) -> list[str]:
        return [text["row"][0] for text in texts(files.__getitem__)]

    swapped = [
        (summary, known(number, edited(r"项目名称: .*", f"项目名称: 甲{99 - number}"))[1])
        for number, (summary, _) in enumerate(reports)
    ]
    assert ids(dict(search_files(swapped, RATE))) == ids(dict(search_files(reports, RATE)))


def made_up(random: Random) -> list[Summary]:
    """Projects of some years, some by their code, of which a few change hands; with few amounts, so
    that many are alike."""
    like, found = summarize(document_of(0)), list[Summary]()
    for number in range(60):
        code = f"3100{number}" if number % 5 == 0 else None
        for year in random.sample(range(2021, 2025), random.randint(1, 4)):
            found.append(
                replace(
                    like,
                    year=year,
                    stem=f"{number}-{year}" if code else f"{number}",
                    code=code,
                    name=random.choice(("甲", "乙", "丙")),
                    department=random.choice(("市教育局", "市教育局", "市民政局")),
                    budget=random.choice(
                        (None, Decimal(0), Decimal(7), Decimal(9000), Decimal(-3))
                    ),
                )
            )
    return found


def in_order(summaries: list[Summary], rank: Callable[[Summary], Decimal]) -> list[list[str]]:
    """Projects as lists of many reports have them, by a rank before that; of equals the newest
    stands first."""
    tables = sorted(summaries, key=lambda summary: summary.place)
    projects = grouped(tables, lambda summary: summary.project).values()
    ranked = sorted((one for project in projects for one in project), key=rank)
    return [[one.id for one in own] for own in grouped(ranked, lambda one: one.project).values()]


def test_results_stand_in_the_order_of_tables(
    browser: Browser, years_city: Path, tmp_path: Path
) -> None:
    summaries = made_up(Random("order"))  # noqa: S311  not a secret
    held = pack({"passages": [["", "", "项目"]]})
    site = shutil.copytree(years_city, tmp_path / "site")
    files = dict(search_files([(summary, held) for summary in summaries], RATE))
    for path, data in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)
    plain = in_order(summaries, lambda _: Decimal(0))
    with watched(browser) as page:
        page.goto(f"{site.as_uri()}/search/index.html")
        page.wait_for_selector("[data-search-results][aria-busy=false]", state="attached")
        assert page.evaluate(ORDERED, [None, ""]) == plain
        assert page.evaluate(ORDERED, [7, ""])[:7] == plain[:7]
        ranked = page.evaluate(ORDERED, [None, "budget"])
    true = in_order(summaries, lambda one: Decimal("inf") if one.budget is None else -one.budget)
    assert [group[0] for group in ranked] == [group[0] for group in true]
    assert len(
        {frozenset(group) for group in plain} & {frozenset(group) for group in ranked}
    ) == len(plain)
    assert b'"elsewhere":{}' not in files["search/core.js"]


SIZES = st.lists(st.integers(1, 40), max_size=80)


@given(SIZES)
def test_parts_are_as_large_as_wanted(sizes: list[int]) -> None:
    things = list(enumerate(sizes))
    parts = list(parted(things, lambda one: one[1], lambda one: f"{one[0]}", least=30, most=90))
    assert [thing for part in parts for thing in part] == things
    for part in parts:
        # One thing may reach over the end where no other may end a part.
        assert sum(size for _, size in part) <= 90
    for part in parts[:-1]:
        assert sum(size for _, size in part) >= 30


def test_a_thing_that_grows_moves_no_end_far_from_it() -> None:
    random = Random("things")  # noqa: S311  not a secret
    things = [(f"{random.random()}", random.randint(1, 9)) for _ in range(4_000)]

    def ends(things: list[tuple[str, int]]) -> set[str]:
        parts = parted(things, lambda one: one[1], lambda one: one[0], least=100, most=300)
        return {part[0][0] for part in parts}

    before = ends(things)
    assert len(before) > 90
    for place in range(0, 4_000, 50):
        name, size = things[place]
        after = ends([*things[:place], (name, size + 20), *things[place + 1 :]])
        assert len(before - after) <= 8


def test_digests_are_as_long_as_tells_them_apart() -> None:
    alike = ["0123456789abc", "0123456789abd", "0123456789abd", "f" * 13]
    assert _short(alike) == alike
    assert _short(alike[1:]) == ["01234567", "01234567", "ffffffff"]
