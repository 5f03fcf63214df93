"""P, C: do levels and columns of the indicators fit, and is the execution one of them?"""

from builder.diagnostics.values import Rule, Severity

WARNING = Severity.WARNING

LEVELS_DO_NOT_FIT = Rule(
    "P113", "版式的指标层次不成立",
    "指标的层次：{problem}",
    "列里有哪几级，类别就写哪几级；一级指标（及其分值）、二级指标（及其分值）依次排在最前",
    wrong="列: {二级指标: 二级指标, 三级指标: 三级指标, 得分: 得分}", mended="列: {一级指标: 一级指标, 三级指标: 三级指标, 得分: 得分}",
)  # fmt: skip
SCORED_TWICE = Rule(
    "P114", "预算执行计了两次分",
    "预算执行既有“分值”，又列为指标“{name}”",
    "只留一处：另有一行给分的写“分值”；列在指标里的写“列为指标”，分值由填报的指标定",
    wrong="预算执行: {分值: 10, 列为指标: 预算执行率}", mended="预算执行: {列为指标: 预算执行率}",
)  # fmt: skip

COLUMNS_TOO_WIDE = Rule(
    "P115", "指标的列一页排不下",
    "指标各列合起来约要 {width} 毫米，一页纸只有 {page} 毫米",
    "在“列宽”里把几列改成窄或中，或少列几列；偏差原因至少要留 15 毫米",
    WARNING,
    wrong="列: {…, 得分系数: 得分系数, 是否核心指标: 是否核心指标, 偏差原因分析及改进措施: 原因}",
    mended="列: {…, 得分系数: 得分系数, 偏差原因分析及改进措施: 原因}\n列宽: {实际完成值: 中}",
)  # fmt: skip

EXECUTION_DIFFERS = Rule(
    "C421", "预算执行的完成值与执行率不符",
    "指标“{name}”的完成值是“{actual}”，按资金算得的执行率是 {rate}%",
    "改正完成值，或检查资金各行的预算数和执行数；得分按算得的执行率计",
    WARNING,
    wrong="三级指标: 预算执行率\n实际完成值: 100%  # 资金算得 97.44%", mended="三级指标: 预算执行率\n实际完成值: 97.44%",
)  # fmt: skip
EXECUTION_MISSING = Rule(
    "C422", "没有预算执行的指标",
    "评分规则“{profile}”把预算执行列为指标“{name}”，表里没有这一项",
    "补上三级指标“{name}”；名称要与评分规则里写的相同",
    WARNING,
    wrong="三级指标: 资金支出率", mended="三级指标: 预算执行率",
)  # fmt: skip
