"""What a path means, relative to the content folder with forward slashes."""

from __future__ import annotations

from builder import content


def is_read(path: str) -> bool:
    """Whether a file is one whose content we read: settings, rules, reports, prefaces."""
    folder, _, name = path.rpartition("/")
    is_report = content.YEAR.fullmatch(folder) is not None and name.endswith(".yaml")
    return path == content.SITE or is_report or is_rule(path) or is_preface(path)


def is_rule(path: str) -> bool:
    """Whether a file is one of the site's own scoring profiles or layouts."""
    folder, _, name = path.rpartition("/")
    return folder in content.RULES and name.endswith(".yaml")


def is_preface(path: str) -> bool:
    """Whether a file is the 前言 of a year's volume."""
    folder, _, name = path.rpartition("/")
    return name == content.PREFACE and content.YEAR.fullmatch(folder) is not None


def is_published(top: str) -> bool:
    """Whether files below a folder can reach the site without being read by us."""
    return top == content.THEMES or content.YEAR.fullmatch(top) is not None
