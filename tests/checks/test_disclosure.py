"""C7: what may be published, in every text that is; where it stands; what is let pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder import content
from builder.checks import check_site
from builder.checks.folding import Folded, folded
from builder.checks.sensitive import sensitive
from builder.content import Entry
from builder.diagnostics import Diagnostics, Severity
from tests.conftest import ROOT
from tests.support.reports import GOOD, changed, examine

LIST = (ROOT / "tests" / "data" / "sensitive.txt").read_text(encoding="utf-8").splitlines()
LINE = re.compile(r"([!=]) (.*?)(?: \[(.*)\])?")
MEANT = [(m[1] == "!", m[2], m[3]) for line in LIST if (m := LINE.fullmatch(line))]
GATES = ("C701", "C702", "C704", "C705")
GOAL = "全年开班十二期，参训教师覆盖各区，课程评价良好。"


def gates(text: str, *, release: bool = False) -> list[str]:
    """`C701 15:39` of everything of these rules."""
    found = examine(text, release=release).found
    return [f"{d.rule.code} {d.span.line}:{d.span.column}" for d in found if d.rule.code in GATES]


def test_the_list_is_one() -> None:
    assert len(MEANT) == len([line for line in LIST if not line.startswith("#")]) >= 100
    assert len({text for _, text, _ in MEANT}) == len(MEANT)
    assert 2 * sum(is_meant for is_meant, _, _ in MEANT) in range(90, 111)


def test_hardly_any_is_missed_and_hardly_any_cried_in_vain() -> None:
    """Found is what is found at its very place."""
    hits = misses = alarms = 0
    for is_meant, text, stretch in MEANT:
        found = [text[one.start : one.end] for one in sensitive(text)]
        hits += is_meant and stretch in found
        misses += is_meant and stretch not in found
        alarms += len(found) - (is_meant and stretch in found)
    assert hits / (hits + misses) >= 0.98
    assert hits / (hits + alarms) >= 0.95


def test_the_five_forms_are_innocent() -> None:
    for path in (ROOT / "content" / "2024").glob("*.yaml"):
        assert not gates(path.read_text(encoding="utf-8"))


def where(text: str, stretch: str) -> str:
    """Line and column at which a stretch of a file begins."""
    before = text[: text.index(stretch)].split("\n")
    return f"{len(before)}:{len(before[-1]) + 1}"


WRITTEN = {
    "plain": ("联系人１３９ １２３４-５６７８，已结。", "１３９ １２３４"),
    "quoted": ("'联系人''张''13912345678，已结。'", "13912345678"),
    "over two lines": ("联系人139\n      12345678，已结。", "139\n"),
    "block": ("|\n    已结，\n    联系人13912345678。", "13912345678"),
    "folded": (">-\n    已结，联系\n\n    人13912345678。", "13912345678"),
    "bold": ("联系人139**1234**5678，已结。", "139**1234"),
    "second of two": ("编号9913912345678，13912345678，已结。", "13912345678，已"),
    # What is hidden has the place of the whole text.
    "escaped": (r'"联系人\u0031\u0033912345678，已结。"', '"联系人'),
    "entity": ("联系人&#49;3912345678，已结。", "联系人&"),
    "tag": ("联系人139<b>1234</b>5678，已结。", "联系人139<"),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_a_finding_stands_where_its_author_wrote_it(way: str) -> None:
    written, stretch = WRITTEN[way]
    text = changed((GOAL, written))
    assert gates(text) == [f"C701 {where(text, stretch)}"]


def test_labels_and_the_name_of_the_file_are_published_too() -> None:
    rows = re.sub(r"(?s)项目资金:\n.*?\n\n", "", GOOD)
    row = "  机密专项: {全年预算数: 100.00, 全年执行数: 95.00}\n"
    text = f"{rows}评分规则: 转移支付\n项目资金:\n{row}"
    assert f"C702 {where(text, '机密')}" in gates(text)


def test_amounts_and_codes_are_no_telephones() -> None:
    text = changed(("全年执行数: 95.00", "全年执行数: 13912345678")) + "项目编码: 13912345678\n"
    assert not gates(text)
    assert gates(GOOD + "项目编码: 11010519491231002X\n")


WAIVED = "公开:\n  放行:\n    - {文字: %s, 理由: 是教材的名称，不涉密}\n"


def test_a_waiver_lets_pass_what_it_names_and_no_more() -> None:
    text = changed(("公益培训项目", "《保密 文件》公益培训项目"), (GOAL, f"教材机密。{GOAL}"))
    both = gates(text, release=True)
    assert len(both) == 2
    assert gates(text + WAIVED % "保密文件", release=True) == both[1:]
    assert gates(text + WAIVED % "《保密　文件》公益", release=True) == both[1:]
    waived = gates(text + WAIVED % "保密柜", release=True)
    assert waived[:2] == both
    assert [one.split()[0] for one in waived[2:]] == ["C704"]


def test_a_waiver_needs_a_reason() -> None:
    text = changed((GOAL, f"教材机密。{GOAL}"))
    assert "S103" in examine(text + "公开: {放行: [{文字: 机密}]}\n").codes
    assert "C705" in examine(text + "公开: {放行: [{文字: 机密, 理由: 无}]}\n").codes


def test_a_withheld_report_is_not_looked_through() -> None:
    text = changed((GOAL, f"教材机密。{GOAL}")) + "公开: {范围: 不公开, 理由: 涉密}\n"
    assert not gates(text, release=True)


def site(folder: Path, *, release: bool = False) -> list[str]:
    """What is told of a content folder's settings, profiles and 前言."""
    diagnostics = Diagnostics()
    settings = content.settings(folder, diagnostics)
    assert not list(diagnostics)
    entries = [Entry(folder / "2024/a.yaml", "content/2024/a.yaml", "2024", "a")]
    prefaces = content.prefaces(folder, entries, diagnostics)
    check_site(settings, prefaces.values(), diagnostics, release=release)
    severity = Severity.ERROR if release else Severity.WARNING
    assert all(d.severity is severity for d in diagnostics if d.rule.release)
    return [f"{d.rule.code} {d.span}" for d in diagnostics if d.rule.code.startswith("C7")]


