"""Revisions on a report's page: told from the log, and nothing that the page itself hides."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from builder import content
from builder.content import Entry
from builder.diagnostics import Diagnostics
from builder.model import Site
from builder.review import Revision, RevisionError, history, open_chronicle, revisions
from builder.review.history import git
from tests.support.reports import GOOD, changed
from tests.support.repositories import RULES, Made, make
from tests.support.stages import staged

PATH = "2024/case.yaml"
SITE = "修订记录: 是\n"
REASON = "偏差原因分析及改进措施"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    return make(tmp_path / "r", monkeypatch)


def told(made: Made, path: str = PATH) -> tuple[Revision, ...]:
    """The revisions of a report as it is on disk."""
    return all_told(made, path)[0]


def all_told(made: Made, *paths: str) -> list[tuple[Revision, ...]]:
    """The revisions of several reports, from one history."""
    diagnostics = Diagnostics()
    settings = content.settings(made.content, diagnostics)
    chronicle = open_chronicle(made.content, settings.site)
    assert chronicle
    found = []
    for path in paths:
        file = made.content / path
        entry = Entry(file, path, file.parent.name, file.stem)
        source = content.read(entry, diagnostics)
        document = content.understand(source, entry, settings, diagnostics)
        assert document
        found.append(chronicle.of(content.disclosed(document, settings.site)))
    return found


def test_results_come_in_one_step(made: Made) -> None:
    made.commit({"site.yaml": SITE, "2024/peixun.yaml": staged("目标")})
    made.commit({"2024/peixun.yaml": staged("自评")})
    newest, _ = told(made, "2024/peixun.yaml")
    assert newest.words[0] == "由目标转为自评"
    assert not any("完成" in words or "全年" in words for words in newest.words)
    assert (newest.before, newest.after) == (None, Decimal("99.45"))


def test_a_review_that_is_withheld_is_no_news(made: Made) -> None:
    made.commit({"site.yaml": SITE, "2024/peixun.yaml": staged("自评")})
    made.commit({"2024/peixun.yaml": staged("复核")})
    assert len(told(made, "2024/peixun.yaml")) == 2
    made.commit({"site.yaml": SITE + "复核结果: 不公开\n"})
    assert len(told(made, "2024/peixun.yaml")) == 1


def days(found: tuple[Revision, ...]) -> list[int]:
    return [revision.day.day for revision in found]


def test_asked_for_or_not_at_all(made: Made, tmp_path: Path) -> None:
    made.commit({PATH: GOOD})
    assert open_chronicle(made.content, Site.model_validate({})) is None
    with pytest.raises(RevisionError):
        open_chronicle(tmp_path, Site.model_validate({"修订记录": "是"}))


def test_what_changed_and_what_it_did_to_the_score(made: Made) -> None:
    made.commit({PATH: GOOD, "site.yaml": SITE}, day=1)
    made.commit({PATH: GOOD.replace("全年执行数: 95.00", "全年执行数: 90.00")}, day=2)
    made.git("mv", f"content/{PATH}", "content/2024/new.yaml")
    final = GOOD.replace("全年执行数: 95.00", "全年执行数: 90.00").replace(
        "实际完成值: 96(%)", f"实际完成值: 72(%)\n        {REASON}: 学员工学矛盾突出"
    )
    made.commit({"2024/new.yaml": "# 只是注释\n" + final}, day=3, author="李四")
    made.commit({"2024/new.yaml": final}, day=4)
    found = told(made, "2024/new.yaml")
    assert days(found) == [3, 2, 1]
    assert [(r.before, r.after) for r in found] == [
        (Decimal("99.00"), Decimal("93.00")), (Decimal("99.50"), Decimal("99.00")),
        (None, Decimal("99.50")),
    ]  # fmt: skip
    assert found[0].words == (
        f"“教师结业率”实际完成值 96(%) → 72(%)，修改了{REASON}，得分 30.00 → 24.00",
    )  # fmt: skip
    assert found[1].words == ("当年财政拨款全年执行数 95.00 → 90.00 万元",)
    assert {revision.author for revision in found} == {""}
    made.write({"site.yaml": SITE + "修订记录署名: 是\n"})
    assert [revision.author for revision in told(made, "2024/new.yaml")] == ["李四", "张三", "张三"]


def test_added_removed_renamed_moved(made: Made) -> None:
    second = """      - 三级指标: 编写教材
        年度指标值: ≥1(册)
        实际完成值: 1(册)
        分值: 5
