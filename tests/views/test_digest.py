"""The sentences that the page of an office opens with: true, and silent where nothing is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from builder.content import Line, Statistics, Summary, statistics, summarize
from builder.model import Site
from builder.views import Overview, listing_pages, site_view
from builder.views.digest import digest, year_digest
from tests.support.corpus import document_of
from tests.support.pages import document, make
from tests.support.reports import GOOD, profiles
from tests.support.stages import staged
from tests.support.wholes import whole

SITE = Site.model_validate({})
PROFILE = profiles().by_name[SITE.profile]
PROJECT, WHOLE = summarize(document(GOOD)), summarize(whole())
LINE = Line(1, "数量指标", "甲", "≥2次", "1次", Decimal(10), Decimal(5), "", is_deviation=True)

CENTS = st.decimals(0, 10**7, places=2)
BUDGETS = st.none() | CENTS.map(lambda value: value + 1)
TOTALS = st.none() | st.decimals(60, 100, places=2) | st.sampled_from([Decimal(90), Decimal(95)])


@st.composite
def projects(draw: st.DrawFn) -> list[Summary]:
    """Some of two years, the newest first; each figure may be blank."""
    found = []
    for number in range(draw(st.integers(1, 5))):
        budget, spent, total = draw(BUDGETS), draw(st.none() | CENTS), draw(TOTALS)
        both = budget is not None and spent is not None
        found.append(
            replace(
                PROJECT,
                year=draw(st.sampled_from([2022, 2023, 2024, 2024])),
                stem=f"p{number}",
                name=f"项目{number}",
                budget=budget,
                spent=spent,
                rate=_half(spent * 100 / budget) if both and budget and spent is not None else None,
                total=total,
                grade=None if total is None else "优" if total >= 90 else "良",
                indicators=(LINE,) * draw(st.integers(0, 3)),
            )
        )
    return sorted(found, key=lambda s: s.place)


def _half(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def told(found: Sequence[Summary], wholes: Sequence[Summary] = ()) -> str:
    return "".join(piece.text for piece in digest(found, wholes, PROFILE))


def number(pattern: str, words: str) -> Decimal | None:
    """What stands in the place of `#`."""
    found = re.search(pattern.replace("#", r"(-?[\d,]+(?:\.\d+)?)"), words)
    return Decimal(found[1].replace(",", "")) if found else None


@given(projects())
def test_every_figure_is_true(found: list[Summary]) -> None:
    words = told(found)
    newest = [s for s in found if s.year == found[0].year]
    before = [s for s in found if s.year == found[0].year - 1]
    here, _, past = words.partition("与上年")
    assert here.count("。") <= 2
    assert words.count("。") <= 3
    assert not re.search("None|-|，，|；；|。。|：。|；。|，。", words)

    is_filled = all(None not in (s.budget, s.spent) for s in newest)
    assert ("支出" in here) == is_filled
    if is_filled:
        spent, budget = _sum(newest, "spent"), _sum(newest, "budget")
        assert number("支出 # 万元", here) == _half(spent / 10_000)
        assert number("全年预算数 # 万元", here) == _half(budget / 10_000)
        assert number("执行率 #%", here) is not None
    if here:
        assert here.startswith(f"{newest[0].year}年度 {len(newest)} 个项目")

    totals = [s.total for s in newest if s.total is not None]
    if totals and len(newest) > 1:
        assert number("平均总分 # 分", here) == _half(sum(totals, Decimal()) / len(totals))
        some = number("其中 # 个有总分", here)
        assert some == (len(totals) if len(totals) < len(newest) else None)
        grades = Counter(s.grade for s in newest if s.grade)
        for grade in "优良":
            assert (number(f"，{grade} # 个", here) or 0) == grades[grade]
    elif totals:
        assert number("总分 # 分，评为", here) == totals[0]
    else:
        assert " 分" not in here

    short = [s for s in newest if s.deviations]
    assert ("未得满分" in here) == bool(short)
    if short and len(newest) > 1:
        assert number("# 个项目有", here) == len(short)
    if short:
        count = number("有 # 项指标", here) if len(newest) == 1 else number("共 # 项", here)
        assert count == sum(len(s.deviations) for s in short)
    _check_past(past, newest, before)


def _check_past(words: str, newest: list[Summary], before: list[Summary]) -> None:
    if not before:
        assert not words
    if not words:
        return
    assert words.startswith(f"的 {len(before)} 个项目相比，")
    both = [*newest, *before]
    if any(None in (s.budget, s.spent) for s in both):
        assert "预算" not in words
        assert "执行率" not in words
    else:
        gap = _half(_sum(newest, "budget") / 10_000) - _half(_sum(before, "budget") / 10_000)
        assert _gap("全年预算数", "增加", "减少", words) == gap
        new, old = (_figures(members).rate for members in (newest, before))
        if new is not None and old is not None:
            assert _gap("执行率", "提高", "降低", words) == new - old
    if any(s.total is None for s in both):
        assert " 分" not in words
    else:
        new, old = (_figures(members).average for members in (newest, before))
        assert new is not None
        assert old is not None
        assert _gap("总分", "提高", "降低", words) == new - old
    assert not re.search(r" 0(\.0+)? ", words)


def _figures(members: Sequence[Summary]) -> Statistics:
    return statistics(members, PROFILE.execution.rate)


def _gap(label: str, more: str, less: str, words: str) -> Decimal:
    lower = number(f"{label}{less} # ", words) or Decimal()
    return -lower if lower else number(f"{label}{more} # ", words) or Decimal()


def _sum(members: Sequence[Summary], name: str) -> Decimal:
    return sum((getattr(s, name) for s in members), Decimal())


@given(projects())
def test_a_year_is_told_without_its_headline_figures(found: list[Summary]) -> None:
    newest = [s for s in found if s.year == found[0].year]
    before = [s for s in found if s.year == found[0].year - 1]
    pieces = year_digest(newest, before, PROFILE, "2024/deviations/index.html")
    short = "".join(piece.text for piece in pieces)
    whole_text = told(found)
    assert whole_text.endswith(short)
    head = whole_text.removesuffix(short)
    assert re.fullmatch(r"(\d{4}年度 \d+ 个项目(：|支出[^。]*。))?", head)
    count = [piece for piece in pieces if piece.path == "2024/deviations/index.html"]
    missed = sum(len(s.deviations) for s in newest)
    assert [piece.text for piece in count] == (
        [f"共 {missed} 项"] if missed and len(newest) > 1 else []
    )


def test_several_offices_are_counted_as_offices() -> None:
    others = [replace(WHOLE, stem=stem, indicators=(LINE,)) for stem in "ab"]
    past = [replace(one, year=2023, budget=Decimal(1)) for one in others]
    words = "".join(piece.text for piece in year_digest(others, past, PROFILE, "x"))
    assert "2 个部门有未得满分的指标" in words
    assert "与上年的 2 个部门相比" in words
    assert "项目" not in words


@given(projects())
def test_the_lowest_is_the_lowest(found: list[Summary]) -> None:
    pieces = digest(found, (), PROFILE)
    newest = [s for s in found if s.year == found[0].year]
    words = "".join(piece.text for piece in pieces)
    totals = [s.total for s in newest if s.total is not None]
    if "最低的是" not in words:
        assert len(totals) < 2 or totals.count(min(totals)) > 2 or len(set(totals)) == 1
        return
    lowest = {s.name for s in newest if s.total == min(totals)}
    assert {piece.text for piece in pieces if piece.path} == lowest
    assert totals.count(min(totals)) <= 2
    assert min(totals) < max(totals)


def test_what_the_figures_of_the_page_say() -> None:
    """The sentences and the headline figures, over made-up reports."""
    summaries = [summarize(document_of(n)) for n in range(40)]
    overview = Overview(site_view(SITE), summaries, PROFILE)
    for name in overview.offices.departments:
        view, page = overview.offices.department(name)
        words = "".join(piece.text for piece in view.answer).replace("\u00a0", " ")
        by_label = {one.label: one.text for one in view.statistics.figures}
        assert words.startswith(f"{view.period} {by_label['项目']} 个项目")
        assert f"全年预算数 {by_label['全年预算数']} 万元" in words
        assert f"执行率 {by_label['执行率']}%" in words
        if by_label["项目"] != "1":
            assert f"平均总分 {by_label['平均总分']} 分" in words
        # Further pages of a long table are table alone.
        later = [part for part, _ in listing_pages(view, page, 1)][1:]
        assert not any(part.answer for part in later)


def test_an_office_is_never_added_to_its_projects() -> None:
    alone = told([PROJECT])
    assert told([PROJECT], [WHOLE]) == alone
    assert told([], [WHOLE]).startswith("2024年度整体支出 190.00 万元，全年预算数 200.00 万元")
    earlier = replace(WHOLE, year=2023, budget=Decimal(1_500_000))
    assert "与上年相比，全年预算数增加 50.00 万元" in told([], [WHOLE, earlier])
    overview = Overview(site_view(SITE), [PROJECT, WHOLE], PROFILE)
    view, _ = overview.offices.department(WHOLE.department)
    words = "".join(piece.text for piece in view.answer).replace("\u00a0", " ")
    assert words == alone


def test_nothing_is_said_of_targets_and_blanks() -> None:
    planned = summarize(document(staged("目标"), year="2024"))
    assert planned.is_planned
    overview = Overview(site_view(SITE), [planned], PROFILE)
    assert overview.offices.department(planned.department)[0].answer == ()
    blank = replace(PROJECT, budget=None, spent=None, rate=None, total=None, indicators=())
    assert told([blank]) == ""


def test_few_that_are_equal_are_named() -> None:
    high = replace(PROJECT, total=Decimal(95))
    low = [replace(PROJECT, stem=stem, name=stem, total=Decimal(80)) for stem in "abc"]
    assert "最低的是“a”和“b”，80 分" in told([high, *low[:2]])
    assert "最低" not in told([high, *low])


def test_other_rules_have_no_lowest_in_common() -> None:
    low = replace(PROJECT, stem="b", total=Decimal(50))
    assert "最低" in told([PROJECT, low])
    assert "最低" not in told([PROJECT, replace(low, profile="别的规则")])


def test_forms_without_points_tell_who_missed_most() -> None:
    line = replace(LINE, weight=None, awarded=None)
    bare = replace(PROJECT, total=None, grade=None, indicators=(line,))
    worse = replace(bare, stem="b", name="乙", indicators=(line, line))
    words = told([bare, worse])
    assert "2 个项目有未达到指标值的指标，共 3 项；最多的是“乙”，2 项。" in words
    assert " 分" not in words


def test_links_lead_to_reports() -> None:
    made = make(document_of(n) for n in range(12))
    hits = 0
    for path, data in made.files.items():
        if not path.startswith("departments/"):
            continue
        for link in html.fromstring(data).xpath("//p[@class='answer']//a/@href"):
            assert normpath(join(dirname(path), unquote(link))) in made.files, link
            hits += 1
    assert hits
