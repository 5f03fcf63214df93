"""The year of a project: what belongs to which stage, what was approved, what 复核 found."""

from builder.diagnostics.values import Rule, Severity

WARNING = Severity.WARNING

TOO_EARLY = Rule(
    "S335", "这个阶段还没有的内容",
    "“{label}”要到以后的阶段才填{more}，这份表的阶段是“{stage}”",
    "{advice}",
    wrong="阶段: 目标\n…\n实际完成值: 93(%)", mended="阶段: 自评\n…\n实际完成值: 93(%)",
)  # fmt: skip
NO_REVIEW = Rule(
    "S336", "没有写明何时复核",
    "阶段是“复核”，没有写整张表何时由谁复核",
    "顶格补上“复核: {{日期: 2025-07-10, 单位: …}}”，各项指标下的“复核”不能代替；"
    "还没有复核的，去掉“阶段: 复核”",
    wrong="阶段: 复核", mended="阶段: 复核\n…\n复核: {日期: 2025-07-10, 单位: 某某区财政局}",
)  # fmt: skip
NO_TARGET_FORM = Rule(
    "S337", "没有目标表的版式",
    "评分规则“{profile}”没有可用的目标版式，不能写“阶段: 目标”",
    "在评分规则里写明“目标版式”，它有没有一级、二级指标须与自评表的版式相同；不公开目标表的，"
    "等有了结果再填，不写“阶段”",
    wrong="评分规则: 本区规则  # 没有目标版式\n阶段: 目标",
    mended="（在 content/profiles/本区规则.yaml 里写）目标版式: 目标表",
)  # fmt: skip
CANCELLED_NOWHERE = Rule(
    "S338", "取消的指标不知在哪一级",
    "取消的指标“{name}”没有写明“{level}”",
    "照批复的目标表补上：在公开的目标表上，它仍列在那里",
    wrong="取消的指标: [{三级指标: 培训期数, 年度指标值: ≥12(期)}]",
    mended="取消的指标: [{一级指标: 产出指标, 二级指标: 数量指标, 三级指标: 培训期数, 年度指标值: ≥12(期)}]",
)  # fmt: skip
ADDED_AND_APPROVED = Rule(
    "S339", "新增的指标没有批复过",
    "指标“{name}”写明是批复以后新增的，又写了批复的“{label}”",
    "新增的去掉“{label}”；批复过、后来改了的，去掉“新增”",
    wrong="批复: {新增: 是, 年度指标值: ≥12(期)}", mended="批复: {新增: 是, 说明: 按新办法增加}",
)  # fmt: skip
NOT_APPROVED = Rule(
    "C428", "没有写明何时批复",
    "目标表没有写批复日期",
    "顶格补上“批复: {{日期: {year}-01-15}}”；不写的，改为自评以后目标表就没有了。还没有批复的，"
    "先写“公开: {{范围: 不公开, 理由: 尚未批复}}”",
    WARNING,
    wrong="阶段: 目标", mended="阶段: 目标\n批复: {日期: 2025-01-15}",
)  # fmt: skip
PUBLISHED_LATE = Rule(
    "C429", "批复后二十日内没有公开",
    "批复日期是 {day}，发布日期是 {published}，相隔 {days} 日",
    "目标表须在批复后 20 日内公开。日期有误的请改正；确实晚了的，改为自评以后不再提醒",
    WARNING,
    wrong="批复: {日期: 2025-01-15, 发布日期: 2025-03-01}",
    mended="批复: {日期: 2025-01-15, 发布日期: 2025-01-28}",
)  # fmt: skip
PUBLISHED_EARLY = Rule(
    "C432", "发布日期早于批复日期",
    "发布日期是 {published}，早于批复日期 {day}",
    "改正写错的一个",
    wrong="批复: {日期: 2025-01-15, 发布日期: 2024-01-28}",
    mended="批复: {日期: 2025-01-15, 发布日期: 2025-01-28}",
)  # fmt: skip
CHANGED_TARGET = Rule(
    "C431", "批复以后改了目标",
    "{what}，没有说明原因",
    "绩效目标批复后一般不作调整；确需调整的，在这里补上“说明: …”，会与改动一起公开",
    WARNING,
    wrong="批复: {年度指标值: ≥95(%)}", mended="批复: {年度指标值: ≥95(%), 说明: 因汛情停训两期}",
)  # fmt: skip
RECHECK_BOUNDS = Rule(
    "C314", "复核得分超出范围",
    "指标“{name}”的复核得分 {awarded} 不在 0 至分值 {weight} 之间",
    "改正复核得分",
    wrong="复核: {得分: 12}  # 分值 10", mended="复核: {得分: 9}",
)  # fmt: skip
RECHECK_RAISED = Rule(
    "C315", "复核得分高于计算得分",
    "指标“{name}”的复核得分 {awarded} 高于按规则计算的 {computed}",
    "按规则能算的不必填复核得分；要填只能更低，并写“备注”",
    wrong="复核: {完成值: 45(期), 得分: 10}  # 按规则 9", mended="复核: {完成值: 45(期)}",
)  # fmt: skip
RECHECK_OPEN = Rule(
    "C316", "还没有复核得分",
    "指标“{name}”按复核完成值无法计算得分（{formula}）",
    "在这项指标的“复核”里补上“得分: …”",
    wrong="复核: {完成值: 部分达成}", mended="复核: {完成值: 部分达成, 得分: 7}",
)  # fmt: skip
RECHECK_UNEXPLAINED = Rule(
    "C317", "复核与自评不同，没有备注",
    "指标“{name}”自评 {own} 分，复核 {found} 分，没有备注",
    "在这项指标的“复核”里补上“备注: …”，写明依据",
    WARNING,
    wrong="复核: {得分: 8}", mended="复核: {得分: 8, 备注: 缺两期签到表}",
)  # fmt: skip
