"""What `jixiao explain` says of layouts."""

from __future__ import annotations

from builder import content
from builder.content import CONTENT
from builder.diagnostics import Diagnostics
from builder.layouts import account

ALL = "版式"


def told(wanted: str) -> str:
    """The layouts in a line each for `版式`, one of them whole by its name; else "".

    The built-in ones, and those of the content that we are in; what is wrong with these, other
    commands tell.
    """
    settings = content.settings(content.home() / CONTENT, Diagnostics())
    layouts, rules = settings.layouts.by_name, settings.profiles.by_name.values()
    if wanted == ALL:
        lines = (f"{name}  《{one.form_title}》{one.summary}" for name, one in layouts.items())
        return "\n".join(lines)
    if wanted not in layouts:
        return ""
    return account(
        layouts[wanted],
        [rule.name for rule in rules if wanted in (rule.layout, rule.targets, rule.review)],
    )
