"""Every rule at its place: `cases/<code>-<name>.yaml` hold what they expect to be told.

`# 期望: C303 @ 13` expects C303 at column 13 of the next line that is no expectation, and
`# 期望: C303 @ 12:13` at line 12, for places that no comment can stand above. Errors and
warnings must be exactly the expected ones; infos at least those. `# 选项: 发布` runs a case
under the rules of release. Files that an editor would mend stand in `FILES`, mistakes of
the folder in `FOLDERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from builder import content, source
from builder.cli.main import main
from builder.diagnostics import Diagnostics, Severity, catalogue
from builder.model import Site
from builder.records import decode
from tests.support.reports import GOOD, Finding, examine

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))
EXPECTATION = re.compile(r" *# 期望: ([A-Z][0-9]{3}) @ (?:([0-9]+):)?([0-9]+)")
RELEASE = "# 选项: 发布"

Place = tuple[str, int, int]


def expected(text: str) -> set[Place]:
    """The places that a case names: code, line, column."""
    lines = text.split("\n")
    places = set()
    for number, line in enumerate(lines, start=1):
        found = EXPECTATION.fullmatch(line)
        if found:
            below = number
            while EXPECTATION.fullmatch(lines[below]):
                below += 1
            places.add((found[1], int(found[2] or below + 1), int(found[3])))
    return places


def told(finding: Finding, places: set[Place]) -> set[Place]:
    """What was told: all errors and warnings, and those infos that were expected."""
    return {
        place
        for place, diagnostic in zip(finding.places, finding.found, strict=True)
        if diagnostic.severity is not Severity.INFO or place in places
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    places = expected(text)
    assert path.stem.partition("-")[0] in {code for code, _, _ in places}
    assert told(examine(text, release=RELEASE in text), places) == places


def test_good_report_is_not_criticized() -> None:
    finding = examine(GOOD)
    assert finding.found == []
    assert finding.document is not None
    assert f"{finding.document.card.total}" == "99.50"


@pytest.mark.parametrize("path", [p for p in CASES if p.stem.startswith("C7")], ids=str)
def test_release_makes_errors(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    wanted = {code for code, _, _ in expected(text)}
    found = examine(text, release=True).found
    assert wanted <= {d.rule.code for d in found if d.severity is Severity.ERROR}
    assert all(d.severity is Severity.ERROR for d in found if d.rule.release)


def holding(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def laughs(path: Path) -> None:
    """The billion laughs: nine lists, each of nine times the one before."""
    lists = ["a0: &a0 [哈]"]
    lists += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    path.write_text("\n".join(lists), encoding="utf-8")


HEAD = "年度: 2024\n项目名称: ".encode()
Writer = Callable[[Path], object]
FILES: dict[str, tuple[str, int, int, Writer]] = {
    "gbk": ("Y101", 1, 1, holding(GOOD.encode("gbk"))),
    "utf-16": ("Y101", 1, 1, holding(GOOD.encode("utf-16"))),
    "utf-16 without a mark": ("Y101", 1, 1, holding("a: 年度".encode("utf-16-le"))),
    "latin-1": ("Y101", 2, 10, holding(HEAD + b"caf\xe9\n")),
    "latin-1 behind a mark": ("Y101", 2, 7, holding(b"\xef\xbb\xbf" + HEAD + b"\xe9\n")),
    "cut in a character": ("Y101", 2, 7, holding(HEAD + "党".encode()[:2])),
    "folder": ("Y102", 1, 1, lambda path: path.mkdir()),
    "link": ("Y102", 1, 1, lambda path: path.symlink_to("/etc/hostname")),
    "link to nothing": ("Y102", 1, 1, lambda path: path.symlink_to("nothing.yaml")),
    "one byte over": ("Y103", 1, 1, holding(b"#" * (source.MAX_BYTES + 1))),
    "gone": ("Y104", 1, 1, Path.absolute),
    "empty": ("Y105", 1, 1, holding(b"")),
    "only a mark": ("Y105", 1, 1, holding(b"\xef\xbb\xbf")),
    "blank": ("Y105", 1, 1, holding(b"\n\n---\n...\n")),
    "bell": ("Y106", 2, 8, holding(HEAD + "公\a益\n".encode())),
    "delete": ("Y106", 2, 8, holding(HEAD + "公\x7f益\n".encode())),
    "no character": ("Y106", 2, 8, holding(HEAD + "公\uffff益\n".encode())),
    "billion laughs": ("Y203", 1, 5, laughs),
    "100,000 brackets": ("Y206", 2, 22, holding(HEAD + b"[" * 100_000)),
    "100,000 dashes": ("Y206", 1, 33, holding(b"- " * 100_000)),
    "100,000 braces": ("Y207", 2, 8, holding(HEAD + b"{" * 100_000)),
}


@pytest.mark.parametrize("name", FILES)
def test_file(name: str, tmp_path: Path) -> None:
    code, line, column, write = FILES[name]
    path = tmp_path / "case.yaml"
    write(path)
    assert (code, line, column) in examine(path).places


FOLDERS = {
    "S302-space": ("S302", "2024/公益 培训.yaml", "2024/公益 培训.yaml"),
    "S302-reserved": ("S302", "2024/index.yaml", "2024/index.yaml"),
    "S302-reserved in another case": ("S302", "2024/Deviations.yaml", "2024/Deviations.yaml"),
    "S302-device of Windows": ("S302", "2024/Con.yaml", "2024/Con.yaml"),
    "S310-case": ("S310", "2024/A.yaml", "2024/a.yaml"),
    "S311-extension": ("S311", "2024/a.yml", "2024/a.yml"),
    "S311-no-year": ("S311", "二〇二四/a.yaml", "二〇二四"),
    "S311-no-folder": ("S311", "a.yaml", "a.yaml"),
    "S311-site": ("S311", "Site.yml", "Site.yml"),
    "S311-preface-of-no-year": ("S311", "compendium.md", "compendium.md"),
    "S311-profile": ("S311", "profiles/本区.yml", "profiles/本区.yml"),
    "S311-profiles": ("S311", "Profile/本区.yaml", "Profile"),
    "S311-table": ("S311", "tables/公开表.yml", "tables/公开表.yml"),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_folder(name: str, tmp_path: Path) -> None:
    code, path, at = FOLDERS[name]
    for file in (path, f"2024/{'a' if code == 'S310' else 'good'}.yaml"):
        (tmp_path / "content" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / file).write_text(GOOD, encoding="utf-8")
    diagnostics = Diagnostics()
    found = content.entries(tmp_path / "content", (), diagnostics)
    assert [(d.rule.code, f"{d.span}") for d in diagnostics] == [(code, f"content/{at}:1:1")]
    assert len(found) == 1


def test_linked_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "good.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "2024").symlink_to(tmp_path / "2024")
    diagnostics = Diagnostics()
    assert content.entries(tmp_path / "content", (), diagnostics) == []
    assert [f"{d.rule.code} {d.span}" for d in diagnostics] == ["Y102 content/2024:1:1"]


def test_no_folder(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    assert content.entries(tmp_path / "content", (), diagnostics) == []
    assert [d.rule.code for d in diagnostics] == ["S312"]


PREFACES = {
    "# 总体情况": [(1, 1)],
    "总体情况\n===": [(2, 1)],
    "一段。\n\n| 部门 | 个数 |\n|:--|--:|\n| 甲 | 1 |": [(3, 1), (4, 1), (5, 1)],
    "部门 | 个数\n--- | ---": [(2, 1)],
    "见[通知](https://example.gov.cn/)。\n![图](a.png)": [(1, 1), (2, 1)],
    "  > 引文": [(1, 3)],
    "```\nx\n```": [(1, 1), (3, 1)],
    "第一行<br>第二行": [(1, 1)],
    "##标题\n#标题\n***\n正文": [(1, 1), (2, 1), (3, 1)],
    "用`jixiao`生成，*倾斜*的字": [(1, 1)],
    # What is allowed, and what only looks like marks.
    "本书汇编**全市**自评表：\n\n- 甲\n- 乙\n\n1. 一\n2. 二": [],
    "#1 机组、C# 语言；*注：3*4*5=60；得分>90 的，|x|<1；[2024]12号（见附件）": [],
    "https://example.gov.cn/a_b_c": [],
    "- 项目 — 一二三\n\n2024-12-31": [],
}


@pytest.mark.parametrize("text", PREFACES)
def test_marks_that_a_preface_does_not_know(text: str) -> None:
    diagnostics = Diagnostics()
    assert content.understand_preface(text, "content/2024/compendium.md", diagnostics)
    assert [(d.span.line, d.span.column) for d in diagnostics] == PREFACES[text]
    assert {(d.rule.code, d.severity) for d in diagnostics} <= {("T104", Severity.WARNING)}


@pytest.mark.parametrize("piece", ["-", "|", "[", "[](", "*", "`", "- |", "a*", "--:"])
def test_a_long_line_of_a_preface_costs_little(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert content.understand_preface(text, "content/2024/compendium.md", Diagnostics()) == text


def test_check_and_build_look_at_prefaces(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    year = tmp_path / "content/2024"
    year.mkdir(parents=True)
    (year / "a.yaml").write_text(GOOD, encoding="utf-8")
    (year / "compendium.md").write_text("说明。\n\n## 总体情况\n", encoding="utf-8")
    folder = ["--content", str(tmp_path / "content")]
    assert main(["check", *folder]) == 0
    assert main(["build", *folder, "--output", str(tmp_path / "o"), "--no-pdf", "--jobs=1"]) == 0
    told_ = capsys.readouterr()
    assert (told_.out + told_.err).count("content/2024/compendium.md:3:1") == 2


SITES = {
    "S110": "主色: 红",
    "S111": "网址: example.gov.cn",
}
FEEDBACK = (
    "gk@example", "javascript:alert(1)", "example.gov.cn", "https://a.cn/?q", "a@b.cn?cc=c@d.cn",
)  # fmt: skip


@pytest.mark.parametrize("code", SITES)
def test_site(code: str) -> None:
    diagnostics = Diagnostics()
    text = f"名称: 绩效公开\n{SITES[code]}\n"
    found = source.parse(text, "content/site.yaml", content.LABELS, diagnostics)
    assert decode(found, Site, diagnostics) is None
    assert [(d.rule.code, d.span.line, d.span.column) for d in diagnostics] == [(code, 2, 5)]


@pytest.mark.parametrize("address", FEEDBACK)
def test_where_feedback_goes(address: str) -> None:
    diagnostics = Diagnostics()
    text = f"联系方式:\n  反馈: '{address}'\n"
    found = source.parse(text, "content/site.yaml", content.LABELS, diagnostics)
    assert decode(found, Site, diagnostics) is None
    assert [(d.rule.code, d.span.line, d.span.column) for d in diagnostics] == [("S111", 2, 7)]


@pytest.mark.parametrize(
    ("colour", "told"),
    [("#ffe14d", ["S112"]), ("#FFFFFF", ["S112"]), ("#9a2a22", []), ("#000000", []),
     # On white this is 4.5:1; on our paper it is not.
     ("#767676", ["S112"]), ("#747474", [])],
)  # fmt: skip
def test_a_pale_colour_is_told(colour: str, told: list[str]) -> None:
    diagnostics = Diagnostics()
    found = source.parse(
        f"名称: 绩效公开\n主色: '{colour}'\n", "content/site.yaml", content.LABELS, diagnostics
    )
    settings = content.understand_settings(found, {}, diagnostics)
    assert settings.site.colour == colour
    assert [d.rule.code for d in diagnostics] == told
    assert {(d.severity, f"{d.span}") for d in diagnostics} == {
        (Severity.WARNING, "content/site.yaml:2:5") for _ in told
    }


ELSEWHERE = {
    "P102": "test_profile.py", "P103": "test_profile.py", "P104": "test_profile.py",
    "P105": "test_profile.py", "P106": "test_layout.py", "P107": "test_layout.py",
    "P108": "test_layout.py", "P109": "test_funds.py", "P110": "test_funds.py",
    "P111": "test_funds.py", "C211": "test_funds.py", "C212": "test_funds.py",
    "C213": "test_funds.py", "P112": "test_funds.py", "P117": "test_tables.py",
    "P118": "test_tables.py", "P113": "test_levels.py", "P114": "test_levels.py",
    "P115": "test_levels.py",
    "S337": "test_stages.py", "P119": "test_stages.py", "S318": "test_evidence.py",
    "S330": "test_layout.py", "S331": "test_layout.py",
    "S350": "test_handed.py", "S351": "test_handed.py", "S352": "test_handed.py",
    "C423": "test_yearly.py", "C424": "test_yearly.py", "C425": "test_yearly.py",
    "C605": "test_across.py", "C606": "test_across.py", "C608": "test_across.py",
    "F101": "test_fonts.py", "F102": "test_build.py", "F103": "test_fonts.py",
    "S313": "test_build.py",
    "F105": "test_lengths.py", "F106": "test_lengths.py",
    "T101": "test_site.py", "T102": "test_site.py", "T103": "test_site.py",
    "T105": "test_build.py",
}  # fmt: skip


def test_every_rule_has_a_case() -> None:
    here = {path.stem.partition("-")[0] for path in CASES}
    here |= {code for code, _, _, _ in FILES.values()} | {code for code, _, _ in FOLDERS.values()}
    here |= SITES.keys() | {"S112", "S312", "T104"}
    assert here | ELSEWHERE.keys() == catalogue.RULES.keys()
    assert not here & ELSEWHERE.keys()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("分值: 25", "分值: 25分", "改成 25，不写单位（单位：分）"),
        ("全年执行数: 95.00", "全年执行数: 95.00万元", "单位由评分规则规定，不同的先换算"),
    ],
)
def test_a_unit_is_told_of_the_field_that_it_stands_in(old: str, new: str, told: str) -> None:
    (found,) = (d for d in examine(GOOD.replace(old, new, 1)).found if d.rule.code == "S204")
    assert told in found.hint


@pytest.mark.parametrize(
    ("old", "new", "told", "untold"),
    [
        ("分值: 25", "分值: 满分", "如 10.00", "没有就写 0"),
        ("全年执行数: 95.00", "全年执行数: 无", "没有就写 0", "删去"),
    ],
)
def test_a_number_is_asked_for_as_its_field_wants_it(
    old: str, new: str, told: str, untold: str
) -> None:
    (found,) = (d for d in examine(GOOD.replace(old, new, 1)).found if d.rule.code == "S201")
    assert told in found.hint
    assert untold not in found.hint
