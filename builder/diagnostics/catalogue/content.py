"""C4 indicators, C5 goals, C6 texts, C7 release.

The bracketed ids name the entry of the domain's lint table that a rule comes from.
"""

from builder.diagnostics.values import Rule, Severity

WARNING, INFO = Severity.WARNING, Severity.INFO

OVERACHIEVED = Rule(  # I01
    "C401", "完成值远超指标值",
    "指标“{name}”完成值是指标值的 {percent}%",
    "在“偏差原因分析及改进措施”里说明；若指标值定得过低，下年度应调整",
    WARNING,
    wrong="年度指标值: ≥30000(次)\n实际完成值: 270000(次)",
    mended="偏差原因分析及改进措施: 平台接入市级门户，访问量超出预期，下年度上调指标值",
)  # fmt: skip
COPIED_TARGET = Rule(  # I02
    "C402", "完成值照抄了指标值",
    "指标“{name}”的实际完成值“{actual}”照抄了指标值，不是测得的结果",
    "填写实际测得的数，如 93(%)，或完成的日期",
    WARNING,
    wrong="实际完成值: ≥80%", mended="实际完成值: 86%",
)  # fmt: skip
TEMPLATE_TEXT = Rule(  # I04
    "C403", "留有模板文字",
    "“{label}”里还留着模板文字“{text}”",
    "改成实际内容，或删去这一项",
    wrong="三级指标: 指标1：", mended="三级指标: 各类直播等录制次数",
)  # fmt: skip
OPTION_LIST = Rule(  # I05
    "C404", "填了选项而没有选",
    "“{label}”填的是全部选项“{text}”",
    "只写选中的一项",
    wrong="实际完成值: 优良中差", mended="实际完成值: 良",
)  # fmt: skip
UNIT_DIFFERS = Rule(  # I06
    "C405", "指标值与完成值单位不同",
    "指标“{name}”的指标值单位是“{target}”，完成值单位是“{actual}”",
    "统一单位，否则数值无法比较",
    WARNING,
    wrong="年度指标值: ≥50(次)\n实际完成值: 81(人)", mended="年度指标值: ≥50(次)\n实际完成值: 81(次)",
)  # fmt: skip
APPROXIMATE = Rule(  # I07
    "C406", "完成值是约数",
    "指标“{name}”的实际完成值“{actual}”是约数",
    "填写准确数；确实只能估计的，说明统计口径",
    WARNING,
    wrong="实际完成值: 200余人", mended="实际完成值: 213人",
)  # fmt: skip
VAGUE_TARGET = Rule(  # I08
    "C407", "指标值无法衡量",
    "指标“{name}”的指标值“{target}”读不出可以比较的数值，也不是通行的定性目标",
    "写成比较符号、一个数和单位，如 ≥5(次)、5-10(个)；是定性目标就写明“类型: 定性”",
    WARNING,
    wrong="年度指标值: 严格执行相关制度规定", mended="年度指标值: 违规事项=0(起)",
)  # fmt: skip
TARGET_IN_NAME = Rule(  # I09
    "C408", "指标值写进了名称",
    "指标“{name}”的名称里有数值“{number}”，指标值却像是分值",
    "把数值移到年度指标值，名称只写考核什么",
    wrong="三级指标: 建设公路32.1公里\n年度指标值: 20\n分值: 20",
    mended="三级指标: 建设公路里程\n年度指标值: ≥32.1(公里)\n分值: 20",
)  # fmt: skip
DIRECTION = Rule(  # I10
    "C409", "比较方向可疑",
    "指标“{name}”通常是{direction}，指标值却写作“{target}”",
    "检查比较符号：越少越好的写 ≤，越多越好的写 ≥",
    WARNING,
    wrong="三级指标: 重大故障发生数\n年度指标值: ≥2(次)", mended="三级指标: 重大故障发生数\n年度指标值: ≤2(次)",
)  # fmt: skip
PERFECT_SATISFACTION = Rule(  # I11
    "C410", "满意度没有佐证",
    "指标“{name}”的满意度为 {actual}，没有列佐证材料",
    "可在“佐证材料”里列出问卷份数和统计表",
    INFO,
    wrong="实际完成值: 100(%)", mended="佐证材料:\n  - {名称: 满意度问卷统计, 文件: 佐证/问卷.pdf, 内部: 是}",
)  # fmt: skip
RATE_UNIT = Rule(  # I12
    "C411", "名称与单位不配",
    "指标“{name}”是{kind}，单位却是“{unit}”",
    "“率”用 %，“数”用次、人、个等",
    WARNING,
    wrong="三级指标: 家庭医生签约率\n年度指标值: 24694人", mended="三级指标: 家庭医生签约人数\n年度指标值: 24694人",
)  # fmt: skip
MISFILED = Rule(  # I13
    "C412", "指标归类可斟酌",
    "指标“{name}”放在“{kind}”下，按名称更像{better}",
    "仅供参考",
    INFO,
    wrong="数量指标: …平台运维服务完成率", mended="质量指标: …平台运维服务完成率",
)  # fmt: skip
RATE_OVER_100 = Rule(  # I14
    "C413", "比率超过 100%",
    "指标“{name}”的{label}“{text}”超过 100%",
    "合格率、覆盖率、满意度等不会超过 100%，检查数值",
    WARNING,
    wrong="三级指标: 工作验收合格率\n实际完成值: 120(%)", mended="三级指标: 工作验收合格率\n实际完成值: 100(%)",
)  # fmt: skip
DATE_TARGET = Rule(  # I15
    "C414", "时间指标的年份不对",
    "指标“{name}”的{label}“{text}”{problem}",
    "写明年份，如 {year}年12月底前",
    WARNING,
    wrong="年度指标值: 11月底前", mended="年度指标值: 2024年11月底前",
)  # fmt: skip
SAME_NAME = Rule(  # I16
    "C415", "三级指标重名",
    "指标“{name}”出现了两次",
    "合并成一项，或把名称写得可以区分",
    WARNING,
    wrong="- 三级指标: 培训次数\n- 三级指标: 培训次数", mended="- 三级指标: 线上培训次数\n- 三级指标: 线下培训次数",
)  # fmt: skip
DECIMAL_COUNT = Rule(  # I17
    "C416", "计数带了小数",
    "指标“{name}”的{label}“{text}”是计数，写了小数",
    "写成整数即可",
    INFO,
    wrong="实际完成值: 2.00(次)", mended="实际完成值: 2(次)",
)  # fmt: skip
NO_MEASURE = Rule(
    "C417", "定量指标没有填实测数",
    "指标“{name}”的指标值是“{target}”，完成值只写了“{actual}”",
    "填写实际测得的数，读者才能核对",
    WARNING,
    wrong="年度指标值: ≥90(%)\n实际完成值: 达成指标", mended="年度指标值: ≥90(%)\n实际完成值: 93(%)",
)  # fmt: skip
POINTS_FOR_TARGETS = Rule(
    "C418", "指标值填的像是分值",
    "{count} 项指标的指标值只有一个数，如“{example}”，像是把分值填进了指标值",
    "指标值写要做到多少，带上单位，如 ≥32.1(公里)；不计分的表不填分值",
    WARNING,
    why="不计分的表上这些数合计 100，或计分的表上都与各自的分值相同，就这样提醒。",
    wrong="三级指标: 建设符合验收要求\n年度指标值: 20\n实际完成值: 20",
    mended="三级指标: 验收合格率\n年度指标值: =100(%)\n实际完成值: 100(%)",
)  # fmt: skip
MONEY_AS_OUTPUT = Rule(
    "C419", "把花钱当作数量指标",
    "指标“{name}”放在“{kind}”下，考核的是花了多少钱，不是做了多少事",
    "数量指标写提供了多少产品、服务了多少人；花了多少钱见项目资金，成本写进成本指标",
    WARNING,
    why="引进资金、发放贷款、减免税费等以金额为产出的不算。",
    wrong="数量指标: …三级指标: 补助资金支付金额", mended="数量指标: …三级指标: 补助农户数",
)  # fmt: skip
RATE_WITHOUT_UNIT = Rule(
    "C420", "比率没有写单位",
    "指标“{name}”是比率，指标值“{target}”没有单位",
    "写成百分数并补上 %，如 ≥90(%)；千分率补上 ‰",
    WARNING,
    wrong="三级指标: 工作验收合格率\n年度指标值: ≥90", mended="三级指标: 工作验收合格率\n年度指标值: ≥90(%)",
)  # fmt: skip

