"""Open data: every digit, every type, nothing that runs, nothing that is withheld."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

import jsonschema
import pytest
import simplejson
from openpyxl import load_workbook
from openpyxl.cell import Cell as Opened
from openpyxl.workbook import Workbook

from builder import opendata
from builder.content import summarize
from builder.model import Site
from builder.opendata import data_package, delimited, sheets, tables, workbook
from builder.opendata.deviations import DEVIATIONS
from builder.opendata.paths import table_path
from builder.opendata.tables import FUNDS, INDICATORS, PROJECTS, TABLES, Table
from builder.records import NUMBER
from builder.scoring import Document
from builder.text import to_plain
from tests.conftest import ROOT
from tests.support import documents, seed
from tests.support.documents import HOSTILE, SITE, amounts, document, five, hostile, indicator
from tests.support.scores import named, score

CSV, JSON, XLSX = "data/2024.csv", "data/2024.json", "data/2024.xlsx"
SCHEMAS = ROOT / "tests" / "data" / "frictionless"
WITHHELD = "青鸾计划"
DATED = Site.model_validate({"发布日期": "2025-08-20"})


def files(reports: Sequence[Document], site: Site = SITE) -> dict[str, bytes]:
    rows = [opendata.data_rows(report, site) for report in reports]
    made = opendata.data_files(rows, [summarize(report) for report in reports], site)
    return {file.path: b"".join(file.make()) for file in made}


@cache
def files_of_five() -> dict[str, bytes]:
    return files(five())


def read_csv(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def path_of(table: Table) -> str:
    return table_path(2024, table)


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def cell_of(sheet: Any, column: str) -> Opened:
    """The cell of the first report in a column."""
    (found,) = (cell for cell in sheet[1] if cell.value == column)
    cell: Opened = sheet.cell(2, found.column)
    return cell


def written(cell: Any) -> str:
    """A cell as the CSV must have it, by another way than the builder's."""
    if isinstance(cell, str):
        return delimited.guarded(cell)
    return "" if cell is None else str(cell)


AMOUNTS = ("年初预算数（万元）", "全年预算数（万元）", "全年执行数（万元）", "执行率（%）")


def picked(row: dict[str, str], *names: str) -> tuple[str, ...]:
    return tuple(row[name].removeprefix("'") for name in names)


def test_csv_has_the_printed_figures() -> None:
    rows = {row["项目名称"]: row for row in read_csv(files_of_five()[CSV])}
    assert len(rows) == 5
    for form in seed.forms():
        row, (funds, *_) = rows[form.name], form.rows
        assert picked(row, *AMOUNTS) == (funds.initial, funds.budget, funds.spent, funds.rate)
        assert picked(row, "预算执行分值", "预算执行得分") == (funds.points, funds.score)
        assert picked(row, "分值合计", "总分") == (form.total_weight, form.total)
        assert picked(row, "主管部门", "实施单位", "评分等级") == (
            form.department,
            form.unit,
            form.grade,
        )


