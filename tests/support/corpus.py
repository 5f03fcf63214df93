"""A made-up city's reports, as many as are wanted: always the same for the same number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from random import Random

from builder import content, source
from builder.content import Entry, report_labels
from builder.diagnostics import Diagnostics
from builder.scoring import Document
from tests.support.reports import settings

YEARS = (2021, 2022, 2023, 2024, 2024, 2025)
DISTRICTS = (
    "临江区",
    "北川区",
    "东湖新区",
    "望海区",
    "青山区",
    "桐城县",
    "西岭县",
    "南浦区",
    "永安市",
    "白鹭区",
)
DEPARTMENTS = (
    "市委组织部",
    "市委宣传部",
    "市教育局",
    "市科学技术局",
    "市公安局",
    "市民政局",
    "市司法局",
    "市财政局",
    "市人力资源和社会保障局",
    "市自然资源和规划局",
    "市生态环境局",
    "市住房和城乡建设局",
    "市交通运输局",
    "市水务局",
    "市农业农村局",
    "市商务局",
    "市文化和旅游局",
    "市卫生健康委员会",
    "市应急管理局",
    "市审计局",
    "市市场监督管理局",
    "市体育局",
    "市统计局",
    "市医疗保障局",
    "市退役军人事务局",
    "市总工会",
    "市残疾人联合会",
    "市档案馆",
    "市机关事务管理局",
    "市城市管理综合行政执法局",
)
OFFICES = (
    "服务中心",
    "信息中心",
    "监测站",
    "图书馆",
    "博物馆",
    "培训学院",
    "管理所",
    "执法支队",
    "研究院",
    "保障中心",
    "指挥中心",
    "疾控中心",
    "检测院",
    "宣教中心",
    "养护所",
)
MATTERS = (
    "党群服务",
    "党员教育",
    "公共图书借阅",
    "非遗传承",
    "群众文化活动",
    "中小学校舍加固",
    "营养午餐",
    "职业技能培训",
    "就业援助",
    "城乡低保",
    "养老照护",
    "残疾人康复",
    "儿童福利",
    "退役军人安置",
    "法律援助",
    "人民调解",
    "社区矫正",
    "河湖长制",
    "污水管网",
    "水质监测",
    "扬尘治理",
    "噪声监测",
    "垃圾分类",
    "林木病虫害防治",
    "湿地修复",
    "公园绿化",
    "道路养护",
    "桥梁检测",
    "公交补贴",
    "停车泊位",
    "智慧交通信号",
    "燃气安全",
    "老旧小区改造",
    "历史建筑保护",
    "地质灾害防治",
    "防汛物资",
    "森林防火",
    "消防车辆",
    "食品抽检",
    "药品检验",
    "特种设备检验",
    "计量检定",
    "知识产权",
    "科普场馆",
    "企业上市辅导",
    "电商进村",
    "菜篮子",
    "种业基地",
    "高标准农田",
    "动物防疫",
    "渔业增殖放流",
    "乡村厕所",
    "数字乡村",
    "统计调查",
    "经济普查",
    "政务云",
    "数据共享平台",
    "网络安全",
    "档案数字化",
    "地方志",
    "急救站点",
    "疫苗冷链",
    "妇幼保健",
    "中医馆",
    "血站",
    "全民健身",
    "青少年足球",
    "马拉松赛事",
    "文物普查",
    "考古勘探",
    "公益电影",
    "应急广播",
    "融媒体",
    "审计信息化",
    "医保基金监管",
    "救助管理",
    "殡葬服务",
)
KINDS = (
    "工作经费",
    "运行维护",
    "专项资金",
    "设备购置",
    "信息化建设项目",
    "信息化运维项目（非信息化项目）",
    "补助资金",
    "委托服务",
    "修缮工程",
    "试点项目",
    "宣传经费",
    "物业管理",
)
DEEDS = (
    "保障",
    "推进",
    "完成",
    "建立",
    "健全",
    "规范",
    "提升",
    "扩大",
    "组织开展",
    "按期实施",
    "持续优化",
    "全面落实",
)
ENDS = (
    "覆盖面",
    "服务质量",
    "日常巡查",
    "长效管理机制",
    "群众知晓率",
    "处置能力",
    "标准化水平",
    "设施完好",
    "规范运行",
    "人员培训",
    "应急演练",
    "数据质量",
    "资金监管",
    "第三方评估",
    "示范点建设",
    "投诉办理",
    "信息公开",
    "风险排查",
)
THINGS = (
    "培训班",
    "检测样本",
    "巡查",
    "设备",
    "宣传活动",
    "服务对象",
    "课题报告",
    "泵站",
    "监测点位",
    "活动场次",
    "维修工单",
    "系统",
    "档案",
    "发放对象",
    "宣传册",
    "志愿者",
    "示范点",
    "应急物资",
)
UNITS = ("次", "个", "份", "人次", "套", "处", "台", "场")
PEOPLE = ("服务对象", "受益群众", "参训学员", "基层党组织", "使用人员", "企业", "市民", "管理人员")
CAUSES = (
    "招标时间推迟",
    "部分设备到货较晚",
    "受天气影响工期顺延",
    "人员变动较大",
    "需求有所调整",
    "个别点位施工受阻",
    "系统接口尚未打通",
    "宣传力度不够",
)
ROADS = ("沿江路", "中山路", "学府街", "朝阳大道", "环湖东路", "古楼巷", "迎宾路", "解放北路")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "伟敏静磊洋艳勇军杰娟涛明超霞平刚桂英华玉兰志国文建辉晨昊宇梓涵睿喆垚翀祎"
GROUPS = (
    ("产出指标", "数量指标", 3), ("产出指标", "质量指标", 2), ("产出指标", "时效指标", 1),
    ("效益指标", "社会效益指标", 2), ("满意度指标", "服务对象满意度指标", 1),
)  # fmt: skip


class _Writer:
    """Writes one report."""

    def __init__(self, number: int) -> None:
        self.random = Random(f"jixiao {number}")  # noqa: S311  not a secret
        self.number = number

    def pick(self, texts: tuple[str, ...] | str) -> str:
        return self.random.choice(texts)

    def sentence(self, clauses: int) -> str:
        parts = [self.pick(DEEDS) + self.pick(MATTERS) + self.pick(ENDS) for _ in range(clauses)]
        return "，".join(parts) + "。"

    def place(self) -> str:
        road, house = self.pick(ROADS), self.random.randint(1, 1999)
        name = self.pick(SURNAMES) + self.pick(GIVEN) + self.pick(GIVEN)
        return f"由{name}负责{self.pick(DISTRICTS)}{road}{house}号的{self.pick(MATTERS)}。"

    def year(self) -> int:
        return self.random.choice(YEARS)

    def indicator(self, kind: str, weight: Decimal) -> list[str]:
        matter, reason = self.pick(MATTERS), ""
        if kind == "数量指标":
            wanted, unit = self.random.randint(1, 3000), self.pick(UNITS)
            name = f"{matter}{self.pick(THINGS)}数"
            target, actual = f"≥{wanted}({unit})", f"{wanted + self.random.randint(0, 90)}({unit})"
        elif kind == "时效指标":
            name, target, actual = f"{matter}{self.pick(ENDS)}及时性", "及时", "达成指标"
        elif kind == "服务对象满意度指标":
            name, target = f"{self.pick(PEOPLE)}满意度", "≥90.00(%)"
            actual = f"{self.random.randint(9000, 10000) / 100:.2f}(%)"
        else:
            name, target = f"{matter}{self.pick(ENDS)}达标率", "≥95.00(%)"
            actual = f"{self.random.randint(9500, 10000) / 100:.2f}(%)"
        if self.random.random() < 0.15:
            reason = f"{self.pick(CAUSES)}，{self.sentence(1)}"
        lines = [
            f"      - 三级指标: {name}",
            f"        年度指标值: {target}",
            f"        实际完成值: {actual}",
            f"        分值: {weight}",
        ]
        if reason:
            lost = weight * self.random.randint(2, 19) / 100
            lines.append(f"        得分: {(weight - lost).quantize(Decimal('0.01'))}")
            lines.append(f"        偏差原因分析及改进措施: {reason}")
        return lines

    def text(self) -> str:
        year, department = self.year(), self.pick(DEPARTMENTS)
        matter = self.pick(MATTERS)
        office = DEPARTMENTS.index(department) * 7 + self.random.randint(0, 9)
        unit = (
            f"{DISTRICTS[office % len(DISTRICTS)]}{department[1:]}{OFFICES[office % len(OFFICES)]}"
        )
        budget = Decimal(int(10 ** self.random.uniform(2.7, 7))) / 100
        spent = (budget * self.random.randint(5500, 10000) / 10000).quantize(Decimal("0.01"))
        begin = self.pick(("", "", f"{year}年", self.pick(DISTRICTS)))
        lines = [
            f"年度: {year}",
            f"项目名称: {begin}{matter}{self.pick(KINDS)}",
            f"主管部门: {department}",
            f"实施单位: {unit}",
            "项目资金:",
            f"  当年财政拨款: {{年初预算数: {budget}, 全年预算数: {budget}, 全年执行数: {spent}}}",
            "  上年结转资金: {年初预算数: 0.00, 全年预算数: 0.00, 全年执行数: 0.00}",
            "  其他资金: {年初预算数: 0.00, 全年预算数: 0.00, 全年执行数: 0.00}",
            "年度总体目标:",
            f"  预期目标: {self.sentence(self.random.randint(2, 5))}",
            f"  实际完成情况: {self.sentence(self.random.randint(3, 8))}{self.place()}",
            "绩效指标:",
        ]
        first = ""
        for group, kind, count in GROUPS:
            if group != first:
                lines.append(f"  {group}:")
            first = group
            lines.append(f"    {kind}:")
            for _ in range(count):
                lines += self.indicator(kind, Decimal(10))
        return "\n".join(lines) + "\n"


def text_of(number: int) -> tuple[int, str]:
    """The year and the YAML text of the report of that number."""
    writer = _Writer(number)
    text = writer.text()
    return int(text[4:8]), text


def write_corpus(folder: Path, count: int) -> None:
    """A content folder of so many reports."""
    known: set[str] = set()
    for number in range(count):
        year, text = text_of(number)
        head = text.partition("项目资金")[0]
        if head in known:  # by chance the same project again
            text = re.sub("(?m)^(项目名称: .*)$", r"\1（二期）", text, count=1)
        known.add(head)
        path = folder / f"{year}" / f"xiangmu-{number:05}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def write_years(folder: Path, projects: int, years: Iterable[int]) -> None:
    """A content folder of so many projects, each with a form of every one of `years`."""
    for number in range(projects):
        of, text = text_of(number)
        text = re.sub(f"(?m)^(项目名称: ){of}年", r"\1", text)
        for step, year in enumerate(years):
            shown = re.sub(rf"(?m)^年度: {of}$", f"年度: {year}", text)
            factor = 1 + Decimal((number + 3 * step) % 7) / 10
            # All amounts of a row alike, so that as much of the budget is spent as before.
            shown = re.sub(
                r"(?<=[算行]数: )[0-9.]+",
                lambda found, by=factor: f"{Decimal(found[0]) * by:.2f}",  # type: ignore[misc]
                shown,
            )
            path = folder / f"{year}" / f"xiangmu-{number:05}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(shown, encoding="utf-8")


def document_of(number: int, edit: Callable[[str], str] = str) -> Document:
    """The report of that number, read and scored; `edit` changes its text before."""
    diagnostics = Diagnostics()
    year, text = text_of(number)
    text = edit(text)
    stem = f"xiangmu-{number:05}"
    file = f"content/{year}/{stem}.yaml"
    read = source.parse(text, file, report_labels(), diagnostics)
    found = content.understand(
        read, Entry(Path(file), file, f"{year}", stem), settings(), diagnostics
    )
    assert found, [d.message for d in diagnostics]
    return found
