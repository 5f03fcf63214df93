"""What a form has no place for: all of it, and nothing that is not for the public."""

from __future__ import annotations

import pytest

from builder.export import beyond
from builder.views import form_view
from tests.support.exchange import leaves, published
from tests.support.forms import filled


def rows(name: str) -> dict[str, str]:
    document = filled()[name]
    found = beyond(document, form_view(document))
    assert len(dict(found)) == len(found)
    return dict(found)


def test_it_leads_by_labels_and_by_the_names_that_the_form_shows() -> None:
    found = rows("2024/neimenggu")
    assert found["评分规则"] == "内蒙古"
    assert found["佐证材料 › 第1份 › 名称"] == "调解台账"
    assert found["绩效指标 › 效益指标 › 社会效益 › 第1项 矛盾纠纷化解 › 类型"] == "定性"
    assert (
        found["绩效指标 › 产出指标 › 数量指标 › 第1项 调解矛盾纠纷 › 批复 › 年度指标值"]
        == "≥280(件)"
    )
    assert "年度" not in found


def test_nothing_is_told_that_is_not_public() -> None:
    text = str(rows("2024/neimenggu"))
    assert not any(word in text for word in ("登记", "公开", "审查", "内部备注", "核对", "总分"))


@pytest.mark.parametrize("name", filled())
def test_with_the_form_it_is_all_that_is_published(name: str) -> None:
    """A target in several columns is one value all the same."""
    document = filled()[name]
    view, value = form_view(document), published(document)
    cells = [c for row in (*view.groups(), *(s.rows for s in (*view.opening, *view.closing)))
             for one in row for c in one.cells]  # fmt: skip
    shown = {cell.place for cell in cells}
    parts = {
        (*at[:-1], "年度指标值") for at in shown if at and at[-1] in ("指标数值", "调整指标值")
    }
    typed = [text for at, text in leaves(value) if at not in shown | parts]
    told = [*rows(name).values()]
    assert typed == ([f"{document.report.year}", *told] if "年度" not in rows(name) else told)
