"""The register of deviations: what its rows, its choices and its places say agrees."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from builder.content import Line, Summary, grouped, summarize
from builder.model import Site
from builder.views import Registers, register_pages, register_parts, site_view
from builder.views.followed import followed
from builder.views.narrowing import of_department, of_unit
from builder.views.paging import ROWS
from tests.support.pages import document
from tests.support.reports import GOOD

SITE = site_view(Site.model_validate({}))
ONE = replace(summarize(document(GOOD)), code=None, execution=None)
REASONS = st.sampled_from(["", "人手不足", "人手不足。下一步补充人员。", "改进措施：补充人员"])


@st.composite
def lines(draw: st.DrawFn) -> tuple[Line, ...]:
    return tuple(
        Line(
            number, draw(st.sampled_from(["数量指标", "质量指标", ""])), f"指标{number}",
            "≥2次", "1次", Decimal(10), draw(st.decimals(0, 9, places=2)), draw(REASONS),
            is_deviation=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(0, 4)) + 1)
    )  # fmt: skip


@st.composite
def reports(draw: st.DrawFn) -> list[Summary]:
    """Projects of two years in some departments."""
    return [
        replace(
            ONE, year=year, stem=f"p{number}", name=f"项目{number}",
            department=(office := draw(st.sampled_from(["甲局", "乙局", "丙局"]))), unit=office,
            budget=draw(st.none() | st.decimals(0, 10**9, places=2)), indicators=draw(lines()),
        )
        for number in range(draw(st.integers(1, 6)))
        for year in (2024, 2023)
    ]  # fmt: skip


@given(reports())
def test_choices_count_the_rows_that_they_keep(every: list[Summary]) -> None:
    view, _ = Registers(SITE, grouped(every, lambda s: str(s.year))).page(2024)
    short = [(s, line) for s in every if s.year == 2024 for line in s.deviations]
    assert len(view.rows) == len(short)
    for options, texts in (
        (view.departments, [s.department for s, _ in short]),
        (view.kinds, [line.kind for _, line in short if line.kind]),
    ):
        told = {option.value: option.text for option in options}
        assert told == {text: f"{text}（{count}）" for text, count in Counter(texts).items()}
    for option in view.amounts:
        above = [
            row for row in view.rows if row.amount and Decimal(row.amount) >= int(option.value)
        ]
        assert option.text.endswith(f"（{len(above)}）")
    assert view.without == (f"{n}" if (n := sum(not row.has_measure for row in view.rows)) else "")
    assert [row for _, part in register_parts(2024, view.rows) for row in part] == list(view.rows)


@given(reports())
def test_departments_stand_together_and_can_be_found(every: list[Summary]) -> None:
    registers = Registers(SITE, grouped(every, lambda s: str(s.year)))
    pages = [(view, page) for view, page in register_pages(*registers.page(2024))]
    rows = [row for view, _ in pages for row in view.rows]
    names = [row.department.text for row in rows]
    assert len([1 for row in rows if row.anchor]) == len(set(names))
    for name in ("甲局", "乙局", "丙局"):
        members = [s for s in every if s.department == name and s.year == 2024]
        place = registers.place(members, of_department(name))
        if name not in names:
            assert not place
            continue
        path, _, rest = place.partition("?")
        question, _, anchor = rest.partition("#")
        assert parse_qs(question) == {"部门": [name]}
        (view,) = [view for view, page in pages if page.path == path]
        (row,) = [row for row in view.rows if row.anchor == anchor]
        assert row.department.text == name


def test_a_long_register_goes_on_and_leads_to_the_right_page() -> None:
    line = Line(1, "数量指标", "甲", "≥2次", "1次", Decimal(10), Decimal(5), "", is_deviation=True)
    many = [
        replace(
            ONE, year=2024, stem=f"p{n}", department="甲局" if n < ROWS else "乙局", unit="丙所",
            budget=Decimal(10**8 if n < ROWS else 1), indicators=(line,),
        )
        for n in range(ROWS + 3)
    ]  # fmt: skip
    registers = Registers(SITE, {"2024": many})
    assert registers.place(many, of_department("甲局")).startswith("2024/deviations/index.html?")
    place = registers.place(many, of_unit("乙局", "丙所"))
    assert place.startswith("2024/deviations/index-2.html?")
    assert parse_qs(place.partition("?")[2].partition("#")[0]) == {
        "部门": ["乙局"],
        "词": ["“丙所”"],
    }


def test_a_form_tells_what_became_of_the_one_before() -> None:
    before = Line(
        1, "数量指标", "甲", "≥2次", "1次", Decimal(10), Decimal("8.50"), "下一步补充人员。",
        is_deviation=True,
    )  # fmt: skip
    after = replace(before, number=3, actual="2次", awarded=Decimal(10), is_deviation=False)
    old = replace(ONE, year=2023, stem="p", indicators=(before,))
    new = replace(ONE, year=2024, stem="p", indicators=(after,))
    (told,) = followed([new, old], "2024/p")
    assert (told.name, told.row, told.now) == ("甲", "indicator-3", "≥2次 → 2次，没有偏差")
    assert told.before.path == "2023/p/index.html#indicator-1"
    assert "扣 1.50 分" in told.before.text
    assert "下一步补充人员。" in told.measure
    assert not list(followed([new, old], "2023/p"))
    (gone,) = followed([replace(new, indicators=()), old], "2024/p")
    assert (gone.row, gone.now) == ("", "没有同名指标")