def test_indicators_have_the_printed_figures() -> None:
    levels = ("序号", "一级指标", "二级指标", "三级指标")
    figures = ("年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    rows = read_csv(files_of_five()[path_of(INDICATORS)])
    for form in seed.forms():
        own = [row for row in rows if row["项目名称"] == form.name]
        for number, (row, indicator_) in enumerate(zip(own, form.indicators, strict=True), start=1):
            level1, level2, name, *printed = vars(indicator_).values()
            assert picked(row, *levels) == (str(number), level1, level2, name)
            assert picked(row, *figures) == tuple(printed)


def test_funds_have_the_printed_figures() -> None:
    rows = read_csv(files_of_five()[path_of(FUNDS)])
    for form in seed.forms():
        own = [row for row in rows if row["项目名称"] == form.name]
        assert [picked(row, *AMOUNTS) for row in own] == [
            (funds.initial, funds.budget, funds.spent, funds.rate) for funds in form.rows[1:]
        ]


def test_csv_is_made_for_spreadsheets_and_for_the_rfc() -> None:
    for table in TABLES:
        content = files_of_five()[path_of(table)]
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
        assert content.count(b"\r") == content.count(b"\n") == content.count(b"\r\n")
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
        assert rows[0] == [column.name for column in table.columns]
        assert {len(row) for row in rows} == {len(table.columns)}


def test_json_is_the_records_with_every_digit() -> None:
    def digits(text: str) -> Any:
        return json.loads(text, parse_float=str, parse_int=str)

    records = [opendata.record(d) for d in five()]
    content = files_of_five()[JSON].decode()
    assert digits(content) == [digits(opendata.to_json(record)) for record in records]
    assert digits(content)[0]["绩效指标"][0]["分值"] == "5.00"


def test_workbook_is_typed() -> None:
    book = opened(files([*five(), document({"发布日期": "2025-03-31"})])[XLSX])
    assert book.sheetnames == ["项目", "指标", "资金", "偏差", "字段说明"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.name == "等线" for row in sheet.iter_rows() for cell in row)
    heading, first, *_, made = book["项目"].iter_rows()
    names = [cell.value for cell in heading]
    assert names == [column.name for column in PROJECTS.columns]
    row = dict(zip(names, first, strict=True))
    assert (row["年度"].value, row["年度"].number_format) == (2024, "0")
    assert (row["全年预算数（万元）"].value, row["全年预算数（万元）"].number_format) == (
        234,
        "0.00",
    )
    assert (row["总分"].value, row["总分"].number_format) == (97.89, "0.00")
    assert (row["项目名称"].value, row["项目名称"].data_type) == ("党建服务工作经费", "s")
    assert row["项目编码"].value is None
    published = dict(zip(names, made, strict=True))["发布日期"]
    assert (published.value, published.number_format) == (datetime(2025, 3, 31), "yyyy-mm-dd")  # noqa: DTZ001
    target = book["指标"]["J2"]
    assert (target.value, target.data_type) == ("=100(%)", "s")


def test_workbook_and_csv_hold_the_same() -> None:
    book = opened(files_of_five()[XLSX])
    for table in TABLES:
        rows = read_csv(files_of_five()[path_of(table)])
        sheet = list(book[table.title].iter_rows(min_row=2))
        for cells, row in zip(sheet, rows, strict=True):
            assert [as_shown(cell) for cell in cells] == list(row.values())


def as_shown(cell: Opened) -> str:
    """What a spreadsheet shows of a cell, as the CSV writes it."""
    value, pattern = cell.value, cell.number_format
    if isinstance(value, int | float):
        return f"{value:.{len(pattern.partition('.')[2])}f}"
    return delimited.guarded(str(value)) if value is not None else ""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_only_a_text(name: str) -> None:
    report = hostile(HOSTILE[name])
    content = files([report])
    rows = tables.rows(report, SITE)
    plain = to_plain(report.report.name)
    assert plain
    for table in TABLES:
        (expected,) = rows[table.name]
        (found,) = read_csv(content[path_of(table)])
        assert list(found.values()) == [written(cell) for cell in expected]
        for cell in found.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
            assert not any(ord(character) < 32 for character in cell)
        assert found["项目名称"].removeprefix("'") == plain
    book = opened(content[XLSX])
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in texts} <= {"s", "n"}
    assert book["项目"]["C2"].value == plain.replace("_x0041_", "_x005F_x0041_")
    with zipfile.ZipFile(io.BytesIO(content[XLSX])) as parts:
        assert not [part for part in parts.namelist() if b"<f>" in parts.read(part)]
    (record,) = simplejson.loads(content[JSON], use_decimal=True)
    assert record["项目名称"] == report.report.name


def test_guard_can_be_taken_away() -> None:
    for text in HOSTILE.values():
        assert delimited.guarded(text).removeprefix("'") == text
    assert delimited.guarded("-12.50") == "-12.50"
    assert delimited.guarded("-12.50%") == "'-12.50%"
    assert delimited.guarded("≥90(%)") == "≥90(%)"


def test_negative_amounts_stay_numbers() -> None:
    report = document({"项目资金": {"其他资金": amounts("10.00", "10.00", "-2.50")}})
    content = files([report])
    (row,) = read_csv(content[CSV])
    assert row["全年执行数（万元）"] == "-2.50"
    cell = cell_of(opened(content[XLSX])["项目"], "全年执行数（万元）")
    assert (cell.value, cell.number_format) == (-2.5, "0.00")


def test_all_amounts_are_in_wan_with_every_digit() -> None:
    funds = {"当年财政拨款": amounts("250000.00", "250000.00", "215457.6")}
    (row,) = read_csv(files([document({"项目资金": funds}, profile="上海区级")])[CSV])
    assert row["全年预算数（万元）"] == "25.000000"
    assert row["全年执行数（万元）"] == "21.54576"
    assert row["执行率（%）"] == "86.18"