"""
    made.commit({PATH: GOOD, "site.yaml": SITE}, day=1)
    more = changed(("        分值: 25\n    时效", f"        分值: 20\n{second}    时效"))
    made.commit({PATH: more}, day=2)
    made.commit({PATH: more.replace("开班及时性", "各期开班及时性")}, day=3)
    made.commit({PATH: GOOD.replace("开班及时性", "各期开班及时性")}, day=4)
    assert [revision.words for revision in told(made)][:3] == [
        ("“培训期数”分值 20 → 25，得分 20.00 → 25.00", "删去 1 项三级指标"),
        ("改名 1 项三级指标",),
        ("“培训期数”分值 25 → 20，得分 25.00 → 20.00", "新增 1 项三级指标"),
    ]


def test_rules_that_changed(made: Made) -> None:
    site = SITE + "评分规则: 本地\n"
    made.commit({PATH: GOOD, "site.yaml": site, "profiles/本地.yaml": RULES % "10"}, day=1)
    made.commit({"profiles/本地.yaml": RULES % "20"}, day=2)
    made.commit({"site.yaml": site + "备案号: 1\n"}, day=3)
    found = told(made)
    assert days(found) == [2, 1]
    assert found[0].words == ("评分规则有变动",)
    assert (found[0].before, found[0].after) == (Decimal("99.50"), Decimal("109.00"))


def test_versions_that_cannot_be_read_are_passed_over(made: Made) -> None:
    made.commit({PATH: GOOD, "site.yaml": SITE}, day=1)
    made.commit({PATH: GOOD.replace("年度: 2024", "年度：2024")}, day=2)
    made.commit({PATH: "x" * (1024 * 1024 + 1)}, day=3)
    made.commit({PATH: GOOD.replace("95.00", "94.00"), "site.yaml": SITE + "[\n"}, day=4)
    made.commit({"site.yaml": SITE}, day=5)
    assert days(told(made)) == [4, 1]


SECRETS = ("秘密指标", "张三丰", "线人名单", "内情", "底稿", "暗号", "理由甲", "13800000000")


def test_nothing_leaks(made: Made) -> None:
    """What was private once, or was taken back, is told in no revision."""
    secret = GOOD.replace(
        "年度: 2024\n", "年度: 2024\n公开: {范围: 不公开, 理由: 理由甲}\n"
    ).replace("培训期数", "秘密指标")
    inner = GOOD + (
        "内部备注: 内情\n核对: {总分: 12.34}\n"
        "佐证材料:\n  - {名称: 底稿, 文件: 线人名单.pdf, 内部: 是}\n"
    )
    made.commit({PATH: GOOD.replace("培训期数", "秘密指标"), "site.yaml": SITE}, day=1)
    made.commit({PATH: secret.replace("95.00", "1.23")}, day=2)
    made.commit({PATH: GOOD}, day=3)
    made.commit({PATH: inner}, day=4)
    made.commit({PATH: inner.replace("内情", "暗号").replace("底稿", "张三丰")}, day=5)
    made.commit({PATH: GOOD.replace("96(%)", "72(%)\n        " + REASON + ": 打 13800000000 问")},
                day=6)  # fmt: skip
    made.commit({PATH: GOOD + "佐证材料:\n  - {名称: 报告, 文件: a.pdf, 内部: 否}\n"}, day=7)
    found = told(made)
    assert days(found) == [7, 6, 3, 1]
    said = repr(found)
    assert not [word for word in (*SECRETS, "1.23", "12.34") if word in said]
    assert found[2].words == ("改名 1 项三级指标",)
    assert "新增佐证材料“报告”" in found[0].words
    # The reason is no longer there: nobody is told that there was one.
    assert found[1].words == ("“教师结业率”实际完成值 96(%) → 72(%)，得分 30.00 → 24.00",)


def test_a_report_withheld_from_the_beginning(made: Made) -> None:
    hidden = GOOD.replace("年度: 2024\n", "年度: 2024\n公开: {范围: 不公开, 理由: 依法}\n")
    made.commit({PATH: hidden, "site.yaml": SITE}, day=1)
    made.commit({PATH: GOOD}, day=2)
    assert [(r.day.day, r.words) for r in told(made)] == [(2, ("首次收录",))]


def test_history_without_beginning_claims_none(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 6):
        made.commit({PATH: GOOD.replace("95.00", f"9{day}.00"), "site.yaml": SITE}, day=day)
    clone = Made(tmp_path / "clone")
    made.git("clone", "--quiet", "--depth=2", f"file://{made.root}", str(clone.root))
    assert days(told(clone)) == [5]
    monkeypatch.setattr(revisions, "MOST", 3)
    assert days(told(made)) == [5, 4]
    made.write({"2024/fresh.yaml": GOOD})
    assert told(made, "2024/fresh.yaml") == ()


def test_one_pass_over_the_log(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many reports and commits there are, git is called as often."""
    names = [f"2024/r{i}.yaml" for i in range(4)]
    for day in range(1, 5):
        files = {name: GOOD.replace("95.00", f"9{day}.00") for name in names}
        made.commit({**files, "site.yaml": SITE}, day=day)
    calls: list[str] = []
    run = git.run

    def counted(
        folder: Path, arguments: Iterable[str], data: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        listed = list(arguments)
        calls.append(listed[0])
        return run(folder, listed, data)

    monkeypatch.setattr(history, "run", counted)
    assert len(told(made, names[1])) == 4
    of_one = list(calls)
    calls.clear()
    assert [len(found) for found in all_told(made, *names)] == [4, 4, 4, 4]
    assert calls == of_one
    assert calls.count("log") == 1
    assert len(calls) <= 10
    monkeypatch.setattr(revisions, "TOGETHER", 1)
    assert all_told(made, *names) == all_told(made, *names[::-1])[::-1]
