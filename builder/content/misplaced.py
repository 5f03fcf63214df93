"""Files that would be passed over in silence: by its name and place, what each was meant to be.

A problem is what is said behind the file's name, and advice where that of the rule is not for it.
"""

from __future__ import annotations

import re

Problem = tuple[str, str]

# Editors on Windows add `.txt`, and hide it.
_YAML = re.compile(r"(?i).*\.ya?ml(?:\.txt)?")
_SITE = re.compile(r"(?i)site\.ya?ml(?:\.txt)?")
_PREFACE = "compendium.md"
_PREFACE_PLACE = f"年度汇编的前言放在 content/年度/{_PREFACE}"
_EXTENSION = "的扩展名不是 .yaml"


def at_the_top(name: str) -> Problem | None:
    """What is wrong with a file beside site.yaml."""
    if name == "site.yaml":
        return None
    if _SITE.fullmatch(name):
        return "不是网站设置的文件名", "改名为 site.yaml，其中的设置才起作用"
    if name.lower() == _PREFACE:
        return "不在年度文件夹里", _PREFACE_PLACE
    return ("不在年度文件夹里", "") if _YAML.fullmatch(name) else None


def in_a_year(name: str) -> Problem | None:
    """What is wrong with a file beside the reports of a year."""
    if name.lower() == _PREFACE and name != _PREFACE:
        return f"不是 {_PREFACE}", _PREFACE_PLACE
    return (_EXTENSION, "") if _YAML.fullmatch(name) and not name.endswith(".yaml") else None


def in_profiles(name: str) -> Problem | None:
    """What is wrong with a file beside the site's own scoring profiles."""
    wrong = in_a_year(name)
    return (wrong[0], "评分规则放在 content/profiles/ 里，扩展名为 .yaml") if wrong else None


def folder(name: str, below: list[str]) -> Problem | None:
    """What is wrong with a folder that is no year's, by the names of what is in it."""
    if not any(_YAML.fullmatch(file) for file in below):
        return None
    is_profiles = name.lower().rstrip("s") == "profile" or name == "评分规则"
    hint = "放评分规则的文件夹叫 profiles" if is_profiles else ""
    return "不是四位年份的文件夹", hint


def below_a_year(below: list[str]) -> Problem | None:
    """What is wrong with a folder beside the reports of a year."""
    has_reports = any(_YAML.fullmatch(file) for file in below)
    return ("里有 .yaml 文件，年度文件夹里的文件夹不读", "") if has_reports else None
