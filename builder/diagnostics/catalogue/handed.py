"""S35: can the tables be made that an office hands in, with the columns that it names?"""

from builder.diagnostics.values import Rule

UNKNOWN_COLUMN = Rule(
    "S350", "上报表里没有这一列",
    "{table}里没有名为“{name}”的列",
    "写表上有的列、版式的栏目，或先在“固定”里写明这一列填什么",
    wrong="列: {主管单位: 部门}", mended="列: {主管部门: 部门}",
)  # fmt: skip
UNKNOWN_TABLE = Rule(
    "S351", "没有这张上报表",
    "没有名为“{name}”的上报表，这个文件没有用上",
    "文件名就是表名：汇总表.yaml、公开表.yaml、复核汇总表.yaml",
    wrong="（tables/公示表.yaml）列: {部门: 部门}", mended="（tables/公开表.yaml）列: {部门: 部门}",
)  # fmt: skip
UNFIT_COLUMN = Rule(
    "S352", "上报表的列写得不成立",
    "“{name}”{problem}",
    "左边是列的名称，右边是表上印的标题，标题不变的照写一遍；“固定”的列也要写进“列”",
    wrong="列: {单位: 单位名称, 部门: 单位名称}", mended="列: {单位: 单位名称, 部门: 部门名称}",
)  # fmt: skip
