"""F what is printed, T what the site is made with: theme, address, history."""

from builder.diagnostics.values import Rule, Severity

WARNING, INFO = Severity.WARNING, Severity.INFO

MISSING_GLYPH = Rule(
    "F101", "字库里没有这个字",
    "字库里没有“{character}”（U+{code}），PDF 里会是空框",
    "核对这个字；确是此字的，安装收录它的字体（如 Debian 的 fonts-noto-cjk）",
    wrong="实施单位: （名称中有字库未收的字）", mended="（安装字体后重试）",
)  # fmt: skip

BORROWED_GLYPH = Rule(
    "F103", "用了本机的字体",
    "“{character}”（U+{code}）取自本机的字体 {font}",
    "在没有这个字体的机器上不能生成；要处处得到同样的 PDF，各台机器须装同一份字体",
    WARNING,
    wrong="实施单位: （名称中有字库未收的字）", mended="（各台机器都装 fonts-noto-cjk，不必理会）",
)  # fmt: skip

NOT_PRINTED = Rule(
    "F102", "PDF 排版失败",
    "这份表排不成 PDF：{problem}",
    "这是程序或主题的缺陷，请把这个文件和本消息交给维护人员；急用时加 --no-pdf",
    wrong="（排版引擎报出的问题）", mended="（修复后重试）",
)  # fmt: skip

TEXT_TOO_LONG = Rule(
    "F104", "一格文字太长",
    "“{label}”有 {length} 字，一格最多 {most} 字",
    "删去重复的内容，细节写进佐证材料；这样长的多半是误贴了整篇文件",
    why="表里一格放不下无限长的文字，排版前先量一量",
    wrong="三级指标: （误贴的整篇实施方案，20000 字）", mended="三级指标: 实施方案按期完成率",
)  # fmt: skip
FORM_TOO_LONG = Rule(
    "F105", "表太长",
    "这份表约有 {pages} 页，最多 {most} 页；最长的一格在这里",
    "把细节写进佐证材料，或分成几个项目填报",
    why="一份表排成上百页，没有人能读",
    wrong="（六十项指标各附一千字的说明）", mended="（每项说明一百字，其余写进佐证材料）",
)  # fmt: skip
NO_END = Rule(
    "F106", "排版没有尽头",
    "这份表排了 {pages} 页还没有排完，已经停下；最长的一格在这里",
    "先缩短这一格；仍然如此的，是程序或主题的缺陷，请把这个文件和本消息交给维护人员",
    wrong="（排版引擎停不下来的表）", mended="（缩短最长的一格）",
)  # fmt: skip

TEMPLATE_ERROR = Rule(
    "T101", "模板出错",
    "模板出错：{problem}",
    "检查模板这一行；可用的内容见 ARCHITECTURE.md 的 views 一节",
    wrong="{{ report.titel }}", mended="{{ report.title }}",
)  # fmt: skip
THEME_MISSING = Rule(
    "T102", "没有这个主题",
    "没有名为“{name}”的主题",
    "检查 --theme 的名称",
    wrong="jixiao build --theme oficial", mended="jixiao build --theme official",
)  # fmt: skip
NO_ADDRESS = Rule(
    "T103", "没有设置网站地址",
    "没有设置“网址”，站点地图、订阅和规范地址略去",
    "在 content/site.yaml 里填写“网址”，或用 --base-url",
    INFO,
    wrong="# 没有 网址", mended="网址: https://example.gov.cn/jixiao/",
)  # fmt: skip
PREFACE_MARKS = Rule(
    "T104", "前言里有排不出的写法",
    "这一行是{kind}的写法，年度汇编的前言里排不出来",
    "前言只有段落（空一行）、列表（- 或 1. 开头）和加粗（**重点**），请改用这些写法",
    WARNING,
    why="标题、表格、引用、代码、链接和图片的记号会照样印在纸上，HTML 标签会去掉",
    wrong="## 总体情况", mended="**总体情况**",
)  # fmt: skip
SHALLOW_HISTORY = Rule(
    "T105", "修订记录不完整",
    "这里是 git 的浅克隆，只有最近的提交；更早的修订记录读不到，网页上会缺少",
    "取回完整历史：git fetch --unshallow；自动流程里让平台取完整历史（GitHub 用 fetch-depth: 0，GitLab 用 GIT_DEPTH: 0）",
    WARNING,
    release=True,
    wrong="修订记录: 是  # 在 git clone --depth 1 得到的文件夹里", mended="修订记录: 是  # 运行过 git fetch --unshallow",
)  # fmt: skip
