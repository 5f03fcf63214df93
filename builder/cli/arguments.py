"""The words of the command `jixiao`: its verbs, their options, and argparse in Chinese."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

# As `diagnostics.REPORTERS`, `review.FORMATS` and `export.TABLES` have them, which take their time
# to import.
CHECK_FORMATS = ("github", "gitlab", "json", "sarif", "text")
DIFF_FORMATS = ("html", "json", "markdown", "text")
EXPORT_FORMATS = ("xlsx", "docx", "csv", "json")
TABLES = ("公开表", "复核汇总表", "汇总表")


class _Choice(str):
    """The words for a wrong choice: the nearest right one, else all."""

    __slots__ = ()

    def __mod__(self, values: Any) -> str:
        wrong, choices = values["value"], re.split(r"'?, '?", values["choices"].strip("'"))
        return f"没有 {wrong}，{_guess(wrong, choices) or '可选：' + '、'.join(choices)}"


class _Parser(argparse.ArgumentParser):
    """A parser that says of each word it does not know what may have been meant."""

    def parse_known_args(  # type: ignore[override]  # of its overloads we need one
        self, args: Any = None, namespace: Any = None
    ) -> tuple[argparse.Namespace, list[str]]:
        # Below a word that begins with a dash would pass for a file's name.
        words = () if self._subparsers else args or ()
        if dashed := [word for word in words if _DASHED.match(word)]:
            self.error("；".join(map(self._unknown, dashed)))
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error("；".join(map(self._unknown, unknown)))
        return known, unknown

    def _unknown(self, word: str) -> str:
        name = word.partition("=")[0]
        dashes = _DASHES.match(name)
        if dashes is None:
            return f"多写了 {word}"
        options = [option for option in self._option_string_actions if option.startswith("--")]
        meant = _guess(f"--{name[dashes.end() :]}", options)
        return f"没有选项 {word}" + (f"，{meant}" if meant else "")


def _guess(word: str, known: Iterable[str]) -> str:
    """A question after the word that may have been meant; "" where none is near."""
    from difflib import get_close_matches  # only who mistypes waits for it

    close = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f"是否应为 {close[0]}？" if close else ""


# What stands for the hyphens of an option: Chinese input makes dashes of them.
_DASHES = re.compile(r"[-‐‑‒–—−－]+")
_DASHED = re.compile(r"[‐‑‒–—−－]+[a-z]")

# argparse speaks through gettext and takes no other words; these are all that we can meet.
_WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示这段说明",
    "%(prog)s: error: %(message)s\n": "jixiao：%(message)s\n详见 %(prog)s --help\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "the following arguments are required: %s": "缺少参数：%s",
    "invalid choice: %(value)r (choose from %(choices)s)": _Choice(),
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少要写一个值",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是 %(matches)s",
    "invalid %(type)s value: %(value)r": "%(value)s 不是整数",
    "ignored explicit argument %r": "不带值，多写了 %r",
    "not allowed with argument %s": "不能与 %s 同用",
}


def parser() -> argparse.ArgumentParser:
    """The parser of the command; `content` and `output` are None where nobody named them."""
    vars(argparse)["_"] = lambda text: _WORDS.get(text, text)
    command = _Parser(
        prog="jixiao",
        description="把一份份 YAML 写成的绩效自评表，生成可检索的网站、PDF 和数据。",
        epilog="例：jixiao check    检查全部自评表\n    jixiao build    生成 output/\n"
        "    jixiao explain C303    看一条检查的解释",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--version", action="store_true", help="显示版本")
    verbs = command.add_subparsers(dest="verb", metavar="命令", title="命令", prog="jixiao")

    def verb(name: str, about: str, example: str, *, reads: bool = True) -> Any:
        added = verbs.add_parser(
            name,
            help=about,
            description=about + "。",
            epilog="例：" + example,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if reads:
            added.add_argument(
                "--content", type=Path, metavar="目录",
                help="内容文件夹（默认 content；这里没有，就往上一层层找）",
            )  # fmt: skip
        return added

    added = verb("build", "生成网站、PDF 和数据", "jixiao build --year 2024 --no-pdf")
    added.add_argument(
        "--output",
        type=Path,
        metavar="目录",
        help="输出位置（默认 output，在 content 旁边）",
    )
    added.add_argument("--theme", default="official", metavar="名称", help="主题（默认 official）")
    added.add_argument(
        "--year", action="append", default=[], metavar="年度", help="只生成这个年度，可重复"
    )
    added.add_argument("--no-pdf", action="store_true", help="不生成 PDF，快速查看")
    added.add_argument("--strict", action="store_true", help="把警告当作错误")
    added.add_argument(
        "--publish", action="store_true", help="按发布的要求检查审查日期、个人信息和涉密字样"
    )
    added.add_argument(
        "--jobs",
        type=int,
        metavar="个数",
        help="同时工作的进程数（默认看处理器和内存有多少）",
    )
    added.add_argument(
        "--explain-rebuild", action="store_true", help="说明这次重新做了什么，为什么"
    )
    added.add_argument("--executor", metavar="地址", help="交给 Dask 集群去做：dask://主机:端口")
    added.add_argument(
        "--cache",
        type=Path,
        metavar="目录",
        help="留着上次结果的文件夹，可以几台机器共用（默认 .jixiao-cache，在 content 旁边）",
    )
    added.add_argument("--base-url", metavar="网址", help="网站根地址，代替 site.yaml 里的网址")

    added = verb("serve", "边改边看：在本机预览网站", "jixiao serve --port 8001")
    added.add_argument(
        "--port", type=int, default=8000, metavar="端口", help="端口（默认 8000；0 为任意空闲端口）"
    )
    added.add_argument("--theme", default="official", metavar="名称", help="主题（默认 official）")
    added.add_argument(
        "--poll", action="store_true", help="逐个查看文件有无改动，用于不通知改动的网络盘"
    )

    added = verb("check", "检查自评表", "jixiao check content/2024/dianjiao-yuanjiao.yaml")
    added.add_argument("paths", nargs="*", type=Path, metavar="文件", help="只看这些文件或文件夹")
    added.add_argument("--format", choices=CHECK_FORMATS, default="text", help="报告的格式")
    added.add_argument("--strict", action="store_true", help="把警告当作错误")

    added = verb(
        "score", "列出每一分是怎么来的", "jixiao score content/2024/dianjiao-yuanjiao.yaml"
    )
    added.add_argument("paths", nargs="*", type=Path, metavar="文件", help="只看这些文件或文件夹")
    added.add_argument("--format", choices=("text", "json"), default="text", help="报告的格式")

    added = verb("diff", "看改动对自评表和得分的影响", "jixiao diff main...HEAD")
    added.add_argument(
        "base", metavar="原版本", help="git 的版本；也可写 A..B，或从分叉点比起的 A...B"
    )
    added.add_argument("head", nargs="?", metavar="新版本", help="不写则是现在的文件")
    added.add_argument("--format", choices=DIFF_FORMATS, default="text", help="报告的格式")
    added.add_argument("--with-private", action="store_true", help="不公开的内容也列出，只供内部")

    added = verb(
        "export",
        "导出自评表（xlsx、docx、csv、json）和要上报的表",
        "jixiao export content/2024/dianjiao-yuanjiao.yaml --format docx\n"
        "    jixiao export --empty --layout 四川 --year 2025    空白的表，用表格程序填\n"
        "    jixiao export --table 汇总表 --year 2024",
    )
    added.add_argument("paths", nargs="*", type=Path, metavar="文件", help="只导出这些文件或文件夹")
    added.add_argument(
        "--format", choices=EXPORT_FORMATS, help="文件的格式（默认 xlsx，能算出得分的正式表）"
    )
    added.add_argument(
        "--stage", choices=("目标", "自评", "复核"), help="哪个阶段的表（默认报表现在的）"
    )
    added.add_argument(
        "--empty", action="store_true", help="一张空表，有下拉和检查，不用 git 也能填"
    )
    added.add_argument("--profile", metavar="规则", help="空表的评分规则（默认 site.yaml 里的）")
    added.add_argument("--layout", metavar="版式", help="空表的版式，见 jixiao explain 版式")
    added.add_argument(
        "--table", choices=TABLES, metavar="表", help=f"要哪张表：{'、'.join(TABLES)}（xlsx）"
    )
    added.add_argument(
        "--year", action="append", default=[], metavar="年度", help="只导出这个年度，可重复"
    )
    added.add_argument(
        "--to", type=Path, metavar="目录", help="放在哪里（默认 export，在 content 旁边）"
    )
    added.add_argument(
        "--for", dest="reader", choices=("财政",), metavar="财政",
        help="报财政部门的：连同不公开、撤回的，写明理由",
    )  # fmt: skip

    added = verb("fmt", "把自评表整理成统一的写法", "jixiao fmt --check")
    added.add_argument("paths", nargs="*", type=Path, metavar="文件", help="只看这些文件或文件夹")
    added.add_argument("--check", action="store_true", help="只列出需要整理的文件，不改动")

    verb(
        "schema",
        "输出 JSON Schema，供编辑器补全",
        "jixiao schema > content/report.schema.json",
    )

    added = verb("new", "新建一份空白自评表", "jixiao new 2025 wangluo-yunwei --stage 目标")
    added.add_argument("year", metavar="年度", help="四位年份")
    added.add_argument("stem", metavar="名称", help="文件名，也是网址的一部分，公布后不再改")
    added.add_argument("--profile", metavar="规则", help="评分规则（默认 site.yaml 里的）")
    added.add_argument("--layout", metavar="版式", help="按版式选评分规则，见 jixiao explain 版式")
    added.add_argument(
        "--from",
        dest="source",
        metavar="年度/名称",
        help="从另一年度的表带来单位、目标和指标，作为这一年的目标",
    )
    added.add_argument(
        "--stage", choices=("目标", "自评"),
        help="建哪个阶段的表（默认自评；有 --from 的，默认目标）",
    )  # fmt: skip

    added = verb(
        "import", "把 Excel、Word 和网页里的绩效表读成自评表", "jixiao import 附件/*.xlsx --dry-run"
    )
    added.add_argument(
        "files", nargs="+", type=Path, metavar="文件",
        help=".xlsx、.docx、网页、粘贴成 .txt 的文字，或本软件生成的 PDF",
    )  # fmt: skip
    added.add_argument(
        "--to", type=Path, metavar="目录", help="写到哪里（默认内容文件夹；年度文件夹也可以）"
    )
    added.add_argument("--layout", metavar="版式", help="按这种版式读（默认看哪种最像）")
    added.add_argument("--dry-run", action="store_true", help="只看读出了什么，不写文件")

    added = verb("init", "建立一个自评表仓库", "jixiao init 绩效自评", reads=False)
    added.add_argument(
        "folder", nargs="?", type=Path, default=Path(), metavar="目录",
        help="建在哪里（默认当前文件夹），已有的文件不改动",
    )  # fmt: skip

    verb("doctor", "看这台机器缺什么、怎样补上", "jixiao doctor", reads=False)

    added = verb(
        "explain", "解释一条检查或一种版式", "jixiao explain C303，jixiao explain 四川", reads=False
    )
    added.add_argument(
        "code", nargs="?", metavar="编号", help="如 C303，或版式的名称；“版式”列出全部版式"
    )
    return command
