"""S: has it the shape of a form?"""

from builder.diagnostics.values import Rule, Severity

NOT_A_FORM = Rule(
    "S101", "不是一份表",
    "文件应由“字段: 值”组成",
    "以“年度: 2024”这样的行开头；写法见作者手册",
    wrong="- 电教远教工作经费", mended="项目名称: 电教远教工作经费",
)  # fmt: skip
UNKNOWN_KEY = Rule(
    "S102", "没有这个字段",
    "{owner}里没有“{key}”这个字段",
    "按表上的字样填写",
    wrong="项目名: 电教远教工作经费", mended="项目名称: 电教远教工作经费",
)  # fmt: skip
MISSING_KEY = Rule(
    "S103", "缺少必填内容",
    "{owner}缺少“{key}”，或只写了字段没有填值",
    "补上“{key}: …”",
    wrong="三级指标: 基层党组织满意度\n年度指标值: ≥90(%)\n实际完成值:",
    mended="三级指标: 基层党组织满意度\n年度指标值: ≥90(%)\n实际完成值: 93(%)",
)  # fmt: skip
NOT_A_TEXT = Rule(
    "S104", "应填文字或数字",
    "“{label}”应直接填写一个值，这里是{value}",
    "写成“{label}: 值”一行；以 [ 或 {{ 开头的文字要加引号",
    wrong="项目名称:\n  - 电教远教工作经费", mended="项目名称: 电教远教工作经费",
)  # fmt: skip
NOT_A_MAPPING = Rule(
    "S105", "应填一组字段",
    "“{label}”下面应是“字段: 值”，这里是“{value}”",
    "下一行缩进两个空格，再写字段",
    wrong="年度总体目标: 建立平台", mended="年度总体目标:\n  预期目标: 建立平台\n  实际完成情况: 平台已建成",
)  # fmt: skip
NOT_A_LIST = Rule(
    "S106", "应填列表",
    "“{label}”下面应是列表，每项以“- ”开头",
    "在每个三级指标前加“- ”",
    wrong="数量指标:\n  三级指标: 各类直播等录制次数", mended="数量指标:\n  - 三级指标: 各类直播等录制次数",
)  # fmt: skip
NOTHING_IN_IT = Rule(
    "S107", "没有内容",
    "“{label}”下面至少要有一项",
    "补上内容",
    wrong="绩效指标: {}", mended="绩效指标:\n  产出指标: …",
)  # fmt: skip
BAD_CHOICE = Rule(
    "S108", "不在可选范围内",
    "“{label}”不能填“{value}”",
    "可以填写：{choices}",
    wrong="类型: 数量", mended="类型: 定量",
)  # fmt: skip
BAD_VALUE = Rule(
    "S109", "填写不合要求",
    "“{label}”不能填“{value}”",
    "对照作者手册的字段说明填写",
    wrong="核对: {总分: {分: 97.89}}", mended="核对: {总分: 97.89}",
)  # fmt: skip
NOT_A_COLOUR = Rule(
    "S110", "颜色写法不对",
    "“{label}”的写法不对：“{value}”",
    "写成 # 加六位十六进制数，如 '#1f4d78'（要加引号，否则 # 会被当作注释）",
    wrong="主色: 红", mended="主色: '#1f4d78'",
)  # fmt: skip
NOT_AN_ADDRESS = Rule(
    "S111", "网址写法不对",
    "“{label}”不是完整的{what}：“{value}”",
    "网址以 https:// 或 http:// 开头，不带 ? 和 #",
    wrong="网址: czj.example.gov.cn/jixiao", mended="网址: https://czj.example.gov.cn/jixiao/",
)  # fmt: skip
PALE_COLOUR = Rule(
    "S112", "主色太浅",
    "主色“{value}”与底色的对比度只有 {ratio}，不到 4.5，文字看不清",
    "换深一些的颜色；不换时网页用加深了的 {mended}",
    Severity.WARNING,
    wrong="主色: '#ffe14d'", mended="主色: '#1f4d78'",
)  # fmt: skip
NOT_ONE_LINE = Rule(
    "S314", "应写在一行里",
    "“{label}”不止一行或一段：“{value}”",
    "写成一行：“{label}: …”，不分段，不另起一行",
    wrong="项目名称: |\n  电教远教\n\n  工作经费", mended="项目名称: 电教远教工作经费",
)  # fmt: skip

