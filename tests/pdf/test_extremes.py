"""Whatever is typed into a cell: the layout ends, all is there, and nothing runs over a rule."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest

from builder.pdf import About, Part
from tests.support import extremes, prints
from tests.support.extremes import CELLS, KINDS, OF_INDICATOR, PLACES, PROSE
from tests.support.prints import report
from tests.support.reports import examine

DATA = Path(__file__).parents[1] / "data"
TARGETS = (DATA / "targets.txt").read_text(encoding="utf-8").splitlines()
# Rows longer than these go on overleaf, so that what a page leaves free is never more.
LEAST = 0.5

SAMPLE = [
    *((cell, "sentences", 2000, "middle") for cell in CELLS),
    *((cell, "word", 2000, "last") for cell in OF_INDICATOR),
    *((cell, "han", 200, "first") for cell in OF_INDICATOR),
    ("三级指标", "han", 320, "last"),
]


def prove(text: str, pdf: bytes, *texts: str) -> None:
    assert extremes.crossing(pdf) == []
    assert extremes.emptiest(pdf) > LEAST, text
    assert [each for each in texts if not extremes.shown(pdf, each)] == []


@pytest.mark.parametrize(("cell", "kind", "length", "place"), SAMPLE)
def test_a_long_text_is_set_whole(cell: str, kind: str, length: int, place: str) -> None:
    text = KINDS[kind](length)
    report = extremes.extreme(cell, text, place)
    pdf = prints.print_anew(report)
    prove(report, pdf, text)
    if length == 2000 and (cell in OF_INDICATOR or kind == "sentences"):
        assert len(prints.words(pdf)) > 1


ALL = [
    (cell, place, kind)
    for cell, kind in product(CELLS, KINDS)
    if kind != "list" or cell in PROSE
    for place in (PLACES if cell in OF_INDICATOR else ("middle",))
]


@pytest.mark.proof
@pytest.mark.parametrize("length", [1, 200, 2000])
@pytest.mark.parametrize(("cell", "place", "kind"), ALL)
def test_every_length_of_every_cell(cell: str, place: str, length: int, kind: str) -> None:
    text = KINDS[kind](length)
    report = extremes.extreme(cell, text, place)
    prove(report, prints.print_anew(report, annex=length == 200), text)


@pytest.mark.proof
@pytest.mark.parametrize("cell", CELLS)
def test_the_longest_text_that_passes_is_set(cell: str) -> None:
    text = KINDS["han"](10_000)
    prove(cell, prints.print_anew(extremes.extreme(cell, text)), text)


@pytest.mark.parametrize("cell", CELLS)
def test_nothing_in_a_cell_is_told_or_needs_no_room(cell: str) -> None:
    text = extremes.extreme(cell, "")
    if cell == OF_INDICATOR[-1]:
        assert len(prints.words(prints.print_anew(text.replace(f'{cell}: ""', f"{cell}:")))) == 1
    else:
        assert "S103" in examine(text).codes or "S112" in examine(text).codes


@pytest.mark.parametrize("seed", range(6))
def test_texts_of_many_lengths_share_pages(seed: int) -> None:
    report = extremes.mixed(seed)
    prove(report, prints.print_anew(report))


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(6, 250))
def test_more_texts_of_many_lengths_share_pages(seed: int) -> None:
    report = extremes.mixed(seed)
    prove(report, prints.print_anew(report, annex=seed % 3 == 0))


def test_reasons_in_a_narrow_column_go_on_overleaf() -> None:
    """What takes half a page there is no row to be kept together, however few its characters."""
    reasons = dict.fromkeys(range(1, 7), 140)
    text = report(6, reasons=reasons, profile="四川", funds=("财政资金",))
    prove(text, prints.print_anew(text))


@pytest.mark.parametrize("start", range(0, len(TARGETS), 40))
def test_no_target_or_result_runs_over_its_cell(start: int) -> None:
    """Those of content, cases, handbook and published forms, ranges and large numbers."""
    targets = TARGETS[start : start + 40]
    written = iter(target for target in targets for _ in range(2))
    lines = report(len(targets)).splitlines()
    for at, line in enumerate(lines):
        if "年度指标值:" in line or "实际完成值:" in line:
            lines[at] = line.partition(":")[0] + ": '" + next(written).replace("'", "''") + "'"
    pdf = prints.print_anew("\n".join(lines) + "\n", annex=True)
    assert extremes.crossing(pdf) == []


@pytest.mark.parametrize(("target", "lines"), [
    ("1000-2000(人次)", ["1000-", "2000(人次)"]),
    ("10000-20000(人)", ["10000-", "20000(人)"]),
    ("10.5~12.5(万元)", ["10.5~", "12.5(万元)"]),
    ("10000-20000(平方米)", ["10000-", "20000", "(平方米)"]),
    ("80%-90%", ["80%-90%"]),
])  # fmt: skip
def test_a_range_breaks_behind_its_sign(target: str, lines: list[str]) -> None:
    text = report(6).replace("'≥90.00(%)'", f"'{target}'", 1)
    shown = [word.text for word in prints.words(prints.print_anew(text))[0]]
    assert shown[shown.index(lines[0]) :][: len(lines)] == lines


@pytest.mark.parametrize(("indicators", "reasons", "goal"), [
    (6, {3: 151, 5: 900, 6: 300}, 1500),
    (8, {3: 151, 6: 151}, 1500),
    (12, {2: 60, 4: 900, 6: 300, 9: 151, 10: 450}, 5),
])  # fmt: skip
def test_a_page_that_ends_before_a_group_leaves_no_page_empty(
    indicators: int, reasons: dict[int, int], goal: int
) -> None:
    pdf = prints.print_anew(report(indicators, reasons=reasons, goal=prints.prose(goal)))
    assert extremes.emptiest(pdf) > LEAST


def test_the_proofs_can_fail() -> None:
    """A text that stays on one line crosses a rule; one that is left out is missed."""
    form = prints.view(report(6, target="1000-2000(人次)"))
    style = "<style>td { white-space: nowrap }</style></head>"

    def page(parts: Sequence[Part]) -> str:
        return prints.html(form, parts).replace("</head>", style)

    pdf = prints.printer().print(page, About("题"))
    assert (1, "2000(人次)") in extremes.crossing(pdf)
    assert extremes.shown(pdf, "1000-2000(人次)")
    assert not extremes.shown(pdf, "1000-2000(人次)不在其中")
