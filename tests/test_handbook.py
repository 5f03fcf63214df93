"""docs/作者手册.md is true: its files build, its tables recompute, its commands answer so.

The page itself is the data. A block opened by ```yaml and a path is a complete file of that
name; one opened by ```console is commands and what they print (…… stands for anything), given
the files of `OF_OFFICES`; tables are found by their headings. `误写成` changes a file for the
next console block only; one opened by ```diff and a path changes it for good (…… stands for
lines that stay).
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from builder import content, source
from builder.checks import check
from builder.cli.main import main
from builder.content.folder import RESERVED
from builder.diagnostics import Diagnostics, catalogue
from builder.export import TABLES, own_tables
from builder.layouts import LAYOUTS, FundsBlock, IndicatorsBlock, Layout
from builder.layouts.entry import Entry as LayoutEntry
from builder.layouts.layout import GoalsBlock
from builder.model import (
    TARGET,
    TOTAL_ROW,
    Amounts,
    Approval,
    Cancelled,
    Contact,
    Declared,
    Disclosure,
    Evidence,
    Goals,
    Indicator,
    Recheck,
    Report,
    Review,
    Site,
    labels,
)
from builder.model.site import Binding
from builder.model.stages import Approved
from builder.office import limits
from builder.records import Record
from builder.scoring import (
    Amount,
    Bound,
    Deadline,
    Document,
    NotApplicable,
    Points,
    Profile,
    Quality,
    Range,
    Rounding,
    Scorecard,
    plain,
)
from builder.scoring.notation import read_result, read_target
from builder.scoring.profile import (
    BUILT_IN,
    Band,
    Execution,
    Limits,
    ScoreRounding,
    Scoring,
    Tier,
)
from builder.scoring.target import Result, Target
from tests.conftest import ROOT
from tests.support import office_forms
from tests.support.scores import score

FOLDER = ROOT / "docs"
HANDBOOK = (FOLDER / "作者手册.md").read_text(encoding="utf-8")
OWN_LAYOUT = (FOLDER / "写一个版式.md").read_text(encoding="utf-8")
EXAMPLE = "content/2024/jiaoshi-peixun.yaml"
UNSCORED_EXAMPLE = "content/2024/gonglu-yanghu.yaml"
WHOLE_EXAMPLE = "content/2024/linyeju-zhengti.yaml"
YEAR_EXAMPLE, YEAR = "content/2025/jiaoshi-peixun.yaml", "7 一个项目的一年"
SITE, OWN = "content/site.yaml", "content/profiles/本区.yaml"
HANDED = "content/tables/公开表.yaml"
LAYOUTS_SHOWN = {
    f"content/layouts/{name}.yaml" for name in ("本区", "本市", "云南-2025", "本省部门整体")
}
UNSCORED, TO_FILL_IN, NOT_FILLED, SILENT = "不计分", "须填写", "不填", "不报"
REASON = "设备检修推迟了工作，下年度提前安排。"


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: what follows the fence (`yaml content/x.yaml`), its text, its place."""

    info: str
    text: str
    start: int

    @property
    def path(self) -> str:
        """The file that it is, or that it changes."""
        return self.info.partition(" ")[2]


def blocks(text: str = HANDBOOK) -> Iterator[Block]:
    for found in re.finditer(r"^```(.*)\n((?:.*\n)*?)```$", text, re.MULTILINE):
        yield Block(found[1], found[2], found.start())


