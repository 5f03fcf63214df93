"""S: may the report be published, and the files that it names?"""

from builder.diagnostics.values import Rule, Severity

NO_BASIS = Rule(
    "S308", "不公开没有写理由",
    "写了“{scope}”，没有写理由",
    "在“公开”里补上理由；理由本身不会公开",
    wrong="公开: {范围: 不公开}", mended="公开: {范围: 不公开, 理由: 涉及国家秘密}",
)  # fmt: skip
NO_WITHDRAWAL_DAY = Rule(
    "S333", "撤回没有写日期",
    "写了“撤回”，没有写撤回日期",
    "在“公开”里补上撤回日期；原来的网址上会写明从哪天起不再公开",
    wrong="公开: {范围: 撤回, 理由: 数据有误，重新填报}",
    mended="公开: {范围: 撤回, 理由: 数据有误，重新填报, 撤回日期: 2025-06-01}",
)  # fmt: skip
NOT_WITHDRAWN = Rule(
    "S334", "没有撤回却写了撤回的内容",
    "范围是“{scope}”，“{label}”没有用处",
    "撤回的，把范围写作“撤回”；没有撤回的，删去这一行",
    wrong="公开: {范围: 全文, 撤回日期: 2025-06-01}", mended="公开: {范围: 全文}",
)  # fmt: skip
NO_EVIDENCE_FILE = Rule(
    "S309", "佐证材料的文件不可用",
    "佐证材料“{name}”的文件“{path}”{problem}",
    "文件放在同一年度文件夹里，路径相对于本文件",
    wrong="- {名称: 验收单, 文件: ../../etc/passwd, 内部: 否}",
    mended="- {名称: 验收单, 文件: 佐证/验收单.pdf, 内部: 否}",
)  # fmt: skip
EMPTY_EVIDENCE = Rule(
    "S313", "佐证材料是空文件",
    "佐证材料“{name}”的文件“{path}”里没有内容",
    "换成完整的文件；多半是复制或下载没有完成",
    Severity.WARNING,
    wrong="（佐证/验收单.pdf 有 0 个字节）", mended="（佐证/验收单.pdf 能打开）",
)  # fmt: skip
INTERNAL_AND_PUBLIC = Rule(
    "S316", "同一份材料又是内部又公开",
    "“{path}”在一处是内部材料，在另一处随网站公开",
    "两处改成一样。不公开的表列出的材料都按内部材料看待；改名、复制的仍是同一份材料",
    wrong="- {名称: 甲, 文件: 签到册.pdf, 内部: 是}\n- {名称: 乙, 文件: ./签到册.pdf, 内部: 否}",
    mended="- {名称: 甲, 文件: 签到册.pdf, 内部: 是}",
)  # fmt: skip
UNFIT_KIND = Rule(
    "S317", "这样的文件不能公开",
    "佐证材料“{name}”的文件“{path}”{problem}，不能公开",
    "可以公开的是 pdf、ofd、docx、xlsx、pptx、doc、xls、ppt、wps、et、dps、png、jpg、gif、webp、csv、txt；其他的另存为 PDF，压缩包里的逐个列出，过大的先压缩或拆开；也可以填“内部: 是”",
    why="网页、脚本和矢量图（svg）会在网站自己的地址上运行；压缩包里有什么，审核时看不见。",
    wrong="- {名称: 统计, 文件: 佐证/统计.html, 内部: 否}", mended="- {名称: 统计, 文件: 佐证/统计.pdf, 内部: 否}",
)  # fmt: skip
DISGUISED = Rule(
    "S318", "文件内容与扩展名不符",
    "佐证材料“{name}”的文件“{path}”{problem}",
    "用原来的软件打开，另存为这种格式；只改扩展名不行。从系统里导出的 xls 常是网页，另存为 xlsx",
    wrong="- {名称: 照片, 文件: 照片.png, 内部: 否}  # 其实是网页", mended="- {名称: 照片, 文件: 照片.png, 内部: 否}  # PNG 图片",
)  # fmt: skip
