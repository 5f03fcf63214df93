"""What a path means, relative to the content folder with forward slashes."""

from __future__ import annotations

from builder import content


def is_read(path: str) -> bool:
    """Whether a file is one whose content we read: settings, profiles, reports, prefaces."""
    folder, _, name = path.rpartition("/")
    is_ours = folder == "profiles" or content.YEAR.fullmatch(folder) is not None
    return path == content.SITE or (is_ours and name.endswith(".yaml")) or is_preface(path)


def is_preface(path: str) -> bool:
    """Whether a file is the 前言 of a year's volume."""
    folder, _, name = path.rpartition("/")
    return name == content.PREFACE and content.YEAR.fullmatch(folder) is not None


def is_published(top: str) -> bool:
    """Whether files below a folder can reach the site without being read by us."""
    return top == content.THEMES or content.YEAR.fullmatch(top) is not None
