"""The page at the address of a report that is no longer public."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from builder.content import Withdrawn
from builder.text import day, to_html
from builder.views.page import PageView, SiteView, page_view


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """A name, the sentence that says since when it is gone, and what the office says of it."""

    name: str
    sentence: str
    notice: Markup


def withdrawn_view(site: SiteView, gone: Withdrawn, path: str) -> tuple[WithdrawnView, PageView]:
    """What is shown in place of a report, and its page at one of its addresses, below 首页."""
    since = f"已于{day(gone.day)}撤回" if gone.day else "已撤回"
    sentence = f"这个项目{gone.year}年度的表{since}，不再公开。"
    page = page_view(site, path, gone.name, f"{gone.name}：{sentence}")
    return WithdrawnView(gone.name, sentence, to_html(gone.notice)), page