UNIT_MISSING = Rule(
    "C430", "没有写单位，意思不能确定",
    "指标“{name}”的{label}没有写单位，可能是 {one}，也可能是 {other}",
    "写明单位，如 {one} 或 {other}",
    WARNING,
    why="没有写单位的数，与另一方同一单位。指标值用万、亿等计数，而完成值照字面读也说得通的，"
    "或者不知是百分数还是小数的，不猜：不按规则给分，须写明单位，或填写得分。",
    wrong="年度指标值: ≤10万次\n实际完成值: 90000", mended="年度指标值: ≤10万次\n实际完成值: 9万次",
)  # fmt: skip

GOAL_REPEATED = Rule(  # G01
    "C501", "完成情况照抄了目标",
    "实际完成情况与预期目标{how}",
    "写明做了什么、做成了什么、数据是多少",
    WARNING,
    wrong="预期目标: 保障系统服务正常。\n实际完成情况: 保障系统服务正常。",
    mended="预期目标: 保障系统服务正常。\n实际完成情况: 系统全年运行365天，无重大故障。",
)  # fmt: skip
GOAL_EMPTY = Rule(  # G02
    "C502", "目标没有内容",
    "“{label}”只写了{what}",
    "写明要达到的目标和实际的结果",
    wrong="预期目标: 287", mended="预期目标: 购买第三方服务，为100人次提供咨询。",
)  # fmt: skip
GOAL_NUMBER = Rule(  # G03
    "C503", "目标、完成情况中的数与指标不一致",
    "“{label}”写的是 {goal}，指标“{name}”的{field}是 {value}",
    "核对两处数字",
    WARNING,
    wrong="预期目标: 培育种苗425万粒\n年度指标值: ≥550万粒", mended="预期目标: 培育种苗550万粒\n年度指标值: ≥550万粒",
)  # fmt: skip

