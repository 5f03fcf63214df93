"""P117 to P119: what a layout says of fields of its own."""

from __future__ import annotations

from builder.diagnostics.values import Rule

UNFIT_ENTRY = Rule(
    "P117", "栏目的写法不成立",
    "栏目“{name}”{fault}",
    "种类是表的，写明“行”和“列”；是选项的，写明“选项”；换一个表上没有的名称",
    wrong="栏目:\n  资金管理情况: {种类: 表, 列: [情况说明, 存在问题]}",
    mended="栏目:\n  资金管理情况: {种类: 表, 行: [资金分配规范性], 列: [情况说明, 存在问题]}",
)  # fmt: skip
ENTRY_NOWHERE = Rule(
    "P118", "栏目没有放在表上",
    "栏目“{name}”没有放在表上，填了也看不到",
    "{where}，或删去这个栏目",
    wrong="区块: [表头, 资金, 指标]\n栏目:\n  存在问题: {种类: 文字}",
    mended="区块: [表头, 资金, 指标, 存在问题]\n栏目:\n  存在问题: {种类: 文字}",
)  # fmt: skip
