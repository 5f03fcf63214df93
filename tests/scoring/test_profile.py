"""Scoring profiles: the built-in ones are sound, a site's own are told what is wrong with them."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from builder import content
from builder.content import Settings
from builder.diagnostics import Diagnostics, Severity, Span, catalogue
from builder.scoring import Profile, Rounding
from builder.scoring.profile import BUILT_IN
from tests.support.reports import changed, examine, profiles

BUILT = sorted(path.stem for path in BUILT_IN.glob("*.yaml"))
DEFAULT = (BUILT_IN / "上海市级.yaml").read_text(encoding="utf-8")


def own(tmp_path: Path, **texts: str) -> tuple[Settings, list[str]]:
    """The settings with a site's own profiles, and code and place of what was told."""
    folder = tmp_path / "content" / "profiles"
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    found = content.settings(folder.parent, diagnostics)
    return found, [f"{d.rule.code} {d.span}" for d in diagnostics]


def test_built_in_profiles_are_those_promised() -> None:
    promised = {
        "上海市级", "上海区级", "财政部2020", "湖北", "安徽", "四川", "云南", "转移支付",
        "衔接资金", "财政部2019", "武汉不计分", "转移支付带到位", "银川", "海南",
        "内蒙古", "甘肃", "天津", "安徽部门整体", "湖南部门整体", "重庆部门整体",
    }  # fmt: skip
    assert profiles().by_name.keys() == promised == set(BUILT)
    assert profiles().unusable == frozenset()


@pytest.mark.parametrize("name", BUILT)
def test_built_in_profile_fits_together(name: str) -> None:
    profile = profiles().by_name[name]
    if profile.weights:
        assert sum(profile.weights.values()) + (profile.execution.weight or 0) == 100
    grades = [band.grade for band in profile.bands]
    assert len(grades) == len(set(grades))
    words = [word for tier in profile.tiers for word in tier.words]
    assert len(words) == len(set(words))
    assert all(0 <= tier.lower < tier.upper <= 100 for tier in profile.tiers)
    if profile.is_scored:
        assert profile.grade(Decimal(0)) is not None
        assert max(tier.upper for tier in profile.tiers) == 100
    else:
        assert profile.execution.weight is None


@pytest.mark.parametrize("name", BUILT)
def test_every_setting_names_its_evidence(name: str) -> None:
    """A figure that decides about points has a comment on its line."""
    text = (BUILT_IN / f"{name}.yaml").read_text(encoding="utf-8")
    deciding = re.compile(r"  (分值: [0-9]|分母: |执行率: \{|得分: \{|反向指标: |不适用: )")
    assert [line for line in text.splitlines() if deciding.match(line) and "#" not in line] == []


MENDED = {
    "whole": ("计分: 否\n" + DEFAULT.replace("名称: 上海市级", "名称: 本区"), ""),
    "inherits": ("基于: 上海市级\n名称: 本区\n", ""),
    "inherits twice": ("基于: 云南\n名称: 本区\n", ""),
}


@pytest.mark.parametrize("name", MENDED)
def test_own_profile(name: str, tmp_path: Path) -> None:
    text, told = MENDED[name]
    found, codes = own(tmp_path, 本区=text)
    assert ", ".join(codes) == told
    assert "本区" in found.profiles.by_name


def test_own_profile_takes_what_it_does_not_name(tmp_path: Path) -> None:
    settings = "须说明: {执行率低于: 80}\n预算执行:\n  执行率: {小数位: 1, 舍入: 截断}\n"
    found, _ = own(tmp_path, 本区=f"基于: 云南\n名称: 本区\n{settings}")
    mine, base = (found.profiles.by_name[name] for name in ("本区", "云南"))
    assert mine.weights == base.weights
    assert mine.scoring == base.scoring
    assert mine.limits.rate == 80
    assert mine.limits.warning is None  # a setting is taken whole
    assert mine.execution.weight is None
    assert f"{mine.execution.rate.apply(Decimal('97.809'))}" == "97.8"


def test_own_profile_may_replace_a_built_in_one(tmp_path: Path) -> None:
    found, codes = own(tmp_path, 云南="基于: 云南\n名称: 云南\n版式: 安徽\n")
    assert codes == []
    assert found.profiles.by_name["云南"].layout == "安徽"
    assert found.profiles.by_name["上海市级"] == profiles().by_name["上海市级"]


def based(text: str) -> str:
    return f"基于: 上海市级\n名称: 本区\n{text}\n"


