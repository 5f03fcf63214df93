"""The pages of the site and what spans them: search, feed, sitemap, metadata.

In come views and summaries, out go artifacts: a path and its bytes. Nothing is written here.
"""

from builder.site import search
from builder.site.feeds import site_files
from builder.site.pages import (
    Artifact,
    data_page,
    report_page,
    withdrawn_pages,
)
from builder.site.scopes import Common, Scope, Spanned, commons, overview_pages, scopes
from builder.site.search.files import search_files

__all__ = [
    "Artifact",
    "Common",
    "Scope",
    "Spanned",
    "commons",
    "data_page",
    "overview_pages",
    "report_page",
    "scopes",
    "search",
    "search_files",
    "site_files",
    "withdrawn_pages",
]
