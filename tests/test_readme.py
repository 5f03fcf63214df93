"""The two READMEs: what they name is there, and both name the same."""

from __future__ import annotations

import re
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.en.md")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"^\| `jixiao ([\w-]+)[^`]*` \|", re.MULTILINE)
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def readme(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_what_is_linked_is_there(name: str) -> None:
    linked = LINK.findall(readme(name))
    assert set(READMES) - {name} <= set(linked)
    assert not [path for path in linked if not (ROOT / path).exists()]


def test_both_link_and_show_the_same() -> None:
    chinese, english = (set(LINK.findall(readme(name))) - set(READMES) for name in READMES)
    assert chinese == english


@pytest.mark.parametrize("name", READMES)
def test_packages_are_named_as_they_are_made(name: str) -> None:
    assert set(re.findall(r"jixiao-(\d[\d.]*)-", readme(name))) == {version("jixiao")}


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_in_the_table(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (jixiao,) = entry_points(group="console_scripts", name="jixiao")
    assert jixiao.load()(["--help"]) == 0
    verbs = set(re.findall(r"^ {4}(\w+)  ", capsys.readouterr().out, re.MULTILINE))
    assert len(verbs) > 5
    assert verbs <= set(COMMAND.findall(readme(name)))


@pytest.mark.parametrize("name", READMES)
def test_the_slip_is_shown_as_it_is_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (shown,) = (text for language, text in FENCE.findall(readme(name)) if not language)
    path = Path(shown.partition(":")[0])
    text = (ROOT / path).read_text(encoding="utf-8").replace("主管部门: ", "主管部门：", 1)
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (jixiao,) = entry_points(group="console_scripts", name="jixiao")
    assert jixiao.load()(["check", str(path)]) == 1
    assert shown in capsys.readouterr().out
