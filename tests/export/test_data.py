"""The data of one report: what its site publishes of it."""

from __future__ import annotations

import csv
import io

from builder import export, opendata
from builder.opendata.others import ALL
from tests.support.documents import SITE
from tests.support.forms import filled


def test_json_is_that_of_the_site() -> None:
    document = filled()["2024/dangjian-fuwu"]
    assert export.to_json(document) == opendata.to_json(opendata.record(document)).encode()


def test_csv_has_the_rows_of_the_year_and_no_empty_table() -> None:
    plain, more = (filled()[name] for name in ("2024/dangjian-fuwu", "2024/neimenggu"))
    assert [*export.to_csv(plain, SITE)] == [".csv", "-indicators.csv", "-funds.csv"]
    found = export.to_csv(more, SITE)
    assert "-others.csv" in found
    rows = opendata.data_rows(more, SITE)
    for table, data in zip(ALL, found.values(), strict=True):
        read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert len(read) == 1 + rows.count(table)
        assert read[0] == [column.name for column in table.columns]
