"""The order in which a reader in a hurry is told: causes, equal edits once, the greatest effect
first; and what is no change at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from builder import review
from builder.review.comparison import Review
from builder.review.digest import Alarm, digest
from builder.review.markdown import MOST
from builder.review.page import review_view
from builder.review.sections import headline
from tests.review.test_review import PATH, compared
from tests.support.reports import GOOD
from tests.support.repositories import make

COUNT = 60
FILES = {f"2024/r{i:02}.yaml": GOOD.replace("公益", f"第{i}号") for i in range(COUNT)}
RAISED = (
    ("全年预算数: 100.00", "全年预算数: 1000.00"), ("全年执行数: 95.00", "全年执行数: 950.00"),
)  # fmt: skip
RENAMED = {path: text.replace("某市教育局", "我市教育局") for path, text in FILES.items()}


def with_edit(files: Mapping[str, str], number: int, *edits: tuple[str, str]) -> dict[str, str]:
    """The files with one of them edited."""
    path = f"2024/r{number:02}.yaml"
    text = files[path]
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return {**files, path: text}


def lines(found: Review) -> list[str]:
    return review.FORMATS["text"](found).splitlines()


def test_a_raised_amount_does_not_hide_in_a_mass_edit() -> None:
    raised = with_edit(RENAMED, 41, *RAISED)
    found = compared(FILES, raised)
    told = digest(found)
    assert [(one.count, one.entry.lines[0].new) for one in told.alike.edits] == [(60, "我市教育局")]
    assert told.alike.count == 59
    ((project, rest),) = told.told
    assert project.reading.path == "2024/r41.yaml"
    assert [line.new for entry in rest.entries for line in entry.lines] == ["1000.00", "950.00"]
    assert rest.shared == 1
    said = lines(found)
    assert len(said) < 40
    assert sum("我市教育局" in line for line in said) <= 2  # the edit, and the year's figures
    assert len(json.loads(review.FORMATS["json"](found))["projects"]) == 60, "a program gets all"


def test_an_edit_inside_long_texts_is_equal_wherever_it_stands() -> None:
    before = {
        path: text.replace("提升教学能力。", f"提升第{i}中学的教学能力，服务全体师生和家长。")
        for i, (path, text) in enumerate(FILES.items())
    }
    after = {path: text.replace("全体师生", "全市师生") for path, text in before.items()}
    told = digest(compared(before, after))
    assert (told.alike.count, len(told.alike.edits), told.told) == (60, 1, ())


def test_two_alike_are_told_one_by_one() -> None:
    two = dict(list(FILES.items())[:2])
    told = digest(compared(two, {path: RENAMED[path] for path in two}))
    assert len(told.told) == 2
    assert not told.alike.edits


def test_new_projects_stand_by_themselves_though_their_problems_are_alike() -> None:
    short = {path: text.replace("96(%)", "60(%)") for path, text in FILES.items()}
    told = digest(compared({}, short))
    assert len(told.told) == COUNT
    assert told.alike.count == 0
    assert [one.count for one in told.alike.problems if one.severity == "error"] == [COUNT]


def test_projects_come_by_effect() -> None:
    after = with_edit(FILES, 50, ("全年执行数: 95.00", "全年执行数: 94.00"))  # 总分 − 0.10
    after = with_edit(after, 40, ("实际完成值: 96(%)", "实际完成值: 45(%)"))  # another grade
    after = with_edit(after, 10, ("全年执行数: 95.00", "全年执行数: 92.00"))  # 总分 − 0.30
    after = with_edit(after, 20, *RAISED)
    after = with_edit(after, 5, ("提升教学能力。", "提高教学能力。"))
    found = compared(FILES, after)
    order = [project.reading.path[6:8] for project, _ in digest(found).told]
    assert order == ["40", "20", "10", "50", "05"]
    page = review.FORMATS["html"](found)
    places = [page.index(f"content/2024/r{number}.yaml") for number in order]
    assert places == sorted(places)


def test_a_setting_comes_first_with_its_effects_folded_under_it() -> None:
    """公开审查 turned off must not read like sixty solved problems."""
    before = {**FILES, "site.yaml": "公开审查: 是\n"}
    found = compared(before, {**FILES, "site.yaml": "公开审查: 否\n"})
    told = digest(found)
    assert [alarm.words.startswith("公开审查 是 → 否") for alarm in told.alarms] == [True]
    assert told.following.count == 60
    assert [(one.code, one.count) for one in told.following.problems] == [("C703", 60)]
    assert told.told == ()
    said = "\n".join(lines(found))
    assert "已解决" not in said
    assert said.index("公开审查") < said.index("C703")
    assert len(said.splitlines()) < 25
    assert "修改" not in headline(found)
    for kind in ("markdown", "html"):
        text = review.FORMATS[kind](found)
        assert 0 < text.index("公开审查 是") < text.index("C703")
        assert "已解决" not in text
    data = json.loads(review.FORMATS["json"](found))
    assert data["alarms"][0]["words"] == told.alarms[0].words
    assert all(project["follows"] for project in data["projects"])


def test_what_a_setting_does_is_no_merit_of_an_edit_beside_it() -> None:
    before = {**FILES, "site.yaml": "公开审查: 是\n"}
    reviewed = with_edit(RENAMED, 7, ("年度: 2024\n", "年度: 2024\n公开: {审查日期: 2025-03-01}\n"))
    told = digest(compared(before, {**reviewed, "site.yaml": "公开审查: 否\n"}))
    assert [(one.words, one.count) for one in told.following.problems] == [("新规则下不算问题", 60)]
    assert told.alike.problems == ()
    ((_, rest),) = told.told
    assert rest.solved == ()


def test_a_replaced_profile_is_an_alarm_and_grades_follow_it() -> None:
    bands = "评分等级:\n  - {等级: 优, 下限: 99.6}\n  - {等级: 良, 下限: 0}\n"
    profile = f"基于: 上海市级\n名称: 上海市级\n说明: 从严。\n{bands}"
    found = compared(FILES, {**FILES, "profiles/上海市级.yaml": profile})
    told = digest(found)
    assert ["上海市级" in alarm.words for alarm in told.alarms] == [True]
    assert told.following.count == len(told.following.effects) == 60
    assert "等级 优 → 良" in told.following.effects[0][1]
    assert len(lines(found)) < 50
    assert len(review.FORMATS["markdown"](found)) < MOST


def test_other_digits_are_no_change() -> None:
    scored = GOOD.replace(
        "分值: 30\n", "分值: 30\n        得分: 10.00\n        偏差原因分析及改进措施: 因为\n"
    )
    before = {PATH: scored, "2024/b.yaml": GOOD.replace("公益", "第二").replace("100.00", "100.0")}
    after = {path: text.replace("10.00\n", "10.0\n").replace("分值: 25\n", "分值: 25.00\n")
             .replace("100.0,", "100,") for path, text in before.items()}  # fmt: skip
    assert before != after
    found = compared(before, after)
    assert not any(project.is_edited for project in found.projects)
    assert digest(found).told == ()
    assert all(shift.is_same for year in found.years for shift in year.total.figures)
    # A text of digits is a text: two codes are not one number.
    coded = {PATH: GOOD + "项目编码: '1.0'\n"}
    assert digest(compared(coded, {PATH: coded[PATH].replace("1.0'", "1.00'")})).told


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
def test_sixty_files_written_anew_are_one_line(kind: str) -> None:
    after = {path: f"# 整理过\n{text}" for path, text in FILES.items()}
    said = review.FORMATS[kind](compared(FILES, after))
    assert sum("r0" in line for line in said.splitlines()) == 1
    assert "60 个文件" in said
    assert "r59" not in said


def test_replaced_public_evidence_is_an_alarm() -> None:
    text = f"{GOOD}佐证材料:\n  - {{名称: 问卷, 文件: a.pdf, 内部: 否}}\n"
    found = compared({PATH: text, "2024/a.pdf": "a"}, {PATH: text, "2024/a.pdf": "b"})
    (alarm,) = digest(found).alarms
    assert "“问卷”换了文件" in alarm.words
    inner = text.replace("否", "是")
    found = compared({PATH: inner, "2024/a.pdf": "a"}, {PATH: inner, "2024/a.pdf": "b"})
    assert digest(found).alarms == ()


def test_a_file_kept_by_lfs_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{GOOD}佐证材料:\n  - {{名称: 问卷, 文件: a.pdf, 内部: 否}}\n"
    made, data = make(tmp_path / "r", monkeypatch), "很大的文件"
    digest_ = hashlib.sha256(data.encode()).hexdigest()
    pointer = (
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest_}\n"
        f"size {len(data.encode())}\n"
    )
    made.commit({PATH: text, "2024/a.pdf": pointer})
    made.write({"2024/a.pdf": data})
    assert review.between(made.content, "HEAD", None).projects == ()
    made.write({"2024/a.pdf": data.replace("大", "小")})
    (alarm,) = digest(review.between(made.content, "HEAD", None)).alarms
    assert "换了文件" in alarm.words


def test_alarms_that_are_alike_name_their_projects_together() -> None:
    hidden = {path: f"{text}公开: {{范围: 不公开, 理由: 依法}}\n" for path, text in FILES.items()}
    (alarm,) = digest(compared(FILES, hidden)).alarms
    assert len(alarm.titles) == COUNT
    assert isinstance(alarm, Alarm)
    broken = {path: text.replace("96(%)", "60(%)") for path, text in FILES.items()}
    found = compared(FILES, broken)
    (alarm,) = digest(found).alarms
    assert ("1 个错误" in alarm.words, len(alarm.titles)) == (True, COUNT)
    assert [one.count for one in digest(found).alike.problems if one.severity == "error"] == [60]
    assert review_view(found).alarms[0].titles == alarm.titles


@pytest.mark.parametrize("kind", review.FORMATS)
def test_a_preface_is_told_inside(kind: str) -> None:
    path = "2024/compendium.md"
    before = {PATH: GOOD, path: "本书汇编全市项目支出绩效自评表，全文公开，供查阅。\n"}
    found = compared(
        before, before | {path: "本书汇编全市项目支出绩效自评表，全文公开，供公众查阅。\n"}
    )
    assert "没有差别" not in headline(found)
    said = review.FORMATS[kind](found)
    assert "compendium.md" in said.replace("\\", "")
    assert "公众" in said
    if kind != "json":
        assert "供公众查阅" not in said, "what was put in is marked"
    marked = compared(before, before | {path: "# 前言\n"})
    assert [one.rule.code for one in marked.new] == ["T104"]
    wrapped = compared(
        before, before | {path: "本书汇编全市\n项目支出绩效自评表，全文公开，供查阅。"}
    )
    assert wrapped.settings == (), "a line break between Chinese characters prints nothing"


def test_an_edited_theme_is_an_alarm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make(tmp_path / "r", monkeypatch)
    path = "themes/本区/templates/page.html"
    made.commit({PATH: GOOD, path: "<p>旧</p>", "themes/本区/assets/a.css": "a"})
    assert review.between(made.content, "HEAD", None).settings == ()
    made.write({path: "<p>新</p>"})
    on_disk = review.between(made.content, "HEAD", None)
    made.commit({})
    for found in (on_disk, review.between(made.content, "HEAD~1", "HEAD")):
        (alarm,) = digest(found).alarms
        assert "主题有 1 个文件改动" in alarm.words
        assert "没有差别" not in headline(found)
        assert "templates/page.html" in review.FORMATS["text"](found)


def test_what_is_withdrawn_is_withheld_but_for_its_address() -> None:
    (path, text), *_ = FILES.items()
    gone = {path: f"{text}公开: {{范围: 撤回, 理由: 数据有误, 撤回日期: 2025-06-01}}\n"}
    (alarm,) = digest(compared({path: text}, gone)).alarms
    assert "改为撤回" in alarm.words
    (alarm,) = digest(compared(gone, {path: text})).alarms
    assert "由撤回改为公开" in alarm.words
