"""The data files of all years beside those of each: the same rows, counted, in little room."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from builder import opendata
from builder.content import Line, addresses, summarize
from builder.opendata import DataFile, data_files, data_package, holdings
from builder.opendata.deviations import DEVIATIONS
from builder.opendata.tables import INDICATORS, PROJECTS
from builder.scoring import Document
from tests.opendata.test_opendata import as_shown, opened
from tests.support.documents import SITE, document, five, indicator

LATE = indicator(实际完成值="4(次)", 偏差原因分析及改进措施="人手不足。")


@cache
def reports() -> tuple[Document, ...]:
    """Seven reports over three years, two of them with deviations."""
    short = {"绩效指标": {"产出指标": {"数量指标": [LATE, indicator(三级指标="期数")]}}}
    older = document({"年度": "2022", **short}, stem="a")
    return (older, *five(), document({"年度": "2023", "项目名称": "=另一个", **short}, stem="b"))


def held(documents: Sequence[Document]) -> list[DataFile]:
    rows = [opendata.data_rows(one, SITE) for one in documents]
    return list(data_files(rows, [summarize(one) for one in documents], SITE))


@cache
def made() -> dict[str, bytes]:
    return {file.path: b"".join(file.make()) for file in held(reports())}


def records(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("ending", [".csv", "-indicators.csv", "-funds.csv", "-deviations.csv"])
def test_all_years_are_the_years_end_to_end(ending: str) -> None:
    heading, *rows = records(made()[f"data/all{ending}"])
    years = [records(made()[f"data/{year}{ending}"]) for year in (2024, 2023, 2022)]
    assert [year[0] for year in years] == [heading] * 3
    assert rows == [row for year in years for row in year[1:]]
    assert len(rows) > 2
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), reverse=True)


def test_the_workbook_of_all_years_holds_its_tables() -> None:
    book = opened(made()["data/all.xlsx"])
    assert book.sheetnames == ["项目", "指标", "资金", "偏差", "字段说明"]
    for file in held(reports()):
        if file.years == addresses.ALL_YEARS and file.table:
            sheet = book[file.table.title].iter_rows()
            shown = [[as_shown(cell) for cell in row] for row in sheet]
            assert shown == records(made()[file.path])


def test_files_know_their_rows() -> None:
    tables = [file for file in held(reports()) if file.table]
    assert len(tables) == 4 * 4
    for file in tables:
        assert file.rows == len(records(made()[file.path])) - 1
    others = {file.path: file.rows for file in held(reports()) if not file.table}
    assert others["data/2024.json"] == 5 == len(json.loads(made()["data/2024.json"]))
    assert others["data/all.xlsx"] == 7


def test_addresses_are_there_from_the_first_year_on() -> None:
    found = [file.path for file in held(reports())]
    assert len(set(found)) == len(found)
    assert found[:5] == list(opendata.data_paths(addresses.ALL_YEARS))
    assert found[5:11] == list(opendata.data_paths(2024))
    alone = {file.path for file in held(five())}
    assert alone == {*found[:5], *found[5:11]}
    assert not held([])


def test_the_order_of_reading_is_nothing_but_that_inside_a_year() -> None:
    again = {file.path: b"".join(file.make()) for file in held([*five(), *reports()[::-6]])}
    assert again == made()


def test_a_file_can_be_made_again() -> None:
    for file in held(reports()):
        assert list(file.make()) == list(file.make())


def test_a_long_table_comes_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = made()
    monkeypatch.setattr("builder.cache.USUAL", 1)
    for file in held(reports()):
        pieces = list(file.make())
        if file.path.endswith((".csv", ".json")):  # a workbook has other blocks
            assert b"".join(pieces) == whole[file.path]
        if file.path == "data/all-indicators.csv":
            assert len(pieces) == 1 + 7
            assert all(piece.endswith(b"\r\n") for piece in pieces)


def test_a_table_too_long_for_a_sheet_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holdings, "LAST_ROW", 50)
    files = held(reports())
    (file,) = [file for file in files if file.path == "data/all.xlsx"]
    assert file.left_out == (INDICATORS,)
    book = opened(b"".join(file.make()))
    heading, (told, *_), *rest = book[INDICATORS.title].iter_rows(values_only=True)
    assert heading[0] == "编号"
    assert "all-indicators.csv" in f"{told}"
    assert not rest
    assert book[PROJECTS.title].max_row == 1 + 7
    resources = {r["name"]: r for r in json.loads(data_package(SITE, files)[1])["resources"]}
    assert INDICATORS.title not in resources["all-xlsx"]["description"]
    assert INDICATORS.title in resources["2024-xlsx"]["description"]
    assert not any(file.left_out for file in files if file.years != addresses.ALL_YEARS)


def test_deviations_are_those_of_the_public_reports_that_are_known() -> None:
    """A report that gives no summary has no deviation, whatever its neighbours' rows are."""
    line = Line(1, "质量指标", "合格率", "≥90%", "80%", None, None, "人手不足。", is_deviation=True)
    one = replace(summarize(reports()[0]), indicators=(line,), execution=None)
    rows = [opendata.data_rows(report, SITE) for report in reports()]
    files = {file.path: file for file in data_files(rows, [one], SITE)}
    assert [files[f"data/{y}-deviations.csv"].rows for y in ("all", 2024, 2022)] == [1, 0, 1]
    assert files["data/all-deviations.csv"].table is DEVIATIONS
