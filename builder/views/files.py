"""The files of a year that its page offers: bound volumes and data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from posixpath import dirname

from builder.content import Summary, addresses
from builder.model import SELF, TARGET, Stage
from builder.views.page import Download
from builder.views.table import any_scored


def volume_files(
    volumes: Sequence[tuple[str, int]], year: int, stage: Stage = SELF
) -> Iterator[Download]:
    """The bound volumes of a year, of forms or of targets; `volumes` are all, with their pages."""
    of_targets = f"{dirname(addresses.targets_page(year))}/"
    found = [
        (path, pages)
        for path, pages in volumes
        if path.startswith(f"{year}/") and path.startswith(of_targets) == (stage == TARGET)
    ]
    title = f"{year}年度{'绩效目标' if stage == TARGET else ''}汇编"
    for place, (path, pages) in enumerate(found, start=1):
        which = f"第{place}册" if found[1:] else ""
        yield Download(f"下载{title}{which}", path, f"PDF，{pages:,d}页，供打印装订")


def data_files(year: int, members: Sequence[Summary]) -> Iterator[Download]:
    """The data files of a year."""
    sheets = "XLSX，项目、指标、资金、偏差" + "、其他栏目" * any(s.has_own for s in members)
    has_points = any_scored(s for s in members if not s.is_planned)
    yield Download("下载表格", addresses.data_file(year, ".xlsx"), sheets)
    yield Download("下载 CSV", addresses.data_file(year, ".csv"), "每份表一行")
    what = "各项得分和算式" if has_points else "各项指标和资金"
    yield Download("下载 JSON", addresses.data_file(year, ".json"), what)
