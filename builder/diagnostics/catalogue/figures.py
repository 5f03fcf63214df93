"""C1 points, C2 money, C3 scores: do the figures agree with one another?

The bracketed ids name the entry of the domain's lint table that a rule comes from.
"""

from builder.diagnostics.values import Rule, Severity

WARNING, INFO = Severity.WARNING, Severity.INFO

WEIGHT_SUM = Rule(  # W01
    "C101", "分值合计不是 100 分",
    "分值合计 {total} 分，应为 100 分（{difference}）",
    "预算执行占 {execution} 分，各指标分值合计应为 {expected} 分，现在是{groups}",
    why="满分不是100分，总分和等级就无从比较。",
    wrong="（指标分值合计 85，预算执行 10）", mended="（指标分值合计 90，预算执行 10）",
)  # fmt: skip
GROUP_WEIGHT = Rule(  # W02
    "C102", "一级、二级指标分值与核对数不符",
    "“{group}”的分值合计 {total} 分，核对里写的是 {declared} 分",
    "检查它下面各项分值，或改正核对里的数",
    wrong="核对: {一级指标分值: {产出指标: 50}}  # 各项合计 45", mended="（各项分值合计改为 50）",
)  # fmt: skip
WEIGHT_NOT_POSITIVE = Rule(  # W03
    "C103", "分值须大于零",
    "指标“{name}”的分值是 {weight}",
    "分值填大于零的数；不考核的指标请删去",
    wrong="分值: 0", mended="分值: 5",
)  # fmt: skip
GROUP_SPLIT = Rule(  # W04
    "C104", "一级指标分值与通行权重不同",
    "一级指标分值为{actual}，与“{profile}”的通行权重（{usual}）不同",
    "权重可以适当调整；若是笔误请改正",
    INFO,
    wrong="产出指标: …  # 合计 30 分", mended="产出指标: …  # 合计 50 分",
)  # fmt: skip
HEAVY_INDICATOR = Rule(  # W03
    "C105", "单个指标分值过重",
    "指标“{name}”占 {weight} 分，超过全部指标分值的一半",
    "拆分成几个可衡量的指标，或说明为何如此",
    WARNING,
    wrong="分值: 50", mended="分值: 10",
)  # fmt: skip
NO_SATISFACTION = Rule(  # W05
    "C106", "没有满意度指标",
    "绩效指标里没有满意度指标",
    "有服务对象的项目应设满意度指标",
    WARNING,
    wrong="绩效指标: {产出指标: …, 效益指标: …}", mended="绩效指标: {产出指标: …, 效益指标: …, 满意度指标: …}",
)  # fmt: skip
FOREIGN_SATISFACTION = Rule(  # W05
    "C107", "满意度里混入了别的指标",
    "指标“{name}”放在满意度指标下，名称却不是满意度",
    "移到产出指标或效益指标，或把名称写清楚",
    WARNING,
    wrong="满意度指标: …三级指标: 设备完好率", mended="效益指标: …三级指标: 设备完好率",
)  # fmt: skip

