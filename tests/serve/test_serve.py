"""The preview: what it shows of files while they are edited, broken and mended."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from threading import Thread

import pytest

from builder.cli.main import main
from builder.diagnostics import Severity
from builder.pipeline import Rendered, Renderer, Task, workers
from builder.serve.places import Cell
from builder.serve.press import WORKERS, Press
from builder.serve.preview import Preview
from builder.serve.report import (
    BROKEN,
    DRAFT,
    EMPTY,
    KEPT,
    OLD_SETTINGS,
    OLD_TEMPLATE,
    UNFILLED,
    UNREAD,
    WITHHELD,
    Look,
)
from builder.serve.server import Server
from builder.text import file_size
from tests.conftest import ROOT, fingerprint
from tests.support.reports import blank
from tests.support.searching import held_in, texts

STEM = "dianjiao-yuanjiao"
PAGE = f"2024/{STEM}/index.html"
GOOD = (ROOT / "content" / "2024" / f"{STEM}.yaml").read_text(encoding="utf-8")


class Desk:
    """A content folder on an author's desk, and the preview of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "content", folder)
        self.preview = Preview(folder, "official")

    @property
    def file(self) -> Path:
        return self.folder / "2024" / f"{STEM}.yaml"

    def write(self, text: str, path: str = f"2024/{STEM}.yaml") -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.preview.change([file])

    def edit(self, old: str, new: str) -> None:
        assert old in GOOD
        self.write(GOOD.replace(old, new, 1))

    def look(self, path: str = PAGE) -> Look:
        look = self.preview.look(path)
        assert look
        return look

    def page(self, path: str = PAGE) -> str:
        return (self.look(path).data or b"").decode()

    def codes(self, path: str = PAGE) -> list[str]:
        problems = self.look(path).problems
        return [p.diagnostic.rule.code for p in problems if p.diagnostic.severity != "info"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "content")


def test_pages_are_those_of_the_site(desk: Desk, published: Path) -> None:
    """What the preview shows is, byte for byte, what a build would write."""
    shown = [path for path in published.rglob("*") if path.is_file() and path.suffix != ".pdf"]
    # Without its address a preview has no sitemap and no feed; sums are of what is published.
    left_out = {"SHA256SUMS", "robots.txt", "sitemap.xml", "feed.xml"}
    # These offer the bound volume, which a preview does not bind.
    left_out |= {"index.html", "2024/index.html"}
    for file in shown:
        path = file.relative_to(published).as_posix()
        if path not in left_out:
            assert desk.look(path).data == file.read_bytes(), path


def test_an_edit_shows_at_once(desk: Desk) -> None:
    assert "98.12" in desk.page()
    desk.edit("全年执行数: 319.26", "全年执行数: 310.26")
    assert "97.86" in desk.page()
    assert "97.86" in desk.page("2024/index.html")


def test_broken_file_keeps_its_last_page(desk: Desk) -> None:
    before, codes = desk.page(), desk.codes()
    desk.edit("分值: 5.00", "分值: 1,234")
    look = desk.look()
    assert (look.data or b"").decode() == before
    assert look.note == BROKEN
    assert desk.codes() == sorted([*codes, "S203"])  # the rest is judged all the same
    assert "S203" in desk.codes("index.html")
    desk.write("项目名称: [")
    assert desk.page() == before
    desk.write(GOOD)
    assert desk.page() == before
    assert desk.look().note == ""
    assert "S203" not in desk.codes()


def test_file_broken_from_the_start(desk: Desk) -> None:
    desk.write("年度：2024\n", "2024/new.yaml")
    look = desk.look("2024/new/index.html")
    assert look.data is None
    assert look.note == UNREAD
    assert "Y301" in desk.codes("2024/new/index.html")
    assert "Y301" in desk.codes("index.html")
    desk.write(GOOD, "2024/new.yaml")
    assert "电教远教工作经费" in desk.page("2024/new/index.html")


EMPTY_FORM = blank("上海市级")
FORM = "2024/new/index.html"
VALUES = {
    "项目名称": "教师培训经费", "主管部门": "某市教育局", "实施单位": "某市教师进修学院",
    "预期目标": "面向乡村教师开展培训。", "实际完成情况": "全年开展培训五期。",
    "三级指标": "培训期数", "年度指标值": "≥5(期)", "实际完成值": "5(期)", "分值": "10",
}  # fmt: skip


