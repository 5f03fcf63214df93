"""Content for bound volumes: many reports of several departments, and what a volume shows."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.prints import report

WITHHELD = "青鸾计划"
PREFACE = "本书汇编**全市**项目支出绩效\n自评表，供查阅。"
DEPARTMENTS = ("市教育局", "市卫生健康委员会", "市农业农村局", "市司法局", "市文化和旅游局")
NAMES = (
    "义务教育学校校舍维修", "《长三角》区域合作专项", "IPTV平台运维服务", "基层卫生机构能力提升",
    "重点水域禁捕退捕补助", "法律援助",
    "非物质文化遗产保护传承与数字化展示平台建设（二期）项目经费",
)  # fmt: skip

COUNTS = (9, 12, 10, 18, 15, 30, 20, 24, 6, 25)  # the points of each are exact


def text_of(number: int) -> str:
    """The report of that number: its length, money, profile and points differ."""
    name = f"{NAMES[number % len(NAMES)]}{number}"
    count = COUNTS[number * 3 % len(COUNTS)]
    profile = "上海区级" if number % 9 == 4 else "上海市级"
    reasons = {2: 40, 3: 120} if number % 4 == 1 else None
    text = report(count, name=name, profile=profile, reasons=reasons)
    text = text.replace("某市教育局", DEPARTMENTS[number * 3 % 7 % len(DEPARTMENTS)])
    text = text.replace("某市教师进修学院", f"第{'一二三'[number % 3]}事务中心")
    if reasons:  # short of their targets
        text = text.replace("实际完成值: 95.00(%)", "实际完成值: 81.00(%)", 3)
        text = text.replace("实际完成值: 81.00(%)", "实际完成值: 95.00(%)", 1)
    spent = 319 - number * 5 % 97
    return text.replace("全年执行数: 319.26", f"全年执行数: {spent}.{number % 90 + 10}")


def write_content(folder: Path, count: int, site: str = "") -> None:
    """A content folder of so many public reports and a withheld one, with a preface."""
    year = folder / "2024"
    year.mkdir(parents=True)
    for number in range(count):
        (year / f"xiangmu-{number:04}.yaml").write_text(text_of(number), encoding="utf-8")
    secret = text_of(count).replace("项目名称: ", f"项目名称: {WITHHELD}")
    secret += f"公开: {{范围: 不公开, 理由: {WITHHELD}}}\n"
    (year / "xiangmu-9999.yaml").write_text(secret, encoding="utf-8")
    (year / "compendium.md").write_text(PREFACE, encoding="utf-8")
    (folder / "site.yaml").write_text(site or "主办单位: 某市财政局\n", encoding="utf-8")


def pages_of(pdf: Path) -> list[str]:
    """The text of every page, in the order of its content, without blanks."""
    shown = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    return ["".join(page.split()) for page in shown.split("\f")[:-1]]