STRAY_MARKUP = Rule(  # T01
    "C601", "文字里有网页标签、别的记号或多余空格",
    "“{label}”里有{what}",
    "已自动去掉；请在源文件里删除",
    WARNING,
    wrong="预期目标: <p>建立平台</p>", mended="预期目标: 建立平台",
)  # fmt: skip
OTHER_YEAR = Rule(  # T02
    "C602", "名称或编码里的年份与年度不同",
    "“{label}”里写着 {found}，年度是 {year}",
    "检查是否沿用了上年的表",
    WARNING,
    wrong="年度: 2024\n项目名称: 2023年运维项目", mended="年度: 2024\n项目名称: 2024年运维项目",
)  # fmt: skip
CODE_PREFIX = Rule(  # T03
    "C603", "名称带着编码",
    "“{label}”的名称前有编码“{prefix}”",
    "只写全称；项目的编码写在“项目编码”里",
    WARNING,
    wrong="主管部门: 219-中共上海市委组织部", mended="主管部门: 中共上海市委组织部",
)  # fmt: skip
PRIVATE_USE = Rule(  # T01
    "C604", "有无法显示的字符",
    "“{label}”里有私用区字符 U+{code}，换一台电脑就显示不出",
    "换成标准字符；多半是从别的软件粘贴时带来的",
    wrong="三级指标: \ue5e5培训次数", mended="三级指标: 培训次数",
)  # fmt: skip
SAME_CODE = Rule(
    "C605", "同一年度里项目编码重复",
    "项目编码“{code}”在{year}年度用了不止一次",
    "核对编码；确是同一项目由几个单位分别自评的，可以不改，网页会把它们列在一起",
    WARNING,
    wrong="项目编码: 310000240007  # 2024年度的另一份也是这个编码",
    mended="项目编码: 310000240008",
)  # fmt: skip
SPELT_TWICE = Rule(
    "C606", "同一单位写法不一",
    "“{label}”写作“{name}”，别处写作“{other}”，会列成两个单位",
    "只有全角半角或空格不同，统一成一种写法",
    WARNING,
    wrong="主管部门: 某市教育局(本级)  # 另一份写作 某市教育局（本级）",
    mended="主管部门: 某市教育局（本级）",
)  # fmt: skip
SAME_PROJECT = Rule(
    "C608", "同一项目填了两份",
    "{year}年度里“{unit}”的“{name}”不止一份",
    "删去多余的一份；确是两个项目的，分别写明各自的项目编码，或改成不同的名称",
    why="年度、项目名称、实施单位都相同的两份会在各项合计里算两遍。两份的项目编码不同，或没有编码而"
    "主管部门不同，认作两个项目，只作提示。不公开的不计入合计，不比较。",
    wrong="项目名称: 公益培训  # 同年度、同单位的另一份也叫这个名称",
    mended="项目名称: 公益培训（二期）",
)  # fmt: skip

PERSONAL_DATA = Rule(  # D01
    "C701", "有个人信息",
    "“{label}”里有{what}",
    "公开前删去；确可公开的，在“公开”里写“放行”和理由",
    WARNING,
    why="找的是身份证号码、电话、银行卡号、个人邮箱、QQ 号和微信号；全角、带空格或横线、中间用星号遮住的也算。",
    release=True,
    wrong="实际完成情况: 联系人电话13800000000", mended="实际完成情况: 已完成。",
)  # fmt: skip
SECRECY_WORD = Rule(  # D02
    "C702", "有涉密字样",
    "“{label}”里有“{word}”",
    "送保密审查；确不涉密的，换一种说法，或在“公开”里写“放行”和理由",
    WARNING,
    release=True,
    wrong="项目名称: 机密文件管理", mended="公开: {范围: 不公开, 理由: 涉及国家秘密}",
)  # fmt: skip
NOT_REVIEWED = Rule(  # D02
    "C703", "没有公开审查日期",
    "没有填写公开审查日期",
    "先审查、后公开：在“公开”里补上“审查日期”",
    INFO,
    release=True,
    wrong="公开: {范围: 全文}", mended="公开: {范围: 全文, 审查日期: 2025-03-20}",
)  # fmt: skip
IDLE_WAIVER = Rule(
    "C704", "放行没有用处",
    "放行的“{text}”没有对应的检查结果",
    "照抄检查指出的文字；已经改掉的，删去这一条",
    WARNING,
    release=True,
    wrong="公开: {放行: [{文字: 机密, 理由: 系统名称}]}  # 表里已没有这两个字", mended="公开: {审查日期: 2025-03-20}",
)  # fmt: skip
WAIVER_WITHOUT_REASON = Rule(
    "C705", "放行没有理由",
    "放行“{text}”的理由写的是“{reason}”",
    "写明为什么可以公开，如“是设备型号，不是电话”",
    wrong="放行: [{文字: 保密文件柜, 理由: 无}]", mended="放行: [{文字: 保密文件柜, 理由: 采购的设备名称，不涉密}]",
)  # fmt: skip