def test_a_new_form_is_shown_with_its_blanks(desk: Desk) -> None:
    desk.write(EMPTY_FORM, "2024/new.yaml")
    look = desk.look(FORM)
    assert look.note == DRAFT
    blanks = [problem for problem in look.problems if problem.is_blank]
    # Three names, three rows of three amounts, two goals, and nine indicators of four each.
    assert len(blanks) == 3 + 3 * 3 + 2 + 9 * 4
    assert len({problem.cell for problem in blanks}) == len(blanks)
    assert look.problems == tuple(blanks)
    page = desk.page(FORM)
    assert page.count("待填") >= len(blanks)
    assert not re.search(r"<td[^>]*>0\.00", page), "nobody has typed a zero"


def test_a_form_is_filled_in_step_by_step(desk: Desk) -> None:
    text, left = EMPTY_FORM, []
    for label, value in VALUES.items():
        text = re.sub(rf"(?m)^([ -]*{label}):.*", rf"\1: {value}", text)
        desk.write(text, "2024/new.yaml")
        left.append(sum(problem.is_blank for problem in desk.look(FORM).problems))
        assert value in desk.page(FORM)
    assert left == sorted(left, reverse=True)
    assert left[-1] == 9
    assert desk.preview.blanks([FORM]) == 9
    desk.write(re.sub(r"(预算数|执行数): ", r"\1: 100", text), "2024/new.yaml")
    assert desk.look(FORM).note == ""
    assert "教师培训经费" in desk.page("2024/index.html")
    assert "待填" not in desk.page(FORM)


def test_a_mistake_in_an_unfinished_form_is_told_beside_its_blanks(desk: Desk) -> None:
    desk.write(EMPTY_FORM.replace("全年预算数: ,", "全年预算数: 5万元,", 1), "2024/new.yaml")
    told = {p.diagnostic.rule.code: p for p in desk.look(FORM).problems if not p.is_blank}
    assert told.keys() == {"S204"}
    assert told["S204"].cell == Cell("其中：当年财政拨款", "全年预算数")
    assert [d.rule.code for d in desk.preview.examine(FORM)] == ["S204"]
    # What cannot be read at all leaves the last form that could.
    desk.write(EMPTY_FORM + "项目名称: [", "2024/new.yaml")
    assert "待填" in desk.page(FORM)
    assert desk.look(FORM).note == BROKEN


def test_an_unfinished_form_that_is_withheld_is_not_shown(desk: Desk) -> None:
    for text in (EMPTY_FORM, EMPTY_FORM + "公开: {范围: 不公开, 理由: 涉密}\n"):
        desk.write(text, "2024/new.yaml")
        look = desk.look(FORM)
    assert look.data is None
    assert look.note == WITHHELD


def test_home_leads_to_the_forms_that_are_not_filled_in(desk: Desk) -> None:
    shutil.rmtree(desk.folder / "2024")
    desk.write(EMPTY_FORM, "2024/new.yaml")
    look = desk.look("index.html")
    assert look.note == UNFILLED
    assert look.links == (("content/2024/new.yaml（还有 50 处待填）", FORM),)


def test_withheld_report_is_not_shown(desk: Desk) -> None:
    desk.page()
    desk.write(GOOD + "公开: {范围: 不公开, 理由: 涉密}\n")
    look = desk.look()
    assert look.data is None
    assert look.note == WITHHELD
    assert desk.preview.withheld() == 1
    assert desk.preview.job(f"2024/{STEM}/{STEM}.pdf") is None
    assert desk.preview.look(f"2024/{STEM}/report.json") is None
    assert "电教远教" not in desk.page("2024/index.html") + desk.page("index.html")


def test_files_come_and_go(desk: Desk) -> None:
    desk.write(GOOD, "2024/second.yaml")
    assert "second" in desk.page("2024/index.html")
    desk.file.unlink()
    desk.preview.change([desk.file])
    assert desk.preview.look(PAGE) is None
    assert STEM not in desk.page("2024/index.html")
    shutil.rmtree(desk.folder / "2024")
    desk.preview.change([desk.folder / "2024"])
    assert desk.look("index.html").data is None
    assert desk.look("index.html").note == EMPTY


