"""C4: does each indicator stand under the 二级指标 that it is one of?"""

from __future__ import annotations

import re

from builder.checks.inspection import Inspection
from builder.diagnostics import catalogue

# 完成率 among 数量指标 is settled practice (every form of the seeds has one) and not reported.
BETTER_KIND = (
    (re.compile(r"(合格率|达标率|优良率)"), "质量指标"),
    (re.compile(r"(及时率|及时性|按时|准时)"), "时效指标"),
)
_FUNDS, _SPENT = (
    "资金|经费|款项|专款|补助款|工程款|货款",
    "支付|拨付|下达|下拨|支出|使用|投入|到位|发放",
)
# 支付金额, 专项资金, 资金支付数量: what was spent, which is no output.
MONEY = re.compile(
    rf"(?:{_FUNDS})的?(?:{_SPENT})(?:金额|数额|总?额|数量?|总?量|情况|率|比例|进度)?$|"
    rf"(?:{_SPENT})的?总?(?:金额|数额|额|款)(?:数量?)?$|"
    r"(?:资金|经费|金额|费用|支出|预算)(?:总额|总量|总数|数额|数量|规模|额度|数)?$"
)
# 引进资金, 贷款金额, 减免金额: money that the project was meant to move.
EARNED = re.compile(
    "引资|引进|招商|贷|担保|融资|募|筹|争取|捐|挽回|追回|追缴|追偿|减|免|退税|降|节约|节支|交易|"
    "销售|出口|进口|成交|产值|收入|收益|理赔|保费|化解|清收|清退|罚|税"
)
BRACKET = re.compile(r"[（(][^（）()]{0,20}[）)]$")


def indicators_are_in_place(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        first, kind, _ = point.path
        for words, better in BETTER_KIND:
            is_elsewhere = "产出" in first and better.removesuffix("指标") not in kind
            if words.search(point.indicator.name) and is_elsewhere:
                at = document.of(point)
                inspection.find(
                    catalogue.MISFILED, at, name=point.indicator.name, kind=kind, better=better
                )
                break


def money_is_no_output(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        name, kind = point.indicator.name, point.path[1]
        is_spent = MONEY.search(BRACKET.sub("", name)) and not EARNED.search(name)
        if "数量" in kind and is_spent:
            inspection.find(catalogue.MONEY_AS_OUTPUT, document.of(point), name=name, kind=kind)


CHECKS = (indicators_are_in_place, money_is_no_output)
