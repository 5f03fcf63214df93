"""What a page and a PDF cost on each layout, and what they cost before there were layouts."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench._measure import say, table, versions
from tests.bench.pdf import write

ROUNDS, EACH = 7, 20
BEFORE = "50f0621"  # the last commit without layouts
ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("_each.py")

TABLE = """\
基于: 四川
名称: 四川
区块: [表头, 目标, 项目实施内容及过程概述, 资金, 资金管理情况, 指标, 合计, 评价结论, 存在问题,
  改进措施]
栏目:
  资金管理情况:
    种类: 表
    行:
      分配科学性: [资金分配规范性, 资金分配合理性]
      下达及时性: [资金分解下达进度, 资金到位率]
      拨付合规性: [资金拨付合规性, 资金项目支付进度]
      使用规范性: [资金使用规范性]
    列: [情况说明, 存在问题, 改进措施]
"""
FUNDS = {"当年财政拨款": "财政资金", "上年结转资金": "单位资金"}
TEXTS = """\
预算执行说明: 第{0}次调整预算，追加的资金年末才下达。
项目实施内容及过程概述: 按年初方案分{0}批实施，每批完成后由主管部门检查，发现的问题当月整改。
评价结论: 第{0}项工作按计划完成，群众反映良好，自评为优。
存在问题: 第{0}批实施时间偏紧，部分资料归档较晚。
改进措施: 下年度提前{0}天启动采购，按月归档。
"""
CELLS = """\
资金管理情况:
  资金分配规范性: {{情况说明: 按资金管理办法分配第{0}批资金}}
  资金分解下达进度:
    情况说明: 收到指标文件后{0}日内分解下达
    存在问题: 第{0}批资金次年二月才收到指标文件
    改进措施: 提前与省、市部门对接项目计划
  资金到位率: {{情况说明: 第{0}批资金已到位}}
  资金拨付合规性: {{情况说明: 按国库集中支付制度支付第{0}批资金}}
"""


def main() -> None:
    """Print a table; every case takes its turn in every round."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        cases = dict(_cases(folder))
        load = os.getloadavg()[0]
        found: dict[str, list[dict[str, list[float]]]] = {name: [] for name in cases}
        for number in range(ROUNDS):
            for name, (tree, content) in cases.items():
                found[name].append(_round(tree, content, number))
    say(f"{versions('weasyprint', 'pydantic', 'jinja2')}; {ROUNDS} rounds of {EACH} reports,")
    say(f"medians, least in brackets; load of the machine before: {load:.1f}.\n")
    heads = ["CPU ms", "wall ms", "1000 calls"]
    for key, what in (("page", "all but the PDF"), ("pdf", "with the PDF")):
        rows = []
        for name, rounds in found.items():
            times = [[one[key][at] for one in rounds] for at in (0, 1)]
            cells = [f"{median(column):.1f} ({min(column):.1f})" for column in times]
            calls, pages = rounds[0][key][2] / 1000, rounds[0]["pages"]
            rows.append([name, *cells, f"{calls:.1f}", *([f"{pages:.2f}"] * (key == "pdf"))])
        table([what, *heads, *(["pages"] * (key == "pdf"))], rows)


def _cases(folder: Path) -> list[tuple[str, tuple[Path, Path]]]:
    """Each with the tree of the builder that it runs in, and its content."""
    plain, rich, tables = (folder / name for name in ("plain", "rich", "tables"))
    write(plain, EACH * 2)
    for target, more in ((rich, TEXTS), (tables, TEXTS + CELLS)):
        shutil.copytree(plain, target)
        for number, path in enumerate(sorted(target.glob("*/*.yaml")), start=1):
            text = path.read_text(encoding="utf-8")
            text = re.sub("评分规则: .*", "评分规则: 四川", text)
            for usual, own in FUNDS.items():
                text = text.replace(f"  {usual}:", f"  {own}:")
            path.write_text(text + more.format(number), encoding="utf-8")
    (tables / "layouts").mkdir()
    (tables / "layouts" / "四川.yaml").write_text(TABLE, encoding="utf-8")
    cases = [
        ("上海市级", (ROOT, plain)),
        ("四川, the richest", (ROOT, rich)),
        ("四川 with a table", (ROOT, tables)),
    ]
    if old := _old_tree(folder / "old"):
        cases.insert(0, (f"上海市级, {BEFORE}, no layouts yet", (old, plain)))
    return cases


def _old_tree(folder: Path) -> Path | None:
    """The builder as it was before layouts; None where the history is not there."""
    folder.mkdir()
    packed = subprocess.run(["git", "archive", BEFORE], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        say(f"Before layouts is not measured: {BEFORE} is not in this repository.\n")
        return None
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    return folder


def _round(tree: Path, content: Path, number: int) -> dict[str, list[float]]:
    run = subprocess.run(
        [sys.executable, str(SCRIPT), str(content), str(number % 2 * EACH), str(EACH)],
        cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)}, capture_output=True, check=True,
    )  # fmt: skip
    measured: dict[str, list[float]] = json.loads(run.stdout)
    return measured