def test_what_belongs_to_no_report_is_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    for path, text in {
        "site.yaml": "名称: 绩效公开\n说明: 联系人13912345678。\n"
        "联系方式: {电话: 139 1234 5678, 邮箱: a@qq.com, 地址: 11010519491231002X}\n",
        "profiles/本区.yaml": "基于: 云南\n名称: 本区\n说明: 内部文件。\n",
        "2024/compendium.md": "# 前言\n\n本书秘密 ★ 1年。\n",
        "2023/compendium.md": "无妨。\n",
        "notes/compendium.md": "机密\n",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    expected = [
        "C702 content/2024/compendium.md:3:3",
        "C702 content/profiles/本区.yaml:3:5",
        "C701 content/site.yaml:2:8",
        "C701 content/site.yaml:3:45",
    ]
    assert site(folder) == site(folder, release=True) == expected
    with (folder / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("放行:\n  - {文字: 秘密★, 理由: 举例}\n  - {文字: 绝密, 理由: 举例}\n")
    assert site(folder) == [*expected[1:], "C704 content/site.yaml:6:10"]


@pytest.mark.parametrize("waiver", ["", "公开: {放行: [{文字: 密机, 理由: 设备名称}]}\n"])
def test_a_text_of_nothing_but_findings_costs_no_more_than_its_length(waiver: str) -> None:
    """Five thousand of them were half a minute, each one folding the whole text again."""
    text = changed(("面向全市教师举办公益培训，提升教学能力。", "机密" * 4_900)) + waiver
    folds = 0

    def counted(text: str) -> Folded:
        nonlocal folds
        folds += len(text)
        return folded(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builder.checks.disclosure.folded", counted)
        found = examine(text).found
    told = [d for d in found if d.rule.code == "C702"]
    assert 1 <= len(told) <= 100
    assert folds < 100_000
