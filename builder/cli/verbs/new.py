"""`jixiao new`: an empty form, or one begun from another year's."""

from __future__ import annotations

import argparse
from pathlib import Path

from builder import content
from builder.cli.codes import OK
from builder.cli.rules import rules_asked, rules_of_stage
from builder.content import Settings
from builder.diagnostics import Diagnostics
from builder.failures import WrongUsage
from builder.formatter import carried
from builder.model import TARGET, Stage
from builder.output import write_new
from builder.starter import empty_form


def run(options: argparse.Namespace) -> int:
    """Write an empty form where none is yet."""
    if not content.YEAR.fullmatch(options.year):
        raise WrongUsage(f"年度应是四位年份，不是 {options.year}")
    if not content.is_stem(options.stem):
        bare = Path(options.stem).name.removesuffix(".yaml")
        meant = f"是否应为 {bare}？" if content.is_stem(bare) else ""
        raise WrongUsage(
            f"“{options.stem}”不能做文件名：{meant}只用字母、数字、汉字、- 和 _，"
            "以字母、数字或汉字开头，不超过 80 个字，也不能是 index、data、con 等保留的名字"
        )
    settings = content.settings(options.content, Diagnostics())
    text = _carried(options, settings) if options.source else _empty(options, settings)
    path = options.content / options.year / f"{options.stem}.yaml"
    if not write_new(path, text.encode()):
        raise WrongUsage(f"已有 {path}，没有改动")
    print(f"已新建 {path}。填好后用 jixiao check 检查，用 jixiao serve 边改边看。")
    return OK


def _empty(options: argparse.Namespace, settings: Settings) -> str:
    """A form with nothing filled in. WrongUsage where there is no such rule or layout."""
    year = int(options.year)
    rules = rules_asked(settings, year, options.profile, options.layout, options.stage)
    is_default = rules.profile.name == settings.site.profile
    return empty_form(rules.profile, rules.layout, year, is_default=is_default, stage=rules.stage)


def _carried(options: argparse.Namespace, settings: Settings) -> str:
    """A form begun from a report of another year: of its targets, where there is such a form.
    WrongUsage where there is none that is whole."""
    if options.profile or options.layout:
        raise WrongUsage("--from 沿用原表的评分规则，不和 --profile、--layout 同用")
    found = content.entries(options.content, (), Diagnostics())
    entry = next((e for e in found if f"{e.folder}/{e.stem}" == options.source), None)
    if entry is None:
        raise WrongUsage(f"没有 {options.source}，应写成 2023/名称")
    diagnostics = Diagnostics()
    document = content.understand(content.read(entry, diagnostics), entry, settings, diagnostics)
    if document is None:
        raise WrongUsage(f"{entry.file} 还有错误，先用 jixiao check 检查、改好，再带到下一年度")
    profile = settings.profiles.of(document.profile.name, int(options.year))
    if profile is None:
        raise WrongUsage(f"{options.year} 年度没有评分规则 {document.profile.name}")
    year, is_asked = int(options.year), options.stage is not None
    stage: Stage = options.stage or TARGET
    rules = rules_of_stage(profile, stage, settings, year, is_asked=is_asked)
    return carried(document.report, rules, year, options.source)
