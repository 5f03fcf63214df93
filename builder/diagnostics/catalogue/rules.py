"""P, S33: are the scoring profile and the layout sound that a site has of its own?"""

from builder.diagnostics.values import Rule

TAKEN_NAME = Rule(
    "S330", "版式的栏目不能叫这个名称",
    "“{name}”已经有别的意思",
    "换一个名称，不与已有的字段、区块和数据里的名称相同",
    wrong="栏目: {内部备注: {种类: 文字}}", mended="栏目: {存在问题: {种类: 文字}}",
)  # fmt: skip

OUT_OF_BOUNDS = Rule(
    "S331", "版式里空着、重复，或写得太多",
    "“{label}”{problem}",
    "补上，或删到表上真有的那几个，每个只写一次",
    wrong="项目类型: {种类: 选项}", mended="项目类型: {种类: 选项, 选项: [经常性项目, 一次性项目]}",
)  # fmt: skip

UNKNOWN_PROFILE = Rule(
    "P101", "没有这个评分规则",
    "没有名为“{name}”的评分规则",
    "检查名称，或在 content/profiles/ 里新建",
    wrong="评分规则: 上海市", mended="评分规则: 上海市级",
)  # fmt: skip
PROFILE_NAME = Rule(
    "P102", "评分规则或版式的名称与文件名不符",
    "文件名按内容应是“{name}”，现在是“{stem}”",
    "两处改成一样；写了“自年度”的，文件名是“名称-年度”",
    wrong="（本区.yaml）名称: 某某区", mended="（本区.yaml）名称: 本区",
)  # fmt: skip
PROFILE_INCOMPLETE = Rule(
    "P103", "评分规则缺少设置",
    "计分的评分规则还缺：{missing}",
    "补上设置，或写明“计分: 否”；也可用“基于: 上海市级”继承",
    wrong="计分: 是", mended="基于: 上海市级",
)  # fmt: skip
UNKNOWN_CODE = Rule(
    "P104", "严重程度里的编号不可用",
    "没有可调整的检查“{code}”",
    "只能调整以 C 开头的检查，编号见 jixiao explain",
    wrong="严重程度: {C999: 提示}", mended="严重程度: {C104: 提示}",
)  # fmt: skip
LOWERED_GATE = Rule(
    "P105", "公开审查的检查不能调低",
    "“{code}”不能改为{word}",
    "以 C7 开头的检查只能调高，删去这一项；确不涉密、不涉及个人信息的文字，在自评表的“公开”里写“放行”和理由",
    wrong="严重程度: {C703: 提示}", mended="严重程度: {C703: 错误}",
)  # fmt: skip
UNKNOWN_LAYOUT = Rule(
    "P106", "没有这个版式",
    "没有名为“{name}”的版式",
    "检查名称，或在 content/layouts/ 里新建",
    wrong="版式: 上海市", mended="版式: 上海市级",
)  # fmt: skip
UNFIT_LAYOUT = Rule(
    "P119", "这个版式不能这样用",
    "版式“{name}”{problem}，不能作{label}",
    "同一份文件要按几种版式读：目标版式、复核版式有没有一级、二级指标须与版式相同；目标版式没有完成值",
    wrong="版式: 上海市级\n目标版式: 上海市级", mended="版式: 上海市级\n目标版式: 目标表",
)  # fmt: skip
UNKNOWN_PART = Rule(
    "P108", "版式里用了没有的名称",
    "“{name}”不是这里可用的名称",
    "改成已有的名称，或在“栏目”里先写明这一栏",
    wrong="区块: [表头, 资金, 评价结论]", mended="区块: [表头, 资金, 评价结论]\n栏目:\n  评价结论: {种类: 文字}",
)  # fmt: skip
NO_FORMULA = Rule(
    "P109", "资金的算式看不懂",
    "“{name}”的算式“{told}”看不懂",
    "写成“甲 ÷ 乙”（得百分数）或“甲 − 乙”（得金额），甲和乙是资金的两列；更长的算式分成几列写",
    wrong="计算: {到位率: 到位数占预算数}", mended="计算: {到位率: 全年到位资金数 ÷ 全年预算数}",
)  # fmt: skip
NAME_TAKEN = Rule(
    "P110", "资金的两列同名",
    "资金里已有名为“{name}”的一列",
    "换一个名称；表上印的字写在“列”里，两处不必相同",
    wrong="计算: {执行率: 全年执行数 ÷ 年初预算数}", mended="计算: {年初执行率: 全年执行数 ÷ 年初预算数}",
)  # fmt: skip
TOO_MANY_COLUMNS = Rule(
    "P112", "资金的列太多",
    "资金有 {name} 列，最多 {told} 列",
    "表印在 A4 纸上，再多就没有一个数排得下；改用表里的别的块，或分成几张表",
    wrong="列: {甲: 甲, 乙: 乙, …}  # 二十列", mended="列: {甲: 甲, 乙: 乙}",
)  # fmt: skip
UNKNOWN_DENOMINATOR = Rule(
    "P111", "分母不是版式的金额列",
    "版式“{layout}”的资金里没有金额“{name}”",
    "分母是年初预算数、全年预算数，或者这个版式在“栏目”里写明的数字、在“计算”里算出的差",
    wrong="分母: 预算数", mended="分母: 全年预算数",
)  # fmt: skip
MOVED_SETTING = Rule(
    "P107", "版式的设置写在评分规则里",
    "“{label}”是版式的设置，评分规则里不再写",
    "写到版式里：{moved}。版式是 content/layouts/ 里的文件，“基于”一种内置版式，评分规则用“版式”写明它的名称",
    wrong="（评分规则）资金单位: 元", mended="（版式）资金单位: 元",
)  # fmt: skip
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
