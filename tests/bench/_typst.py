"""The same forms in one document of typst: the way that needs no binder."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf

from builder.theme import BUILT_IN
from tests.bench._measure import peak

FONTS = BUILT_IN / "official/fonts"
FUNDS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")

# Contents, running heads, half-titles, forms on odd pages with the merged cells of ours.
TEMPLATE = """
#let forms = json(bytes(sys.inputs.forms))
#set document(title: "项目支出绩效自评表汇编", date: none)
#set page(paper: "a4", margin: (inside: 27mm, outside: 17mm, top: 25mm, bottom: 25mm),
  numbering: "— 1 —", header: context {
    let here = query(selector(heading).before(here())).map(it => it.body)
    if here.len() > 1 { text(8pt)[#here.at(-2) #h(1fr) #here.at(-1)] }
  })
#set text(font: "Jixiao Song", size: 9.5pt, lang: "zh", region: "cn")
#set table(stroke: 0.5pt, inset: 1.2mm, align: center + horizon)
#let wide(span, body) = table.cell(colspan: span, align: left + horizon, body)
#let form(it) = {
  heading(level: 2, it.name)
  align(center, text(20pt, weight: "bold", it.title))
  align(center)[（2024年度）]
  let columns = (9fr, 14fr, 22fr, 12fr, 12fr, 8fr, 9fr, 18fr)
  table(columns: columns,
    table.cell(colspan: 2)[项目名称], wide(6, it.name),
    table.cell(colspan: 2)[主管部门], wide(2, it.department), [实施单位], wide(3, it.unit),
    table.cell(rowspan: it.funds.len() + 1)[项目资金], [],
    [年初预算数], [全年预算数], [全年执行数], [分数], [执行率], [得分],
    ..it.funds.map(row => row.map(cell => [#cell])).flatten(),
    table.cell(rowspan: 2)[年度总体目标], table.cell(colspan: 3)[预期目标],
    table.cell(colspan: 4)[实际完成情况], wide(3, it.goal), wide(4, it.result))
  let rows = ()
  for row in it.rows {
    if row.first > 0 { rows.push(table.cell(rowspan: row.first)[#row.cells.at(0)]) }
    if row.second > 0 { rows.push(table.cell(rowspan: row.second)[#row.cells.at(1)]) }
    for cell in row.cells.slice(2) { rows.push([#cell]) }
  }
  table(columns: columns, table.header([一级指标], [二级指标], [三级指标], [年度指标值],
      [实际完成值], [分值], [得分], [偏差原因分析及改进措施]), ..rows,
    table.cell(colspan: 5)[总分], [#it.weight], [#it.total], [],
    table.cell(colspan: 2)[评分等级], wide(6, it.grade))
}
#show heading.where(level: 2): none
#align(center + horizon, text(34pt, weight: "bold")[项目支出绩效自评表汇编])
#pagebreak(to: "odd")
#outline(title: [目录], depth: 2)
#for (department, members) in forms {
  pagebreak(to: "odd")
  align(center + horizon, heading(level: 1, department))
  for it in members { pagebreak(to: "odd"); form(it) }
}
"""


def typeset(reports: Sequence[Any], count: int, *, tagged: bool) -> dict[str, float]:
    """One document of so many forms with the theme's own font; what it took."""
    import typst

    departments = max(4, count // 40)
    forms: dict[str, list[Any]] = {}
    for number in range(count):
        department = f"第{number * 7 % departments + 1}主管部门"
        report = reports[number % len(reports)]
        name = f"{report['项目名称']}（{number}）"
        forms.setdefault(department, []).append(_form(report, name, department))
    data = json.dumps(list(forms.items()), ensure_ascii=False)
    started = time.process_time()
    with TemporaryDirectory() as folder:
        path = Path(folder, "volume.typ")
        path.write_text(TEMPLATE, encoding="utf-8")
        pdf = typst.compile(
            str(path),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"forms": data},
            pdf_tags=tagged,
        )
    spent, memory = time.process_time() - started, peak()
    with pikepdf.open(BytesIO(pdf)) as document:
        pages = len(document.pages)
    return {"pages": pages, "cpu": spent, "rss": memory, "size": len(pdf) / 1e6}


def _form(report: Any, name: str, department: str) -> dict[str, Any]:
    funds = [[key, *(str(row.get(fund, "-")) for fund in FUNDS)]
             for key, row in report["项目资金"].items() if key != "单位"]  # fmt: skip
    lines = report["绩效指标"]
    keys = ("三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    firsts = _spans([line["一级指标"] for line in lines])
    seconds = _spans([line["一级指标"] + line["二级指标"] for line in lines])
    return {
        "name": name, "title": "财政项目支出绩效自评表", "department": department,
        "unit": report["实施单位"], "goal": report["年度总体目标"]["预期目标"],
        "result": report["年度总体目标"]["实际完成情况"],
        "funds": funds, "grade": report["评分等级"],
        "rows": [
            {
                "first": first, "second": second,
                "cells": [line["一级指标"], line["二级指标"], *(str(line[k] or "") for k in keys)],
            }
            for line, first, second in zip(lines, firsts, seconds, strict=True)
        ],
        "weight": str(report["分值合计"]), "total": str(report["总分"]),
    }  # fmt: skip


def _spans(labels: Sequence[str]) -> list[int]:
    """How many rows a merged cell has, where it begins; elsewhere 0."""
    found: list[int] = []
    for _, group in groupby(labels):
        length = len(list(group))
        found += [length, *[0] * (length - 1)]
    return found