FILES = {
    block.info.removeprefix("yaml "): block.text
    for block in blocks()
    if block.info.startswith("yaml ")
}
EXCERPTS = [block.text for block in blocks() if block.info == "yaml"]
BEFORE, _, LATER = HANDBOOK.partition(f"\n## {YEAR}\n")
WITHIN = range(len(BEFORE), len(HANDBOOK) - len(LATER[LATER.index("\n## ") :]))  # that chapter
OUTSIDE = re.sub(r"^```.*\n(?:.*\n)*?```$", "", HANDBOOK, flags=re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table by its column heads; `section` and `above` say what it belongs to."""

    section: str
    above: str
    cells: Mapping[str, str]

    def __getitem__(self, head: str) -> str:
        return self.cells[head]


def _tables() -> Iterator[Line]:
    section, above, heads = "", "", list[str]()
    for text in OUTSIDE.splitlines():
        if text.startswith("|"):
            cells = [cell.strip() for cell in text.strip("|").split("|")]
            if not heads:
                heads = cells
            elif not set(text) <= set("|- "):
                yield Line(section, above, dict(zip(heads, cells, strict=True)))
            continue
        heads = []
        if text.startswith("#"):
            section = text.lstrip("# ")
        if text:
            above = text


@cache
def table(*heads: str) -> tuple[Line, ...]:
    """The rows of every table with exactly these column heads; there must be some."""
    rows = tuple(row for row in _tables() if tuple(row.cells) == heads)
    assert rows, heads
    return rows


def codes(text: str) -> list[str]:
    """The texts between backticks."""
    return re.findall(r"`([^`\n]+)`", text)


def figures(text: str) -> set[Decimal]:
    return {Decimal(digits) for digits in re.findall(r"[0-9]+(?:\.[0-9]+)?", text)}


@cache
def profiles(*, own: bool = False, folder: Path = ROOT) -> Mapping[str, Profile]:
    diagnostics = Diagnostics()
    found = content.settings(folder / "content" if own else folder / "none", diagnostics)
    assert not list(diagnostics)
    return found.profiles.by_name


def layout(profile: Profile) -> Layout:
    return content.built_in_settings().layouts.by_name[profile.layout]


def profile_above(row: Line) -> Profile:
    """The profile that the line above a table names: 按“上海市级”."""
    named = re.search("按“(.+?)”", row.above)
    assert named, row.above
    return profiles()[named[1]]


def funds(profile: Profile, budget: str, spent: str) -> dict[str, dict[str, str]]:
    first = next(iter(layout(profile).funds.rows))
    return {first: {"年初预算数": budget, "全年预算数": budget, "全年执行数": spent}}


def scored(
    profile: Profile, *entries: dict[str, Any], budget: str = "100", spent: str = "100"
) -> Scorecard:
    """A report with these indicators, scored."""
    indicators = [{"三级指标": f"甲{number}", **entry} for number, entry in enumerate(entries)]
    report = Report.model_validate(
        {
            "年度": "2024",
            "项目名称": "例",
            "主管部门": "例",
            "实施单位": "例",
            "项目资金": funds(profile, budget, spent),
            "年度总体目标": {"预期目标": "例", "实际完成情况": "例"},
            "绩效指标": {"产出指标": {"数量指标": indicators}},
        }
    )
    return score(report, profile)


def points(profile: Profile, target: str, actual: str, weight: str) -> Points:
    entry = {"年度指标值": target, "实际完成值": actual, "分值": weight}
    return scored(profile, entry).points[0]


def shown(value: Decimal | None) -> str:
    return TO_FILL_IN if value is None else f"{value}"


# ------------------------------------------------------------------------------------ files


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the five forms, and we are in it."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, path: str, text: str) -> None:
    """A file of the handbook, with the public 佐证材料 that it names."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    for evidence in re.findall(r"文件: (\S+), 内部: 否", text):
        (file.parent / evidence).parent.mkdir(exist_ok=True)
        (file.parent / evidence).write_bytes(b"%PDF-")


def examine(folder: Path) -> tuple[list[str], list[Document]]:
    """The codes of everything that is found in a content folder, and its documents."""
    diagnostics = Diagnostics()
    settings = content.settings(folder / "content", diagnostics)
    documents = []
    for entry in content.entries(folder / "content", (), diagnostics):
        found = content.read(entry, diagnostics)
        document = content.understand(found, entry, settings, diagnostics)
        if document:
            check(document, diagnostics)
            documents.append(document)
    return [diagnostic.rule.code for diagnostic in diagnostics], documents


def test_complete_files_are_faultless(tmp_path: Path) -> None:
    for path, text in FILES.items():
        write(tmp_path, path, text)
    found, documents = examine(tmp_path)
    assert found == []  # site.yaml asks for review dates: the examples have one
    assert [document.profile.is_scored for document in documents] == [False, True, True, True]
    assert "本区" in profiles(own=True, folder=tmp_path)
    examples = {EXAMPLE, UNSCORED_EXAMPLE, WHOLE_EXAMPLE, YEAR_EXAMPLE}
    assert FILES.keys() == examples | {SITE, OWN, HANDED} | LAYOUTS_SHOWN
    diagnostics, layouts = Diagnostics(), content.built_in_settings().layouts
    assert own_tables(tmp_path / "content", layouts, diagnostics).sources
    assert not list(diagnostics)


def test_tables_to_hand_in_have_these_columns() -> None:
    told = {
        codes(row["上报表"])[0]: row["默认的列"]
        for row in table("上报表", "一行是什么", "默认的列")
    }
    assert told == {t.name: "、".join(c.name for c in t.columns) for t in TABLES.values()}


def test_files_are_read_up_to_these_limits() -> None:
    told = {row["限度"]: figures(row["最多"].replace(",", "")) for row in table("限度", "最多")}
    counts = (limits.PARTS, limits.PLACES, limits.ROWS, limits.MERGED, limits.REMARKS)
    sizes = (most // limits.MIB for most in (limits.FILE, limits.TEXT, limits.UNPACKED))
    assert [*told.values()] == [{Decimal(most)} for most in (*sizes, *counts)]


def test_complete_example_has_every_field() -> None:
    complete = {EXAMPLE: (Report, Amounts, Goals, Evidence, Declared), SITE: (Site, Contact)}
    elsewhere = {"阶段", "批复", "复核"}  # in the chapter about the year
    for path, records in complete.items():
        for record in records:
            for field in record.model_fields.values():
                assert f"{field.alias}:" in FILES[path] or field.alias in elsewhere


@pytest.mark.parametrize("text", EXCERPTS)
def test_excerpts_are_yaml(text: str) -> None:
    diagnostics = Diagnostics()
    assert source.parse(text, "", content.LABELS, diagnostics).value
    assert not list(diagnostics)


SIGNS = {"［Tab］": "\t", "［空格］": " ", "［换行］": "\n"}


def typed(text: str) -> str:
    """A text as its keys would type it: ［Tab］ and its like replaced."""
    for sign, character in SIGNS.items():
        text = text.replace(sign, character)
    return text


@pytest.mark.parametrize("row", table("写错的", "正确的", "编号"))
def test_slips_are_found(row: Line, tmp_path: Path) -> None:
    (wrong,), (right,) = codes(row["写错的"]), codes(row["正确的"])
    example = FILES[EXAMPLE]
    assert example.count(typed(right)) == 1, right
    write(tmp_path, EXAMPLE, example.replace(typed(right), typed(wrong)))
    assert row["编号"] in examine(tmp_path)[0]


# --------------------------------------------------------------------------------- commands


OF_OFFICES = {
    "附件/自评表.xlsx": office_forms.xlsx("seed-slips"),
    "附件/旧表.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
}


def slips_before(start: int, end: int) -> list[tuple[str, str, str]]:
    """File, text and slip of every 误写成 between two places of the page."""
    pattern = r"在 `(\S+)` 里把 `(.+?)` 误写成 `(.+?)`"
    return re.findall(pattern, HANDBOOK[start:end])


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with what it prints."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def run(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    program, *arguments = shlex.split(command)
    if program == "cp":  # and then, as the handbook says, another project is written there
        text = Path(arguments[0]).read_text(encoding="utf-8")
        text = text.replace("项目名称: ", "项目名称: 新", 1)
        Path(arguments[1]).write_text(text, encoding="utf-8")
    else:
        assert program == "jixiao"
        main(arguments)
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_commands_print_what_is_shown(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    last, ran = 0, 0
    for path, data in OF_OFFICES.items():
        (workspace / path).parent.mkdir(exist_ok=True)
        (workspace / path).write_bytes(data)
    for block in blocks():
        if block.info == f"yaml {EXAMPLE}":
            write(workspace, EXAMPLE, block.text)
        if block.info == "console":
            if block.start not in WITHIN:
                ran += answered(block, last, workspace, capsys)
            last = block.start
    assert ran >= 5


def answered(block: Block, last: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> int:
    """How many commands of a console block print what stands there; `last` is where the one
    before it began."""
    slips, ran = slips_before(last, block.start), 0
    before = {file: (folder / file).read_text(encoding="utf-8") for file, _, _ in slips}
    for file, right, wrong in slips:
        assert before[file].count(right) == 1
        (folder / file).write_text(before[file].replace(right, wrong), encoding="utf-8")
    for command, printed in commands(block):
        told = run(command, capsys)
        wanted = re.escape(printed.strip()).replace("……", ".*")
        assert re.fullmatch(wanted, told.strip(), re.DOTALL), f"{command}\n{told}"
        ran += 1
    for file, text in before.items():
        (folder / file).write_text(text, encoding="utf-8")
    return ran


def changed(text: str, block: Block) -> str:
    """A file after a diff block."""
    for part in re.split("^……\n", block.text, flags=re.MULTILINE):
        lines = part.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        assert text.count(old) == 1, old
        text = text.replace(old, "".join(line[1:] for line in lines if line[0] in " +"))
    return text


def test_a_year_goes_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The chapter about the year, block by block: nothing is said of its file in any stage, and
    what was approved stays as it was."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, EXAMPLE, FILES[EXAMPLE])
    folder, approved = tmp_path / "output/2025/jiaoshi-peixun", set[str]()
    last = WITHIN.start
    for block in blocks():
        if block.start not in WITHIN:
            continue
        if block.info == "console":
            answered(block, last, tmp_path, capsys)
        elif block.path == YEAR_EXAMPLE:
            is_whole = block.info.startswith("yaml")
            before = "" if is_whole else (tmp_path / YEAR_EXAMPLE).read_text(encoding="utf-8")
            write(tmp_path, YEAR_EXAMPLE, block.text if is_whole else changed(before, block))
            assert main(["check", "--strict"]) == 0, capsys.readouterr().out
            assert main(["build", "--no-pdf"]) == 0
            capsys.readouterr()
            approved.add((folder / "targets/jiaoshi-peixun.yaml").read_text(encoding="utf-8"))
        last = block.start
    assert len(approved) == 1
    for row in table("网址", "是哪张表"):
        assert (tmp_path / "output" / codes(row["网址"])[0]).is_file()
    final = (tmp_path / YEAR_EXAMPLE).read_text(encoding="utf-8")
    for record in (Approval, Cancelled, Review, Recheck):
        assert all(f"{field.alias}:" in final for field in record.model_fields.values())
    (tmp_path / "content/2026/jiaoshi-peixun.yaml").unlink()
    write(tmp_path, SITE, "复核结果: 不公开\n")
    assert main(["build", "--no-pdf"]) == 0
    for file in filter(Path.is_file, (tmp_path / "output").rglob("*")):
        words = (b"98.80", b"588(", b"97.11", "次重复".encode(), "才能打开".encode())
        assert not [word for word in words if word in file.read_bytes()], file


def test_every_choice_of_a_review_is_told() -> None:
    told = [codes(row["`复核结果`"])[0] for row in table("`复核结果`", "用哪一个", "公众看到什么")]
    assert told == list(get_args(Site.model_fields["review"].annotation))


def test_a_layout_is_written_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From an empty folder to the page and the PDF, block by block."""
    monkeypatch.chdir(tmp_path)
    for block in blocks(OWN_LAYOUT):
        if block.info != "console":
            write(tmp_path, block.info.removeprefix("yaml "), block.text)
            continue
        for command, printed in commands(block):
            told = run(command, capsys)
            wanted = re.escape(printed.strip()).replace("……", ".*")
            assert re.fullmatch(wanted, told.strip(), re.DOTALL), f"{command}\n{told}"
    page = (tmp_path / "output/2025/yuedu/index.html").read_text(encoding="utf-8")
    said = re.findall(r"^- (.+)$", OWN_LAYOUT, re.MULTILINE)
    for words in re.findall("“(.+?)”", "".join(said[:5])):
        assert words in re.sub("<.+?>", "", page), words
    assert (tmp_path / "output/2025/yuedu/yuedu.pdf").stat().st_size


def test_commands_and_options_exist(capsys: pytest.CaptureFixture[str]) -> None:
    written = re.findall(r"jixiao ([a-z]+)([^`\n]*)", HANDBOOK)
    options = re.findall(r"`(--[a-z-]+)", HANDBOOK)
    known: dict[str, str] = {}
    for verb in {verb for verb, _ in written}:
        assert main([verb, "--help"]) == 0
        known[verb] = capsys.readouterr().out
    for verb, rest in written:
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in known[verb], (verb, option)
    for option in options:
        assert option in "".join(known.values()), option


def test_output_is_described(workspace: Path) -> None:
    """Every file that the page says a build leaves is there."""
    assert main(["build", "--no-pdf"]) == 0
    for row in table("文件", "是什么"):
        for path in codes(row["文件"]):
            assert (workspace / "output" / path).exists() or path.endswith(".pdf"), path


def test_nothing_private_is_published(workspace: Path) -> None:
    """Section 11: comments, notes, internal evidence, declared figures, withheld reports."""
    write(workspace, EXAMPLE, FILES[EXAMPLE].replace("总分: 92.00", "总分: 92.0000"))
    withheld = FILES[EXAMPLE].replace("教师公益培训项目", "校舍修缮项目")
    withheld = withheld.replace("范围: 全文", "范围: 不公开, 理由: 尚在审计")
    # What a withheld report names nobody publishes.
    withheld = re.sub(r"  - \{名称: 满意度问卷统计表.*\n", "", withheld)
    write(workspace, EXAMPLE.replace("jiaoshi", "xiaoshe"), withheld)
    assert main(["build", "--no-pdf"]) == 0
    output = workspace / "output"
    published = b"\n".join(f.read_bytes() for f in sorted(output.rglob("*")) if f.is_file())
    paths = "\n".join(path.as_posix() for path in output.rglob("*"))
    for public in ("教师公益培训项目", "310000240007", "2025年3月20日", "满意度问卷统计表"):
        assert public.encode() in published
    private = ("签到", "档案柜", "92.0000", "校舍", "xiaoshe", "尚在审计", "注释，从不公开")
    for secret in private:
        assert secret.encode() not in published
        assert secret not in paths
    assert "问卷统计.pdf" in paths


# ------------------------------------------------------------------------------ words, fields


def test_every_label_is_explained() -> None:
    mentioned = set(codes(OUTSIDE))
    assert labels() <= mentioned
    settings = (Profile, Execution, Rounding, ScoreRounding, Scoring, Tier, Band, Limits,
                Layout, LayoutEntry, FundsBlock, GoalsBlock, IndicatorsBlock)  # fmt: skip
    for record in settings:
        for field in record.model_fields.values():
            assert field.alias in mentioned, field.alias


def test_every_code_exists() -> None:
    assert set(re.findall(r"\b[YSPCFT][0-9]{3}\b", HANDBOOK)) <= catalogue.RULES.keys()


def test_reserved_names_are_told() -> None:
    told = re.search("^- 网站自己占用的名字.*$", HANDBOOK, re.MULTILINE)
    assert told
    assert set(codes(told[0])) == RESERVED


def test_links_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", HANDBOOK, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-").lower() for heading in headings}
    links = re.findall(r"\]\(([^)]+)\)", HANDBOOK)
    assert links
    for link in links:
        path, _, anchor = link.partition("#")
        assert not path or (FOLDER / path).exists(), link
        assert not anchor or anchor in anchors, link


FIELDS = table("字段", "必填", "怎么写", "例")
RECORDS: dict[str, type[Record]] = {
    "整张表": Report,
    "项目资金": Amounts,
    "年度总体目标": Goals,
    "三级指标": Indicator,
    "批复": Approval,
    "取消的指标": Cancelled,
    "一项指标的批复": Approved,
    "复核": Review,
    "一项指标的复核": Recheck,
    "佐证材料": Evidence,
    "公开": Disclosure,
    "核对": Declared,
    "网站": Site,
    "联系方式": Contact,
    "汇编": Binding,
}


@pytest.mark.parametrize("section", RECORDS)
def test_fields_are_those_of_the_model(section: str) -> None:
    rows = [row for row in FIELDS if row.section == section]
    fields = {field.alias: field for field in RECORDS[section].model_fields.values()}
    assert [codes(row["字段"]) for row in rows] == [[label] for label in fields]
    for row in rows:
        (label,) = codes(row["字段"])
        needed = {True: ("必填",), False: ("可不填", "看情况")}[fields[label].is_required()]
        assert row["必填"] in needed, label


@pytest.mark.parametrize("row", [row for row in FIELDS if row["例"]])
def test_example_of_a_field_decodes(row: Line) -> None:
    (example,), (label,) = codes(row["例"]), codes(row["字段"])
    diagnostics = Diagnostics()
    value = source.parse(example, "", content.LABELS, diagnostics).value
    assert not list(diagnostics)
    assert isinstance(value, dict)
    assert list(value) == [label]
    record = RECORDS[row.section]
    name = next(name for name, field in record.model_fields.items() if field.alias == label)
    record.__pydantic_validator__.validate_assignment(record.model_construct(), name, value[label])


# --------------------------------------------------------------------------------- profiles


def test_funding_rows_are_those_of_the_profiles() -> None:
    rows = table("评分规则", "资金行", "年初预算数", "可否另加行")
    assert {row["评分规则"] for row in rows} == profiles().keys()
    for row in rows:
        funds = layout(profiles()[row["评分规则"]]).funds
        assert codes(row["资金行"]) == list(funds.rows)
        needed = "必填" if "年初预算数" in {*funds.columns} - {*funds.optional} else "不必填"
        assert row["年初预算数"] == needed
        assert row["可否另加行"] == ("可以" if funds.open_rows else "否")


def test_levels_are_those_of_the_profiles() -> None:
    found: dict[str, dict[str, list[str]]] = {}
    for row in table("评分规则", "一级指标", "二级指标"):
        names, other = row["评分规则"], row["评分规则"].removesuffix("以外")
        if names in ("全部", f"{other}以外"):
            names = "、".join(name for name in profiles() if name != other)
        for name in names.split("、"):
            (group,) = codes(row["一级指标"])
            found.setdefault(name, {})[group] = codes(row["二级指标"])
    assert found == {
        name: {group: list(kinds) for group, kinds in layout(profile).indicators.groups.items()}
        for name, profile in profiles().items()
        if layout(profile).indicators.groups
    }


def test_differences_are_those_of_the_profiles() -> None:
    heads = (
        "评分规则", "资金单位", "执行率", "预算执行分值", "预算执行得分", "反向指标",
        "部分达成、未达成的上限", "一级指标分值",
    )  # fmt: skip
    rows = table(*heads)
    assert {row["评分规则"] for row in rows} == profiles().keys()
    for row in rows:
        profile = profiles()[row["评分规则"]]
        rule, scoring = profile.execution, profile.scoring
        assert row["资金单位"] == layout(profile).money_unit
        assert row["执行率"] == rule.rate.in_words()
        known = [plain(weight) for weight in profile.weights.values()]
        assert row["一级指标分值"] == ("、".join(known) or "不统一")
        weight = "列为指标" if rule.indicator else UNSCORED
        assert row["预算执行分值"] == (weight if rule.weight is None else plain(rule.weight))
        how = f"按{rule.score.basis}，{rule.score.in_words()}" if rule.score else UNSCORED
        assert row["预算执行得分"] == (how if profile.is_scored else UNSCORED)
        if not profile.is_scored or not scoring:
            assert {row[head] for head in heads[5:7]} == {UNSCORED}
            continue
        assert row["反向指标"] == scoring.reverse
        uppers = "、".join(f"{plain(tier.upper)}%" for tier in profile.tiers[1:])
        assert row["部分达成、未达成的上限"] == uppers


def any_weight(profile: Profile) -> bool:
    return bool(profile.weights)


def test_what_all_profiles_share() -> None:
    for profile in profiles().values():
        limits = profile.limits
        assert [limits.rate, limits.info, limits.warning, limits.error] == [90, 120, 130, None]
        assert [(band.grade, plain(band.lower)) for band in profile.bands] == [
            ("优", "90"), ("良", "80"), ("中", "60"), ("差", "0"),
        ]  # fmt: skip
        assert profile.scoring is None or profile.scoring.not_applicable == "报错"
    stricter = {name for name, p in profiles().items() if p.severity("C206")}
    assert stricter == {name for name, p in profiles().items() if p.severity("C207")} == {"四川"}
    split = {name for name, p in profiles().items() if p.severity("C104") and any_weight(p)}
    assert split == {
        "财政部2020", "财政部2019", "安徽", "云南", "银川", "海南", "内蒙古", "天津",
        "安徽部门整体", "湖南部门整体",
    }  # fmt: skip


def test_regions_are_led_to_layouts_and_rules_that_belong_together() -> None:
    rows = table("地区", "年度", "版式", "目标版式", "评分规则", "依据")
    told = {row["评分规则"]: (row["版式"], row["目标版式"]) for row in rows}
    built = content.built_in_settings()
    rules = {name: content.by_profile(profiles()[name], 2025, built, TARGET) for name in told}
    assert told == {
        name: (of.form.name, of.targets.name if of.targets else "没有")
        for name, of in rules.items()
        if of
    }
    forms = {name for names in told.values() for name in names} - {"没有"}
    assert forms | {rule.review for rule in profiles().values()} == {*built.layouts.by_name}


def test_assumptions_are_all_told() -> None:
    """Every setting with 假定 in a profile or layout is in the table, and no other."""
    assumed: set[tuple[str, str]] = set()
    for kind, folder in (("", BUILT_IN), ("（版式）", LAYOUTS.folder)):
        for file in folder.glob("*.yaml"):
            for line in file.read_text(encoding="utf-8").splitlines():
                setting, sign, comment = line.partition("#")
                if sign and "假定" in comment:
                    assumed.add((file.stem + kind, setting.split(":")[0].strip()))
    rows = table("评分规则", "设置", "现在的取法和理由")
    assert {(row["评分规则"], codes(row["设置"])[0]) for row in rows} == assumed


@pytest.mark.parametrize("name", ["上海市级", "上海区级", "财政部2020", "转移支付"])
def test_profiles_can_be_based_on(name: str, tmp_path: Path) -> None:
    write(tmp_path, OWN, f"基于: {name}\n名称: 本区\n")
    assert "本区" in profiles(own=True, folder=tmp_path)


# --------------------------------------------------------------------- targets and results


def read_as(read: Target | Result) -> str:
    """What the tables of section 5 call a target or result."""
    match read:
        case Bound():
            return f"{read.comparator} {plain(read.value)} {read.unit}"
        case Range():
            return f"{plain(read.low)} 至 {plain(read.high)} {read.unit}"
        case Amount():
            return f"{plain(read.value)} {read.unit}"
        case Deadline():
            return f"{read.last_day(2024)}"
        case NotApplicable():
            return "不适用"
        case Quality():
            tier = profiles()["上海市级"].tier_of(read.text)
            return tier.name if tier else "文字"


TARGETS, RESULTS = "年度指标值", "实际完成值"
READ = [
    (row.section, text, row["读作"])
    for row in table("这样写", "读作")
    for text in codes(row["这样写"])
]


@pytest.mark.parametrize(("section", "text", "expected"), READ)
def test_texts_are_read_so(section: str, text: str, expected: str) -> None:
    assert section in (TARGETS, RESULTS)
    diagnostics = Diagnostics()
    written = source.parse(f"{section}: {text}", "", content.LABELS, diagnostics).value
    assert not list(diagnostics)
    assert isinstance(written, dict)
    text = str(written[section])
    if section == TARGETS:
        read = read_as(read_target(text))
        read = f"不晚于 {read}" if re.match("20", read) else read
        read = "文字" if isinstance(read_target(text), Quality) else read
    else:
        read = read_as(read_result(text))
    bare, _, remark = expected.partition("（")
    assert read == bare
    found = read_result(text)
    if "C406" in remark:
        assert isinstance(found, Amount)
        assert found.approximate
    if "C402" in remark:
        assert isinstance(found, Amount)
        assert found.comparator


# ----------------------------------------------------------------------------------- scores


@pytest.mark.parametrize(
    "row",
    table("评分规则", "例", "全年预算数", "全年执行数", "执行率", "得分", "怎么算"),
)
def test_execution_is_computed_so(row: Line) -> None:
    profile = profiles()[row["评分规则"]]
    execution = scored(profile, budget=row["全年预算数"], spent=row["全年执行数"]).execution
    assert shown(execution.total.rate) == row["执行率"]
    assert execution.score == Decimal(row["得分"])
    assert row["怎么算"] in execution.formula


@pytest.mark.parametrize(
    "row",
    table("指标值", "完成值", "分值", "得分", "方式", "怎么算"),
)
def test_indicators_are_scored_so(row: Line) -> None:
    (target,), (actual,) = codes(row["指标值"]), codes(row["完成值"])
    found = points(profile_above(row), target, actual, row["分值"])
    assert shown(found.computed) == row["得分"]
    assert found.method == row["方式"]
    known = figures(found.formula) | figures(target) | figures(actual)
    assert figures(row["怎么算"]) <= known | {Decimal(1)}


@pytest.mark.parametrize(
    "row",
    table("完成值", "分值", "不填得分时", "可以填的得分"),
)
def test_tiers_leave_this_room(row: Line) -> None:
    (actual,) = codes(row["完成值"])
    found = points(profile_above(row), "及时", actual, row["分值"])
    assert found.tier is not None
    assert shown(found.computed) == row["不填得分时"]
    weight = Decimal(row["分值"])
    lower, upper = (weight * share / 100 for share in (found.tier.lower, found.tier.upper))
    closed = "" if upper == weight else "（不含）"
    assert row["可以填的得分"] == f"{plain(lower)} 至 {plain(upper)}{closed}"


@pytest.mark.parametrize(
    "row",
    table("指标值", "完成值", "分值", "计算得分", "填报得分", "报什么"),
)
def test_awarded_points_are_judged_so(row: Line, tmp_path: Path) -> None:
    (target,), (actual,) = codes(row["指标值"]), codes(row["完成值"])
    assert (
        shown(points(profiles()["上海市级"], target, actual, row["分值"]).computed)
        == (row["计算得分"])
    )
    awarded = "" if row["填报得分"] == NOT_FILLED else row["填报得分"]
    entry = (
        f"      - 三级指标: 例\n        年度指标值: {target}\n        实际完成值: {actual}\n"
        f"        分值: {row['分值']}\n        得分: {awarded}\n"
        f"        偏差原因分析及改进措施: {REASON}\n"
    )
    heading = "    质量指标:\n"
    assert FILES[EXAMPLE].count(heading) == 1
    write(tmp_path, EXAMPLE, FILES[EXAMPLE].replace(heading, heading + entry))
    found, _ = examine(tmp_path)
    judged = {code for code in found if code.startswith("C3") and code not in ("C307", "C308")}
    assert judged == (
        set() if row["报什么"] == SILENT else set(re.findall("C[0-9]{3}", row["报什么"]))
    )


@pytest.mark.parametrize(
    "row", table("全部分值", "不适用的分值", "指标得分", "预算执行得分", "总分")
)
def test_totals_are_rescaled_so(row: Line, tmp_path: Path) -> None:
    write(tmp_path, OWN, FILES[OWN])
    profile = profiles(own=True, folder=tmp_path)["本区"]
    assert profile.execution.weight is not None
    absent = Decimal(row["不适用的分值"])
    present = Decimal(row["全部分值"]) - profile.execution.weight - absent
    card = scored(
        profile,
        {
            "年度指标值": "及时",
            "实际完成值": "未达成",
            "分值": f"{present}",
            "得分": row["指标得分"],
        },
        {"年度指标值": "≥1", "实际完成值": "/", "分值": f"{absent}"},
        spent=f"{Decimal(row['预算执行得分']) * 100 / profile.execution.weight:f}",
    )
    assert shown(card.execution.score) == row["预算执行得分"]
    assert shown(card.total) == row["总分"]


def test_totals_of_the_five_forms() -> None:
    _, documents = examine(ROOT)
    told = {codes(row["自评表"])[0]: row for row in table(
        "自评表", "指标得分", "预算执行得分", "总分", "等级",
    )}  # fmt: skip
    assert told.keys() == {document.stem for document in documents}
    for document in documents:
        row, card = told[document.stem], document.card
        awarded = sum((point.awarded or Decimal() for point in card.points), Decimal())
        assert f"{awarded}" == row["指标得分"]
        assert shown(card.execution.score) == row["预算执行得分"]
        assert shown(card.total) == row["总分"]
        assert card.grade == row["等级"]


def test_funds_of_the_five_forms() -> None:
    """The real rows of the execution table carry the amounts of the real forms."""
    _, documents = examine(ROOT)
    lines = {
        (f"{total.budget}", f"{total.spent}", f"{total.rate}")
        for total in (document.card.execution.total for document in documents)
    }
    rows = table("评分规则", "例", "全年预算数", "全年执行数", "执行率", "得分", "怎么算")
    told = {(row["全年预算数"], row["全年执行数"], row["执行率"]) for row in rows[:5]}
    assert told == lines


def test_grades_begin_so() -> None:
    (row,) = (row for row in _tables() if "总分" in row.cells and row["总分"] == "等级")
    for total, grade in row.cells.items():
        if total != "总分":
            assert profiles()["上海市级"].grade(Decimal(total)) == grade


def test_a_total_alone_is_enough(tmp_path: Path) -> None:
    rows = re.search(r"^  当年财政拨款.*\n(?:  .*\n)*", FILES[EXAMPLE], re.MULTILINE)
    assert rows
    alone = f"  {TOTAL_ROW}: {{年初预算数: 100.00, 全年预算数: 110.00, 全年执行数: 96.20}}\n"
    write(tmp_path, EXAMPLE, FILES[EXAMPLE].replace(rows[0], alone))
    assert examine(tmp_path)[0] == []