FUND_SUM = Rule(  # F01
    "C201", "资金各行之和不等于总额",
    "{column}：各行之和 {total} {unit}，年度资金总额写的是 {declared} {unit}",
    "改正其中一行，或删去年度资金总额，由程序相加",
    wrong="年度资金总额: {全年预算数: 335}  # 各行之和 334.50", mended="年度资金总额: {全年预算数: 334.50}",
)  # fmt: skip
DECLARED_RATE = Rule(  # F02
    "C202", "执行率与核对数不符",
    "执行率算得 {computed}%，核对里写的是 {declared}%",
    "{formula}；检查金额，或改正核对里的数",
    wrong="核对: {执行率: 97.45}", mended="核对: {执行率: 97.44}",
)  # fmt: skip
DECLARED_EXECUTION = Rule(  # F03
    "C203", "预算执行得分与核对数不符",
    "预算执行得分算得 {computed}，核对里写的是 {declared}",
    "{formula}",
    wrong="核对: {预算执行得分: 9}", mended="核对: {预算执行得分: 9.74}",
)  # fmt: skip
OVERSPENT = Rule(  # F04
    "C204", "执行数超过预算数",
    "“{row}”的全年执行数 {spent} 超过{denominator} {budget}",
    "检查金额；确有超支的，写明“预算执行说明”",
    WARNING,
    wrong="{全年预算数: 100, 全年执行数: 120}", mended="{全年预算数: 120, 全年执行数: 120}",
)  # fmt: skip
NO_BUDGET = Rule(  # F05
    "C205", "预算数不大于零",
    "年度资金总额的{denominator}是 {base}，执行率无法计算",
    "填写实际的预算数；没有资金的项目不必自评",
    wrong="{全年预算数: 0, 全年执行数: 0}", mended="{全年预算数: 100, 全年执行数: 95}",
)  # fmt: skip
LOW_RATE = Rule(  # F06
    "C206", "执行率偏低没有说明",
    "执行率 {rate}%，低于 {limit}%，没有说明原因",
    "补上“预算执行说明: …”，写明原因和改进措施",
    WARNING,
    wrong="（执行率 78.91%，没有预算执行说明）", mended="预算执行说明: 项目招标节约资金49.35万元",
)  # fmt: skip
ADJUSTED = Rule(  # F07
    "C207", "年中调整预算没有说明",
    "年初预算数 {initial} {unit}，全年预算数 {budget} {unit}，没有说明",
    "补上“预算执行说明: …”，写明调整的原因",
    WARNING,
    wrong="{年初预算数: 100, 全年预算数: 150}", mended="预算执行说明: 年中追加设备更新经费50万元",
)  # fmt: skip
MIXED_DECIMALS = Rule(  # F08
    "C208", "同一列金额小数位数不同",
    "“{column}”一列里小数位数不一致：{values}",
    "统一小数位数，万元通常保留两位",
    INFO,
    wrong="全年预算数: 334.5 / 0.00", mended="全年预算数: 334.50 / 0.00",
)  # fmt: skip
UNIT_MIX = Rule(  # F09
    "C209", "金额像是混淆了元和万元",
    "指标“{name}”的金额 {amount} 元，与项目资金 {funds} 元恰好相差一万倍",
    "检查金额单位：项目资金以{unit}填写",
    WARNING,
    wrong="年度指标值: ≤334.50元  # 项目资金 334.50 万元", mended="年度指标值: ≤334.50万元",
)  # fmt: skip
NEGATIVE_AMOUNT = Rule(
    "C210", "金额是负数",
    "“{row}”的{column}是 {amount} {unit}",
    "改正笔误；确因退库、冲减为负数的，写明“预算执行说明”",
    WARNING,
    wrong="全年执行数: -319.26", mended="全年执行数: 319.26",
)  # fmt: skip
PARTS_SUM = Rule(
    "C211", "其中各行之和不等于所属的一行",
    "{column}：“{row}”其中各行之和 {total} {unit}，“{row}”写的是 {declared} {unit}",
    "改正其中一行；“{row}”计入总额，其中各行不再计入",
    wrong="财政拨款: {全年预算数: 100}\n中央资金: {全年预算数: 90}  # 版式里属于财政拨款",
    mended="财政拨款: {全年预算数: 100}\n中央资金: {全年预算数: 100}",
)  # fmt: skip
WAY_SUM = Rule(
    "C212", "另一种分法的各行之和不等于总额",
    "{column}：{way}的各行之和 {total} {unit}，{whole}是 {declared} {unit}",
    "改正其中一行；同一笔资金按两种办法分，两种的合计应相等",
    wrong="基本支出: {全年预算数: 40}\n项目支出: {全年预算数: 50}  # 总额 100",
    mended="基本支出: {全年预算数: 40}\n项目支出: {全年预算数: 60}",
)  # fmt: skip
PART_ALONE = Rule(
    "C213", "写了其中的一行，没有写所属的一行",
    "“{row}”是“{whole}”的其中一行，“{whole}”没有写",
    "补上“{whole}”一行；其中各行不计入总额，只写它们，总额就少了这一笔",
    wrong="中央资金: {全年预算数: 100}  # 版式里属于财政拨款",
    mended="财政拨款: {全年预算数: 100}\n中央资金: {全年预算数: 100}",
)  # fmt: skip

