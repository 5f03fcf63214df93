"""The command `jixiao`: parse arguments, call, report, exit. Nothing is decided here."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from shutil import get_terminal_size
from threading import Event
from types import MappingProxyType

import simplejson

from builder import content, opendata, pipeline
from builder.checks import Codes
from builder.checks import check as check_document
from builder.cli import doctor
from builder.cli.arguments import Run, parser
from builder.content import WrongUsage, chosen
from builder.diagnostics import (
    REPORTERS,
    WORDS,
    Diagnostic,
    Diagnostics,
    Severity,
    catalogue,
    rule_entry,
)
from builder.formatter import canonical
from builder.model import Report
from builder.output import OutputError, replace_file, write_new
from builder.pipeline import machine
from builder.progress import Progress
from builder.records import WEB_ADDRESS
from builder.review import FORMATS, GitError, RevisionError, between
from builder.scoring import explain, read_profiles
from builder.starter import begin, empty_form, report_schema
from builder.text import folded

OK, FOUND, USAGE, ENVIRONMENT = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: the process's own); its exit code.

    0 no error, 1 errors found in the content, 2 wrong usage, 3 the environment failed.
    """
    command = parser(VERBS)
    try:
        options = command.parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    if options.version:
        print(f"jixiao {version('jixiao')}")
        return OK
    if options.verb is None:
        command.print_help()
        return OK
    run: Run = options.run
    try:
        return run(options)
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
        jobs=machine.jobs() if options.jobs is None else max(1, options.jobs),
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
    for volume in result.volumes:
        print(
            f"汇编 {volume.path}：{volume.pages} 页，双面印 {-(-volume.pages // 2)} 张，"
            f"书脊约 {volume.spine:.1f} 毫米。",
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
    codes = Codes()
    for entry in chosen(options.content, options.paths, diagnostics):
        found = content.read(entry, diagnostics)
        texts[entry.file] = found.text
        document = content.understand(found, entry, settings, diagnostics)
        if document:
            check_document(document, diagnostics, review_required=settings.site.review_required)
            codes.meet(document, diagnostics)
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
            _tell(explain(document) + "\n")
    if options.format == "json":
        print(opendata.to_json(records), end="")
    _print_text(diagnostics, texts)
    return FOUND if diagnostics.failed else OK


def _diff(options: argparse.Namespace) -> int:
    review = between(options.content, options.base, options.head)
    told = FORMATS[options.format](review)
    if options.format == "text":
        _tell(told)
    else:
        print(told, end="")
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


def _doctor(_options: argparse.Namespace) -> int:
    findings = list(doctor.examine())
    for finding in findings:
        print(f"{finding}")
    return ENVIRONMENT if any(finding.fails for finding in findings) else OK


def _tell(text: str) -> None:
    """Print prose; on a terminal in lines of its width, elsewhere as it is."""
    is_seen = sys.stdout.isatty()
    print(folded(text, get_terminal_size().columns) if is_seen else text, end="")


def _print_text(diagnostics: Diagnostics | list[Diagnostic], texts: dict[str, str]) -> None:
    report = REPORTERS["text"](diagnostics, texts)
    if report:
        print(report, file=sys.stderr)


def _print_count(diagnostics: Diagnostics, *, hidden: bool = False) -> None:
    counts = {severity: diagnostics.count(severity) for severity in Severity}
    told = "，".join(f"{counts[severity]} 个{WORDS[severity]}" for severity in Severity)
    more = "（提示用 jixiao check 查看）" if hidden and counts[Severity.INFO] else ""
    print(f"{told}{more}。", file=sys.stderr)


VERBS: Mapping[str, Run] = MappingProxyType(
    {
        "build": _build, "serve": _serve, "check": _check, "score": _score, "diff": _diff,
        "fmt": _fmt, "schema": _schema, "new": _new, "init": _init, "doctor": _doctor,
        "explain": _explain,
    }
)  # fmt: skip
