"""The official form as a workbook: it says what the page says, and counts as the rules do."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from builder import content, export, office
from builder.export.workbook.contents import contents
from builder.export.workbook.figures import figure
from builder.export.workbook.measure import in_lines, lines
from builder.intake.choosing import Catalogue
from builder.intake.taking import take
from builder.layouts import FIGURE
from builder.model import SELF, TARGET, Stage
from builder.scoring import Document
from tests.support import documents
from tests.support.forms import filled
from tests.support.libreoffice import saved_anew
from tests.support.recalculated import Change, by_rule, changed, differences, workbook
from tests.support.reports import examine, settings
from tests.support.stages import staged

# Every way in which a target and a result can be compared.
PAIRS = (
    ("≥90.00(%)", "93.00(%)"), ("=12(次)", "11(次)"), ("≤5天", "4天"), ("<3%", "3.5%"),
    (">2.5(万人)", "31000人"), ("5-10个", "12个"), ("=0(起)", "1(起)"), ("≥1.5万元", "13000元"),
    ("98%以上", "97%"), ("不少于12种", "15种"), ("≥20", "25个"), ("≥20个", "18"), ("及时", "达成"),
    ("稳定", "稳定"), ("2024年12月底前", "2024年11月"), ("≥90%", "85"), ("每亩300元", "300元/亩"),
    ("≤100(万元)", "120(万元)"), ("≥1,093(人)", "1,200(人)"), ("≥30000人", "29000"), ("≤2起", "无"),
    ("/", "/"), ("≥5个", "/"), ("3%-5%", "2.1%"), ("≥80‰", "81‰"),
)  # fmt: skip
PROFILES = ("上海市级", "财政部2020", "湖北", "银川")
SAMPLE = (
    "2024/dianjiao-yuanjiao", "2021/19-kexuecheng-rongmei", "2024/16-mingshan-lincao",
    "2019/207-hainan-fuwumaoyi", "2023/30-xiaoxian-hexicun", "2023/20-linxiang-malukeng",
    "stages/复核/复核",
)  # fmt: skip
# Those whose targets stand on layouts of their own.
PLANNED = ("内蒙古", "天津", "湖北", "甘肃", "转移支付", "财政部2020", "安徽部门整体")


@cache
def compared(profile: str) -> Document:
    """A report with an indicator for each way of comparing."""
    entries = [
        documents.indicator(
            三级指标=f"指标{number}", 年度指标值=target, 实际完成值=actual, 分值="3.60"
        )
        for number, (target, actual) in enumerate(PAIRS)
    ]
    return documents.document(
        {
            "绩效指标": {"产出指标": {"数量指标": entries[:9], "质量指标": entries[9:]}},
            "项目资金": {
                "其他资金": documents.amounts("0.10", "0.20", "0.10"),
                "当年财政拨款": documents.amounts("100.10", "99.30", "98.76"),
            },
        },
        profile=profile,
    )


def file(name: str, seed: int) -> str:
    return f"{name.replace('/', '_')}-{seed}.xlsx"


@cache
def sample() -> Mapping[str, Change]:
    """Every way of comparing with figures changed once; real forms as they are."""
    made = {file(profile, 1): changed(compared(profile), 1) for profile in PROFILES}
    return made | {file(name, 0): Change(by_rule(filled()[name])) for name in SAMPLE}


@pytest.fixture(scope="module")
def worked_out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """All that the tests have LibreOffice work out, in one go: it takes seconds to start."""
    given = {name: workbook(change) for name, change in sample().items()}
    return saved_anew(given | {"empty.xlsx": typed_in()}, tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("name", sample())
def test_formulas_come_to_what_the_rules_come_to(
    name: str, worked_out: Mapping[str, bytes]
) -> None:
    assert [*differences(sample()[name], worked_out[name])] == []


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(2, 8))
def test_formulas_come_to_what_the_rules_come_to_whatever_is_typed(
    seed: int, tmp_path: Path
) -> None:
    found = {profile: compared(profile) for profile in settings().profiles.by_name}
    # What 复核 found stays what it was on a sheet, whatever becomes of the author's own results.
    found |= {name: by_rule(one) for name, one in filled().items() if one.recheck is None}
    all_agree({file(name, seed): changed(one, seed) for name, one in found.items()}, tmp_path)


def all_agree(made: Mapping[str, Change], folder: Path) -> None:
    taken = saved_anew({name: workbook(change) for name, change in made.items()}, folder)
    assert taken.keys() == made.keys()
    found = {name: [*differences(change, taken[name])] for name, change in made.items()}
    assert {name: places for name, places in found.items() if places} == {}


@pytest.mark.parametrize("name", filled())
def test_a_sheet_says_what_the_page_says(name: str) -> None:
    document = filled()[name]
    found = contents(document)
    paper = office.read("form.xlsx", export.form_to_xlsx(document))
    assert isinstance(paper, office.Paper)
    assert paper.remarks == ()
    shown = {
        cell.place.rpartition("!")[2]: cell.text for row in paper.tables[0].rows for cell in row
    }
    for place, text in found.texts.items():
        said = shown.get(found.names[place], "")
        assert "".join(said.split()) == "".join(text.split()), place


def test_what_is_a_number_is_one() -> None:
    """Amounts, points and quantities can be counted with; texts never are numbers."""
    form = contents(filled()["2024/dianjiao-yuanjiao"])
    page = first(export.form_to_xlsx(filled()["2024/dianjiao-yuanjiao"]))
    place = ("绩效指标", "产出指标", "数量指标", 0)
    result = page[form.names[*place, "实际完成值"]]
    assert (result.value, result.number_format) == (81, '0"(次)"')
    target = page[form.names[*place, "年度指标值"]]
    assert (target.value, target.number_format) == (50, '"≥"0"(次)"')
    spent = page[form.names["项目资金", "当年财政拨款", "全年执行数"]]
    assert (spent.value, spent.number_format) == (319.26, "0.00")
    for row in page.iter_rows():
        for cell in row:
            assert cell.data_type != "n" or cell.number_format != "@"


@pytest.mark.parametrize("trick", documents.HOSTILE)
def test_no_text_becomes_a_formula(trick: str) -> None:
    text = documents.HOSTILE[trick]
    document = documents.hostile(text)
    data = export.form_to_xlsx(document)
    form, page = contents(document), first(data)
    ours = {form.names[place] for place in form.formulas}
    theirs = {cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"}
    assert theirs <= ours
    for name in theirs:
        assert not {"HYPERLINK", "cmd|"} & {*str(page[name].value).split("(")}
    with ZipFile(io.BytesIO(data)) as package:
        assert not [name for name in package.namelist() if "external" in name or "vba" in name]


def test_a_long_result_is_no_part_of_a_formula() -> None:
    """Programs refuse a file with a text of more than 255 characters in a formula."""
    long = "已于二〇二四年十一月底前" * 30
    entry = documents.indicator(年度指标值=long, 实际完成值=long)
    document = documents.document({"绩效指标": {"产出指标": {"数量指标": [entry]}}})
    for formula in contents(document).formulas.values():
        assert max(map(len, formula.text.split('"')[1::2]), default=0) <= 255


@pytest.mark.parametrize("name", SAMPLE)
def test_formulas_and_labels_are_locked_and_the_rest_is_not(name: str) -> None:
    document = filled()[name]
    form, page = contents(document), first(export.form_to_xlsx(document))
    assert page.protection.sheet
    assert not page.protection.password
    for place, spot in form.plan.places().items():
        is_locked = page[spot.name].protection.locked
        if place in form.formulas or (spot.cell.scope and place[-1] != "三级指标"):
            assert is_locked, place
        elif place[-1] in ("实际完成值", "偏差原因分析及改进措施", "年度指标值", FIGURE):
            assert not is_locked, place


def test_a_form_asks_for_what_fits() -> None:
    """Amounts from zero on, points up to the 分值, choices from a list."""
    hainan = filled()["2019/207-hainan-fuwumaoyi"]
    form, checks = contents(hainan), validations(first(export.form_to_xlsx(hainan)))
    kind = checks[form.names[("项目类型",)]]
    assert kind.type == "list"
    assert form.texts[("项目类型",)] in kind.formula1.strip('"').split(",")
    amount = checks[form.names["项目资金", "省财政", "全年预算数"]]
    assert (amount.type, amount.operator, amount.formula1) == ("decimal", "greaterThanOrEqual", "0")
    place = hainan.card.points[0].place()
    points = checks[form.names[*place, "得分"]]
    assert (points.formula1, points.formula2) == ("0", form.names[*place, "分值"])
    assert {check.type for check in checks.values()} == {"list", "decimal"}
    assert all(check.error for check in checks.values())


def test_a_cell_with_a_unit_tells_that_a_number_will_do() -> None:
    document = filled()["2024/dianjiao-yuanjiao"]
    form, checks = contents(document), validations(first(export.form_to_xlsx(document)))
    place = ("绩效指标", "产出指标", "数量指标", 0)
    assert "(次)" in checks[form.names[*place, "实际完成值"]].prompt


def test_paper_is_a4_and_the_heading_is_repeated() -> None:
    document = filled()["2021/13-jishan-zhaidian"]
    form, page = contents(document), first(export.form_to_xlsx(document))
    assert page.page_setup.paperSize == 9
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0
    assert form.plan.repeated
    top, bottom = form.plan.repeated
    assert page.print_title_rows == f"${top + 1}:${bottom + 1}"
    assert page.oddFooter.center.text
    assert page.print_area.endswith(f"${len(form.plan.heights) + 2}")


def test_the_same_report_gives_the_same_bytes() -> None:
    document = filled()["stages/复核"]
    assert export.form_to_xlsx(document) == export.form_to_xlsx(document)


def test_a_row_that_is_higher_than_rows_can_be_is_several() -> None:
    long = "更换路灯并完成线路检修。" * 200
    document = documents.document({"年度总体目标": {"预期目标": long, "实际完成情况": "已培训"}})
    form = contents(document)
    assert max(form.plan.heights) <= 400
    spot = form.plan.places()["年度总体目标", "预期目标"]
    assert spot.rows > 1
    assert spot.text == long


@pytest.mark.parametrize(
    ("profile", "stage"),
    [
        *((name, SELF) for name in settings().profiles.by_name),
        *((name, TARGET) for name in PLANNED),
    ],
)
def test_an_empty_form_is_read_back_as_a_form_of_its_layout(profile: str, stage: Stage) -> None:
    document = empty(profile, stage)
    assert document
    paper = office.read("form.xlsx", export.form_to_xlsx(document, is_empty=True))
    assert isinstance(paper, office.Paper)
    assert paper.remarks == ()
    (found,) = take(paper, Catalogue(settings()))
    assert found.choice.words.layout.name == document.layout.name
    assert not found.draft.lost
    form = contents(document, is_empty=True)
    for place, formula in form.formulas.items():
        assert (formula.value, form.texts[place]) == ("", "")


def test_an_empty_form_asks_for_annexes_and_for_what_rows_do_not_make() -> None:
    document = empty("湖南部门整体", SELF)
    assert document
    form = contents(document, is_empty=True)
    assert ("财政供养人员", "在职人员", "编制数") in form.names
    total = ("项目资金", "年度资金总额")
    assert {(*total, "年初预算数"), (*total, "全年执行数")}.isdisjoint(form.formulas)  # typed
    assert (*total, "全年预算数") in form.formulas


ENTRIES = (
    ("产出指标", "数量指标", 0, "期数", "≥10期", "10期", 50, 50),
    ("效益指标", "社会效益指标", 0, "教学能力", "提升", "达成指标", 30, 30),
    ("满意度指标", "服务对象满意度指标", 0, "满意度", "≥90%", "81%", 10, 9),
)


def typed_in() -> bytes:
    """An empty form filled in as a clerk would: some rows of funds and indicators stay blank."""
    document = empty("财政部2020", SELF)
    assert document
    form = contents(document, is_empty=True)
    funds = ("项目资金", "当年财政拨款")
    typed: dict[tuple[str | int, ...], Any] = {
        ("项目名称",): "公益培训项目", ("主管部门",): "某市教育局", ("实施单位",): "某市进修学院",
        (*funds, "年初预算数"): 100, (*funds, "全年预算数"): 96, (*funds, "全年执行数"): 93.6,
        ("年度总体目标", "预期目标"): "举办培训", ("年度总体目标", "实际完成情况"): "已经举办",
    }  # fmt: skip
    keys = ("三级指标", "年度指标值", "实际完成值", "分值", "得分")
    for first_level, second, number, *values in ENTRIES:
        place = ("绩效指标", first_level, second, number)
        typed |= {(*place, key): value for key, value in zip(keys, values, strict=True)}
    book = load_workbook(io.BytesIO(export.form_to_xlsx(document, is_empty=True)))
    for at, value in typed.items():
        book.worksheets[0][form.names[at]] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_an_empty_form_counts_as_soon_as_it_is_filled_in(worked_out: Mapping[str, bytes]) -> None:
    document, data = empty("财政部2020", SELF), worked_out["empty.xlsx"]
    assert document
    form = contents(document, is_empty=True)
    page = load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    said = {at: page[form.names[at]].value for at in form.formulas}
    assert said["项目资金", "年度资金总额", "执行率"] == 97.5
    assert said["项目资金", "年度资金总额", "得分"] == 9.75
    assert said[("总分",)] == 98.75
    assert said[("评分等级",)] == "优"
    paper = office.read("form.xlsx", data)
    assert isinstance(paper, office.Paper)
    (found,) = take(paper, Catalogue(settings()))
    assert found.document
    assert found.document.card.total == Decimal("98.75")
    assert len(found.document.card.points) == len(ENTRIES)


def test_internal_words_are_in_no_export() -> None:
    text = (
        staged("复核")
        + "内部备注: 绝不外传的话\n核对: {总分: 12.34}\n公开: {审查日期: 2025-03-01}\n"
    )
    document = examine(text).document
    assert document
    with ZipFile(io.BytesIO(export.form_to_xlsx(document))) as package:
        whole = b"".join(package.read(name) for name in package.namelist()).decode()
    for secret in ("绝不外传", "12.34", "2025-03-01"):
        assert secret not in whole


@pytest.mark.parametrize(
    ("text", "value", "pattern"),
    [
        ("≥90.00(%)", "90", '"≥"0.00"(%)"'),
        ("1,093(人)", "1093", '#,##0"(人)"'),
        ("-5(%)", "-5", '0"(%)"'),
        ("0.50", "0.5", "0.00"),
    ],
)
def test_a_figure_is_shown_as_it_was_typed(text: str, value: str, pattern: str) -> None:
    found = figure(text)
    assert found
    assert (found.value, found.pattern) == (Decimal(value), pattern)


@pytest.mark.parametrize(
    "text", ["", "及时", "007", "≥-5%", "-0", '5"', "1234567890123456", "９３％", "1.5\n%"]
)
def test_what_no_pattern_can_show_stays_a_text(text: str) -> None:
    assert figure(text) is None


def test_lines_are_counted_as_programs_break_them() -> None:
    ten = 10 * 10 + 4.5  # ten Han characters in 10 pt
    assert lines("一二三四五六七八九十", ten, 10) == 1
    assert lines("一二三四五六七八九十。", ten, 10) == 2
    assert lines("一\n二\n三", ten, 10) == 3
    assert lines("一二三四五六七八九Word", ten, 10) == 2
    assert lines("a" * 100, ten, 10) == 6
    assert in_lines(["服务对象", "满意度", "指标"], ten - 30, 10) == "服务对象满意度\n指标"


def empty(profile: str, stage: Stage) -> Document | None:
    """The empty form of a profile; None where it has none."""
    rules = content.by_profile(settings().profiles.by_name[profile], 2025, settings(), stage)
    if rules is None or rules.lacks_form:
        return None
    return export.empty(rules, 2025, settings())


def first(data: bytes) -> Worksheet:
    """The sheet of the form."""
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    assert isinstance(page, Worksheet)
    return page


def validations(page: Worksheet) -> Mapping[str, Any]:
    """What may stand in a cell, by its name."""

    def found() -> Iterator[tuple[str, Any]]:
        for check in page.data_validations.dataValidation:
            for name in str(check.sqref).split():
                yield name, check

    return dict(found())
