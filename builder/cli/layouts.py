"""What `jixiao explain` says of layouts."""

from __future__ import annotations

from builder.content import built_in_settings
from builder.layouts import account

ALL = "版式"


def told(wanted: str) -> str:
    """The built-in layouts in a line each for `版式`, one of them whole by its name; else ""."""
    settings = built_in_settings()
    layouts, rules = settings.layouts.by_name, settings.profiles.by_name.values()
    if wanted == ALL:
        lines = (f"{name}  《{one.form_title}》{one.summary}" for name, one in layouts.items())
        return "\n".join(lines)
    if wanted not in layouts:
        return ""
    return account(layouts[wanted], [rule.name for rule in rules if rule.layout == wanted])
