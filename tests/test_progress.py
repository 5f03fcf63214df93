"""The bar on a terminal, and the silence elsewhere."""

from __future__ import annotations

import re
from io import StringIO

import pytest

from builder.progress import Progress


class Terminal(StringIO):
    """What a person sees."""

    def isatty(self) -> bool:
        return True


def test_a_bar_tells_how_far_how_fast_and_how_long_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")  # a dumb one, as of a build server, gets no bar
    monkeypatch.setenv("COLUMNS", "80")
    with Progress(stream := Terminal()) as progress:
        assert list(progress.step("5 排版", iter("abcd"), 4)) == list("abcd")
    shown = stream.getvalue()
    assert "5 排版" in shown
    assert "2/4" in shown
    assert re.search(r"(每秒 [\d.]+ 个|每个 [\d.]+ 秒)，还需 (\d+ 分 )?\d+ 秒", shown)


def test_elsewhere_nothing_is_shown() -> None:
    with Progress(stream := StringIO()) as progress:
        assert list(progress.step("5 排版", iter("ab"), 2)) == ["a", "b"]
    assert stream.getvalue() == ""
