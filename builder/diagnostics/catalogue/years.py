"""C4: does a project ask of itself what it asked in an earlier year?"""

from builder.diagnostics.values import Rule, Severity

WARNING, INFO = Severity.WARNING, Severity.INFO

TARGET_EASED = Rule(
    "C423", "指标值比以前放宽了",
    "指标“{name}”的指标值“{target}”比{year}年度的“{before}”{how}",
    "核对是否写错、单位是否相同；确有缘由的，在指标下补上“批复: {{说明: …}}”",
    WARNING,
    why="与同一项目最近一个年度的表逐项比较：写了项目编码的看编码，否则看项目名称和实施单位，再看文件名和"
    "主管部门。指标要名称相同、归类相同、单位能换算。百分数、满意度放宽即是警告。数量随预算减少的不报；"
    "减得比预算多一成以上的是警告，不到一成的、购置和建设等按需要定的、预算空白的只作提示。",
    wrong="年度指标值: ≥85(%)  # 上年度是 ≥90(%)", mended="年度指标值: ≥90(%)",
)  # fmt: skip
LESS_THAN_REACHED = Rule(
    "C424", "指标值低于以前的实际",
    "指标“{name}”的指标值“{target}”低于{year}年度实际完成的“{before}”",
    "按已经达到的水平定指标值；上次有特殊情况的，在指标下补上“批复: {{说明: …}}”",
    INFO,
    why="已按 C423 报了的不再报。上次完成的超过这次指标值、到了须说明的幅度（评分规则的“超额警告”）的，"
    "是警告。越少越好的和购置、建设等按需要定的数量不比较，数量随预算减少的不算。",
    wrong="年度指标值: ≥12(期)  # 上年度完成 20(期)", mended="年度指标值: ≥20(期)",
)  # fmt: skip
INDICATOR_GONE = Rule(
    "C425", "以前的指标没有了",
    "{year}年度的指标有 {count} 项没有了：{names}",
    "漏填的补上；改了名称的，尽量沿用原来的名称；确已不再考核的，可以不改",
    WARNING,
    why="名称相近的认作改名，不算没有了；指标值写着不适用的不算。",
    wrong="绩效指标:  # 上年度还有“教师结业率”\n  产出指标: …",
    mended="绩效指标:\n  产出指标: …\n  效益指标:\n    社会效益指标:\n      - 三级指标: 教师结业率",
)  # fmt: skip