SCORE_BOUNDS = Rule(  # S01
    "C301", "得分超出范围",
    "指标“{name}”得分 {awarded}，应在 0 到 {weight} 之间",
    "得分不能超过分值，也不能小于零",
    wrong="分值: 10.00\n得分: 12.00", mended="分值: 10.00",
)  # fmt: skip
SCORE_RAISED = Rule(  # S02
    "C302", "得分高于计算得分",
    "指标“{name}”填报 {awarded} 分，按规则只有 {computed} 分",
    "{formula}；得分只能低于计算得分，请删去“得分”或改正完成值",
    wrong="年度指标值: ≥100(次)\n实际完成值: 90(次)\n分值: 10\n得分: 9.5",
    mended="年度指标值: ≥100(次)\n实际完成值: 90(次)\n分值: 10",
)  # fmt: skip
NO_REASON = Rule(  # S03, S04
    "C303", "扣分没有写原因",
    "指标“{name}”得 {awarded} 分，分值 {weight} 分，没有写明偏差原因",
    "补上“偏差原因分析及改进措施: …”，写清原因和改进措施",
    why="“无”“0”“-”不算原因。",
    wrong="得分: 9.32", mended="得分: 9.32\n偏差原因分析及改进措施: 少数远教站点机顶盒版本老旧",
)  # fmt: skip
MET_BUT_LOWERED = Rule(  # S03
    "C304", "已达标而人工扣分",
    "指标“{name}”已达到指标值，填报 {awarded} 分，按规则为 {computed} 分",
    "已写明原因，仅供复核",
    INFO,
    wrong="实际完成值: 93.00(%)\n得分: 9.32", mended="实际完成值: 93.00(%)",
)  # fmt: skip
REASON_CONTRADICTS = Rule(  # S05
    "C305", "满分或达标，却写了未完成",
    "指标“{name}”{state}，原因里却写着“{word}”",
    "核对完成值和得分，或改写说明",
    WARNING,
    wrong="实际完成值: 100(%)\n偏差原因分析及改进措施: 部分工作未完成", mended="实际完成值: 100(%)",
)  # fmt: skip
OUT_OF_TIER = Rule(  # S06
    "C306", "得分不在所属档次内",
    "指标“{name}”为“{tier}”，得分应在 {lower} 至 {upper} 之间，填报 {awarded}",
    "改正得分，或改正实际完成值的档次",
    wrong="实际完成值: 部分达成\n分值: 10\n得分: 9", mended="实际完成值: 部分达成\n分值: 10\n得分: 7",
)  # fmt: skip
DECLARED_TOTAL = Rule(  # S07
    "C307", "总分与核对数不符",
    "总分算得 {computed}，核对里写的是 {declared}",
    "{formula}",
    wrong="核对: {总分: 98}", mended="核对: {总分: 97.89}",
)  # fmt: skip
DECLARED_GRADE = Rule(  # S08
    "C308", "评分等级与核对数不符",
    "总分 {total} 属“{computed}”，核对里写的是“{declared}”",
    "检查总分和等级的分界（各档含下限）",
    wrong="核对: {评分等级: 良}", mended="核对: {评分等级: 优}",
)  # fmt: skip
HIGH_TOTAL_LOW_RATE = Rule(  # S09
    "C309", "执行率很低而总分很高",
    "执行率只有 {rate}%，总分却有 {total} 分",
    "复核各指标完成值；钱没有花出去而任务全部完成，须说明原因",
    WARNING,
    why="写了“预算执行说明”的，只作提示。",
    wrong="（执行率 50%，总分 95）", mended="（改正完成值，或写明预算执行说明）",
)  # fmt: skip
NEEDS_SCORE = Rule(  # I03
    "C310", "须填写得分",
    "指标“{name}”的得分无法按规则算出：{formula}",
    "补上“得分: …”和原因；若文字被误读，写明“类型: 定性”或改写完成值",
    wrong="实际完成值: 部分达成", mended="实际完成值: 部分达成\n得分: 7\n偏差原因分析及改进措施: 两个站点未按期接入",
)  # fmt: skip
THIN_REASON = Rule(
    "C311", "原因过于简单",
    "指标“{name}”的偏差原因只有“{reason}”",
    "写清为什么没有达到、准备怎么改进",
    WARNING,
    wrong="偏差原因分析及改进措施: 疫情", mended="偏差原因分析及改进措施: 培训改为线上，下年度补办两期",
)  # fmt: skip
FULL_FOR_NOTHING = Rule(
    "C312", "没有完成值却给了满分",
    "指标“{name}”的完成值是“{actual}”，得分却是满分 {awarded}",
    "写明完成值；确实没有发生的，写明为何得满分，或把这项指标连同分值一起调整",
    WARNING,
    wrong="实际完成值: /\n得分: 10", mended="实际完成值: 12(期)",
)  # fmt: skip
MISSED = Rule(
    "C313", "没有达到指标值，没有写原因",
    "指标“{name}”的指标值是“{target}”，完成值是“{actual}”，{problem}，没有写原因",
    "补上“偏差原因分析及改进措施: …”，写清原因和改进措施；写错的，改正指标值或完成值",
    why="不计分的表、没有因此扣分的指标也要说明。",
    wrong="年度指标值: ≥100(公里)\n实际完成值: 20(公里)", mended="年度指标值: ≥100(公里)\n实际完成值: 20(公里)\n偏差原因分析及改进措施: 汛期停工三个月，余下80公里下年度6月底前完成",
)  # fmt: skip
