"""The list behind an exported form, read back after somebody worked on it."""

from __future__ import annotations

import pytest

from builder.export import beyond
from builder.intake.beyond import restored
from builder.model import BEYOND_COLUMNS, BEYOND_TOLD, Report
from builder.office import Cell
from builder.records import BLANK
from builder.source import Location, Value
from builder.views import form_view
from tests.support.exchange import leaves, published
from tests.support.forms import filled

NAME = "2024/neimenggu"


def record() -> type[Report]:
    return type(filled()[NAME].report)


def shown(*names: str) -> dict[str, Value]:
    """What was read of a form: indicators by their names."""
    return {"绩效指标": {"产出指标": {"数量指标": [{"三级指标": name} for name in names]}}}


def place(label: str, text: str = "甲", *, names: tuple[str, ...] = ()) -> Location | None:
    (found,) = restored([(Cell(label, "A1", 0), Cell(text, "B1", 1))], record(), shown(*names))
    return found.at


@pytest.mark.parametrize("name", filled())
def test_every_row_leads_back(name: str) -> None:
    document = filled()[name]
    rows = beyond(document, form_view(document))
    value = published(document)
    assert isinstance(value, dict)
    groups = value["绩效指标"]
    found = restored(
        [(Cell(label, "", 0), Cell(text, "", 1)) for label, text in rows],
        type(document.report),
        {} if groups == BLANK else {"绩效指标": groups},
    )
    typed = dict(leaves(value))
    assert [typed.get(one.at or ()) for one in found] == [text for _, text in rows]


@pytest.mark.parametrize(
    ("label", "at"),
    [
        ("发布日期", ("发布日期",)),
        (" 批复  ›\n日期 ", ("批复", "日期")),
        ("批复>日期", ("批复", "日期")),
        ("项目资金 › 县级资金 › 全年执行数", ("项目资金", "县级资金", "全年执行数")),
        ("佐证材料 › 第3份 › 名称", ("佐证材料", 0, "名称")),
        ("发布日", None),
        ("批复 › 日", None),
        ("批复", None),
        ("佐证材料 › 调解台账 › 名称", None),
        ("佐证材料 › 第1份", None),
        ("绩效指标 › 产出指标 › 质量指标 › 第1项 › 类型", None),
        ("", None),
    ],
)
def test_a_label_leads_to_a_place_of_the_file_or_is_told(label: str, at: Location | None) -> None:
    assert place(label or "›") == at


def test_what_is_blank_as_a_whole_may_be() -> None:
    assert place("绩效指标", BLANK) == ("绩效指标",)


@pytest.mark.parametrize(
    ("names", "number"),
    [
        (("甲", "乙"), 1),
        (("乙", "甲"), 0),
        (("丙", "甲", "乙"), 2),  # one was put in above
        (("甲", "丁"), 1),  # it was called otherwise
        (("甲",), None),  # it is gone
        (("乙", "乙"), 1),
    ],
)
def test_an_indicator_is_found_by_its_name_before_its_number(
    names: tuple[str, ...], number: int | None
) -> None:
    at = place("绩效指标 › 产出指标 › 数量指标 › 第2项 乙 › 类型", "定量", names=names)
    assert at == (None if number is None else ("绩效指标", "产出指标", "数量指标", number, "类型"))


def test_what_is_gone_leaves_no_gap() -> None:
    labels = ("第2份 › 名称", "第2份 › 文件", "第4份 › 名称")
    rows = [(Cell(f"佐证材料 › {label}", "", 0), Cell("甲", "", 1)) for label in labels]
    found = [one.at for one in restored(rows, record(), {})]
    assert found == [("佐证材料", 0, "名称"), ("佐证材料", 0, "文件"), ("佐证材料", 1, "名称")]


def test_a_text_that_was_taken_away_says_nothing_and_a_stray_one_is_told() -> None:
    def row(*texts: str) -> list[Cell]:
        return [Cell(text, "", at) for at, text in enumerate(texts)]

    rows = [row(BEYOND_TOLD), row(*BEYOND_COLUMNS), row("发布日期", ""), row("另附说明"), row("")]
    found = [*restored([*rows, row("发布日期", "2025-03-01", "注")], record(), {})]
    assert [(one.text.text, one.at) for one in found] == [
        ("另附说明", None), ("2025-03-01", ("发布日期",)), ("注", None),
    ]  # fmt: skip
