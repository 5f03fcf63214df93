"""Themes: the only door to jinja2, and all that a template may see.

In come a theme's name and views, out go pages and assets; a template's mistakes become
diagnostics.
"""

from builder.theme.theme import BUILT_IN, Theme, open_theme

__all__ = ["BUILT_IN", "Theme", "open_theme"]
