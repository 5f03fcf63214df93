"""The command `jixiao`: parse arguments, call, report, exit. Nothing is decided here."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import simplejson

from builder import build as pipeline
from builder import catalogue, content, opendata
from builder.checks import check as check_document
from builder.diagnostics import Diagnostic, Diagnostics, Severity
from builder.formatter import canonical
from builder.history import GitError, RevisionError
from builder.manual import explain, rule_entry
from builder.model import WEB_ADDRESS, Report
from builder.output import OutputError, replace_file, write_new
from builder.profile import read_profiles
from builder.progress import Progress
from builder.reporters import REPORTERS, WORDS
from builder.review import FORMATS, between
from builder.schema import report_schema
from builder.selection import WrongUsage, chosen
from builder.starter import begin
from builder.starter.form import empty_form

OK, FOUND, USAGE, ENVIRONMENT = 0, 1, 2, 3

# argparse speaks through gettext and takes no other words; these are all that we can meet.
_WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示这段说明",
    "%(prog)s: error: %(message)s\n": "jixiao：%(message)s\n详见 %(prog)s --help\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "the following arguments are required: %s": "缺少参数：%s",
    "invalid choice: %(value)r (choose from %(choices)s)": "不能是 %(value)r，可选：%(choices)s",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少要写一个值",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是 %(matches)s",
    "invalid %(type)s value: %(value)r": "%(value)r 不是可用的值",
    "ignored explicit argument %r": "不带值，多写了 %r",
    "not allowed with argument %s": "不能与 %s 同用",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: the process's own); its exit code.

    0 no error, 1 errors found in the content, 2 wrong usage, 3 the environment failed.
    """
    vars(argparse)["_"] = lambda text: _WORDS.get(text, text)
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    if options.verb is None:
        parser.print_help()
        return OK
    verb: Callable[[argparse.Namespace], int] = options.run
    try:
        return verb(options)
    except (WrongUsage, RevisionError) as error:
        print(f"jixiao：{error}", file=sys.stderr)
        return USAGE
    except (OutputError, GitError) as error:
        print(f"jixiao：{error}", file=sys.stderr)
        return ENVIRONMENT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        print("jixiao：已中断，原有的输出没有改动", file=sys.stderr)
        return ENVIRONMENT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="jixiao",
        description="把一份份 YAML 写成的绩效自评表，生成可检索的网站、PDF 和数据。",
        epilog="例：jixiao check    检查全部自评表\n    jixiao build    生成 output/\n"
        "    jixiao explain C303    看一条检查的解释",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", metavar="命令", title="命令", prog="jixiao")

    def verb(
        name: str, run: Callable[[Any], int], about: str, example: str, *, reads: bool = True
    ) -> Any:
        added = verbs.add_parser(
            name,
            help=about,
            description=about + "。",
            epilog="例：" + example,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        added.set_defaults(run=run)
        if reads:
            added.add_argument(
                "--content", type=Path, default=Path("content"), metavar="目录",
                help="内容文件夹（默认 content）",
            )  # fmt: skip
        return added

    added = verb("build", _build, "生成网站、PDF 和数据", "jixiao build --year 2024 --no-pdf")
    added.add_argument(
        "--output",
        type=Path,
        default=Path("output"),
        metavar="目录",
        help="输出位置（默认 output）",
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
        default=os.cpu_count() or 1,
        metavar="个数",
        help="同时工作的进程数（默认全部核心）",
    )
    added.add_argument("--base-url", metavar="网址", help="网站根地址，代替 site.yaml 里的网址")

    added = verb("serve", _serve, "边改边看：在本机预览网站", "jixiao serve --port 8001")
    added.add_argument(
        "--port", type=int, default=8000, metavar="端口", help="端口（默认 8000；0 为任意空闲端口）"
    )
    added.add_argument("--theme", default="official", metavar="名称", help="主题（默认 official）")
    added.add_argument(
        "--poll", action="store_true", help="逐个查看文件有无改动，用于不通知改动的网络盘"
    )

    added = verb("check", _check, "检查自评表", "jixiao check content/2024/dianjiao-yuanjiao.yaml")
    added.add_argument("paths", nargs="*", type=Path, metavar="文件", help="只看这些文件或文件夹")
    added.add_argument("--format", choices=sorted(REPORTERS), default="text", help="报告的格式")
    added.add_argument("--strict", action="store_true", help="把警告当作错误")

    added = verb(
        "score", _score, "列出每一分是怎么来的", "jixiao score content/2024/dianjiao-yuanjiao.yaml"
    )
    added.add_argument("paths", nargs="*", type=Path, metavar="文件", help="只看这些文件或文件夹")
    added.add_argument("--format", choices=("text", "json"), default="text", help="报告的格式")

    added = verb("diff", _diff, "看改动对自评表和得分的影响", "jixiao diff main...HEAD")
    added.add_argument(
        "base", metavar="原版本", help="git 的版本；也可写 A..B，或从分叉点比起的 A...B"
    )
    added.add_argument("head", nargs="?", metavar="新版本", help="不写则是现在的文件")
    added.add_argument("--format", choices=sorted(FORMATS), default="text", help="报告的格式")

    added = verb("fmt", _fmt, "把自评表整理成统一的写法", "jixiao fmt --check")
    added.add_argument("paths", nargs="*", type=Path, metavar="文件", help="只看这些文件或文件夹")
    added.add_argument("--check", action="store_true", help="只列出需要整理的文件，不改动")

    verb(
        "schema",
        _schema,
        "输出 JSON Schema，供编辑器补全",
        "jixiao schema > content/report.schema.json",
    )

    added = verb("new", _new, "新建一份空白自评表", "jixiao new 2025 wangluo-yunwei")
    added.add_argument("year", metavar="年度", help="四位年份")
    added.add_argument("stem", metavar="名称", help="文件名，也是网址的一部分，公布后不再改")
    added.add_argument("--profile", metavar="规则", help="评分规则（默认 site.yaml 里的）")

    added = verb("init", _init, "建立一个自评表仓库", "jixiao init 绩效自评", reads=False)
    added.add_argument(
        "folder", nargs="?", type=Path, default=Path(), metavar="目录",
        help="建在哪里（默认当前文件夹），已有的文件不改动",
    )  # fmt: skip

    added = verb("explain", _explain, "解释一条检查", "jixiao explain C303", reads=False)
    added.add_argument("code", nargs="?", metavar="编号", help="如 C303；不写则列出全部")
    return parser


def _build(options: argparse.Namespace) -> int:
    diagnostics = Diagnostics()
    if options.base_url and not WEB_ADDRESS.fullmatch(options.base_url):
        raise WrongUsage(f"--base-url 不是完整的网址：{options.base_url}")
    request = pipeline.Request(
        content=options.content,
        output=options.output,
        theme=options.theme,
        years=tuple(options.year),
        pdf=not options.no_pdf,
        release=options.publish,
        strict=options.strict,
        jobs=max(1, options.jobs),
        address=options.base_url,
    )
    with Progress(sys.stderr) as progress:
        result = pipeline.build(request, diagnostics, progress)
    worth_reading = [d for d in diagnostics if d.severity is not Severity.INFO]
    _print_text(worth_reading, result.texts)
    _print_count(diagnostics, hidden=True)
    if result.files is None:
        print(f"没有发布：{options.output} 保持原样。", file=sys.stderr)
        return FOUND
    print(
        f"已生成 {options.output}：{result.reports} 份自评表，{result.files} 个文件。",
        file=sys.stderr,
    )
    return OK


def _serve(options: argparse.Namespace) -> int:
    if not options.content.is_dir():
        raise WrongUsage(f"没有文件夹 {options.content}；用 --content 指明内容文件夹")
    if not 0 <= options.port < 65536:
        raise WrongUsage(f"没有端口 {options.port}，请用 1024 到 65535 之间的数")
    from builder.serve import serve  # it brings half the standard library along

    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    try:
        serve(options.content, options.theme, options.port, sys.stderr, stop, polling=options.poll)
    except KeyboardInterrupt:
        print(file=sys.stderr)
    print("预览已结束。", file=sys.stderr)
    return OK


def _check(options: argparse.Namespace) -> int:
    diagnostics = Diagnostics()
    texts: dict[str, str] = {}
    settings = content.settings(options.content, diagnostics)
    if settings.source:
        texts[settings.source.file] = settings.source.text
    for entry in chosen(options.content, options.paths, diagnostics):
        found = content.read(entry, diagnostics)
        texts[entry.file] = found.text
        document = content.understand(found, entry, settings, diagnostics)
        if document:
            check_document(document, diagnostics, review_required=settings.site.review_required)
            content.evidence(entry, document, diagnostics)
    print(REPORTERS[options.format](diagnostics, texts), end="")
    _print_count(diagnostics)
    return FOUND if pipeline.fails(diagnostics, strict=options.strict) else OK


def _score(options: argparse.Namespace) -> int:
    diagnostics = Diagnostics()
    settings = content.settings(options.content, diagnostics)
    texts: dict[str, str] = {}
    records = []
    for entry in chosen(options.content, options.paths, diagnostics):
        found = content.read(entry, diagnostics)
        texts[entry.file] = found.text
        document = content.understand(found, entry, settings, diagnostics)
        if document is None:
            continue
        if options.format == "json":
            records.append(
                opendata.record(document.report, document.stem, document.card, document.profile)
            )
        else:
            print(explain(document))
    if options.format == "json":
        print(opendata.to_json(records), end="")
    _print_text(diagnostics, texts)
    return FOUND if diagnostics.failed else OK


def _diff(options: argparse.Namespace) -> int:
    review = between(options.content, options.base, options.head)
    print(FORMATS[options.format](review), end="")
    return FOUND if review.fails else OK


def _fmt(options: argparse.Namespace) -> int:
    diagnostics = Diagnostics()
    texts: dict[str, str] = {}
    untidy = left = 0
    for entry in chosen(options.content, options.paths, diagnostics):
        found = content.read(entry, Diagnostics())
        tidy = canonical(found.text, entry.file, Report)
        if tidy is None:
            left += 1
            texts[entry.file] = content.read(entry, diagnostics).text
            print(f"没有整理，请先改正其中的问题：{entry.file}", file=sys.stderr)
        elif tidy.encode() != entry.path.read_bytes():
            untidy += 1
            print(f"{'需要整理' if options.check else '已整理'}：{entry.file}")
            if not options.check:
                replace_file(entry.path, tidy.encode())
    _print_text(diagnostics, texts)
    return FOUND if left or diagnostics.failed or (untidy and options.check) else OK


def _schema(options: argparse.Namespace) -> int:
    diagnostics = Diagnostics()
    profiles = read_profiles(options.content / "profiles", diagnostics)
    print(simplejson.dumps(report_schema(profiles), ensure_ascii=False, indent=2))
    _print_text(diagnostics, {})
    return FOUND if diagnostics.failed else OK


def _new(options: argparse.Namespace) -> int:
    if not content.YEAR.fullmatch(options.year):
        raise WrongUsage(f"年度应是四位年份，不是 {options.year}")
    if not content.is_stem(options.stem):
        raise WrongUsage(
            f"“{options.stem}”不能做文件名：只用字母、数字、汉字、- 和 _，"
            "以字母、数字或汉字开头，也不能是 index、data 等保留的名字"
        )
    settings = content.settings(options.content, Diagnostics())
    default, name = settings.site.profile, options.profile or settings.site.profile
    profile = settings.profiles.by_name.get(name)
    if profile is None:
        known = "、".join(settings.profiles.by_name)
        raise WrongUsage(f"没有评分规则 {name}，可选：{known}")
    path = options.content / options.year / f"{options.stem}.yaml"
    text = empty_form(profile, int(options.year), is_default=name == default)
    if not write_new(path, text.encode()):
        raise WrongUsage(f"已有 {path}，没有改动")
    print(f"已新建 {path}。填好后用 jixiao check 检查，用 jixiao serve 边改边看。")
    return OK


def _init(options: argparse.Namespace) -> int:
    begun = begin(options.folder)
    for name in begun.written:
        print(f"已写入：{options.folder / name}")
    for name in begun.kept:
        print(f"已有，没有改动：{options.folder / name}")
    print(f"下一步：看 {options.folder / 'README.md'}。")
    return OK


def _explain(options: argparse.Namespace) -> int:
    if options.code is None:
        for rule in catalogue.RULES.values():
            print(f"{rule.code}  {WORDS[rule.severity]}  {rule.title}")
        return OK
    code = options.code.upper()
    if code not in catalogue.RULES:
        print(f"jixiao：没有编号 {options.code}；jixiao explain 列出全部编号", file=sys.stderr)
        return USAGE
    print(rule_entry(catalogue.RULES[code]))
    return OK


def _print_text(diagnostics: Diagnostics | list[Diagnostic], texts: dict[str, str]) -> None:
    report = REPORTERS["text"](diagnostics, texts)
    if report:
        print(report, file=sys.stderr)


def _print_count(diagnostics: Diagnostics, *, hidden: bool = False) -> None:
    counts = {severity: diagnostics.count(severity) for severity in Severity}
    told = "，".join(f"{counts[severity]} 个{WORDS[severity]}" for severity in Severity)
    more = "（提示用 jixiao check 查看）" if hidden and counts[Severity.INFO] else ""
    print(f"{told}{more}。", file=sys.stderr)