def test_form_without_points_has_empty_cells() -> None:
    entry = indicator()
    del entry["分值"]
    changes = {
        "项目资金": {"中央补助": {"全年预算数": "52.800000", "全年执行数": "30.800000"}},
        "绩效指标": {"产出指标": {"数量指标": [entry]}},
    }
    content = files([document(changes, profile="转移支付")])
    (row,) = read_csv(content[CSV])
    assert row["全年预算数（万元）"] == "52.800000"
    assert [row[name] for name in ("年初预算数（万元）", "预算执行分值", "总分", "评分等级")] == [
        ""
    ] * 4
    assert row["未得满分指标数"] == ""
    (line,) = read_csv(content[path_of(INDICATORS)])
    assert (line["分值"], line["得分"], line["评分方式"]) == ("", "", "不计分")
    assert simplejson.loads(content[JSON])[0]["总分"] is None


def test_what_does_not_apply_is_not_short() -> None:
    entries = [
        indicator(三级指标="不适用的", 实际完成值="不适用", 分值="30.00"),
        indicator(三级指标="不足的", 实际完成值="4(次)", 分值="30.00"),
        indicator(三级指标="足的", 分值="30.00"),
    ]
    made = document({"绩效指标": {"产出指标": {"数量指标": entries}}})
    profile = named("上海市级", not_applicable="折算")
    made = replace(made, profile=profile, card=score(made.report, profile))
    (row,) = read_csv(files([made])[CSV])
    assert row["未得满分指标数"] == "1"
    summary = summarize(made)
    assert [line.name for line in summary.deviations] == ["不足的"]


def test_a_number_longer_than_a_spreadsheet_keeps_its_digits() -> None:
    long = "123456789012.4567"
    report = document({"项目资金": {"其他资金": amounts(long, long, long)}})
    cell = cell_of(opened(files([report])[XLSX])["项目"], "全年预算数（万元）")
    assert (cell.value, cell.data_type) == (long, "s")


@pytest.mark.parametrize("text", ["长" * 40_000, "𠮷" * 20_000, "一𠮷" * 15_000])
def test_a_text_longer_than_a_cell_says_so(text: str) -> None:
    goals = {"年度总体目标": {"预期目标": text, "实际完成情况": "已培训"}}
    content = files([document(goals)])
    value = cell_of(opened(content[XLSX])["项目"], "预期目标").value
    assert len(value.encode("utf-16-le")) // 2 <= 32_767
    assert value.endswith(sheets.CUT)
    assert text in content[CSV].decode()
    assert text in content[JSON].decode()


def test_a_full_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LAST_ROW", 20)
    book = opened(files(five())[XLSX])
    assert book.sheetnames == [
        "项目",
        "指标",
        "指标2",
        "指标3",
        "资金",
        "偏差",
        "字段说明",
        "字段说明2",
        "字段说明3",
        "字段说明4",
        "字段说明5",
    ]
    numbers = [book[name].max_row - 1 for name in ("指标", "指标2", "指标3")]
    assert numbers == [20, 20, 13]
    assert book["指标3"]["A1"].value == "编号"


def test_same_content_gives_same_bytes() -> None:
    assert files(five()) == files(five())
    assert files(five(), DATED) == files(five(), DATED)
    created = opened(files_of_five()[XLSX]).properties.created
    assert created == datetime(2024, 12, 31)  # noqa: DTZ001
    assert opened(files(five(), DATED)[XLSX]).properties.created == datetime(2025, 8, 20)  # noqa: DTZ001


def test_what_is_withheld_is_nowhere() -> None:
    withheld = document({"公开": {"范围": "不公开", "理由": WITHHELD}})
    with pytest.raises(ValueError, match="2024/made"):
        opendata.data_rows(withheld, SITE)
    noted = document(
        {
            "内部备注": WITHHELD,
            "公开": {"审查日期": "2025-03-20", "理由": WITHHELD},
            "佐证材料": [{"名称": WITHHELD, "文件": WITHHELD, "内部": "是"}],
        }
    )
    content = files([noted])
    for path in (XLSX, "data/all.xlsx"):
        with zipfile.ZipFile(io.BytesIO(content[path])) as parts:
            content |= {f"{path}/{part}": parts.read(part) for part in parts.namelist()}
    assert not [path for path, data in content.items() if WITHHELD.encode() in data]


def test_a_report_waits_in_little_room() -> None:
    for report in five():
        rows = opendata.data_rows(report, SITE)
        assert len(rows.packed()) < 2_500
        assert (
            rows.record()
            == simplejson.dumps(
                opendata.record(report), use_decimal=True, ensure_ascii=False
            ).encode()
        )


