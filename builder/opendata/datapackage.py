"""data/datapackage.json: what the data files are, for programs (Frictionless, version 1).

The schemas come from the columns of `tables`; so does the data dictionary in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from builder.content import addresses
from builder.model import Site
from builder.opendata.delimited import GUARD
from builder.opendata.files import to_json
from builder.opendata.holdings import DataFile
from builder.opendata.tables import PROJECTS, ColumnOf, TableOf

LICENCE = re.compile(r"[-a-zA-Z0-9._]+")
ABOUT = (
    "项目支出绩效自评表的数据，每年一组文件，另有全部年度合在一起的一组。"
    "CSV 为 UTF-8 编码（带 BOM），"
    f"以 = + - @ 等开头、会被电子表格当作公式的文字，前面加一个撇号（{GUARD}），读取时去掉即可；"
    "金额一律以万元为单位；空白表示没有这一项。JSON 与各项目的 report.json 相同，"
    "金额单位见其中的“单位”。数值均保留填报和计算时的全部小数位。"
)


def data_package(site: Site, files: Sequence[DataFile]) -> tuple[str, bytes]:
    """The description of all data `files`, in their order, as site path and bytes."""
    package = {
        "profile": "data-package",
        "name": "jixiao",
        **_own_address(site),
        "title": site.title,
        "description": ABOUT,
        "keywords": ["项目支出", "绩效自评", "预算公开"],
        **({"created": f"{site.published}T00:00:00+08:00"} if site.published else {}),
        **_licence(site),
        **_publisher(site),
        "resources": [_resource(file, files) for file in files],
    }
    return addresses.DATA_PACKAGE, to_json(package).encode()


def _own_address(site: Site) -> dict[str, str]:
    if not site.address:
        return {}
    return {
        "id": addresses.absolute(site.address, addresses.DATA_PACKAGE),
        "homepage": addresses.absolute(site.address, addresses.HOME),
    }


def _licence(site: Site) -> dict[str, Any]:
    """The licence: by its usual short name where that is one, always by its title."""
    if not site.licence:
        return {}
    short = site.licence.replace(" ", "-")
    name = short if LICENCE.fullmatch(short) else "notspecified"
    return {"licenses": [{"name": name, "title": site.licence}]}


def _publisher(site: Site) -> dict[str, Any]:
    if not site.publisher:
        return {}
    return {"contributors": [{"title": site.publisher, "role": "publisher"}]}


def _resource(file: DataFile, files: Sequence[DataFile]) -> dict[str, Any]:
    years = "全部年度" if file.years == addresses.ALL_YEARS else f"{file.years}年度"
    if file.table:
        return _table(file, file.table, years)
    if file.path.endswith(".json"):
        return {
            "name": f"{file.years}-json",
            "path": _beside(file.path),
            "title": f"{years}全部自评表",
            "description": "每个项目一条记录，含各项得分和算式",
            "format": "json",
            "mediatype": "application/json",
            "encoding": "utf-8",
        }
    tables = (one.table for one in files if one.years == file.years and one.table)
    sheets = "、".join(table.title for table in tables if table not in file.left_out)
    return {
        "name": f"{file.years}-xlsx",
        "path": _beside(file.path),
        "title": f"{years}数据工作簿",
        "description": f"{sheets}各一张工作表，另有字段说明",
        "format": "xlsx",
        "mediatype": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }


def _table(file: DataFile, table: TableOf[Any], years: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table is not PROJECTS:
        reference = {"resource": f"{file.years}-{PROJECTS.name}", "fields": PROJECTS.key[0]}
        schema["foreignKeys"] = [{"fields": table.key[0], "reference": reference}]
    return {
        "profile": "tabular-data-resource",
        "name": f"{file.years}-{table.name}",
        "path": _beside(file.path),
        "title": f"{years}{table.title}",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "doubleQuote": True,
            "header": True,
        },
        "schema": schema,
    }


def _beside(path: str) -> str:
    """The path of a data file as the package names it, which lies in the same folder."""
    return addresses.relative(path, addresses.DATA_PACKAGE)


def _field(column: ColumnOf[Any], table: TableOf[Any]) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if table.key == (column.name,):
        constraints["unique"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    return {
        "name": column.name,
        "title": column.label,
        "type": column.kind,
        **({"unit": column.unit} if column.unit else {}),
        "description": column.description,
        **({"constraints": constraints} if constraints else {}),
    }
