"""Which revisions are corrections: of what had been public, and of which kind."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from builder import content
from builder.content import Entry
from builder.diagnostics import Diagnostics
from builder.review import Revision, open_chronicle
from tests.support.reports import GOOD
from tests.support.repositories import RULES, Made, make
from tests.support.stages import staged

PATH = "2024/case.yaml"
SITE = "修订记录: 是\n"
LESS = GOOD.replace("全年执行数: 95.00", "全年执行数: 90.00")
REASON = "偏差原因分析及改进措施"
SHORT = LESS.replace("实际完成值: 96(%)", f"实际完成值: 72(%)\n        {REASON}: 学员工学矛盾突出")


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    return make(tmp_path / "r", monkeypatch)


def told(made: Made, path: str = PATH) -> tuple[Revision, ...]:
    """The revisions of a report as it is on disk, the newest first."""
    diagnostics = Diagnostics()
    settings = content.settings(made.content, diagnostics)
    chronicle = open_chronicle(made.content, settings.site)
    assert chronicle
    file = made.content / path
    entry = Entry(file, path, file.parent.name, file.stem)
    document = content.understand(content.read(entry, diagnostics), entry, settings, diagnostics)
    assert document
    return chronicle.of(content.disclosed(document, settings.site))


def kinds(made: Made, path: str = PATH) -> list[tuple[int, str]]:
    """Day and kind of every revision, the oldest first."""
    return [(revision.day.day, revision.kind) for revision in reversed(told(made, path))]


def dated(text: str, day: int) -> str:
    """A report that says when it is published."""
    return f"{text}发布日期: 2025-01-{day:02}\n"


def test_what_changes_after_the_day_of_publication(made: Made) -> None:
    made.commit({PATH: dated(GOOD, 3), "site.yaml": SITE}, day=1)
    made.commit({PATH: dated(GOOD.replace("95.00", "94.00"), 3)}, day=2)  # not public yet
    made.commit({PATH: dated(GOOD.replace("95.00", "93.00"), 3)}, day=3)  # on the day itself
    made.commit({PATH: dated(LESS, 3)}, day=4)
    made.commit({PATH: dated(SHORT, 3)}, day=5)
    made.commit({PATH: dated(SHORT.replace("工学", "工作和学习"), 3)}, day=6)
    assert kinds(made) == [
        (1, ""), (2, ""), (3, ""), (4, "更正"), (5, "更正"), (6, "文字修改"),
    ]  # fmt: skip
    newest = told(made)
    assert newest[0].shifts == ()
    [total] = newest[1].shifts
    assert (total.label, total.old, total.new) == ("总分", "99.00", "93.00")


def test_without_a_day_nothing_is_a_correction(made: Made) -> None:
    made.commit({PATH: GOOD, "site.yaml": SITE}, day=1)
    made.commit({PATH: LESS}, day=2)
    made.commit({PATH: dated(SHORT, 2)}, day=3)
    assert [kind for _, kind in kinds(made)] == ["", "", ""]


def test_the_day_of_the_site_holds_for_its_own_batch(made: Made) -> None:
    """That of an earlier batch says nothing of drafts of the next."""
    made.commit({"site.yaml": SITE + "发布日期: 2024-08-20\n", PATH: GOOD}, day=1)
    made.commit({PATH: LESS}, day=2)
    made.commit({"site.yaml": SITE + "发布日期: 2025-01-03\n"}, day=3)
    made.commit({PATH: SHORT}, day=4)
    assert kinds(made) == [(1, ""), (2, ""), (4, "更正")]


def test_what_was_public_stays_so_whatever_day_is_written_later(made: Made) -> None:
    made.commit({"site.yaml": SITE + "发布日期: 2025-01-02\n", PATH: GOOD}, day=1)
    made.commit({"site.yaml": SITE + "发布日期: 2025-01-20\n"}, day=4)
    made.commit({PATH: LESS}, day=5)
    made.commit({PATH: dated(SHORT, 20)}, day=6)
    assert kinds(made) == [(1, ""), (5, "更正"), (6, "更正")]


def test_taken_back_and_published_again(made: Made) -> None:
    gone = "公开: {范围: 撤回, 理由: 数据有误, 撤回日期: 2025-01-04}\n"
    made.commit({"site.yaml": SITE, PATH: dated(GOOD, 2)}, day=1)
    made.commit({PATH: dated(LESS, 2) + gone}, day=4)
    made.commit({PATH: dated(SHORT, 2)}, day=6)
    assert kinds(made) == [(1, ""), (6, "更正")]


def test_another_way_to_write_a_figure_is_a_matter_of_words(made: Made) -> None:
    made.commit({"site.yaml": SITE, PATH: dated(GOOD, 1)}, day=1)
    made.commit({PATH: dated(GOOD.replace("实际完成值: 96(%)", "实际完成值: 96％"), 1)}, day=2)
    assert kinds(made) == [(1, ""), (2, "文字修改")]


def test_rules_that_give_another_score_correct_it(made: Made) -> None:
    site = SITE + "评分规则: 本地\n发布日期: 2025-01-01\n"
    made.commit({PATH: GOOD, "site.yaml": site, "profiles/本地.yaml": RULES % "10"}, day=1)
    made.commit({"profiles/本地.yaml": RULES % "20"}, day=2)
    [newest, _] = told(made)
    assert newest.kind == "更正"
    assert [(one.label, one.old, one.new) for one in newest.shifts] == [("总分", "99.50", "109.00")]


def test_a_step_of_stage_is_none_but_what_is_edited_with_it_is(made: Made) -> None:
    def stage(name: str, spent: str = "93.60") -> str:
        text = staged(name).replace("发布日期: 2025-03-20", "发布日期: 2025-01-02")
        return text.replace("全年执行数: 93.60", f"全年执行数: {spent}")

    path = "2024/peixun.yaml"
    site = SITE + "发布日期: 2025-01-01\n"
    for day, text in enumerate((stage("目标"), stage("自评"), stage("复核")), start=2):
        made.commit({"site.yaml": site, path: text}, day=day)
    assert [kind for _, kind in kinds(made, path)] == ["", "", ""]
    made.commit({path: stage("自评")}, day=6)
    made.commit({path: stage("复核", "93.00")}, day=8)
    made.commit({path: stage("复核", "93.00").replace("540(人次)", "530(人次)")}, day=9)
    assert kinds(made, path)[-2:] == [(8, "更正"), (9, "更正")]
    newest = told(made, path)[0]
    assert "复核完成值 540(人次) → 530(人次)" in newest.words[0]
    assert [shift.label for shift in newest.shifts] == ["复核总分"]


def test_old_and_new_only_where_they_differ_in_digits(made: Made) -> None:
    """What stood around a figure is told only if it stands there today."""
    secret = GOOD.replace("实际完成值: 96(%)", "实际完成值: 72(张三等)")
    made.commit({"site.yaml": SITE, PATH: dated(secret, 1)}, day=1)
    made.commit({PATH: dated(GOOD, 1)}, day=2)
    [newest, _] = told(made)
    assert newest.kind == "更正"
    assert "张三" not in repr(told(made))
    assert "修改了实际完成值" in newest.words[0]
    assert newest.after == Decimal("99.50")
