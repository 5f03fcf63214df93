"""Layouts: the built-in ones are sound, an own one is told its faults, years have versions."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import content
from builder.content import Settings
from builder.diagnostics import Diagnostics
from builder.layouts import LAYOUTS, Layout
from tests.support.reports import changed, examine, settings

BUILT = sorted(path.stem for path in LAYOUTS.folder.glob("*.yaml"))


def own(tmp_path: Path, **texts: str) -> tuple[Settings, list[str]]:
    """The settings with a site's own files (`layouts/本区`), and what was told where."""
    for name, text in texts.items():
        path = tmp_path / "content" / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    found = content.settings(tmp_path / "content", diagnostics)
    return found, [f"{d.rule.code} {d.span}" for d in diagnostics]


def layout(found: Settings, name: str) -> Layout:
    return found.layouts.by_name[name]


def test_every_profile_has_its_layout() -> None:
    layouts = settings().layouts.by_name
    assert layouts.keys() == set(BUILT)
    assert {profile.layout for profile in settings().profiles.by_name.values()} <= layouts.keys()


@pytest.mark.parametrize("name", BUILT)
def test_usual_weights_are_of_groups_that_the_form_has(name: str) -> None:
    profile = settings().profiles.by_name[name]
    assert set(profile.weights) <= set(layout(settings(), profile.layout).indicators.groups)


def test_own_layout_takes_what_it_does_not_name(tmp_path: Path) -> None:
    """Setting by setting inside a block; a setting is taken whole."""
    text = "基于: 安徽\n名称: 本区\n资金单位: 元\n资金:\n  可增行: 是\n  列: {全年预算数: 预算}\n"
    found, codes = own(tmp_path, layouts__本区=text)
    mine, base = layout(found, "本区"), layout(found, "安徽")
    assert codes == []
    assert (mine.money_unit, mine.funds.open_rows) == ("元", True)
    assert mine.funds.columns == {"全年预算数": "预算"}
    assert mine.funds.rows == base.funds.rows
    assert (mine.goals, mine.indicators) == (base.goals, base.indicators)


def test_profile_and_layout_change_without_one_another(tmp_path: Path) -> None:
    found, codes = own(
        tmp_path,
        layouts__本区="基于: 安徽\n名称: 本区\n资金单位: 元\n",
        profiles__本区="基于: 湖北\n名称: 本区\n版式: 本区\n",
    )
    assert codes == []
    text = changed(("年度: 2024", "年度: 2024\n评分规则: 本区"), ("当年财政拨款", "本年财政拨款"))
    document = examine(text, known=found).document
    assert document
    assert document.layout.money_unit == "元"
    assert document.card.execution.weight == 20


BROKEN = {
    "unknown layout": (
        {"profiles__本区": "基于: 云南\n名称: 本区\n版式: 云\n"},
        "P106 profiles:3:5",
    ),
    "unknown base": ({"layouts__本区": "基于: 云\n名称: 本区\n"}, "P106 layouts:1:5"),
    "other name": ({"layouts__本区": "基于: 云南\n名称: 某区\n"}, "P102 layouts:2:5"),
    "year in the name alone": (
        {"layouts__本区-2024": "基于: 云南\n名称: 本区\n"},
        "P102 layouts-2024:2:5",
    ),
    "in the old place": (
        {"profiles__本区": "基于: 云南\n名称: 本区\n资金单位: 元\n资金列: {分值: 分}\n"},
        "P107 profiles:3:1, P107 profiles:4:1",
    ),
    "misspelt": (
        {"layouts__本区": "基于: 云南\n名称: 本区\n资金: {行数: 3}\n"},
        "S102 layouts:3:6",
    ),
    "no column": (
        {"layouts__本区": "基于: 云南\n名称: 本区\n资金:\n  列: {预算数: 预算}\n"},
        "S102 layouts:4:7",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_layout(name: str, tmp_path: Path) -> None:
    files, told = BROKEN[name]
    _, codes = own(tmp_path, **files)
    shown = [
        code.replace("content/", "").replace("/本区", "").replace(".yaml", "") for code in codes
    ]
    assert ", ".join(shown) == told


def test_a_form_that_changes_leaves_earlier_years_as_they_were(tmp_path: Path) -> None:
    found, codes = own(
        tmp_path,
        **{
            "layouts__云南-2024": "基于: 云南\n名称: 云南\n自年度: 2024\n资金单位: 元\n",
            "layouts__云南": "基于: 云南\n名称: 云南\n表名: 旧表\n",
            "profiles__云南-2024": "基于: 云南\n名称: 云南\n自年度: 2024\n预算执行:\n"
            "  分值: 20\n  执行率: {小数位: 1, 舍入: 截断}\n"
            "  得分: {依据: 精确比值, 小数位: 0, 舍入: 截断}\n",
            "profiles__云南": "基于: 云南\n名称: 云南\n",
        },
    )
    assert codes == []
    text = changed(("年度: 2024", "年度: 2024\n评分规则: 云南"))
    old, new = (
        examine(text.replace("年度: 2024", f"年度: {year}"), known=found).document
        for year in (2023, 2024)
    )
    assert old
    assert new
    assert (old.layout.form_title, old.layout.money_unit) == ("旧表", "万元")
    assert (new.layout.form_title, new.layout.money_unit) == ("项目支出绩效自评表", "元")
    assert [d.card.execution.weight for d in (old, new)] == [10, 20]


def test_a_rule_that_is_not_there_yet_is_told_from_when(tmp_path: Path) -> None:
    rule = "基于: 云南\n名称: 本区\n自年度: 2025\n"
    found, codes = own(tmp_path, **{"profiles__本区-2025": rule})
    assert codes == []
    finding = examine(changed(("年度: 2024", "年度: 2024\n评分规则: 本区")), known=found)
    assert finding.codes == ["P101"]
    assert "2025" in finding.found[0].hint