NOT_A_NUMBER = Rule(
    "S201", "应填数字",
    "“{label}”应填数字，这里是“{value}”",
    "只写数字和小数点{instead}",
    wrong="分值: 十分", mended="分值: 10",
)  # fmt: skip
WIDE_NUMBER = Rule(
    "S202", "全角数字",
    "“{label}”里有全角数字或多余空格：“{value}”",
    "改成半角：{mended}",
    wrong="分值: １０", mended="分值: 10",
)  # fmt: skip
THOUSANDS = Rule(
    "S203", "数字里有千分位逗号",
    "“{label}”里不要写千分位逗号：“{value}”",
    "改成 {mended}",
    wrong="全年预算数: 1,234", mended="全年预算数: 1234",
)  # fmt: skip
NUMBER_WITH_UNIT = Rule(
    "S204", "数字后面带了单位",
    "“{label}”只填数字，不带单位：“{value}”",
    "改成 {mended}，不写单位{fixed}",
    wrong="全年预算数: 334.50万元", mended="全年预算数: 334.50",
)  # fmt: skip
NOT_A_YEAR = Rule(
    "S205", "应填四位年份",
    "“{label}”应是四位年份，这里是“{value}”",
    "如 2024",
    wrong="年度: 2024年", mended="年度: 2024",
)  # fmt: skip
NOT_A_DATE = Rule(
    "S206", "应填日期",
    "“{label}”应是日期，这里是“{value}”",
    "写成 2025-03-20 的样式",
    wrong="发布日期: 2025年3月31日", mended="发布日期: 2025-03-31",
)  # fmt: skip
NOT_YES_NO = Rule(
    "S207", "应填是或否",
    "“{label}”只能填“是”或“否”，这里是“{value}”",
    "填“是”或“否”",
    wrong="内部: 公开", mended="内部: 否",
)  # fmt: skip

YEAR_FOLDER = Rule(
    "S301", "年度与文件夹不符",
    "年度写的是 {year}，文件却放在 {folder} 文件夹里",
    "改正年度，或把文件移到 {year} 文件夹",
    wrong="（content/2024/ 里）年度: 2023", mended="（content/2024/ 里）年度: 2024",
)  # fmt: skip
BAD_STEM = Rule(
    "S302", "文件名不能作网址",
    "文件名“{stem}”不能作为报告的永久编号",
    "只用字母、数字、汉字、连字符和下划线，如 dianjiao-yuanjiao.yaml；index、data、compendium、deviations、indicators 是网站保留的名称，con、nul、com1 等是 Windows 保留的名称",
    wrong="电教 经费(1).yaml", mended="dianjiao-yuanjiao.yaml",
)  # fmt: skip
UNKNOWN_ROW = Rule(
    "S303", "没有这一行资金",
    "版式“{layout}”的项目资金里没有“{row}”这一行",
    "按评分规则列出的资金行填写",
    wrong="本年财政拨款: {全年预算数: 10, 全年执行数: 10}",
    mended="当年财政拨款: {全年预算数: 10, 全年执行数: 10}",
)  # fmt: skip
UNKNOWN_GROUP = Rule(
    "S304", "没有这个一级指标",
    "版式“{layout}”里没有一级指标“{name}”",
    "按评分规则列出的一级指标填写",
    wrong="绩效指标:\n  产出:", mended="绩效指标:\n  产出指标:",
)  # fmt: skip
UNKNOWN_KIND = Rule(
    "S305", "没有这个二级指标",
    "“{group}”里没有二级指标“{name}”",
    "按评分规则列出的二级指标填写",
    wrong="产出指标:\n  数量:", mended="产出指标:\n  数量指标:",
)  # fmt: skip
MISSING_COLUMN = Rule(
    "S306", "缺少这一列的金额",
    "“{row}”缺少“{column}”",
    "版式“{layout}”的表上有这一列，请补上；确实没有就写 0.00，原表上就空着的写“留空”",
    wrong="当年财政拨款: {全年预算数: 334.50, 全年执行数: 319.26}",
    mended="当年财政拨款: {年初预算数: 334.50, 全年预算数: 334.50, 全年执行数: 319.26}",
)  # fmt: skip
MISSING_WEIGHT = Rule(
    "S307", "缺少分值",
    "{owner}没有填分值",
    "补上“分值: …”；各指标分值与预算执行分值合计 100 分；原表上就空着的写“分值: 留空”",
    wrong="- 三级指标: 基层党组织满意度", mended="- 三级指标: 基层党组织满意度\n  分值: 10.00",
)  # fmt: skip
CLASHING_STEM = Rule(
    "S310", "两个文件编号相同",
    "“{stem}”与另一个文件的编号只有大小写或扩展名不同",
    "改掉其中一个文件名；编号是永久网址，须能在任何系统上区分",
    wrong="A.yaml 与 a.yaml", mended="a1.yaml 与 a2.yaml",
)  # fmt: skip
WRONG_PLACE = Rule(
    "S311", "这个文件不会被读取",
    "“{name}”{problem}",
    "自评表放在 content/年度/ 里，扩展名为 .yaml",
    Severity.WARNING,
    wrong="content/2024/经费.yml", mended="content/2024/jingfei.yaml",
)  # fmt: skip
NO_REPORTS = Rule(
    "S312", "没有自评表",
    "{where}没有可以公开的自评表",
    "把自评表放在 {folder}/年度/ 里，如 {folder}/2024/dianjiao-yuanjiao.yaml",
    wrong="content/（空文件夹）", mended="content/2024/dianjiao-yuanjiao.yaml",
)  # fmt: skip

LEFT_BLANK = Rule(
    "S319", "写明留空的一格",
    "“{label}”写明留空",
    "网页和 PDF 上是空格，不计入合计、平均和得分；有了内容再补上",
    Severity.INFO,
    wrong="实际完成值: 留空", mended="实际完成值: 93(%)",
)  # fmt: skip
