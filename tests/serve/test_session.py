"""A preview outlives what happens to its folders: they go, and others come in their place."""

from __future__ import annotations

import io
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn

import pytest

from builder.serve import watching
from builder.serve.session import serve
from tests.conftest import ROOT

PATIENCE = 60.0
STEM = "dianjiao-yuanjiao"
FILE = f"2024/{STEM}.yaml"
PAGE = f"/2024/{STEM}/"


def until(holds: Callable[[], bool]) -> None:
    """Wait for what comes by itself."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


@dataclass
class Desk:
    """A content folder and the preview that runs beside it."""

    folder: Path
    polling: bool
    stream: io.StringIO = field(default_factory=io.StringIO)
    stop: Event = field(default_factory=Event)

    def start(self) -> Thread:
        arguments = (self.folder, "official", 0, self.stream, self.stop)
        thread = Thread(target=serve, args=arguments, kwargs={"polling": self.polling})
        thread.start()
        until(lambda: re.search(r"\d 个|没有问题", self.stream.getvalue()) is not None)
        return thread

    def page(self, path: str = PAGE) -> str:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.stream.getvalue())
        assert found
        with closing(HTTPConnection("127.0.0.1", int(found[1]), timeout=60)) as connection:
            connection.request("GET", path)
            return connection.getresponse().read().decode()

    def replace(self, old: str, new: str, path: str = FILE) -> None:
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(params=[False, True], ids=["told", "polled"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    style = tmp_path / "content/themes/official/assets/own.css"
    style.parent.mkdir(parents=True)
    style.write_text("/* own */", encoding="utf-8")
    desk = Desk(tmp_path / "content", request.param)
    thread = desk.start()
    yield desk
    desk.stop.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()


@pytest.mark.parametrize("name", ["", "2024", "site.yaml", "themes", "themes/official"])
@pytest.mark.parametrize("is_seen", [True, False], ids=["seen", "at once"])
def test_what_goes_and_comes_back_is_shown_again(name: str, desk: Desk, is_seen: bool) -> None:
    place, aside = desk.folder / name, desk.folder.parent / "aside"
    before = desk.page()
    (shutil.copytree if place.is_dir() else shutil.copy)(place, aside)
    (shutil.rmtree if place.is_dir() else Path.unlink)(place)
    if is_seen:
        home = desk.page("/")
        gone = {"": "还没有可以预览", "2024": "还没有可以预览"}
        until(lambda: gone.get(name, "") in desk.page("/") or desk.page("/") != home)
    shutil.move(aside, place)
    until(lambda: desk.page() == before)
    desk.replace("项目名称: 电教", "项目名称: 云教")
    until(lambda: "云教远教工作经费" in desk.page())
    desk.replace("名称: ", "名称: 新", "site.yaml")
    until(lambda: "<title>" in desk.page("/") and "新" in desk.page("/"))


def test_another_folder_in_its_place(desk: Desk) -> None:
    """As by `git switch` or a link that is set anew: the old one is still there, elsewhere."""
    other = desk.folder.parent / "other"
    shutil.copytree(desk.folder, other)
    desk.folder.rename(desk.folder.parent / "old")
    other.rename(desk.folder)
    desk.replace("项目名称: 电教", "项目名称: 云教")
    until(lambda: "云教远教工作经费" in desk.page())
    desk.replace("项目名称: 云教", "项目名称: 网教")
    until(lambda: "网教远教工作经费" in desk.page())


def test_where_the_system_tells_nothing_files_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")

    def limited(*_: object, **__: object) -> NoReturn:
        raise OSError(28, "OS file watch limit reached")

    monkeypatch.setattr(watching, "watch", limited)
    desk = Desk(tmp_path / "content", polling=False)
    thread = desk.start()
    try:
        assert "--poll" in desk.stream.getvalue()
        desk.replace("项目名称: 电教", "项目名称: 云教")
        until(lambda: "云教远教工作经费" in desk.page())
    finally:
        desk.stop.set()
        thread.join(PATIENCE)
