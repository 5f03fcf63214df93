"""A file that does not hold everywhere is compared as far as it can be read, and that is told."""

from __future__ import annotations

import json

import pytest

from builder import review
from builder.review.comparison import UNREAD, Review
from builder.review.discretion import in_public
from builder.review.page import review_view
from tests.review.test_review import compared
from tests.support.reports import changed

WHOLE = changed()
BROKEN = changed(
    ("实际完成值: 12(期)\n        分值: 25", "分值: 24分"),
    ("95(%)", "94(%)"),
)
PLACES = [
    ["绩效指标", "产出指标", "数量指标", "培训期数", "分值"],
    ["绩效指标", "产出指标", "数量指标", "培训期数", "实际完成值"],
]


def between(old: str, new: str) -> Review:
    return compared({"2024/a.yaml": old}, {"2024/a.yaml": new})


@pytest.mark.parametrize("is_old", [False, True])
def test_what_can_be_read_is_compared(is_old: bool) -> None:
    sides = (BROKEN, WHOLE) if is_old else (WHOLE, BROKEN)
    indicators = between(*sides).projects[0].change.indicators
    found = {
        (one.path[-1], *field.place): (field.old, field.new)[:: -1 if is_old else 1]
        for one in indicators
        for field in one.fields
    }
    assert found == {
        ("培训期数", "实际完成值"): ("12(期)", None),
        ("培训期数", "分值"): ("25", "24分"),  # as it is typed
        ("参训教师满意度", "实际完成值"): ("95(%)", "94(%)"),
    }


@pytest.mark.parametrize("kind", review.FORMATS)
def test_every_format_tells_which_side_does_not_hold(kind: str) -> None:
    told = review.FORMATS[kind](between(WHOLE, BROKEN))
    other = review.FORMATS[kind](between(BROKEN, WHOLE))
    assert "改后的文件有 2 处" in told
    assert "原来的文件有 2 处" in other
    assert all(UNREAD in words for words in (told, other))


def test_the_page_tells_it_and_marks_the_form() -> None:
    view = review_view(between(WHOLE, BROKEN))
    assert any("改后的文件有 2 处" in alarm.words for alarm in view.alarms)
    form = view.sections[0].form
    assert form
    assert "<ins" in "".join(cell.text for cell in form.indicators[-1].row.cells)


def test_programs_are_told_the_places() -> None:
    project = json.loads(review.FORMATS["json"](between(WHOLE, BROKEN)))["projects"][0]
    assert project["before"]["unread"] == []
    assert project["after"]["unread"] == PLACES
    assert project["after"]["readable"] is True
    assert project["figures"]["总分"] == {"old": "99.50", "new": None}


def test_nothing_counts_as_solved_that_was_not_looked_for() -> None:
    unexplained = WHOLE.replace("95(%)", "80(%)")
    assert [one.rule.code for one in between(WHOLE, unexplained).projects[0].new]
    lost = unexplained.replace("实际完成值: 80(%)\n", "")
    assert between(unexplained, lost).projects[0].solved == ()


@pytest.mark.parametrize("line", ["内部备住: 甲有意见\n", "内部备注: [甲有意见]\n"])
def test_what_may_be_private_is_not_shown(line: str) -> None:
    found = in_public(between(WHOLE, BROKEN + line))
    for kind in review.FORMATS:
        assert "有意见" not in review.FORMATS[kind](found)


def test_other_ways_to_be_wrong_are_edits() -> None:
    one, other = (BROKEN + f"备注: {text}\n" for text in "甲乙")
    assert [project.is_edited for project in between(one, other).projects] == [True]
    assert not between(one, one).projects