def test_report_of_another_year_is_told_of_at_its_file(desk: Desk) -> None:
    desk.edit("年度: 2024", "年度: 2023")
    assert desk.codes()[0] == "S301"
    assert "98.12" in desk.page()
    assert STEM not in desk.page("2024/index.html")


def test_years_of_a_project_find_each_other(desk: Desk) -> None:
    before = desk.page()
    desk.write(GOOD.replace("年度: 2024", "年度: 2023"), f"2023/{STEM}.yaml")
    assert desk.page(f"2023/{STEM}/index.html") != before
    assert f"2023/{STEM}" in desk.page()


def test_what_is_wrong_between_reports_is_told_at_each(desk: Desk) -> None:
    path = "2024/second/index.html"
    desk.write(GOOD, "2024/second.yaml")
    desk.page("index.html")
    assert "C608" in desk.codes()
    assert "C608" in desk.codes(path)
    assert "C608" in {d.rule.code for d in desk.preview.examine(path)}
    assert desk.codes("index.html").count("C608") == 2
    desk.write(GOOD.replace("项目名称: ", "项目名称: 第二个"), "2024/second.yaml")
    assert "C608" not in desk.codes(path)
    assert "C608" not in desk.codes()
    for name in (STEM, "second"):
        text = GOOD.replace("项目名称: ", f"项目名称: {name}")
        desk.write(f"{text}项目编码: 310000240007\n", f"2024/{name}.yaml")
    desk.page("index.html")
    assert "C605" in desk.codes(path)
    (desk.folder / "2024/second.yaml").unlink()
    desk.preview.change([desk.folder / "2024/second.yaml"])
    assert not {"C605", "C608"} & {*desk.codes()}


def test_evidence_shows_when_it_is_there(desk: Desk) -> None:
    desk.write(GOOD + "佐证材料:\n  - {名称: 问卷, 文件: 问卷.txt, 内部: 否}\n")
    desk.page()
    missing = len(desk.codes())
    desk.write("问卷统计", "2024/问卷.txt")
    assert len(desk.codes()) == missing - 1
    assert desk.page(f"2024/{STEM}/evidence/问卷.txt") == "问卷统计"


def test_settings_change_every_page(desk: Desk) -> None:
    assert "某局绩效公开" not in desk.page()
    desk.write("名称: 某局绩效公开\n网址: https://example.gov.cn/\n", "site.yaml")
    assert "某局绩效公开" in desk.page()
    assert "某局绩效公开" in desk.page("index.html")
    assert "example.gov.cn" not in desk.page() + desk.page("404.html")


def test_broken_settings_leave_the_earlier_ones_in_force(desk: Desk) -> None:
    before = desk.page()
    desk.write("名称：某局\n", "site.yaml")
    assert desk.page() == before
    assert OLD_SETTINGS in desk.look().note
    assert "Y301" in desk.codes()


def test_broken_theme_keeps_the_last_pages(desk: Desk) -> None:
    before, home = desk.page(), desk.page("index.html")
    desk.write("{% if %}", "themes/official/templates/report.html")
    desk.write("{{ nothing }}", "themes/official/templates/home.html")
    assert desk.page() == before
    assert OLD_TEMPLATE in desk.look().note
    assert desk.page("index.html") == home
    assert OLD_TEMPLATE in desk.look("index.html").note
    desk.write("<p>{{ home.title }}</p>", "themes/official/templates/home.html")
    shutil.rmtree(desk.folder / "themes")
    desk.preview.change([desk.folder / "themes"])
    assert desk.page() == before
    assert desk.look().note == ""


def test_a_theme_that_loses_a_file_and_has_it_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "content")
    own = desk.folder / "themes/own"
    shutil.copytree(ROOT / "themes/official", own)
    desk.preview = Preview(desk.folder, "own")
    before = desk.page()
    (own / "fonts").rename(own / "aside")
    desk.preview.change([own / "fonts"])
    desk.write(GOOD.replace("项目名称: 电教", "项目名称: 云教"))
    assert "云教远教工作经费" in desk.page()
    assert "T101" in desk.codes()
    (own / "aside").rename(own / "fonts")
    desk.write(GOOD)
    desk.preview.change([own / "fonts"])
    assert desk.page() == before
    assert "T101" not in desk.codes()


