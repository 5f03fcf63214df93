"""`jixiao new`: an empty form, or one begun from another year's."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from builder import content
from builder.cli.codes import OK
from builder.content import Rules, Settings
from builder.diagnostics import Diagnostics
from builder.failures import WrongUsage
from builder.formatter import carried
from builder.model import SELF, TARGET, Stage
from builder.output import write_new
from builder.scoring import Profile
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
    default = settings.site.profile
    name = options.profile or default
    if options.layout and not options.profile:
        name = _with_layout(options.layout, options.stage, settings)
    profile = settings.profiles.of(name, int(options.year))
    if profile is None:
        known = "、".join(settings.profiles.by_name)
        raise WrongUsage(f"没有评分规则 {name}，可选：{known}")
    rules = _rules(profile, options.stage or SELF, options, settings)
    if options.layout not in (None, rules.form.name, rules.layout.name):
        raise WrongUsage(f"评分规则 {name} 用的不是版式 {options.layout}")
    return empty_form(
        profile, rules.layout, int(options.year), is_default=name == default, stage=rules.stage
    )


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
    rules = _rules(profile, options.stage or TARGET, options, settings)
    return carried(document.report, rules, int(options.year), options.source)


def _rules(
    profile: Profile, stage: Stage, options: argparse.Namespace, settings: Settings
) -> Rules:
    """What the new form is read by. WrongUsage where the wanted stage has no form; where nobody
    asked for one, the self-evaluation has."""
    rules = content.by_profile(profile, int(options.year), settings, stage)
    if rules is None:
        raise WrongUsage(f"{options.year} 年度没有评分规则 {profile.name} 的版式 {profile.layout}")
    if rules.lacks_form and options.stage:
        raise WrongUsage(f"评分规则 {profile.name} 没有能用的目标版式，见 jixiao explain S337")
    return replace(rules, stage=SELF) if rules.lacks_form else rules


def _with_layout(layout: str, stage: Stage | None, settings: Settings) -> str:
    """The scoring profile that has this layout, if a form of targets is wanted also for those.
    WrongUsage where none has, or several."""
    users = [
        rule.name
        for rule in settings.profiles.by_name.values()
        if layout == rule.layout or (stage == TARGET and layout == rule.targets)
    ]
    if layout not in settings.layouts.by_name:
        raise WrongUsage(f"没有版式 {layout}，可选：{'、'.join(settings.layouts.by_name)}")
    if len(users) != 1:
        told = f"有{'、'.join(users)}，请用 --profile 选一种" if users else "还没有"
        raise WrongUsage(f"用版式 {layout} 的评分规则{told}")
    return users[0]
