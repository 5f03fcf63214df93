"""`jixiao serve` as an author meets it: an editor, a terminal and a browser side by side."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.conftest import ROOT

FILE = Path("2024/dianjiao-yuanjiao.yaml")
GOOD = (ROOT / "content" / FILE).read_text(encoding="utf-8")
COMMAND = "import sys; from builder.cli.main import main; sys.exit(main())"
PATIENCE = 60.0


@dataclass
class Desk:
    """What stands on the author's desk."""

    folder: Path
    terminal: Path
    process: subprocess.Popen[bytes]
    page: Page

    def save(self, old: str = "", new: str = "") -> None:
        assert old in GOOD
        (self.folder / FILE).write_text(GOOD.replace(old, new, 1), encoding="utf-8")

    def told(self, pattern: str) -> str:
        """What the terminal says, as soon as that is there."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if found := re.search(pattern, self.terminal.read_text(encoding="utf-8")):
                return found[0]
            time.sleep(0.05)
        raise AssertionError(self.terminal.read_text(encoding="utf-8"))


@pytest.fixture
def desk(tmp_path: Path, browser: Browser) -> Iterator[Desk]:
    folder, terminal = tmp_path / "content", tmp_path / "terminal"
    shutil.copytree(ROOT / "content", folder)
    arguments = ["serve", "--content", str(folder), "--port", "0"]
    wrong: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(message.text)

    with terminal.open("wb") as output:
        command = [sys.executable, "-c", COMMAND, *arguments]
        process = subprocess.Popen(command, cwd=ROOT, stderr=output)
    page = browser.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    page.on("console", listen)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    try:
        yield Desk(folder, terminal, process, page)
        page.close()
        process.terminate()
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
    assert not wrong
    assert "Traceback" not in terminal.read_text(encoding="utf-8")


def test_edit_break_and_mend(desk: Desk) -> None:
    page = desk.page
    page.goto(desk.told(r"http://127\.0\.0\.1:\d+/") + "2024/dianjiao-yuanjiao/")
    panel, form = page.locator(".jixiao-preview"), page.locator("table.form")
    expect(page.locator(".figures")).to_contain_text("98.12")
    expect(panel).to_contain_text("1 个警告")

    desk.save("全年执行数: 319.26", "全年执行数: 310.26")
    expect(page.locator(".figures")).to_contain_text("97.86")
    expect(panel).to_contain_text("1 个错误")
    wrong = form.locator("td.jixiao-error")
    assert wrong.all_inner_texts() == ["92.75"]
    expect(form.locator(".fund + .jixiao-message")).to_contain_text("95.44")
    desk.told(r"\[C202\]")

    desk.save("主管部门: ", "主管部门：")
    expect(panel).to_contain_text("出错之前的内容")
    expect(page.locator(".figures")).to_contain_text("97.86")
    expect(wrong).to_have_text("中共上海市委组织部")
    message = form.locator(".jixiao-message")
    expect(message).to_have_count(1)
    expect(message).to_contain_text("中文冒号")
    panel.get_by_role("link", name="中文冒号").click()
    assert page.url.endswith("#jixiao-problem-0")
    desk.told(r"4:5: 错误 \[Y301\]")

    desk.save()
    expect(page.locator(".figures")).to_contain_text("98.12")
    expect(form.locator(".jixiao-error")).to_have_count(0)
    expect(form.locator(".jixiao-warning")).to_have_count(1)
    expect(panel).not_to_contain_text("错误")


def test_message_rows_keep_the_form_whole(desk: Desk) -> None:
    """A message inside merged cells moves no other cell, and leaves no trace when it goes."""
    page, address = desk.page, desk.told(r"http://127\.0\.0\.1:\d+/")
    places = """() => [...document.querySelectorAll("table.form tr:not(.jixiao-message) > *")]
        .map(cell => [cell.textContent, cell.getBoundingClientRect().x, cell.colSpan])"""
    page.goto(address + "2024/dianjiao-yuanjiao/")
    message = page.locator(".jixiao-message")
    expect(message).to_have_count(1)
    before = page.evaluate(places)
    desk.save("分值: 5.00", "分值: 五")
    expect(message).to_have_count(2)  # what else there is to say is still said
    expect(message.filter(has_text="分值")).to_have_count(1)
    assert page.evaluate(places) == before
    edges = page.evaluate(
        """() => [".jixiao-message", "#total-row"].map(
            row => document.querySelector(row).getBoundingClientRect().right)"""
    )
    assert edges[0] == edges[1]
    desk.save()
    expect(message).to_have_count(1)
    expect(message).to_contain_text("162%")
    assert page.evaluate(places) == before


def test_home_names_what_is_wrong_and_leads_there(desk: Desk) -> None:
    page = desk.page
    page.goto(desk.told(r"http://127\.0\.0\.1:\d+/"))
    panel = page.locator(".jixiao-preview")
    expect(panel).to_contain_text("4 个警告")
    desk.save("分值: 5.00", "分值: 五")
    expect(panel).to_contain_text("1 个错误")
    panel.locator(".error a").last.click()
    expect(page.locator("h1")).to_have_text("电教远教工作经费")
    expect(page.locator("td.jixiao-error")).to_have_count(1)


@pytest.mark.parametrize("width", [1280, 375])
def test_a_new_form_shows_its_blanks_and_how_many(width: int, desk: Desk) -> None:
    new = [sys.executable, "-c", COMMAND, "new", "2025", "xin", "--content", str(desk.folder)]
    address = desk.told(r"http://127\.0\.0\.1:\d+/")
    desk.told(r"5 份自评表：")  # what is there already is counted with the rest
    subprocess.run(new, check=True, capture_output=True)
    desk.told(r"2025/xin\.yaml：还有 50 处待填。")
    page = desk.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}2025/xin/")
    expect(page.locator(".jixiao-preview > summary")).to_have_text("预览：还有 50 处待填")
    blanks = page.locator("table.form .jixiao-blank")
    expect(blanks).to_have_count(50)
    assert {text.strip().split()[-1] for text in blanks.all_inner_texts()} == {"待填"}
    expect(page.locator(".jixiao-message")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".jixiao-preview details > summary").click()
    page.get_by_role("link", name="缺少“主管部门”").click()
    expect(page.locator(":target")).to_have_count(1)
    file = desk.folder / "2025" / "xin.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("项目名称:", "项目名称: 教师培训 "), encoding="utf-8")
    expect(blanks).to_have_count(49)
    expect(page.locator("h1")).to_have_text("教师培训")