BROKEN = {
    "unknown base": ("基于: 上海市\n名称: 本区\n", "P101 1:5"),
    "itself": ("基于: 本区\n名称: 本区\n", "P101 1:5"),
    "other name": ("基于: 上海市级\n名称: 某区\n", "P102 2:5"),
    "scored without rules": (
        "基于: 转移支付\n名称: 本区\n计分: 是\n指标计分:\n定性分档: []\n",
        "P103 2:1",
    ),
    "points without a rounding": (
        based("预算执行:\n  分值: 10\n  执行率: {小数位: 2, 舍入: 截断}"),
        "P103 4:3",
    ),
    "unknown rules": (
        based("严重程度: {C999: 提示, S102: 警告, C104: 警告}"),
        "P104 3:8, P104 3:18",
    ),
    "gate off": (
        based("严重程度: {C703: 提示, C701: 提示, C702: 错误}"),
        "P105 3:8, P105 3:18",
    ),
    "no severity": (based("严重程度: {C104: 重要}"), "S108 3:14"),
    "no points": (
        based("预算执行:\n  分值: 0\n  执行率: {小数位: 2, 舍入: 截断}"),
        "S109 4:7",
    ),
    "share over 100": (
        based("定性分档:\n  - {档次: 达成, 上限: 120, 下限: 80, 写法: [达成]}"),
        "S109 4:18",
    ),
    "share below zero": (
        based("定性分档:\n  - {档次: 差, 上限: 60, 下限: -1, 写法: [差]}"),
        "S109 4:25",
    ),
    "digits": (based("总分: {小数位: 7, 舍入: 截断}"), "S108 3:11"),
    "half a digit": (based("总分: {小数位: 2.5, 舍入: 截断}"), "S108 3:11"),
    "rounding": (based("总分: {小数位: 2, 舍入: 进一}"), "S108 3:18"),
    "column": (based("预算执行: {预算数: 预算}"), "S103 3:1, S102 3:8"),
    "misspelt setting": (based("总份: {小数位: 2, 舍入: 截断}"), "S102 3:1"),
    "list": ("- 上海市级\n", "S101 1:1"),
    "broken": ("名称: {本区\n", "Y201 1:5"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_profile(name: str, tmp_path: Path) -> None:
    text, told = BROKEN[name]
    found, codes = own(tmp_path, 本区=text)
    told = told.replace(" ", " content/profiles/本区.yaml:").replace(
        ", content/profiles/本区.yaml:", ", "
    )
    assert ", ".join(codes) == told
    assert found.profiles.by_name.keys() >= set(BUILT)
    assert ("本区" in found.profiles.by_name) == (name in ("unknown rules", "gate off"))


def test_no_profile_opens_a_gate(tmp_path: Path) -> None:
    """What a site or a rule of disclosure demands stands above the profile's severities."""
    found, _ = own(tmp_path, 本区=based("严重程度: {C701: 提示, C703: 提示}"))
    text = changed(
        ("实施单位:", "评分规则: 本区\n实施单位:"), ("全年开班", "电话13800138000，全年开班")
    )
    told = {d.rule.code: d.severity for d in examine(text, known=found).found}
    assert told["C701"] is Severity.WARNING
    demanded = examine(text, known=found, review_required=True).found
    assert {d.severity for d in demanded if d.rule.code == "C703"} == {Severity.ERROR}
    raised, _ = own(tmp_path / "raised", 本区=based("严重程度: {C701: 错误}"))
    told = {d.rule.code: d.severity for d in examine(text, known=raised).found}
    assert told["C701"] is Severity.ERROR


def test_reports_under_a_broken_profile_are_not_blamed(tmp_path: Path) -> None:
    known, _ = own(tmp_path, 本区="计分: 是\n", 上海市级="名称: [")
    assert known.profiles.unusable == {"本区", "上海市级"}
    for text in (changed(), changed(("年度: 2024", "年度: 2024\n评分规则: 本区"))):
        assert examine(text, known=known).found == []
    diagnostics = Diagnostics()
    assert known.profiles.find("某区", Span("x"), diagnostics) is None
    assert [d.rule for d in diagnostics] == [catalogue.UNKNOWN_PROFILE]


def test_linked_folder_is_not_read(tmp_path: Path) -> None:
    own(tmp_path / "elsewhere", 本区="基于: 上海市级\n名称: 本区\n")
    link = tmp_path / "content" / "profiles"
    link.parent.mkdir()
    link.symlink_to(tmp_path / "elsewhere" / "content" / "profiles")
    diagnostics = Diagnostics()
    assert content.settings(link.parent, diagnostics).profiles.by_name.keys() == set(BUILT)
    assert [d.rule for d in diagnostics] == [catalogue.NOT_A_FILE]


def test_severity_is_the_profiles_word(tmp_path: Path) -> None:
    text = changed(("全年执行数: 95.00", "全年执行数: 80.00"))
    for word, severity in (("提示", Severity.INFO), ("错误", Severity.ERROR)):
        known, codes = own(
            tmp_path / word, 上海市级=f"基于: 上海市级\n名称: 上海市级\n严重程度: {{C206: {word}}}"
        )
        assert codes == []
        assert [d.severity for d in examine(text, known=known).found] == [severity]


@pytest.mark.parametrize(
    ("digits", "mode", "value", "printed"),
    [
        ("2", "四舍五入", "8.6183", "8.62"),
        ("2", "四舍五入", "8.625", "8.63"),
        ("2", "四舍五入", "8.615", "8.62"),
        ("2", "截断", "97.4499", "97.44"),
        ("0", "截断", "99.9854", "99"),
        ("0", "四舍五入", "59.5", "60"),
        ("2", "截断", "-0.009", "-0.00"),
    ],
)
def test_rounding(digits: str, mode: str, value: str, printed: str) -> None:
    rounding = Rounding.model_validate({"小数位": digits, "舍入": mode})
    assert f"{rounding.apply(Decimal(value))}" == printed
    assert rounding.in_words().startswith(mode)


def test_bands_need_no_order() -> None:
    profile = profiles().by_name["上海市级"]
    shuffled = profile.model_copy(update={"bands": tuple(reversed(profile.bands))})
    assert isinstance(shuffled, Profile)
    assert shuffled.grade(Decimal(95)) == "优"
    assert profile.model_copy(update={"bands": ()}).grade(Decimal(95)) is None
