"""`jixiao serve`: show the site while its files are edited."""

from __future__ import annotations

import argparse
import signal
import sys
from threading import Event

from builder.cli.codes import OK
from builder.failures import WrongUsage
from builder.serve import serve


def run(options: argparse.Namespace) -> int:
    """Serve until somebody ends it."""
    if not options.content.is_dir():
        raise WrongUsage(f"没有文件夹 {options.content}；用 --content 指明内容文件夹")
    if not 0 <= options.port < 65536:
        raise WrongUsage(f"没有端口 {options.port}，请用 1024 到 65535 之间的数")
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    try:
        serve(options.content, options.theme, options.port, sys.stderr, stop, polling=options.poll)
    except KeyboardInterrupt:
        print(file=sys.stderr)
    print("预览已结束。", file=sys.stderr)
    return OK
