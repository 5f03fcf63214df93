"""`jixiao build`: compile the content into a site."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping

from builder import pipeline
from builder.cli import unchanged
from builder.cli.codes import FOUND, OK
from builder.cli.telling import tell_count, tell_findings
from builder.compendium import Bound
from builder.diagnostics import Diagnostic, Diagnostics, Severity
from builder.failures import WrongUsage
from builder.model import TARGET
from builder.progress import Progress
from builder.records import WEB_ADDRESS
from builder.standing import Published

CACHE = ".jixiao-cache"
EXECUTOR = re.compile(r"dask://[^/\s]+:[0-9]{1,5}")


def run(options: argparse.Namespace) -> int:
    """Build, say what is worth reading and what was published."""
    diagnostics = Diagnostics()
    if options.base_url and not WEB_ADDRESS.fullmatch(options.base_url):
        raise WrongUsage(f"--base-url 不是完整的网址：{options.base_url}")
    if options.executor and not EXECUTOR.fullmatch(options.executor):
        raise WrongUsage(f"--executor 要写成 dask://主机:端口，不是 {options.executor}")
    request = pipeline.Request(
        content=options.content,
        output=options.output,
        theme=options.theme,
        years=tuple(options.year),
        pdf=not options.no_pdf,
        release=options.publish,
        strict=options.strict,
        jobs=pipeline.machine.jobs() if options.jobs is None else max(1, options.jobs),
        address=options.base_url,
        executor=options.executor,
        cache=options.cache or options.content.absolute().parent / CACHE,
    )
    with Progress(sys.stderr) as progress:
        result = pipeline.build(request, diagnostics, progress)
    worth_reading = [d for d in diagnostics if d.severity is not Severity.INFO]
    findings = tell_findings(worth_reading, result.texts)
    findings += tell_count(diagnostics, hidden=True)
    if options.explain_rebuild:
        made = list(result.made) or ["没有重新做什么：全部取自缓存。"]
        print("\n".join(made), file=sys.stderr)
    if result.files is None:
        print(f"没有发布：{options.output} 保持原样。", file=sys.stderr)
        return FOUND
    print(
        f"已生成 {options.output}：{result.reports} 份自评表，{result.files} 个文件。",
        file=sys.stderr,
    )
    closing = "".join(map(_spine, result.volumes))
    print(closing, end="", file=sys.stderr)
    if not worth_reading or (
        result.is_open and _may_be_kept(findings, worth_reading, result.texts)
    ):
        published = Published(findings, result.reports, result.files, closing)
        unchanged.remember(options, published, has_history=result.has_history)
    return OK


def _spine(volume: Bound) -> str:
    what = "目标汇编" if volume.stage == TARGET else "汇编"
    return (
        f"{what} {volume.path}：{volume.pages} 页，其中空白 {volume.blank} 页，"
        f"双面印 {-(-volume.pages // 2)} 张，"
        f"书脊约 {volume.spine:.1f} 毫米。\n"
    )


def _may_be_kept(told: str, found: Iterable[Diagnostic], texts: Mapping[str, str]) -> bool:
    """Whether findings may be written down as they were `told`, where nothing is withheld but
    comments, and files that are no part of the site: they quote neither."""
    spans = (span for one in found for span in (one.span, *(at for at, _ in one.related)))
    return "#" not in told and {span.file for span in spans} <= set(texts)