@pytest.fixture
def package() -> dict[str, Any]:
    site = Site.model_validate(
        {
            "网址": documents.ADDRESS,
            "主办单位": "甲局",
            "许可协议": "CC BY 4.0",
            "发布日期": "2025-08-20",
        }
    )
    reports = [document(), document({"年度": "2023"}, stem="older")]
    rows = [opendata.data_rows(report, site) for report in reports]
    path, content = data_package(site, list(opendata.data_files(rows, [], site)))
    assert path == "data/datapackage.json"
    described: dict[str, Any] = json.loads(content)
    return described


def test_package_is_valid(package: dict[str, Any]) -> None:
    validate(package, "data-package")
    for resource in package["resources"]:
        if resource.get("profile") == "tabular-data-resource":
            validate(resource, "tabular-data-resource")
    assert package["licenses"] == [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}]
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names) == 5 + 6 + 6
    own = list(opendata.data_files([opendata.data_rows(document(), SITE)], [], SITE))
    bare = json.loads(data_package(Site.model_validate({"许可协议": "政府公开数据"}), own)[1])
    validate(bare, "data-package")
    assert not {"id", "homepage", "created", "contributors"} & set(bare)


def validate(value: Any, schema: str) -> None:
    text = (SCHEMAS / f"{schema}.json").read_text(encoding="utf-8")
    jsonschema.Draft4Validator(json.loads(text)).validate(value)


def test_package_describes_what_is_there(package: dict[str, Any]) -> None:
    content = files([*five(), document({"发布日期": "2025-03-31"})], DATED)
    resources = {f"data/{r['path']}": r for r in package["resources"] if r["name"][:4] == "2024"}
    assert {f"data/{r['path']}" for r in package["resources"]} >= set(content)
    assert set(resources) == {path for path in content if "2024" in path}
    projects = {row["编号"] for row in read_csv(content[CSV])}
    for table in TABLES:
        schema = resources[path_of(table)]["schema"]
        rows = read_csv(content[path_of(table)])
        for field in schema["fields"]:
            assert field["description"]
            cells = [row[field["name"]] for row in rows]
            assert all(fits(cell, field) for cell in cells), field
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)
        assert {row["编号"] for row in rows} == projects


def fits(cell: str, field: dict[str, Any]) -> bool:
    """Whether a cell has the type and keeps the constraints that its field declares."""
    rules = field.get("constraints", {})
    if not cell:
        return not rules.get("required")
    if cell not in rules.get("enum", [cell]):
        return False
    match field["type"]:
        case "number":
            return NUMBER.fullmatch(cell) is not None
        case "integer":
            return cell.isdecimal()
        case "date":
            return date.fromisoformat(cell).isoformat() == cell
        case _:
            return True


def test_dictionary_explains_every_column() -> None:
    sheet = opened(files_of_five()[XLSX])["字段说明"]
    explained = [(row[0], row[1]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert explained == [(t.title, c.name) for t in (*TABLES, DEVIATIONS) for c in t.columns]
    labels = [column.name for table in TABLES for column in table.columns]
    assert all(len(set(t.columns)) == len(t.columns) for t in TABLES)
    assert not [label for label in labels if not label.strip()]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**重点**工作", "重点工作"),
        ("2**3", "2**3"),
        ("** **", "** **"),
        ("一\n\n二\t三", "一 二 三"),
        ("甲\x07乙\ufffe", "甲乙"),
    ],
)
def test_plain_text(text: str, plain: str) -> None:
    assert to_plain(text) == plain


def test_rows_survive_their_packing() -> None:
    for report in (*five(), document({"发布日期": "2025-03-31"})):
        packed, rows = opendata.data_rows(report, SITE), tables.rows(report, SITE)
        for table in TABLES:
            assert packed.lines(table) == delimited.lines(rows[table.name])
            assert packed.count(table) == len(rows[table.name])
        record = simplejson.loads(packed.record(), use_decimal=True)
        assert record == simplejson.loads(
            opendata.to_json(opendata.record(report)), use_decimal=True
        )


def test_digests_stand_for_what_is_packed() -> None:
    one, same, other = (
        opendata.data_rows(report, SITE)
        for report in (document(), document(), document({"项目名称": "别的"}))
    )
    assert one.digest == same.digest != other.digest


@pytest.mark.parametrize("text", [*HOSTILE.values(), '"', '",', "", "长" * 200_000, "甲\r\n乙"])
def test_cells_are_read_as_they_were_written(text: str) -> None:
    rows = [(text, None, f'{text}"'), ("甲", text, "乙,"), ("", "", "")]
    found = list(delimited.cells(delimited.lines(rows)))
    assert found == [[written(cell) for cell in row] for row in rows]
