"""The system's libraries that WeasyPrint stands on: whether they are here, and which they are."""

from __future__ import annotations

import sys
import warnings
from contextlib import redirect_stdout
from io import StringIO
from itertools import count

from builder.output import OutputError

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""What holds them on Debian and Ubuntu."""


def load() -> None:
    """Load WeasyPrint with them. Raises OutputError, which says how to get what is missing."""
    # It tells of a missing library by a print and by a warning, both in English.
    with redirect_stdout(StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            from weasyprint.text import ffi
        except OSError as error:
            raise OutputError(f"打印不了 PDF：{error}。{advice()}") from error
    # WeasyPrint would do without, by another program, whose fonts have other bytes.
    if ffi.harfbuzz_subset is None:
        raise OutputError(f"打印不了 PDF：缺少 HarfBuzz 的字体子集库。{advice()}")


def advice() -> str:
    """How to get the libraries on this system."""
    ways = {
        "linux": f"Debian、Ubuntu 上请运行：sudo apt-get install {PACKAGES}",
        "darwin": "请运行：brew install pango",
        "win32": "请安装 MSYS2，在其中运行：pacman -S mingw-w64-ucrt-x86_64-pango",
    }
    way = ways.get(sys.platform, "请安装 Pango 1.44 以上和 HarfBuzz")
    return f"{way}；只要网页时加 --no-pdf；jixiao doctor 查看还缺什么"


def versions() -> dict[str, str]:
    """WeasyPrint, Pango and HarfBuzz by version. Raises OutputError as `load` does."""
    load()
    from weasyprint import VERSION
    from weasyprint.text.ffi import harfbuzz, pango

    number = pango.pango_version()
    parts: list[int] = []
    while len(parts) < 3:  # HarfBuzz only tells whether it is at least of a version
        parts.append(
            next(n for n in count() if not harfbuzz.hb_version_atleast(*[*parts, n + 1, 0, 0][:3]))
        )
    return {
        "WeasyPrint": VERSION,
        "Pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        "HarfBuzz": ".".join(map(str, parts)),
    }
