"""Where a form asks whether people are content, and where it has no room to."""

from __future__ import annotations

import pytest

from builder.scoring import Profiles
from builder.scoring.profile import Group
from tests.support.reports import changed, examine, profiles

LEVELS = "  满意度指标:\n    服务对象满意度指标:\n      - 三级指标: 参训教师满意度\n"


def known(groups: dict[str, tuple[str, ...]]) -> Profiles:
    """The default rules with other levels."""
    found = profiles().by_name
    levels = {name: Group.model_validate({"二级指标": kinds}) for name, kinds in groups.items()}
    own = found["上海市级"].model_copy(update={"groups": levels})
    return Profiles({**found, own.name: own})


OUTPUT = ("数量指标", "时效指标")
WITH = known({"产出指标": OUTPUT, "效益指标": ("社会效益指标", "服务对象满意度指标")})
WITHOUT = known({"产出指标": OUTPUT, "效益指标": ("社会效益指标",)})


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
    rules: Profiles, levels: str, name: str, told: list[str]
) -> None:
    entry = f"      - 三级指标: {name}\n"
    if "社会" in levels:
        levels = ""  # one more of the level above
    text = changed((LEVELS, f"{levels}{entry}"))
    assert [code for code in examine(text, known=rules).codes if code < "C2"] == told


def test_a_level_that_was_begun_is_told_as_empty_alone() -> None:
    begun = changed((LEVELS, "      - 三级指标: 参训教师到课率\n")) + "  满意度指标:\n"
    codes = examine(begun).codes
    assert "S107" in codes
    assert "C106" not in codes