def test_a_folder_that_came_anew_is_read_anew(desk: Desk) -> None:
    """Of what is in it the system told nothing."""
    desk.page()
    text = GOOD.replace("项目名称: 电教", "项目名称: 云教")
    desk.file.write_text(text, encoding="utf-8")
    desk.preview.change([desk.file.parent])
    assert "云教远教工作经费" in desk.page()


def test_a_failure_of_the_printer_is_not_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    press = Press(desk.folder, "nosuch")
    job = desk.preview.job(f"2024/{STEM}/{STEM}.pdf")
    assert job
    with pytest.raises(ValueError, match="nosuch"):
        press.print(*job)
    monkeypatch.setattr(press, "_theme", "official")
    assert press.print(*job).leaves
    press.close()


def test_only_what_changed_is_made_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    render = Renderer.render

    def counted(self: Renderer, task: Task) -> Rendered:
        made.append(task.entry.stem)
        return render(self, task)

    monkeypatch.setattr(Renderer, "render", counted)
    stems = sorted(path.stem for path in desk.file.parent.glob("*.yaml"))
    desk.page("index.html")
    assert made == []
    for stem in stems * 2:
        desk.page(f"2024/{stem}/index.html")
    assert sorted(made) == stems
    made.clear()
    desk.edit("319.26", "310.26")
    assert desk.preview.stale() == {PAGE: f"content/2024/{STEM}.yaml"}
    for stem in stems:
        desk.page(f"2024/{stem}/index.html")
    assert made == [STEM]


CELLS = {
    "name": ("项目名称: 电教远教工作经费", "项目名称: 1\n项目名称: 2", Cell("项目名称")),
    "colon": ("主管部门: ", "主管部门：", Cell("主管部门")),
    "unknown key": ("实施单位:", "实施单立:", Cell("实施单位")),
    "amount": ("全年执行数: 319.26", "全年执行数: 三", Cell("其中：当年财政拨款", "全年执行数")),
    "goal": ("预期目标: 为", "预期目标：为", Cell("", "预期目标")),
    "target": ("年度指标值: ≥50(次)", "年度指标值: >50(次)", Cell("#indicator-1", "年度指标值")),
    "weight": ("分值: 5.00", "分值: 五", Cell("#indicator-2", "分值")),
    "award": ("得分: 9.32", "得分: 11", Cell("#indicator-10", "得分")),
    "level": ("  效益指标:", "  效益指标：", Cell("#indicator-7", "一级指标")),
    "kind": ("    质量指标:", "    质量指标们:", Cell("#indicator-4", "二级指标")),
    "declared rate": ("执行率: 95.44", "执行率: 95.4", Cell("年度资金总额", "执行率(%)")),
    "declared total": ("总分: 98.12", "总分: 98", Cell("#total-row", "得分")),
    "declared grade": ("评分等级: 优", "评分等级: 良", Cell("评分等级")),
    "declared score": ("预算执行得分: 9.54", "预算执行得分: 9", Cell("年度资金总额", "得分")),
}


@pytest.mark.parametrize("case", CELLS)
def test_problem_is_led_to_its_cell(case: str, desk: Desk) -> None:
    desk.page()
    old, new, cell = CELLS[case]
    desk.edit(old, new)
    problems = desk.look().problems
    cells = [p.cell for p in problems if p.diagnostic.severity is Severity.ERROR]
    assert cell in cells
    # The lines below an edit that adds one are still themselves.
    desk.write(GOOD.replace("年度: 2024", "年度: 2024\n# 一行\n# 两行", 1).replace(old, new, 1))
    cells = [p.cell for p in desk.look().problems if p.diagnostic.severity is Severity.ERROR]
    assert cell in cells


