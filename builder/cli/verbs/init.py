"""`jixiao init`: a content repository around what is there."""

from __future__ import annotations

import argparse

from builder.cli.codes import OK
from builder.starter import begin


def run(options: argparse.Namespace) -> int:
    """Write what is not there yet, and name all of it."""
    begun = begin(options.folder)
    for name in begun.written:
        print(f"已写入：{options.folder / name}")
    for name in begun.kept:
        print(f"已有，没有改动：{options.folder / name}")
    wheels = options.folder / "wheels"
    if not any(wheels.glob("*.whl")):
        print(f"还没有：{wheels} 里的 jixiao 安装包，没有它，自动流程装不上 jixiao。")
    print(f"下一步：看 {options.folder / 'README.md'}。")
    return OK
