"""Where a form asks whether people are content, and where it has no room to."""

from __future__ import annotations

import pytest

from builder.content import Settings
from tests.support.reports import changed, changed_rules, examine

LEVELS = "  满意度指标:\n    服务对象满意度指标:\n      - 三级指标: 参训教师满意度\n"


def known(benefits: str) -> Settings:
    """The default form with other levels."""
    groups = f"{{产出指标: [数量指标, 时效指标], 效益指标: [{benefits}]}}"
    return changed_rules("layouts", f"指标:\n  类别: {groups}")


WITH = known("社会效益指标, 服务对象满意度指标")
WITHOUT = known("社会效益指标")


@pytest.mark.parametrize(
    ("rules", "levels", "name", "told"),
    [
        (WITH, "    服务对象满意度指标:\n", "参训教师满意度", []),
        (WITH, "    服务对象满意度指标:\n", "参训教师到课率", ["C107"]),
        (WITH, "    社会效益指标:\n", "参训教师满意度", []),
        (WITH, "    社会效益指标:\n", "参训教师到课率", ["C106"]),
        (WITHOUT, "    社会效益指标:\n", "参训教师到课率", []),
    ],
)
def test_satisfaction_stands_at_any_level(
    rules: Settings, levels: str, name: str, told: list[str]
) -> None:
    entry = f"      - 三级指标: {name}\n"
    if "社会" in levels:
        levels = ""  # one more of the level above
    text = changed((LEVELS, f"{levels}{entry}"))
    codes = examine(text, known=rules).codes
    assert [code for code in codes if code in ("C106", "C107")] == told


def test_a_level_that_was_begun_is_told_as_empty_alone() -> None:
    begun = changed((LEVELS, "      - 三级指标: 参训教师到课率\n")) + "  满意度指标:\n"
    codes = examine(begun).codes
    assert "S107" in codes
    assert "C106" not in codes
