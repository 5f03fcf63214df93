"""`jixiao new`: an empty form."""

from __future__ import annotations

import argparse
from pathlib import Path

from builder import content
from builder.cli.codes import OK
from builder.diagnostics import Diagnostics
from builder.failures import WrongUsage
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
            "以字母、数字或汉字开头，也不能是 index、data 等保留的名字"
        )
    settings = content.settings(options.content, Diagnostics())
    default, name = settings.site.profile, options.profile or settings.site.profile
    profile = settings.profiles.by_name.get(name)
    if profile is None:
        known = "、".join(settings.profiles.by_name)
        raise WrongUsage(f"没有评分规则 {name}，可选：{known}")
    path = options.content / options.year / f"{options.stem}.yaml"
    layout = settings.layouts.by_name[profile.layout]
    text = empty_form(profile, layout, int(options.year), is_default=name == default)
    if not write_new(path, text.encode()):
        raise WrongUsage(f"已有 {path}，没有改动")
    print(f"已新建 {path}。填好后用 jixiao check 检查，用 jixiao serve 边改边看。")
    return OK