@pytest.fixture
def server(desk: Desk) -> Iterator[Server]:
    press = Press(desk.folder, "official")
    with Server(0, desk.preview, press) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.bell.ring(last=True)
        server.shutdown()
        press.close()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    with closing(connection):
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def test_page_with_what_keeps_it_up_to_date(server: Server, desk: Desk) -> None:
    answer = ask(server, f"/2024/{STEM}/")
    text = answer.text
    assert answer.status == 200
    assert "/-/preview.js" in text
    assert re.sub(r'(?s)<link rel="stylesheet" href="/-/.*?</script>\n', "", text) == desk.page()
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    digest = re.search(r'data-digest="(\w+)"', text)
    state = json.loads(ask(server, f"/-/state?path=/2024/{STEM}/index.html").body)
    assert digest
    assert state["digest"] == digest[1]
    assert {problem["code"] for problem in state["problems"]} >= {"C401"}


def test_own_files_and_other_answers(server: Server) -> None:
    assert ask(server, "/-/preview.js").headers["Content-Type"].startswith("text/javascript")
    assert ask(server, "/-/preview.css").status == 200
    assert "C303" in ask(server, "/-/explain/C303").text
    assert ask(server, "/2024").headers["Location"] == "/2024/"
    assert ask(server, "/data/2024.csv").status == 200
    for path in ("/nothing", "/-/nothing", "/-/explain/C999", "/../site.yaml", "/%2e%2e/site.yaml"):
        assert ask(server, path).status == 404
    assert ask(server, "/", "HEAD").body == b""


def test_names_of_strangers_are_refused(server: Server) -> None:
    port = server.server_port
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "10.0.0.1", ""):
        assert ask(server, "/", Host=host).status == 421
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", "LOCALHOST", f"[::1]:{port}"):
        assert ask(server, "/", Host=host).status == 200
    assert ask(server, "/", "POST").status == 501
    assert server.server_address[0] == "127.0.0.1"


def test_events_tell_of_every_change(server: Server) -> None:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    with closing(connection):
        connection.request("GET", "/-/events")
        answer = connection.getresponse()
        assert answer.headers["Content-Type"] == "text/event-stream"
        assert answer.readline() == b"data: 0\n"
        server.bell.ring()
        assert answer.readline() == b"\n"
        assert answer.readline() == b"data: 1\n"
        answer.close()


def test_pdf_is_printed_when_asked_for_and_once(server: Server, desk: Desk) -> None:
    path = f"/2024/{STEM}/{STEM}.pdf"
    first = ask(server, path)
    assert first.headers["Content-Type"] == "application/pdf"
    assert first.body.startswith(b"%PDF")
    desk.edit("分值: 5.00", "分值: 1,234")
    assert ask(server, path).body == first.body
    assert len(server.press._printed) == 1
    desk.edit("项目名称: 电教", "项目名称: \ue123")
    refused = ask(server, path)
    assert refused.status == 500
    assert f"content/2024/{STEM}.yaml:3:7" in refused.text


def test_a_hard_pdf_does_not_keep_others_waiting(server: Server, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    server.press._pool = workers.pool(WORKERS)
    hard = server.press._pool.submit(Path.read_bytes, gate)  # ends when something is written
    assert ask(server, f"/2024/{STEM}/{STEM}.pdf").body.startswith(b"%PDF")
    assert not hard.done()
    gate.write_bytes(b"done")
    assert hard.result() == b"done"


def test_pdf_of_a_report_is_not_that_of_its_evidence(server: Server, desk: Desk) -> None:
    desk.write("%PDF-1.4 问卷", "2024/问卷.pdf")
    desk.write(GOOD + "佐证材料:\n  - {名称: 问卷, 文件: 问卷.pdf, 内部: 否}\n")
    assert "%PDF-1.4 问卷" in ask(server, f"/2024/{STEM}/evidence/%E9%97%AE%E5%8D%B7.pdf").text
    assert len(ask(server, f"/2024/{STEM}/{STEM}.pdf").body) > 10_000


def test_evidence_is_handed_over_and_never_shown(server: Server, desk: Desk) -> None:
    desk.write("%PDF-1.4 问卷", "2024/问卷.pdf")
    desk.write(GOOD + "佐证材料:\n  - {名称: 问卷, 文件: 问卷.pdf, 内部: 否}\n")
    answer = ask(server, f"/2024/{STEM}/evidence/%E9%97%AE%E5%8D%B7.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    name = "%E9%97%AE%E5%8D%B7.pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"


def test_what_another_report_keeps_internal_is_not_shown(server: Server, desk: Desk) -> None:
    desk.write("%PDF-1.4 问卷", "2024/问卷.pdf")
    public = GOOD + "佐证材料:\n  - {名称: 问卷, 文件: 问卷.pdf, 内部: 否}\n"
    desk.write(public)
    desk.write(public.replace("内部: 否", "内部: 是"), "2024/other.yaml")
    answer = ask(server, f"/2024/{STEM}/evidence/%E9%97%AE%E5%8D%B7.pdf")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert KEPT in answer.text
    assert "%PDF" not in answer.text


def test_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    before = fingerprint(tmp_path)
    for path in ("index.html", PAGE, "404.html", "data/2024.xlsx"):
        desk.look(path)
    assert fingerprint(tmp_path) == before


def test_taken_port(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        arguments = ["serve", "--content", str(desk.folder), "--port", f"{port}"]
        assert main(arguments) == 3
    assert f"{port}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--content", "nowhere"], 2),
        (["--port", "70000"], 2),
        (["--port", "x"], 2),
        (["--theme", "nosuch"], 3),
    ],
)
def test_what_cannot_be_previewed(
    arguments: list[str], code: int, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--content", str(desk.folder), *arguments]) == code
    assert capsys.readouterr().err


def test_the_search_follows_an_edit(desk: Desk) -> None:
    def core() -> str:
        return desk.page("search/core.js")

    before = core()
    assert held_in(before.encode())["count"] == 5
    desk.edit("项目名称: 电教远教工作经费", "项目名称: 云上课堂工作经费")
    assert core() != before
    held = texts(lambda path: desk.page(path).encode())
    assert sum("云上课堂" in json.dumps(one, ensure_ascii=False) for one in held) == 1


def test_lists_of_targets_follow_an_edit(desk: Desk) -> None:
    form = ROOT / "tests/data/forms/content/2025/210-zhalaite-jianchayuan.yaml"
    text = form.read_text(encoding="utf-8")
    office = re.compile("^(主管部门|实施单位): .*", re.MULTILINE)
    text, unit = office.sub(r"\1: 旗检察院", text), "departments/旗检察院/旗检察院"
    desk.write(text, "2025/zhuangbei.yaml")
    assert "103.07" in desk.page("2025/targets/index.html")
    assert "1030700.00" in desk.page(f"{unit}/targets/2025/index.html")
    desk.write(text.replace("1030700.00", "1030800.00"), "2025/zhuangbei.yaml")
    assert "1030800.00" in desk.page(f"{unit}/targets/2025/index.html")
    desk.write(f"{text}\n公开: {{范围: 不公开, 理由: 尚未批复}}\n", "2025/zhuangbei.yaml")
    assert desk.preview.look(f"{unit}/targets/2025/index.html") is None


def test_the_page_of_the_data_follows_an_edit(desk: Desk) -> None:
    def told() -> bool:
        files = ("data/2024.csv", "data/all-indicators.csv", "data/all.xlsx")
        sizes = [file_size(len(desk.look(path).data or b"")) for path in files]
        return all(size in desk.page("data/index.html") for size in sizes)

    before = desk.page("data/index.html")
    assert told()
    assert desk.page("data/index.html") == before
    desk.edit("项目名称: 电教远教工作经费", f"项目名称: {'电教远教' * 1000}")
    assert desk.page("data/index.html") != before
    assert told()
    after = desk.page("data/index.html")
    desk.write("{{ nothing }}", "themes/official/templates/data.html")
    assert desk.page("data/index.html") == after
    assert desk.look("data/index.html").note == OLD_TEMPLATE
    assert "T101" in desk.codes("data/index.html") + desk.codes("index.html")


def test_an_interrupt_ends_it_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("builder.cli.verbs.serve.serve", interrupted)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
    assert main(["serve", "--content", str(ROOT / "content")]) == 0
    assert "预览已结束" in capsys.readouterr().err
